//! The hub: its plan with every street and town in it, and their keys registered.

use std::path::Path;

use app::init_hub::{StartingPlan, init_hub};
use app::{Home, World};
use bundle::digest::Sha256Digest;
use chrono::{DateTime, NaiveDate};
use ledger::Ledger;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::keys::NewKey;
use model::id::{OfficeId, TargetId};
use model::plan::{Assignee, Assignment, Dated, Office, OfficeKind, Plan};
use model::target::{Frequency, Measure, Target};

use crate::Size;
use crate::offices::{self, Member};

const PASSPHRASE: &str = "只用于测速的口令";

/// Makes the hub's home and returns its plan, issued.
pub fn make(home: &Path, size: Size) -> Plan {
    let mut hub = init_hub(home, "测速", StartingPlan::Builtin2024, PASSPHRASE, World::real()).unwrap();
    let mut plan = hub.plan_draft().unwrap();
    plan.targets = some_targets(&plan, size.entries);
    let kept = |id: &TargetId| plan.targets.iter().any(|target| target.id == *id);
    plan.comparisons.retain(|pair| kept(&pair.lesser) && kept(&pair.greater));
    plan.offices.truncate(1);
    assert!(plan.offices[0].id.is_own());
    plan.offices.extend((0..size.bundles).map(office));
    let kinds = [OfficeKind::Street, OfficeKind::Town];
    plan.assignments = plan
        .targets
        .iter()
        .flat_map(|target| kinds.map(|kind| (target.id.clone(), Assignee::Every(kind))))
        .map(|(target, to)| Assignment { target, to, quota: None })
        .collect();
    hub.replace_draft(&plan).unwrap();
    let stick = tempfile::tempdir().unwrap();
    hub.issue_plan(PASSPHRASE, stick.path()).unwrap();
    hub.plan().unwrap()
}

/// The first targets of the built-in plan, whatever their kinds, due in every month and from every office.
fn some_targets(plan: &Plan, wanted: u32) -> Vec<Target> {
    let mut kept: Vec<Target> = Vec::new();
    for target in &plan.targets {
        let stands = match &target.measure {
            Measure::Relative { to, .. } => kept.iter().any(|other| other.id == *to),
            _ => true,
        };
        if stands && kept.len() < wanted as usize {
            kept.push(Target { frequency: Frequency::Monthly, official: false, ..target.clone() });
        }
    }
    assert_eq!(kept.len(), wanted as usize, "the built-in plan has fewer targets");
    kept
}

fn office(n: u32) -> Office {
    let (kind, word) =
        if n.is_multiple_of(3) { (OfficeKind::Street, "街道") } else { (OfficeKind::Town, "镇") };
    Office {
        id: id(n),
        kind,
        names: vec![Dated { value: format!("第{n:05}{word}"), since: None }],
        codes: vec![Dated { value: format!("3702{n:08}"), since: None }],
        retired: None,
        origins: Vec::new(),
    }
}

/// Returns the id of office `n`.
pub fn id(n: u32) -> OfficeId {
    OfficeId::new(&format!("u{n:05}")).unwrap()
}

/// Registers the keys of all offices as if each had been enrolled by its paper.
pub fn enrol(home: &Path, members: &[Member]) {
    let mut ledger = Ledger::open(&home.join("ledger.db")).unwrap();
    let day = NaiveDate::from_ymd_opt(2024, 1, 15).unwrap();
    ledger
        .write(|tx| {
            for member in members {
                let stream = member.stream.to_string();
                tx.add_bundle(&BundleRow {
                    digest: Sha256Digest::of(&member.enrolment.0).0,
                    direction: Direction::In,
                    kind: BundleKind::Enrolment,
                    stream: stream.clone(),
                    seq: 0,
                    header: member.enrolment.0,
                    prev: None,
                    office: Some(id(member.n)),
                    period: None,
                    plan_version: Some(1),
                    file_name: String::new(),
                    size: 1000,
                    day,
                    recorded: DateTime::UNIX_EPOCH,
                })?;
                let key = tx.register_key(&NewKey {
                    office: id(member.n),
                    public_keys: *member.keys.public().as_bytes(),
                    enrolment: member.enrolment.0,
                    stream,
                    contact: "张三".to_owned(),
                    telephone: format!("1380000{:04}", member.n % 10_000),
                    registered_on: day,
                })?;
                tx.activate_key(key, day)?;
            }
            Ok::<_, ledger::Error>(())
        })
        .unwrap();
}

/// Opens a hub's home.
pub fn open(home: &Path) -> Home {
    Home::open(home, World::real()).unwrap()
}

/// The period that everybody reports.
pub fn period() -> app::Period {
    offices::PERIOD.parse().unwrap()
}
