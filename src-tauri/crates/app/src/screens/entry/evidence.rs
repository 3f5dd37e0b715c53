//! Evidence beside a row: files added and taken away, pictures to look at, a PDF saved elsewhere.

use std::path::{Path, PathBuf};

use bundle::digest::Sha256Digest;

use super::{Attached, RefusedFile, Row};
use crate::enter::{ReturnOf, Sheet};
use crate::{Error, Home, Result, hex, picture, words};

impl Home {
    /// Adds files to a row, each judged by itself.
    pub fn attach_files(
        &mut self,
        of: impl Into<ReturnOf>,
        target: &str,
        files: &[PathBuf],
    ) -> Result<Attached> {
        let sheet = self.sheet_of_return(of.into())?;
        let desk = self.take_desk(sheet.clone())?;
        let id = desk.own_target(target)?;
        self.leave(desk);
        let (mut kept, mut refused) = (Vec::new(), Vec::new());
        for file in files {
            match self.keep_evidence(file) {
                Ok(evidence) => kept.push(evidence),
                // The store itself fails for every file alike.
                Err(error @ Error::Ledger(_)) => return Err(error),
                Err(error) => {
                    let label = model::names::reveal(&crate::fetch::label(file));
                    refused.push(RefusedFile { file: label, message: words::sentence(&error).into() });
                }
            }
        }
        if !kept.is_empty() {
            self.add_evidence(&sheet, &id, kept)?;
        }
        Ok(Attached { row: self.fresh_row(sheet, &id)?, refused })
    }

    /// Takes a file out of a row.
    pub fn detach(&mut self, of: impl Into<ReturnOf>, target: &str, digest: &str) -> Result<Row> {
        let sheet = self.sheet_of_return(of.into())?;
        let desk = self.take_desk(sheet.clone())?;
        let id = desk.own_target(target)?;
        self.leave(desk);
        self.drop_evidence(&sheet, &id, &digest_of(digest)?)?;
        self.fresh_row(sheet, &id)
    }

    fn fresh_row(&self, sheet: Sheet, id: &model::id::TargetId) -> Result<Row> {
        let desk = self.take_desk(sheet)?;
        let row = self.row_of(&desk, id);
        self.leave(desk);
        row
    }

    /// Draws a kept picture as PNG, whatever it was, no side longer than `size` pixels.
    ///
    /// # Errors
    /// [`Error::NoPicture`] for what is no picture, [`Error::Archive`] for what is not here.
    pub fn evidence_picture(&self, digest: &str, size: u32) -> Result<Vec<u8>> {
        let (name, bytes) = self.kept(digest)?;
        let media = bundle::media::Media::of(&bytes).ok_or_else(|| Error::NoPicture(name.clone()))?;
        let drawn = picture::as_png(&bytes, media, size);
        let drawn = drawn.ok_or_else(|| Error::NoPicture(name.clone()))?;
        drawn.map_err(|fault| Error::BadPicture { file: name, fault })
    }

    /// Suggests a name for a kept file that is saved elsewhere; nothing in it comes from outside.
    pub fn evidence_name(&self, digest: &str) -> Result<String> {
        let found = digest_of(digest)?;
        let media = self.evidence_media(&found)?.ok_or_else(|| Error::Archive(hex(&found)))?;
        Ok(format!("佐证材料-{}.{}", &hex(&found)[..8], media.extension()))
    }

    /// Saves a kept file elsewhere.
    pub fn save_evidence(&self, digest: &str, to: &Path) -> Result<()> {
        let (_, bytes) = self.kept(digest)?;
        std::fs::write(to, bytes).map_err(Error::io(to))?;
        mark_as_foreign(to);
        Ok(())
    }

    fn kept(&self, digest: &str) -> Result<(String, Vec<u8>)> {
        let found = digest_of(digest)?;
        let name = hex(&found);
        let bytes = self.evidence_bytes(&found)?.ok_or_else(|| Error::Archive(name.clone()))?;
        Ok((name[..8].to_owned(), bytes))
    }
}

fn digest_of(text: &str) -> Result<[u8; 32]> {
    let digest: Result<Sha256Digest, _> = text.parse();
    digest.map(|digest| digest.0).map_err(|_| Error::Archive(model::names::reveal(text)))
}

/// Lets Windows and its programs treat the file as one from outside. Where that cannot be written the file is saved all the same.
fn mark_as_foreign(file: &Path) {
    if cfg!(windows) {
        let mut stream = file.as_os_str().to_owned();
        stream.push(":Zone.Identifier");
        let _ = std::fs::write(PathBuf::from(stream), "[ZoneTransfer]\r\nZoneId=3\r\n");
    }
}
