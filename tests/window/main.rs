//! Journeys in the real window: the built application on a screen of its own, driven through its web view's driver.
//!
//! `cargo xtask test` builds what they need and names it in `TAIZHANG_WINDOW` and `TAIZHANG_DRIVER`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "in a test an error is the end of the story")]

mod damage;
mod evidence;
mod filling;
mod first_run;
mod harness;
mod hub_first_run;
mod hub_keys;
mod hub_screens;
mod hub_texts;
mod key_dialogs;
mod key_life;
mod key_life_hub;
mod nil;
mod opening;
mod printing;
mod review;
mod screens;
mod sending;
mod sockets;
mod stand_in;
mod texts;
mod unsaved;
mod upward;
mod whole_loop;
