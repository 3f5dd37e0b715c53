//! Drafts: what is being typed, cell by cell and as typed, for an office's own return, 本级 or 代录.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::{Evidence, Field};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::Col;
use crate::{Digest, Error, Result, Tx};

/// The state of a draft, without its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// 零报告.
    pub nil: bool,
    /// Rises with every change.
    pub revision: u64,
    /// When it was last changed.
    pub saved: DateTime<Utc>,
    /// The bundle it was last exported as, with the revision it then had.
    pub exported: Option<Exported>,
}

/// What a draft was last exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// SHA-256 of the bundle's file.
    pub bundle: Digest,
    /// The revision of the draft that it holds.
    pub revision: u64,
}

/// A box with something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftCell {
    /// The target.
    pub target: TargetId,
    /// The box.
    pub field: Field,
    /// What was typed, as it was typed.
    pub text: String,
    /// When it was saved.
    pub saved: DateTime<Utc>,
}

/// Names a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftOf<'a> {
    /// Whose return it will be.
    pub office: &'a OfficeId,
    /// For which period.
    pub period: Period,
}

impl Draft {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let bundle: Option<Digest> = row.get("exported_bundle")?;
        let revision: Option<u64> = row.get("exported_revision")?;
        Ok(Self {
            nil: row.get("nil")?,
            revision: row.get("revision")?,
            saved: row.get::<_, Col<_>>("saved")?.0,
            exported: bundle.zip(revision).map(|(bundle, revision)| Exported { bundle, revision }),
        })
    }

    /// Says whether nothing has changed since the last export, so that exporting again gives the same bytes.
    pub fn is_exported(&self) -> bool {
        self.exported.is_some_and(|exported| exported.revision == self.revision)
    }
}

impl DraftCell {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            target: row.get::<_, Col<_>>("target")?.0,
            field: row.get::<_, Col<_>>("field")?.0,
            text: row.get("text")?,
            saved: row.get::<_, Col<_>>("saved")?.0,
        })
    }
}

