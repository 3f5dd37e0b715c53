//! What the page shows first.

use app::Role;
use app::screens::start::{Stage, StartView};
use app::words::sentence;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{Open, Session, with_open, work};

/// Opens the home, if there is one, and says what to show.
#[tauri::command]
pub async fn start(app: AppHandle) -> Result<StartView, Failure> {
    with_open(app, |session, open| Ok(look(session, open))).await
}

/// Names the bundles that were double-clicked and wait to be taken in.
#[tauri::command]
pub async fn opened(app: AppHandle) -> Result<Vec<String>, Failure> {
    work(app, |session| Ok(session.arrivals.opened())).await
}

fn look(session: &Session, open: &mut Open) -> StartView {
    let (stage, trouble) = match open.home(&session.folders) {
        Ok(None) => (Stage::Choose, None),
        Ok(Some(home)) if home.role() == Role::Hub => (Stage::Hub, None),
        Ok(Some(_)) => (Stage::Office, None),
        Err(error) => {
            let said = sentence(&error);
            tracing::error!(code = said.code, "the ledger cannot be opened");
            (Stage::Choose, Some(said.into()))
        }
    };
    StartView { stage, demo: open.demo, setup: None, trouble }
}
