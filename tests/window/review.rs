//! 先审核，再计入 in the hub's window: what arrives waits, is accepted at one stroke, counts; and the paper held against the file.

use app::Home;
use testkit::plan::{COUNT, NAMES};
use testkit::{District, TurnableClock, world};

use crate::harness::stage::{self, period};
use crate::harness::{Desk, Window, until};

const DAY: &str = "2024-03-20";
const MARCH: &str = "2024-03";

/// What stands on the paper of the first office's return: its number, and the first digits of its digest.
struct Paper {
    number: u64,
    digits: String,
}

/// Puts a hub on the desk and the March of two offices on its stick; returns what the first one's paper says.
fn lay_out(desk: &Desk) -> Paper {
    let mut district = District::new(2);
    let first = district.report(0, MARCH, "10", "stick").path;
    district.report(1, MARCH, "20", "stick");
    let digest = app::verify::examine(&first).unwrap().file_digest.to_string();
    let slip = district.offices[0].slip(&digest, false).unwrap();
    let (hub, stick) = (district.hub.dir().to_owned(), district.at("stick"));
    // Nothing may be open while it is copied.
    let folder = district.closed();
    stage::copy(&hub, &desk.home());
    stage::copy(&stick, &desk.stick());
    drop(folder);
    Paper { number: slip.seq.into(), digits: slip.short_digest }
}

fn hub(desk: &Desk) -> Home {
    Home::open(&desk.home(), world(&TurnableClock::at(DAY), 78)).unwrap()
}

/// What counts of March, and how many returns wait.
fn stands(desk: &Desk) -> (Option<String>, u32) {
    let hub = hub(desk);
    let status = hub.status(period(MARCH)).unwrap();
    let actual = status.targets.into_iter().find(|one| one.code == COUNT).unwrap().actual;
    (actual, hub.receiving(period(MARCH)).unwrap().waiting_total)
}

fn paper(desk: &Desk, office: &str) -> String {
    let returns = hub(desk).receiving(period(MARCH)).unwrap().returns;
    returns.into_iter().find(|line| line.name == office).unwrap().paper
}

fn receive(window: &Window<'_>) {
    window.go("接收");
    window.click("choice", "交换文件夹");
    window.click("button", "开始接收");
    window.sees("接收结果");
}

fn hold_against(window: &Window<'_>, number: u64, digits: &str) {
    window.fill("纸上的数据包编号", &number.to_string());
    window.fill("纸上的摘要前 8 位", digits);
    window.click("button", "核对纸件");
}

#[test]
fn what_is_to_be_reviewed_waits_and_counts_once_it_is_accepted() {
    let desk = Desk::new();
    lay_out(&desk);
    let window = desk.open_on(DAY);
    window.go("设置");
    window.click("choice", "报表先审核，再计入汇总");
    until("it is switched on", || hub(&desk).receiving(period(MARCH)).unwrap().review.then_some(()));
    receive(&window);
    window.sees("待审 2 份");
    assert_eq!(stands(&desk), (None, 2), "what waits does not count");
    window.is_fit_to_be_seen("review-waiting");
    window.click("button", "全部接收");
    window.sees("有 2 份待审，接收后即计入汇总");
    window.is_fit_to_be_seen("review-asking");
    window.click("button", "取消");
    assert_eq!(stands(&desk), (None, 2), "to ask is not to accept");
    window.click("button", "全部接收");
    window.click("button", "接收 2 份");
    window.sees("已接收 2 份");
    window.until("nothing waits on the screen", || (!window.text().contains("待审 2 份")).then_some(()));
    assert_eq!(stands(&desk), (Some("30".to_owned()), 0));
    window.choose_period(MARCH);
    window.sees(NAMES[0]);
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn the_paper_is_held_against_the_file_by_number_and_digits() {
    let desk = Desk::new();
    let written = lay_out(&desk);
    let window = desk.open_on(DAY);
    receive(&window);
    window.choose_period(MARCH);
    window.click("button", &format!("打开 {}", NAMES[0]));
    window.sees("核对纸件");
    assert_eq!(paper(&desk, NAMES[0]), "none");
    assert!(!window.text().contains(&written.digits), "the digits are to be read off the paper");

    hold_against(&window, written.number + 1, &written.digits);
    window.sees(&format!("纸上是第 {} 号，文件是第 {} 号", written.number + 1, written.number));
    assert_eq!(paper(&desk, NAMES[0]), "differs");
    let wrong = if written.digits.starts_with('0') { "1111 1111" } else { "0000 0000" };
    hold_against(&window, written.number, wrong);
    window.sees("编号相同，摘要前 8 位不同");
    assert_eq!(paper(&desk, NAMES[0]), "differs");
    window.is_fit_to_be_seen("paper-differs");
    hold_against(&window, written.number, &written.digits);
    window.sees("纸件可以归档");
    assert_eq!(paper(&desk, NAMES[0]), "agrees");
    window.is_fit_to_be_seen("paper-agrees");
    assert_eq!(paper(&desk, NAMES[1]), "none", "nobody looked at the other one's");
    assert_eq!(window.complaints(), Vec::<String>::new());
}
