//! What the setup does: for whom, where, over what, and when it refuses.

use std::fs;
use std::process::Child;

use crate::harness::{
    ENTRY, OWN_PLACE, WITHOUT_WEBVIEW, Windows, built, compile_c, programs, setup_of, setup_with,
};

/// Where the runtime's own setup says that it is there.
const RUNTIME: &str = r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
/// What the setup answers where a newer version is installed.
const DOWNGRADE: i32 = 4;
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn it_installs_without_a_word_and_everything_is_there() {
    let windows = Windows::new();
    assert_eq!(windows.install(&built(), &["/CURRENTUSER"]), WITHOUT_WEBVIEW);
    for name in ["taizhang.exe", "taizhang-cli.exe", "WebView2Loader.dll", "LICENSES.txt"] {
        let (there, meant) = (windows.path(OWN_PLACE).join(name), programs().join(name));
        assert!(fs::read(there).unwrap() == fs::read(meant).unwrap(), "{name}");
    }
    for entry in [
        r"C:\users\甲\Desktop\台账.lnk",
        r"C:\users\甲\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\台账.lnk",
    ] {
        assert!(windows.path(entry).is_file(), "{entry}");
    }
    let said = windows.cli(&["--version"]);
    assert_eq!(said.out.trim(), format!("taizhang-cli {VERSION}"), "{said:?}");
}

#[test]
fn the_list_of_programs_has_version_publisher_and_size() {
    let windows = Windows::new();
    windows.install(&built(), &["/CURRENTUSER"]);
    let listed = |name| windows.registry("HKCU", ENTRY, name).unwrap();
    assert_eq!(listed("DisplayName"), "台账");
    assert_eq!(listed("DisplayVersion"), VERSION);
    assert_eq!(listed("Publisher"), "台账");
    assert_eq!(listed("InstallLocation"), OWN_PLACE);
    let size = listed("EstimatedSize");
    let size = u64::from_str_radix(size.strip_prefix("dword:").unwrap(), 16).unwrap();
    let installed: u64 = ["taizhang.exe", "taizhang-cli.exe", "WebView2Loader.dll", "LICENSES.txt"]
        .map(|name| fs::metadata(programs().join(name)).unwrap().len())
        .iter()
        .sum();
    assert_eq!(size, installed.div_ceil(1024));
}

#[test]
fn bundles_open_in_the_application() {
    let windows = Windows::new();
    windows.install(&built(), &["/CURRENTUSER"]);
    let class = |key: &str| windows.registry("HKCU", &format!(r"Software\Classes\{key}"), "");
    assert_eq!(class(".tzb").unwrap(), "Taizhang.Bundle");
    assert_eq!(class("Taizhang.Bundle").unwrap(), "台账数据包");
    let icon = class(r"Taizhang.Bundle\DefaultIcon").unwrap();
    assert_eq!(icon, format!(r"{OWN_PLACE}\taizhang.exe,0"));
    let open = class(r"Taizhang.Bundle\shell\open\command").unwrap();
    assert_eq!(open, format!("\"{OWN_PLACE}\\taizhang.exe\" \"%1\""));
    windows.uninstall("HKCU", OWN_PLACE);
    assert_eq!((class(".tzb"), class("Taizhang.Bundle")), (None, None));
}

#[test]
fn it_installs_into_a_folder_with_chinese_and_spaces() {
    let windows = Windows::new();
    let place = r"C:\办公 软件\台账 (一)";
    // NSIS takes what follows /D= as it is, without quotes, to the end.
    let words: Vec<String> = format!("/CURRENTUSER /D={place}").split(' ').map(str::to_owned).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(windows.install(&built(), &words), WITHOUT_WEBVIEW);
    assert!(windows.cli_at(place, &["--version"]).out.contains(VERSION));
    // The next one finds it there, whatever it is told.
    assert_eq!(windows.install(&setup_of("9.8.7"), &[r"/D=C:\elsewhere"]), WITHOUT_WEBVIEW);
    assert!(!windows.path(r"C:\elsewhere").exists());
    assert_eq!(windows.registry("HKCU", ENTRY, "InstallLocation").unwrap(), place);
    windows.uninstall("HKCU", place);
    assert!(!windows.path(place).exists());
}

#[test]
fn an_administrator_installs_for_everybody() {
    let windows = Windows::new();
    // Under Wine everybody is one.
    assert_eq!(windows.install(&built(), &[]), WITHOUT_WEBVIEW);
    let place = r"C:\Program Files\Taizhang";
    assert!(windows.path(place).join("taizhang.exe").is_file());
    assert_eq!((windows.listed("HKLM").as_deref(), windows.listed("HKCU")), (Some(VERSION), None));
    assert_eq!(windows.registry("HKLM", r"Software\Classes\.tzb", "").unwrap(), "Taizhang.Bundle");
    assert!(windows.path(r"C:\users\Public\Desktop\台账.lnk").is_file());
    windows.uninstall("HKLM", place);
    assert!(!windows.path(place).exists());
    assert!(!windows.path(r"C:\users\Public\Desktop\台账.lnk").exists());
}

