//! Adds, renames and retires offices in the hub's draft of the plan, each with its day.

use chrono::NaiveDate;
use model::draft::printable;
use model::id::OfficeId;
use model::names;
use model::plan::{Dated, Office, OfficeKind, Plan};

use crate::{Error, Home, Result};

/// The most characters of an office's name.
const NAME_CHARS: usize = 40;
/// The most characters of a statistics code.
const CODE_CHARS: usize = 20;

/// What keeps an office from being added, renamed, retired or admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfficeFault {
    /// The name is missing, too long, or has characters that nobody sees.
    #[error("an office's name has at most {limit} characters that can be seen")]
    Name {
        /// How many characters it may have.
        limit: usize,
    },
    /// The code is too long, or has other characters than letters and digits.
    #[error("not a statistics code")]
    Code,
    /// Another office has the name.
    #[error("{0} is the name of another office")]
    Taken(String),
    /// Another office's name would be taken for it.
    #[error("{0} looks the same")]
    Lookalike(String),
    /// A name cannot begin to apply before the one it follows.
    #[error("the present name applies from {0}")]
    DayOrder(NaiveDate),
    /// The text is no day.
    #[error("not a day: {0}")]
    Day(String),
    /// The office has ended by that day, or was named twice.
    #[error("{0} has ended by then, or was named twice")]
    Ended(String),
    /// A merger or split names too few offices.
    #[error("too few offices are named")]
    TooFew,
    /// 本级 is no office of this sort.
    #[error("the hub's own unit is not edited here")]
    Own,
    /// No enrolment that was found claims the office.
    #[error("no enrolment of {0} was found")]
    NoEnrolment(String),
    /// The plan has no such office, or not yet in an issued version.
    #[error("the plan has no such office")]
    Unknown,
}

impl Home {
    /// Adds an office to the draft. `lookalike` says that the operator has seen that its name looks like another's.
    pub fn add_office(
        &mut self,
        name: &str,
        kind: OfficeKind,
        code: &str,
        lookalike: bool,
    ) -> Result<OfficeId> {
        let since = self.today();
        self.add_office_since(name, kind, code, since, lookalike)
    }

    /// Adds an office to the draft that reports the months from a day on.
    pub fn add_office_since(
        &mut self,
        name: &str,
        kind: OfficeKind,
        code: &str,
        since: NaiveDate,
        lookalike: bool,
    ) -> Result<OfficeId> {
        self.hub_only()?;
        if kind == OfficeKind::Own {
            return Err(OfficeFault::Own.into());
        }
        let mut plan = self.working_plan()?;
        let name = checked_name(&plan, None, name, lookalike)?;
        let code = checked_code(code)?;
        let id = fresh_id(&plan)?;
        plan.offices.push(Office {
            id: id.clone(),
            kind,
            names: vec![Dated { value: name.clone(), since: Some(since) }],
            codes: code.map(|value| Dated { value, since: Some(since) }).into_iter().collect(),
            retired: None,
            origins: Vec::new(),
        });
        self.save_revision(&plan, "add_office", id.as_str(), &name)?;
        Ok(id)
    }

    /// Returns the day at this place.
    pub fn present_day(&self) -> NaiveDate {
        self.today()
    }

    /// Finds an office of the plan that is being edited, by its name.
    pub fn edited_office(&self, name: &str) -> Result<OfficeId> {
        self.hub_only()?;
        Ok(self.office_named(&self.working_plan()?, name)?.id)
    }

    /// Gives an office another name from a day on; its id, its key and its returns stay.
    pub fn rename_office(&mut self, office: &str, name: &str, since: &str, lookalike: bool) -> Result<()> {
        let since = day(since)?;
        let mut plan = self.working_plan()?;
        let id = known(&plan, office)?;
        let name = checked_name(&plan, Some(&id), name, lookalike)?;
        let issued = self.issued_plan()?;
        let issued_names = issued.as_ref().and_then(|plan| plan.office(&id)).map_or(0, |it| it.names.len());
        let found = plan.offices.iter_mut().find(|it| it.id == id).ok_or(OfficeFault::Unknown)?;
        if found.name() == name {
            return Ok(());
        }
        // A name that nobody has seen yet is mended, not followed; with the first one goes the day from which it reports.
        let mut since = since;
        if found.names.len() > issued_names.max(1) || (issued_names == 0 && !found.names.is_empty()) {
            let mended = found.names.pop();
            if found.names.is_empty() {
                since = mended.and_then(|name| name.since).unwrap_or(since);
            }
        }
        if let Some(before) = found.names.last().and_then(|before| before.since).filter(|day| *day >= since) {
            return Err(OfficeFault::DayOrder(before).into());
        }
        found.names.push(Dated { value: name.clone(), since: Some(since) });
        self.save_revision(&plan, "rename_office", id.as_str(), &name)
    }

