//! The page that is printed, signed and stamped, made from the archived bundle and from nothing else.

use bundle::header::Subject;
use bundle::v1::Payload;
use model::assess::{Case, assess, quota_goal};
use model::plan::{Duties, Plan};
use model::returns::{Answer, Entry, Return};
use model::rollup::{Standing, Tally};
use model::target::Target;

use super::{Slip, SlipChapter, SlipRow, short};
use crate::show_plan::shown_goal;
use crate::words::{self, day_label};
use crate::{Error, Home, Result};

impl Home {
    /// Reads the slip of a bundle that went out, as it was signed.
    pub fn slip(&self, digest: &str, demo: bool) -> Result<Slip> {
        let row = self.sent_return(digest)?;
        let damaged = || Error::Archive(digest.to_owned());
        let verified = self.verify_file(&self.archive.path(&row.digest)).map_err(|_| damaged())?;
        let claims = verified.header().claims.clone();
        let Payload::Progress(the_return) = verified.into_payload() else { return Err(damaged()) };
        let plan = self.plan_of(claims.plan_version)?;
        let office = match &claims.subject {
            Subject::Progress { office, .. } => plan.office(office).map(|office| office.name().to_owned()),
            _ => None,
        };
        let the_return = &the_return;
        let names = &the_return.sign_off;
        Ok(Slip {
            office: office.unwrap_or_default(),
            hub: plan.hub_name.clone(),
            plan: plan.title.clone(),
            plan_version: claims.plan_version,
            period: plan.calendar.label(the_return.period),
            seq: short(row.seq),
            file: format!("{}.tzb", row.file_name),
            short_digest: short_digest(digest),
            digest: digest.to_owned(),
            day: format!("{}年{}", row.day.format("%Y"), day_label(row.day)),
            nil: the_return.nil,
            filled_by: names.filled_by.clone(),
            checked_by: names.checked_by.clone(),
            issued_by: names.issued_by.clone(),
            demo,
            chapters: chapters(&plan, the_return),
        })
    }

    /// Reads the plan of a version that was taken in here, for what was made against it.
    pub(crate) fn plan_of(&self, version: u32) -> Result<Plan> {
        let issued = self.ledger.read(|tx| tx.issued(version))?;
        let issued = issued.ok_or_else(|| Error::Unreadable(format!("plan version {version}")))?;
        self.read_plan(&issued.document, version)
    }
}

/// Writes the beginning of a digest as people compare it: `9f86 d081`.
pub(super) fn short_digest(digest: &str) -> String {
    let (first, second) = (digest.get(..4).unwrap_or(digest), digest.get(4..8).unwrap_or_default());
    format!("{first} {second}")
}

fn chapters(plan: &Plan, the_return: &Return) -> Vec<SlipChapter> {
    let duties = plan.duties_in(the_return.period);
    let mut chapters: Vec<SlipChapter> = Vec::new();
    for target in &plan.targets {
        let Some(entry) = the_return.entries.get(&target.id) else { continue };
        let title = words::chapter_label(plan, target);
        let row = row(plan, &duties, the_return, target, entry);
        match chapters.last_mut().filter(|last| last.title == title) {
            Some(last) => last.rows.push(row),
            None => chapters.push(SlipChapter { title, rows: vec![row] }),
        }
    }
    chapters
}

fn row(plan: &Plan, duties: &Duties<'_>, the_return: &Return, target: &Target, entry: &Entry) -> SlipRow {
    let goal = quota_goal(target, duties.duty(&target.id, &the_return.office).flatten());
    SlipRow {
        target: target.id.to_string(),
        name: target.name.clone(),
        goal: match goal {
            Some(goal) => words::goal_label(target, goal),
            // Nobody is to read the district's number as this office's.
            None if target.goal().is_some() && !the_return.office.is_own() => {
                format!("全区 {}", shown_goal(plan, target))
            }
            None => shown_goal(plan, target),
        },
        figures: words::whole_answer(target, &entry.answer),
        computed: match &entry.answer {
            Answer::NotApplicable(_) => String::new(),
            Answer::Figures(figures) => {
                let mut tally = Tally::new(target);
                tally.add(Standing::Reported(*figures));
                let (roll_up, period, rule) = (tally.roll_up(), the_return.period, &plan.lamp_rule);
                let case = Case { target, goal, period, roll_up: &roll_up, reference: None, rule };
                words::computed(target, &assess(&case))
            }
        },
        remark: remark(entry),
    }
}

/// Gathers what was said of an entry, whole: what is signed on paper is all of it.
fn remark(entry: &Entry) -> String {
    let said = &entry.remarks;
    let reason = match &entry.answer {
        Answer::NotApplicable(reason) => reason.as_str(),
        Answer::Figures(_) => "",
    };
    let evidence =
        if entry.evidence.is_empty() { String::new() } else { format!("{} 件", entry.evidence.len()) };
    let parts = [
        ("说明", said.explanation.as_str()),
        ("不适用原因", reason),
        ("进展", &said.note),
        ("问题", &said.problem),
        ("措施", &said.next_step),
        ("佐证", &evidence),
    ];
    let parts = parts.iter().filter(|(_, text)| !text.is_empty());
    parts.map(|(label, text)| format!("{label}：{text}")).collect::<Vec<_>>().join("\n")
}
