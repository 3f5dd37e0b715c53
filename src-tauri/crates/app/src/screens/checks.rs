//! 审核: what was found, in the order of the report, each leading to its cell.

use model::check::Finding;
use model::draft::Cells;
use model::id::TargetId;
use model::plan::Plan;
use model::returns::Field;
use model::target::Target;
use serde::Serialize;
use ts_rs::TS;

use super::{FindingView, Message, PeriodState, PeriodView};
use crate::check::Open;
use crate::enter::ReturnOf;
use crate::export::lacks_scan;
use crate::words::{self, chapter_label, open_in_words};
use crate::{Error, Home, Result};

/// The findings of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Checks {
    /// The period.
    pub period: PeriodView,
    /// How many targets were checked.
    pub checked: u32,
    /// What keeps the return from leaving: errors, 未填 among them, and warnings without an explanation.
    pub open: u32,
    /// Of what kind these are: `错误 5 处，待说明 1 处`.
    pub open_words: String,
    /// Errors among them.
    pub errors: u32,
    /// Warnings that have an explanation.
    pub explained: u32,
    /// 代录: that the stamped scan is missing; none where it is there, or none is wanted.
    pub lacking: Option<Message>,
    /// Whether nothing keeps the return from leaving.
    pub passed: bool,
    /// Everything found, by target.
    pub targets: Vec<CheckedTarget>,
}

/// What was found of one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckedTarget {
    /// The target's code; none where the whole return is meant.
    pub target: Option<String>,
    /// Its name.
    pub name: String,
    /// Number and title of its chapter.
    pub chapter: String,
    /// The figures as typed: `318 个`.
    pub figures: String,
    /// The explanation as typed; one answers every warning of the target.
    pub explanation: String,
    /// What was found.
    pub findings: Vec<FindingView>,
}

impl Home {
    /// Checks a return as it stands.
    pub fn checks(&self, of: impl Into<ReturnOf>) -> Result<Checks> {
        let sheet = self.sheet_of_return(of.into())?;
        let period = sheet.period;
        let checked = self.check(&sheet)?;
        let (plan, found) = (&checked.plan, &checked.findings);
        self.admit_sheet(plan, &sheet)?;
        let draft = self.draft(&sheet)?;
        let period_view = self.period_view(plan, &sheet)?;
        let due =
            plan.duties_in(period).targets_of(&sheet.office).filter(|t| t.frequency.is_due(period)).count();
        let open = Open::of(found);
        let explained = found.iter().filter(|finding| !finding.blocks()).count();
        let no_cells = Cells::new();
        // The findings come in the order of the report, so those of one target stand together.
        let targets = found.chunk_by(|one, other| one.target == other.target).map(|findings| {
            let target = findings.first().and_then(|finding| finding.target.as_ref());
            let cells = target.and_then(|id| draft.cells.get(id)).unwrap_or(&no_cells);
            checked_target(plan, target, cells, findings)
        });
        let lacking = lacks_scan(&checked.the_return).then(|| words::sentence(&Error::NoScan));
        Ok(Checks {
            checked: u32::try_from(due).unwrap_or(u32::MAX),
            open: open.total(),
            open_words: open_in_words(open),
            errors: open.errors,
            explained: u32::try_from(explained).unwrap_or(u32::MAX),
            passed: period_view.state != PeriodState::Untouched && open.total() == 0 && lacking.is_none(),
            lacking: lacking.map(Into::into),
            targets: targets.collect(),
            period: period_view,
        })
    }
}

fn checked_target(plan: &Plan, id: Option<&TargetId>, cells: &Cells, findings: &[Finding]) -> CheckedTarget {
    let target = id.and_then(|id| plan.target(id));
    CheckedTarget {
        target: id.map(ToString::to_string),
        name: target.map(|target| target.name.clone()).unwrap_or_default(),
        chapter: target.map(|target| chapter_label(plan, target)).unwrap_or_default(),
        figures: target.map(|target| typed(target, cells)).unwrap_or_default(),
        explanation: cells.get(&Field::Explanation).cloned().unwrap_or_default(),
        findings: findings.iter().map(|finding| FindingView::of(plan, finding)).collect(),
    }
}

/// Shows what was typed into the boxes for figures, as it was typed: it may be no figure at all.
fn typed(target: &Target, cells: &Cells) -> String {
    let text = |field: &Field| cells.get(field).map_or("", |text| text.trim());
    if !text(&Field::NotApplicable).is_empty() {
        return "不适用".to_owned();
    }
    let texts: Vec<_> = Field::of_figures(target.kind(), target.official).iter().map(text).collect();
    if texts.iter().all(|text| text.is_empty()) {
        return String::new();
    }
    let unit = if target.kind().is_rate() { &target.amount_unit } else { &target.unit };
    let figures = texts.iter().map(|text| if text.is_empty() { "—" } else { text }).collect::<Vec<_>>();
    format!("{} {unit}", figures.join(" ／ ")).trim_end().to_owned()
}
