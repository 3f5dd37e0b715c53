//! The shipped plan says what the report says: no figure, clause or title is lost, and none is added.

use std::collections::BTreeSet;

use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::plan::{Comparison, OfficeKind, Plan};
use model::target::{Comparator, Goal, Kind, Measure, Target};

use super::{PLAN_2024, SeedError, offices, plan_2024, plan_file};
use report::{NOT_FIGURES, Outline, SectionOutline, figures};

mod report;

/// Per chapter: sections, clauses, targets. It stands in for the report where that is missing, and it is what notices
/// that a part without a figure is gone.
const SHAPE: [(&str, usize, usize, usize); 8] = [
    ("0", 1, 1, 8),
    ("1", 3, 8, 13),
    ("2", 5, 10, 17),
    ("3", 3, 6, 11),
    ("4", 3, 2, 4),
    ("5", 4, 5, 12),
    ("6", 4, 6, 9),
    ("7", 5, 8, 16),
];

fn shipped() -> Plan {
    let (id, hub) = (PlanId::new("p").unwrap(), HubId::new("h").unwrap());
    plan_2024(id, hub, "测试".to_owned()).unwrap()
}

fn id(code: &str) -> TargetId {
    TargetId::new(code).unwrap()
}

/// Takes the chapters, sections and clauses out of a plan.
fn outline_of(plan: &Plan) -> Outline {
    let section = |code: &str, title: &str| {
        let mut clauses: Vec<String> = plan.targets_of(code).map(|t| t.clause.clone()).collect();
        clauses.dedup();
        SectionOutline { clauses, ..SectionOutline::new(title) }
    };
    let chapters = plan.chapters.iter().map(|chapter| {
        let sections = chapter.sections.iter().map(|s| section(&s.code, &s.title)).collect();
        (format!("{} {}", chapter.code, chapter.title), sections)
    });
    Outline(chapters.collect())
}

trait TargetsOf {
    fn targets_of(&self, section: &str) -> impl Iterator<Item = &Target>;
}

impl TargetsOf for Plan {
    fn targets_of(&self, section: &str) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(move |target| target.section == section)
    }
}

/// Lists everything in which a plan falls short of the report, or of itself where there is no report.
fn shortfalls(plan: &Plan, report: Option<&Outline>) -> Vec<String> {
    let mut found = Vec::new();
    let own = outline_of(plan);
    if let Some(report) = report {
        titles_and_clauses(&own, report, &mut found);
    }
    for (chapter, (code, ..)) in plan.chapters.iter().zip(SHAPE) {
        if chapter.code != code {
            found.push(format!("chapter {} stands where {code} should", chapter.code));
        }
    }
    let shape = own.0.iter().zip(&plan.chapters).map(|((_, sections), chapter)| {
        let targets = chapter.sections.iter().map(|s| plan.targets_of(&s.code).count()).sum();
        (&*chapter.code, sections.len(), sections.iter().map(|s| s.clauses.len()).sum(), targets)
    });
    let shape: Vec<(&str, usize, usize, usize)> = shape.collect();
    if shape != SHAPE {
        found.push(format!("the shape is {shape:?}"));
    }
    clause_figures(plan, &mut found);
    codes(plan, &mut found);
    found
}

fn titles_and_clauses(own: &Outline, report: &Outline, found: &mut Vec<String>) {
    let (own_lines, report_lines) = (own.lines(), report.lines());
    let lost = report_lines.iter().filter(|line| !own_lines.contains(line));
    let added = own_lines.iter().filter(|line| !report_lines.contains(line));
    found.extend(lost.map(|line| format!("not in the plan: {line}")));
    found.extend(added.map(|line| format!("not in the report: {line}")));
    if found.is_empty() && own != report {
        found.push("the plan has the report's lines in another order".to_owned());
    }
}

/// The targets of a clause set its figures, all of them, in the same order, and no others.
fn clause_figures(plan: &Plan, found: &mut Vec<String>) {
    for clause in plan.targets.chunk_by(|a, b| a.clause == b.clause) {
        let text = &clause[0].clause;
        let mut setting: Vec<&Target> = clause.iter().filter(|t| t.goal().is_some()).collect();
        for stated in figures(text) {
            match setting.iter().position(|target| stated.is_goal_of(target)) {
                None => found.push(format!("no target sets {} in {text}", stated.value)),
                Some(at) => {
                    let target = setting.remove(at);
                    if at != 0 {
                        found.push(format!("{} stands too late for {text}", target.id));
                    }
                }
            }
        }
        found.extend(setting.iter().map(|t| format!("{} sets a figure that is not in {text}", t.id)));
    }
}

