//! What 汇总 says.

use model::lamp::Lamp;
use model::rollup::Coverage;

use super::lamps::coverage;
use super::{Sentence, lamp_code, lamp_label};
use crate::screens::hub::consolidation::{AbsentOffice, CellOrigin, MatrixCell};

/// Names where a cell's figure comes from, or why there is none.
pub fn cell_origin(origin: CellOrigin) -> &'static str {
    match origin {
        CellOrigin::Blank => "不承担",
        CellOrigin::NotDue => "未到期",
        CellOrigin::Reported => "本期数",
        CellOrigin::Nil => "零报告",
        CellOrigin::Carried => "上期数",
        CellOrigin::Returned => "退回",
        CellOrigin::NotApplicable => "不适用",
        CellOrigin::NotIssued => "未下达",
        CellOrigin::Unfilled => "未填",
        CellOrigin::Unreported => "未报",
    }
}

/// Writes the coverage in two parts: `按 18/22 家汇总`, and what there is to add.
pub fn coverage_parts(of: &Coverage) -> (String, String) {
    let whole = coverage(of);
    match whole.split_once('，') {
        Some((counted, more)) => (counted.to_owned(), more.to_owned()),
        None => (whole, String::new()),
    }
}

/// Says how urgent a lamp is: the lesser, the more.
pub fn lamp_rank(lamp: Option<Lamp>) -> u8 {
    match lamp {
        Some(Lamp::Red) => 0,
        Some(Lamp::Yellow) => 1,
        Some(Lamp::Unreported) => 2,
        Some(Lamp::Unscheduled) => 3,
        Some(Lamp::Green) => 4,
        Some(Lamp::Done) => 5,
        None => 6,
    }
}

/// Writes a lamp where its colour may not be seen: `严重落后（落后 27.0 点）`.
pub fn lamp_in_words(code: &str, words: &str) -> String {
    let name = lamp_of_code(code);
    match words {
        _ if code == "none" => words.to_owned(),
        "" => name.to_owned(),
        _ if words == name => name.to_owned(),
        _ => format!("{name}（{words}）"),
    }
}

/// Writes how a cell stands: where its figure comes from, and its lamp.
pub fn cell_in_words(cell: &MatrixCell) -> String {
    let origin = match cell.state {
        CellOrigin::Reported => "",
        CellOrigin::Returned if !cell.figure.is_empty() => "退回，用上期数",
        other => cell_origin(other),
    };
    let lamp = cell.lamp.as_ref().filter(|lamp| lamp.code != "unreported");
    let lamp = match lamp {
        Some(lamp) => lamp_in_words(&lamp.code, &lamp.words),
        None if cell.figure.is_empty() => String::new(),
        None => "不考核".to_owned(),
    };
    [origin, &lamp].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
}

/// Names the lamp of a code that was kept.
pub fn lamp_of_code(code: &str) -> &'static str {
    let all = [Lamp::Done, Lamp::Green, Lamp::Yellow, Lamp::Red, Lamp::Unreported, Lamp::Unscheduled];
    lamp_label(all.into_iter().find(|lamp| lamp_code(*lamp) == code))
}

/// Writes the telephone list as a table for Excel, WPS and chat.
pub fn missing_text(offices: &[AbsentOffice]) -> String {
    let mut lines = vec!["单位\t情况\t联系人\t电话\t上次报送".to_owned()];
    let none = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    lines.extend(offices.iter().map(|office| {
        let cells = [&office.name, &office.why, &office.contact, &office.telephone, &office.last];
        cells.map(|cell| none(&cell.replace(['\t', '\r', '\n'], " "))).join("\t")
    }));
    lines.join("\n")
}

/// Says that a period was frozen.
pub fn period_locked(period: &str, issue: u32, corrections: usize) -> Sentence {
    let what = match (issue, corrections) {
        (1, _) => format!("{period}已锁定"),
        (_, 0) => format!("{period}已重新锁定，这是第 {issue} 次，数字和上次一样"),
        _ => format!("{period}已重新锁定，这是第 {issue} 次，有 {corrections} 项和上次不同"),
    };
    let next = match issue {
        1 => "通报按锁定时的数字印；以后收到的报表先放着，解锁后才计入",
        _ => "再印的通报会标明“更正”，并列出不同之处",
    };
    Sentence::new("period_locked", what, next)
}

/// Says that the freeze of a period was lifted.
pub fn period_unlocked(period: &str, released: usize) -> Sentence {
    let what = match released {
        0 => format!("{period}已解锁"),
        _ => format!("{period}已解锁，等着的 {released} 份报表已处理"),
    };
    Sentence::new("period_unlocked", what, "核对后请重新锁定，再印的通报会标明“更正”")
}
