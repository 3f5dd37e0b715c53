//! Checks: errors, warnings, and what explains them.

use std::collections::BTreeMap;

use model::check::{Finding, History, Issue, Severity, check, nil_figures};
use model::figure::Figure;
use model::plan::{Comparison, Plan};
use model::returns::{Answer, Entry, Evidence, Field, Figures, Return};
use model::target::{Frequency, Kind, Measure};

use crate::build::{a_return, amount, count, entry, figure, growth, id, milestone, period, plan, target};

fn found(plan: &Plan, the_return: &Return, history: &History) -> Vec<(Option<String>, Issue)> {
    let findings = check(plan, &plan.duties(), the_return, history);
    findings.into_iter().map(|f| (f.target.map(|id| id.to_string()), f.issue)).collect()
}

fn only(plan: &Plan, the_return: &Return, history: &History) -> Issue {
    let mut all = found(plan, the_return, history);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).1
}

fn earlier(code: &str, figures: &[(u8, Figures)]) -> History {
    let figures = figures.iter().map(|(month, figures)| (period(*month), *figures)).collect();
    History { earlier: BTreeMap::from([(id(code), figures)]), ..History::default() }
}

#[test]
fn a_sound_return_has_no_findings() {
    let plan = plan(vec![count("c", "100"), growth("g", "6")], &["a"]);
    let pair = Figures::Pair(figure("-0"), figure("5"));
    let the_return = a_return("a", 3, &[("c", entry(amount("0"))), ("g", entry(pair))]);
    assert_eq!(found(&plan, &the_return, &History::default()), []);
}

#[test]
fn errors_are_found() {
    let share = target("s", Measure::Share { goal: None });
    let stages = milestone("m", &[("未开始", None), ("竣工", Some(12))]);
    let mut retired = count("old", "3");
    retired.retired = Some(1);
    let mut quarterly = count("q", "3");
    quarterly.frequency = Frequency::Quarterly;
    let mut plan =
        plan(vec![count("c", "100"), share, stages, quarterly, retired, count("own", "1")], &["a"]);
    plan.assignments.retain(|assignment| assignment.target != id("own"));
    let na = Entry { answer: Answer::NotApplicable(" ".to_owned()), ..entry(amount("0")) };
    let the_return = a_return(
        "a",
        4,
        &[
            ("c", na),
            ("s", entry(Figures::Pair(figure("5"), figure("4")))),
            ("m", entry(Figures::Stage(2))),
            ("q", entry(amount("1"))),
            ("old", entry(amount("1"))),
            ("own", entry(amount("1"))),
            ("nowhere", entry(amount("1"))),
        ],
    );
    let stages = vec!["未开始".to_owned(), "竣工".to_owned()];
    let on = |code: &str, issue| (Some(code.to_owned()), issue);
    let expected = [
        on("c", Issue::NoReason),
        on("s", Issue::NumeratorExceeds { numerator: figure("5"), denominator: figure("4") }),
        on("m", Issue::NoSuchStage { typed: "3".to_owned(), stages }),
        on("nowhere", Issue::UnknownTarget),
        on("old", Issue::UnknownTarget),
        on("own", Issue::Unassigned),
        on("q", Issue::NotDue { period: period(4) }),
    ];
    assert_eq!(found(&plan, &the_return, &History::default()), expected);
    assert!(expected.iter().all(|(_, issue)| issue.severity() == Severity::Error));
}

#[test]
fn silence_negatives_and_wrong_kinds_are_errors() {
    let plan = plan(vec![count("c", "100"), growth("g", "6")], &["a"]);
    let pair = entry(Figures::Pair(figure("1"), figure("1")));
    let none = History::default();
    assert_eq!(only(&plan, &a_return("a", 3, &[("g", pair.clone())]), &none), Issue::Missing);
    let negative = a_return("a", 3, &[("c", entry(amount("-1"))), ("g", pair.clone())]);
    assert_eq!(only(&plan, &negative, &none), Issue::Negative(figure("-1")));
    let wrong = a_return("a", 3, &[("c", entry(amount("1"))), ("g", entry(amount("6")))]);
    assert_eq!(only(&plan, &wrong, &none), Issue::WrongKind);
}

#[test]
fn a_published_rate_may_be_negative_and_lies_with_the_hub() {
    let mut gdp = growth("g", "6");
    gdp.official = true;
    let plan = plan(vec![gdp], &["a"]);
    let rate = Figures::Published { rate: figure("-1.2"), amounts: None };
    let mut the_return = a_return("own", 3, &[("g", entry(rate))]);
    assert_eq!(found(&plan, &the_return, &History::default()), []);
    the_return.office = crate::build::office("a");
    assert_eq!(only(&plan, &the_return, &History::default()), Issue::Unassigned);
}

