//! Names that are not what they look like.

use unicode_security::confusable_detection::skeleton;

/// Says whether a character is invisible or changes the direction of the text around it.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || (c.is_control() && c != '\n' && c != '\t')
}

/// The most characters of a text that is shown as a name.
const SHOWN_CHARS: usize = 100;

/// Shows a text on one line with every hidden character spelled out, `王台⟨U+200B⟩街道`, cut where no name would go on.
pub fn reveal(text: &str) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == SHOWN_CHARS {
            out.push('…');
            break;
        }
        if is_hidden(c) || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            out.push_str(&format!("⟨U+{:04X}⟩", c as u32));
        } else {
            out.push(c);
        }
    }
    out
}

/// Says what a name looks like: two names of the same appearance would be taken for one another (UTS #39 skeletons, hidden
/// characters and widths ignored).
pub fn appearance(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let visible: String = text.chars().filter(|c| !is_hidden(*c) && !c.is_whitespace()).map(narrow).collect();
    skeleton(&visible).collect()
}

/// Says whether two different names would be taken for one another.
pub fn are_lookalikes(a: &str, b: &str) -> bool {
    a != b && appearance(a) == appearance(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookalikes_are_told_apart() {
        for fake in ["王台\u{200b}街道", "\u{202e}王台街道", "王台街道 ", "王⼀台街道"] {
            assert_eq!(are_lookalikes("王台街道", fake), fake != "王⼀台街道", "{}", reveal(fake));
        }
        assert!(are_lookalikes("第2办", "第２办"));
        assert!(!are_lookalikes("王台街道", "王台街道"));
        assert!(!are_lookalikes("王台街道", "珠海街道"));
        assert_eq!(reveal("王台\u{200b}街道"), "王台⟨U+200B⟩街道");
        assert_eq!(reveal("东街道\n✓ 西街道"), "东街道⟨U+000A⟩✓ 西街道");
        assert_eq!(reveal(&"长".repeat(101)).chars().count(), 101);
    }
}
