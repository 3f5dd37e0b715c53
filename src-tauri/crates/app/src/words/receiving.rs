//! What a hub reads while it receives and reviews.

use super::Sentence;

/// How the stamped paper agrees with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Number and digits are the file's.
    Agrees,
    /// Another number stands on the paper.
    OtherNumber {
        /// The paper's.
        paper: u64,
        /// The file's.
        file: u64,
    },
    /// The number is right, the digits are not.
    OtherDigest,
    /// What was typed cannot be the beginning of a digest.
    Unreadable,
}

/// Says how the stamped paper agrees with a file, and what to do.
pub fn paper(paper: &Paper) -> Sentence {
    match paper {
        Paper::Agrees => Sentence::new("paper_agrees", "纸件与文件一致", "纸件可以归档"),
        Paper::OtherNumber { paper, file } => Sentence::new(
            "paper_differs",
            format!("纸件与文件不一致：纸上是第 {paper} 号，文件是第 {file} 号"),
            "先看纸上的单位和报告期对不对；对的话，该单位盖章后又导出过，请其按文件重新打印盖章，或把纸上那一号的文件拷来",
        ),
        Paper::OtherDigest => Sentence::new(
            "paper_differs",
            "纸件与文件不一致：编号相同，摘要前 8 位不同",
            "先核对有没有输错；没有输错，这份文件就不是盖章的那一份，请打电话核实，并请其重新导出、打印、盖章",
        ),
        Paper::Unreadable => Sentence::new(
            "paper_unreadable",
            "摘要前 8 位应为 8 个字符，只有数字 0—9 和字母 a—f",
            "请照纸上“摘要前 8 位”输入，中间的空格可以不输",
        ),
    }
}

/// Why cells of a return cannot be sent back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreviewable {
    /// Its period is locked.
    Locked,
    /// Another of the same office and period has taken its place.
    Replaced {
        /// The number of that one.
        by: u64,
    },
    /// It is on a fork.
    Forked,
    /// Its key was closed before it.
    Revoked,
    /// It was entered here, from a scan.
    StandIn,
    /// It is 本级's own.
    Own,
}

/// Says why cells of a return cannot be sent back, and what to do.
pub fn unreviewable(why: &Unreviewable) -> Sentence {
    match why {
        Unreviewable::Locked => {
            Sentence::new("locked", "该期已锁定，不能退回", "确需退回的，先到“汇总”解锁该期，并写明原因")
        }
        Unreviewable::Replaced { by } => {
            Sentence::new("replaced", format!("已有更新的第 {by} 号，这一份不再退回"), "请打开更新的那一份")
        }
        Unreviewable::Forked => {
            Sentence::new("forked", "在分叉上，还没有选定以哪一份为准", "先在“接收”里选定")
        }
        Unreviewable::Revoked => {
            Sentence::new("revoked", "签名的密钥在这一号之前已停用，这一份不计入", "不用处理")
        }
        Unreviewable::Own => {
            Sentence::new("own_return", "这一份是本级自己填报的", "要改，在“本级填报”里改了再签发，不用退回")
        }
        Unreviewable::StandIn => {
            Sentence::new("stand_in", "这一份是汇总单位代录的", "要改，就照盖章的扫描件重新代录")
        }
    }
}
