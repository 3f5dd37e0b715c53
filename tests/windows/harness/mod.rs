//! A Windows of its own for every test.

mod built;
mod windows;

pub use built::{built, compile_c, programs, setup_of, setup_with};
pub use windows::{Said, Windows};

/// The user's own folder of the program, as the setup chooses it.
pub const OWN_PLACE: &str = r"C:\users\甲\AppData\Local\Programs\Taizhang";
/// What the setup answers when the program is there and WebView2 is not, as under Wine.
pub const WITHOUT_WEBVIEW: i32 = 10;
/// The entry in the list of installed programs.
pub const ENTRY: &str = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Taizhang";
