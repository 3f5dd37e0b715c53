//! Drafts: what was typed is kept, read, or named.

use model::check::{History, Issue};
use model::draft::{Cells, Cover, Draft, cells_of, compile, printable, read_cells};
use model::figure::FigureError;
use model::returns::{Answer, Entry, Field, Figures, Remarks, SignOff};
use model::target::{Measure, Target};

use crate::build::{amount, count, figure, growth, id, milestone, office, period, plan, target};

fn cells(boxes: &[(Field, &str)]) -> Cells {
    boxes.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

fn answer(target: &Target, boxes: &[(Field, &str)]) -> Result<Answer, Vec<(Field, Issue)>> {
    let named = |findings: Vec<model::check::Finding>| {
        findings.into_iter().map(|f| (f.field.unwrap(), f.issue)).collect()
    };
    read_cells(target, &cells(boxes)).map_err(named)
}

#[test]
fn boxes_read_by_kind() {
    let figures = |f| Ok(Answer::Figures(f));
    assert_eq!(answer(&count("c", "1"), &[(Field::Value, "１，９３７")]), figures(amount("1937")));
    let pair = [(Field::Current, "3.42"), (Field::Base, "3.05")];
    assert_eq!(answer(&growth("g", "6"), &pair), figures(Figures::Pair(figure("3.42"), figure("3.05"))));
    let mut official = growth("g", "6");
    official.official = true;
    let published = |amounts| figures(Figures::Published { rate: figure("6.1"), amounts });
    assert_eq!(answer(&official, &[(Field::Rate, "6.1")]), published(None));
    let with_amounts = [(Field::Rate, "6.1"), (Field::Current, "2"), (Field::Base, "1")];
    assert_eq!(answer(&official, &with_amounts), published(Some((figure("2"), figure("1")))));
    let stages = milestone("m", &[("未开始", None), ("推进中", None), ("主体封顶", Some(12))]);
    for typed in ["主体封顶", "3", "３"] {
        assert_eq!(answer(&stages, &[(Field::Stage, typed)]), figures(Figures::Stage(2)), "{typed}");
    }
    let na = [(Field::NotApplicable, "辖区无此项")];
    assert_eq!(answer(&count("c", "1"), &na), Ok(Answer::NotApplicable("辖区无此项".to_owned())));
}

#[test]
fn what_cannot_be_read_is_named_box_by_box() {
    let not_a_number = |text: &str| Issue::NotAFigure(FigureError::NotANumber(text.to_owned()));
    let share = target("s", Measure::Share { goal: None });
    let both = [(Field::Numerator, "一百"), (Field::Denominator, "2,00")];
    let expected = vec![(Field::Numerator, not_a_number("一百")), (Field::Denominator, not_a_number("2,00"))];
    assert_eq!(answer(&share, &both), Err(expected));
    assert_eq!(answer(&share, &[(Field::Numerator, "1")]), Err(vec![(Field::Denominator, Issue::Missing)]));
    assert_eq!(answer(&count("c", "1"), &[(Field::Rate, "1")]), Err(vec![(Field::Rate, Issue::WrongKind)]));
    let twice = [(Field::Value, "0"), (Field::NotApplicable, "无")];
    assert_eq!(answer(&count("c", "1"), &twice), Err(vec![(Field::Value, Issue::AnsweredTwice)]));
    let stages = milestone("m", &[("未开始", None), ("竣工", Some(12))]);
    for typed in ["0", "3", "封顶", "1.5", "-1", "256"] {
        let found = answer(&stages, &[(Field::Stage, typed)]).unwrap_err();
        assert!(matches!(found[0].1, Issue::NoSuchStage { .. }), "{typed}");
    }
    let mut official = growth("g", "6");
    official.official = true;
    let half = [(Field::Rate, "6"), (Field::Current, "1")];
    assert_eq!(answer(&official, &half), Err(vec![(Field::Base, Issue::Missing)]));
}

#[test]
fn four_states_are_never_confused() {
    let plan = plan(["a", "b", "c", "d"].iter().map(|code| count(code, "10")).collect(), &["x"]);
    let cover =
        Cover { office: office("x"), period: period(3), stand_in: false, sign_off: SignOff::default() };
    let mut draft = Draft::default();
    draft.cells.insert(id("a"), cells(&[(Field::Value, "")]));
    draft.cells.insert(id("b"), cells(&[(Field::Value, "0")]));
    draft.cells.insert(id("c"), cells(&[(Field::NotApplicable, "无")]));
    draft.cells.insert(id("d"), cells(&[(Field::Value, "三")]));
    let (the_return, findings) = compile(&plan, &plan.duties(), &cover, &draft, &History::default());
    let answers: Vec<_> =
        the_return.entries.iter().map(|(id, e)| (id.to_string(), e.answer.clone())).collect();
    let expected = [
        ("b".to_owned(), Answer::Figures(amount("0"))),
        ("c".to_owned(), Answer::NotApplicable("无".to_owned())),
    ];
    assert_eq!(answers, expected);
    let issues: Vec<_> =
        findings.iter().map(|f| (f.target.clone().unwrap().to_string(), f.issue.clone())).collect();
    let unread = Issue::NotAFigure(FigureError::NotANumber("三".to_owned()));
    assert_eq!(issues, [("a".to_owned(), Issue::Missing), ("d".to_owned(), unread)]);
    let (nil, findings) =
        compile(&plan, &plan.duties(), &cover, &Draft { nil: true, ..Draft::default() }, &History::default());
    assert!(nil.nil && nil.entries.is_empty() && findings.is_empty());
}

#[test]
fn a_return_goes_back_into_boxes() {
    let stages = milestone("m", &[("未开始", None), ("竣工", Some(12))]);
    let mut official = growth("o", "6");
    official.official = true;
    let published = Figures::Published { rate: figure("6"), amounts: Some((figure("2"), figure("1"))) };
    let cases = [
        (count("c", "1"), Figures::Amount(figure("7.5"))),
        (growth("g", "1"), Figures::Pair(figure("2"), figure("1"))),
        (official, published),
        (stages, Figures::Stage(1)),
    ];
    for (target, figures) in cases {
        let remarks = Remarks { note: " 保留空格\n第二行 𠮷👍".to_owned(), ..Remarks::default() };
        let entry = Entry { answer: Answer::Figures(figures), remarks, evidence: Vec::new() };
        let cells = cells_of(&target, &entry);
        assert_eq!(read_cells(&target, &cells), Ok(entry.answer.clone()));
        assert_eq!(cells[&Field::Note], entry.remarks.note);
    }
}

#[test]
fn control_characters_become_line_breaks_or_nothing() {
    assert_eq!(printable("甲\u{b}乙\u{c}丙\u{7}丁\r\n\t戊"), "甲\n乙\n丙丁\r\n\t戊");
}
