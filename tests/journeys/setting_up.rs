//! The first run of an office: every step can be left and taken up again, and nothing half done is ever opened.

use std::fs;
use std::path::{Path, PathBuf};

use app::init_hub::{StartingPlan, init_hub};
use app::init_office::Introduction;
use app::screens::start::SetupStep;
use app::set_up_office::{Setup, Typed, discard};
use app::{Error, Home};
use testkit::plan::{NAMES, small};
use testkit::world::world;
use testkit::{District, PASSPHRASE};

const GOOD: &str = "海风吹过第三个路口";

struct FirstRun {
    district: District,
    plan: PathBuf,
    digits: String,
    dir: PathBuf,
    home: PathBuf,
}

impl FirstRun {
    fn new() -> Self {
        let mut district = District::with_plan(&small(2), 0);
        let (plan, digits) = (district.newest_plan(), district.hub.show_key().unwrap().fingerprint);
        let (dir, home) = (district.at("data/setup"), district.at("data/home"));
        Self { district, plan, digits, dir, home }
    }

    /// Takes up what is kept, as after the window was closed.
    fn resume(&self) -> Setup {
        Setup::resume(&self.dir).unwrap().unwrap()
    }

    fn introduction(&self) -> Introduction<'static> {
        Introduction { office: NAMES[0], contact: "张海", telephone: "0532-86161234" }
    }

    /// Does everything but the passphrase.
    fn up_to_passphrase(&self) -> Setup {
        let mut setup = Setup::begin(&self.dir).unwrap();
        setup.take_plan(&self.plan).unwrap();
        setup.confirm_hub(&self.digits).unwrap();
        setup.introduce(&self.introduction()).unwrap();
        setup
    }

    fn finish(&self, setup: Setup, passphrase: &str) -> app::Result<()> {
        setup.finish(passphrase, &self.home, world(&self.district.clock, 77))
    }

    fn open(&mut self) -> Home {
        let home = self.home.clone();
        self.district.reopen(&home)
    }
}

#[test]
fn an_office_is_set_up_step_by_step_and_the_hub_takes_its_enrolment() {
    let mut run = FirstRun::new();
    assert!(Setup::resume(&run.dir).unwrap().is_none());
    drop(Setup::begin(&run.dir).unwrap());

    let mut setup = run.resume();
    assert_eq!(setup.view().step, SetupStep::Plan);
    setup.take_plan(&run.plan).unwrap();
    // The stick can be pulled out now.
    fs::remove_file(&run.plan).unwrap();

    let mut setup = run.resume();
    let view = setup.view();
    let plan = view.plan.unwrap();
    assert_eq!((view.step, view.hub_confirmed), (SetupStep::Hub, false));
    assert_eq!(plan.file, run.plan.file_name().unwrap().to_string_lossy());
    assert!(plan.offices.is_empty(), "nothing of an unproven plan is chosen from");
    let wrong = format!("00000{}", &run.digits[5..]);
    assert!(matches!(setup.confirm_hub(&wrong), Err(Error::OtherFingerprint)));
    assert!(matches!(setup.confirm_hub("12345"), Err(Error::BadFingerprint(_))));
    assert_eq!(run.resume().view().step, SetupStep::Hub);
    setup.confirm_hub(&run.digits).unwrap();

    let mut setup = run.resume();
    let view = setup.view();
    assert_eq!(view.step, SetupStep::Unit);
    let names: Vec<String> = view.plan.unwrap().offices.into_iter().flat_map(|group| group.names).collect();
    assert_eq!(names, NAMES[..2], "本级 is nobody's choice");
    setup.introduce(&run.introduction()).unwrap();

    let setup = run.resume();
    assert_eq!(setup.view().step, SetupStep::Passphrase);
    assert!(matches!(run.finish(setup, "短"), Err(Error::WeakPassphrase { .. })));
    assert!(matches!(run.finish(run.resume(), "053286161234"), Err(Error::GuessablePassphrase)));
    run.finish(run.resume(), GOOD).unwrap();
    assert!(!run.dir.exists());

    let mut home = run.open();
    assert!(home.is_enrolling().unwrap());
    let slip = home.enrolment_slip(false).unwrap();
    let stick = run.district.at("stick");
    // Signed when the passphrase was typed; delivering it again and again wants it no more.
    let delivery = home.deliver_enrolment("", &stick).unwrap();
    assert_eq!(delivery.file, slip.file);
    assert!(home.deliver_enrolment("", &stick).unwrap().again);
    run.district.hub.admit_office(&stick.join(&slip.file), NAMES[0], &slip.fingerprint, false).unwrap();
    home.finish_enrolment().unwrap();
    drop(home);
    assert!(!run.open().is_enrolling().unwrap());
}

#[test]
fn one_can_go_back_and_nothing_is_lost() {
    let run = FirstRun::new();
    let mut setup = run.up_to_passphrase();
    setup.go(Some(SetupStep::Plan)).unwrap();
    let view = run.resume().view();
    assert_eq!((view.step, view.reached), (SetupStep::Plan, SetupStep::Passphrase));
    assert_eq!((&*view.office, &*view.contact, view.hub_confirmed), (NAMES[0], "张海", true));

    // Back to the choice of a role, and on from there to where one was.
    setup.go(None).unwrap();
    assert!(run.resume().is_choosing());
    assert_eq!(Setup::begin(&run.dir).unwrap().view().step, SetupStep::Passphrase);

    discard(&run.dir).unwrap();
    assert!(Setup::resume(&run.dir).unwrap().is_none());
    discard(&run.dir).unwrap();
}

