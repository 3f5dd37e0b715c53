//! The demonstration: sample data beside the own home, which it never touches.

use app::Role;
use app::demo::{hub, office};
use app::screens::start::StartView;
use app::set_up_office::discard;
use tauri::AppHandle;
use tauri::ipc::Channel;

use super::start::{RoleName, look};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{Session, open_demo, with_open, work};

/// Opens a role's demonstration, made anew where none was left standing.
#[tauri::command]
pub fn start_demo(app: AppHandle, role: RoleName, channel: Channel<Progress>) -> Result<StartView, Failure> {
    work(app, move |session| {
        let role = Role::from(role);
        prepare(session, role, &channel)?;
        let mut open = session.hold();
        open.switch(Some(role));
        let root = session.folders.demo(role);
        session.set_demo_exchange(Some(match role {
            Role::Office => office::exchange(&root),
            Role::Hub => hub::exchange(&root),
        }));
        Ok(look(session, &mut open))
    })
}

/// Throws the demonstration that is open away and goes back to the own home, or to the first run.
#[tauri::command]
pub fn leave_demo(app: AppHandle) -> Result<StartView, Failure> {
    with_open(app, |session, open| {
        let left = open.demo;
        open.switch(None);
        session.set_demo_exchange(None);
        if let Some(role) = left {
            discard(&session.folders.demo(role))?;
        }
        Ok(look(session, open))
    })
}

fn prepare(session: &Session, role: Role, channel: &Channel<Progress>) -> Result<(), app::Error> {
    let root = session.folders.demo(role);
    if open_demo(&session.folders, role).is_ok() {
        return Ok(());
    }
    discard(&root)?;
    let mut step = session.brake.begin(channel, "准备演示数据");
    let made = match role {
        Role::Office => office::prepare(&root, &mut step),
        Role::Hub => hub::prepare(&root, &mut step),
    };
    if made.is_err() {
        // Half a demonstration is of no use; the error to tell is the first one.
        let _ = discard(&root);
    }
    made
}