/// Codes follow the order of the report: chapter, section, running number.
fn codes(plan: &Plan, found: &mut Vec<String>) {
    let mut expected = Vec::new();
    for chapter in &plan.chapters {
        for (at, section) in chapter.sections.iter().enumerate() {
            if section.code != format!("{}-{}", chapter.code, at + 1) {
                found.push(format!("section {} is number {} of its chapter", section.code, at + 1));
            }
            let count = plan.targets_of(&section.code).count();
            expected.extend((1..=count).map(|number| format!("{}-{number:02}", section.code)));
        }
    }
    let own: Vec<&str> = plan.targets.iter().map(|t| t.id.as_str()).collect();
    if own != expected {
        found.push("the codes do not run through".to_owned());
    }
}

#[test]
fn the_shipped_plan_says_what_the_report_says() {
    let report = report::outline();
    if report.is_none() {
        report::say_that_it_is_missing();
    }
    assert_eq!(shortfalls(&shipped(), report.as_ref()), Vec::<String>::new());
}

#[test]
fn the_shipped_plan_is_whole() {
    let plan = shipped();
    assert_eq!(plan.validate(), Ok(()));
    assert_eq!((plan.version, plan.calendar.year, plan.assignments.len()), (0, 2024, 0));
    assert_eq!(plan.active_targets().count(), 90);
    assert_eq!(plan.comparisons, [Comparison { lesser: id("3-2-04"), greater: id("3-2-03") }]);
}

#[test]
fn nothing_is_invented() {
    for target in &shipped().targets {
        match &target.measure {
            Measure::Count { monthly, .. } => assert!(monthly.is_none(), "{}", target.id),
            Measure::Stock { base, .. } => assert!(base.is_none(), "{}", target.id),
            Measure::Milestone { stages } => {
                let months: Vec<_> = stages.iter().map(|stage| stage.month).collect();
                assert_eq!(months, [None, None, Some(12)], "{}", target.id);
                assert_eq!((&*stages[0].name, &*stages[1].name), ("未开始", "推进中"), "{}", target.id);
                assert!(target.clause.contains(&stages[2].name), "{}", target.id);
            }
            Measure::Statement { deadline } => assert_eq!(*deadline, 12, "{}", target.id),
            Measure::Growth { .. } | Measure::Share { .. } | Measure::Relative { .. } => {}
        }
    }
}

#[test]
fn names_fit_a_column() {
    let plan = shipped();
    let names: BTreeSet<&str> = plan.targets.iter().map(|t| &*t.name).collect();
    assert_eq!(names.len(), plan.targets.len());
    assert_eq!(names.iter().find(|name| name.chars().count() > 16), None);
}

#[test]
fn the_district_has_fourteen_streets_and_eight_towns() {
    let offices = offices().unwrap();
    let of = |kind| offices.iter().filter(|office| office.kind == kind).count();
    assert_eq!((of(OfficeKind::Street), of(OfficeKind::Town), offices.len()), (14, 8, 22));
    let third = offices.iter().find(|office| office.id == OfficeId::new("u03").unwrap()).unwrap();
    assert_eq!(third.name(), "薛家岛街道");
    assert_eq!(third.codes[0].value, "370211003");
    assert_eq!(third.codes[0].since.unwrap().to_string(), "2023-06-30");
}

/// One loss for each guard, and what the guard says of it; the last two can only be told from the report.
#[test]
fn every_loss_is_noticed() {
    type Loss = (fn(&mut Plan), &'static str);
    let losses: [Loss; 11] = [
        (|p| p.targets.retain(|t| t.id != id("2-1-02")), "no target sets 1400 in"),
        (|p| p.targets.retain(|t| t.id != id("7-3-04")), "the codes do not run through"),
        (|p| p.targets.retain(|t| t.id != id("7-3-05")), "the shape is"),
        (|p| _ = p.chapters[7].sections.pop(), "the shape is"),
        (|p| _ = p.chapters.remove(4), "chapter 5 stands where 4 should"),
        (|p| set_goal(p, "7-4-02", Comparator::Reach, "1938"), "no target sets 1937 in"),
        (|p| set_goal(p, "2-1-06", Comparator::AtLeast, "90"), "no target sets 90 in"),
        (|p| target_mut(p, "7-1-01").unit = "人".to_owned(), "no target sets 7.5 in"),
        (|p| p.targets.swap(10, 11), "the codes do not run through"),
        (|p| target_mut(p, "5-4-01").clause.push('。'), "not in the plan: 建成21个美丽乡村示范村"),
        (|p| p.chapters[3].sections[0].title.truncate(24), "not in the report: 大力提振消费市场"),
    ];
    let report = report::outline();
    for (at, (lose, says)) in losses.iter().enumerate() {
        let mut plan = shipped();
        lose(&mut plan);
        let noticed = |report| shortfalls(&plan, report).iter().any(|line| line.starts_with(says));
        assert!(at >= 9 || noticed(None), "{at}: {says}");
        assert!(report.is_none() || noticed(report.as_ref()), "{at}: {says}");
    }
}

fn target_mut<'a>(plan: &'a mut Plan, code: &str) -> &'a mut Target {
    plan.targets.iter_mut().find(|t| t.id.as_str() == code).unwrap()
}

