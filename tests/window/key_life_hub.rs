//! A hub's keys and offices in the real window: its key changes, is restored from the safe, a computer is replaced, offices merge
//! and split.

use std::fs;

use app::Home;
use testkit::PASSPHRASE;
use testkit::plan::{COUNT, NAMES};
use testkit::{TurnableClock, period, world};

use crate::harness::{Desk, Window, stage};
use crate::key_life::places::{DAY, OFFICE, STICK, Two, closed, district, look, receive, sign_round};

/// Reads the digits of the unit's own key in 设置.
fn own_digits(window: &Window<'_>) -> String {
    let digits = window.js("return document.querySelector('.digits').innerText", &[]);
    digits.as_str().unwrap().split_whitespace().collect()
}

#[test]
fn offices_follow_the_hubs_new_key_and_who_missed_it_types_the_new_digits() {
    let two = Two::new();
    let window = two.hub.open_on(DAY);
    window.go("设置");
    let before = own_digits(&window);
    window.click("button", "更换密钥…");
    window.click("choice", STICK);
    window.fill("口令", PASSPHRASE);
    look(&window, "key-change-at-the-hub");
    window.click("button", "更换");
    window.sees("请做完这四件事");
    look(&window, "key-changed-at-the-hub");
    window.click("button", "关闭");
    window.click("button", "以前的密钥（1）");
    window.sees("由它担保换成下一把");
    let digits = own_digits(&window);
    assert_ne!(digits, before, "the slip still has the digits of before");
    closed(window);
    assert_eq!(two.on_the_stick("下达-"), 1);

    // Who takes that plan in follows; nobody types anything.
    let window = two.office.open_on(DAY);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("汇总单位更换了密钥，由原来的密钥担保，不用再核对指纹");
    look(&window, "key-office-follows");
    window.go("设置");
    window.click("button", "它以前的密钥（1）");
    closed(window);

    // The other office missed it, and gets what came after.
    two.put_aside("下达-");
    let mut hub = two.hub_home();
    let mut plan = hub.plan().unwrap();
    plan.title = "改了标题".to_owned();
    hub.replace_draft(&plan).unwrap();
    let later = hub.issue_plan(PASSPHRASE, &two.hub.stick()).unwrap().delivered.path;
    drop(hub);
    let other = Desk::new().with_stick_of(&two.hub);
    stage::copy(&district().join("office-1"), &other.home());
    let window = other.open_on(DAY);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("不是用已确认的汇总单位密钥签的，可能没有导入它换密钥的那一版方案（一般是第 2 版）");
    window.sees("到“设置”对着汇总单位新的盖章纸输入 40 位指纹");
    look(&window, "key-office-missed-it");
    window.go("设置");
    window.click("button", "核对新指纹…");
    window.fill("纸上的 40 位指纹", &before);
    window.click("button", "选择下达包并核对…");
    other.choose("选择汇总单位的下达包", &later);
    window.sees("输入的 40 位指纹与这个文件不符");
    look(&window, "key-office-old-digits");
    window.fill("纸上的 40 位指纹", &digits);
    window.click("button", "选择下达包并核对…");
    other.choose("选择汇总单位的下达包", &later);
    window.sees("指纹相符，已改用汇总单位的新密钥");
    window.click("button", "它以前的密钥（1）");
    window.sees("核对新指纹后不再用");
    look(&window, "key-office-trusts");
    closed(window);
    let home = Home::open(&other.home(), world(&TurnableClock::at(DAY), 79)).unwrap();
    assert_eq!(home.plan().unwrap().title, "改了标题");
}

