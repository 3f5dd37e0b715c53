//! The demonstration's table, reckoned once more from the files that were typed in: plain reading, whole numbers, no code of ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::demonstration::{bundles, folder, is_altered, json};

const MONTHS: [&str; 5] = ["2024-02", "2024-03", "2024-04", "2024-05", "2024-06"];
/// June is the sixth of twelve.
const M: i128 = 6;
const MICRO: i128 = 1_000_000;

/// A fraction of whole numbers with a denominator above zero.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Ratio(i128, i128);

impl Ratio {
    fn minus(self, other: Self) -> Self {
        Self(self.0 * other.1 - other.0 * self.1, self.1 * other.1)
    }

    /// Rounded half away from zero to six decimals, without trailing zeros.
    fn text(self) -> String {
        let scaled = (self.0.abs() * MICRO * 2 + self.1) / (self.1 * 2);
        let digits = format!("{}.{:06}", scaled / MICRO, scaled % MICRO);
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        if self.0 < 0 && scaled != 0 { format!("-{digits}") } else { digits.to_owned() }
    }

    fn is_behind(self) -> bool {
        self.0 < 0
    }

    fn within(self, points: i128) -> bool {
        self.0.abs() <= points * self.1
    }
}

/// Millionths of a number as it was typed.
fn number(text: &str) -> i128 {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    sign * format!("{whole}{fraction:0<6}").parse::<i128>().unwrap()
}

pub type Row = BTreeMap<String, String>;

/// Reads a CSV file as the demonstration writes it: by code, every field under its heading.
fn read(text: &str) -> BTreeMap<String, Row> {
    let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    for c in text.trim_start_matches('\u{feff}').chars() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => row.last_mut().unwrap().push(c),
        }
    }
    let header = rows.remove(0);
    let named = |row: Vec<String>| -> Row {
        let trimmed = row.into_iter().map(|field| field.trim().to_owned());
        header.iter().cloned().zip(trimmed).collect()
    };
    let rows = rows.into_iter().filter(|row| row.len() > 1).map(named);
    rows.map(|row| (row["目标编码"].clone(), row)).collect()
}

/// What an office typed, month by month, of what arrived whole.
pub fn arrived() -> BTreeMap<String, BTreeMap<&'static str, BTreeMap<String, Row>>> {
    let names: BTreeSet<String> = bundles()
        .iter()
        .filter(|path| !is_altered(path))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let mut all: BTreeMap<String, BTreeMap<_, _>> = BTreeMap::new();
    for month in MONTHS {
        for file in fs::read_dir(folder().join("录入").join(month)).unwrap() {
            let path = file.unwrap().path();
            let Some(office) = path.file_name().unwrap().to_str().unwrap().strip_suffix(".csv") else {
                continue;
            };
            let sent = names.iter().any(|name| name.starts_with(&format!("上报-{office}-{month}-")));
            if sent || office == "本级" {
                let rows = read(&fs::read_to_string(&path).unwrap());
                all.entry(office.to_owned()).or_default().insert(month, rows);
            }
        }
    }
    all
}

/// What the offices of one target said.
#[derive(Default)]
pub struct Sum {
    pub reported: i128,
    pub carried: i128,
    pub owed: i128,
    first: i128,
    second: i128,
    rate: Option<i128>,
    stage: Option<usize>,
}

fn stages(target: &Value) -> Vec<String> {
    match target["kind"].as_str().unwrap() {
        "statement" => ["未开始", "推进中", "已完成"].map(str::to_owned).to_vec(),
        _ => {
            let stages = target["stages"].as_array().unwrap().iter();
            stages.map(|stage| stage["name"].as_str().unwrap().to_owned()).collect()
        }
    }
}

fn add_up(target: &Value, typed: &BTreeMap<String, BTreeMap<&str, BTreeMap<String, Row>>>) -> Sum {
    let given = target["assignments"].as_array().unwrap().iter();
    let mut offices: Vec<&str> = given.map(|one| one["to"].as_str().unwrap()).collect();
    if offices.is_empty() {
        offices.push("本级");
    }
    add_up_of(target, &offices, typed)
}