#[test]
fn what_was_typed_and_not_sent_off_is_kept() {
    let run = FirstRun::new();
    let mut setup = Setup::begin(&run.dir).unwrap();
    setup.take_plan(&run.plan).unwrap();
    setup.note(Typed { digits: Some("12345 678".to_owned()), ..Typed::default() }).unwrap();
    assert_eq!(run.resume().view().digits, "12345 678");
    assert_eq!(run.resume().view().reached, SetupStep::Hub);
    setup.confirm_hub(&run.digits).unwrap();
    setup.note(Typed { contact: Some("张".repeat(9_999)), ..Typed::default() }).unwrap();
    let view = run.resume().view();
    assert_eq!((view.step, view.office.as_str()), (SetupStep::Unit, ""));
    assert!(view.contact.starts_with("张张") && view.contact.chars().count() < 1_000);
    assert_eq!(view.reached, SetupStep::Unit, "what is too long is no contact yet");
}

#[test]
fn no_step_is_skipped() {
    let run = FirstRun::new();
    let mut setup = Setup::begin(&run.dir).unwrap();
    assert!(matches!(setup.go(Some(SetupStep::Hub)), Err(Error::StepSkipped)));
    assert!(matches!(setup.confirm_hub(&run.digits), Err(Error::StepSkipped)));
    setup.take_plan(&run.plan).unwrap();
    assert!(matches!(setup.introduce(&run.introduction()), Err(Error::StepSkipped)));
    assert!(matches!(run.finish(run.resume(), GOOD), Err(Error::StepSkipped)));
    setup.confirm_hub(&run.digits).unwrap();
    for (office, contact, telephone) in
        [("没有的街道", "张海", "1"), (NAMES[0], " ", "1"), (NAMES[0], "张海", "")]
    {
        assert!(setup.introduce(&Introduction { office, contact, telephone }).is_err(), "{office}{contact}");
    }
    assert!(matches!(run.finish(run.resume(), GOOD), Err(Error::StepSkipped)));
    assert!(!run.home.exists());
}

#[test]
fn only_a_whole_plan_is_taken_in_and_the_one_before_stays() {
    let mut run = FirstRun::new();
    let mut setup = Setup::begin(&run.dir).unwrap();
    let enrolment = run.district.set_up(NAMES[0]).enrol(PASSPHRASE, &run.district.at("other")).unwrap().path;
    assert!(matches!(setup.take_plan(&enrolment), Err(Error::OtherKind { .. })));
    assert!(setup.view().plan.is_none());
    setup.take_plan(&run.plan).unwrap();
    let damaged = run.district.at("坏.tzb");
    let mut bytes = fs::read(&run.plan).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&damaged, bytes).unwrap();
    assert!(matches!(setup.take_plan(&damaged), Err(Error::Rejected { .. })));
    assert_eq!(run.resume().view().plan.unwrap().file, run.plan.file_name().unwrap().to_string_lossy());
}

#[test]
fn another_hubs_plan_wants_another_paper() {
    let run = FirstRun::new();
    let mut setup = run.up_to_passphrase();
    let empty = StartingPlan::Empty { year: 2024 };
    let (clock, dir) = (&run.district.clock, run.district.at("other"));
    let mut other = init_hub(&dir, "乙区", empty, PASSPHRASE, world(clock, 55)).unwrap();
    other.replace_draft(&small(2)).unwrap();
    let issued = other.issue_plan(PASSPHRASE, &run.district.at("other-stick")).unwrap();
    setup.take_plan(&issued.delivered.path).unwrap();
    let view = run.resume().view();
    assert_eq!((view.step, view.reached, view.hub_confirmed), (SetupStep::Hub, SetupStep::Hub, false));
    assert!(view.plan.unwrap().offices.is_empty());
    assert!(matches!(setup.confirm_hub(&run.digits), Err(Error::OtherFingerprint)));
}

#[test]
fn what_was_cut_short_is_done_again_and_a_home_is_never_overwritten() {
    let mut run = FirstRun::new();
    drop(run.up_to_passphrase());
    // Cut short while the home was being made.
    fs::create_dir_all(run.dir.join("home")).unwrap();
    fs::write(run.dir.join("home/key.age"), b"half").unwrap();
    run.finish(run.resume(), GOOD).unwrap();
    let made = run.open().show_key().unwrap().fingerprint;

    // Cut short between moving the home and throwing the rest away, then finished again.
    drop(run.up_to_passphrase());
    assert!(matches!(run.finish(run.resume(), GOOD), Err(Error::HomeTaken(_))));
    assert_eq!(run.open().show_key().unwrap().fingerprint, made);
}

#[test]
fn the_passphrase_is_never_written_down() {
    let run = FirstRun::new();
    drop(run.up_to_passphrase());
    fs::create_dir_all(&run.home).unwrap();
    fs::write(run.home.join("x"), b"taken").unwrap();
    assert!(run.finish(run.resume(), GOOD).is_err());
    let mut files = Vec::new();
    walk(&run.dir, &mut files);
    assert!(files.len() > 3, "the home was made and could not be moved");
    for file in files {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(GOOD.len()).any(|at| at == GOOD.as_bytes()), "{}", file.display());
    }
}

#[test]
fn what_cannot_be_read_any_more_is_typed_again() {
    let run = FirstRun::new();
    drop(run.up_to_passphrase());
    fs::write(run.dir.join("setup.toml"), b"at = [").unwrap();
    let view = run.resume().view();
    assert!(view.plan.is_some());
    assert_eq!((view.reached, view.office.as_str()), (SetupStep::Hub, ""));
    fs::write(run.dir.join("plan.tzb"), b"x").unwrap();
    assert_eq!(run.resume().view().reached, SetupStep::Plan);
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}