#[test]
fn the_copy_from_the_safe_puts_a_broken_key_back() {
    let two = Two::new();
    let window = two.hub.open_on(DAY);
    window.go("设置");
    window.sees("还没有存过");
    window.click("button", "存一份…");
    window.click("choice", STICK);
    window.click("button", "存恢复钥匙");
    window.sees("可以拔出");
    look(&window, "key-recovery-saved");
    window.click("button", "关闭");
    window.sees("上次存于 3月20日");
    // The passphrase is another one afterwards; the copy keeps the one of its day.
    window.click("button", "换口令…");
    window.fill("现在的口令", PASSPHRASE);
    window.fill("新口令", "潮水 纸船 三十七 灯塔");
    window.fill("再输入一次", "潮水 纸船 三十七 灯塔");
    look(&window, "key-passphrase-changing");
    window.click("button", "更换");
    window.sees("口令已更换");
    closed(window);
    let copy = two.put_aside("恢复钥匙-");
    fs::write(two.hub.home().join("key.age"), b"half a key").unwrap();

    let window = two.hub.open_on(DAY);
    window.go("下达");
    window.click("choice", STICK);
    window.click("button", "全选");
    window.fill("口令", "潮水 纸船 三十七 灯塔");
    window.click("button", "签名并写入");
    window.sees("口令不对，或密钥文件已损坏");
    window.go("设置");
    window.click("button", "用恢复钥匙换回密钥…");
    window.fill("存恢复钥匙那天的口令", "潮水 纸船 三十七 灯塔");
    window.click("button", "选择恢复钥匙…");
    two.hub.choose("选择恢复钥匙", &copy);
    window.sees("请输入存它那天的口令，不是现在的");
    look(&window, "key-recovery-wrong-passphrase");
    window.fill("存恢复钥匙那天的口令", PASSPHRASE);
    window.click("button", "选择恢复钥匙…");
    two.hub.choose("选择恢复钥匙", &copy);
    window.sees("密钥已恢复");
    sign_round_of_all(&window);
    closed(window);
    assert_eq!(two.on_the_stick("回执-"), 2);
}

/// The hub signs a receipt for everybody, news or not.
fn sign_round_of_all(window: &Window<'_>) {
    window.go("下达");
    window.click("button", "全选");
    sign_round(window);
}

#[test]
fn an_office_moves_to_another_computer_and_catches_up_with_the_hubs_word() {
    let two = Two::new();
    let window = two.office.open_on(DAY);
    window.go("设置");
    window.click("button", "备份…");
    window.click("choice", STICK);
    look(&window, "key-backing-up");
    window.click("button", "开始备份");
    window.sees("备份好了");
    look(&window, "key-backed-up");
    closed(window);
    let backup = two.found("台账备份-");
    assert!(backup.is_empty(), "a backup is a folder");
    let backup = fs::read_dir(two.hub.stick()).unwrap().map(|entry| entry.unwrap().path());
    let backup = backup.into_iter().find(|path| path.is_dir()).unwrap();

    let new = Desk::new().with_stick_of(&two.hub);
    let window = new.open_on(DAY);
    window.sees("这台电脑给谁用？");
    window.click("button", "从备份恢复…");
    new.choose("选择备份文件夹", &backup);
    window.sees("台账是从备份恢复的，不知道恢复前报到了第几号");
    look(&window, "key-moved");
    closed(window);
    testkit::district::fill(&mut home_of(&new), period("2024-03"), "10");
    let window = new.open_on(DAY);
    window.go("报送");
    window.sees("请汇总单位到“下达”另出一份回执");
    look(&window, "key-moved-cannot-send");
    closed(window);

    // All receipts are here already; only one that was never seen says that nothing was sent since.
    let window = two.hub.open_on(DAY);
    window.go("下达");
    window.click("choice", OFFICE);
    window.click("choice", "选中的都另出一份新编号的");
    look(&window, "key-fresh-receipt");
    sign_round(&window);
    closed(window);
    let window = new.open_on(DAY);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("回执第 2 号");
    window.go("报送");
    for (label, name) in [("填报人", "甲"), ("审核人", "乙"), ("签发人", "丙")] {
        window.fill(label, name);
    }
    window.fill("口令", PASSPHRASE);
    window.click("choice", STICK);
    window.click("button", "签名并写入优盘");
    window.sees("已经写完，并读回核对过");
    closed(window);
    let window = two.hub.open_on(DAY);
    let said = receive(&window);
    assert!(said.contains("已接收 1"), "{said}");
    closed(window);
    assert_eq!(two.counted("2024-03", COUNT).as_deref(), Some("10"));
}

fn home_of(desk: &Desk) -> Home {
    Home::open(&desk.home(), world(&TurnableClock::at(DAY), 80)).unwrap()
}

