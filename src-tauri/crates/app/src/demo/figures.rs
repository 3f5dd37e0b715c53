//! The figures of one office, month by month: each follows from the seed, the office, the target and the month.

use model::draft::Cells;
use model::figure::Figure;
use model::id::OfficeId;
use model::period::Period;
use model::plan::{Duties, Plan};
use model::returns::Field;
use model::target::{Measure, Target};

use super::incident::{Incident, incident};
use super::random::{Drawn, draw};
use super::{PREFIX, amount};

/// How fast targets come on, per mille of the calendar: well ahead, on course, a little behind, far behind, early done.
const PACES: [i64; 6] = [1_200, 930, 1_060, 620, 2_300, 860];
/// By how much rates differ from their goal, in tenths of a percentage point.
const RATE_OFFSETS: [i64; 5] = [6, -5, 1, -19, 3];
/// The months in which stages begin and end; past December is never.
const STAGE_MONTHS: [(u8, u8); 6] = [(1, 13), (1, 6), (3, 13), (6, 13), (2, 5), (13, 13)];
/// Overfulfilment ends here, per mille of the quota.
const MOST: i64 = 1_150;
/// The quota of a count that sets none, in its smallest steps.
const WITHOUT_GOAL: i64 = 12;
/// The one rate that does not apply to one office.
const NOT_APPLICABLE: (&str, &str) = ("2-4-01", "u19");
/// Amounts behind rates are typed with two decimals.
const AMOUNT_DECIMALS: u32 = 2;

/// An office whose figures are made.
pub(super) struct Reporter<'a> {
    pub(super) plan: &'a Plan,
    pub(super) duties: &'a Duties<'a>,
    pub(super) office: &'a OfficeId,
    pub(super) seed: u64,
}

