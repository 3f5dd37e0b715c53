//! Places and moments in words.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, Local, NaiveDate, Timelike};

use super::Sentence;

/// Why a place cannot be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing can be written there.
    ReadOnly,
    /// There is no room.
    Full,
    /// It is not there.
    Missing,
}

/// Says why a place cannot be written to.
pub fn unfit(why: Unfit) -> Sentence {
    let (code, what, next) = match why {
        Unfit::ReadOnly => ("place_read_only", "写保护，不能写入", "请关掉优盘上的写保护，或换一个"),
        Unfit::Full => ("place_full", "空间满了，写不下", "请删去优盘上不要的文件，或换一个"),
        Unfit::Missing => ("place_missing", "文件夹不在了", "请插上它所在的优盘，或到“设置”里另选交换文件夹"),
    };
    Sentence::new(code, what, next)
}

/// Writes the free room of a place: `剩 12.3 GB`, never more than there is.
pub fn room(bytes: u64) -> String {
    const GB: u64 = 1_000_000_000;
    match bytes {
        0..GB => format!("剩 {} MB", bytes / 1_000_000),
        _ => format!("剩 {}.{} GB", bytes / GB, bytes % GB / (GB / 10)),
    }
}

/// Writes a moment in this place's time: `7月2日 10:42`, with its year where that is another.
pub fn moment(at: SystemTime, today: NaiveDate) -> String {
    let at = DateTime::<Local>::from(at);
    let year = if at.year() == today.year() { String::new() } else { format!("{}年", at.year()) };
    format!("{year}{}月{}日 {:02}:{:02}", at.month(), at.day(), at.hour(), at.minute())
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn room_is_never_flattered() {
        for (bytes, said) in [
            (0, "剩 0 MB"),
            (1_999_999, "剩 1 MB"),
            (999_999_999, "剩 999 MB"),
            (12_399_999_999, "剩 12.3 GB"),
            (2_000_000_000_000, "剩 2000.0 GB"),
        ] {
            assert_eq!(room(bytes), said);
        }
    }
}
