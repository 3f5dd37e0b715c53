//! Trusts the hub's present key by the digits on its paper, where the plan that hands over to it was missed.

use std::path::Path;

use bundle::fingerprint::Fingerprint;

use crate::init_office::PlanFile;
use crate::receive::{Received, office::store_plan};
use crate::{Error, Home, Result, fetch};

impl Home {
    /// Trusts the key that signed a plan of this office's hub, if the digits on the hub's paper are its own, and takes the plan in
    /// where it is newer. What had come under that key before is taken in as well.
    pub fn trust_hub(&mut self, file: &Path, digits: &str) -> Result<Vec<Received>> {
        self.office_only()?;
        let typed: Fingerprint = digits.parse()?;
        let label = fetch::label(file);
        let mut found = PlanFile::read(file)?;
        self.same_plan(found.verified.header(), &label)?;
        if !found.is_from(&typed) {
            return Err(Error::OtherFingerprint);
        }
        let present = self.plan()?;
        if found.plan.version > present.version {
            found.plan.validate().map_err(Error::PlanFaults)?;
            found.plan.changes_since(&present)?;
            self.follow_hub(*found.hub_keys.as_bytes(), None)?;
            store_plan(self, &mut found.verified, &found.plan)?;
        } else {
            self.follow_hub(found.present_keys(), None)?;
        }
        self.catch_up_with_hub()
    }
}
