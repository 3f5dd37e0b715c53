//! A hub is set up step by step, left and taken up again; its key goes into the safe and comes back.

use std::fs;

use app::init_hub::StartingPlan;
use app::screens::hub::start::HubStep;
use app::set_up_hub::HubSetup;
use app::{Error, Home, HubFault, World};
use tempfile::TempDir;

const PASSPHRASE: &str = "珠山 泊位 七点半 海风";

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn resumed(&self) -> HubSetup {
        HubSetup::resume(&self.at("setup")).unwrap().unwrap()
    }

    fn founded(&self, plan: StartingPlan) -> Home {
        let mut setup = HubSetup::begin(&self.at("setup"), &World::real()).unwrap();
        setup.name(" 区政府督查室 ", plan).unwrap();
        setup.finish(PASSPHRASE, &self.at("home"), World::real()).unwrap();
        Home::open(&self.at("home"), World::real()).unwrap()
    }
}

#[test]
fn every_step_can_be_left_and_taken_up_again() {
    let desk = Desk::new();
    assert!(HubSetup::resume(&desk.at("setup")).unwrap().is_none());
    let mut setup = HubSetup::begin(&desk.at("setup"), &World::real()).unwrap();
    assert_eq!((setup.view().step, setup.view().reached), (HubStep::Name, HubStep::Name));
    assert!(matches!(setup.go(Some(HubStep::Passphrase)), Err(Error::StepSkipped)));
    setup.note("区政府督").unwrap();
    assert_eq!(desk.resumed().view().name, "区政府督");
    assert!(matches!(
        desk.resumed().finish(PASSPHRASE, &desk.at("home"), World::real()),
        Err(Error::StepSkipped)
    ));

    for bad in ["", "  ", "区政府\u{200b}督查室", &"长".repeat(41)] {
        let refused = setup.name(bad, StartingPlan::Builtin2024);
        assert!(matches!(refused, Err(Error::BadHub(HubFault::Name { limit: 40 }))), "{bad:?}");
    }
    let refused = setup.name("督查室", StartingPlan::Empty { year: 1999 });
    assert!(matches!(refused, Err(Error::BadHub(HubFault::Year(1999)))));
    setup.name("区政府督查室", StartingPlan::Empty { year: 2025 }).unwrap();
    let view = desk.resumed().view();
    assert_eq!((view.step, view.builtin, view.year), (HubStep::Passphrase, false, 2025));

    // Back to the choice of a role, and on again where it was left.
    desk.resumed().go(None).unwrap();
    assert!(desk.resumed().is_choosing());
    let setup = HubSetup::begin(&desk.at("setup"), &World::real()).unwrap();
    assert_eq!(setup.view().step, HubStep::Passphrase);
    let refused = setup.finish("区政府督查室", &desk.at("home"), World::real());
    assert!(matches!(refused, Err(Error::WeakPassphrase { .. } | Error::GuessablePassphrase)));
    assert!(!desk.at("home").exists());

    desk.resumed().finish(PASSPHRASE, &desk.at("home"), World::real()).unwrap();
    assert!(!desk.at("setup").exists());
    let mut hub = Home::open(&desk.at("home"), World::real()).unwrap();
    assert_eq!(hub.plan().unwrap().calendar.year, 2025);
    let view = hub.first_run_view(false).unwrap().unwrap();
    assert_eq!((view.step, view.name.as_str()), (HubStep::Slip, "区政府督查室"));
    let slip = view.slip.unwrap();
    assert_eq!(slip.fingerprint, hub.show_key().unwrap().fingerprint);
    assert_eq!(slip.fingerprint.split(' ').map(str::len).collect::<Vec<_>>(), [5; 8]);
    hub.set_first_run(Some(HubStep::Recovery)).unwrap();
    assert!(matches!(hub.set_first_run(Some(HubStep::Name)), Err(Error::StepSkipped)));
    drop(hub);
    let mut hub = Home::open(&desk.at("home"), World::real()).unwrap();
    assert_eq!(hub.first_run().unwrap(), Some(HubStep::Recovery));
    hub.set_first_run(None).unwrap();
    assert!(hub.first_run_view(false).unwrap().is_none());
}

#[test]
fn the_copy_from_the_safe_opens_the_hub_again() {
    let desk = Desk::new();
    let mut hub = desk.founded(StartingPlan::Builtin2024);
    let (stick, key) = (desk.at("stick"), desk.at("home").join("key.age"));
    fs::create_dir(&stick).unwrap();
    let told = |hub: &mut Home| {
        hub.hub_home(None).unwrap().notices.iter().any(|n| n.message.code == "no_recovery_key")
    };
    assert!(told(&mut hub) && hub.recovery_path().exists());

    let name = hub.save_recovery_key(&stick).unwrap();
    assert!(name.starts_with("恢复钥匙-区政府督查室-"), "{name}");
    let again = hub.save_recovery_key(&stick).unwrap();
    assert_ne!(name, again);
    assert!(!told(&mut hub) && !hub.recovery_path().exists());
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 2);

    hub.change_passphrase(PASSPHRASE, "另一个 口令 八点 涨潮").unwrap();
    fs::write(&key, "damaged").unwrap();
    let to = desk.at("out");
    fs::create_dir(&to).unwrap();
    assert!(matches!(hub.issue_plan("另一个 口令 八点 涨潮", &to), Err(Error::WrongPassphrase)));
    let copy = stick.join(&name);
    // The copy opens as it was made.
    assert!(matches!(
        hub.restore_key(&copy, "另一个 口令 八点 涨潮"),
        Err(Error::BadHub(HubFault::WrongCopy))
    ));
    hub.restore_key(&copy, PASSPHRASE).unwrap();
    hub.issue_plan(PASSPHRASE, &to).unwrap();

    let other = Desk::new();
    let mut stranger = other.founded(StartingPlan::Empty { year: 2025 });
    assert!(matches!(stranger.restore_key(&copy, PASSPHRASE), Err(Error::BadHub(HubFault::OtherKey))));
}