impl<'a> Reporter<'a> {
    /// Lists the office's targets that are due in a period.
    pub(super) fn due(&self, period: Period) -> impl Iterator<Item = &'a Target> {
        self.duties.targets_of(self.office).filter(move |target| target.frequency.is_due(period))
    }

    /// Draws a number for this office.
    pub(super) fn draw(&self, place: &[&str]) -> Drawn {
        draw(self.seed, &[&[self.office.as_str()], place].concat())
    }

    /// Fills the figure boxes of a target for a period.
    pub(super) fn figures(&self, target: &Target, period: Period) -> Cells {
        if (target.id.as_str(), self.office.as_str()) == NOT_APPLICABLE {
            return [(Field::NotApplicable, format!("{PREFIX}辖区内暂无此类企业。"))].into();
        }
        let boxes = Field::of_figures(target.kind(), target.official);
        let texts = match &target.measure {
            Measure::Count { .. } => {
                vec![amount::typed(self.count(target, period), amount::decimals(target))]
            }
            Measure::Stock { .. } => {
                vec![amount::typed(self.level(target, period), amount::decimals(target))]
            }
            Measure::Milestone { .. } | Measure::Statement { .. } => {
                vec![target.stage_name(self.stage(target, period)).unwrap_or_default().to_owned()]
            }
            Measure::Growth { .. } | Measure::Share { .. } | Measure::Relative { .. } if target.official => {
                vec![amount::typed(self.rate(target, period), 1)]
            }
            Measure::Share { .. } => {
                let whole = self.cumulative("whole", target, period);
                let part = whole * self.rate(target, period).clamp(0, 1_000) / 1_000;
                vec![amount::typed(part, AMOUNT_DECIMALS), amount::typed(whole, AMOUNT_DECIMALS)]
            }
            Measure::Growth { .. } | Measure::Relative { .. } => {
                let base = self.cumulative("base", target, period);
                let current = base * (1_000 + self.rate(target, period)) / 1_000;
                vec![amount::typed(current, AMOUNT_DECIMALS), amount::typed(base, AMOUNT_DECIMALS)]
            }
        };
        boxes.iter().copied().zip(texts).collect()
    }

    /// Returns a cumulative count in steps, under the counts that bound it.
    pub(super) fn count(&self, target: &Target, period: Period) -> i64 {
        let same_steps = |other: &&Target| amount::decimals(other) == amount::decimals(target);
        let bounds = self
            .plan
            .comparisons
            .iter()
            .filter(|pair| pair.lesser == target.id && self.duties.is_assigned(&pair.greater, self.office))
            .filter_map(|pair| self.plan.target(&pair.greater).filter(same_steps))
            .map(|bound| self.course(bound, period));
        bounds.fold(self.course(target, period), i64::min)
    }

    fn course(&self, target: &Target, period: Period) -> i64 {
        let before = self.plan.calendar.previous(period).map(|before| self.curve(target, before));
        match (incident(self.office, period), before) {
            (Some(Incident::Falls), Some(before)) => before - before / 5,
            (Some(Incident::Nil), before) => before.unwrap_or(0),
            _ => self.curve(target, period),
        }
    }

    /// Returns a count that only rises: the quota, by the calendar, at the pace of the target and of the office.
    fn curve(&self, target: &Target, period: Period) -> i64 {
        let quota = self.quota(target).unwrap_or(WITHOUT_GOAL);
        let own = self.draw(&["pace"]).between(820, 1_180);
        let here = self.draw(&["pace", target.id.as_str()]).between(900, 1_100);
        let pace = self.tier(target, &PACES) * own / 1_000 * here / 1_000;
        let done = (i64::from(period.month()) * pace / 12).min(MOST);
        // Where between two whole things an office stands is drawn once: small quotas add up without a bias.
        let start = self.draw(&["start", target.id.as_str()]).between(0, 999);
        (quota * done + start) / 1_000
    }

    /// Returns a level in steps: most of the quota from the start, and a little more each month.
    fn level(&self, target: &Target, period: Period) -> i64 {
        let quota = self.quota(target).unwrap_or(WITHOUT_GOAL);
        let start = self.draw(&["level", target.id.as_str()]).between(900, 990);
        let month = match incident(self.office, period) {
            Some(Incident::Nil) => self.plan.calendar.previous(period).map_or(0, Period::month),
            _ => period.month(),
        };
        let pace = self.tier(target, &PACES) / 100;
        quota * (start + i64::from(month) * pace) / 1_000
    }

    /// Returns the stage reached.
    fn stage(&self, target: &Target, period: Period) -> u8 {
        let last = target.stage_count().map_or(0, |count| count.saturating_sub(1));
        let last = u8::try_from(last).unwrap_or(u8::MAX);
        let (begun, done) = self.tier(target, &STAGE_MONTHS);
        match period.month() {
            month if month >= done => last,
            month if month >= begun => (1 + (month - begun) / 4).min(last.saturating_sub(1)),
            _ => 0,
        }
    }

    /// Returns a rate in tenths of a percent: the goal, or that of the reference, and how far target, office and month are off.
    fn rate(&self, target: &Target, period: Period) -> i64 {
        let reference = match &target.measure {
            Measure::Relative { to, .. } => self.plan.target(to),
            _ => Some(target),
        };
        let goal = reference.and_then(Target::goal).map_or(0, |goal| amount::steps(goal.value, 1));
        let offset = self.tier(target, &RATE_OFFSETS);
        // Only one unit publishes, so nothing would even out.
        let spread = if target.official { 0 } else { 15 };
        let office = self.draw(&["rate", target.id.as_str()]).between(-spread, spread);
        let month = self.draw(&["rate", target.id.as_str(), &period.to_string()]).between(-3, 3);
        goal + offset + office + month
    }

    /// Returns an amount that grows by much the same every month of the year.
    fn cumulative(&self, what: &str, target: &Target, period: Period) -> i64 {
        let monthly = self.draw(&[what, target.id.as_str()]).between(500, 9_000);
        let month = |month: u8| {
            monthly * self.draw(&[what, target.id.as_str(), &month.to_string()]).between(900, 1_100) / 1_000
        };
        (1..=period.month()).map(month).sum()
    }

    /// Returns the office's quota in steps; 本级's is the target's own figure where nobody else has a part.
    fn quota(&self, target: &Target) -> Option<i64> {
        let quota: Option<Figure> = self.duties.duty(&target.id, self.office).flatten();
        quota.map(|quota| amount::steps(quota, amount::decimals(target)))
    }

    /// Picks by the target's place in the plan, so that every sort occurs under every seed.
    fn tier<T: Copy>(&self, target: &Target, of: &[T]) -> T {
        let place = self.plan.targets.iter().position(|other| other.id == target.id).unwrap_or(0) as u64;
        let at = place.wrapping_add(self.seed) % of.len() as u64;
        of[at as usize]
    }
}
