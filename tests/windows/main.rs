//! The Windows build, installed by its own setup and run under Wine.
//!
//! `cargo xtask test` builds what they need and names it in `TAIZHANG_SETUP`. What Wine cannot show is in
//! `src-tauri/windows/CHECKLIST.md`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "in a test an error is the end of the story")]

mod bundles;
mod desktop;
mod files;
mod harness;
mod installing;
mod removing;
