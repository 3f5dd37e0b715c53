//! Every dialog about keys and offices as it opens, light and dark, wide and narrow: nobody is kept out, its buttons are in sight.

use testkit::plan::NAMES;

use crate::harness::{Desk, Window};
use crate::key_life::places::{DAY, Two, closed, look};

/// Opens a dialog by its button, looks at it and leaves it.
fn look_at(window: &Window<'_>, button: &str, title: &str, name: &str) {
    window.click("button", button);
    window.until("the dialog is open", || window.find("heading", title));
    look(window, name);
    window.press("Esc");
    window.until("the dialog is closed", || {
        (window.js("return document.querySelector('dialog[open]') === null", &[]) == true).then_some(())
    });
}

/// Looks at a page whole: as it opens, and at its end.
fn look_at_the_page(window: &Window<'_>, name: &str) {
    look(window, &format!("{name}-top"));
    window.js("const work = document.querySelector('main'); work.scrollTop = work.scrollHeight", &[]);
    look(window, &format!("{name}-end"));
}

fn look_around(desk: fn() -> Desk) {
    let two = Two::lit(desk);
    let window = two.office.open_on(DAY);
    window.go("设置");
    look_at_the_page(&window, "keys-office-settings");
    for (button, title, name) in [
        ("导出注册包…", "导出注册包", "keys-enrolment"),
        ("换口令…", "换口令", "keys-passphrase"),
        ("更换密钥…", "更换密钥", "keys-replacing"),
        ("重新注册…", "重新注册", "keys-enrolling-again"),
        ("核对新指纹…", "核对汇总单位的新指纹", "keys-hub-digits"),
        ("备份…", "备份到哪里？", "keys-backup"),
    ] {
        look_at(&window, button, title, name);
    }
    closed(window);

    let window = two.hub.open_on(DAY);
    window.go("设置");
    look_at_the_page(&window, "keys-hub-settings");
    for (button, title, name) in [
        ("改名…", "改名", "keys-hub-renaming"),
        ("存一份…", "存一份恢复钥匙", "keys-recovery"),
        ("用恢复钥匙换回密钥…", "用恢复钥匙换回密钥", "keys-recovery-use"),
        ("更换密钥…", "更换密钥", "keys-hub-replacing"),
    ] {
        look_at(&window, button, title, name);
    }
    window.go("单位");
    for (button, name) in [
        ("停用密钥…", "keys-revoking"),
        ("合并、拆分…", "keys-merging"),
        ("停用单位…", "keys-retiring"),
        ("改名…", "keys-renaming"),
    ] {
        window.click("button", NAMES[0]);
        look_at(&window, button, NAMES[0], name);
    }
    window.click("button", NAMES[0]);
    window.click("button", "登记新密钥…");
    look_at(&window, "重新查找注册包", "登记注册包", "keys-admitting");
    closed(window);
}

#[test]
fn in_the_light() {
    look_around(Desk::new);
}

#[test]
fn in_the_dark() {
    look_around(|| Desk::new().dark());
}
