//! What is done in the two windows of the loop, deed by deed.

use super::table::{COUNT, GROWTH, MILESTONE, OFFICES, QUOTAS, SENT_BACK, SHARE, STAGES, of, tenths};
use crate::harness::Window;

/// Passphrase of the hub and of the office that goes through its window.
pub const OWN: &str = "潮水 纸船 三十七 灯塔";

/// The hub sets itself up, divides four targets and issues the plan; returns its digits.
pub fn issue(window: &Window<'_>) -> String {
    window.click("button", "设置汇总单位");
    window.fill("名称", "区政府督查室");
    window.click("button", "下一步");
    window.fill("口令", OWN);
    window.fill("再输入一次", OWN);
    window.click("button", "建立台账");
    window.sees("打印指纹单，盖章，发给每家单位");
    let digits = window.js("return document.querySelector('.digits').innerText", &[]);
    window.click("button", "下一步");
    window.click("button", "以后再存，先开始使用");
    window.go("目标");
    let given: [(&str, &[usize]); 4] =
        [(COUNT, &[0, 1, 2, 3]), (GROWTH, &[0, 1]), (SHARE, &[2, 3]), (MILESTONE, &[0, 3])];
    for (target, offices) in given {
        if target == MILESTONE {
            window.to_target(target);
            window.press("Enter");
            window.fill("第 2 个节点的月份", &STAGES[1].1.to_string());
            window.click("button", "分解 无");
            window.sees("全部街镇");
        } else {
            window.to_division(target);
        }
        for &office in offices {
            if target == COUNT {
                window.fill(&format!("{}的分解数", OFFICES[office]), &QUOTAS[office].to_string());
                window.press("Enter");
            } else {
                window.click("choice", OFFICES[office]);
            }
        }
        window.click("button", &format!("分解 {}", offices.len()));
    }
    window.go("下达");
    window.sees("这是第一次下达");
    sign_round(window);
    window.sees("第 1 版以后没有改动");
    digits.as_str().unwrap().to_owned()
}

/// Writes what is chosen in 下达 to the stick.
pub fn sign_round(window: &Window<'_>) {
    window.click("choice", "交换文件夹");
    window.fill("口令", OWN);
    window.click("button", "签名并写入");
    window.sees("可以拔出");
}

/// The office sets itself up from the stick and the hub's paper; returns its own digits.
pub fn set_up(window: &Window<'_>, hub: &str) -> String {
    window.click("button", "设置填报单位");
    window.sees("下达包在哪里？");
    window.click("button", "导入");
    window.fill("汇总单位指纹", hub);
    window.click("button", "核对");
    window.choose("本单位", OFFICES[0]);
    window.fill("联系人", "赵六");
    window.fill("电话", "0532-1111");
    window.click("button", "下一步");
    window.fill("口令", OWN);
    window.fill("再输入一次", OWN);
    window.click("button", "建立台账");
    window.sees("把注册包和指纹单交给");
    let digits = window.js("return document.querySelector('.digits').innerText", &[]);
    window.click("choice", "交换文件夹");
    window.click("button", "导出注册包");
    window.sees("可以拔出");
    window.click("button", "已交给汇总单位，开始使用");
    window.sees("1—2月");
    digits.as_str().unwrap().to_owned()
}

/// The office fills February in, box by box, and signs it.
pub fn fill_in(window: &Window<'_>) {
    let row = of(0, 2);
    let [now, before] = row.growth.unwrap();
    let typed = [
        ("新增进出口实绩企业，累计完成", SENT_BACK.to_string()),
        ("一般公共预算收入增速，今年累计", tenths(now)),
        ("一般公共预算收入增速，上年同期", tenths(before)),
        // A stage is chosen by its number.
        ("黄山隧道，目前进度", (row.stage.unwrap() + 1).to_string()),
    ];
    window.press("Alt+2");
    window.until("a box has the focus", || window.cell());
    window.press("Ctrl+Home");
    let mut filled = 0;
    while let Some(cell) = window.cell() {
        let (_, text) = typed.iter().find(|(label, _)| cell.label.starts_with(label)).unwrap();
        window.type_text(text);
        window.press("Tab");
        filled += 1;
    }
    assert_eq!(filled, typed.len());
    window.sees("未填 0");
    sign(window);
}

/// The office signs what passed the checks, to the stick.
pub fn sign(window: &Window<'_>) {
    window.go("报送");
    for (label, name) in [("填报人", "甲"), ("审核人", "乙"), ("签发人", "丙")] {
        window.fill(label, name);
    }
    window.fill("口令", OWN);
    window.click("choice", "交换文件夹");
    window.click("button", "签名并写入优盘");
    window.sees("已经写完，并读回核对过");
}

/// The hub takes in what is on the stick; returns what it says of it in a line.
pub fn receive(window: &Window<'_>) -> String {
    window.go("接收");
    window.click("choice", "交换文件夹");
    window.click("button", "开始接收");
    window.sees("接收结果");
    window.rests();
    let line = "return [...document.querySelectorAll('h2')].find((head) => head.innerText === '接收结果').nextElementSibling.innerText";
    window.js(line, &[]).as_str().unwrap().to_owned()
}

/// The hub admits offices by what stands on their papers.
pub fn admit(window: &Window<'_>, papers: &[(&str, String)]) {
    window.go("单位");
    window.click("button", "登记注册包…");
    // The right digits of the wrong office are nobody's.
    let (name, _) = papers[0];
    window.choose("一、纸上写的单位", name);
    window.fill("二、纸上的 40 位指纹", &papers[1].1);
    window.click("button", "核对并登记");
    window.until("what does not agree is said", || window.find("alert", ""));
    window.screenshot("loop-wrong-digits");
    for (name, digits) in papers {
        window.choose("一、纸上写的单位", name);
        window.fill("二、纸上的 40 位指纹", digits);
        window.click("button", "核对并登记");
        window.sees(&format!("{name}已登记"));
    }
    window.press("Esc");
}

/// The hub locks the month that 汇总 shows.
pub fn lock(window: &Window<'_>) {
    window.click("button", "锁定本期…");
    window.sees("还有 1 家没有报");
    window.click("button", "锁定");
    window.click("button", "好");
    window.sees("已锁定");
}
