//! Chapters and sections of the report.

use model::plan::{Chapter, Plan, Section};

use super::figure::Reader;
use super::{Deed, Edited, Faults, FieldFault};
use crate::{Home, Result};

const TITLE_CHARS: usize = 60;

fn one_fault<T>(field: &str, what: &str) -> std::result::Result<T, Faults> {
    Err(vec![FieldFault::new(field, what)])
}

impl Home {
    /// Adds a chapter, or gives one another title.
    pub fn save_chapter(&mut self, code: Option<&str>, title: &str) -> Result<Edited> {
        let deed = Deed { verb: "save_chapter", subject: code.unwrap_or_default(), detail: "" };
        self.edit_plan(deed, |plan| {
            let title = titled(title)?;
            match code {
                Some(code) => match plan.chapters.iter_mut().find(|one| one.code == code) {
                    Some(chapter) => chapter.title = title,
                    None => return one_fault("title", "这一章不在了"),
                },
                None => {
                    let number = |chapter: &Chapter| chapter.code.parse::<u32>().ok();
                    let next = plan.chapters.iter().filter_map(number).max().unwrap_or(0) + 1;
                    plan.chapters.push(Chapter { code: next.to_string(), title, sections: Vec::new() });
                }
            }
            Ok(None)
        })
    }

    /// Adds a section to a chapter, or gives one another title. Its code is what the ids of its targets begin with.
    pub fn save_section(&mut self, chapter: &str, code: Option<&str>, title: &str) -> Result<Edited> {
        let deed = Deed { verb: "save_section", subject: code.unwrap_or(chapter), detail: "" };
        self.edit_plan(deed, |plan| {
            let title = titled(title)?;
            let next = next_section(plan, chapter);
            let Some(chapter) = plan.chapters.iter_mut().find(|one| one.code == chapter) else {
                return one_fault("title", "这一章不在了");
            };
            match code {
                Some(code) => match chapter.sections.iter_mut().find(|one| one.code == code) {
                    Some(section) => section.title = title,
                    None => return one_fault("title", "这一节不在了"),
                },
                None => chapter.sections.push(Section { code: next, title }),
            }
            Ok(None)
        })
    }

    /// Takes an empty chapter or section out of the plan.
    pub fn remove_heading(&mut self, code: &str) -> Result<Edited> {
        self.edit_plan(Deed { verb: "remove_heading", subject: code, detail: "" }, |plan| {
            let used = |section: &Section| plan.targets.iter().any(|target| target.section == section.code);
            let refused = match plan.chapters.iter().find(|one| one.code == code) {
                Some(chapter) => !chapter.sections.is_empty(),
                None => plan.section(code).is_some_and(|(_, section)| used(section)),
            };
            if refused {
                return one_fault("title", "里面还有节或目标（停用的也算），不能删");
            }
            plan.chapters.retain(|chapter| chapter.code != code);
            for chapter in &mut plan.chapters {
                chapter.sections.retain(|section| section.code != code);
            }
            Ok(None)
        })
    }
}

fn titled(title: &str) -> std::result::Result<String, Faults> {
    let mut reader = Reader::default();
    let title = reader.text("title", "标题", title, TITLE_CHARS);
    reader.done(Some(title))
}

/// Returns the next number of a chapter that no section has, and no id of a target begins with.
fn next_section(plan: &Plan, chapter: &str) -> String {
    let prefix = format!("{chapter}-");
    let number = |code: &str| code.strip_prefix(&prefix)?.split('-').next()?.parse::<u32>().ok();
    let sections = plan.chapters.iter().flat_map(|chapter| &chapter.sections);
    let used =
        sections.map(|section| section.code.as_str()).chain(plan.targets.iter().map(|t| t.id.as_str()));
    format!("{prefix}{}", used.filter_map(number).max().unwrap_or(0) + 1)
}
