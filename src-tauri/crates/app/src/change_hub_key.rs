//! Replaces a hub's key: the present one signs the next version of the plan, in which the next one agrees to follow.

use std::path::Path;

use bundle::header::StreamId;
use bundle::keys::SecretKeys;

use crate::init_hub::copy_for_safe;
use crate::issue_plan::{Issued, SignedPlan};
use crate::{Error, Home, Result};

impl Home {
    /// Issues the next version of the plan with the hub's next key in it. The version rises even where nothing was edited.
    ///
    /// From then on everything is signed by the next key, in new streams; offices follow once they have taken this plan in.
    pub fn change_hub_key(&mut self, passphrase: &str, to: &Path) -> Result<Issued> {
        let SignedPlan { version, changes, row, again } = self.sign_change_of_key(passphrase)?;
        let delivered = self.hand_out(&row, to, again)?;
        Ok(Issued { version, changes, delivered })
    }

    /// Signs that plan and takes the next key up; it lies in the archive until it goes out.
    pub(crate) fn sign_change_of_key(&mut self, passphrase: &str) -> Result<SignedPlan> {
        self.hub_only()?;
        // Before anything was issued nobody knows the key: there is nobody to be told.
        self.issued_plan()?.ok_or(Error::NoPlan)?;
        let new = SecretKeys::generate(&mut self.world.rng);
        let stream = StreamId::generate(&mut self.world.rng);
        let signed = self.sign_next_plan(passphrase, Some((&new, stream)))?;
        copy_for_safe(self)?;
        Ok(signed)
    }
}
