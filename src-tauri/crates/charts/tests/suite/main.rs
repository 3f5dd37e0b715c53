//! What holds for every chart, read back from the documents.

#![expect(clippy::unwrap_used, reason = "clippy knows test functions, not the functions that tests share")]

mod drawn;
mod figures;
mod laws;
mod offices;
mod places;
