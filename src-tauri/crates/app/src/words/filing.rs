//! What a hub reads of the returns that it enters itself: 本级's own, and 代录.

use super::Sentence;

/// How a return that was filed at the hub stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// It counts.
    Counted,
    /// Its period is locked; it counts once that is lifted.
    AwaitsUnlock,
    /// A later one has taken its place.
    Corrected,
    /// The office's own return has taken its place.
    GivenWay,
}

/// Says in a history how a return that was filed at the hub stands.
pub fn filed_version(stands: Filed, stand_in: bool) -> String {
    if stand_in { format!("代录，{}", filed(stands)) } else { filed(stands).to_owned() }
}

/// Said of a sheet that was typed into since it was filed.
pub const CHANGED_SINCE_FILED: &str = "入账后有改动";

/// Says how a return that was filed at the hub stands.
pub fn filed(stands: Filed) -> &'static str {
    match stands {
        Filed::Counted => "已入账",
        Filed::AwaitsUnlock => "待解锁",
        Filed::Corrected => "已更正",
        Filed::GivenWay => "已有该单位自己的报表",
    }
}

/// Said of an office's own return where a 代录 counted until then; what differs follows.
pub fn takes_the_place_of_a_stand_in() -> &'static str {
    "取代了本级代录的那一份；不同的数列在下面，没有列出的都相同"
}

/// Says that there is nothing to enter for an office, since its own return counts.
pub fn own_return_counts(office: &str, period: &str) -> Sentence {
    Sentence::new(
        "own_return_counts",
        format!("{office}{period}的报表已经收到，以它自己的为准"),
        "不用代录；数据不对的，到“接收”里打开那一份，退回给该单位",
    )
}

/// Says that a return can be signed and will not count yet.
pub fn filed_while_locked() -> Sentence {
    Sentence::new("locked", "本期已锁定", "现在签发只存档；到“汇总”解锁本期以后才计入")
}

/// Says what came of signing a return at the hub; `office` where it is a 代录.
pub fn has_been_filed(office: Option<&str>, period: &str, locked: bool) -> Sentence {
    let whose = office.unwrap_or("本级");
    let done = match office {
        None => format!("{whose}{period}的报表已签发入账"),
        Some(_) => format!("{whose}{period}的报表已代录入账，各处都标明“代录”"),
    };
    let counts = match (office, locked) {
        (_, true) => "本期已锁定，解锁以后才计入汇总",
        (None, false) => "已经计入汇总；要改，在“填报”里改了再签发一次",
        (Some(_), false) => "已经计入汇总；该单位自己的上报包到了以后，自动以它为准",
    };
    Sentence::new("filed", done, counts)
}
