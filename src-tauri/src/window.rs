//! The one window: how it opens, and everything that it refuses.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use app::words::Mishap;
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{App, AppHandle, Error, Manager, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use tauri_plugin_window_state::StateFlags;

use crate::args::Args;
use crate::arrivals;
use crate::failure::Failure;
use crate::folders::Folders;
use crate::origin;
use crate::owner::{self, Owner};
use crate::session::Session;

/// The window's name in `tauri.conf.json` and in the capability.
const MAIN: &str = "main";
/// The plugin that asks an open window to come to the front, by its own name.
const ASKING: &str = "single-instance";

/// How long a start waits for the folder's owner to answer or to end, before it says that the folder is taken.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often an owner who does not answer is asked, before this start opens by itself or says that the folder is taken.
const TIMES: u32 = 3;
/// Counts that from one beginning to the next: the toolkit begins once in a process.
const ASKED: &str = "TAIZHANG_ASKED";

/// Opens the window and stays until it is closed; does not return from there.
///
/// Where the data folder is open already its window comes to the front instead, and this process ends.
pub fn run(args: &Args, folders: &Folders) -> tauri::Result<()> {
    folders.prepare();
    let until = Instant::now() + PATIENCE;
    let asked = env::var(ASKED).ok().and_then(|times| times.parse().ok()).unwrap_or(0);
    let owner = Owner::take(folders);
    // The plugin asks the owner to come to the front and ends this process where that worked.
    match prepare(args, folders, asked < TIMES) {
        Ok(app) => go(app, owner.or_else(|| Owner::wait(folders, until))),
        Err(Error::PluginInitialization(name, _)) if name == ASKING => {
            tracing::warn!("the other window did not answer");
            drop(owner);
            // Most likely it is ending.
            let ended = Owner::wait(folders, until).is_some();
            begin_anew(if ended { asked + 1 } else { TIMES })
        }
        Err(error) => Err(error),
    }
}

/// Runs this program in place of this process, with the same words.
fn begin_anew(asked: u32) -> tauri::Result<()> {
    let mut program = Command::new(env::current_exe()?);
    program.args(env::args_os().skip(1)).env(ASKED, asked.to_string());
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(&mut program).into());
    #[cfg(not(unix))]
    return Ok(drop(program.spawn()?));
}

/// Shows the window to the folder's owner, and to anybody else that there is one.
fn go(app: App, owner: Option<Owner>) -> tauri::Result<()> {
    if let Some(owner) = owner {
        app.manage(owner);
    }
    app.run(|_, _| {});
    Ok(())
}

fn prepare(args: &Args, folders: &Folders, asking: bool) -> tauri::Result<App> {
    let mut context = tauri::generate_context!();
    let here = env::current_dir().unwrap_or_default();
    // An office that keeps two data folders may have both open; one folder is never open twice.
    let name = match folders.is_usual() {
        true => context.config().identifier.clone(),
        false => format!("{}.{}", context.config().identifier, folders.mark()),
    };
    if cfg!(windows) {
        context.config_mut().identifier.clone_from(&name);
    }
    let mut place = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED);
    if let Some(file) = folders.window().to_str() {
        place = place.with_filename(file);
    }
    let session = Session::new(folders.clone(), args.exchange.clone());
    session.arrivals.open(args.files_from(&here));
    let mut builder = tauri::Builder::default();
    if asking {
        let again = tauri_plugin_single_instance::Builder::new()
            .callback(|app, words, folder| started_again(app, words, Path::new(&folder)))
            .dbus_id(name);
        // First, so that a second start ends before it has touched anything.
        builder = builder.plugin(again.build());
    }
    builder
        .plugin(place.build())
        .plugin(tauri_plugin_dialog::init())
        .manage(session)
        .invoke_handler(crate::commands::handler())
        .setup(|app| match app.try_state::<Owner>() {
            Some(_) => Ok(open(app)?),
            None => {
                refuse(app);
                Ok(())
            }
        })
        .build(context)
}

/// Says that the data folder is taken, and ends with an error.
fn refuse(app: &App) {
    // This process has no window that could come to the front.
    tauri_plugin_single_instance::destroy(app);
    let holder = owner::holder(&app.state::<Session>().folders);
    let failure = Failure::from(Mishap::DataFolderTaken(holder));
    tracing::error!(code = failure.code, "ended");
    eprintln!("{}：{}（{}）", failure.what, failure.next, failure.code);
    let end = app.handle().clone();
    let dialog = app.dialog().message(format!("{}。\n\n{}。", failure.what, failure.next));
    let dialog = dialog.title(&app.package_info().name).kind(MessageDialogKind::Warning);
    dialog.buttons(MessageDialogButtons::OkCustom("知道了".to_owned())).show(move |_| end.exit(1));
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
    window.on_window_event(move |event| match event {
        WindowEvent::DragDrop(event) => arrivals::dragged(&dropped_on, event),
        // From here on a second start must not ask this window: it waits for the folder and opens its own.
        WindowEvent::CloseRequested { .. } => tauri_plugin_single_instance::destroy(dropped_on.app_handle()),
        _ => {}
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
