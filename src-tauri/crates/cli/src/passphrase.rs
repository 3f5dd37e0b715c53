//! Where passphrases come from: the environment, else a prompt that shows nothing.

use crate::run::Failure;

const PASSPHRASE: &str = "TAIZHANG_PASSPHRASE";
const NEW_PASSPHRASE: &str = "TAIZHANG_NEW_PASSPHRASE";

/// Asks for the passphrase of this home.
pub fn ask() -> Result<String, Failure> {
    read(PASSPHRASE, "口令：")
}

/// Asks for the passphrase of a new home, twice.
pub fn choose() -> Result<String, Failure> {
    chosen(PASSPHRASE)
}

/// Asks for the passphrase that replaces the present one, twice.
pub fn choose_another() -> Result<String, Failure> {
    chosen(NEW_PASSPHRASE)
}

fn chosen(variable: &str) -> Result<String, Failure> {
    if let Ok(given) = std::env::var(variable) {
        return Ok(given);
    }
    let first = prompt("新口令（至少 8 个字符）：")?;
    if prompt("再输入一次：")? == first {
        Ok(first)
    } else {
        Err(Failure::usage("passphrases_differ", "两次输入的口令不一样", "请重新输入"))
    }
}

fn read(variable: &str, question: &str) -> Result<String, Failure> {
    match std::env::var(variable) {
        Ok(given) => Ok(given),
        Err(_) => prompt(question),
    }
}

fn prompt(question: &str) -> Result<String, Failure> {
    rpassword::prompt_password(question).map_err(|_| {
        let next = format!("请在终端里输入，或设置环境变量 {PASSPHRASE}");
        Failure::usage("no_passphrase", "没有地方输入口令", &next)
    })
}
