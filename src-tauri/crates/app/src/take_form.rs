//! Takes in a form saved by WPS or Excel in the window: all of it, or a list of what is wrong with it.

use std::path::Path;

use serde::Serialize;
use ts_rs::TS;

use crate::enter::ReturnOf;
use crate::screens::Message;
use crate::{Error, Home, Result, words};

/// What came of taking in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormTaken {
    /// How many targets it spoke of; none of them where something is wrong.
    pub targets: u32,
    /// What was done, or why nothing was.
    pub message: Message,
    /// Everything that is wrong, cell by cell.
    pub faults: Vec<Message>,
}

impl Home {
    /// Takes in a form for a return; of the targets it names, the boxes it has columns for are replaced.
    pub fn take_form(&mut self, of: ReturnOf, file: &Path) -> Result<FormTaken> {
        let sheet = self.sheet_of_return(of)?;
        match self.enter_file(&sheet, file) {
            Ok(targets) => Ok(FormTaken {
                targets: u32::try_from(targets).unwrap_or(u32::MAX),
                message: words::form_taken(&crate::fetch::label(file), targets).into(),
                faults: Vec::new(),
            }),
            Err(Error::EntryFile(errors)) => {
                let faults = errors.errors.iter().map(|error| words::entry_file_error(error).into());
                let faults = faults.collect();
                let message = words::sentence(&Error::EntryFile(errors)).into();
                Ok(FormTaken { targets: 0, message, faults })
            }
            Err(error) => Err(error),
        }
    }
}
