//! Adds files to an entry that support it (佐证材料), and takes them away.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bundle::digest::Sha256Digest;
use bundle::media::Media;
use model::id::TargetId;
use model::returns::Evidence;

use crate::assign::known_target;
use crate::enter::Sheet;
use crate::{Error, Home, Result, picture};

impl Home {
    /// Adds evidence to a target of the sheet: the file's content is checked and kept.
    pub fn attach(&mut self, sheet: &Sheet, target: &str, file: &Path) -> Result<()> {
        let plan = self.plan()?;
        let id = known_target(&plan, target)?;
        let evidence = self.keep_evidence(file)?;
        self.add_evidence(sheet, &id, vec![evidence])
    }

    /// Takes a file into the archive of evidence, if it can be evidence.
    pub(crate) fn keep_evidence(&self, file: &Path) -> Result<Evidence> {
        let bytes = self.read_evidence(file)?;
        let sha256 = Sha256Digest::of(&bytes).0;
        self.evidence.put(&bytes, &sha256)?;
        self.evidence.sync_batch()?;
        let label = model::names::reveal(&crate::fetch::label(file));
        Ok(Evidence { sha256, len: bytes.len() as u64, label })
    }

    /// Names kept files in an entry; one that is named there already is not named twice.
    pub(crate) fn add_evidence(&mut self, sheet: &Sheet, id: &TargetId, files: Vec<Evidence>) -> Result<()> {
        let (now, deed) = (self.now(), self.deed("attach", sheet.office.as_str(), id.as_str()));
        Ok(self.ledger.write(|tx| {
            let mut all = tx.draft_evidence(sheet.key())?.remove(id).unwrap_or_default();
            let before = all.len();
            for file in files {
                if !all.iter().any(|known| known.sha256 == file.sha256) {
                    all.push(file);
                }
            }
            if all.len() > before {
                tx.set_draft_evidence(sheet.key(), id, &all, now)?;
            }
            tx.record(&deed)
        })?)
    }

    /// Takes a file out of an entry; the archive keeps it for the returns that carried it.
    pub(crate) fn drop_evidence(&mut self, sheet: &Sheet, id: &TargetId, digest: &[u8; 32]) -> Result<()> {
        let (now, deed) = (self.now(), self.deed("detach", sheet.office.as_str(), id.as_str()));
        Ok(self.ledger.write(|tx| {
            let mut all = tx.draft_evidence(sheet.key())?.remove(id).unwrap_or_default();
            let before = all.len();
            all.retain(|file| file.sha256 != *digest);
            if all.len() < before {
                tx.set_draft_evidence(sheet.key(), id, &all, now)?;
            }
            tx.record(&deed)
        })?)
    }

    fn read_evidence(&self, path: &Path) -> Result<Vec<u8>> {
        let label = || model::names::reveal(&crate::fetch::label(path));
        let found = std::fs::metadata(path).map_err(Error::io(path))?;
        // A pipe would never end.
        if !found.is_file() {
            return Err(Error::NotEvidence(label()));
        }
        let limit = self.limits.attachment;
        let too_large = |len| Error::EvidenceTooLarge { file: label(), len, limit };
        if found.len() > limit {
            return Err(too_large(found.len()));
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(Error::io(path))?;
        file.take(limit + 1).read_to_end(&mut bytes).map_err(Error::io(path))?;
        if bytes.len() as u64 > limit {
            return Err(too_large(bytes.len() as u64));
        }
        let media = Media::of(&bytes).ok_or_else(|| Error::NotEvidence(label()))?;
        picture::examine(&bytes, media).map_err(|fault| Error::BadPicture { file: label(), fault })?;
        Ok(bytes)
    }

    /// Reads a kept file by its digest; none where it is not here.
    pub(crate) fn evidence_bytes(&self, digest: &[u8; 32]) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.evidence.find(digest)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = file.take(self.limits.attachment).read_to_end(&mut bytes);
        read.map_err(Error::io(&self.dir.join(crate::home::EVIDENCE)))?;
        Ok(Some(bytes))
    }

    /// Tells what a kept file is; none where it is not here.
    pub(crate) fn evidence_media(&self, digest: &[u8; 32]) -> Result<Option<Media>> {
        let Some(file) = self.evidence.find(digest)? else { return Ok(None) };
        let mut start = Vec::new();
        let read = file.take(SNIFFED).read_to_end(&mut start);
        read.map_err(Error::io(&self.dir.join(crate::home::EVIDENCE)))?;
        Ok(Media::of(&start))
    }
}

/// How many leading bytes tell what a file is.
const SNIFFED: u64 = 8;
