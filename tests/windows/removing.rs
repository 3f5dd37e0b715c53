//! What becomes of the ledger when the program is replaced or goes.

use std::fs;

use crate::harness::{OWN_PLACE, WITHOUT_WEBVIEW, Windows, built, setup_of};

/// Where the application keeps what is this user's.
const DATA: &str = r"C:\users\甲\AppData\Local\taizhang";

/// Installs, and makes a ledger where the window would.
fn at_work() -> Windows {
    let windows = Windows::new();
    windows.install(&setup_of("0.0.9"), &["/CURRENTUSER"]);
    // Without `--home` the command line works where the window does.
    let said = windows.cli(&["init", "hub", "--name", "测试新区"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(plan_of(&windows).code, Some(0));
    windows
}

fn plan_of(windows: &Windows) -> crate::harness::Said {
    windows.cli(&["--home", &format!(r"{DATA}\home"), "--format", "json", "plan", "show"])
}

#[test]
fn the_ledger_outlives_an_upgrade_and_the_program() {
    let windows = at_work();
    let before = plan_of(&windows).out;
    assert_eq!(windows.install(&setup_of("0.0.10"), &[]), WITHOUT_WEBVIEW);
    assert_eq!(plan_of(&windows).out, before);

    windows.uninstall("HKCU", OWN_PLACE);
    assert!(!windows.path(OWN_PLACE).exists());
    assert!(!windows.path(r"C:\users\甲\Desktop\台账.lnk").exists());
    assert!(
        windows.path(DATA).join("home").join("ledger.db").is_file(),
        "without its pages it asks for nothing and keeps it"
    );

    assert_eq!(windows.install(&built(), &["/CURRENTUSER"]), WITHOUT_WEBVIEW);
    assert_eq!(plan_of(&windows).out, before);
}

#[test]
fn the_ledger_goes_only_when_asked_twice() {
    for (answers, kept) in [(&["7"][..], true), (&["6", "7"], true), (&["6", "6"], false)] {
        let windows = at_work();
        let mut uninstaller = windows.open(format!(r"{OWN_PLACE}\uninstall.exe"), &[]);
        let pages = windows.press(&[&["1"], answers].concat());
        assert_eq!(pages.len(), 1 + answers.len(), "{pages:?}");
        assert!(pages[0].contains(DATA) && pages[0].contains("原样保留"), "{pages:?}");
        assert!(pages[1].contains(DATA) && pages[1].contains("要不要把台账库也删掉"), "{pages:?}");
        if let Some(again) = pages.get(2) {
            assert!(again.contains(DATA) && again.contains("再确认一次"), "{pages:?}");
        }
        // What follows is the last page, and no further question.
        let last = windows.press(&["1"]);
        assert!(!last[0].contains(DATA), "{last:?}");
        uninstaller.wait().unwrap();
        windows.wait("the program is gone", || !windows.path(OWN_PLACE).exists());
        assert_eq!(windows.path(DATA).join("home").join("ledger.db").exists(), kept, "{answers:?}");
        assert_eq!(windows.path(DATA).exists(), kept);
    }
}

#[test]
fn what_was_for_everybody_goes_without_naming_or_asking_for_anybodys_ledger() {
    let place = r"C:\Program Files\Taizhang";
    for silent in [false, true] {
        let windows = Windows::new();
        assert_eq!(windows.install(&built(), &["/ALLUSERS"]), WITHOUT_WEBVIEW);
        let said = windows.cli_at(place, &["init", "hub", "--name", "测试新区"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        if silent {
            windows.uninstall("HKLM", place);
        } else {
            let mut uninstaller = windows.open(format!(r"{place}\uninstall.exe"), &[]);
            // The page that asks and the page that has done it: no question comes between them.
            let pages = windows.press(&["1", "1"]);
            uninstaller.wait().unwrap();
            let (first, last) = (&pages[0], &pages[1]);
            let meant = [place, "所有用户", r"各自的 %LOCALAPPDATA%\taizhang", "原样保留"];
            assert!(meant.iter().all(|words| first.contains(words)), "{pages:?}");
            assert!(!first.contains(DATA) && !last.contains("taizhang"), "{pages:?}");
        }
        windows.wait("the program is gone", || !windows.path(place).exists());
        assert!(windows.path(DATA).join("home").join("ledger.db").is_file());
    }
}

#[test]
fn what_somebody_put_into_the_programs_folder_stays() {
    let windows = Windows::new();
    windows.install(&built(), &["/CURRENTUSER"]);
    let note = windows.path(OWN_PLACE).join("说明.txt");
    fs::write(&note, "别人的").unwrap();
    windows.uninstall("HKCU", OWN_PLACE);
    assert_eq!(fs::read_to_string(&note).unwrap(), "别人的");
    windows.wait("the rest is gone", || fs::read_dir(windows.path(OWN_PLACE)).unwrap().count() == 1);
}
