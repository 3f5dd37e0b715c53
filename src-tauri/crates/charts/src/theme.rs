//! The colours of paper and ink, as the window's style sheet has them; page styles do not reach into an image.

use plotters::style::RGBColor;

/// Light or dark paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark ink on white paper; the one to print.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// The style sheet's colours by their names there.
#[derive(Debug)]
pub(crate) struct Palette {
    pub paper: RGBColor,
    pub line: RGBColor,
    pub line_strong: RGBColor,
    pub ink: RGBColor,
    pub ink_2: RGBColor,
    pub ink_3: RGBColor,
    pub accent: RGBColor,
    pub done: RGBColor,
    pub green: RGBColor,
    pub yellow: RGBColor,
    pub red: RGBColor,
    pub grey: RGBColor,
}

/// The style sheet's `--font`.
pub(crate) const FONT: &str = "'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', \
    system-ui, sans-serif";

const LIGHT: Palette = Palette {
    paper: hex(0xffffff),
    line: hex(0xe1e4e8),
    line_strong: hex(0xc6ccd4),
    ink: hex(0x1c2330),
    ink_2: hex(0x4d5766),
    ink_3: hex(0x626c7b),
    accent: hex(0x1b4f8f),
    done: hex(0x1b6fb3),
    green: hex(0x227b3c),
    yellow: hex(0x946300),
    red: hex(0xb3261e),
    grey: hex(0x626c7b),
};

const DARK: Palette = Palette {
    paper: hex(0x1a1e25),
    line: hex(0x2c323b),
    line_strong: hex(0x434b57),
    ink: hex(0xe8ebf0),
    ink_2: hex(0xb3bcc8),
    ink_3: hex(0x98a2b0),
    accent: hex(0x7db2f0),
    done: hex(0x6db5ee),
    green: hex(0x62c37c),
    yellow: hex(0xe0b04a),
    red: hex(0xf2877f),
    grey: hex(0x98a2b0),
};

impl Theme {
    pub(crate) const fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

const fn hex(rgb: u32) -> RGBColor {
    let [_, red, green, blue] = rgb.to_be_bytes();
    RGBColor(red, green, blue)
}

#[cfg(test)]
mod laws {
    use super::*;

    /// WCAG 2.2: relative luminance.
    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((contrast(hex(0x000000), hex(0xffffff)) - 21.0).abs() < 1e-9);
        assert!((contrast(hex(0x777777), hex(0xffffff)) - 4.48).abs() < 0.01);
    }

    const TOKENS: &str = include_str!("../../../../ui/src/styles/tokens.css");

    #[test]
    fn colours_and_fonts_are_those_of_the_style_sheet() {
        assert!(TOKENS.contains(&format!("--font: {};", FONT.replace('\'', "\""))));
        let blocks: Vec<&str> = TOKENS.split("--paper:").collect();
        for (theme, block) in [(Theme::Light, blocks[1]), (Theme::Dark, blocks[2])] {
            let token = |name: &str| {
                let block = format!("--paper:{block}");
                let rest = block.split_once(&format!("--{name}: #")).unwrap().1;
                hex(u32::from_str_radix(&rest[..6], 16).unwrap())
            };
            let palette = theme.palette();
            for (name, colour) in [
                ("paper", palette.paper),
                ("line", palette.line),
                ("line-strong", palette.line_strong),
                ("ink", palette.ink),
                ("ink-2", palette.ink_2),
                ("ink-3", palette.ink_3),
                ("accent", palette.accent),
                ("done", palette.done),
                ("green", palette.green),
                ("yellow", palette.yellow),
                ("red", palette.red),
                ("grey", palette.grey),
            ] {
                assert_eq!(token(name), colour, "--{name}, {theme:?}");
            }
        }
    }

    /// Text stands in ink on paper, and in paper on the segments of a bar, which is the same pair.
    #[test]
    fn every_ink_and_lamp_is_legible_on_paper() {
        for theme in [Theme::Light, Theme::Dark] {
            let Palette { paper, ink, ink_2, ink_3, accent, done, green, yellow, red, grey, .. } =
                *theme.palette();
            for colour in [ink, ink_2, ink_3, accent, done, green, yellow, red, grey] {
                let ratio = contrast(colour, paper);
                assert!(ratio >= 4.5, "{colour:?} on {theme:?} paper: {ratio:.2}");
            }
        }
    }
}
