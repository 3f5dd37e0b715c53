//! Makes the first screen of an office.

use std::collections::BTreeMap;

use chrono::Datelike;
use ledger::bundles::BundleKind;
use model::period::Period;
use model::plan::Plan;

use super::{LampCount, LastReceipt, Notice, OfficeHome};
use crate::desk::Desk;
use crate::screens::{LampView, Mood, PeriodState, PeriodView};
use crate::words::{self, Standstill};
use crate::{Error, Home, KeyFault, Result};

/// The setting that keeps the period worked on last.
const PERIOD: &str = "period";
/// The lamps in the order in which they are counted.
const LAMPS: [&str; 6] = ["done", "green", "yellow", "red", "unscheduled", "unreported"];

impl Home {
    /// Shows the first screen for a period, which is remembered; without one, for the period to work on.
    ///
    /// That is the one chosen last, else the first that was never reported: the machine's clock may be years off.
    pub fn office_home(&mut self, period: Option<Period>) -> Result<OfficeHome> {
        self.office_only()?;
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
        let periods: Vec<PeriodView> = plan
            .calendar
            .periods()
            .map(|one| self.period_view(&plan, &self.own_sheet(one)))
            .collect::<Result<_>>()?;
        let kept = kept.and_then(|text| text.parse().ok()).filter(|one| plan.calendar.admit(*one).is_ok());
        let period = period.or(kept).or_else(|| first_open(&plan, &periods)).ok_or(Error::NoPlan)?;
        let sheet = self.own_sheet(period);
        self.refill(&sheet)?;
        let desk = self.take_desk(sheet)?;
        let view = self.overview(&desk, periods);
        self.leave(desk);
        view
    }

    fn overview(&self, desk: &Desk, periods: Vec<PeriodView>) -> Result<OfficeHome> {
        let plan = &desk.plan;
        let period = self.period_view(plan, &desk.sheet)?;
        let own = plan.office(&desk.sheet.office).map(|office| office.name().to_owned());
        let missing = self.numbers_missing()?;
        let mut home = OfficeHome {
            office: own.unwrap_or_default(),
            hub: plan.hub_name.clone(),
            plan: plan.title.clone(),
            year: plan.calendar.year,
            plan_version: plan.version,
            demo: plan.hub_name.ends_with(crate::demo::SUFFIX),
            counts: desk.counts(),
            open_findings: desk.open_findings().total(),
            new_receipts: self.new_receipts()?,
            last_receipt: self.last_receipt(plan)?,
            notices: self.notices(plan, &missing)?,
            steps: Vec::new(),
            lamps: lamps(desk),
            period,
            periods,
        };
        home.steps = super::steps::steps(desk, &home, self.is_restored());
        Ok(home)
    }

    /// Says what the receipt that speaks last said.
    fn last_receipt(&self, plan: &Plan) -> Result<Option<LastReceipt>> {
        let office = self.own_office();
        let found = self.ledger.read(|tx| {
            let Some(taken) = tx.last_receipt()? else { return Ok::<_, ledger::Error>(None) };
            let seq = tx.bundle(&taken.bundle)?.map_or(0, |row| row.seq);
            let rows = tx.returns_of(&office)?;
            let mut spoken = None;
            for row in &rows {
                let verdict = tx.verdict(row.id)?.filter(|verdict| verdict.receipt == taken.bundle);
                spoken = verdict.map(|verdict| (row.period, verdict.verdict)).or(spoken);
            }
            Ok(Some((taken, seq, rows, spoken)))
        })?;
        let Some((taken, seq, rows, spoken)) = found else { return Ok(None) };
        // A return that was corrected since has nothing left to mend. They are shown the latest first.
        let shown = self.judged_returns(plan)?;
        let counted = shown.iter().rev().zip(&rows).filter(|(_, row)| row.counted);
        let cells: Vec<_> = counted.flat_map(|(one, _)| &one.cells).collect();
        let mended = cells.iter().filter(|cell| cell.touched).count();
        Ok(Some(LastReceipt {
            seq: u32::try_from(seq).unwrap_or(u32::MAX),
            day: words::day_label(taken.day),
            summary: words::receipt_in_a_line(plan, spoken, cells.len(), mended),
            returned: u32::try_from(cells.len() - mended).unwrap_or(u32::MAX),
        }))
    }

    fn notices(&self, plan: &Plan, missing: &[u32]) -> Result<Vec<Notice>> {
        let office = self.own_office();
        let (enrolled, sent) = self.ledger.read(|tx| {
            let stream = tx.current_stream(BundleKind::Progress, Some(&office))?;
            Ok::<_, ledger::Error>((stream.is_some(), tx.returns_of(&office)?))
        })?;
        let reported = sent.iter().max_by_key(|row| row.id).map(|row| row.plan_version);
        let mut notices = Vec::new();
        let mut say = |mood, message: words::Sentence| notices.push(Notice { mood, message: message.into() });
        if self.is_restored() {
            say(Mood::Error, words::sentence(&Error::CatchUpFirst));
        }
        if let Some(after) = self.own_key_end()? {
            say(Mood::Error, words::sentence(&KeyFault::Closed(after).into()));
        }
        if !enrolled {
            say(Mood::Warning, words::sentence(&Error::EnrolFirst));
        }
        if let Some(own) = plan.office(&office).filter(|own| !own.origins.is_empty()) {
            // Said until it has reported a period that those it came out of no longer report.
            let alone = |period| {
                let duties = plan.duties_in(period);
                own.origins.iter().all(|id| duties.holder(id).is_none())
            };
            if !sent.iter().any(|row| alone(row.period)) {
                let since = own.origins.iter().filter_map(|id| plan.office(id)?.retired).max();
                say(Mood::Info, words::first_return_after(&words::origins_label(plan, own), since));
            }
        }
        if !missing.is_empty() {
            say(Mood::Warning, words::standstill(&Standstill::HubLacks(missing.to_vec())));
        }
        if let Some(before) = reported.filter(|before| *before < plan.version) {
            say(Mood::Info, words::standstill(&Standstill::NewPlan { before, now: plan.version }));
        }
        // A year's last return is due in the next; anything further off is a clock that was never set.
        let today = self.today();
        let year = i32::from(plan.calendar.year);
        if today.year() < year || today.year() > year + 1 {
            say(
                Mood::Warning,
                words::standstill(&Standstill::StrangeDay { today, year: plan.calendar.year }),
            );
        }
        Ok(notices)
    }
}

/// Finds the first period that was never reported; the last one where all were.
fn first_open(plan: &Plan, periods: &[PeriodView]) -> Option<Period> {
    let open = |view: &PeriodView| matches!(view.state, PeriodState::Untouched | PeriodState::Draft);
    let at = periods.iter().position(open).unwrap_or(periods.len().saturating_sub(1));
    plan.calendar.periods().nth(at)
}

/// Counts the targets by the lamp that the draft lights.
fn lamps(desk: &Desk) -> Vec<LampCount> {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for standing in desk.standings.values() {
        let code = standing.lamp.as_ref().map(|lamp| lamp.code.as_str());
        if let Some(at) = LAMPS.iter().position(|lamp| Some(*lamp) == code) {
            *counts.entry(at).or_default() += 1;
        }
    }
    let count = |(at, count): (usize, u32)| LampCount {
        lamp: LampView { code: LAMPS[at].to_owned(), words: words::lamp_name(LAMPS[at]).to_owned() },
        count,
    };
    counts.into_iter().map(count).collect()
}
