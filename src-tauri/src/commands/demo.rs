//! The demonstration: sample data beside the own home, which it never touches.

use app::demo::office;
use app::screens::start::StartView;
use app::set_up_office::discard;
use tauri::AppHandle;
use tauri::ipc::Channel;

use super::start::look;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{Session, with_open, work};

/// Opens the demonstration, made anew where none was left standing.
#[tauri::command]
pub async fn start_demo(app: AppHandle, channel: Channel<Progress>) -> Result<StartView, Failure> {
    work(app, move |session| {
        prepare(session, &channel)?;
        let mut open = session.hold();
        open.switch(true);
        session.set_demo_exchange(Some(office::exchange(&session.folders.demo())));
        Ok(look(session, &mut open))
    })
    .await
}

/// Throws the demonstration away and goes back to the own home, or to the first run.
#[tauri::command]
pub async fn leave_demo(app: AppHandle) -> Result<StartView, Failure> {
    with_open(app, |session, open| {
        open.switch(false);
        session.set_demo_exchange(None);
        discard(&session.folders.demo())?;
        Ok(look(session, open))
    })
    .await
}

fn prepare(session: &Session, channel: &Channel<Progress>) -> Result<(), app::Error> {
    let root = session.folders.demo();
    if office::open(&root).is_ok() {
        return Ok(());
    }
    discard(&root)?;
    let mut step = session.brake.begin(channel, "准备演示数据");
    let made = office::prepare(&root, &mut step);
    if made.is_err() {
        // Half a demonstration is of no use; the error to tell is the first one.
        let _ = discard(&root);
    }
    made
}
