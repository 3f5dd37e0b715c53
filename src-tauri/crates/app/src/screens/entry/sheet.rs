//! Makes the sheet of a period.

use model::draft::Draft;
use model::id::TargetId;
use model::period::Period;
use model::plan::Plan;
use model::returns::{Answer, Evidence, Field, Figures, Return};
use model::target::{Measure, Target};

use super::{
    CellState, EntrySheet, EvidenceView, Group, InputBox, Limits, ReturnedView, Row, StageChoice, Standing,
};
use crate::check::Open;
use crate::desk::{Desk, Post};
use crate::enter::ReturnOf;
use crate::field_names::field_code;
use crate::screens::home::Counts;
use crate::words;
use crate::{Error, Home, Result, hex};

impl Home {
    /// Shows the sheet of a period, as typed.
    ///
    /// Where a return was filed from another copy of this ledger, the sheet starts from what was reported.
    pub fn entry_sheet(&mut self, of: impl Into<ReturnOf>) -> Result<EntrySheet> {
        let sheet = self.sheet_of_return(of.into())?;
        self.refill(&sheet)?;
        let desk = self.take_desk(sheet)?;
        let sheet = self.sheet_of(&desk);
        self.leave(desk);
        sheet
    }

    fn sheet_of(&self, desk: &Desk) -> Result<EntrySheet> {
        let Desk { plan, .. } = desk;
        let period = desk.sheet.period;
        let mut groups: Vec<Group> = Vec::new();
        let mut section = None;
        for post in &desk.posts {
            let Some(target) = plan.target(&post.target) else { continue };
            if section != Some(&target.section) {
                section = Some(&target.section);
                groups.push(group(plan, target));
            }
            if let (Some(group), Some(row)) = (groups.last_mut(), self.row(desk, post)?) {
                group.rows.push(row);
            }
        }
        let expected = model::exact::Exact::percent(&i64::from(period.month()).into(), &12.into());
        Ok(EntrySheet {
            period: self.period_view(plan, &desk.sheet)?,
            overtaken: self.overtaken(plan, &desk.sheet)?.map(Into::into),
            last_label: plan.calendar.previous(period).map(|last| short_label(plan, last)),
            expected: expected.map(|percent| format!("{}%", percent.trimmed(1))).unwrap_or_default(),
            nil: desk.draft.nil,
            nil_refused: desk.nil_refusal().map(|why| words::nil_refusal(&why).into()),
            correction: desk.past.corrected.is_some(),
            saved: desk.saved.map(|at| words::clock_time(at, self.today())),
            counts: desk.counts(),
            groups,
            limits: Limits {
                text_chars: u32::try_from(model::check::MAX_TEXT_CHARS).unwrap_or(u32::MAX),
                evidence: format!("{} MB", self.limits.attachment / 1_000_000),
            },
        })
    }

    /// Shows one row.
    pub(super) fn row_of(&self, desk: &Desk, id: &TargetId) -> Result<Row> {
        let post = desk.posts.iter().find(|post| post.target == *id);
        let row = post.map(|post| self.row(desk, post)).transpose()?.flatten();
        row.ok_or_else(|| Error::UnknownTarget(id.to_string()))
    }

    fn row(&self, desk: &Desk, post: &Post) -> Result<Option<Row>> {
        let Desk { plan, draft, past, .. } = desk;
        let id = &post.target;
        let (Some(target), Some(standing)) = (plan.target(id), desk.standings.get(id)) else {
            return Ok(None);
        };
        let (goal, goal_label) = desk.goal(post, target);
        let text = |field| typed(draft, id, field).to_owned();
        let last = past.last.get(id);
        let evidence = draft.evidence.get(id).map(Vec::as_slice).unwrap_or_default();
        Ok(Some(Row {
            target: id.to_string(),
            name: target.name.clone(),
            clause: target.clause.clone(),
            kind: words::kind_code(target.kind()).to_owned(),
            kind_label: words::kind_label(target.kind()).to_owned(),
            unit: target.unit.clone(),
            goal,
            goal_label: goal_label.to_owned(),
            judged: desk.is_judged(post, target),
            frequency: words::frequency_label(target.frequency).to_owned(),
            due: post.due,
            boxes: boxes(target, draft),
            stages: stages(target),
            last: last.map(|(_, answer)| words::short_answer(target, answer.as_ref())),
            last_period: last
                .filter(|(period, _)| plan.calendar.previous(desk.sheet.period) != Some(*period))
                .map(|(period, _)| short_label(plan, *period)),
            not_applicable: text(Field::NotApplicable),
            note: text(Field::Note),
            problem: text(Field::Problem),
            next_step: text(Field::NextStep),
            explanation: text(Field::Explanation),
            evidence: evidence.iter().map(|file| self.evidence_view(file)).collect::<Result<_>>()?,
            returned: desk.returned(target),
            replaced: desk.replaced(target),
            standing: standing.clone(),
        }))
    }

    pub(crate) fn evidence_view(&self, file: &Evidence) -> Result<EvidenceView> {
        use bundle::media::Media;
        let media = match self.evidence_media(&file.sha256)? {
            None => "lost",
            Some(Media::Jpeg) => "jpeg",
            Some(Media::Png) => "png",
            Some(Media::Pdf) => "pdf",
        };
        Ok(EvidenceView {
            digest: hex(&file.sha256),
            label: file.label.clone(),
            size: words::size(file.len),
            media: media.to_owned(),
        })
    }
}

