//! An office whose passphrase is lost, or whose key was closed, enrols anew in its own ledger: nothing of it is lost.

use std::process::Command;

use app::receive::Verdict;
use app::screens::PeriodState;
use app::screens::settings::Surroundings;
use app::{Error, KeyFault};
use testkit::plan::{COUNT, NAMES};
use testkit::program;
use testkit::{District, PASSPHRASE, period, sign_off, taken};

const NEW: &str = "海风吹过第三个路口";

/// Admits the office's present key by its paper; it must be said that it takes another's place.
fn admit(district: &mut District) {
    let stick = district.at("again");
    let file = district.offices[0].enrol(NEW, &stick).unwrap().path;
    let digits = district.offices[0].show_key().unwrap().fingerprint;
    let refused = district.hub.admit_office(&file, NAMES[0], &digits, false);
    assert!(matches!(refused, Err(Error::AlreadyEnrolled(_))), "{refused:?}");
    district.hub.admit_office(&file, NAMES[0], &digits, true).unwrap();
}

fn export(
    district: &mut District,
    month: &str,
    passphrase: &str,
    to: &str,
) -> app::Result<std::path::PathBuf> {
    let to = district.at(to);
    let sheet = district.offices[0].sheet(period(month), None)?;
    Ok(district.offices[0].export(&sheet, &sign_off(), passphrase, &to)?.path)
}

#[test]
fn what_was_filled_in_and_reported_stays_under_the_new_key() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    assert_eq!(district.receive(&first), ["accepted"]);
    district.answer(0, "receipts");
    // Of March nothing was heard, April is being filled in.
    let late = district.report(0, "2024-03", "10", "2").path;
    district.fill(0, "2024-04", "15");

    let before = district.offices[0].show_key().unwrap().fingerprint;
    assert!(matches!(district.offices[0].enrol_again("短"), Err(Error::WeakPassphrase { .. })));
    assert_eq!(district.offices[0].show_key().unwrap().fingerprint, before);
    district.offices[0].enrol_again_from_start(NEW).unwrap();
    let slip = district.offices[0].enrolment_slip(false).unwrap();
    assert_ne!(slip.fingerprint, before);
    assert!(slip.again && district.offices[0].is_enrolling().unwrap());
    let dir = district.offices[0].dir().to_owned();
    district.offices[0] = district.reopen(&dir);
    let settings = district.offices[0].settings(Surroundings::default()).unwrap();
    assert!(settings.keeping.keys.introduced, "the enrolment can be handed out again");
    assert!(
        settings.keeping.keys.former[0].contains(&before)
            && settings.keeping.keys.former[0].contains("重新注册后不再用")
    );

    let home = district.offices[0].office_home(Some(period("2024-03"))).unwrap();
    let states: Vec<_> = home.periods.iter().take(3).map(|one| one.state).collect();
    assert_eq!(states, [PeriodState::Accepted, PeriodState::Changed, PeriodState::Draft]);
    admit(&mut district);
    assert_eq!(district.receive(&late), ["key_closed"]);
    let refused = export(&mut district, "2024-03", PASSPHRASE, "3");
    assert!(matches!(refused, Err(Error::WrongPassphrase)), "{refused:?}");
    for (month, count) in [("2024-03", "10"), ("2024-04", "15")] {
        let sent = export(&mut district, month, NEW, month).unwrap();
        assert_eq!(district.receive(&sent), ["accepted"]);
        assert_eq!(district.actual(month, COUNT).as_deref(), Some(count));
    }
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("5"), "what the old key signed remains");
    // What was answered is not signed again, and the answers go on in the stream that they came in.
    let receipt = district.answer(0, "receipts-2");
    assert_eq!(district.receive_at(0, &receipt), ["duplicate"]);
    let home = district.offices[0].office_home(None).unwrap();
    assert!(home.periods.iter().take(3).all(|one| one.state == PeriodState::Accepted), "{:?}", home.periods);
    // The new key can hand over like any other.
    let to = district.at("4");
    let rotation = district.offices[0].rotate_key(NEW, &to).unwrap().path;
    assert_eq!(district.receive(&rotation), ["key_handed_over"]);
    let refused = district.offices[0].enrol(NEW, &to);
    assert!(matches!(refused, Err(Error::BadKey(KeyFault::HandedOver))), "{refused:?}");
    district.offices[0].enrol_again(PASSPHRASE).unwrap();
    assert!(district.offices[0].enrol(PASSPHRASE, &to).is_ok(), "and be lost like any other");
}

#[test]
fn an_office_whose_key_was_revoked_comes_back() {
    let mut district = District::new(1);
    for (month, count) in [("2024-02", "5"), ("2024-03", "99")] {
        let sent = district.report(0, month, count, month).path;
        district.receive(&sent);
    }
    district.hub.revoke(NAMES[0], 1).unwrap();
    let receipts = district.at("receipts");
    let receipt = district.hub.send_receipts(None, PASSPHRASE, &receipts).unwrap()[0].1.path.clone();
    let Verdict::Receipt(said) = &taken(&mut district.offices[0], &receipt)[0].verdict else {
        panic!("a receipt")
    };
    assert_eq!(said.key_closed, Some(1));
    let refused = export(&mut district, "2024-03", PASSPHRASE, "3");
    assert!(matches!(refused, Err(Error::BadKey(KeyFault::Closed(1)))), "{refused:?}");
    let said = app::words::sentence(&refused.unwrap_err());
    assert!(said.in_window.is_some_and(|next| next.contains("重新注册")), "{said:?}");

    district.offices[0].enrol_again(NEW).unwrap();
    let stick = district.at("again");
    let file = district.offices[0].enrol(NEW, &stick).unwrap().path;
    let digits = district.offices[0].show_key().unwrap().fingerprint;
    district.hub.admit_office(&file, NAMES[0], &digits, false).unwrap();
    let sent = export(&mut district, "2024-03", NEW, "4").unwrap();
    assert_eq!(district.receive(&sent), ["accepted"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("99"));
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("5"));
}

#[test]
fn the_command_line_does_it_as_well() {
    let district = District::new(1);
    let before = district.offices[0].show_key().unwrap().fingerprint;
    let dir = district.offices[0].dir().to_owned();
    drop(district.offices);
    let to = dir.with_file_name("stick");
    let mut command = Command::new(program::program());
    command.arg("--home").arg(&dir).args(["enrol", "--new-key", "--to"]).arg(&to);
    let said = command.env("TAIZHANG_NEW_PASSPHRASE", NEW).env_remove("TAIZHANG_HOME").output().unwrap();
    let out = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(out.contains("注册包已写到") && out.contains("指纹") && !out.contains(&before), "{out}");
}
