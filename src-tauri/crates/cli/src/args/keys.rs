//! The commands about keys and offices.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::To;

#[derive(Debug, Subcommand)]
pub enum Key {
    /// 显示公钥指纹
    Show {
        /// 同时显示 PEM 公钥
        #[arg(long)]
        pem: bool,
    },
    /// 更换密钥：填报单位导出换钥包；汇总单位随下一版方案下达
    Rotate(To),
    /// 填报单位：对着汇总单位新的纸，改用它的新密钥
    Trust {
        /// 汇总单位的下达包
        file: PathBuf,
        /// 纸上的 40 位指纹
        #[arg(long, value_name = "指纹")]
        fingerprint: String,
    },
    /// 汇总单位：把密钥的备用副本写到 U 盘，放进保险柜
    Save(To),
    /// 汇总单位：用保险柜里的备用副本恢复密钥
    Restore {
        /// 备用副本
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum Office {
    /// 列出单位
    List,
    /// 列出一个单位有过的密钥
    Keys {
        /// 单位名称
        office: String,
    },
    /// 核对指纹，完成注册
    Enrol {
        /// 注册包
        file: PathBuf,
        /// 纸上的单位名称
        #[arg(long, value_name = "单位")]
        office: String,
        /// 纸上的 40 位指纹
        #[arg(long, value_name = "指纹")]
        fingerprint: String,
        /// 换掉原来的密钥（换电脑、忘口令）
        #[arg(long)]
        replace: bool,
    },
    /// 停用单位的密钥
    Revoke {
        /// 单位名称
        office: String,
        /// 最后一个有效的编号
        #[arg(long, value_name = "编号")]
        after: u64,
        /// 第几把密钥（office keys 里可见），默认是现用的
        #[arg(long, value_name = "序号")]
        key: Option<usize>,
    },
    /// 在方案里新增单位
    Add {
        /// 单位名称
        office: String,
        #[arg(long, value_enum, value_name = "类别")]
        kind: OfficeSort,
        /// 统计用代码
        #[arg(long, default_value = "", value_name = "代码")]
        code: String,
        /// 从哪一天起填报，默认今天
        #[arg(long, value_name = "日期")]
        since: Option<chrono::NaiveDate>,
    },
    /// 单位改名
    Rename {
        /// 现在的名称
        office: String,
        /// 新名称
        #[arg(long, value_name = "名称")]
        to: String,
        /// 从哪一天起用
        #[arg(long, value_name = "日期")]
        since: String,
    },
    /// 单位从某日起不再填报
    Retire {
        /// 单位名称
        office: String,
        /// 从哪一天起
        #[arg(long, required_unless_present = "undo", value_name = "日期")]
        on: Option<String>,
        /// 恢复填报
        #[arg(long, conflicts_with = "on")]
        undo: bool,
    },
    /// 单位合并
    Merge {
        /// 被合并的单位
        #[arg(required = true, value_name = "单位")]
        offices: Vec<String>,
        /// 合并后的单位；已有的单位写它的名称，表示并入它
        #[arg(long, value_name = "单位")]
        into: String,
        /// 合并后单位的类别
        #[arg(long, value_enum, default_value = "street", value_name = "类别")]
        kind: OfficeSort,
        /// 从哪一天起
        #[arg(long, value_name = "日期")]
        on: String,
    },
    /// 单位拆分
    Split {
        /// 被拆分的单位
        office: String,
        /// 拆分后的单位，写两次以上
        #[arg(long, required = true, value_name = "单位")]
        into: Vec<String>,
        /// 拆分后单位的类别
        #[arg(long, value_enum, default_value = "street", value_name = "类别")]
        kind: OfficeSort,
        /// 从哪一天起
        #[arg(long, value_name = "日期")]
        on: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OfficeSort {
    /// 街道
    Street,
    /// 镇
    Town,
    /// 功能区
    Zone,
    /// 部门
    Department,
}
