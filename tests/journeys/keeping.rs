//! 设置 of an office: contact, passphrase, backups, and bringing one back on this computer.

use std::fs;

use app::restore_here::restore_here;
use app::screens::settings::Surroundings;
use app::{Error, Home, World};
use testkit::world::world;
use testkit::{District, PASSPHRASE};

const GOOD: &str = "海风吹过第三个路口";

fn backup(district: &mut District) -> std::path::PathBuf {
    let stick = district.at("stick");
    fs::create_dir_all(&stick).unwrap();
    stick.join(district.offices[0].back_up_to_place(&stick, &mut |_, _| true).unwrap().name)
}

fn again(district: &District) -> World {
    world(&district.clock, 99)
}

#[test]
fn the_settings_say_who_this_is() {
    let mut district = District::new(1);
    let hub_digits = district.hub.show_key().unwrap().fingerprint;
    let home = &mut district.offices[0];
    home.set_contact(" 李海 ", "0532-1").unwrap();
    for (contact, telephone) in [("", "0532-1"), ("李海", "  "), (&*"长".repeat(101), "0532-1")] {
        assert!(matches!(home.set_contact(contact, telephone), Err(Error::BadContact { limit: 100 })));
    }
    let view = home.settings(Surroundings { version: "9".to_owned(), ..Surroundings::default() }).unwrap();
    assert_eq!((&*view.contact, &*view.telephone, &*view.keeping.around.version), ("李海", "0532-1", "9"));
    assert_eq!(view.hub_fingerprint, hub_digits);
    assert_eq!(view.fingerprint, home.show_key().unwrap().fingerprint);
    assert!(view.enrolled);
    assert_eq!(view.keeping.last_backup, "");
}

#[test]
fn a_new_passphrase_has_to_be_good_and_the_old_one_right() {
    let mut district = District::new(1);
    let home = &mut district.offices[0];
    assert!(matches!(home.change_to_fit_passphrase(PASSPHRASE, "12345678"), Err(Error::GuessablePassphrase)));
    assert!(matches!(home.change_to_fit_passphrase("不是这个口令吧", GOOD), Err(Error::WrongPassphrase)));
    home.change_to_fit_passphrase(PASSPHRASE, GOOD).unwrap();
    assert!(matches!(home.change_to_fit_passphrase(PASSPHRASE, GOOD), Err(Error::WrongPassphrase)));
}

#[test]
fn a_backup_bears_a_name_and_is_remembered() {
    let mut district = District::new(1);
    let folder = backup(&mut district);
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("台账备份-") && name.contains("-20240301-"), "{name}");
    assert!(folder.join("ledger.db").is_file() && folder.join("key.age").is_file());
    let view = district.offices[0].settings(Surroundings::default()).unwrap();
    assert!(view.keeping.last_backup.starts_with("3月1日 "), "{}", view.keeping.last_backup);
    // The command line names it in the same way.
    let elsewhere = district.at("elsewhere");
    let again = district.offices[0].back_up(&elsewhere).unwrap();
    assert_eq!(again, elsewhere.join(name));
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing() {
    let mut district = District::new(1);
    district.report(0, "2024-02", "5", "sent");
    let stick = district.at("stick");
    let mut told = Vec::new();
    let stopped = district.offices[0].back_up_to_place(&stick, &mut |done, total| {
        told.push((done, total));
        done < 1
    });
    assert!(matches!(stopped, Err(Error::Stopped)), "{stopped:?}");
    assert_eq!(told.len(), 2);
    assert!(told[0].1 > 1);
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
    let view = district.offices[0].settings(Surroundings::default()).unwrap();
    assert_eq!(view.keeping.last_backup, "");
}

#[test]
fn a_backup_comes_back_where_nothing_is() {
    let mut district = District::new(1);
    let folder = backup(&mut district);
    let (scratch, home) = (district.at("data/setup"), district.at("data/home"));
    assert_eq!(restore_here(&folder, &scratch, &home, again(&district)).unwrap(), None);
    assert!(!scratch.exists());
    let restored = district.reopen(&home);
    assert!(restored.is_restored());
    assert_eq!(restored.show_key().unwrap().fingerprint, district.offices[0].show_key().unwrap().fingerprint);
}

#[test]
fn a_home_that_can_be_opened_is_never_replaced() {
    let mut district = District::new(1);
    let folder = backup(&mut district);
    let (scratch, home) = (district.at("data/setup"), district.at("data/home"));
    restore_here(&folder, &scratch, &home, again(&district)).unwrap();
    let before = fs::read(home.join("ledger.db")).unwrap();
    let refused = restore_here(&folder, &scratch, &home, again(&district));
    assert!(matches!(refused, Err(Error::HomeTaken(_))), "{refused:?}");
    assert_eq!(fs::read(home.join("ledger.db")).unwrap(), before);
}

#[test]
fn a_damaged_home_moves_aside_and_is_kept() {
    let mut district = District::new(1);
    let folder = backup(&mut district);
    let (scratch, home) = (district.at("data/setup"), district.at("data/home"));
    restore_here(&folder, &scratch, &home, again(&district)).unwrap();
    let ledger = home.join("ledger.db");
    let mut bytes = fs::read(&ledger).unwrap();
    for byte in &mut bytes[4096..12288] {
        *byte ^= 0x5a;
    }
    fs::write(&ledger, &bytes).unwrap();
    assert!(matches!(Home::open(&home, again(&district)), Err(Error::Ledger(_))));

    let nowhere = restore_here(&district.at("没有"), &scratch, &home, again(&district));
    assert!(matches!(nowhere, Err(Error::NoHome(_))), "{nowhere:?}");
    assert_eq!(fs::read(&ledger).unwrap(), bytes, "a folder that is no backup changes nothing");

    let aside = restore_here(&folder, &scratch, &home, again(&district)).unwrap().unwrap();
    assert_eq!(fs::read(aside.join("ledger.db")).unwrap(), bytes);
    assert!(district.reopen(&home).is_restored());
}
