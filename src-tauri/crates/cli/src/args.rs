//! The command line.

use std::path::PathBuf;

use app::Period;
use chrono::NaiveDate;
use clap::{Args as Group, Parser, Subcommand, ValueEnum};

mod keys;

pub use keys::{Key, Office, OfficeSort};

/// 台账：政府工作报告目标的离线填报与汇总。
#[derive(Debug, Parser)]
#[command(name = "taizhang-cli", version, about, disable_help_subcommand = true)]
pub struct Args {
    /// 台账所在的文件夹；不写，就是窗口打开的那一个
    #[arg(long, global = true, env = "TAIZHANG_HOME", value_name = "文件夹")]
    pub home: Option<PathBuf>,
    /// 列表的输出格式
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, value_name = "格式")]
    pub format: Format,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看的表格
    Text,
    /// 给程序用的 JSON
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 建立台账
    #[command(subcommand)]
    Init(Init),
    /// 本机密钥
    #[command(subcommand)]
    Key(Key),
    /// 目标方案
    #[command(subcommand)]
    Plan(PlanCommand),
    /// 填报单位
    #[command(subcommand)]
    Office(Office),
    /// 导出本单位的注册包
    Enrol {
        #[command(flatten)]
        to: To,
        /// 忘了口令，或者密钥被停用：换新口令、新密钥，重新注册
        #[arg(long)]
        new_key: bool,
    },
    /// 填报
    Enter(Enter),
    /// 审核
    Check(Sheet),
    /// 签发并导出上报包
    Export(Export),
    /// 接收数据包（汇总单位收上报包、注册包，填报单位收下达包、回执包）
    Receive(Receive),
    /// 查看一期的完成情况
    Status(At),
    /// 列出待审、待解锁、争议的报表
    Waiting,
    /// 开启或关闭审核
    Review {
        /// on 或 off
        #[arg(value_enum)]
        switch: Switch,
    },
    /// 接收待审的报表
    Accept {
        #[command(flatten)]
        at: At,
        /// 只接收这个单位的
        #[arg(long, value_name = "单位")]
        office: Option<String>,
    },
    /// 退回报表中的格
    Return {
        /// 单位名称
        office: String,
        #[command(flatten)]
        at: At,
        /// 目标编码[.格]=原因
        #[arg(required = true, value_name = "格=原因")]
        cells: Vec<String>,
    },
    /// 选定分叉中的一份
    Choose {
        /// 单位名称
        office: String,
        /// 数据包文件的 SHA-256 前几位（waiting 里可见）
        #[arg(long, value_name = "摘要")]
        bundle: String,
        /// 原因
        #[arg(long, value_name = "原因")]
        why: String,
    },
    /// 锁定一期
    Lock {
        /// 报告期
        period: Period,
        /// 说明
        #[arg(long, default_value = "", value_name = "说明")]
        why: String,
    },
    /// 解锁一期
    Unlock {
        /// 报告期
        period: Period,
        /// 原因
        #[arg(long, value_name = "原因")]
        why: String,
    },
    /// 导出回执包
    Receipt {
        #[command(flatten)]
        to: To,
        /// 只给这个单位
        #[arg(long, value_name = "单位")]
        office: Option<String>,
        /// 内容没有变化也另出一号：对方的台账从备份恢复后用
        #[arg(long, requires = "office")]
        fresh: bool,
    },
    /// 上报上级：本级汇总的数，按上级的目标写成填报表
    #[command(subcommand)]
    Upward(Upward),
    /// 验证一个数据包，不导入
    Verify {
        /// 文件
        file: PathBuf,
        /// 签名者的公钥（PEM，SM2 与 Ed25519 各一个），与文件里的核对
        #[arg(long, value_name = "PEM")]
        key: Vec<PathBuf>,
    },
    /// 更换口令
    Passphrase,
    /// 备份台账
    Backup(To),
    /// 从备份恢复台账
    Restore {
        /// 备份文件夹
        #[arg(long, value_name = "文件夹")]
        from: PathBuf,
    },
    /// 演示：用示例数据走完整个流程
    Demo(To),
}

