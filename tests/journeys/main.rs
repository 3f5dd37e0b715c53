//! Whole journeys through the application: real folders, real SQLite, the real program.
#![expect(clippy::unwrap_used, reason = "in a test an error is the end of the story")]

mod analysis;
mod answers;
mod by_hand;
mod command_line;
mod decisions;
mod demonstration;
mod demonstration_hub;
mod demonstration_office;
mod enrolments;
mod evidence;
mod figures;
mod files;
mod guards;
mod home_screen;
mod hub_month;
mod hub_offices;
mod issuing;
mod keeping;
mod losses;
mod matrix;
mod office_screens;
mod openssl;
mod order;
mod origin;
mod plan_editing;
mod receiving;
mod rollup;
mod sending;
mod setting_up;
mod setting_up_hub;
mod sheet;
mod stand_in;
mod streams;
mod upward;
