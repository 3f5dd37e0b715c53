//! The committed TypeScript of the views is what the views say.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ts_rs::{Config, TS};

use super::{analysis, checks, entry, home, hub, places, receipts, sending, settings, start};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/backend/generated");
/// Set by `cargo xtask types`: write instead of compare.
const WRITE: &str = "TAIZHANG_WRITE_TYPES";

fn generate(dir: &Path) {
    let config = Config::new().with_out_dir(dir);
    start::StartView::export_all(&config).unwrap();
    start::Strength::export_all(&config).unwrap();
    analysis::Theme::export_all(&config).unwrap();
    home::OfficeHome::export_all(&config).unwrap();
    hub::consolidation::Matrix::export_all(&config).unwrap();
    hub::consolidation::MatrixWindow::export_all(&config).unwrap();
    hub::consolidation::FigureBehind::export_all(&config).unwrap();
    hub::consolidation::EntryBehind::export_all(&config).unwrap();
    hub::consolidation::MissingList::export_all(&config).unwrap();
    hub::consolidation::Shut::export_all(&config).unwrap();
    hub::home::HubHome::export_all(&config).unwrap();
    hub::overview::HubOverview::export_all(&config).unwrap();
    hub::overview::HubMonths::export_all(&config).unwrap();
    hub::bulletin::Bulletin::export_all(&config).unwrap();
    hub::plan_changes::PlanChangeView::export_all(&config).unwrap();
    crate::edit_plan::Edited::export_all(&config).unwrap();
    crate::edit_plan::Retirement::export_all(&config).unwrap();
    hub::targets::DivisionEdit::export_all(&config).unwrap();
    hub::targets::LampPreview::export_all(&config).unwrap();
    hub::receiving::Receiving::export_all(&config).unwrap();
    hub::receiving::ArrivedFile::export_all(&config).unwrap();
    hub::receiving::OpenedReturn::export_all(&config).unwrap();
    hub::receiving::CellSentBack::export_all(&config).unwrap();
    hub::receiving::PaperView::export_all(&config).unwrap();
    hub::issuing::Issuing::export_all(&config).unwrap();
    hub::issuing::IssuedRound::export_all(&config).unwrap();
    hub::offices::HubOffices::export_all(&config).unwrap();
    hub::offices::EnrolmentFound::export_all(&config).unwrap();
    hub::offices::RevocationView::export_all(&config).unwrap();
    hub::settings::HubSettings::export_all(&config).unwrap();
    hub::start::SavedKey::export_all(&config).unwrap();
    hub::upward::Upward::export_all(&config).unwrap();
    hub::upward::OwnChoice::export_all(&config).unwrap();
    hub::upward::ReportedUp::export_all(&config).unwrap();
    entry::EntrySheet::export_all(&config).unwrap();
    entry::CellEdit::export_all(&config).unwrap();
    entry::Saved::export_all(&config).unwrap();
    entry::CellHistory::export_all(&config).unwrap();
    entry::Attached::export_all(&config).unwrap();
    crate::take_form::FormTaken::export_all(&config).unwrap();
    checks::Checks::export_all(&config).unwrap();
    places::Place::export_all(&config).unwrap();
    places::FoundBundle::export_all(&config).unwrap();
    sending::Sending::export_all(&config).unwrap();
    sending::Delivery::export_all(&config).unwrap();
    sending::Slip::export_all(&config).unwrap();
    sending::FiledReturn::export_all(&config).unwrap();
    receipts::Receipts::export_all(&config).unwrap();
    receipts::ReceivedFile::export_all(&config).unwrap();
    analysis::Analysis::export_all(&config).unwrap();
    analysis::Trend::export_all(&config).unwrap();
    settings::Settings::export_all(&config).unwrap();
    settings::EnrolmentSlip::export_all(&config).unwrap();
    settings::BackedUp::export_all(&config).unwrap();
}

fn read(dir: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(dir) else { return BTreeMap::new() };
    let text = |entry: fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
    };
    entries.map(|entry| text(entry.unwrap())).collect()
}

#[test]
fn committed_types_are_those_of_the_views() {
    let committed = Path::new(COMMITTED);
    if std::env::var_os(WRITE).is_some() {
        let _ = fs::remove_dir_all(committed);
        generate(committed);
    }
    let fresh = tempfile::tempdir().unwrap();
    generate(fresh.path());
    let (fresh, committed) = (read(fresh.path()), read(committed));
    assert_eq!(
        committed.keys().collect::<Vec<_>>(),
        fresh.keys().collect::<Vec<_>>(),
        "run `cargo xtask types`"
    );
    for (name, text) in fresh {
        assert_eq!(committed[&name], text, "{name} is old: run `cargo xtask types`");
    }
}
