//! Looks for damage in a ledger that is too large to be read while somebody waits for it to open.

use std::path::Path;

use ledger::Ledger;

use crate::home::LEDGER;
use crate::world::World;
use crate::{Home, Result};

/// Reads a home's whole ledger where opening did not; it may be open meanwhile, and nothing is changed.
///
/// # Errors
/// [`ledger::Error::Damaged`] with what was found.
pub fn look_through(home: &Path) -> Result<()> {
    Ok(Ledger::look_through(&home.join(LEDGER))?)
}

/// Opens a home whose ledger is in doubt: it is read whole before, however large it is.
///
/// # Errors
/// As [`Home::open`] and [`look_through`].
pub fn open_in_doubt(home: &Path, world: World) -> Result<Home> {
    let opened = Home::open(home, world)?;
    look_through(home)?;
    Ok(opened)
}