#[test]
fn offices_merge_split_and_leave_from_a_day_on() {
    let two = Two::new();
    let window = two.hub.open_on(DAY);
    window.go("单位");
    window.click("button", NAMES[0]);
    window.click("button", "改名…");
    window.fill("新名称", "滨河街道");
    window.fill("从哪天起用", "2024-03-25");
    look(&window, "key-renaming");
    window.click("button", "改名");
    window.sees("滨河街道（2024年3月25日起）");
    window.click("button", "合并、拆分…");
    window.choose("与哪个单位合并", NAMES[1]);
    window.fill("合并后叫什么", "东西街道");
    window.fill("从哪天起", "四月一日");
    window.click("button", "合并");
    window.sees("“四月一日”不是日期");
    look(&window, "key-merging");
    window.fill("从哪天起", "2024-04-01");
    window.click("button", "合并");
    window.press("Esc");
    window.sees("新增，待下达");
    window.click("button", "东西街道");
    window.sees("由滨河街道、西街道合并，2024年4月1日起报告");
    look(&window, "key-merged");
    // The new one is parted again. Of what nobody has seen yet a name is mended, and the day stays; then it leaves.
    window.click("button", "合并、拆分…");
    window.click("choice", "拆分成几个单位");
    window.fill("拆分成哪些单位", "滨海街道");
    window.press("Enter");
    window.type_text("山前街道");
    window.fill("从哪天起", "2024-07-01");
    look(&window, "key-splitting");
    window.click("button", "拆分");
    window.press("Esc");
    window.click("button", "山前街道");
    window.sees("由东西街道分出，2024年7月1日起报告");
    window.click("button", "改名…");
    window.fill("新名称", "山前新区");
    assert!(window.find("box", "从哪天起用").is_none());
    window.click("button", "改名");
    window.sees("山前新区（2024年7月1日起）");
    window.click("button", "停用单位…");
    window.fill("停用日期", "2024-12-01");
    look(&window, "key-retiring");
    window.click("button", "停用");
    window.sees("2024年12月1日起不再报告");
    window.press("Esc");
    look(&window, "key-offices");
    window.go("下达");
    window.sees("改动后的方案");
    sign_round(&window);
    closed(window);
    let plan = two.hub_home().plan().unwrap();
    let names = |day: &str| {
        let duties = plan.duties_in(period(day));
        let all = plan.offices.iter().filter(|office| !office.id.is_own());
        all.filter(|office| duties.holder(&office.id).is_some())
            .map(|office| office.name())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("2024-03"), ["滨河街道", NAMES[1]]);
    assert_eq!(names("2024-04"), ["东西街道"]);
    assert_eq!(names("2024-07"), ["滨海街道", "山前新区"]);
    assert_eq!(names("2024-12"), ["滨海街道"]);

    let window = two.office.open_on(DAY);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("已导入第 2 版目标方案");
    closed(window);
}

#[test]
fn a_hub_is_restored_on_another_computer_and_takes_in_again_what_came_since() {
    let two = Two::new();
    let backup = two.hub_home().back_up(&two.hub.at("safe")).unwrap();
    two.report("2024-03", "10", PASSPHRASE);
    let mut lost = two.hub_home();
    testkit::taken(&mut lost, &two.hub.stick());
    lost.send_receipts(None, PASSPHRASE, &two.hub.stick()).unwrap();
    drop(lost);

    let new = Desk::new().with_stick_of(&two.hub);
    let window = new.open_on(DAY);
    window.click("button", "从备份恢复…");
    new.choose("选择备份文件夹", &backup);
    window.sees("已从备份恢复。接下来要做的，写在“设置”里");
    window.sees("已报单位");
    let said = receive(&window);
    assert!(said.contains("已接收 1"), "{said}");
    look(&window, "key-hub-restored");
    sign_round_of_all(&window);
    closed(window);
    let status = home_of(&new).status(period("2024-03")).unwrap();
    let counted = status.targets.iter().find(|one| one.code == COUNT).unwrap();
    assert_eq!(counted.actual.as_deref(), Some("10"));

    // What the lost computer sent lies on the stick as well; nobody sees a fork in it.
    let window = two.office.open_on(DAY);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("回执第 2 号");
    window.sees("回执第 1 号：接收 2 份");
    assert!(!window.text().contains("分叉"));
    look(&window, "key-office-restored-hub");
    closed(window);
}
