//! The domain rules of 台账: plans and their targets, periods, returns, checks, roll-up and assessment.
//!
//! Everything here is pure: no I/O, no clock, no randomness. Dates and histories are arguments, figures are
//! exact decimals, decisions are made on exact quotients and only display rounds. Section numbers in the
//! documentation refer to the design (§2, domain rules).

pub mod assess;
pub mod calendar;
pub mod check;
pub mod draft;
pub mod exact;
pub mod figure;
pub mod id;
pub mod lamp;
pub mod lock;
pub mod names;
pub mod period;
pub mod plan;
pub mod ranking;
pub mod returns;
pub mod review;
pub mod rollup;
pub mod target;
