//! What the page may ask for: one file per feature, every body one call.
//!
//! `capabilities/main.json` allows each command by name; the build reads the list of commands from there.

mod analysis;
mod checks;
mod demo;
mod entry;
mod evidence;
mod home;
mod hub;
mod keys;
mod log_folder;
mod paper;
mod places;
mod progress;
mod receipts;
mod sending;
mod settings;
mod setup;
mod start;

/// Gathers the commands, and their names for the test that holds them against the capability.
macro_rules! commands {
    ($($($part:ident)::+),* $(,)?) => {
        /// Answers the page, away from the window's own thread: work that waits blocks neither the window nor
        /// another command.
        ///
        /// Commands are plain functions, because each asynchronous one is a task of a type of its own, and more than a
        /// hundred of them make the program larger by megabytes.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            let answer: fn(tauri::ipc::Invoke) -> bool = tauri::generate_handler![$($($part)::+),*];
            move |invoke| {
                // Nobody waits for it: it answers the page itself.
                let _task = tauri::async_runtime::spawn_blocking(move || answer(invoke));
                true
            }
        }

        #[cfg(test)]
        const PATHS: &[&[&str]] = &[$(&[$(stringify!($part)),+]),*];
    };
}

commands![
    analysis::analysis,
    analysis::trend,
    checks::checks,
    demo::leave_demo,
    demo::start_demo,
    entry::cell_history,
    entry::entry_sheet,
    entry::pick_form,
    entry::save_cells,
    entry::set_nil,
    evidence::attach_dropped,
    evidence::detach,
    evidence::evidence_picture,
    evidence::pick_evidence,
    evidence::save_evidence,
    home::office_home,
    hub::bulletin::bulletin,
    hub::bulletin::write_paragraph,
    hub::consolidation::entry_behind,
    hub::consolidation::figure_behind,
    hub::consolidation::lock_period,
    hub::consolidation::matrix,
    hub::consolidation::matrix_window,
    hub::consolidation::missing,
    hub::consolidation::order_by_office,
    hub::consolidation::save_matrix,
    hub::consolidation::unlock_period,
    hub::home::hub_home,
    hub::receiving::accept_waiting,
    hub::receiving::bring_out_evidence,
    hub::receiving::check_paper,
    hub::receiving::choose_version,
    hub::receiving::open_return,
    hub::receiving::receive_chosen,
    hub::receiving::receive_clicked,
    hub::receiving::receive_place,
    hub::receiving::receiving,
    hub::receiving::send_cells_back,
    hub::receiving::take_cell_back,
    hub::receiving::set_review,
    hub::offices::add_office,
    hub::offices::admit_office,
    hub::offices::enrolments_found,
    hub::offices::hub_offices,
    hub::offices::merge_offices,
    hub::offices::rename_office,
    hub::offices::retire_office,
    hub::offices::revocation,
    hub::offices::revoke_office,
    hub::offices::split_office,
    hub::issuing::copy_round,
    hub::issuing::issue_round,
    hub::issuing::issuing,
    hub::settings::hub_settings,
    hub::settings::rename_hub,
    hub::settings::restore_key,
    hub::setup::hub_setup_discard,
    hub::setup::hub_setup_finish,
    hub::setup::hub_setup_go,
    hub::setup::hub_setup_name,
    hub::setup::hub_setup_note,
    hub::setup::hub_slip,
    hub::setup::save_recovery_key,
    hub::overview::heat_page,
    hub::overview::hub_months,
    hub::overview::hub_overview,
    hub::targets::discard_draft,
    hub::targets::divide_target,
    hub::targets::lamp_preview,
    hub::targets::plan_changes,
    hub::targets::remove_heading,
    hub::targets::restore_target,
    hub::targets::retire_target,
    hub::targets::retirement,
    hub::targets::save_calendar,
    hub::targets::save_chapter,
    hub::targets::save_comparisons,
    hub::targets::save_lamps,
    hub::targets::save_section,
    hub::targets::save_target,
    hub::targets::target_detail,
    hub::targets::targets,
    hub::upward::pick_upper_plan,
    hub::upward::send_upward,
    hub::upward::set_upper_office,
    hub::upward::set_upward_answer,
    hub::upward::take_upper_plan,
    hub::upward::take_upward_suggestions,
    hub::upward::upward,
    hub::upward::upward_choices,
    log_folder::open_logs,
    paper::print,
    places::choose_place,
    places::found_bundles,
    places::places,
    progress::cancel,
    receipts::receipts,
    receipts::receive,
    receipts::receive_opened,
    receipts::receive_picked,
    sending::copy_again,
    sending::export_return,
    sending::file_return,
    sending::sending,
    sending::slip,
    keys::enrol_again,
    keys::replace_key,
    keys::trust_hub,
    settings::back_up,
    settings::change_passphrase,
    settings::choose_exchange,
    settings::enrolment_slip,
    settings::forget_exchange,
    settings::open_folder,
    settings::set_contact,
    settings::set_theme,
    settings::settings,
    setup::choose_role,
    setup::export_enrolment,
    setup::finish_enrolment,
    setup::passphrase_strength,
    setup::pick_restore,
    setup::setup_confirm_hub,
    setup::setup_discard,
    setup::setup_finish,
    setup::setup_go,
    setup::setup_introduce,
    setup::setup_note,
    setup::setup_pick_plan,
    setup::setup_take_opened,
    setup::setup_take_plan,
    start::opened,
    start::start,
];

#[cfg(test)]
mod laws {
    use super::PATHS;

    #[test]
    fn the_capability_allows_every_command_and_no_other() {
        let capability: serde_json::Value =
            serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        let permissions = capability["permissions"].as_array().unwrap();
        let own = permissions.iter().filter_map(|one| one.as_str()?.strip_prefix("allow-"));
        let mut allowed: Vec<String> = own.map(|name| name.replace('-', "_")).collect();
        let mut ours: Vec<String> =
            PATHS.iter().filter_map(|path| Some((*path.last()?).to_owned())).collect();
        allowed.sort();
        ours.sort();
        assert_eq!(ours, allowed);
    }
}