impl Desk {
    /// Counts how the rows stand.
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for post in &self.posts {
            let Some(facts) = self.reading.facts.get(&post.target) else { continue };
            let of_state = match facts.state {
                _ if !post.due => None,
                CellState::NotIssued => None,
                CellState::Filled => Some(&mut counts.filled),
                CellState::Zero => Some(&mut counts.zero),
                CellState::NotApplicable => Some(&mut counts.not_applicable),
                CellState::Nil => Some(&mut counts.nil),
                CellState::Empty | CellState::Unreadable => Some(&mut counts.empty),
            };
            match of_state {
                None => counts.optional += 1,
                Some(count) => {
                    *count += 1;
                    counts.total += 1;
                }
            }
        }
        counts
    }

    /// Counts the targets that were added after the return that stands.
    pub(crate) fn added_later(&self) -> u32 {
        let added = self.reading.facts.values().filter(|facts| facts.state == CellState::NotIssued);
        u32::try_from(added.count()).unwrap_or(u32::MAX)
    }

    /// Counts what keeps the return from leaving.
    pub(crate) fn open_findings(&self) -> Open {
        Open::of(&self.reading.findings)
    }

    /// Says what the hub sent back of a target, and whether it was mended since.
    pub(crate) fn returned(&self, target: &Target) -> Option<ReturnedView> {
        let cells: Vec<_> = self.past.returned.iter().filter(|cell| cell.target == target.id).collect();
        let day = cells.iter().map(|cell| cell.day).max()?;
        let joined = |texts: Vec<&str>, between: &str| {
            let mut texts = texts;
            texts.dedup();
            texts.join(between)
        };
        let boxes = cells.iter().map(|cell| words::returned_box(target, cell.field)).collect();
        let before = self.past.corrected.as_ref().and_then(|before| before.entries.get(&target.id));
        Some(ReturnedView {
            reason: joined(cells.iter().map(|cell| cell.reason.as_str()).collect(), "；"),
            field: joined(boxes, "、"),
            figure: before.map(|entry| words::whole_answer(target, &entry.answer)).unwrap_or_default(),
            day: words::day_label(day),
            mended: self.reading.the_return.entries.get(&target.id) != before,
        })
    }

    /// Writes the figure of the return that this one corrects.
    fn replaced(&self, target: &Target) -> Option<String> {
        let before: &Return = self.past.corrected.as_ref()?;
        if before.nil {
            let figures = self.past.history.replaced.get(&target.id);
            let none = self.past.history.not_applicable.contains(&target.id);
            return (figures.is_some() || none).then(|| words::short_answer(target, figures));
        }
        let figures = |answer: &Answer| -> Option<Figures> {
            match answer {
                Answer::Figures(figures) => Some(*figures),
                Answer::NotApplicable(_) => None,
            }
        };
        let entry = before.entries.get(&target.id)?;
        Some(words::short_answer(target, figures(&entry.answer).as_ref()))
    }
}

fn group(plan: &Plan, target: &Target) -> Group {
    let (chapter_code, chapter, section) =
        plan.section(&target.section).map_or_else(Default::default, |(chapter, section)| {
            (words::chapter_number(&chapter.code), chapter.title.clone(), section.title.clone())
        });
    Group { chapter_code, chapter, section, rows: Vec::new() }
}

/// Returns what was typed into a box.
pub(super) fn typed<'a>(draft: &'a Draft, id: &TargetId, field: Field) -> &'a str {
    draft.cells.get(id).and_then(|cells| cells.get(&field)).map_or("", String::as_str)
}

fn boxes(target: &Target, draft: &Draft) -> Vec<InputBox> {
    let all = Field::of_figures(target.kind(), target.official);
    let input = |field: &Field| InputBox {
        field: field_code(*field).to_owned(),
        label: words::box_label(target, *field).to_owned(),
        unit: words::box_unit(target, *field).to_owned(),
        text: if *field == Field::Stage {
            stage(target, draft)
        } else {
            typed(draft, &target.id, *field).to_owned()
        },
        optional: target.official && *field != Field::Rate,
    };
    all.iter().map(input).collect()
}

/// Names the stage in the box, which at the command line may be typed as its number; what is none stays as typed.
fn stage(target: &Target, draft: &Draft) -> String {
    let read = draft.cells.get(&target.id).and_then(|cells| model::draft::read_cells(target, cells).ok());
    match read {
        Some(Answer::Figures(Figures::Stage(stage))) => {
            target.stage_name(stage).unwrap_or_default().to_owned()
        }
        _ => typed(draft, &target.id, Field::Stage).to_owned(),
    }
}

fn stages(target: &Target) -> Vec<StageChoice> {
    let month = |at: usize| match &target.measure {
        Measure::Milestone { stages } => stages.get(at).and_then(|stage| stage.month),
        Measure::Statement { deadline } if at + 1 == target.stage_count().unwrap_or(0) => Some(*deadline),
        _ => None,
    };
    let count = u8::try_from(target.stage_count().unwrap_or(0)).unwrap_or(u8::MAX);
    let choice = |at: u8| {
        let name = target.stage_name(at)?.to_owned();
        Some(StageChoice { name, month: month(usize::from(at)).map(|month| format!("{month}月")) })
    };
    (0..count).filter_map(choice).collect()
}

/// Writes a period of the plan's year: `3月`, `1—2月`.
pub(super) fn short_label(plan: &Plan, period: Period) -> String {
    let label = plan.calendar.label(period);
    let year = format!("{}年", period.year());
    label.strip_prefix(&year).map_or_else(|| label.clone(), str::to_owned)
}

impl Desk {
    /// Lists the standings of some rows, in the order of the report.
    pub(super) fn standings_of(&self, ids: &[TargetId]) -> Vec<Standing> {
        ids.iter().filter_map(|id| self.standings.get(id).cloned()).collect()
    }
}
