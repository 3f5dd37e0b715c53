//! Sets up an office from the hub's plan bundle and the digits on the hub's paper.

use std::path::Path;

use bundle::fingerprint::{Fingerprint, Holder};
use bundle::header::Kind;
use bundle::keys::{PublicKeys, SecretKeys};
use bundle::limits::Limits;
use bundle::successor::Successor;
use bundle::v1::Payload;
use bundle::verify::Verified;
use ledger::identity::{Identity, Role};
use model::draft::printable;
use model::plan::Plan;

use crate::fetch;
use crate::receive::office::store_plan;
use crate::world::World;
use crate::{Error, Home, Result};

/// What an office says of itself when it enrols.
#[derive(Debug, Clone, Default)]
pub struct Introduction<'a> {
    /// The unit's name, as the plan has it.
    pub office: &'a str,
    /// Whom to ask for.
    pub contact: &'a str,
    /// The telephone number.
    pub telephone: &'a str,
}

/// A plan bundle that is whole. Whose it is, only the digits on the hub's paper tell.
pub(crate) struct PlanFile {
    pub plan: Plan,
    pub hub_keys: PublicKeys,
    pub verified: Verified,
}

impl PlanFile {
    /// Verifies a file by the keys in it, which must be a plan.
    pub fn read(path: &Path) -> Result<Self> {
        let limits = Limits::default();
        let file = fetch::label(path);
        let reject = |rejection| Error::Rejected { file: file.clone(), rejection };
        let staged = fetch::stage(path, &limits, &std::env::temp_dir()).map_err(reject)?;
        let verified = staged.verify(&limits).map_err(|refused| reject(refused.rejection))?;
        let Payload::Plan(plan) = verified.payload() else {
            let found = verified.header().claims.subject.kind();
            return Err(Error::OtherKind { file, found, wanted: Kind::Plan });
        };
        Ok(Self { plan: (**plan).clone(), hub_keys: verified.keys().clone(), verified })
    }

    /// Says whether the digits are those of the key that signed the plan, or of the one that it hands over to and that signed it
    /// as well: the hub's paper may be of before or after.
    pub fn is_from(&self, digits: &Fingerprint) -> bool {
        let next = self.successor().and_then(|next| next.public().ok());
        let mut keys = [Some(self.hub_keys.clone()), next].into_iter().flatten();
        keys.any(|keys| digits.matches(&Fingerprint::of(Holder::Hub(&self.plan.hub), &keys)))
    }

    /// Returns the key that the hub signs with once this plan is out.
    pub fn present_keys(&self) -> ledger::PublicKeys {
        self.successor().map_or(*self.hub_keys.as_bytes(), |next| next.keys.0)
    }

    fn successor(&self) -> Option<&Successor> {
        self.verified.header().claims.subject.successor()
    }
}

/// The setting that keeps [`Introduction::contact`].
pub(crate) const CONTACT: &str = "contact";
/// The setting that keeps [`Introduction::telephone`].
pub(crate) const TELEPHONE: &str = "telephone";

/// Makes an office's home in an empty folder.
///
/// The digits must be those of the key that signed the plan: the plan says who its hub is, only the paper says that it is true.
pub fn init_office(
    dir: &Path,
    plan_file: &Path,
    introduction: &Introduction<'_>,
    hub_fingerprint: &str,
    passphrase: &str,
    mut world: World,
) -> Result<Home> {
    let typed: Fingerprint = hub_fingerprint.parse()?;
    crate::home::check_passphrase(passphrase)?;
    let file = PlanFile::read(plan_file)?;
    if !file.is_from(&typed) {
        return Err(Error::OtherFingerprint);
    }
    let PlanFile { plan, hub_keys, mut verified } = file;
    plan.validate().map_err(Error::PlanFaults)?;
    let office = plan.office_named(introduction.office).filter(|office| !office.id.is_own());
    let office = office.ok_or_else(|| crate::home::unknown_office(&plan, introduction.office))?;
    let keys = SecretKeys::generate(&mut world.rng);
    let identity = Identity {
        role: Role::Office,
        hub: plan.hub.clone(),
        hub_name: plan.hub_name.clone(),
        plan: Some(plan.id.clone()),
        office: Some(office.id.clone()),
        own_keys: *keys.public().as_bytes(),
        hub_keys: Some(*hub_keys.as_bytes()),
        restored_at: None,
    };
    let mut home = Home::create(dir, world, identity, &keys, passphrase)?;
    home.set_setting(CONTACT, Some(&printable(introduction.contact)))?;
    home.set_setting(TELEPHONE, Some(&printable(introduction.telephone)))?;
    store_plan(&mut home, &mut verified, &plan)?;
    Ok(home)
}
