//! An office's return for a period, as it would have been typed.

use std::collections::{BTreeMap, BTreeSet};

use model::check::{History, Issue, Severity};
use model::draft::{Cover, Draft, compile, read_cells};
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::{Duties, Plan};
use model::returns::{Answer, Field, Figures, SignOff};
use model::target::{Kind, Target};

use super::figures::Reporter;
use super::incident::{Incident, files_nil, incident};
use super::{PREFIX, amount};

const NOTES: [&str; 4] = [
    "按月度计划推进，数据由生成器产生。",
    "已完成阶段任务，数据由生成器产生。",
    "正在组织核验，数据由生成器产生。",
    "与上月相比稳步推进，数据由生成器产生。",
];
const PROBLEMS: [(&str, &str); 3] = [
    ("个别事项手续办理偏慢。", "逐项排出完成时限，每周调度一次。"),
    ("要素保障尚有缺口。", "提请专题会议协调解决。"),
    ("部分数据报送不及时。", "明确专人，月底前核对一次。"),
];

/// Makes what an office types for a period.
///
/// The draft passes the checks as it is: wherever they would ask for an explanation, it has one. It is a 零报告 where the
/// [`incident`] says so. Incidents of transport leave no mark on it.
pub fn draft(plan: &Plan, duties: &Duties<'_>, office: &OfficeId, period: Period, seed: u64) -> Draft {
    let reporter = Reporter { plan, duties, office, seed };
    if incident(office, period) == Some(Incident::Nil) {
        return Draft { nil: true, ..Draft::default() };
    }
    let mut draft = reporter.first(period);
    reporter.remark(period, &mut draft);
    reporter.explain(period, &mut draft, &BTreeMap::new());
    draft
}

/// Makes the correction of a period's return that gets lost before a [`Incident::Gap`]: the same return with one count raised by
/// its smallest step, and why; none where no gap follows the period or nothing could be raised.
pub fn correction(
    plan: &Plan,
    duties: &Duties<'_>,
    office: &OfficeId,
    period: Period,
    seed: u64,
) -> Option<Draft> {
    let reporter = Reporter { plan, duties, office, seed };
    let (corrected, raised) = reporter.raised(period)?;
    let mut draft = draft(plan, duties, office, period, seed);
    let replaced = reporter.accepted(period, &draft);
    draft.cells.entry(corrected).or_default().insert(Field::Value, raised);
    reporter.explain(period, &mut draft, &replaced);
    Some(draft)
}

