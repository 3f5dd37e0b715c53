//! Sets up a hub: its key, its plan's first draft, its own streams.

use std::fs;
use std::path::{Path, PathBuf};

use bundle::header::StreamId;
use bundle::keys::SecretKeys;
use ledger::bundles::BundleKind;
use ledger::identity::{Identity, Role};
use model::calendar::Calendar;
use model::id::{HubId, OfficeId, PlanId};
use model::lamp::LampRule;
use model::plan::{Office, Plan};

use crate::builtin;
use crate::home::write_plan;
use crate::world::World;
use crate::{Error, Home, Result};

/// What a new hub starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartingPlan {
    /// The built-in plan of 2024 with the district's offices.
    Builtin2024,
    /// Nothing but 本级.
    Empty {
        /// The year of the plan.
        year: u16,
    },
}

const RECOVERY: &str = "recovery-key.age";

/// Makes the hub's home in an empty folder.
pub fn init_hub(
    dir: &Path,
    name: &str,
    plan: StartingPlan,
    passphrase: &str,
    mut world: World,
) -> Result<Home> {
    let keys = SecretKeys::generate(&mut world.rng);
    let id = |prefix: &str, world: &mut World| format!("{prefix}{}", world.random_hex());
    let hub = HubId::new(&id("h", &mut world)).map_err(Error::unreadable)?;
    let plan_id = PlanId::new(&id("p", &mut world)).map_err(Error::unreadable)?;
    let streams =
        [BundleKind::Plan, BundleKind::Progress].map(|kind| (kind, StreamId::generate(&mut world.rng)));
    let draft = match plan {
        StartingPlan::Builtin2024 => builtin::plan_2024(plan_id.clone(), hub.clone(), name.to_owned())?,
        StartingPlan::Empty { year } => empty(plan_id.clone(), hub.clone(), name, year),
    };
    let identity = Identity {
        role: Role::Hub,
        hub: hub.clone(),
        hub_name: name.to_owned(),
        plan: Some(plan_id),
        office: None,
        own_keys: *keys.public().as_bytes(),
        hub_keys: None,
        restored_at: None,
    };
    let mut home = Home::create(dir, world, identity, &keys, passphrase)?;
    let document = write_plan(&draft)?;
    let deed = home.deed("init_hub", hub.as_str(), name);
    let now = home.now();
    home.ledger.write(|tx| {
        for (kind, stream) in streams {
            let office = (kind == BundleKind::Progress).then(OfficeId::own);
            tx.open_stream(&stream.to_string(), kind, office.as_ref(), None)?;
        }
        tx.save_plan_draft(&document, now)?;
        tx.record(&deed)
    })?;
    copy_for_safe(&home)?;
    Ok(home)
}

/// Lays a copy of the key file by, until it goes into the safe.
pub(crate) fn copy_for_safe(home: &Home) -> Result<()> {
    let recovery = home.recovery_path();
    fs::copy(home.key_path(), &recovery).map_err(Error::io(&recovery))?;
    Ok(())
}

impl Home {
    /// Returns where the recovery copy of a new hub's key lies until it goes into the safe.
    pub fn recovery_path(&self) -> PathBuf {
        self.dir.join(RECOVERY)
    }
}

fn empty(id: PlanId, hub: HubId, hub_name: &str, year: u16) -> Plan {
    Plan {
        id,
        hub,
        hub_name: hub_name.to_owned(),
        version: 0,
        title: format!("{year}年目标方案"),
        calendar: Calendar::usual(year),
        chapters: Vec::new(),
        targets: Vec::new(),
        offices: vec![Office::own()],
        assignments: Vec::new(),
        lamp_rule: LampRule::default(),
        comparisons: Vec::new(),
    }
}
