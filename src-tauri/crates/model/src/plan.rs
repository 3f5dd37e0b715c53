//! The plan (目标方案): one year's report with its targets, offices, assignments and rules.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::figure::Figure;
use crate::id::{HubId, OfficeId, PlanId, TargetId};
use crate::lamp::LampRule;
use crate::period::Period;
use crate::target::{Kind, Measure, Target};

mod duties;
mod faults;
mod renumbering;
mod revision;

pub use duties::{Division, Duties, Holder};
pub use faults::PlanFault;
pub use renumbering::Renumbering;
pub use revision::{Change, RevisionFault};

/// One year's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Identifies the plan across its versions.
    pub id: PlanId,
    /// The hub that issues it.
    pub hub: HubId,
    /// What the hub is called.
    pub hub_name: String,
    /// Rises with every issue; 0 while never issued.
    pub version: u32,
    /// Title of the report.
    pub title: String,
    /// Which periods are reported, and by when.
    pub calendar: Calendar,
    /// Chapters in the order of the report.
    pub chapters: Vec<Chapter>,
    /// Targets in the order of the report.
    pub targets: Vec<Target>,
    /// Offices, 本级 included.
    pub offices: Vec<Office>,
    /// 任务分解; targets without any belong to 本级.
    pub assignments: Vec<Assignment>,
    /// How lamps are judged.
    pub lamp_rule: LampRule,
    /// Targets whose figures bound one another.
    pub comparisons: Vec<Comparison>,
}

/// A chapter of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its number, `0` for the main expected targets.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its sections, in order; a section may have no target.
    pub sections: Vec<Section>,
}

/// A section of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its code, `2-1`.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// A unit that reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Permanent internal id.
    pub id: OfficeId,
    /// What sort of unit it is.
    pub kind: OfficeKind,
    /// Its names with the day each began to apply; at least one, in order.
    pub names: Vec<Dated<String>>,
    /// Its statistics-bureau codes with the day each is known to apply; never a key.
    pub codes: Vec<Dated<String>>,
    /// The day from which it no longer reports.
    pub retired: Option<NaiveDate>,
    /// The offices that it came out of, by merger or split. What they reported stays theirs; its own cumulative figures
    /// begin on 1 January all the same, and so contain what was theirs.
    pub origins: Vec<OfficeId>,
}

/// What sort of unit an office is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfficeKind {
    /// 街道.
    Street,
    /// 镇.
    Town,
    /// 功能区.
    Zone,
    /// 部门.
    Department,
    /// 本级, the hub's own unit.
    Own,
}

/// A value that applies from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// The value.
    pub value: T,
    /// The first day; none where it is not known.
    pub since: Option<NaiveDate>,
}

/// A target given to an office, or to every office of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The target.
    pub target: TargetId,
    /// Who reports it.
    pub to: Assignee,
    /// 分解数: the office's own part, or its own rate; without one its figures count but are not judged.
    pub quota: Option<Figure>,
}

/// Who a target is given to. An office named by itself goes before a whole kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assignee {
    /// One office.
    Office(OfficeId),
    /// Every office of a kind, those that come later included (全部街道); never 本级.
    Every(OfficeKind),
}

/// Two targets of which one may never exceed the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The target whose figure is at most the other's.
    pub lesser: TargetId,
    /// The target whose figure is at least the other's.
    pub greater: TargetId,
}

impl Office {
    /// Returns its present name.
    pub fn name(&self) -> &str {
        self.names.last().map_or("", |name| name.value.as_str())
    }

    /// Makes 本级.
    pub fn own() -> Self {
        Self {
            id: OfficeId::own(),
            kind: OfficeKind::Own,
            names: vec![Dated { value: "本级".to_owned(), since: None }],
            codes: Vec::new(),
            retired: None,
            origins: Vec::new(),
        }
    }

    /// Says whether it reports a period: one that ends before the day it retired, and not before the day of its first name
    /// where it came later than the others.
    pub fn reports(&self, period: Period) -> bool {
        let last = period.last_day();
        let begun = self.names.first().and_then(|name| name.since).is_none_or(|since| since <= last);
        begun && self.retired.is_none_or(|retired| last < retired)
    }
}

impl Plan {
    /// Finds a target, retired ones included.
    pub fn target(&self, id: &TargetId) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == *id)
    }

    /// Finds an office.
    pub fn office(&self, id: &OfficeId) -> Option<&Office> {
        self.offices.iter().find(|office| office.id == *id)
    }

    /// Finds an office by its present name; one that still reports goes before one that left with the same name.
    pub fn office_named(&self, name: &str) -> Option<&Office> {
        let mut named = self.offices.iter().filter(|office| office.name() == name);
        let first = named.next()?;
        if first.retired.is_none() {
            Some(first)
        } else {
            named.find(|it| it.retired.is_none()).or(Some(first))
        }
    }

    /// Returns a section and its chapter.
    pub fn section(&self, code: &str) -> Option<(&Chapter, &Section)> {
        self.chapters.iter().find_map(|chapter| {
            chapter.sections.iter().find(|s| s.code == code).map(|section| (chapter, section))
        })
    }

    /// Lists the targets in force, in the order of the report.
    pub fn active_targets(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(|target| target.in_force(self.version.max(1)))
    }

    /// Makes the index by which offices and targets find one another.
    pub fn duties(&self) -> Duties<'_> {
        Duties::of(self, None)
    }

    /// Makes the index for a period: an office still reports the periods that ended before the day it retired, and not yet
    /// those that ended before the day from which there is one.
    pub fn duties_in(&self, period: Period) -> Duties<'_> {
        Duties::of(self, Some(period))
    }

    /// Checks that the plan is whole: ids, references, stages, months, cycles.
    ///
    /// # Errors
    /// Every fault found, in the order of the plan.
    pub fn validate(&self) -> Result<(), Vec<PlanFault>> {
        faults::find(self)
    }

    /// Says how this version differs from the one before it, or why it cannot follow it.
    ///
    /// # Errors
    /// The first change that a revision may not make: ids are permanent, kind and unit never change, the version only rises.
    pub fn changes_since(&self, before: &Plan) -> Result<Vec<Change>, RevisionFault> {
        revision::compare(before, self)
    }
}

/// Says whether two kinds of target can be compared figure by figure.
fn comparable(lesser: &Target, greater: &Target) -> bool {
    let plain = |t: &Target| matches!(t.measure, Measure::Count { .. } | Measure::Stock { .. });
    plain(lesser) && plain(greater) && lesser.kind() == greater.kind() && lesser.unit == greater.unit
}

/// Says whether a target's rate can serve as a reference.
fn is_reference(target: &Target) -> bool {
    matches!(target.kind(), Kind::Growth | Kind::Relative)
}
