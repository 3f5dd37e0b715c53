//! 单位: who reports, with which key, and what came last.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use chrono::NaiveDate;
use ledger::keys::{KeyState, OfficeKey};
use model::id::OfficeId;
use model::names::{appearance, are_lookalikes, reveal};
use model::plan::{Duties, Office, OfficeKind, Plan};
use serde::Serialize;
use ts_rs::TS;

use crate::edit_offices::OfficeFault;
use crate::words::{self, KeyStanding, whole_day_label};
use crate::{Home, Result};

/// The offices of the plan as it is being edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubOffices {
    /// Every office but 本级, in the order of the plan; those that left come last.
    pub offices: Vec<HubOffice>,
    /// The kinds that an office can be of.
    pub kinds: Vec<KindChoice>,
    /// Whether a plan was issued; before that nobody can enrol.
    pub issued: bool,
    /// The day, as `2024-07-05`, for boxes that want one.
    pub today: String,
    /// In a demonstration, what stands on the paper of the enrolment that waits; empty otherwise.
    pub demo_paper: String,
}

/// A kind of office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KindChoice {
    /// `street`, `town`, `zone`, `department`.
    pub kind: String,
    /// 街道, 镇, 功能区, 部门.
    pub label: String,
}

/// An office as the hub sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubOffice {
    /// Its permanent id.
    pub id: String,
    /// Its present name.
    pub name: String,
    /// `street`, `town`, `zone`, `department`.
    pub kind: String,
    /// 街道, 镇, 功能区, 部门.
    pub kind_label: String,
    /// Its statistics code; empty where it has none.
    pub code: String,
    /// Whom to ask for, as its enrolment says.
    pub contact: String,
    /// Where to call.
    pub telephone: String,
    /// `none`, `pending`, `active` or `closed`.
    pub key: String,
    /// The same in words.
    pub key_label: String,
    /// Whether an enrolment waits for its digits, beside an active key or not.
    pub waiting: bool,
    /// The last period that it reported: `2024年6月`; empty where none.
    pub last_period: String,
    /// The day on which that arrived; empty where none.
    pub last_day: String,
    /// Targets that it reports.
    pub targets: u32,
    /// The day from which it no longer reports; empty while it does.
    pub retired: String,
    /// What of it waits to be issued with the plan: `新增`, `改名`, `停用`; empty where nothing does.
    pub change: String,
    /// Another office whose name looks the same; empty where there is none.
    pub lookalike: String,
    /// Its names over the years, the present one first.
    pub names: Vec<String>,
    /// Its keys over the years, the present one first.
    pub keys: Vec<OfficeKeyView>,
    /// The offices that it came out of, or that it took in, as `由甲街道、乙街道合并`; empty where none.
    pub origins: String,
    /// The day from which it reports, where it came later than the others; empty where not.
    pub begins: String,
}

/// A key of an office, as the hub knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeKeyView {
    /// Its place among those that are or were in force, the oldest being 1; 0 for one that waits for its digits.
    pub number: u32,
    /// How far it has come, in words.
    pub label: String,
    /// How it came in: `typed` where digits were, `handed` where the key before vouched for it.
    pub how: String,
    /// Whether it may be revoked, or revoked after another number.
    pub revocable: bool,
    /// The last number of its stream that has arrived.
    pub head: u32,
}

/// An enrolment that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EnrolmentFound {
    /// The file's name; empty for one that was taken in before.
    pub file: String,
    /// Id of the office that it claims; empty where the plan has none such.
    pub office: String,
    /// The name that it gives itself, hidden characters spelled out.
    pub says: String,
    /// What is odd about it; empty where nothing is.
    pub odd: String,
}

/// What revoking an office's key after a number would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RevocationView {
    /// The last number that has arrived.
    pub head: u32,
    /// The returns that would no longer count, in words.
    pub lost: Vec<String>,
}

