//! A hub's ledger as it stands after so many returns: written straight into the store, because signing two thousand bundles
//! would take longer than everything that is measured.

use std::path::Path;

use app::init_hub::{StartingPlan, init_hub};
use app::{Period, World};
use chrono::{DateTime, NaiveDate};
use ledger::Ledger;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::keys::NewKey;
use ledger::returns::{NewReturn, ReturnState};
use model::id::OfficeId;
use model::plan::{Assignee, Assignment, Dated, Office, OfficeKind, Plan};
use model::returns::{Answer, Entry, Figures, Remarks, Return, SignOff};
use model::target::{Frequency, Kind, Target};
use testkit::PASSPHRASE;
use testkit::plan::figure;

pub fn office(n: usize) -> OfficeId {
    OfficeId::new(&format!("u{n:05}")).unwrap()
}

/// Every target of the built-in plan, due every month from every office, with a quota each.
pub fn plan(home: &Path, offices: usize) -> Plan {
    let mut hub = init_hub(home, "测速", StartingPlan::Builtin2024, PASSPHRASE, World::real()).unwrap();
    let mut plan = hub.plan_draft().unwrap();
    plan.targets.iter_mut().for_each(|target| {
        *target = Target { frequency: Frequency::Monthly, official: false, ..target.clone() };
    });
    plan.offices.truncate(1);
    plan.offices.extend((0..offices).map(|n| Office {
        id: office(n),
        kind: OfficeKind::Street,
        names: vec![Dated { value: format!("第{n:05}街道"), since: None }],
        codes: Vec::new(),
        retired: None,
        origins: Vec::new(),
    }));
    let quota = |target: &Target| target.goal().map(|_| figure("6"));
    plan.assignments = plan
        .targets
        .iter()
        .map(|target| Assignment {
            target: target.id.clone(),
            to: Assignee::Every(OfficeKind::Street),
            quota: quota(target),
        })
        .collect();
    hub.replace_draft(&plan).unwrap();
    let stick = tempfile::tempdir().unwrap();
    hub.issue_plan(PASSPHRASE, stick.path()).unwrap();
    hub.plan().unwrap()
}

fn figures(target: &Target, n: usize, month: usize) -> Figures {
    let number = |of: usize| figure(&of.to_string());
    match target.kind() {
        Kind::Count | Kind::Stock => Figures::Amount(number(n % 90 + month * 7)),
        Kind::Milestone | Kind::Statement => Figures::Stage(u8::from(n.is_multiple_of(2))),
        _ => Figures::Pair(number(n % 70 + 106 + month), number(n % 70 + 100 + month)),
    }
}

fn report(plan: &Plan, n: usize, period: Period) -> Return {
    let entry = |target: &Target| Entry {
        answer: Answer::Figures(figures(target, n, usize::from(period.month()))),
        remarks: Remarks::default(),
        evidence: Vec::new(),
    };
    Return {
        office: office(n),
        period,
        plan_version: plan.version,
        nil: false,
        stand_in: false,
        sign_off: SignOff::default(),
        entries: plan.targets.iter().map(|target| (target.id.clone(), entry(target))).collect(),
    }
}

/// Files what the offices sent; in the last period one in ten is missing.
pub fn file(home: &Path, plan: &Plan, offices: usize, periods: &[Period]) {
    let mut ledger = Ledger::open(&home.join("ledger.db")).unwrap();
    let day = NaiveDate::from_ymd_opt(2024, 4, 3).unwrap();
    let mut filed = 0_u64;
    let mut digest = |what: u8| {
        filed += 1;
        let mut digest = [what; 32];
        digest[..8].copy_from_slice(&filed.to_be_bytes());
        digest
    };
    let bundle = |digest: [u8; 32], prev, kind, n: usize, seq, period| BundleRow {
        digest,
        direction: Direction::In,
        kind,
        stream: format!("{n:032x}"),
        seq,
        header: digest,
        prev,
        office: Some(office(n)),
        period,
        plan_version: Some(1),
        file_name: String::new(),
        size: 1000,
        day,
        recorded: DateTime::UNIX_EPOCH,
    };
    ledger
        .write(|tx| {
            for n in 0..offices {
                let enrolment = digest(1);
                tx.add_bundle(&bundle(enrolment, None, BundleKind::Enrolment, n, 0, None))?;
                let mut public_keys = [4; 97];
                public_keys[..8].copy_from_slice(&(n as u64).to_be_bytes());
                let key = tx.register_key(&NewKey {
                    office: office(n),
                    public_keys,
                    enrolment,
                    stream: format!("{n:032x}"),
                    contact: "张三".to_owned(),
                    telephone: "0532-0000000".to_owned(),
                    registered_on: day,
                })?;
                tx.activate_key(key, day)?;
                let mut before = enrolment;
                for (seq, period) in (1..).zip(periods) {
                    if Some(period) == periods.last() && n % 10 == 9 {
                        continue;
                    }
                    let digest = digest(2);
                    tx.add_bundle(&bundle(
                        digest,
                        Some(before),
                        BundleKind::Progress,
                        n,
                        seq,
                        Some(*period),
                    ))?;
                    before = digest;
                    let content = report(plan, n, *period);
                    let id = tx.insert_return(&NewReturn {
                        bundle: &digest,
                        stream: &format!("{n:032x}"),
                        seq,
                        arrived: day,
                        state: ReturnState::Accepted,
                        content: &content,
                    })?;
                    tx.count_return(id)?;
                }
            }
            Ok::<_, ledger::Error>(())
        })
        .unwrap();
}
