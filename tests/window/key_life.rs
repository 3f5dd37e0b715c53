//! An office's keys in the real window, from both sides: one hands over to the next, a passphrase is lost, a key is revoked.

use app::Home;
use testkit::district::fill;
use testkit::plan::COUNT;
use testkit::{PASSPHRASE, TurnableClock, period, sign_off, world};

use crate::harness::{Window, stage};
use places::{DAY, OFFICE, STICK, Two, closed, look, receive, sign_round};

pub mod places;

/// What an office chooses when it begins again.
const NEW: &str = "潮水 纸船 三十七 灯塔";

/// Opens what the hub knows of the office.
fn opens_the_office(window: &Window<'_>) {
    window.go("单位");
    window.click("button", OFFICE);
    window.sees("密钥");
}

#[test]
fn an_office_replaces_its_key_and_the_hub_follows() {
    let two = Two::new();
    let window = two.office.open_on(DAY);
    window.go("设置");
    window.click("button", "更换密钥…");
    window.click("choice", STICK);
    window.fill("口令", "不是这一个口令呀");
    window.click("button", "更换");
    window.sees("口令不对");
    look(&window, "key-office-wrong-passphrase");
    assert_eq!(two.on_the_stick("换钥-"), 0);
    window.fill("口令", PASSPHRASE);
    window.click("button", "更换");
    window.sees("可以拔出");
    look(&window, "key-office-replaced");
    window.click("button", "关闭");
    // Until a receipt says that the hub follows, there is no third key, only the same file again.
    window.sees("等汇总单位的回执确认");
    window.click("button", "以前的密钥（1）");
    window.sees("由它担保换成下一把");
    look(&window, "key-office-waits");
    window.click("button", "再拷一份换钥包…");
    assert!(window.find("box", "口令").is_none(), "the passphrase is asked for where nothing is signed");
    window.click("choice", STICK);
    window.click("button", "拷贝");
    window.sees("可以拔出");
    window.click("button", "关闭");
    closed(window);
    assert_eq!(two.on_the_stick("换钥-"), 1, "the same bytes under the same name");
    two.report("2024-03", "10", PASSPHRASE);

    let window = two.hub.open_on(DAY);
    let said = receive(&window);
    assert!(said.contains("换密钥 1") && said.contains("已接收 1"), "{said}");
    window.sees("由原来的密钥在第 2 号担保，不用再核对指纹");
    look(&window, "key-hub-followed");
    opens_the_office(&window);
    window.sees("由原密钥担保");
    window.sees("在第 2 号换成下一把");
    look(&window, "key-hub-office-handed");
    window.press("Esc");
    sign_round(&window);
    closed(window);
    assert_eq!(two.counted("2024-03", COUNT).as_deref(), Some("10"));

    let window = two.office.open_on(DAY);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("汇总单位已改用本单位的新密钥");
    window.go("设置");
    window.sees("更换密钥…");
    assert!(!window.text().contains("等汇总单位的回执确认"));
    closed(window);
}

#[test]
fn a_lost_passphrase_means_another_key_and_another_paper() {
    let two = Two::new();
    two.report("2024-03", "10", PASSPHRASE);
    let late = two.put_aside("上报-");
    let window = two.office.open_on(DAY);
    window.go("设置");
    window.click("button", "重新注册…");
    look(&window, "key-office-enrolling-again");
    window.fill("新口令", "12345678");
    window.fill("再输入一次", "12345678");
    window.rests();
    assert!(!window.enabled("button", "换新密钥，重新注册"), "a passphrase that is easily guessed is taken");
    window.fill("新口令", NEW);
    window.fill("再输入一次", NEW);
    look(&window, "key-office-new-passphrase");
    window.click("button", "换新密钥，重新注册");
    window.sees("口令和密钥已经换好，填过、报过的都在");
    look(&window, "key-office-paper");
    let digits = window.js("return document.querySelector('.digits').innerText", &[]);
    window.click("choice", STICK);
    window.click("button", "导出注册包");
    window.sees("可以拔出");
    window.click("button", "已交给汇总单位，开始使用");
    // What the hub has not answered is to be signed anew.
    window.sees("报送后有改动");
    closed(window);
    two.export("2024-03", NEW);
    two.bring_back(&late);

    let window = two.hub.open_on(DAY);
    let said = receive(&window);
    assert!(said.contains("注册包 1") && said.contains("未注册 1"), "{said}");
    opens_the_office(&window);
    window.click("button", "登记新密钥…");
    window.choose("一、纸上写的单位", OFFICE);
    window.fill("二、纸上的 40 位指纹", digits.as_str().unwrap());
    window.sees("旧密钥停在已收到的最后一号");
    assert!(!window.enabled("button", "核对并登记"), "a key is replaced before anybody asked the office");
    look(&window, "key-hub-replacing");
    window.click("choice", "已和");
    window.click("button", "核对并登记");
    window.sees("新密钥已登记，旧密钥停用");
    window.press("Esc");
    opens_the_office(&window);
    window.sees("停用，算到第");
    look(&window, "key-hub-office-two-keys");
    window.press("Esc");
    receive(&window);
    closed(window);
    assert_eq!(two.counted("2024-03", COUNT).as_deref(), Some("10"));
    assert_eq!(two.counted("2024-02", COUNT).as_deref(), Some("5"), "what the old key signed remains");
}