impl Reporter<'_> {
    /// Fills the figures in and nothing else.
    fn first(&self, period: Period) -> Draft {
        let cells = self.due(period).map(|target| (target.id.clone(), self.figures(target, period)));
        Draft { cells: cells.collect(), ..Draft::default() }
    }

    /// Returns the count that the correction of a period raises, with the figure it is raised to.
    fn raised(&self, period: Period) -> Option<(TargetId, String)> {
        let next = self.plan.calendar.periods().find(|other| *other > period)?;
        if incident(self.office, next) != Some(Incident::Gap) {
            return None;
        }
        let bounded = |target: &Target| self.plan.comparisons.iter().any(|pair| pair.lesser == target.id);
        let can_rise = |target: &&Target| {
            target.kind() == Kind::Count
                && !bounded(target)
                && self.count(target, next) > self.count(target, period)
        };
        let target = self.due(period).find(can_rise)?;
        let raised = amount::typed(self.count(target, period) + 1, amount::decimals(target));
        Some((target.id.clone(), raised))
    }

    /// Adds words to some of the entries, and to the first of every return.
    fn remark(&self, period: Period, draft: &mut Draft) {
        let month = period.to_string();
        for (at, (id, cells)) in draft.cells.iter_mut().enumerate() {
            let drawn = |what| self.draw(&["words", what, id.as_str(), &month]);
            let mut say = |field, text: &str| cells.insert(field, format!("{PREFIX}{text}"));
            if at == 0 || drawn("noted").once_in(5) {
                say(Field::Note, drawn("note").one_of(&NOTES));
            }
            if drawn("troubled").once_in(9) {
                let (problem, next_step) = drawn("trouble").one_of(&PROBLEMS);
                say(Field::Problem, problem);
                say(Field::NextStep, next_step);
            }
        }
    }

    /// Explains whatever the checks ask about.
    ///
    /// The checks of an office and of the hub may know different histories, since files arrive late or never. So they are asked with
    /// every way in which the year so far can have been cut short; a 零报告 repeats what was accepted before it, so where one is filed
    /// every single month can be missing too.
    fn explain(&self, period: Period, draft: &mut Draft, replaced: &BTreeMap<TargetId, Figures>) {
        let earlier: Vec<Period> = self.plan.calendar.periods().filter(|other| *other < period).collect();
        let corrected = earlier.iter().any(|earlier| self.raised(*earlier).is_some());
        let lost = if files_nil(self.office) { earlier.as_slice() } else { &[] };
        let mut asked: BTreeMap<TargetId, &'static str> = BTreeMap::new();
        for with_corrections in if corrected { &[false, true][..] } else { &[false] } {
            for missing in lost.iter().copied().map(Some).chain([None]) {
                let mut history = History { replaced: replaced.clone(), ..History::default() };
                self.ask(period, draft, &history, &mut asked);
                for earlier in earlier.iter().filter(|earlier| Some(**earlier) != missing) {
                    self.remember(*earlier, *with_corrections, &mut history);
                    self.ask(period, draft, &history, &mut asked);
                }
            }
        }
        for (id, why) in asked {
            draft.cells.entry(id).or_default().insert(Field::Explanation, format!("{PREFIX}{why}"));
        }
    }

    /// Notes what the checks ask about, given a history.
    fn ask(
        &self,
        period: Period,
        draft: &Draft,
        history: &History,
        asked: &mut BTreeMap<TargetId, &'static str>,
    ) {
        let (office, sign_off) = (self.office.clone(), SignOff::default());
        let cover = Cover { office, period, stand_in: false, sign_off };
        for finding in compile(self.plan, self.duties, &cover, draft, history).1 {
            if let (Some(id), Some(why)) = (finding.target, explanation(&finding.issue)) {
                asked.insert(id, why);
            }
        }
    }

    /// Adds a period's figures to a history.
    fn remember(&self, period: Period, with_corrections: bool, history: &mut History) {
        if incident(self.office, period) == Some(Incident::Nil) {
            // It repeats whatever was last accepted, which need not be what this office sent last.
            for all in history.earlier.values_mut() {
                all.extend(all.last().map(|(_, figures)| (period, *figures)));
            }
            return;
        }
        let mut draft = self.first(period);
        let raised = if with_corrections { self.raised(period) } else { None };
        if let Some((id, raised)) = raised {
            draft.cells.entry(id).or_default().insert(Field::Value, raised);
        }
        for (id, figures) in self.accepted(period, &draft) {
            history.earlier.entry(id).or_default().push((period, figures));
        }
    }

    /// Reads the figures of a draft.
    fn accepted(&self, period: Period, draft: &Draft) -> BTreeMap<TargetId, Figures> {
        let due: BTreeSet<&TargetId> = self.due(period).map(|target| &target.id).collect();
        let figures = |id: &TargetId| match read_cells(self.plan.target(id)?, draft.cells.get(id)?).ok()? {
            Answer::Figures(figures) => Some(figures),
            Answer::NotApplicable(_) => None,
        };
        due.into_iter().filter_map(|id| Some((id.clone(), figures(id)?))).collect()
    }
}

/// Returns the words that explain a warning; errors cannot be explained.
fn explanation(issue: &Issue) -> Option<&'static str> {
    match issue {
        Issue::Fell { .. } => Some("上月有重复统计，本月核减。"),
        Issue::Jumped { .. } => Some("本月集中完成，一次入统。"),
        Issue::DoneWithoutEvidence => Some("验收材料归档后补传。"),
        Issue::Corrected { .. } | Issue::BaseChanged { .. } => Some("核对后更正上次所报数据。"),
        other => (other.severity() == Severity::Warning).then_some("样例数据，无需核对。"),
    }
}
