//! 零报告 from its dialog to the hub: what it clears is said, comes back where it was a mistake, and one signed word counts.

use std::fs;
use std::path::PathBuf;

use app::Home;
use testkit::district::fill;
use testkit::plan::{COUNT, STOCK};
use testkit::{District, PASSPHRASE, TurnableClock, world};

use crate::harness::month::sign;
use crate::harness::stage::{self, period};
use crate::harness::{Desk, Window};

const DAY: &str = "2024-03-20";
const MARCH: &str = "2024-03";

/// Puts an office on the desk that owes no rate, with February reported and March typed; returns its hub's folder.
fn lay_out(desk: &Desk) -> PathBuf {
    let mut district = District::new(3);
    let february = district.report(2, "2024-02", "5", "february").path;
    district.receive(&february);
    district.answer(2, "receipts");
    fill(&mut district.offices[2], period(MARCH), "9");
    let (hub, office) = (district.hub.dir().to_owned(), district.offices[2].dir().to_owned());
    // Nothing may be open while it is copied.
    let folder = district.closed();
    stage::copy(&hub, &desk.at("hub"));
    stage::copy(&office, &desk.home());
    drop(folder);
    desk.at("hub")
}

/// What stands on the disk: whether it is 零报告, and the figures of two targets.
fn kept(desk: &Desk) -> (bool, String, String) {
    let figure = |target| stage::figure(desk, MARCH, target);
    (stage::sheet(desk, MARCH).nil, figure(COUNT), figure(STOCK))
}

fn is_kept(desk: &Desk, nil: bool, count: &str, stock: &str) {
    let wanted = (nil, count.to_owned(), stock.to_owned());
    crate::harness::until(&format!("{wanted:?} is on the disk"), || (kept(desk) == wanted).then_some(()));
}

/// Declares 零报告 and says yes to what it clears.
fn declare(window: &Window<'_>) {
    window.click("button", "零报告…");
    window.sees("零报告是一句要签名的话");
    window.sees("有 3 项已经填了数或文字，报零报告会把它们清空");
}

#[test]
fn a_nil_return_is_declared_taken_back_declared_again_and_counts() {
    let desk = Desk::new();
    let hub = lay_out(&desk);
    let window = desk.open_on(DAY);
    window.go("填报");
    window.choose_period(MARCH);
    window.holds("新增项目，累计完成", "9");

    // Thought better of: nothing is touched.
    declare(&window);
    window.is_fit_to_be_seen("nil-asking");
    window.click("button", "不报零报告");
    assert_eq!(kept(&desk), (false, "9".to_owned(), "101".to_owned()));

    declare(&window);
    window.click("button", "清空并报零报告");
    window.sees("本期是零报告：各项本期没有新增，沿用上次的数");
    window.holds("新增项目，累计完成", "");
    is_kept(&desk, true, "", "");
    window.is_fit_to_be_seen("nil-declared");

    // A mistake: it is taken back, and so is what it cleared.
    window.click("button", "撤销零报告");
    window.until("零报告 is gone", || (!window.text().contains("本期是零报告")).then_some(()));
    is_kept(&desk, false, "", "");
    window.click("box", "新增项目，累计完成");
    window.press("Ctrl+Z");
    window.holds("新增项目，累计完成", "9");
    is_kept(&desk, false, "9", "101");

    declare(&window);
    window.click("button", "清空并报零报告");
    window.sees("本期是零报告");
    is_kept(&desk, true, "", "");
    window.go("审核");
    window.sees("审核通过，可以报送。");
    window.click("button", "去报送");
    sign(&window, PASSPHRASE);
    window.sees("已经写完，并读回核对过");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);

    let files = fs::read_dir(desk.stick()).unwrap().map(|entry| entry.unwrap().path());
    let sent: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "tzb")).collect();
    assert_eq!(sent.len(), 1, "{sent:?}");
    let mut hub = Home::open(&hub, world(&TurnableClock::at(DAY), 78)).unwrap();
    let arrived = hub.receive_at_desk(&sent, &mut |_, _| true).unwrap();
    assert_eq!(arrived[0].group, "accepted", "{:?}", arrived[0].message);
    let [line] = &hub.receiving(period(MARCH)).unwrap().returns[..] else { panic!("one return was sent") };
    assert!(line.nil && line.counted);
    let status = hub.status(period(MARCH)).unwrap();
    let actual = |code: &str| status.targets.iter().find(|one| one.code == code).unwrap().actual.clone();
    assert_eq!(actual(COUNT).as_deref(), Some("5"), "no more than February's");
    assert_eq!(status.offices.iter().filter(|office| office.reported && office.nil).count(), 1);
}
