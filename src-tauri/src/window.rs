//! The one window: how it opens, and everything that it refuses.

use std::path::Path;

use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{App, AppHandle, Manager, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::args::Args;
use crate::arrivals;
use crate::folders::Folders;
use crate::origin;
use crate::session::Session;

/// The window's name in `tauri.conf.json` and in the capability.
const MAIN: &str = "main";

/// Opens the window and stays until it is closed.
pub fn run(args: Args, folders: Folders) -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    let here = std::env::current_dir().unwrap_or_default();
    // An office that keeps two data folders may have both open; one folder is never open twice.
    let name = match &args.data {
        Some(_) => format!("{}.{}", context.config().identifier, folders.mark()),
        None => context.config().identifier.clone(),
    };
    if cfg!(windows) {
        context.config_mut().identifier.clone_from(&name);
    }
    let again = tauri_plugin_single_instance::Builder::new()
        .callback(|app, words, folder| started_again(app, words, Path::new(&folder)))
        .dbus_id(name)
        .build();
    let mut place = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED);
    if let Some(file) = folders.window().to_str() {
        place = place.with_filename(file);
    }
    let files = args.files_from(&here);
    let session = Session::new(folders, args.exchange);
    session.arrivals.open(files);
    tauri::Builder::default()
        // First, so that a second start ends before it has touched anything.
        .plugin(again)
        .plugin(place.build())
        .plugin(tauri_plugin_dialog::init())
        .manage(session)
        .invoke_handler(crate::commands::handler())
        .setup(|app| Ok(open(app)?))
        .run(context)
}

fn open(app: &App) -> tauri::Result<()> {
    let settings = app.config().app.windows.iter().find(|window| window.label == MAIN);
    let settings = settings.ok_or(tauri::Error::WindowNotFound)?;
    let window = WebviewWindowBuilder::from_config(app, settings)?
        .data_directory(app.state::<Session>().folders.web())
        .on_navigation(|url| {
            let own = origin::is_own(url);
            if !own {
                tracing::warn!(scheme = url.scheme(), "a navigation was refused");
            }
            own
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    let dropped_on = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(event) = event {
            arrivals::dragged(&dropped_on, event);
        }
    });
    Ok(())
}

/// Brings the window to the front and takes what the second start was given.
fn started_again(app: &AppHandle, words: Vec<String>, folder: &Path) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let raised = to_front(&window);
        if raised.is_err() {
            tracing::warn!("the window could not be brought to the front");
        }
    }
    arrivals::opened(app, Args::files_of(words, folder));
}

fn to_front(window: &WebviewWindow) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}
