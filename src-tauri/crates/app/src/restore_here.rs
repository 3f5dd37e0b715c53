//! Makes this computer's home from a backup, also where the home that is there cannot be opened any more.

use std::path::{Path, PathBuf};

use ledger::patience;

use crate::back_up::restore;
use crate::home::move_into_place;
use crate::look_through::open_in_doubt;
use crate::set_up_office::{discard, fresh_room};
use crate::world::World;
use crate::{Error, Result};

/// Restores a backup into `scratch` and moves it to its place whole.
///
/// A ledger that is damaged or gone is moved aside with everything beside it, and kept; one that can be opened is never
/// replaced. Returns where the old home lies.
///
/// # Errors
/// [`Error::HomeTaken`] where the home can be opened, or was written by a newer version.
pub fn restore_here(backup: &Path, scratch: &Path, home: &Path, world: World) -> Result<Option<PathBuf>> {
    let stamp = world.clock.now().format("%Y%m%dT%H%M%SZ");
    let aside = home.with_file_name(format!("home-aside-{stamp}"));
    let replaced = is_lost(home)?;
    let made = fresh_room(scratch)?;
    // Nobody may hold the ledger while it moves.
    drop(restore(backup, &made, world)?);
    if replaced {
        patience::rename(home, &aside).map_err(Error::io(home))?;
    }
    move_into_place(&made, home)?;
    discard(scratch)?;
    Ok(replaced.then_some(aside))
}

/// Says whether what lies here was a home and is none any more; nothing at all is as good as lost to nobody.
fn is_lost(home: &Path) -> Result<bool> {
    let taken = || Error::HomeTaken(home.to_owned());
    if !std::fs::read_dir(home).is_ok_and(|mut entries| entries.next().is_some()) {
        return Ok(false);
    }
    match open_in_doubt(home, World::real()) {
        Err(Error::NoHome(_)) => Ok(true),
        Err(Error::Ledger(
            ledger::Error::Damaged(_) | ledger::Error::Missing(_) | ledger::Error::Foreign { .. },
        )) => Ok(true),
        Err(error @ (Error::Ledger(_) | Error::Io { .. })) => Err(error),
        _ => Err(taken()),
    }
}