fn set_goal(plan: &mut Plan, code: &str, comparator: Comparator, value: &str) {
    let changed = Some(Goal { comparator, value: value.parse().unwrap() });
    match &mut target_mut(plan, code).measure {
        Measure::Count { goal, .. } | Measure::Stock { goal, .. } => *goal = changed,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_line_added_to_the_report_is_noticed() {
    let plan = shipped();
    let text = "#### 主要预期目标\n目标\n## 7 章\n### 提升\n- 扶持创业3000人\n### 健全住房保障体系\n";
    for (after, line) in [("- 扶持创业3000人", "- 新增公园9处"), ("### 健全住房保障体系", "### 新的一节")]
    {
        let longer = text.replace(after, &format!("{after}\n{line}"));
        let lost = |text: &str| shortfalls(&plan, Some(&report::parse(text))).len();
        assert_eq!(lost(&longer), lost(text) + 1, "{line}");
    }
}

#[test]
fn every_exemption_is_needed() {
    let plan = shipped();
    for (words, reason) in NOT_FIGURES {
        assert!(plan.targets.iter().any(|t| t.clause.contains(words)), "{words}: {reason}");
    }
}

#[test]
fn figures_are_found_in_digits_and_in_words() {
    let values = |clause| figures(clause).iter().map(|f| f.value.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        values("新增学位2.2万个,建成十二所,开工９条,引进过50亿元项目16个"),
        ["2.2", "十二", "９", "16"]
    );
    assert_eq!(values("地铁6号线一期通车,居民增收过万元"), ["万"]);
}

#[test]
fn what_a_plan_file_may_not_say() {
    let with = |from: &str, to: &str| {
        assert!(PLAN_2024.contains(from), "{from}");
        plan_file::read(&PLAN_2024.replacen(from, to, 1)).map(|_| ()).unwrap_err()
    };
    let misfit = |error| matches!(error, SeedError::Misfit(_));
    let milestone = r#"kind = "milestone", stages"#;
    assert!(misfit(with(milestone, r#"kind = "milestone", deadline = 12, stages"#)));
    assert!(misfit(with(milestone, r#"kind = "milestone", unit = "个", stages"#)));
    assert!(misfit(with(milestone, r#"kind = "milestone", official = true, stages"#)));
    assert!(misfit(with(r#"kind = "count", value = "60", "#, r#"kind = "count", "#)));
    assert!(misfit(with(r#", relative_to = "0-1-01""#, "")));
    assert!(misfit(with(r#", amount_unit = "亿元""#, "")));
    assert!(matches!(with(r#"value = "60""#, r#"value = "060""#), SeedError::Figure { .. }));
    assert!(matches!(with(r#"code = "7-4-03""#, r#"code = "7/4""#), SeedError::Id(_)));
    assert!(matches!(with(r#"unit = "%""#, r#"units = "%""#), SeedError::Toml(_)));
    let empty = "title = \"t\"\nyear = 2024\n[[chapter]]\ncode = \"1\"\ntitle = \"c\"\n[[chapter.section]]\n\
                 code = \"1-1\"\ntitle = \"s\"\n[[chapter.section.clause]]\ntext = \"x\"\ntarget = []\n";
    assert!(matches!(plan_file::read(empty).map(|_| ()), Err(SeedError::EmptyClause(_))));
}

#[test]
fn every_kind_occurs() {
    let plan = shipped();
    for kind in Kind::ALL {
        assert!(plan.targets.iter().any(|target| target.kind() == kind), "{kind:?}");
    }
}
