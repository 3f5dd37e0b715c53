//! Takes evidence out of the bundles that brought it, when somebody wants to look at it.

use bundle::digest::Sha256Digest;
use model::returns::Evidence;

use crate::{Home, Result};

impl Home {
    /// Puts the files of an entry beside the hub's own, out of the bundle that its return came in. What is there already stays.
    ///
    /// A bundle that is no longer whole gives none: its files then show as lost.
    pub(crate) fn unpack_evidence(&self, bundle: &[u8; 32], files: &[Evidence]) -> Result<()> {
        let mut wanted = Vec::new();
        for file in files {
            if self.evidence.find(&file.sha256)?.is_none() {
                wanted.push(file.sha256);
            }
        }
        if wanted.is_empty() || self.archive.find(bundle)?.is_none() {
            return Ok(());
        }
        let Ok(mut verified) = self.verify_file(&self.archive.path(bundle)) else { return Ok(()) };
        let attachments = verified.header().contents.attachments.clone();
        for (at, attachment) in attachments.iter().enumerate() {
            let Sha256Digest(digest) = attachment.digests.sha256;
            if wanted.contains(&digest) {
                let mut bytes = Vec::new();
                verified
                    .copy_attachment(at, &mut bytes)
                    .map_err(crate::Error::io(&self.archive.path(bundle)))?;
                self.evidence.put(&bytes, &digest)?;
            }
        }
        Ok(self.evidence.sync_batch()?)
    }
}
