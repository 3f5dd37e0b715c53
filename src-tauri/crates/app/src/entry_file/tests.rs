//! What WPS and Excel save is read whole, or refused whole with every error at its place.

use std::collections::BTreeMap;

use encoding_rs::GB18030;
use model::draft::{Cells, Draft};
use model::figure::Figure;
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::plan::Plan;
use model::returns::Field;
use proptest::prelude::*;

use super::*;
use crate::builtin::plan_2024;

mod errors;

fn plan() -> Plan {
    let (id, hub) = (PlanId::new("p").unwrap(), HubId::new("h").unwrap());
    plan_2024(id, hub, "测试".to_owned()).unwrap()
}

fn june() -> Period {
    "2024-06".parse().unwrap()
}

fn id(code: &str) -> TargetId {
    TargetId::new(code).unwrap()
}

fn cells(texts: &[(Field, &str)]) -> Cells {
    texts.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

/// Two targets as every one of the shapes below states them.
fn two() -> Vec<(TargetId, Cells)> {
    vec![
        (id("1-1-01"), cells(&[(Field::Value, "１２．５"), (Field::Note, "第一行\n第二行，“引号”\"")])),
        (id("5-2-04"), cells(&[(Field::Value, "1,937")])),
    ]
}

fn assert_reads(bytes: &[u8], encoding: Encoding, entries: &[(TargetId, Cells)]) {
    let file = read("f.csv", bytes, &plan(), june()).unwrap();
    assert_eq!(file.entries, entries);
    assert_eq!(file.encoding, encoding);
}

#[test]
fn every_separator_line_end_and_encoding_is_read() {
    let rows = [
        ["目标编码", "目标", "本期", "进展说明"],
        ["1-1-01", "海洋重点产业项目", "１２．５", "\"第一行\n第二行，“引号”\"\"\""],
        ["5-2-04", "", "\"1,937\"", ""],
    ];
    for separator in [",", ";", "\t"] {
        for ending in ["\r\n", "\n", "\r"] {
            for tail in ["", ending, "\r\n\r\n", ",,;\t,\n"] {
                let lines = rows.map(|row| row.join(separator));
                let text = lines.join(ending) + tail;
                if tail.contains(',') && separator != "," {
                    continue;
                }
                let text = if tail.contains(';') { text.replace(";\t", "") } else { text };
                assert_reads(text.as_bytes(), Encoding::Utf8, &two());
                assert_reads(format!("\u{feff}{text}").as_bytes(), Encoding::Utf8, &two());
                assert_reads(&GB18030.encode(&text).0, Encoding::Gb18030, &two());
                let units = std::iter::once(0xfeff).chain(text.encode_utf16());
                let (little, big): (Vec<_>, Vec<_>) =
                    units.map(|unit| (unit.to_le_bytes(), unit.to_be_bytes())).unzip();
                assert_reads(little.as_flattened(), Encoding::Utf16, &two());
                assert_reads(big.as_flattened(), Encoding::Utf16, &two());
            }
        }
    }
}

#[test]
fn rare_characters_survive_gb18030() {
    let text = "code,note\r\n1-1-01,𠮷 㙍 € 😀\r\n";
    let bytes = GB18030.encode(text).0;
    assert!(std::str::from_utf8(&bytes).is_err());
    assert_reads(&bytes, Encoding::Gb18030, &[(id("1-1-01"), cells(&[(Field::Note, "𠮷 㙍 € 😀")]))]);
}

#[test]
fn blank_rows_short_rows_and_trailing_columns_do_not_matter() {
    let text = "\n,,\nCODE, 本期 ,note,,\n\n1-1-01,3\n , ,\n５－２－０４,,好,,\n'5-2-05,\"\",\n\n";
    let file = read("f.csv", text.as_bytes(), &plan(), june()).unwrap();
    let expected = [
        (id("1-1-01"), cells(&[(Field::Value, "3")])),
        (id("5-2-04"), cells(&[(Field::Note, "好")])),
        (id("5-2-05"), Cells::new()),
    ];
    assert_eq!(file.entries, expected);
    assert_eq!((file.blank_rows, file.filled()), (3, 2));
    assert_eq!(file.columns, [Field::Value, Field::Note]);
}

#[test]
fn a_file_replaces_its_own_boxes_and_no_others() {
    let before =
        |code: &str| (id(code), cells(&[(Field::Value, "1"), (Field::Note, "旧"), (Field::Problem, "难")]));
    let mut draft = Draft { cells: ["1-1-01", "5-2-04"].map(before).into(), ..Draft::default() };
    read("f.csv", "code,value,note\n1-1-01,2,\n".as_bytes(), &plan(), june()).unwrap().fill(&mut draft);
    assert_eq!(draft.cells[&id("1-1-01")], cells(&[(Field::Value, "2"), (Field::Problem, "难")]));
    assert_eq!(draft.cells[&id("5-2-04")], before("5-2-04").1);
}

#[test]
fn what_looks_like_a_formula_is_text() {
    let plan = plan();
    let texts = ["=cmd|'/C calc'!A0", "+1", "-x", "@SUM(1)", "\tx", "\rx", "\nx", "＝1", " =1", "'=1", "'x"];
    for text in texts {
        let typed: BTreeMap<_, _> =
            [(id("1-1-01"), cells(&[(Field::Value, text), (Field::Note, text)]))].into();
        let form = write_csv(&plan, &plan.duties(), &OfficeId::own(), june(), &typed);
        let form_text = std::str::from_utf8(&form).unwrap();
        for row in Rows::new(form_text, ',') {
            // A number may begin with a sign: it is what it seems.
            let words = row.ok().unwrap().fields.into_iter().map(|field| field.text);
            for text in words.filter(|text| Figure::from_typed(text).is_err()) {
                let first = text.trim_start_matches([' ', '\u{3000}']).chars().next();
                assert!(!first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c)), "{text:?}");
            }
        }
        let file = read("f.csv", &form, &plan, june()).unwrap();
        assert_eq!(BTreeMap::from_iter(file.entries)[&id("1-1-01")], typed[&id("1-1-01")], "{text:?}");
    }
    let raw = read("f.csv", b"code,value,note\n1-1-01,=1+1,=A1\n", &plan, june()).unwrap();
    assert_eq!(raw.entries[0].1, cells(&[(Field::Value, "=1+1"), (Field::Note, "=A1")]));
}