#[test]
fn an_upgrade_stays_where_it_was_and_a_downgrade_is_refused() {
    let windows = Windows::new();
    let (desktop, menu) = (
        windows.path(r"C:\users\甲\Desktop\台账.lnk"),
        r"C:\users\甲\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\台账.lnk",
    );
    windows.install(&setup_of("0.0.9"), &["/CURRENTUSER"]);
    fs::remove_file(&desktop).unwrap();
    assert_eq!(
        windows.install(&setup_of("0.0.10"), &[]),
        WITHOUT_WEBVIEW,
        "numbers, not letters, are compared"
    );
    assert_eq!(windows.listed("HKCU").as_deref(), Some("0.0.10"));
    assert_eq!(windows.listed("HKLM"), None, "what one user has is not installed a second time for all");
    assert!(!desktop.exists() && windows.path(menu).exists(), "an entry that was thrown away stays away");
    assert_eq!(windows.install(&setup_of("0.0.10"), &[]), WITHOUT_WEBVIEW, "the same version mends");

    fs::write(windows.path(OWN_PLACE).join("taizhang.exe"), "as it was").unwrap();
    assert_eq!(windows.install(&setup_of("0.0.9"), &[]), DOWNGRADE);
    assert_eq!(windows.listed("HKCU").as_deref(), Some("0.0.10"));
    assert_eq!(fs::read(windows.path(OWN_PLACE).join("taizhang.exe")).unwrap(), b"as it was");
}

#[test]
fn what_everybody_has_newer_is_a_downgrade_too_and_the_other_way_round() {
    for (newer, hive, older) in [("/ALLUSERS", "HKLM", "/CURRENTUSER"), ("/CURRENTUSER", "HKCU", "/ALLUSERS")]
    {
        let windows = Windows::new();
        assert_eq!(windows.install(&setup_of("0.0.10"), &[newer]), WITHOUT_WEBVIEW);
        assert_eq!(windows.install(&setup_of("0.0.9"), &[older]), DOWNGRADE, "{older}");
        assert_eq!(windows.listed(hive).as_deref(), Some("0.0.10"));
        let other = if hive == "HKLM" { "HKCU" } else { "HKLM" };
        assert_eq!(windows.listed(other), None, "nothing was installed beside it");
        assert_eq!(windows.install(&setup_of("0.0.10"), &[older]), WITHOUT_WEBVIEW, "the same is none");
    }
}

#[test]
fn its_pages_say_what_is_missing_and_why_it_refuses() {
    let windows = Windows::new();
    let mut setup = windows.open(setup_of("0.0.10"), &["/CURRENTUSER"]);
    // What it will do, where, what is missing, and that it is done.
    let pages = windows.press(&["1", "1", "1", "1"]);
    assert_eq!(setup.wait().unwrap().code(), Some(WITHOUT_WEBVIEW), "{pages:?}");
    assert!(
        pages[0].contains("当前用户") && pages[0].contains(r"C:\users\甲\AppData\Local\taizhang"),
        "{pages:?}"
    );
    assert!(pages[1].contains(OWN_PLACE), "{pages:?}");
    assert!(pages[2].contains("没有 Microsoft Edge WebView2 运行时"), "{pages:?}");
    assert!(pages[3].contains("还差一样东西") && !pages[3].contains("现在打开台账"), "{pages:?}");
    for page in &pages[2..] {
        assert!(page.contains("MicrosoftEdgeWebView2RuntimeInstallerX64.exe"), "{pages:?}");
    }

    let mut setup = windows.open(setup_of("0.0.9"), &["/CURRENTUSER"]);
    let pages = windows.press(&["1"]);
    assert_eq!(setup.wait().unwrap().code(), Some(DOWNGRADE), "{pages:?}");
    assert!(pages[0].contains("已经装有更新的版本 0.0.10，不能换成旧的 0.0.9"), "{pages:?}");

    // For all it names nobody's own folder, whoever runs it.
    let windows = Windows::new();
    for words in ["将为这台电脑的所有用户安装", "将升级到"] {
        let mut setup = windows.open(setup_of("0.0.10"), &["/ALLUSERS"]);
        // Whoever reads and cancels is asked whether that is meant.
        let pages = windows.press(&["2", "6"]);
        assert_eq!(setup.wait().unwrap().code(), Some(1), "{pages:?}");
        assert!(
            pages[0].contains(words) && pages[0].contains(r"各自的 %LOCALAPPDATA%\taizhang"),
            "{pages:?}"
        );
        assert!(!pages[0].contains(r"AppData\Local\taizhang"), "{pages:?}");
        assert_eq!(windows.install(&setup_of("0.0.9"), &["/ALLUSERS"]), WITHOUT_WEBVIEW);
    }
}