/// Adds up what some offices said of a target.
pub fn add_up_of(
    target: &Value,
    offices: &[&str],
    typed: &BTreeMap<String, BTreeMap<&str, BTreeMap<String, Row>>>,
) -> Sum {
    let (code, kind) = (target["code"].as_str().unwrap(), target["kind"].as_str().unwrap());
    let is_rate = ["growth", "share", "relative"].contains(&kind);
    let mut sum = Sum { owed: offices.len() as i128, ..Sum::default() };
    for &office in offices {
        let Some(months) = typed.get(office) else { continue };
        let (row, now) = match months.get("2024-06") {
            Some(rows) => (rows.get(code), true),
            None if is_rate => (None, false),
            None => (months.values().rev().find_map(|rows| rows.get(code)), false),
        };
        let Some(row) = row else { continue };
        if !row["不适用原因"].is_empty() {
            sum.owed -= 1;
            continue;
        }
        if now {
            sum.reported += 1
        } else {
            sum.carried += 1
        }
        let field = |name: &str| number(&row[name]);
        match kind {
            "count" | "stock" => sum.first += field("本期"),
            "milestone" | "statement" => {
                let at = stages(target).iter().position(|name| *name == row["进度"]).unwrap();
                sum.stage = Some(sum.stage.map_or(at, |least| least.min(at)));
            }
            _ if target["official"] == true => sum.rate = Some(field("增速")),
            "share" => (sum.first, sum.second) = (sum.first + field("分子"), sum.second + field("分母")),
            _ => (sum.first, sum.second) = (sum.first + field("本期数"), sum.second + field("同期数")),
        }
    }
    sum
}

