//! How wide a text will be, without any font at hand: estimates that err towards wide, so that nothing is cut off.

/// No label needs more characters than this before it is cut; keeps hostile lengths cheap.
const ENOUGH: usize = 400;

/// The text as one line that an XML document and a chart can carry: no control characters, no marks that turn the
/// direction of writing, runs of white space as one space, at most two marks piled on a letter.
pub fn clean(text: &str) -> String {
    let mut kept = String::new();
    let mut piled = 0;
    let mut count = 0;
    for character in text.chars() {
        if count == ENOUGH {
            kept.push('…');
            break;
        }
        let character = if character.is_whitespace() { ' ' } else { character };
        piled = if em(character) == 0.0 { piled + 1 } else { 0 };
        if unwanted(character) || piled > 2 || (character == ' ' && (kept.is_empty() || kept.ends_with(' ')))
        {
            continue;
        }
        kept.push(character);
        count += 1;
    }
    kept.truncate(kept.trim_end().len());
    kept
}

fn unwanted(character: char) -> bool {
    let turning =
        matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let unfit = u32::from(character) & 0xfffe == 0xfffe || matches!(character, '\u{fdd0}'..='\u{fdef}');
    character.is_control() || turning || unfit
}

/// Estimated width of a text in pixels.
pub fn width(text: &str, size: u32) -> i32 {
    (text.chars().map(em).sum::<f64>() * f64::from(size)).ceil() as i32
}

/// Estimated advance of a character in em.
fn em(character: char) -> f64 {
    match character {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 0.35,
        'M' | 'W' | 'm' | 'w' | '@' | '%' | '&' => 0.95,
        'A'..='Z' => 0.74,
        '\0'..='\u{7f}' => 0.59,
        // Marks and joiners that take no room of their own.
        '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}' => 0.0,
        '\u{80}'..='\u{52f}' => 0.8,
        '\u{ff61}'..='\u{ffdc}' => 0.6,
        '\u{2e3a}' => 2.0,
        '\u{2e3b}' => 3.0,
        '\u{fdfd}' => 12.0,
        '\u{12000}'..='\u{1254f}' => 4.0,
        '\u{1f000}'..='\u{1faff}' => 1.4,
        _ => 1.0,
    }
}

/// The text in at most `lines` lines of `room` pixels, the last one ending in … where something had to go.
///
/// Figures and Latin words stay together where they fit on a line; closing punctuation never opens one.
pub fn wrap(text: &str, size: u32, room: i32, lines: usize) -> Vec<String> {
    let letters: Vec<char> = clean(text).chars().collect();
    let mut wrapped = Vec::new();
    let mut start = 0;
    while start < letters.len() && wrapped.len() < lines {
        let rest = &letters[start..];
        let fits = fitting(rest, size, room);
        if fits == rest.len() {
            wrapped.push(rest.iter().collect());
            break;
        }
        if wrapped.len() + 1 == lines {
            wrapped.push(cut(rest, size, room));
            break;
        }
        // A space in the second half of the line is where the text itself takes breath.
        let space = (fits.div_ceil(2)..=fits).rev().find(|end| rest.get(*end) == Some(&' '));
        let end = space.or_else(|| (1..=fits).rev().find(|end| may_break(rest, *end))).unwrap_or(fits.max(1));
        wrapped.push(rest[..end].iter().collect::<String>().trim_end().to_owned());
        start += end;
        while letters.get(start) == Some(&' ') {
            start += 1;
        }
    }
    wrapped
}

/// The text on one line of `room` pixels, cut with … where it is too long.
pub fn fit(text: &str, size: u32, room: i32) -> String {
    wrap(text, size, room, 1).pop().unwrap_or_default()
}

fn fitting(letters: &[char], size: u32, room: i32) -> usize {
    let mut used = 0.0;
    letters
        .iter()
        .position(|letter| {
            used += em(*letter) * f64::from(size);
            used > f64::from(room)
        })
        .unwrap_or(letters.len())
}

fn cut(letters: &[char], size: u32, room: i32) -> String {
    let kept: String = letters[..fitting(letters, size, room - size as i32)].iter().collect();
    format!("{}…", kept.trim_end())
}

fn may_break(letters: &[char], at: usize) -> bool {
    let (before, after) = (letters[at - 1], letters[at]);
    let joined = |letter: char| letter.is_ascii_graphic() || em(letter) == 0.0;
    let closes = em(after) == 0.0 || "，。、；：！？）》】”’％%,.;:!?)…—".contains(after);
    let opens = "（《【“‘(".contains(before);
    let within_a_word = joined(before) && joined(after);
    !(closes || opens || within_a_word)
}

#[cfg(test)]
mod laws {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in any::<String>(), room in 30..400i32, lines in 1..4usize) {
            let wrapped = wrap(&text, 13, room, lines);
            prop_assert!(wrapped.len() <= lines);
            for line in wrapped {
                // One character alone may be wider than a narrow room.
                prop_assert!(width(&line, 13) <= room + 1 || line.chars().filter(|one| em(*one) > 0.0).count() <= 1);
            }
        }

        #[test]
        fn nothing_is_lost_where_there_is_room(text in "[一-龥a-z0-9，。]{0,40}") {
            prop_assert_eq!(wrap(&text, 13, 10_000, 1).concat(), text.clone());
            prop_assert_eq!(wrap(&text, 13, 200, 40).concat(), text);
        }
    }

    #[test]
    fn figures_stay_together_and_commas_do_not_open_a_line() {
        assert_eq!(wrap("完成一二1200家", 10, 50, 2), ["完成一二", "1200家"]);
        assert_eq!(wrap("一二三四，五六", 10, 40, 2), ["一二三", "四，五六"]);
        assert_eq!(wrap("一二三四五六七八九", 10, 40, 2), ["一二三四", "五六七…"]);
        assert_eq!(wrap("一二三四 五六七八", 10, 70, 2), ["一二三四", "五六七八"]);
        assert_eq!(fit("新增停车泊位", 13, 200), "新增停车泊位");
    }

    #[test]
    fn what_cannot_be_drawn_is_left_out() {
        assert_eq!(clean("  一\u{0}\u{1b}二\t\n三\u{202e}\u{ffff}四 "), "一二 三四");
        assert_eq!(clean("e\u{301}\u{301}\u{301}\u{301}"), "e\u{301}\u{301}");
        assert_eq!(clean(&"长".repeat(10_000)).chars().count(), ENOUGH + 1);
    }
}