#[test]
fn one_target_bounds_another() {
    let mut plan = plan(vec![count("big", "16"), count("all", "210")], &["a"]);
    plan.comparisons.push(Comparison { lesser: id("big"), greater: id("all") });
    let the_return = a_return("a", 3, &[("big", entry(amount("4"))), ("all", entry(amount("3")))]);
    let expected = Issue::ExceedsOther { value: figure("4"), other: id("all"), bound: figure("3") };
    assert_eq!(only(&plan, &the_return, &History::default()), expected);
}

#[test]
fn changes_want_an_explanation() {
    let stages = milestone("m", &[("未开始", None), ("开工", Some(3)), ("竣工", Some(12))]);
    let count_plan = plan(vec![count("c", "100")], &["a"]);
    let fell = a_return("a", 4, &[("c", entry(amount("7")))]);
    let history = earlier("c", &[(2, amount("5")), (3, amount("9"))]);
    let expected = Issue::Fell { since: period(3), before: figure("9"), now: figure("7") };
    assert_eq!(only(&count_plan, &fell, &history), expected);

    // 9 by March is 3 a month: 18 more in April is a jump, 9 more is not.
    let jump = a_return("a", 4, &[("c", entry(amount("19")))]);
    assert_eq!(
        only(&count_plan, &jump, &history),
        Issue::Jumped { mean: "3".to_owned(), now: "10".to_owned() }
    );
    assert_eq!(found(&count_plan, &a_return("a", 4, &[("c", entry(amount("18")))]), &history), []);

    let stage_plan = plan(vec![stages], &["a"]);
    let back = a_return("a", 4, &[("m", entry(Figures::Stage(0)))]);
    let went_back = Issue::WentBack { before: "开工".to_owned(), now: "未开始".to_owned() };
    assert_eq!(only(&stage_plan, &back, &earlier("m", &[(3, Figures::Stage(1))])), went_back);
    let mut done = a_return("a", 4, &[("m", entry(Figures::Stage(2)))]);
    assert_eq!(only(&stage_plan, &done, &History::default()), Issue::DoneWithoutEvidence);
    let evidence = Evidence { sha256: [0; 32], len: 1, label: "竣工照片.jpg".to_owned() };
    done.entries.get_mut(&id("m")).unwrap().evidence.push(evidence);
    assert_eq!(found(&stage_plan, &done, &History::default()), []);
}

#[test]
fn levels_and_rates_are_held_against_their_past() {
    let stock_plan = plan(vec![target("k", Measure::Stock { goal: None, base: None })], &["a"]);
    let history = earlier("k", &[(2, amount("100")), (3, amount("200"))]);
    let at = |value: &str| a_return("a", 4, &[("k", entry(amount(value)))]);
    assert_eq!(found(&stock_plan, &at("450"), &history), []);
    assert_eq!(
        only(&stock_plan, &at("451"), &history),
        Issue::Jumped { mean: "150".to_owned(), now: "451".to_owned() }
    );
    assert_eq!(
        only(&stock_plan, &at("49"), &history),
        Issue::Jumped { mean: "150".to_owned(), now: "49".to_owned() }
    );

    let growth_plan = plan(vec![growth("g", "6")], &["a"]);
    let pair = |current: &str, base: &str| Figures::Pair(figure(current), figure(base));
    let history = earlier("g", &[(3, pair("30", "28"))]);
    let fell = a_return("a", 4, &[("g", entry(pair("40", "27")))]);
    let expected = Issue::Fell { since: period(3), before: figure("28"), now: figure("27") };
    assert_eq!(only(&growth_plan, &fell, &history), expected);
}

#[test]
fn a_correction_shows_old_and_new() {
    let growth_plan = plan(vec![growth("g", "6")], &["a"]);
    let pair = |current: u32, base: u32| Figures::Pair(Figure::from(current), Figure::from(base));
    let history = History { replaced: BTreeMap::from([(id("g"), pair(5, 4))]), ..History::default() };
    let same = a_return("a", 3, &[("g", entry(pair(5, 4)))]);
    assert_eq!(found(&growth_plan, &same, &history), []);
    let mut corrected = a_return("a", 3, &[("g", entry(pair(5, 3)))]);
    let findings = check(&growth_plan, &growth_plan.duties(), &corrected, &history);
    let issues: Vec<_> = findings.iter().map(|f| f.issue.clone()).collect();
    let expected = [
        Issue::Corrected { before: pair(5, 4), now: pair(5, 3) },
        Issue::BaseChanged { before: Figure::from(4), now: Figure::from(3) },
    ];
    assert_eq!(issues, expected);
    assert!(findings.iter().all(Finding::blocks));
    corrected.entries.get_mut(&id("g")).unwrap().remarks.explanation = "上年数据核实后调整".to_owned();
    assert!(!check(&growth_plan, &growth_plan.duties(), &corrected, &history).iter().any(Finding::blocks));
}

