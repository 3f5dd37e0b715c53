//! Small plans and figures for the laws.

use std::collections::BTreeMap;

use model::calendar::Calendar;
use model::figure::Figure;
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::lamp::LampRule;
use model::period::Period;
use model::plan::{Assignee, Assignment, Chapter, Dated, Office, OfficeKind, Plan, Section};
use model::returns::{Answer, Entry, Figures, Remarks, Return, SignOff};
use model::target::{Comparator, Frequency, Goal, Measure, Stage, Target};

pub fn figure(text: &str) -> Figure {
    Figure::from_typed(text).unwrap()
}

pub fn period(month: u8) -> Period {
    Period::new(2024, month).unwrap()
}

pub fn office(name: &str) -> OfficeId {
    OfficeId::new(name).unwrap()
}

pub fn id(text: &str) -> TargetId {
    TargetId::new(text).unwrap()
}

pub fn goal(comparator: Comparator, value: &str) -> Option<Goal> {
    Some(Goal { comparator, value: figure(value) })
}

pub fn target(code: &str, measure: Measure) -> Target {
    Target {
        id: id(code),
        section: "1-1".to_owned(),
        name: format!("目标{code}"),
        clause: "原文".to_owned(),
        measure,
        unit: "个".to_owned(),
        amount_unit: String::new(),
        official: false,
        frequency: Frequency::Monthly,
        since: 1,
        retired: None,
    }
}

pub fn count(code: &str, value: &str) -> Target {
    target(code, Measure::Count { goal: goal(Comparator::Reach, value), monthly: None })
}

pub fn growth(code: &str, value: &str) -> Target {
    target(code, Measure::Growth { goal: goal(Comparator::AtLeast, value) })
}

pub fn milestone(code: &str, stages: &[(&str, Option<u8>)]) -> Target {
    let stages =
        stages.iter().map(|(name, month)| Stage { name: (*name).to_owned(), month: *month }).collect();
    target(code, Measure::Milestone { stages })
}

pub fn plan(targets: Vec<Target>, offices: &[&str]) -> Plan {
    let street = |name: &&str| Office {
        id: office(name),
        kind: OfficeKind::Street,
        names: vec![Dated { value: format!("{name}街道"), since: None }],
        codes: Vec::new(),
        retired: None,
        origins: Vec::new(),
    };
    let everybody = |target: &Target| Assignment {
        target: target.id.clone(),
        to: if target.official {
            Assignee::Office(OfficeId::own())
        } else {
            Assignee::Every(OfficeKind::Street)
        },
        quota: None,
    };
    Plan {
        id: PlanId::new("p1").unwrap(),
        hub: HubId::new("h1").unwrap(),
        hub_name: "演示汇总单位".to_owned(),
        version: 1,
        title: "演示".to_owned(),
        calendar: Calendar::usual(2024),
        chapters: vec![Chapter {
            code: "1".to_owned(),
            title: "章".to_owned(),
            sections: vec![Section { code: "1-1".to_owned(), title: "节".to_owned() }],
        }],
        assignments: targets.iter().map(everybody).collect(),
        targets,
        offices: offices.iter().map(street).chain([Office::own()]).collect(),
        lamp_rule: LampRule::default(),
        comparisons: Vec::new(),
    }
}

pub fn entry(figures: Figures) -> Entry {
    Entry { answer: Answer::Figures(figures), remarks: Remarks::default(), evidence: Vec::new() }
}

pub fn amount(text: &str) -> Figures {
    Figures::Amount(figure(text))
}

pub fn a_return(office_name: &str, month: u8, entries: &[(&str, Entry)]) -> Return {
    Return {
        office: office(office_name),
        period: period(month),
        plan_version: 1,
        nil: false,
        stand_in: false,
        sign_off: SignOff::default(),
        entries: entries.iter().map(|(code, entry)| (id(code), entry.clone())).collect::<BTreeMap<_, _>>(),
    }
}
