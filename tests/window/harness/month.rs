//! The demonstration's June: what it still lacks, and how it is completed and signed.

use super::stage::PASSPHRASE;
use super::window::Window;

/// What June still lacks, by the names on the screen.
pub const LEFT: [(&str, &str); 5] = [
    ("营商环境创新举措", "6"),
    ("新增泊位", "116"),
    ("扶持创业", "85"),
    ("新建养老服务驿站", "1"),
    ("新增婴幼儿托位", "11"),
];

/// Fills in what is left and explains what is to be explained; ends in 审核, which has passed.
pub fn complete(window: &Window<'_>) {
    window.go("填报");
    for (name, figure) in LEFT {
        window.fill(&format!("{name}，累计完成"), figure);
        window.press("Enter");
    }
    window.sees("未填 0");
    window.go("审核");
    window.sees("有 1 处还不能报送");
    window.fill("说明：新增充电桩", "拆除重复登记的 20 个。");
    window.press("Ctrl+Enter");
    window.sees("审核通过，可以报送。");
}

/// Signs what is to be signed, onto the stick.
pub fn sign(window: &Window<'_>, passphrase: &str) {
    for (label, name) in [("填报人", "甲"), ("审核人", "乙"), ("签发人", "丙")] {
        window.fill(label, name);
    }
    window.fill("口令", passphrase);
    window.click("choice", "交换文件夹");
    window.click("button", "签名并写入优盘");
}

/// As [`sign`], with the right passphrase, until it may be pulled out.
pub fn send(window: &Window<'_>) {
    sign(window, PASSPHRASE);
    window.sees("已经写完，并读回核对过");
}
