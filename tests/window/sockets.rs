//! Nothing is online: our own process opens no internet socket, whatever is done in the window.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::harness::{Desk, Window, built, month, stage, until};

/// What strace writes down, a file per thread: programs begun, threads and processes born, sockets and where they lead.
const TRACE: &str = "-ff -qq -e trace=execve,clone,clone3,fork,vfork,socket,bind,connect -o";

/// Returns what the processes that ran a program did with internet sockets, from what strace wrote down.
///
/// A process runs what its parent ran until it begins another program. The automation's own socket, which only the
/// tests have, is known by its address.
fn internet_sockets(log: &Path, program: &Path, automation: Option<&str>) -> Vec<String> {
    let mut calls = BTreeMap::new();
    for entry in fs::read_dir(log).unwrap().map(Result::unwrap) {
        let thread: u32 = entry.path().extension().unwrap().to_str().unwrap().parse().unwrap();
        calls.insert(thread, fs::read_to_string(entry.path()).unwrap());
    }
    let begins = format!("execve(\"{}\"", program.display());
    let starts = |calls: &str| calls.lines().any(|call| call.starts_with(&begins));
    let mut left: Vec<u32> =
        calls.iter().filter(|(_, calls)| starts(calls)).map(|(&thread, _)| thread).collect();
    assert!(!left.is_empty(), "{} was never started", program.display());
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    while let Some(thread) = left.pop() {
        if !seen.insert(thread) {
            continue;
        }
        let calls = calls.get(&thread).map_or("", String::as_str);
        let own = match starts(calls) {
            true => calls.lines().skip_while(|call| !call.starts_with(&begins)).skip(1).collect::<Vec<_>>(),
            false => calls.lines().collect(),
        };
        let own: Vec<&str> = own.into_iter().take_while(|call| !call.starts_with("execve(")).collect();
        let born = own.iter().filter(|call| call.starts_with("clone") || call.contains("fork("));
        left.extend(born.filter_map(|call| call.rsplit_once("= ")?.1.parse::<u32>().ok()));
        found.extend(
            own.iter().filter(|call| call.contains("AF_INET")).map(|call| format!("{thread}: {call}")),
        );
    }
    let Some(port) = automation else { return found };
    let address = format!("sin_port=htons({port}), sin_addr=inet_addr(\"127.0.0.1\")");
    let automated = found.iter().filter(|call| call.contains(&address)).count();
    let mut sockets = automated;
    // To every use of the automation's address belongs one socket before it.
    found.retain(|call| {
        let its_own = call.contains("socket(AF_INET, SOCK_STREAM") && sockets > 0;
        sockets -= usize::from(its_own);
        !its_own && !call.contains(&address)
    });
    found
}

/// Returns the internet sockets that a process holds now, but for the automation's.
fn held(process: i32, automation: Option<&str>) -> Vec<String> {
    let links = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let links = links.filter_map(|entry| fs::read_link(entry.path()).ok());
    let own: BTreeSet<String> = links
        .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.trim_end_matches(']').to_owned()))
        .collect();
    let port = automation.and_then(|port| port.parse::<u16>().ok()).map(|port| format!(":{port:04X}"));
    let tables = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"].map(|name| format!("/proc/net/{name}"));
    let tables = tables.iter().filter_map(|table| fs::read_to_string(table).ok()).collect::<String>();
    let sockets =
        tables.lines().filter(|line| line.split_whitespace().nth(9).is_some_and(|id| own.contains(id)));
    let strangers = sockets.filter(|line| port.as_ref().is_none_or(|port| !line.contains(port.as_str())));
    strangers.map(str::to_owned).collect()
}

/// A desk whose application is watched, and where the watch writes down what it sees.
fn watched() -> (Desk, PathBuf) {
    let desk = Desk::new();
    let (log, traced) = (desk.at("calls"), desk.at("traced"));
    fs::create_dir(&log).unwrap();
    let (to, program) = (log.join("thread"), built());
    let script =
        format!("#!/bin/sh\nexec strace {TRACE} '{}' '{}' \"$@\"\n", to.display(), program.display());
    fs::write(&traced, script).unwrap();
    fs::set_permissions(&traced, fs::Permissions::from_mode(0o755)).unwrap();
    (desk.through(traced), log)
}

/// Fails where the window holds an internet socket or ever opened one, but for the automation's.
fn opened_none(window: Window<'_>, log: &Path) {
    let environment = fs::read(format!("/proc/{}/environ", window.own_process())).unwrap();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    let inspector = environment.split('\0').find_map(|pair| pair.strip_prefix("WEBKIT_INSPECTOR_SERVER="));
    let port = inspector.and_then(|address| address.rsplit_once(':')).map(|(_, port)| port.to_owned());
    // Whatever the web view's processes did before, none of them is connected to anything.
    for process in window.processes() {
        let held = held(process, port.as_deref());
        assert!(held.is_empty(), "process {process} holds internet sockets:\n{}", held.join("\n"));
    }
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let found = internet_sockets(log, &built(), port.as_deref());
    assert!(found.is_empty(), "internet sockets of our own process:\n{}", found.join("\n"));
}

#[test]
fn a_whole_month_opens_no_internet_socket() {
    let (desk, log) = watched();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    for place in ["填报", "审核", "报送", "回执", "分析", "设置", "首页"] {
        window.go(place);
    }
    // What goes out, what comes in, and what is drawn.
    month::complete(&window);
    window.go("报送");
    month::send(&window);
    window.click("button", "打印报送单");
    window.sees("打印后签名、盖章");
    window.press("Esc");
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("退回原因：");
    window.go("分析");
    until("the charts are drawn", || window.find("image", "参加考核的"));
    window.click("button", "营商环境创新举措");
    window.sees("原文");
    until("the trend is drawn", || window.find("image", "营商环境创新举措"));
    opened_none(window, &log);
}

#[test]
fn a_hub_that_is_tried_opens_no_internet_socket() {
    let (desk, log) = watched();
    let window = desk.open();
    window.click("button", "演示汇总单位");
    // Half a year of a whole district is made, every system call of it watched.
    window.until_within(Duration::from_secs(90), "the demonstration is made", || {
        window.text().contains("退出演示").then_some(())
    });
    for place in ["总览", "目标", "单位", "接收", "汇总", "通报", "下达", "设置", "总览"] {
        window.go(place);
        window.rests();
    }
    opened_none(window, &log);
}

#[test]
fn an_internet_socket_would_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    let shell = fs::canonicalize("/bin/bash").unwrap();
    // A process of its own opens one, as a library that phones home would.
    let phones = "(exec 3<>/dev/udp/192.0.2.1/53); true";
    let mut strace = Command::new("strace");
    strace.args(TRACE.split(' ')).arg(folder.path().join("thread")).arg(&shell).args(["-c", phones]);
    assert!(strace.status().unwrap().success());
    let found = internet_sockets(folder.path(), &shell, Some("4444"));
    let listening = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let ourselves = std::process::id().cast_signed();
    let port = listening.local_addr().unwrap().port();
    assert!(held(ourselves, None).iter().any(|line| line.contains(&format!(":{port:04X}"))));
    assert!(found.iter().any(|call| call.contains("192.0.2.1")), "nothing was seen: {found:?}");
    assert!(
        found.iter().any(|call| call.contains("socket(AF_INET, SOCK_DGRAM")),
        "only half was seen: {found:?}"
    );
}
