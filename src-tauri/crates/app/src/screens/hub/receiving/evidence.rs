//! The evidence that came with a return, brought out of its bundle to be looked at.

use crate::{Error, Home, Result};

impl Home {
    /// Brings out the evidence of a received return, so that it can be shown and saved like one's own; returns how many files.
    pub fn bring_out_evidence(&self, digest: &str) -> Result<u32> {
        self.hub_only()?;
        let row = self.return_named(digest)?;
        let damaged = || Error::Archive(digest.to_owned());
        let mut verified = self.verify_file(&self.archive.path(&row.bundle)).map_err(|_| damaged())?;
        let attachments: Vec<[u8; 32]> =
            verified.header().contents.attachments.iter().map(|one| one.digests.sha256.0).collect();
        for (index, sha256) in attachments.iter().enumerate() {
            if self.evidence.find(sha256)?.is_none() {
                let mut bytes = Vec::new();
                verified.copy_attachment(index, &mut bytes).map_err(Error::io(&self.dir))?;
                self.evidence.put(&bytes, sha256)?;
            }
        }
        self.evidence.sync_batch()?;
        Ok(super::short(attachments.len() as u64))
    }
}
