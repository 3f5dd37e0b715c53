//! A plan small enough to reckon in one's head, with every way of rolling up in it.

use model::calendar::Calendar;
use model::figure::Figure;
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::lamp::LampRule;
use model::plan::{Assignee, Assignment, Chapter, Comparison, Dated, Office, OfficeKind, Plan, Section};
use model::target::{Comparator, Frequency, Goal, Measure, Stage, Target};

/// 累计数, 120 for the year, given to every office with a quota of 40.
pub const COUNT: &str = "1-1-01";
/// 增速, at least 6 %, given to the first two offices.
pub const GROWTH: &str = "1-1-02";
/// 累计数 reported every quarter, 40 for the year, given to every office.
pub const QUARTERLY: &str = "1-1-03";
/// 节点 with three stages, given to the first office.
pub const MILESTONE: &str = "1-1-04";
/// 期末数, more than 300, given to every office.
pub const STOCK: &str = "1-1-05";
/// 增速 that 本级 publishes.
pub const OFFICIAL: &str = "1-1-06";

/// What the offices are called, in order.
pub const NAMES: [&str; 5] = ["东街道", "西街道", "南街道", "北街道", "中街道"];

/// Makes the plan for the first offices of [`NAMES`].
pub fn small(offices: usize) -> Plan {
    let count = Measure::Count { goal: goal(Comparator::Reach, "120"), monthly: None };
    let stages = [("未开始", None), ("开工", Some(3)), ("建成", Some(10))];
    let stages = stages.map(|(name, month)| Stage { name: name.to_owned(), month }).to_vec();
    let quarterly = Measure::Count { goal: goal(Comparator::Reach, "40"), monthly: None };
    let stock = Measure::Stock { goal: goal(Comparator::Above, "300"), base: None };
    let targets = vec![
        target(COUNT, "新增项目", count, "个"),
        target(GROWTH, "收入增速", Measure::Growth { goal: goal(Comparator::AtLeast, "6") }, "%"),
        Target { frequency: Frequency::Quarterly, ..target(QUARTERLY, "季度活动", quarterly, "场") },
        target(MILESTONE, "文化中心", Measure::Milestone { stages }, ""),
        target(STOCK, "企业总数", stock, "家"),
        Target {
            official: true,
            ..target(OFFICIAL, "总值增速", Measure::Growth { goal: goal(Comparator::Above, "5") }, "%")
        },
    ];
    let every = |id: &str, quota: Option<&str>| Assignment {
        target: target_id(id),
        to: Assignee::Every(OfficeKind::Street),
        quota: quota.map(figure),
    };
    let to = |id: &str, office: usize| Assignment {
        target: target_id(id),
        to: Assignee::Office(office_id(office)),
        quota: None,
    };
    let mut assignments = vec![every(COUNT, Some("40")), every(QUARTERLY, None), every(STOCK, None)];
    assignments.extend((0..offices.min(2)).map(|at| to(GROWTH, at)));
    assignments.push(to(MILESTONE, 0));
    Plan {
        // The hub that takes it as its draft puts its own ids in their place.
        id: PlanId::new("p").unwrap(),
        hub: HubId::new("h").unwrap(),
        hub_name: "测试新区".to_owned(),
        version: 0,
        title: "测试方案".to_owned(),
        calendar: Calendar::usual(2024),
        chapters: vec![Chapter {
            code: "1".to_owned(),
            title: "章".to_owned(),
            sections: vec![Section { code: "1-1".to_owned(), title: "节".to_owned() }],
        }],
        targets,
        offices: (0..offices).map(street).chain([Office::own()]).collect(),
        assignments,
        lamp_rule: LampRule::default(),
        comparisons: Vec::new(),
    }
}

/// Returns the code of a target of [`large`].
pub fn large_code(at: usize) -> String {
    format!("1-2-{at:03}")
}

/// Returns the plan of many targets that one office has: counts and growth rates in turn, some counts bounded by the one
/// before them.
pub fn large(targets: usize) -> Plan {
    let mut plan = small(1);
    plan.assignments.clear();
    let goal = |value| Some(Goal { comparator: Comparator::AtLeast, value: figure(value) });
    for at in 0..targets {
        let (measure, unit, quota) = if at % 3 == 2 {
            (Measure::Growth { goal: goal("6") }, "%", "6")
        } else {
            (Measure::Count { goal: goal("12000"), monthly: None }, "个", "1200")
        };
        plan.targets.push(target(&large_code(at), &format!("目标{at}"), measure, unit));
        let to = Assignee::Every(OfficeKind::Street);
        plan.assignments.push(Assignment {
            target: target_id(&large_code(at)),
            to,
            quota: Some(figure(quota)),
        });
        if at % 30 == 1 {
            let (lesser, greater) = (target_id(&large_code(at)), target_id(&large_code(at - 1)));
            plan.comparisons.push(Comparison { lesser, greater });
        }
    }
    plan
}

/// Makes a target that is reported every month from version 1 on.
pub fn target(id: &str, name: &str, measure: Measure, unit: &str) -> Target {
    Target {
        id: target_id(id),
        section: "1-1".to_owned(),
        name: name.to_owned(),
        clause: format!("{name}的原文"),
        measure,
        unit: unit.to_owned(),
        amount_unit: String::new(),
        official: false,
        frequency: Frequency::Monthly,
        since: 1,
        retired: None,
    }
}

/// Returns the id of an office by its place in [`NAMES`].
pub fn office_id(at: usize) -> OfficeId {
    OfficeId::new(&format!("u{:02}", at + 1)).unwrap()
}

/// Reads the id of a target.
pub fn target_id(text: &str) -> TargetId {
    TargetId::new(text).unwrap()
}

/// Reads a figure.
pub fn figure(text: &str) -> Figure {
    Figure::from_canonical(text).unwrap()
}

fn goal(comparator: Comparator, value: &str) -> Option<Goal> {
    Some(Goal { comparator, value: figure(value) })
}

fn street(at: usize) -> Office {
    Office {
        id: office_id(at),
        kind: OfficeKind::Street,
        names: vec![Dated { value: NAMES[at].to_owned(), since: None }],
        codes: Vec::new(),
        retired: None,
        origins: Vec::new(),
    }
}