impl Home {
    /// Shows the offices.
    pub fn hub_offices(&self) -> Result<HubOffices> {
        self.hub_only()?;
        let (plan, issued) = (self.working_plan()?, self.issued_plan()?);
        let duties = plan.duties();
        let keys = self.keys_by_office()?;
        let last = self.last_reports(&plan)?;
        let mut offices: Vec<HubOffice> = Vec::new();
        for office in plan.offices.iter().filter(|office| !office.id.is_own()) {
            let own = keys.get(&office.id).map_or(&[][..], Vec::as_slice);
            let mut view = shown(&plan, &duties, issued.as_ref(), office, own);
            view.keys = self.key_views(own)?;
            if let Some((label, day)) = last.get(&office.id) {
                view.last_period.clone_from(label);
                view.last_day = words::day_label(*day);
            }
            offices.push(view);
        }
        mark_lookalikes(&mut offices);
        offices.sort_by_key(|office| !office.retired.is_empty());
        use OfficeKind as K;
        let kind = |kind| KindChoice {
            kind: words::office_kind_code(kind).to_owned(),
            label: words::office_kind_label(kind).to_owned(),
        };
        Ok(HubOffices {
            offices,
            kinds: [K::Street, K::Town, K::Zone, K::Department].map(kind).into(),
            issued: issued.is_some(),
            today: self.today().to_string(),
            demo_paper: self.setting(crate::demo::hub::PAPER)?.unwrap_or_default(),
        })
    }

    /// Shows the enrolments among files and those that wait in the ledger.
    pub fn enrolments_found(&self, files: &[PathBuf]) -> Result<Vec<EnrolmentFound>> {
        self.hub_only()?;
        let plan = self.plan()?;
        let view = |one: crate::admit_by_paper::Enrolling| {
            let claimed = plan.office(&one.office).map(Office::name);
            let odd = match claimed {
                None => words::enrolment_of_nobody(),
                Some(name) if name == one.name => String::new(),
                Some(name) if are_lookalikes(name, &one.name) => words::enrolment_looks_like(name),
                Some(name) => words::enrolment_named_otherwise(name),
            };
            EnrolmentFound {
                file: if one.waiting { String::new() } else { crate::fetch::label(&one.path) },
                office: claimed.map(|_| one.office.to_string()).unwrap_or_default(),
                says: reveal(&one.name),
                odd,
            }
        };
        Ok(self.enrolling(files)?.into_iter().map(view).collect())
    }

    /// Says what revoking a key of an office after a number would do.
    pub fn revocation_view(&mut self, office: &str, key: u32, after: u32) -> Result<RevocationView> {
        self.hub_only()?;
        let plan = self.plan()?;
        let id = OfficeId::new(office).map_err(|_| OfficeFault::Unknown)?;
        let name = || plan.office(&id).map(|office| office.name().to_owned()).unwrap_or_default();
        let key = self.nth_key(&id, key as usize)?.ok_or_else(|| crate::KeyFault::Unknown(name()))?;
        let found = self.revocation(&key, after.into())?;
        let lost = found.lost.iter().map(|row| words::lost_return(&plan.calendar.label(row.period), row.seq));
        Ok(RevocationView { head: u32::try_from(found.head).unwrap_or(u32::MAX), lost: lost.collect() })
    }

    /// Closes a key of an office after a number.
    pub fn revoke_office(&mut self, office: &str, key: u32, after: u32) -> Result<()> {
        self.hub_only()?;
        let plan = self.plan()?;
        let id = OfficeId::new(office).map_err(|_| OfficeFault::Unknown)?;
        let name = plan.office(&id).ok_or(OfficeFault::Unknown)?.name().to_owned();
        self.revoke_key(&name, key as usize, after.into())
    }

    /// Lists the keys of an office of the plan in force, the newest first.
    pub fn office_keys(&self, office: &str) -> Result<Vec<OfficeKeyView>> {
        self.hub_only()?;
        let office = self.office_named(&self.plan()?, office)?.id;
        let keys = self.ledger.read(|tx| tx.keys_of(&office))?;
        self.key_views(&keys)
    }

    /// Shows the keys of an office, the newest first.
    fn key_views(&self, keys: &[OfficeKey]) -> Result<Vec<OfficeKeyView>> {
        let Some(office) = keys.first().map(|key| &key.enrolled.office) else { return Ok(Vec::new()) };
        let mut number = 0;
        let mut views = Vec::new();
        let handovers = self.ledger.read(|tx| tx.handovers_of(office))?;
        for key in keys {
            let in_force = key.state != KeyState::Pending;
            number += u32::from(in_force);
            let head =
                self.ledger.read(|tx| tx.links(&key.enrolled.stream))?.last().map_or(0, |link| link.seq);
            let handed = handovers.iter().any(|one| one.successor == Some(key.id));
            views.push(OfficeKeyView {
                number: if in_force { number } else { 0 },
                label: words::key_standing(&standing(key)),
                how: if handed { "handed" } else { "typed" }.to_owned(),
                revocable: in_force,
                head: u32::try_from(head).unwrap_or(u32::MAX),
            });
        }
        views.reverse();
        Ok(views)
    }

