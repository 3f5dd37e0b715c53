//! Every screen of a hub, light and dark, wide and narrow: nobody is kept out, nothing is cut off, and people can look at it.

use crate::harness::{Desk, Window, stage};

const PLACES: [(&str, &str); 8] = [
    ("总览", "overview"),
    ("目标", "targets"),
    ("单位", "offices"),
    ("接收", "receiving"),
    ("汇总", "consolidation"),
    ("通报", "bulletin"),
    ("下达", "issuing"),
    ("设置", "settings"),
];

/// What leads on, the title of what comes, and its name.
const OWN: [(&str, &str, &str); 3] = [
    ("本级填报", "本级填报", "entry"),
    ("去审核", "本级审核", "checks"),
    ("去签发", "本级签发入账", "sending"),
];

/// Both sizes that count: the second is what a screen of 1280×720 has left at 150 %, less the bars of the window and the
/// system.
const SIZES: [(u32, u32); 2] = [(1280, 720), (853, 420)];

/// Opens the demonstration of a hub: June is due today.
fn opened(desk: &Desk) -> Window<'_> {
    stage::hub_demonstration(desk);
    let window = desk.open();
    window.click("button", "继续演示汇总单位");
    window.sees("已报单位");
    window
}

fn look_around(window: &Window<'_>, theme: &str) {
    for (width, height) in SIZES {
        window.size(width, height);
        for (place, name) in PLACES {
            window.go(place);
            window.is_fit_to_be_seen(&format!("hub-{name}-{theme}-{width}"));
        }
        // 本级 reports from under 汇总.
        window.go("汇总");
        for (next, title, name) in OWN {
            window.click("button", next);
            window.until(&format!("{title} is shown"), || (window.title() == title).then_some(()));
            window.is_fit_to_be_seen(&format!("hub-own-{name}-{theme}-{width}"));
        }
    }
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn every_place_in_the_light() {
    let desk = Desk::new();
    let window = opened(&desk);
    look_around(&window, "light");
}

#[test]
fn every_place_in_the_dark() {
    let desk = Desk::new().dark();
    let window = opened(&desk);
    assert!(window.is_dark());
    look_around(&window, "dark");
}

/// Has people look at the page as it stands, wide and narrow.
fn look(window: &Window<'_>, name: &str, theme: &str) {
    for (width, height) in SIZES {
        window.size(width, height);
        window.is_fit_to_be_seen(&format!("hub-{name}-{theme}-{width}"));
    }
    window.size(SIZES[0].0, SIZES[0].1);
}

/// A month's work: what arrived is taken in, looked at, sent back; what lies behind a figure; the lock, the bulletin.
fn look_at_the_month(window: &Window<'_>, theme: &str) {
    let look = |name: &str| look(window, name, theme);
    let into_sight = |css: &str| {
        window.js("document.querySelector(arguments[0]).scrollIntoView()", &[css.into()]);
    };
    into_sight("section[aria-labelledby=behind]");
    look("overview-below");
    window.go("接收");
    window.click("choice", "交换文件夹（演示）");
    window.click("button", "开始接收");
    window.sees("接收结果");
    look("received");
    into_sight("section[aria-label$=分叉]");
    look("fork");
    window.click("button", "打开 泊里镇");
    window.sees("按第 1 版方案填报");
    look("opened");
    window.click("button", "退回 引进过亿元产业项目");
    window.sees("退回哪一格");
    look("marking");
    window.fill("原因", "与备案的项目数不一致，请核对后重报。");
    window.click("button", "标上");
    window.sees("将退回");
    look("marked");
    window.press("Esc");

    window.go("汇总");
    window.click("box", "找目标或单位");
    window.type_text("3-2-02");
    window.tab_to("grid", "目标 × 单位");
    window.press("Enter");
    window.sees("家承担");
    look("behind-a-figure");
    window.click("button", "泊里镇 分解数");
    window.sees("历史");
    look("behind-a-cell");
    window.press("Esc");
    window.click("button", "未报名单");
    window.sees("上次报送");
    look("missing");
    window.press("Esc");
    window.click("button", "锁定本期…");
    window.sees("备注（可以不写）");
    look("locking");
    window.press("Esc");
    window.go("通报");
    window.sees("本期还没有锁定");
    window.click("button", "改“");
    look("bulletin-rewriting");
    window.press("Esc");
    assert_eq!(window.complaints(), Vec::<String>::new());
}

/// The plan's work: targets and who is given them, the rules, the offices and their keys, a round to the drive.
fn look_at_the_plan(window: &Window<'_>, theme: &str) {
    let look = |name: &str| look(window, name, theme);
    window.go("目标");
    window.to_division("3-2-02");
    look("target-division");
    window.fill("泊里镇的分解数", "21");
    window.press("Enter");
    window.sees("改动 1…");
    window.click("button", "内容");
    look("target-form");
    window.click("button", "停用…");
    window.sees("停用的原因");
    look("target-retiring");
    window.press("Esc");
    window.click("button", "改动 1…");
    window.sees("与第 1 版的不同");
    look("plan-changes");
    window.press("Esc");
    for (rules, name) in [
        ("章节", "chapters"),
        ("报告期和截止日", "calendar"),
        ("亮灯规则", "lamp-rule"),
        ("目标间比较", "pairs"),
    ] {
        window.choose("章节和规则", rules);
        window.until("the rules are open", || window.find("heading", rules));
        look(name);
        window.press("Esc");
    }
    window.click("button", "添加目标");
    window.sees("不加了");
    look("target-adding");
    window.click("button", "不加了");

    window.go("单位");
    window.click("button", "泊里镇");
    look("office");
    for (act, back, name) in [
        ("改名…", "取消", "office-renaming"),
        ("停用单位…", "取消", "office-retiring"),
        ("停用密钥…", "取消", "office-revoking"),
    ] {
        window.click("button", act);
        look(name);
        window.click("button", back);
    }
    window.press("Esc");
    window.click("button", "新增单位…");
    look("office-adding");
    window.press("Esc");
    window.click("button", "登记注册包…");
    window.choose("一、纸上写的单位", "长江路街道");
    look("admitting");
    window.press("Esc");

    window.go("下达");
    window.fill("口令", stage::PASSPHRASE);
    window.click("choice", "交换文件夹（演示）");
    window.click("button", "签名并写入");
    window.sees("可以拔出");
    look("issued");
    window.click("button", "再拷一份 ");
    look("copying-a-round");
    window.press("Esc");

    window.go("设置");
    for (act, name) in
        [("改名…", "hub-renaming"), ("存一份…", "recovery-copy"), ("用恢复钥匙换回密钥…", "recovery-use")]
    {
        window.click("button", act);
        look(name);
        window.press("Esc");
    }
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn a_months_work_in_the_light() {
    let desk = Desk::new();
    look_at_the_month(&opened(&desk), "light");
}

#[test]
fn a_months_work_in_the_dark() {
    let desk = Desk::new().dark();
    look_at_the_month(&opened(&desk), "dark");
}

#[test]
fn the_plans_work_in_the_light() {
    let desk = Desk::new();
    look_at_the_plan(&opened(&desk), "light");
}

#[test]
fn the_plans_work_in_the_dark() {
    let desk = Desk::new().dark();
    look_at_the_plan(&opened(&desk), "dark");
}
