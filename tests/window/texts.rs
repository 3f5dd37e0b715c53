//! Texts: whatever is typed is shown as text on every screen that shows it, and kept to the letter.

use app::send_back::SentBack;
use app::{Home, World};

use crate::harness::stage::{self, OFFICE, PASSPHRASE};
use crate::harness::{Desk, until};

const JUNE: &str = "2024-06";
const MARKUP: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;{{7*7}}<b>粗</b>";

#[test]
fn markup_and_script_are_text_everywhere() {
    let desk = Desk::new();
    let mut hub = Home::open(&stage::office_at_work(&desk), World::real()).unwrap();
    // The hub says it too, of a cell that it sends back.
    let cell = SentBack { target: "3-2-03", field: None, reason: MARKUP };
    hub.send_back(OFFICE, stage::period("2024-05"), &[cell]).unwrap();
    hub.send_receipts(Some(OFFICE), PASSPHRASE, &desk.stick()).unwrap();
    let window = desk.open();
    window.go("填报");
    window.click("box", "新增充电桩，累计完成");
    for label in ["说明（为什么是这样）", "进展说明", "存在问题", "下步措施"] {
        window.fill(label, MARKUP);
    }
    window.fill("新增泊位，累计完成", MARKUP);
    window.press("Enter");
    window.line_says("新增泊位", MARKUP);
    window.fill("查找目标", MARKUP);
    window.sees(&format!("没有名称、编号或原文里有“{MARKUP}”的目标"));
    window.press("Esc");
    window.click("box", "扶持创业，累计完成");
    window.click("button", "标为不适用…");
    window.fill("不适用的原因", MARKUP);
    window.click("button", "标为不适用");
    window.line_says("扶持创业", &format!("不适用：{MARKUP}"));
    window.go("审核");
    window.sees(&format!("“{MARKUP}”不是数"));
    window.holds("说明：新增充电桩", MARKUP);
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees(&format!("退回原因：{MARKUP}"));
    window.go("设置");
    window.fill("联系人", MARKUP);
    window.fill("电话", MARKUP);
    window.click("button", "保存联系方式");
    window.sees("联系人和电话已保存");
    window.holds("联系人", MARKUP);
    window.go("填报");
    window.click("box", "新增泊位，累计完成");
    window.fill("新增泊位，累计完成", "116");
    for (name, figure) in [("营商环境创新举措", "6"), ("新建养老服务驿站", "1"), ("新增婴幼儿托位", "11")]
    {
        window.fill(&format!("{name}，累计完成"), figure);
    }
    window.press("Enter");
    window.sees("未填 0");
    window.go("报送");
    for label in ["填报人", "审核人", "签发人"] {
        window.fill(label, &MARKUP[..40]);
    }
    window.fill("口令", PASSPHRASE);
    window.click("choice", "交换文件夹");
    window.click("button", "签名并写入优盘");
    window.click("button", "打印报送单");
    window.sees(&MARKUP[..40]);
    window.sees(&format!("不适用原因：{MARKUP}"));
    window.press("Esc");
    for place in ["首页", "分析"] {
        window.go(place);
        window.rests();
    }
    // Nothing of it became part of the page, nothing ran, nothing was even tried.
    let made = "return document.querySelectorAll('[onerror], body script:not([src]), img[src=x]').length";
    assert_eq!(window.js(made, &[]), 0);
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn a_script_that_runs_would_be_heard() {
    let desk = Desk::new();
    let window = desk.open();
    window.sees("这台电脑给谁用？");
    let smuggled = "const made = document.createElement('div'); made.innerHTML = arguments[0]; document.body.append(made)";
    window.js(smuggled, &[MARKUP.into()]);
    until("the security policy says so", || {
        window.complaints().iter().any(|one| one.starts_with("policy:")).then_some(())
    });
    window.js("setTimeout(() => alert(3))", &[]);
    until("the alert is heard", || window.complaints().contains(&"alert: 3".to_owned()).then_some(()));
}

#[test]
fn long_and_rare_texts_are_kept_to_the_letter() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    let rare = "𠮷家㙍村 👩‍🌾🇨🇳 １２.５ ﷽ e\u{301}";
    let long: String = rare.chars().cycle().take(10_000).collect();
    window.go("填报");
    window.click("box", "新增进出口实绩企业，累计完成");
    window.fill("新增进出口实绩企业，累计完成", "１２.５");
    window.line_says("新增进出口实绩企业", "62.5%");
    window.click("box", "进展说明");
    let clip = desk.copy(&long);
    window.press("Ctrl+A Ctrl+V");
    window.holds("进展说明", &long);
    window.fill("下步措施", rare);
    window.holds("下步措施", rare);
    until("the texts are on disk", || {
        let row = stage::row(&desk, JUNE, "3-2-02");
        (row.note.len() >= long.len() && row.next_step == rare).then_some(())
    });
    drop(clip);
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let row = stage::row(&desk, JUNE, "3-2-02");
    assert_eq!(row.boxes[0].text, "１２.５");
    assert!(row.note == long, "the note has {} characters", row.note.chars().count());
    assert_eq!(row.next_step, rare);
    let window = desk.open();
    window.go("填报");
    window.click("box", "新增进出口实绩企业，累计完成");
    window.holds("进展说明", &long);
}