#[test]
fn what_a_revoked_key_signs_is_refused_and_the_office_is_told() {
    let two = Two::new();
    two.report("2024-03", "10", PASSPHRASE);
    let window = two.hub.open_on(DAY);
    receive(&window);
    opens_the_office(&window);
    window.click("button", "停用密钥…");
    window.sees("已收到的报表都照算");
    window.fill("算到第几号", "9");
    window.sees("现在只收到第 2 号，不能填更大的数");
    assert!(!window.enabled("button", "停用密钥"));
    window.fill("算到第几号", "1");
    window.sees("这些报表将不再计入：2024年3月（第 2 号）");
    look(&window, "key-hub-revoking");
    window.click("button", "停用密钥");
    window.sees("停用，算到第 1 号");
    look(&window, "key-hub-revoked");
    window.press("Esc");
    sign_round(&window);
    closed(window);
    assert_eq!(
        two.counted("2024-03", COUNT).as_deref(),
        Some("5"),
        "of March nothing counts, February is carried"
    );

    two.report("2024-04", "15", PASSPHRASE);
    let window = two.hub.open_on(DAY);
    let said = receive(&window);
    // March's file lies there still.
    assert!(said.contains("拒收 2"), "{said}");
    window.sees("拒收：东街道 第 3 号，这把密钥已停用，只算到第 1 号。请让该单位用新密钥重新签发");
    look(&window, "key-hub-refused");
    // The number was wrong: March was still the office's own.
    opens_the_office(&window);
    window.click("button", "改第 1 把算到第几号…");
    window.fill("算到第几号", "2");
    window.sees("已收到的报表都照算");
    window.click("button", "停用密钥");
    window.sees("停用，算到第 2 号");
    closed(window);
    assert_eq!(two.counted("2024-03", COUNT).as_deref(), Some("10"));

    let window = two.office.open_on(DAY);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees("本单位的密钥已停用，只算到第 1 号");
    window.sees("密钥已停用，不计入");
    look(&window, "key-office-told");
    window.go("报送");
    window.sees("汇总单位已停用这台电脑上的密钥");
    window.sees("密钥已停用，不计入");
    window.sees("请到“设置”重新注册");
    look(&window, "key-office-closed");
    closed(window);
}

#[test]
fn where_a_key_handed_over_and_signed_on_the_operator_decides() {
    let two = Two::new();
    let clone = two.office.at("clone");
    stage::copy(&two.office.home(), &clone);
    two.office_home().rotate_key(PASSPHRASE, &two.hub.stick()).unwrap();
    two.report("2024-04", "15", PASSPHRASE);
    // Somebody else has the old key, and signs March under the number of the handing over.
    let mut rival = Home::open(&clone, world(&TurnableClock::at(DAY), 81)).unwrap();
    fill(&mut rival, period("2024-03"), "99");
    let sheet = rival.sheet(period("2024-03"), None).unwrap();
    rival.export(&sheet, &sign_off(), PASSPHRASE, &two.hub.stick()).unwrap();
    drop(rival);

    let window = two.hub.open_on(DAY);
    let said = receive(&window);
    assert!(said.contains("分叉"), "{said}");
    window.sees("新旧密钥从这里起都是争议、暂不计入");
    look(&window, "key-hub-forked");
    window.js("document.querySelector('section[aria-label$=分叉]').scrollIntoView()", &[]);
    window.sees("第 2 号更换密钥");
    look(&window, "key-hub-fork");
    assert!(!window.enabled("button", "以更换密钥的为准"), "it is decided without a reason");
    window.fill("选定的原因", "电话核实，密钥是本单位换的");
    window.click("button", "以更换密钥的为准");
    window.sees("已选定的分叉 1 处");
    window.click("button", "已选定的分叉 1 处");
    look(&window, "key-hub-fork-decided");
    closed(window);
    assert_eq!(two.counted("2024-04", COUNT).as_deref(), Some("15"));
    assert_eq!(
        two.counted("2024-03", COUNT).as_deref(),
        Some("5"),
        "what was signed beside it does not count"
    );
}