    /// Says from which day on an office no longer reports; none takes that back.
    pub fn retire_office(&mut self, office: &str, on: Option<&str>) -> Result<()> {
        let on = on.map(day).transpose()?;
        let mut plan = self.working_plan()?;
        let id = known(&plan, office)?;
        let found = plan.offices.iter_mut().find(|it| it.id == id).ok_or(OfficeFault::Unknown)?;
        found.retired = on;
        let detail = on.map(|day| day.to_string()).unwrap_or_default();
        self.save_revision(&plan, "retire_office", id.as_str(), &detail)
    }
}

pub(crate) fn known(plan: &Plan, office: &str) -> Result<OfficeId> {
    let id = OfficeId::new(office).map_err(|_| OfficeFault::Unknown)?;
    if id.is_own() {
        return Err(OfficeFault::Own.into());
    }
    plan.office(&id).map(|office| office.id.clone()).ok_or_else(|| OfficeFault::Unknown.into())
}

pub(crate) fn checked_name(
    plan: &Plan,
    own: Option<&OfficeId>,
    name: &str,
    lookalike: bool,
) -> Result<String> {
    let name = printable(name).trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(names::is_hidden) {
        return Err(OfficeFault::Name { limit: NAME_CHARS }.into());
    }
    let present = |office: &&Office| office.retired.is_none() && Some(&office.id) != own;
    let others = || plan.offices.iter().filter(present);
    if others().any(|office| office.name() == name) {
        return Err(OfficeFault::Taken(name).into());
    }
    match others().find(|office| names::are_lookalikes(office.name(), &name)) {
        Some(like) if !lookalike => Err(OfficeFault::Lookalike(like.name().to_owned()).into()),
        _ => Ok(name),
    }
}

pub(crate) fn checked_code(code: &str) -> Result<Option<String>> {
    let code = code.trim();
    if code.chars().count() > CODE_CHARS || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(OfficeFault::Code.into());
    }
    Ok((!code.is_empty()).then(|| code.to_owned()))
}

/// Makes an id that no office of the plan ever had: they are never taken away.
pub(crate) fn fresh_id(plan: &Plan) -> Result<OfficeId> {
    let numbers =
        plan.offices.iter().filter_map(|office| office.id.as_str().strip_prefix('u')?.parse::<u32>().ok());
    let next = numbers.max().unwrap_or(0) + 1;
    OfficeId::new(&format!("u{next:02}")).map_err(Error::unreadable)
}

/// Reads a day as people write it: `2024-07-01`, `2024.7.1`, `2024年7月1日`.
pub(crate) fn day(text: &str) -> Result<NaiveDate> {
    let bad = || OfficeFault::Day(names::reveal(text.trim()));
    let narrow = |c: char| match c {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let text: String = text.chars().map(narrow).collect();
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok()).ok_or_else(bad);
    let (year, month, on) = (next()?, next()?, next()?);
    let year = i32::try_from(year).ok().filter(|year| (2000..=2099).contains(year)).ok_or_else(bad)?;
    if parts.next().is_some() {
        return Err(bad().into());
    }
    NaiveDate::from_ymd_opt(year, month, on).ok_or_else(|| bad().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let wanted = NaiveDate::from_ymd_opt(2024, 7, 1).unwrap();
        for text in ["2024-07-01", "2024.7.1", "2024年7月1日", " ２０２４/7/1 "] {
            assert_eq!(day(text).unwrap(), wanted, "{text}");
        }
        for text in ["", "2024-07", "7-1-2024", "2024-13-01", "2024-07-01-2", "明天"] {
            assert!(matches!(day(text), Err(Error::BadOffice(OfficeFault::Day(_)))), "{text}");
        }
    }
}
