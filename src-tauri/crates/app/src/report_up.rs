//! Reports upward (上报上级): a period's consolidated figures leave as the CSV that an office of the hub above takes in.
//!
//! A hub that reports to a hub above it has a second home, in the role of an office there. That plan has targets of its own, so
//! the hub takes the plan in as a list, says once which of its own targets answers to which there, and keeps that for every
//! month. Nothing here is signed or trusted: the second home checks, signs and sends as every office does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bundle::limits::Limits;
use bundle::v1;
use chrono::NaiveDate;
use ledger::upward::UpperPlan;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::{Office, Plan};
use model::returns::Figures;
use model::target::Target;

use crate::facts::{Facts, TargetFacts};
use crate::init_office::PlanFile;
use crate::{Error, Home, Result};

mod file;
mod fit;
mod take_over;

pub use file::ReportedUp;
pub use fit::{Likeness, Misfit, fits};
pub use take_over::Omission;

/// What keeps a hub from reporting upward.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpwardFault {
    /// The plan is this very hub's own.
    #[error("the plan is this hub's own")]
    OwnPlan,
    /// A newer version was taken in already.
    #[error("version {found} is older than version {held}")]
    Older {
        /// The version at hand.
        held: u32,
        /// The one in the file.
        found: u32,
    },
    /// The plan of the hub above was not taken in yet.
    #[error("there is no plan of a hub above")]
    NoPlan,
    /// Nobody has said which office of that plan this hub is.
    #[error("nobody has said which office this hub is")]
    NoOffice,
    /// The plan above does not give this hub the target.
    #[error("the hub above did not give this hub {0}")]
    NotGiven(String),
    /// The two targets are not of the same make.
    #[error("{own} does not fit {upper}")]
    Unfit {
        /// Code of the target above.
        upper: String,
        /// Code of the own target.
        own: String,
        /// Why.
        why: Misfit,
    },
    /// No figure can leave.
    #[error("nothing can be reported")]
    Nothing,
}

/// The plan of the hub above, and what answers to it.
pub(crate) struct Above {
    pub plan: Plan,
    pub office: Option<OfficeId>,
    pub taken_on: NaiveDate,
    /// Own targets by those of the plan above.
    pub answers: BTreeMap<TargetId, TargetId>,
}

/// What becomes of a target of the plan above.
pub(crate) struct Line<'a> {
    pub upper: &'a Target,
    pub own: Option<&'a TargetId>,
    /// Whether the hub above wants it for this period.
    pub due: bool,
    /// The figures and their coverage, or why none leave.
    pub outcome: Result<(Figures, String), Omission>,
}

impl Above {
    /// Lists the offices of the plan above that a hub can be.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.plan.offices.iter().filter(|office| !office.id.is_own() && office.retired.is_none())
    }

    /// Works out what becomes of every target that the hub above gave this hub.
    pub fn lines<'a>(&'a self, own: &Plan, facts: &Facts, period: Period) -> Vec<Line<'a>> {
        let Some(office) = &self.office else { return Vec::new() };
        let admitted = self.plan.calendar.admit(period).is_ok();
        let found: BTreeMap<&str, &TargetFacts> =
            facts.targets.iter().map(|target| (target.code.as_str(), target)).collect();
        let duties = self.plan.duties_in(period);
        let line = |upper: &'a Target| {
            let answer = self.answers.get(&upper.id);
            let outcome = answer.ok_or(Omission::Unanswered).and_then(|id| {
                let known = own.target(id).zip(found.get(id.as_str()).copied()).ok_or(Omission::Gone)?;
                take_over::figures(own, upper, known, period)
            });
            Line { upper, own: answer, due: admitted && upper.frequency.is_due(period), outcome }
        };
        duties.targets_of(office).map(line).collect()
    }

    /// Suggests own targets for those of the plan above to which none answers yet.
    pub fn suggestions(&self, own: &Plan) -> BTreeMap<TargetId, (TargetId, Likeness)> {
        let Some(office) = &self.office else { return BTreeMap::new() };
        let mut taken: BTreeSet<TargetId> = self.answers.values().cloned().collect();
        let duties = self.plan.duties();
        let open = duties.targets_of(office).filter(|upper| !self.answers.contains_key(&upper.id));
        let mut suggested = BTreeMap::new();
        for upper in open {
            let free: Vec<&Target> = own.active_targets().filter(|own| !taken.contains(&own.id)).collect();
            if let Some((found, likeness)) = fit::likest(upper, &free) {
                taken.insert(found.clone());
                suggested.insert(upper.id.clone(), (found, likeness));
            }
        }
        suggested
    }

    /// Finds a target that the hub above gave this hub.
    pub fn given(&self, code: &str) -> Result<&Target> {
        let office = self.office.as_ref().ok_or(UpwardFault::NoOffice)?;
        let id = TargetId::new(code.trim()).ok();
        let target = id.and_then(|id| self.plan.target(&id));
        let duties = self.plan.duties();
        let given = target.filter(|target| duties.is_assigned(&target.id, office));
        given.ok_or_else(|| UpwardFault::NotGiven(code.to_owned()).into())
    }
}

