//! What is typed and not on disk yet: 审核 and 报送 wait for it, and where it cannot be saved they say so.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc;

use ledger::Ledger;

use crate::harness::processes::limit_files;
use crate::harness::{Desk, Window, built, month, stage, until};

const JUNE: &str = "2024-06";

/// The size of the ledger's log, which grows with every saving.
fn log_size(desk: &Desk) -> u64 {
    fs::metadata(desk.home().join("ledger.db-wal")).unwrap().len()
}

#[test]
fn a_disk_that_fails_holds_checks_and_sending_back_until_all_is_saved() {
    let desk = Desk::new();
    let program = desk.at("bears-limits");
    // Without the signal, a write beyond the limit fails as one on a bad disk does.
    let script = format!("#!/bin/sh\nexec env --ignore-signal=XFSZ '{}' \"$@\"\n", built().display());
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let desk = desk.through(program);
    stage::office_at_work(&desk);
    let window = desk.open();
    month::complete(&window);
    window.click("button", "去报送");
    until("it could be signed", || window.find("button", "签名并写入优盘"));

    // The log is made longer than anything else that the application writes, and then may grow no more.
    let mut ledger = Ledger::open(&desk.home().join("ledger.db")).unwrap();
    ledger.write(|tx| tx.set_setting("padding", Some(&"x".repeat(8 << 20)))).unwrap();
    ledger.write(|tx| tx.set_setting("padding", None)).unwrap();
    drop(ledger);
    window.go("填报");
    window.sees("未填 0");
    limit_files(window.own_process(), Some(log_size(&desk)));
    window.fill("营商环境创新举措，累计完成", "7");
    window.press("Enter");
    window.sees("磁盘读写出错，这一步没有做");
    window.sees("1 格还没有存到硬盘");
    window.is_fit_to_be_seen("unsaved-entry");
    window.fill("新增泊位，累计完成", "117");
    window.press("Enter");
    window.sees("2 格还没有存到硬盘");
    window.go("审核");
    window.sees("2 格还没有存到硬盘，会自动再试；请先不要关窗口");
    window.is_fit_to_be_seen("unsaved-checks");
    assert!(window.find("button", "去报送").is_none() && !window.text().contains("审核通过"));
    window.go("报送");
    window.sees("2 格还没有存到硬盘");
    window.is_fit_to_be_seen("unsaved-sending");
    assert!(window.find("button", "签名并写入优盘").is_none());
    assert_eq!(stage::figure(&desk, JUNE, "4-2-02"), "6", "nothing is half-done");

    limit_files(window.own_process(), None);
    window.click("button", "现在再试");
    until("the form is there again", || window.find("button", "签名并写入优盘"));
    assert_eq!(stage::figure(&desk, JUNE, "4-2-02"), "7");
    assert_eq!(stage::figure(&desk, JUNE, "5-2-04"), "117");
    window.go("审核");
    window.sees("审核通过，可以报送。");
    assert_eq!(window.complaints(), Vec::<String>::new());
}

/// Keeps the ledger from everybody else, as a program does that writes something long.
fn busy(desk: &Desk) -> impl FnOnce() + use<> {
    let path = desk.home().join("ledger.db");
    let ((begun, wait), (end, ended)) = (mpsc::channel(), mpsc::channel::<()>());
    let other = std::thread::spawn(move || {
        let work = |_: &ledger::Tx<'_>| {
            begun.send(()).unwrap();
            ended.recv().unwrap();
            Ok::<_, ledger::Error>(())
        };
        Ledger::open(&path).unwrap().write(work).unwrap();
    });
    wait.recv().unwrap();
    move || {
        end.send(()).unwrap();
        other.join().unwrap();
    }
}

fn types_while_it_is_busy(window: &Window<'_>) {
    for (name, figure) in month::LEFT {
        window.fill(&format!("{name}，累计完成"), figure);
        window.press("Enter");
    }
}

#[test]
fn checks_and_sending_wait_for_what_is_on_its_way_to_the_disk() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.go("审核");
    window.fill("说明：新增充电桩", "拆除重复登记的 20 个。");
    window.press("Ctrl+Enter");
    window.sees("错误 5 处");
    window.go("填报");
    window.sees("未填 5");
    // The first figure is being saved, the others wait their turn.
    let done = busy(&desk);
    types_while_it_is_busy(&window);
    window.go("审核");
    assert!(!window.text().contains("审核通过") && window.find("button", "去报送").is_none());
    done();
    window.sees("审核通过，可以报送。");
    for (target, figure) in [("4-2-02", "6"), ("5-2-04", "116"), ("7-1-05", "11")] {
        assert_eq!(stage::figure(&desk, JUNE, target), figure);
    }

    window.go("填报");
    window.sees("未填 0");
    let done = busy(&desk);
    window.fill("营商环境创新举措，累计完成", "7");
    window.press("Enter");
    window.press("Delete");
    window.go("报送");
    assert!(window.find("button", "签名并写入优盘").is_none(), "a figure is missing, and it could be signed");
    done();
    window.sees("去审核");
    assert!(window.find("button", "签名并写入优盘").is_none());
    assert_eq!(window.complaints(), Vec::<String>::new());
}
