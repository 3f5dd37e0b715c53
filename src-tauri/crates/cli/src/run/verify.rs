//! Verifying one file without taking it in.

use std::fs;
use std::path::{Path, PathBuf};

use app::verify::examine;
use serde::Serialize;

use super::{Failure, Outcome};
use crate::output::Output;

#[derive(Serialize)]
struct View {
    kind: &'static str,
    hub: String,
    office: Option<String>,
    period: Option<String>,
    plan_version: u32,
    stream: String,
    seq: Option<u64>,
    created: String,
    header_sm3: String,
    file_sha256: String,
    bytes: u64,
    keys_match: Option<bool>,
}

pub fn verify(file: &Path, keys: &[PathBuf], out: &Output) -> Outcome {
    let examined = examine(file)?;
    let given = keys.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let summary = app::verify::summarize(&examined);
    let view = View {
        kind: summary.kind,
        hub: summary.hub,
        office: summary.office,
        period: summary.period,
        plan_version: summary.plan_version,
        stream: summary.stream,
        seq: summary.seq,
        created: summary.created,
        header_sm3: examined.header_digest.to_string(),
        file_sha256: examined.file_digest.to_string(),
        bytes: examined.len,
        keys_match: (!given.is_empty()).then(|| both_halves(&given, &examined)),
    };
    if out.is_json() {
        out.json(&view);
    }
    out.line(format!("两半签名都有效：{}", file.display()));
    out.line(format!("类型：{}  方案第 {} 版  汇总单位 {}", summary.kind_label, view.plan_version, view.hub));
    let dash = || "—".to_owned();
    out.line(format!(
        "单位：{}  报告期：{}  编号：{}",
        view.office.clone().unwrap_or_else(dash),
        view.period.clone().unwrap_or_else(dash),
        view.seq.map_or_else(dash, |seq| seq.to_string())
    ));
    out.line(format!("SHA-256：{}", view.file_sha256));
    match view.keys_match {
        Some(true) => out.line("公钥与给出的一致。"),
        Some(false) => {
            return Err(Failure::usage(
                "other_key",
                "文件里的公钥与给出的不一致",
                "签名有效，但不是这把密钥签的，请核实来源",
            ));
        }
        None => out.line("签名只证明内容没有改动；是谁签的，请用 --key 给出公钥或核对指纹。"),
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|source| app::Error::Io { path: path.to_owned(), source }.into())
}

/// Says whether the files given, each with one or more PEM blocks, hold both halves of the key that signed. One half alone
/// proves nothing: the signature is composite.
fn both_halves(given: &[String], examined: &app::verify::Examined) -> bool {
    let plain = |pem: &str| pem.split_whitespace().collect::<String>();
    let all: Vec<String> = given.iter().map(|text| plain(text)).collect();
    let holds = |pem: String| all.iter().any(|text| text.contains(&plain(&pem)));
    holds(examined.keys.sm2_pem()) && holds(examined.keys.ed25519_pem())
}