impl Home {
    /// Takes in the plan of the hub above from its bundle; what answered to its targets before still does.
    ///
    /// Which office of it this hub is stays as it was said; where nothing was said, one of the same name is taken for it.
    pub fn take_upper_plan(&mut self, file: &Path) -> Result<()> {
        self.hub_only()?;
        let PlanFile { plan, .. } = PlanFile::read(file)?;
        plan.validate().map_err(Error::PlanFaults)?;
        if plan.hub == self.identity.hub {
            return Err(UpwardFault::OwnPlan.into());
        }
        let held = self.above()?.filter(|held| held.plan.id == plan.id && held.plan.hub == plan.hub);
        if let Some(held) = held.as_ref().map(|held| held.plan.version).filter(|held| *held > plan.version) {
            return Err(UpwardFault::Older { held, found: plan.version }.into());
        }
        let said = held.and_then(|held| held.office).filter(|office| plan.office(office).is_some());
        let named = || plan.office_named(&self.identity.hub_name).filter(|office| !office.id.is_own());
        let office = said.or_else(|| named().map(|office| office.id.clone()));
        self.keep_upper_plan(&plan, office)
    }

    /// Says which office of the plan above this hub is.
    pub fn set_upper_office(&mut self, name: &str) -> Result<()> {
        let above = self.the_above()?;
        let office = above.offices().find(|office| office.name() == name.trim());
        let office = office.ok_or_else(|| crate::home::unknown_office(&above.plan, name))?.id.clone();
        self.keep_upper_plan(&above.plan, Some(office))
    }

    /// Says which own target answers to a target of the plan above; none where none does any more.
    ///
    /// # Errors
    /// [`UpwardFault::Unfit`] where they are not of the same make: their figures would mean something else there.
    pub fn set_answer(&mut self, upper: &str, own: Option<&str>) -> Result<()> {
        let above = self.the_above()?;
        let upper = above.given(upper)?;
        let own = own.map(|own| self.known_answer(upper, own)).transpose()?;
        self.keep_answers(&above.plan, &[(upper.id.clone(), own)])
    }

    /// Takes every suggestion; returns how many there were.
    pub fn take_suggestions(&mut self) -> Result<usize> {
        let above = self.the_above()?;
        let suggested = above.suggestions(&self.plan()?).into_iter();
        let answers: Vec<_> = suggested.map(|(upper, (own, _))| (upper, Some(own))).collect();
        self.keep_answers(&above.plan, &answers)?;
        Ok(answers.len())
    }

    fn known_answer(&self, upper: &Target, own: &str) -> Result<TargetId> {
        let plan = self.plan()?;
        let id = crate::assign::known_target(&plan, own)?;
        let target = plan.target(&id).ok_or_else(|| Error::UnknownTarget(own.to_owned()))?;
        fits(upper, target).map_err(|why| UpwardFault::Unfit {
            upper: upper.id.to_string(),
            own: id.to_string(),
            why,
        })?;
        Ok(id)
    }

    fn keep_answers(&mut self, above: &Plan, answers: &[(TargetId, Option<TargetId>)]) -> Result<()> {
        let deed = self.deed("answer_upward", above.id.as_str(), answers.len().to_string());
        Ok(self.ledger.write(|tx| {
            for (upper, own) in answers {
                tx.set_upward_target(&above.id, upper, own.as_ref())?;
            }
            tx.record(&deed)
        })?)
    }

    fn keep_upper_plan(&mut self, plan: &Plan, office: Option<OfficeId>) -> Result<()> {
        let row = UpperPlan {
            hub: plan.hub.clone(),
            plan: plan.id.clone(),
            version: plan.version,
            document: crate::home::write_plan(plan)?,
            office,
            taken_on: self.today(),
        };
        let deed = self.deed("take_upper_plan", plan.id.as_str(), plan.version.to_string());
        Ok(self.ledger.write(|tx| {
            tx.set_upper_plan(&row)?;
            tx.record(&deed)
        })?)
    }

    /// Returns the plan of the hub above, once it was taken in.
    pub(crate) fn above(&self) -> Result<Option<Above>> {
        self.hub_only()?;
        let read = self.ledger.read(|tx| {
            let Some(row) = tx.upper_plan()? else { return Ok(None) };
            let answers = tx.upward_targets(&row.plan)?;
            Ok::<_, ledger::Error>(Some((row, answers)))
        })?;
        let Some((row, answers)) = read else { return Ok(None) };
        let name = (row.hub, row.plan, row.version);
        let plan = v1::read_plan_document(&row.document, name, &Limits::default());
        let plan = plan.map_err(Error::unreadable)?;
        Ok(Some(Above { plan, office: row.office, taken_on: row.taken_on, answers }))
    }

    pub(crate) fn the_above(&self) -> Result<Above> {
        self.above()?.ok_or_else(|| UpwardFault::NoPlan.into())
    }
}

#[cfg(test)]
mod tests;
