//! The frame around every screen of a hub: the plan, the periods with who has reported, and what waits for somebody.

use std::collections::BTreeMap;

use chrono::Datelike;
use ledger::keys::KeyState;
use model::period::Period;
use model::plan::Plan;
use serde::Serialize;
use ts_rs::TS;

use super::count;
use crate::screens::Mood;
use crate::screens::home::Notice;
use crate::words::{self, HubStandstill, Standstill};
use crate::{Error, Home, Result};

/// The setting that keeps the period worked on last.
const PERIOD: &str = "period";

/// What the frame around every screen of a hub shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubHome {
    /// What the hub is called.
    pub hub: String,
    /// Title of the plan.
    pub plan: String,
    /// Year of the plan.
    pub year: u16,
    /// The version in force; 0 while none was issued.
    pub plan_version: u32,
    /// Whether edits wait to be issued as the next version.
    pub plan_changed: bool,
    /// Whether this is the demonstration.
    pub demo: bool,
    /// The period shown.
    pub period: HubPeriod,
    /// Every period of the year, in order.
    pub periods: Vec<HubPeriod>,
    /// Targets in force.
    pub targets: u32,
    /// Offices that report, 本级 not counted.
    pub offices: u32,
    /// Enrolments that wait for their digits.
    pub enrolments: u32,
    /// What waits for a decision in 接收: returns of any period, and enrolments.
    pub receiving: u32,
    /// What keeps the hub from working, or is easily forgotten.
    pub notices: Vec<Notice>,
}

/// A period as a hub sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubPeriod {
    /// `2024-03`.
    pub period: String,
    /// `2024年3月`.
    pub label: String,
    /// The last day in time, `4月5日`.
    pub due: String,
    /// Days until then; negative once it has passed.
    pub days_left: i32,
    /// 应报: offices that owe a return, 本级 among them.
    pub owed: u32,
    /// 实报: those of them whose return counts.
    pub reported: u32,
    /// 迟报: those of them that were late.
    pub late: u32,
    /// Returns that wait for a decision: 待审, 待解锁, 争议.
    pub waiting: u32,
    /// Whether the period is frozen.
    pub locked: bool,
    /// How it stands in words: `已报 18/22`, `报齐`, `已锁定`.
    pub state_label: String,
}

impl Home {
    /// Shows the frame for a period, which is remembered; without one, for the period to work on.
    ///
    /// That is the one chosen last, else the first that is not locked and lacks a return or a decision on one: the
    /// machine's clock may be years off.
    pub fn hub_home(&mut self, period: Option<Period>) -> Result<HubHome> {
        self.hub_only()?;
        let plan = self.plan()?;
        let kept = self.setting(PERIOD)?;
        if let Some(period) = period {
            self.admit(&plan, period)?;
            let chosen = period.to_string();
            if kept.as_deref() != Some(&chosen) {
                // A disk that fails keeps nobody from looking: only what is remembered is lost.
                let _ = self.set_setting(PERIOD, Some(&chosen));
            }
        }
        let waiting = self.waiting_by_period()?;
        let of = |one: Period| self.hub_period(&plan, one, waiting.get(&one).copied().unwrap_or(0));
        let periods: Vec<(Period, HubPeriod)> =
            plan.calendar.periods().map(|one| Ok((one, of(one)?))).collect::<Result<_>>()?;
        let kept = kept.and_then(|text| text.parse().ok());
        let chosen = period
            .or(kept)
            .and_then(|chosen| periods.iter().find(|(one, _)| *one == chosen))
            .or_else(|| periods.iter().find(|(_, view)| is_open(view)))
            .or(periods.last())
            .map(|(_, view)| view.clone());
        self.frame(&plan, chosen.ok_or(Error::NoPlan)?, periods.into_iter().map(|(_, view)| view).collect())
    }

    fn frame(&self, plan: &Plan, period: HubPeriod, periods: Vec<HubPeriod>) -> Result<HubHome> {
        let (version, changed) = self.ledger.read(|tx| {
            let issued = tx.latest_issued()?.map_or(0, |issued| issued.version);
            Ok::<_, ledger::Error>((issued, tx.plan_draft()?.is_some()))
        })?;
        let enrolments = self.ledger.read(|tx| tx.keys())?;
        let enrolments = count(enrolments.iter().filter(|key| key.state == KeyState::Pending).count());
        let waiting = count(self.waiting()?.len());
        Ok(HubHome {
            hub: self.identity.hub_name.clone(),
            plan: plan.title.clone(),
            year: plan.calendar.year,
            plan_version: version,
            plan_changed: changed,
            demo: is_demo(plan),
            period,
            periods,
            targets: count(plan.active_targets().count()),
            offices: count(plan.offices.iter().filter(|o| !o.id.is_own() && o.retired.is_none()).count()),
            enrolments,
            receiving: waiting + enrolments,
            notices: self.hub_notices(plan, version, changed)?,
        })
    }

    /// Counts the returns that wait for a decision.
    fn waiting_by_period(&self) -> Result<BTreeMap<Period, u32>> {
        let mut counts = BTreeMap::new();
        for row in self.waiting()? {
            *counts.entry(row.period).or_default() += 1;
        }
        Ok(counts)
    }

    fn hub_period(&self, plan: &Plan, period: Period, waiting: u32) -> Result<HubPeriod> {
        let offices = self.office_standings(plan, &plan.duties_in(period), period)?;
        let locked = self.ledger.read(|tx| tx.lock_of(period))?.is_some();
        let reported: Vec<_> = offices.iter().filter_map(|office| office.reported.as_ref()).collect();
        let due = plan.calendar.due_date(period);
        let days_left = (due - self.today()).num_days();
        let (owed, sent) = (count(offices.len()), count(reported.len()));
        Ok(HubPeriod {
            period: period.to_string(),
            label: plan.calendar.label(period),
            due: words::day_label(due),
            days_left: i32::try_from(days_left).unwrap_or(i32::MAX),
            owed,
            reported: sent,
            late: count(reported.iter().filter(|reported| reported.late).count()),
            waiting,
            locked,
            state_label: words::hub_period_state(locked, sent, owed),
        })
    }

    fn hub_notices(&self, plan: &Plan, version: u32, changed: bool) -> Result<Vec<Notice>> {
        let mut notices = Vec::new();
        let mut say = |mood, message: words::Sentence| notices.push(Notice { mood, message: message.into() });
        if version == 0 {
            say(Mood::Info, words::hub_standstill(&HubStandstill::NeverIssued));
        } else if changed {
            say(Mood::Info, words::hub_standstill(&HubStandstill::Changed));
        }
        let saved = !self.recovery_saved()?.is_empty();
        if !saved && !is_demo(plan) {
            say(Mood::Warning, words::hub_standstill(&HubStandstill::NoRecoveryKey));
        }
        let (today, year) = (self.today(), plan.calendar.year);
        // A year's last return is due in the next; anything further off is a clock that was never set.
        if today.year() < i32::from(year) || today.year() > i32::from(year) + 1 {
            say(Mood::Warning, words::standstill(&Standstill::StrangeDay { today, year }));
        }
        Ok(notices)
    }
}

/// Says whether a period still wants something.
fn is_open(view: &HubPeriod) -> bool {
    !view.locked && (view.reported < view.owed || view.waiting > 0)
}

/// Says whether a plan is the demonstration's; the hub may be called otherwise there, too.
fn is_demo(plan: &Plan) -> bool {
    plan.title.ends_with(crate::demo::SUFFIX)
}
