//! What goes wrong in the demonstration, and where.

use model::id::OfficeId;
use model::period::Period;

/// Something that happens to one office's return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Incident {
    /// 迟报: it arrives after the due day.
    Late,
    /// 零报告: the office states that nothing was added.
    Nil,
    /// Cumulative figures fall, with an explanation.
    Falls,
    /// The file is altered on its way.
    Altered,
    /// The same file arrives twice.
    SentTwice,
    /// 缺号: the bundle before this one, a [correction](super::correction) of the period before, is lost.
    Gap,
    /// 未报: nothing is sent.
    Silent,
}

/// Who, in which month, and what. The office of the 零报告 must have no rate to report (see [`super::assign()`]).
const INCIDENTS: [(&str, u8, Incident); 7] = [
    ("u06", 4, Incident::Late),
    ("u20", 5, Incident::Nil),
    ("u09", 5, Incident::Falls),
    ("u14", 6, Incident::Altered),
    ("u03", 6, Incident::SentTwice),
    ("u11", 6, Incident::Gap),
    ("u17", 6, Incident::Silent),
];

/// Returns what happens to an office's return for a period, if anything does.
pub fn incident(office: &OfficeId, period: Period) -> Option<Incident> {
    let here = INCIDENTS.iter().find(|(id, month, _)| *id == office.as_str() && *month == period.month());
    here.map(|(_, _, incident)| *incident)
}

/// Says whether an office ever files a 零报告.
pub(super) fn files_nil(office: &OfficeId) -> bool {
    INCIDENTS.iter().any(|(id, _, incident)| *id == office.as_str() && *incident == Incident::Nil)
}
