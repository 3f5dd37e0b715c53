//! The window's own figures, of the program as it is shipped: how long from its start to a screen one can work on, how
//! long a key takes to the disk, how much memory it holds, how big it is.
//!
//! `cargo xtask bench --window`, on Linux, where the window can be driven.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run is to stop")]

#[cfg(target_os = "linux")]
mod measure;

fn main() {
    #[cfg(target_os = "linux")]
    measure::run();
    #[cfg(not(target_os = "linux"))]
    println!("the window is measured on Linux, where it can be driven");
}
