//! Any bytes to a hub with two offices: as a file, or as the records of a return that an enrolled office truly signed.
#![no_main]

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use app::Home;
use app::receive::Verdict;
use bundle::keys::SecretKeys;
use bundle::v1::Payload;
use testkit::forge::{clone_folder, keys_of};
use testkit::{District, Opened, dump, taken, world};

/// A hub is made anew after so many files, so that what is kept aside does not fill the disk.
const FRESH_EVERY: u32 = 300;

struct Scene {
    district: District,
    /// A genuine return of the first office, and its keys.
    genuine: Opened,
    keys: SecretKeys,
    pristine: PathBuf,
    hub: Home,
    before: String,
    received: u32,
}

impl Scene {
    fn new() -> Self {
        let mut district = District::new(2);
        let sent = district.report(0, "2024-03", "10", "stick");
        let (genuine, keys) = (Opened::of(&sent.path), keys_of(district.offices[0].dir()));
        let pristine = district.at("pristine");
        clone_folder(district.hub.dir(), &pristine);
        let hub = district.reopen(&pristine);
        let mut scene = Self { district, genuine, keys, pristine, hub, before: String::new(), received: 0 };
        scene.renew();
        scene
    }

    fn renew(&mut self) {
        let dir = self.district.at("hub-now");
        // The old hub lets go of its files before they are taken away.
        self.hub = Home::open(&self.pristine, world(&self.district.clock, 7)).expect("the pristine hub");
        let _ = fs::remove_dir_all(&dir);
        clone_folder(&self.pristine, &dir);
        self.hub = self.district.reopen(&dir);
        self.before = dump(self.hub.dir());
        self.received = 0;
    }

    /// A return of the first office with these records; nothing where they are no return.
    fn signed(&self, records: &[u8], path: &Path) -> Option<()> {
        let Payload::Progress(read) = fuzz::verified(fuzz::of_records(2, records).bytes())?.into_payload() else {
            return None;
        };
        let mut return_ = self.genuine.clone();
        let content = return_.content();
        content.entries = read.entries;
        content.nil = read.nil;
        content.sign_off = read.sign_off;
        return_.sealed(&self.keys, path);
        Some(())
    }

    fn receive(&mut self, bytes: &[u8]) {
        let Some((first, rest)) = bytes.split_first() else { return };
        let path = self.district.at("file.tzb");
        let _ = fs::remove_file(&path);
        if *first == b'r' {
            // Evidence that is not attached cannot be written at all.
            if rest.windows(10).any(|at| at == b"\"evidence\"") || self.signed(rest, &path).is_none() {
                return;
            }
        } else {
            fs::write(&path, bytes).expect("a file");
        }
        let verdicts = taken(&mut self.hub, &path);
        assert_eq!(verdicts.len(), 1);
        self.received += 1;
        let nothing_written = matches!(
            verdicts[0].verdict,
            Verdict::Skipped(_) | Verdict::Rejected(_) | Verdict::Refused(_) | Verdict::Duplicate
        );
        if !nothing_written || self.received >= FRESH_EVERY {
            if nothing_written {
                assert_eq!(dump(self.hub.dir()), self.before, "a refused file left something behind");
            }
            self.hub.status(testkit::period("2024-03")).expect("figures");
            self.renew();
        }
    }
}

thread_local! {
    static SCENE: RefCell<Option<Scene>> = const { RefCell::new(None) };
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    SCENE.with_borrow_mut(|scene| scene.get_or_insert_with(Scene::new).receive(bytes));
});
