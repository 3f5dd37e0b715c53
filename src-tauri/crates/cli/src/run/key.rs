//! The own key: showing, replacing, keeping a copy; and the hub's, as an office trusts it.

use std::path::Path;

use app::{Home, Role};

use super::Outcome;
use crate::args::Key;
use crate::output::Output;
use crate::passphrase;

pub fn key(command: &Key, home: &mut Home, out: &Output) -> Outcome {
    match command {
        Key::Show { pem } => show(home, *pem, out),
        Key::Rotate(to) => rotate(home, &to.to, out),
        Key::Trust { file, fingerprint } => {
            let more = home.trust_hub(file, fingerprint)?.len();
            out.line("指纹相符，已改用汇总单位的新密钥。");
            if more > 0 {
                out.line(format!("先前到的 {more} 份已补上。"));
            }
            Ok(())
        }
        Key::Save(to) => {
            let name = home.save_recovery_key(&to.to)?;
            out.line(format!(
                "密钥的备用副本已写到 {}，可以拔出。请放进保险柜。",
                to.to.join(name).display()
            ));
            Ok(())
        }
        Key::Restore { file } => {
            home.restore_key(file, &passphrase::ask()?)?;
            out.line("密钥已恢复，口令是做这份副本那天的口令。");
            Ok(())
        }
    }
}

fn show(home: &Home, pem: bool, out: &Output) -> Outcome {
    let key = home.show_key()?;
    if out.is_json() {
        out.json(&std::collections::BTreeMap::from([
            ("fingerprint", &key.fingerprint),
            ("sm2_pem", &key.sm2_pem),
            ("ed25519_pem", &key.ed25519_pem),
        ]));
    }
    out.line(format!("指纹：{}", key.fingerprint));
    if pem {
        out.line(format!("SM2 公钥：\n{}Ed25519 公钥：\n{}", key.sm2_pem, key.ed25519_pem));
    }
    Ok(())
}

fn rotate(home: &mut Home, to: &Path, out: &Output) -> Outcome {
    let passphrase = passphrase::ask()?;
    match home.role() {
        Role::Office => {
            let delivered = home.rotate_key(&passphrase, to)?;
            let again =
                if delivered.again { "（与上次相同，汇总单位还没有确认）" } else { "" };
            out.line(format!("换钥包第 {} 号已写到 {}{again}", delivered.seq, delivered.path.display()));
            out.line("已核对，可以拔出。请交汇总单位接收；填了没有报的都在，以后的上报包用新密钥。");
            out.line(format!("新指纹：{}", home.show_key()?.fingerprint));
        }
        Role::Hub => {
            let issued = home.change_hub_key(&passphrase, to)?;
            out.line(format!(
                "第 {} 版方案已写到 {}，可以拔出。",
                issued.version,
                issued.delivered.path.display()
            ));
            out.line(
                "它由旧密钥担保新密钥：各单位导入这一份以后改用新密钥，不用再核对指纹。请给每个单位都发到。",
            );
            out.line(format!("新指纹：{}", home.show_key()?.fingerprint));
            out.line("请重新打印盖章的指纹；回执都要用新密钥重新导出。");
            out.line(format!(
                "新密钥的备用副本：{}，请拷到 U 盘放进保险柜，再从这里删去；旧的副本作废。",
                home.recovery_path().display()
            ));
        }
    }
    Ok(())
}
