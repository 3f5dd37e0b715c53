//! What is said where there is no window to say it in.

use crate::failure::Failure;

/// Says why no window opens: in a dialog of the system on Windows, where whoever double-clicks sees no terminal.
pub fn tell(failure: &Failure) {
    eprintln!("{}：{}（{}）", failure.what, failure.next, failure.code);
    #[cfg(windows)]
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("台账")
        .set_description(format!("{}。\n\n{}。\n\n（{}）", failure.what, failure.next, failure.code))
        .show();
}