/// Actual, expected, gap and lamp.
pub type Judged = (Option<String>, Option<String>, Option<String>, Option<&'static str>);

fn met(comparator: &str, difference: Ratio) -> bool {
    match comparator {
        "above" => difference.0 > 0,
        "reach" | "at_least" | "about" => difference.0 >= 0,
        other => panic!("{other} is not in this plan"),
    }
}

/// The percentage of a rate.
fn rate(target: &Value, sum: &Sum) -> Ratio {
    match (sum.rate, target["kind"].as_str().unwrap()) {
        (Some(published), _) => Ratio(published, MICRO),
        (None, "share") => Ratio(100 * sum.first, sum.second),
        (None, _) => Ratio(100 * (sum.first - sum.second), sum.second),
    }
}

/// Holds a figure against what was expected by the end of June.
pub fn judged(target: &Value, sum: &Sum, all: &BTreeMap<String, (Value, Sum)>) -> Judged {
    if sum.reported + sum.carried == 0 {
        return (None, None, None, Some("unreported"));
    }
    let comparator = target["comparator"].as_str().unwrap_or_default();
    let value = target["value"].as_str().map(number);
    let close = |gap: Ratio, points| if gap.within(points) { "yellow" } else { "red" };
    match target["kind"].as_str().unwrap() {
        kind @ ("count" | "stock") => {
            let (actual, value) = (sum.first, value.unwrap());
            let expected = if kind == "count" { Ratio(value * M, 12 * MICRO) } else { Ratio(value, MICRO) };
            let ahead = Ratio(actual, MICRO).minus(expected);
            let gap = Ratio(100 * ahead.0 * MICRO, ahead.1 * value);
            let done = met(comparator, Ratio(actual - value, MICRO));
            let lamp = match (done, kind) {
                (true, "count") => "done",
                (true, _) => "green",
                (false, "count") if !gap.is_behind() => "green",
                (false, _) => close(gap, 10),
            };
            (Some(Ratio(actual, MICRO).text()), Some(expected.text()), Some(gap.text()), Some(lamp))
        }
        "growth" | "share" | "relative" => {
            let actual = rate(target, sum);
            let expected = match value {
                Some(value) => Ratio(value, MICRO),
                None => {
                    let (reference, sum) = &all[target["relative_to"].as_str().unwrap()];
                    rate(reference, sum)
                }
            };
            let gap = actual.minus(expected);
            let lamp = if met(comparator, gap) { "green" } else { close(gap, 1) };
            (Some(actual.text()), Some(expected.text()), Some(gap.text()), Some(lamp))
        }
        kind => {
            let names = stages(target);
            let reached = sum.stage.unwrap() as i128;
            let end = names.len() as i128 - 1;
            let months: Vec<Option<i128>> = match kind {
                "statement" => vec![None, None, target["deadline"].as_i64().map(i128::from)],
                _ => {
                    let stages = target["stages"].as_array().unwrap().iter();
                    stages.map(|stage| stage["month"].as_i64().map(i128::from)).collect()
                }
            };
            let deadline = months.last().unwrap().unwrap();
            let scheduled = months.iter().skip(1).all(Option::is_some);
            let planned = if M >= deadline {
                Some(end)
            } else if scheduled {
                Some(months.iter().rposition(|month| month.is_some_and(|month| month <= M)).unwrap_or(0)
                    as i128)
            } else {
                None
            };
            let holes = sum.reported + sum.carried < sum.owed;
            let lamp = match planned {
                _ if reached == end => {
                    if holes {
                        "green"
                    } else {
                        "done"
                    }
                }
                _ if M >= deadline => "red",
                None if kind == "statement" => "green",
                None => "unscheduled",
                Some(planned) if reached >= planned => "green",
                Some(planned) if planned - reached <= 1 => "yellow",
                Some(_) => "red",
            };
            let name = |at: i128| names[at as usize].clone();
            let gap = planned.map(|planned| (reached - planned).to_string());
            (Some(name(reached)), planned.map(name), gap, Some(lamp))
        }
    }
}

#[test]
fn the_table_of_june_can_be_reckoned_from_what_was_typed() {
    let typed = arrived();
    let plan = json(&["plan", "show"]);
    let status = json(&["status", "--period", "2024-06"]);
    let sums: BTreeMap<String, (Value, Sum)> = plan["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| (target["code"].as_str().unwrap().to_owned(), (target.clone(), add_up(target, &typed))))
        .collect();
    let shown = status["targets"].as_array().unwrap();
    assert_eq!((shown.len(), sums.len()), (90, 90));
    let mut lamps: BTreeMap<&str, usize> = BTreeMap::new();
    for one in shown {
        let code = one["code"].as_str().unwrap();
        let (target, sum) = &sums[code];
        let text = |name: &str| one[name].as_str();
        let (actual, expected, gap, lamp) = judged(target, sum, &sums);
        assert_eq!(text("actual"), actual.as_deref(), "{code} actual");
        assert_eq!(text("expected"), expected.as_deref(), "{code} expected");
        assert_eq!(text("gap"), gap.as_deref(), "{code} gap");
        assert_eq!(text("lamp"), lamp, "{code} lamp");
        let coverage = |name: &str| i128::from(one[name].as_i64().unwrap());
        let found = [coverage("reported"), coverage("assigned"), coverage("carried")];
        assert_eq!(found, [sum.reported, sum.owed, sum.carried], "{code} coverage");
        let words = format!("按 {}/{} 家汇总", sum.reported, sum.owed);
        assert!(text("explanation").unwrap().contains(&words), "{code} explanation");
        *lamps.entry(lamp.unwrap()).or_default() += 1;
    }
    // A table of one colour would prove little.
    assert!(
        ["done", "green", "yellow", "red", "unscheduled"].iter().all(|lamp| lamps[lamp] > 2),
        "{lamps:?}"
    );
    assert!(shown.iter().any(|one| one["carried"] != 0));

    let offices = status["offices"].as_array().unwrap();
    let missing: BTreeSet<&str> = offices
        .iter()
        .filter(|office| office["reported"] == false)
        .map(|office| office["name"].as_str().unwrap())
        .collect();
    let absent = |office: &&Value| !typed[office["name"].as_str().unwrap()].contains_key("2024-06");
    let expected: BTreeSet<&str> =
        offices.iter().filter(absent).map(|office| office["name"].as_str().unwrap()).collect();
    assert_eq!(missing, expected);
    assert_eq!((offices.len(), missing.len()), (23, 2));
}
