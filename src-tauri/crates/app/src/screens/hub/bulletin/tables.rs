//! The tables of a bulletin.

use super::{BulletinRow, BulletinTable};
use crate::facts::{Facts, TargetFacts};
use crate::words;

/// Makes every table that has a row.
pub(super) fn all(facts: &Facts, before: Option<&Facts>) -> Vec<BulletinTable> {
    let tables = [
        before.map(|before| correction(facts, before)),
        Some(behind(facts)),
        Some(ranking(facts)),
        Some(absent(facts)),
        Some(every(facts)),
    ];
    tables.into_iter().flatten().filter(|table| !table.rows.is_empty()).collect()
}

fn table(id: &str, title: &str, columns: &[(&str, u8)], rows: Vec<BulletinRow>) -> BulletinTable {
    BulletinTable {
        id: id.to_owned(),
        title: title.to_owned(),
        heads: columns.iter().map(|(head, _)| (*head).to_owned()).collect(),
        widths: columns.iter().map(|(_, width)| *width).collect(),
        rows,
    }
}

fn row<const N: usize>(cells: [String; N]) -> BulletinRow {
    BulletinRow { heading: String::new(), cells: cells.to_vec() }
}

/// Lists what two issues show differently: the target's name, how it stood, how it stands.
pub(super) fn differences<'a>(facts: &'a Facts, before: &'a Facts) -> Vec<(&'a str, String, String)> {
    let same = |one: &TargetFacts, other: &TargetFacts| {
        (&one.actual, &one.expected, &one.gap, &one.lamp, &one.reason, &one.needed)
            == (&other.actual, &other.expected, &other.gap, &other.lamp, &other.reason, &other.needed)
    };
    // Where the figure is the same, it is the reason that has changed.
    let said = |one: &TargetFacts, other: Option<&TargetFacts>| {
        let short = |one: &TargetFacts| format!("{}，{}", one.actual, one.words);
        if other.is_some_and(|other| short(other) == short(one)) { one.reason.clone() } else { short(one) }
    };
    let changed = facts.targets.iter().filter_map(|now| {
        let then = before.target(&now.code);
        if then.is_some_and(|then| same(then, now)) {
            return None;
        }
        let was = then.map_or_else(|| words::NOT_ISSUED_THEN.to_owned(), |then| said(then, Some(now)));
        Some((now.name.as_str(), was, said(now, then)))
    });
    let gone = before.targets.iter().filter(|then| facts.target(&then.code).is_none());
    let gone = gone.map(|then| (then.name.as_str(), said(then, None), words::NO_LONGER.to_owned()));
    changed.chain(gone).collect()
}

fn correction(facts: &Facts, before: &Facts) -> BulletinTable {
    let rows = differences(facts, before).into_iter();
    let rows = rows.map(|(name, was, is)| row([name.to_owned(), was, is])).collect();
    table("correction", "更正表", &[("目标", 28), ("上次通报", 36), ("本次通报", 36)], rows)
}

fn behind(facts: &Facts) -> BulletinTable {
    let targets = facts.behind.iter().filter_map(|code| facts.target(code));
    let rows = targets.map(|one| {
        let needed = if one.needed.is_empty() { "—".to_owned() } else { one.needed.clone() };
        row([one.name.clone(), one.words.clone(), one.reason.clone(), needed])
    });
    let columns = [("目标", 24), ("评价", 17), ("评价依据", 43), ("剩余月均需", 16)];
    table("behind", "落后目标", &columns, rows.collect())
}

fn ranking(facts: &Facts) -> BulletinTable {
    let rows = facts.order().into_iter().filter_map(|(office, place)| {
        let (score, lamps) = (office.score(), office.lamps());
        Some(row([
            words::place(place?),
            office.name.clone(),
            format!("{}/{}", score.kept, score.judged),
            words::kept_share(score),
            lamps.yellow.to_string(),
            lamps.red.to_string(),
            words::how_reported(office),
        ]))
    });
    let columns = [
        ("名次", 11),
        ("单位", 23),
        ("完成和正常/考核目标", 20),
        ("占比", 12),
        ("落后", 9),
        ("严重落后", 11),
        ("报送", 14),
    ];
    table("ranking", "单位排名", &columns, rows.collect())
}

/// Lists who is missing and who was late. Telephone numbers are for the hub, not for its bulletin.
fn absent(facts: &Facts) -> BulletinTable {
    let late = facts.owing().filter(|office| office.late);
    let rows = facts.missing().chain(late).map(|office| {
        row([office.name.clone(), words::how_reported(office), words::last_reported(&office.last)])
    });
    table("missing", "未报和迟报单位", &[("单位", 40), ("本期", 30), ("以前", 30)], rows.collect())
}

fn every(facts: &Facts) -> BulletinTable {
    let mut rows = Vec::new();
    for targets in facts.targets.chunk_by(|one, next| one.chapter_code == next.chapter_code) {
        rows.push(BulletinRow { heading: targets[0].chapter.clone(), cells: Vec::new() });
        rows.extend(targets.iter().map(|one| {
            row([
                one.name.clone(),
                one.goal.clone(),
                one.actual.clone(),
                if one.completion.is_empty() { "—".to_owned() } else { one.completion.clone() },
                one.words.clone(),
                format!("{}/{}", one.reported, one.owed),
            ])
        }));
    }
    let columns =
        [("目标", 30), ("全年要求", 16), ("完成情况", 17), ("完成率", 11), ("评价", 17), ("已报/应报", 9)];
    table("all", "全部目标", &columns, rows)
}