#[test]
fn windows_before_1809_is_refused() {
    let windows = Windows::new();
    let key = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion";
    for (build, answer) in [("17134", 3), ("17763", WITHOUT_WEBVIEW)] {
        for name in ["CurrentBuild", "CurrentBuildNumber"] {
            windows.set_registry(key, name, "REG_SZ", build);
        }
        windows.settle();
        assert_eq!(windows.install(&built(), &["/CURRENTUSER"]), answer, "{build}");
        assert_eq!(windows.path(OWN_PLACE).exists(), answer != 3);
    }
    assert_eq!(windows.run("winecfg", &["-v", "win81"]).code, Some(0));
    assert_eq!(windows.install(&built(), &["/CURRENTUSER"]), 3);
}

#[test]
fn a_program_that_runs_is_asked_to_close_and_never_overwritten() {
    let windows = Windows::new();
    windows.install(&setup_of("0.0.9"), &["/CURRENTUSER"]);
    // A window like the application's, which closes when it is asked to, or does not.
    let window = compile_c("window.exe", &["-mwindows"]);
    let running = windows.path(OWN_PLACE).join("taizhang.exe");
    fs::copy(window, &running).unwrap();
    let start = |words: &[&str]| -> Child {
        let _ = fs::remove_file(windows.path(r"C:\window-is-open"));
        let child = windows.command(&running).args(words).spawn().unwrap();
        windows.wait("the window is open", || windows.path(r"C:\window-is-open").exists());
        child
    };

    // Two data folders, two windows.
    let mut polite = [start(&[]), start(&[])];
    assert_eq!(windows.install(&setup_of("0.0.10"), &[]), WITHOUT_WEBVIEW);
    for window in &mut polite {
        assert!(window.wait().unwrap().success());
    }
    assert_eq!(windows.listed("HKCU").as_deref(), Some("0.0.10"));

    fs::copy(compile_c("window.exe", &["-mwindows"]), &running).unwrap();
    let mut busy = start(&["busy"]);
    assert_eq!(windows.install(&setup_of("0.0.11"), &[]), 5);
    assert_eq!(windows.listed("HKCU").as_deref(), Some("0.0.10"), "nothing was changed");
    windows.switch_off();
    busy.wait().unwrap();
}

#[test]
fn webview_is_installed_from_the_file_beside_the_setup() {
    let windows = Windows::new();
    let stick = windows.path(r"C:\优盘");
    fs::create_dir_all(&stick).unwrap();
    let setup = stick.join("taizhang-setup.exe");
    fs::copy(built(), &setup).unwrap();
    // In place of Microsoft's, which is not ours to ship: it writes what that one writes.
    fs::copy(compile_c("runtime.exe", &[]), stick.join("MicrosoftEdgeWebView2RuntimeInstallerX64.exe"))
        .unwrap();
    assert_eq!(windows.install(&setup, &["/CURRENTUSER"]), 0);
    let words = fs::read_to_string(windows.path(r"C:\runtime-was-asked")).unwrap();
    assert_eq!(words.trim(), "/silent /install");

    fs::remove_file(windows.path(r"C:\runtime-was-asked")).unwrap();
    assert_eq!(windows.install(&setup, &["/CURRENTUSER"]), 0);
    assert!(!windows.path(r"C:\runtime-was-asked").exists(), "what is there is not installed again");

    windows.set_registry(RUNTIME, "pv", "REG_SZ", "0.0.0.0");
    fs::write(stick.join("MicrosoftEdgeWebView2RuntimeInstallerX64.exe"), "no program").unwrap();
    assert_eq!(windows.install(&setup, &["/CURRENTUSER"]), WITHOUT_WEBVIEW, "0.0.0.0 is none");
}

#[test]
fn webview_is_installed_from_inside_the_setup() {
    let windows = Windows::new();
    let setup = setup_with(&compile_c("runtime.exe", &[]));
    assert_eq!(windows.install(&setup, &["/CURRENTUSER"]), 0);
    let words = fs::read_to_string(windows.path(r"C:\runtime-was-asked")).unwrap();
    assert_eq!(words.trim(), "/silent /install");
    assert!(!windows.path(OWN_PLACE).join("MicrosoftEdgeWebView2RuntimeInstallerX64.exe").exists());
}
