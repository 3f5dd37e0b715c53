//! What the page may ask for: one file per feature, every body one call.
//!
//! `capabilities/main.json` allows each command by name; the build reads the list of commands from there.

mod log_folder;
mod paper;
mod places;
mod progress;
mod start;

/// Gathers the commands, and their names for the test that holds them against the capability.
macro_rules! commands {
    ($($room:ident::$name:ident),* $(,)?) => {
        /// Answers the page.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($room::$name),*]
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

commands![
    log_folder::open_logs,
    paper::print,
    places::choose_place,
    places::found_bundles,
    places::places,
    progress::cancel,
    start::opened,
    start::start,
];

#[cfg(test)]
mod laws {
    use super::NAMES;

    #[test]
    fn the_capability_allows_every_command_and_no_other() {
        let capability: serde_json::Value =
            serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        let permissions = capability["permissions"].as_array().unwrap();
        let own = permissions.iter().filter_map(|one| one.as_str()?.strip_prefix("allow-"));
        let mut allowed: Vec<String> = own.map(|name| name.replace('-', "_")).collect();
        let mut ours: Vec<String> = NAMES.iter().map(|&name| name.to_owned()).collect();
        allowed.sort();
        ours.sort();
        assert_eq!(ours, allowed);
    }
}