impl Tx<'_> {
    /// Returns the state of a draft; none before anything was typed.
    pub fn draft(&self, of: DraftOf<'_>) -> Result<Option<Draft>> {
        let mut statement = self.0.prepare_cached(include_str!("get.sql"))?;
        let params = named_params! { ":office": Col(of.office), ":period": Col(of.period) };
        Ok(statement.query_row(params, Draft::from_row).optional()?)
    }

    /// Lists the boxes that hold something, by target and field name.
    pub fn draft_cells(&self, of: DraftOf<'_>) -> Result<Vec<DraftCell>> {
        let mut statement = self.0.prepare_cached(include_str!("cells.sql"))?;
        let params = named_params! { ":office": Col(of.office), ":period": Col(of.period) };
        let rows = statement.query_map(params, DraftCell::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Saves what was typed into a box.
    pub fn set_cell(
        &self,
        of: DraftOf<'_>,
        target: &TargetId,
        field: Field,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.touch_draft(of, now)?;
        self.0.prepare_cached(include_str!("set_cell.sql"))?.execute(named_params! {
            ":office": Col(of.office),
            ":period": Col(of.period),
            ":target": Col(target),
            ":field": Col(field),
            ":text": text,
            ":saved": Col(now),
        })?;
        Ok(())
    }

    /// Empties a box: 未填.
    pub fn clear_cell(
        &self,
        of: DraftOf<'_>,
        target: &TargetId,
        field: Field,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.touch_draft(of, now)?;
        self.0.prepare_cached(include_str!("clear_cell.sql"))?.execute(named_params! {
            ":office": Col(of.office),
            ":period": Col(of.period),
            ":target": Col(target),
            ":field": Col(field),
        })?;
        Ok(())
    }

    /// Makes the draft a 零报告, or takes that back; the boxes stay as they are.
    pub fn set_nil(&self, of: DraftOf<'_>, nil: bool, now: DateTime<Utc>) -> Result<()> {
        self.touch_draft(of, now)?;
        let mut statement = self
            .0
            .prepare_cached("UPDATE drafts SET nil = :nil WHERE office = :office AND period = :period")?;
        statement
            .execute(named_params! { ":nil": nil, ":office": Col(of.office), ":period": Col(of.period) })?;
        Ok(())
    }

    /// Writes the evidence of a target's entry, in the place of any before.
    pub fn set_draft_evidence(
        &self,
        of: DraftOf<'_>,
        target: &TargetId,
        files: &[Evidence],
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.touch_draft(of, now)?;
        self.0.prepare_cached(include_str!("clear_evidence.sql"))?.execute(
            named_params! { ":office": Col(of.office), ":period": Col(of.period), ":target": Col(target) },
        )?;
        let mut add = self.0.prepare_cached(include_str!("add_evidence.sql"))?;
        for (position, file) in files.iter().enumerate() {
            add.execute(named_params! {
                ":office": Col(of.office),
                ":period": Col(of.period),
                ":target": Col(target),
                ":position": position,
                ":sha256": file.sha256,
                ":len": file.len,
                ":label": file.label,
            })?;
        }
        Ok(())
    }

    /// Returns the evidence of a draft by target, in the order added.
    pub fn draft_evidence(&self, of: DraftOf<'_>) -> Result<BTreeMap<TargetId, Vec<Evidence>>> {
        let mut statement = self.0.prepare_cached(include_str!("evidence.sql"))?;
        let params = named_params! { ":office": Col(of.office), ":period": Col(of.period) };
        let mut rows = statement.query(params)?;
        let mut evidence: BTreeMap<_, Vec<_>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let file =
                Evidence { sha256: row.get("sha256")?, len: row.get("len")?, label: row.get("label")? };
            evidence.entry(row.get::<_, Col<_>>("target")?.0).or_default().push(file);
        }
        Ok(evidence)
    }

    /// Says that revision `exported.revision` of a draft went out as a bundle, which is recorded already.
    ///
    /// # Errors
    /// [`Error::Stale`] when the draft has changed since, [`Error::NotFound`] without a draft.
    pub fn mark_exported(&self, of: DraftOf<'_>, exported: Exported) -> Result<()> {
        let params = named_params! {
            ":office": Col(of.office),
            ":period": Col(of.period),
            ":bundle": exported.bundle,
            ":revision": exported.revision,
        };
        if self.0.prepare_cached(include_str!("mark_exported.sql"))?.execute(params)? == 1 {
            return Ok(());
        }
        let present = self.draft(of)?.ok_or(Error::NotFound("draft"))?.revision;
        Err(Error::Stale { what: "draft", present, expected: exported.revision })
    }

    /// Forgets that a draft went out as a bundle, which will not count: it waits to be exported anew.
    pub fn forget_export(&self, of: DraftOf<'_>, bundle: &Digest) -> Result<()> {
        self.0.prepare_cached(include_str!("forget_export.sql"))?.execute(named_params! {
            ":office": Col(of.office),
            ":period": Col(of.period),
            ":bundle": bundle,
        })?;
        Ok(())
    }

    /// Lists the offices whose draft of a period has something in it that was not exported.
    pub fn drafts_of(&self, period: Period) -> Result<BTreeSet<OfficeId>> {
        let mut statement = self.0.prepare_cached(include_str!("of_period.sql"))?;
        let rows = statement.query_map(named_params! { ":period": Col(period) }, |row| {
            Ok(row.get::<_, Col<OfficeId>>(0)?.0)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Drops a draft with everything in it.
    pub fn drop_draft(&self, of: DraftOf<'_>) -> Result<()> {
        let mut statement =
            self.0.prepare_cached("DELETE FROM drafts WHERE office = :office AND period = :period")?;
        statement.execute(named_params! { ":office": Col(of.office), ":period": Col(of.period) })?;
        Ok(())
    }

    fn touch_draft(&self, of: DraftOf<'_>, now: DateTime<Utc>) -> Result<()> {
        let params =
            named_params! { ":office": Col(of.office), ":period": Col(of.period), ":saved": Col(now) };
        self.0.prepare_cached(include_str!("touch.sql"))?.execute(params)?;
        Ok(())
    }
}