#[test]
fn an_answer_taken_back_wants_its_reason() {
    let plan = plan(vec![count("c", "100")], &["a"]);
    let not_applicable =
        Entry { answer: Answer::NotApplicable("无此项".to_owned()), ..entry(amount("0")) };
    let history = History { replaced: BTreeMap::from([(id("c"), amount("5"))]), ..History::default() };
    let mut withdrawn = a_return("a", 3, &[("c", not_applicable)]);
    let changed = Issue::AnswerChanged { before: Some(amount("5")), now: None };
    assert_eq!(only(&plan, &withdrawn, &history), changed);
    withdrawn.entries.get_mut(&id("c")).unwrap().remarks.explanation = "上次误填".to_owned();
    assert!(!check(&plan, &plan.duties(), &withdrawn, &history).iter().any(Finding::blocks));

    let history = History { not_applicable: [id("c")].into(), ..History::default() };
    let given = a_return("a", 3, &[("c", entry(amount("5")))]);
    let changed = Issue::AnswerChanged { before: None, now: Some(amount("5")) };
    assert_eq!(only(&plan, &given, &history), changed);
    let mut nil = a_return("a", 3, &[]);
    nil.nil = true;
    assert_eq!(only(&plan, &nil, &history), Issue::NilAfterFigures);
    let repeated = History { replaced_nil: true, ..history };
    assert_eq!(found(&plan, &nil, &repeated), [], "a 零报告 may be made again");
}

#[test]
fn evidence_is_asked_for_once() {
    let plan = plan(vec![milestone("m", &[("未开始", None), ("竣工", Some(12))])], &["a"]);
    let done = a_return("a", 4, &[("m", entry(Figures::Stage(1)))]);
    assert_eq!(found(&plan, &done, &earlier("m", &[(3, Figures::Stage(1))])), []);
    assert_eq!(only(&plan, &done, &earlier("m", &[(3, Figures::Stage(0))])), Issue::DoneWithoutEvidence);
}

#[test]
fn an_explanation_never_excuses_an_error() {
    let plan = plan(vec![count("c", "100")], &["a"]);
    let mut the_return = a_return("a", 3, &[("c", entry(amount("-1")))]);
    the_return.entries.get_mut(&id("c")).unwrap().remarks.explanation = "真的".to_owned();
    assert!(check(&plan, &plan.duties(), &the_return, &History::default()).iter().all(Finding::blocks));
}

#[test]
fn nil_repeats_what_was_accepted_and_never_speaks_for_rates() {
    assert_eq!(nil_figures(Kind::Count, None), Some(amount("0")));
    assert_eq!(nil_figures(Kind::Stock, Some(amount("7"))), Some(amount("7")));
    assert_eq!(nil_figures(Kind::Milestone, None), Some(Figures::Stage(0)));
    assert_eq!(nil_figures(Kind::Growth, Some(Figures::Pair(figure("1"), figure("1")))), None);

    let mut quarterly = growth("g", "6");
    quarterly.frequency = Frequency::Quarterly;
    let plan = plan(vec![count("c", "100"), quarterly], &["a"]);
    let mut nil = a_return("a", 4, &[]);
    nil.nil = true;
    assert_eq!(found(&plan, &nil, &History::default()), []);
    nil.period = period(6);
    assert_eq!(only(&plan, &nil, &History::default()), Issue::NilWhileRateDue);
    let mut with_entries = a_return("a", 4, &[("c", entry(amount("1")))]);
    with_entries.nil = true;
    assert_eq!(only(&plan, &with_entries, &History::default()), Issue::NilWithEntries);
}

#[test]
fn long_texts_are_named() {
    let plan = plan(vec![count("c", "100")], &["a"]);
    let mut the_return = a_return("a", 3, &[("c", entry(amount("1")))]);
    the_return.entries.get_mut(&id("c")).unwrap().remarks.note = "𠮷".repeat(10_000);
    assert_eq!(found(&plan, &the_return, &History::default()), []);
    the_return.entries.get_mut(&id("c")).unwrap().remarks.note.push('㙍');
    let findings = check(&plan, &plan.duties(), &the_return, &History::default());
    assert_eq!(findings[0].field, Some(Field::Note));
    assert_eq!(findings[0].issue, Issue::TextTooLong { chars: 10_001 });
    let remarks = &mut the_return.entries.get_mut(&id("c")).unwrap().remarks;
    (remarks.note, remarks.problem) = ("填".repeat(10_000), "\"".repeat(9_576));
    assert_eq!(found(&plan, &the_return, &History::default()), []);
    the_return.entries.get_mut(&id("c")).unwrap().remarks.problem.push('"');
    let expected = Issue::TextsTooLong { bytes: 48 * 1024 + 2 };
    assert_eq!(only(&plan, &the_return, &History::default()), expected);
}
