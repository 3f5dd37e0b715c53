//! Keys by the names that stand on them.

use fantoccini::actions::KeyAction;
use fantoccini::key::Key;

/// Returns the strokes of one key or chord, such as `F2` or `Ctrl+Shift+Z`.
pub fn strokes(chord: &str) -> Vec<KeyAction> {
    let codes: Vec<char> = chord.split('+').map(code).collect();
    let down = codes.iter().map(|&value| KeyAction::Down { value });
    let up = codes.iter().rev().map(|&value| KeyAction::Up { value });
    down.chain(up).collect()
}

fn code(name: &str) -> char {
    let key = match name {
        "Enter" => Key::Enter,
        "Tab" => Key::Tab,
        "Esc" => Key::Escape,
        "Space" => return ' ',
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Shift" => Key::Shift,
        "Ctrl" => Key::Control,
        "Alt" => Key::Alt,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "F2" => Key::F2,
        "F8" => Key::F8,
        one => {
            let mut characters = one.chars();
            let (Some(character), None) = (characters.next(), characters.next()) else {
                panic!("no key is called {one}");
            };
            return character.to_ascii_lowercase();
        }
    };
    key.into()
}