#[derive(Debug, Subcommand)]
pub enum Init {
    /// 建立汇总单位的台账
    Hub {
        /// 汇总单位名称
        #[arg(long, value_name = "名称")]
        name: String,
        /// builtin:2024（自带的 2024 年方案）或 empty:年份
        #[arg(long, default_value = "builtin:2024", value_name = "方案")]
        plan: String,
    },
    /// 建立填报单位的台账
    Office {
        /// 汇总单位的下达包
        #[arg(long, value_name = "文件")]
        plan: PathBuf,
        /// 本单位名称
        #[arg(long, value_name = "单位")]
        office: String,
        /// 汇总单位纸上的 40 位指纹
        #[arg(long, value_name = "指纹")]
        hub_fingerprint: String,
        /// 联系人
        #[arg(long, default_value = "", value_name = "姓名")]
        contact: String,
        /// 电话
        #[arg(long, default_value = "", value_name = "电话")]
        telephone: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// 列出目标
    Show,
    /// 把目标分解给单位
    Assign(Assign),
    /// 取消分解
    Unassign(Assign),
    /// 下达方案
    Export(To),
}

#[derive(Debug, Group)]
pub struct Assign {
    /// 目标编码
    #[arg(required = true, value_name = "目标")]
    pub targets: Vec<String>,
    /// 单位名称，或：全部、全部街道、全部镇
    #[arg(long, required = true, value_name = "单位")]
    pub to: Vec<String>,
    /// 分解数
    #[arg(long, value_name = "数", allow_negative_numbers = true)]
    pub quota: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Upward {
    /// 导入上级的下达包
    Take {
        /// 上级的下达包
        file: PathBuf,
        /// 本单位在上级方案里的名称
        #[arg(long = "as", value_name = "单位")]
        office: Option<String>,
    },
    /// 列出上级的目标、对应的本单位目标和本期的数
    Show(At),
    /// 记下哪个目标对应上级的哪个，以后每月照用
    Answer {
        /// 上级编码=本单位编码；等号后空着则取消
        #[arg(required_unless_present = "suggested", value_name = "上级=本单位")]
        pairs: Vec<String>,
        /// 名称或原文相同的都对应上
        #[arg(long)]
        suggested: bool,
    },
    /// 写出 CSV，在上级的填报台账里用 enter --from 导入
    Export {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        to: To,
    },
}

#[derive(Debug, Group)]
pub struct To {
    /// 导出到的文件夹
    #[arg(long, value_name = "文件夹")]
    pub to: PathBuf,
}

#[derive(Debug, Group)]
pub struct At {
    /// 报告期，如 2024-03
    #[arg(long, value_name = "报告期")]
    pub period: Period,
}

#[derive(Debug, Group)]
pub struct Sheet {
    #[command(flatten)]
    pub at: At,
    /// 汇总单位代录：为哪个单位
    #[arg(long = "for", value_name = "单位")]
    pub on_behalf_of: Option<String>,
}

#[derive(Debug, Group)]
pub struct Enter {
    /// 目标编码
    #[arg(required_unless_present_any = ["from", "form", "nil", "not_nil"], value_name = "目标")]
    pub target: Option<String>,
    #[command(flatten)]
    pub sheet: Sheet,
    /// 格=值，如 本期=690 或 current=3.42；空值清空
    #[arg(value_name = "格=值")]
    pub boxes: Vec<String>,
    /// 从 CSV 文件导入（WPS、Excel 另存的）
    #[arg(long, value_name = "文件", conflicts_with_all = ["target", "boxes"])]
    pub from: Option<PathBuf>,
    /// 写出可在 WPS、Excel 里填的表
    #[arg(long, value_name = "文件")]
    pub form: Option<PathBuf>,
    /// 附上佐证材料（JPEG、PNG、PDF）
    #[arg(long, value_name = "文件", requires = "target")]
    pub attach: Vec<PathBuf>,
    /// 零报告：本期没有任何新增
    #[arg(long)]
    pub nil: bool,
    /// 取消零报告
    #[arg(long, conflicts_with = "nil")]
    pub not_nil: bool,
}

#[derive(Debug, Group)]
pub struct Export {
    #[command(flatten)]
    pub sheet: Sheet,
    /// 填报人
    #[arg(long, value_name = "姓名")]
    pub filled_by: String,
    /// 审核人
    #[arg(long, value_name = "姓名")]
    pub checked_by: String,
    /// 签发人
    #[arg(long, value_name = "姓名")]
    pub issued_by: String,
    #[command(flatten)]
    pub to: To,
}

#[derive(Debug, Group)]
pub struct Receive {
    /// 文件或文件夹
    #[arg(required = true, value_name = "路径")]
    pub paths: Vec<PathBuf>,
    /// 到达日期（默认今天），迟报以此为准
    #[arg(long, value_name = "日期")]
    pub arrived: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// 开启
    On,
    /// 关闭
    Off,
}
