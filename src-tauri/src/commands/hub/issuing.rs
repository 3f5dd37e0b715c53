//! 下达: plan and receipts to the drive, one folder per round.

use app::issue_round::{Order, SignedRound};
use app::screens::hub::issuing::{IssuedRound, Issuing};
use tauri::AppHandle;
use tauri::ipc::Channel;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::with_home;

/// Shows what would go out.
#[tauri::command]
pub fn issuing(app: AppHandle) -> Result<Issuing, Failure> {
    with_home(app, |_, home| Ok(home.issuing()?))
}

/// Signs the plan and the receipts chosen, and writes them to a folder of their own at a place.
#[tauri::command]
pub fn issue_round(
    app: AppHandle,
    plan: bool,
    receipts: Vec<String>,
    fresh: bool,
    passphrase: String,
    place: u32,
    channel: Channel<Progress>,
) -> Result<IssuedRound, Failure> {
    with_home(app, move |session, home| {
        let to = session.place(place)?;
        let signed = home.sign_round(&Order { plan, receipts, fresh }, &passphrase)?;
        let mut step = session.brake.begin(&channel, "写入");
        let folder = home.deliver_round(signed.round.id, &to, &mut step)?;
        Ok(home.issued_round(signed, &folder)?)
    })
}

/// Writes an earlier round to another stick, the same bytes.
#[tauri::command]
pub fn copy_round(
    app: AppHandle,
    round: u32,
    place: u32,
    channel: Channel<Progress>,
) -> Result<IssuedRound, Failure> {
    with_home(app, move |session, home| {
        let to = session.place(place)?;
        let mut step = session.brake.begin(&channel, "写入");
        let folder = home.deliver_round(round, &to, &mut step)?;
        let found = home.rounds()?.into_iter().find(|one| one.id == round);
        let round = found.ok_or(app::Error::from(app::HubFault::NoSuchRound))?;
        Ok(home.issued_round(SignedRound { round, failed: Vec::new() }, &folder)?)
    })
}