    fn keys_by_office(&self) -> Result<BTreeMap<OfficeId, Vec<OfficeKey>>> {
        let mut keys: BTreeMap<OfficeId, Vec<OfficeKey>> = BTreeMap::new();
        for key in self.ledger.read(|tx| tx.keys())? {
            keys.entry(key.enrolled.office.clone()).or_default().push(key);
        }
        Ok(keys)
    }

    /// Finds the last period that each office reported, and when.
    fn last_reports(&self, plan: &Plan) -> Result<BTreeMap<OfficeId, (String, NaiveDate)>> {
        let mut last = BTreeMap::new();
        for period in plan.calendar.periods() {
            for row in self.ledger.read(|tx| tx.counted_returns(period))? {
                last.insert(row.office, (plan.calendar.label(period), row.arrived));
            }
        }
        Ok(last)
    }
}

fn shown(
    plan: &Plan,
    duties: &Duties<'_>,
    issued: Option<&Plan>,
    office: &Office,
    keys: &[OfficeKey],
) -> HubOffice {
    let in_force = |state| keys.iter().rfind(|key| key.state == state);
    let key = in_force(KeyState::Active).or_else(|| in_force(KeyState::Pending)).or(keys.last());
    let standing = key.map_or(KeyStanding::None, standing);
    let holder = duties.holder(&office.id);
    let targets = plan.active_targets().filter(|t| holder.is_some_and(|holder| holder.duty(&t.id).is_some()));
    let before = issued.and_then(|plan| plan.office(&office.id));
    let change = match before {
        _ if issued.is_none() => "",
        None => words::OFFICE_ADDED,
        Some(before) if before.retired != office.retired => words::OFFICE_RETIRED,
        Some(before) if before.names != office.names => words::OFFICE_RENAMED,
        Some(_) => "",
    };
    let name = |one: &model::plan::Dated<String>| words::dated_name(&one.value, one.since);
    HubOffice {
        id: office.id.to_string(),
        name: office.name().to_owned(),
        kind: words::office_kind_code(office.kind).to_owned(),
        kind_label: words::office_kind_label(office.kind).to_owned(),
        code: office.codes.last().map(|code| code.value.clone()).unwrap_or_default(),
        contact: key.map(|key| reveal(&key.enrolled.contact)).unwrap_or_default(),
        telephone: key.map(|key| reveal(&key.enrolled.telephone)).unwrap_or_default(),
        key: standing.code().to_owned(),
        key_label: words::key_standing(&standing),
        waiting: in_force(KeyState::Pending).is_some(),
        last_period: String::new(),
        last_day: String::new(),
        targets: u32::try_from(targets.count()).unwrap_or(u32::MAX),
        retired: office.retired.map(whole_day_label).unwrap_or_default(),
        change: change.to_owned(),
        lookalike: String::new(),
        names: office.names.iter().rev().map(name).collect(),
        keys: Vec::new(),
        origins: words::origins_label(plan, office),
        begins: office.names.first().and_then(|name| name.since).map(whole_day_label).unwrap_or_default(),
    }
}

fn standing(key: &OfficeKey) -> KeyStanding {
    match key.state {
        KeyState::Pending => KeyStanding::Pending(key.enrolled.registered_on),
        KeyState::Active => KeyStanding::Active(key.activated_on.unwrap_or(key.enrolled.registered_on)),
        KeyState::Closed => {
            let on = key.closed_on.unwrap_or(key.enrolled.registered_on);
            match (key.ended_at, key.last_number()) {
                (Some(at), Some(last)) if at == last && at > 0 => KeyStanding::HandedOver { on, at },
                (_, last) => KeyStanding::Closed { on, after: last.unwrap_or(0) },
            }
        }
    }
}

/// Names beside each office another one whose name looks the same.
fn mark_lookalikes(offices: &mut [HubOffice]) {
    let mut alike: HashMap<String, Vec<String>> = HashMap::new();
    for office in &*offices {
        alike.entry(appearance(&office.name)).or_default().push(office.name.clone());
    }
    for office in offices {
        let names = alike.get(&appearance(&office.name)).into_iter().flatten();
        if let Some(other) = names.into_iter().find(|other| **other != office.name) {
            office.lookalike.clone_from(other);
        }
    }
}