#[test]
fn a_form_says_what_to_fill_in() {
    let plan = plan();
    let form =
        write_csv(&plan, &plan.duties(), &OfficeId::own(), "2024-02".parse().unwrap(), &BTreeMap::new());
    let form = String::from_utf8(form).unwrap();
    assert!(form.starts_with(
        "\u{feff}目标编码,目标,报告期,单位,全年目标,分解数,填报栏,本期,增速,本期数,同期数,分子,分母,进度,"
    ));
    for row in [
        "\r\n\"0-1-03\t\",固定资产投资增速,\"2024年1—2月\t\",%,4.5以上,4.5,增速（本期数、同期数可不填）,,",
        "\r\n\"1-1-01\t\",海洋重点产业项目,\"2024年1—2月\t\",个,60,60,本期,,",
        "\r\n\"2-1-03\t\",高新技术产业产值占比,\"2024年1—2月\t\",%,65以上,65,分子、分母,,",
        "\r\n\"7-3-02\t\",区中医医院,\"2024年1—2月\t\",,主体封顶,,进度,,",
    ] {
        assert!(form.contains(row), "{row:?}");
    }
    assert!(!form.contains("0-1-01"), "quarterly, not due in February");
}

/// The boxes that a row may fill: those of the target's kind and the words.
fn boxes_of(target: &model::target::Target) -> Vec<Field> {
    let figures = Field::of_figures(target.kind(), target.official).iter().copied();
    let words =
        [Field::NotApplicable, Field::Note, Field::Problem, Field::NextStep, Field::Explanation].into_iter();
    figures.chain(words).collect()
}

fn text() -> impl Strategy<Value = String> {
    let awkward = "[-'\"=+@,;\t\r\n 0-9a１，＝－\u{3000}\u{feff}𠮷㙍]{1,12}";
    prop_oneof![awkward.prop_map(String::from), "[^\0]{1,40}".prop_map(String::from)]
}

proptest! {
    #[test]
    fn any_boxes_survive_the_form(texts in prop::collection::vec((0usize..90, 0usize..8, text()), 0..60)) {
        let plan = plan();
        let mut typed: BTreeMap<TargetId, Cells> =
            plan.targets.iter().map(|target| (target.id.clone(), Cells::new())).collect();
        for (at, field, text) in texts {
            let target = &plan.targets[at % plan.targets.len()];
            let boxes = boxes_of(target);
            // A kind's figure box that holds only white space is as good as empty, but it is kept.
            typed.get_mut(&target.id).unwrap().insert(boxes[field % boxes.len()], text);
        }
        let form = write_csv(&plan, &plan.duties(), &OfficeId::own(), june(), &typed);
        let file = read("f.csv", &form, &plan, june()).unwrap();
        prop_assert_eq!(BTreeMap::from_iter(file.entries), typed);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let plan = plan();
        let _ = read("f.csv", &bytes, &plan, june());
        let _ = read("f.csv", &[b"code,note\n1-1-01,", bytes.as_slice()].concat(), &plan, june());
    }
}
