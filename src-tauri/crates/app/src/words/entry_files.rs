//! What is wrong with an entry file, by line and column.

use super::Sentence;
use crate::entry_file::{Cell, EntryFileError, Foreign};
use crate::field_names::field_label;

/// Says where a file is wrong, what was found, and what was expected.
pub fn entry_file_error(error: &EntryFileError) -> Sentence {
    use EntryFileError as E;
    let (code, what, next) = match error {
        E::TooLarge { bytes, limit } => {
            ("too_large", format!("文件有 {bytes} 字节，上限 {limit}"), "请只留本期的表".to_owned())
        }
        E::TooManyRows { line, limit } => {
            ("too_many_rows", format!("第 {line} 行起超过 {limit} 行"), "请删去多余的行".to_owned())
        }
        E::NotText(Foreign::Workbook) => (
            "not_text",
            "这是 Excel/WPS 工作簿，不是 CSV".to_owned(),
            "请在 WPS 或 Excel 里“另存为”CSV 再导入".to_owned(),
        ),
        E::NotText(Foreign::Pdf) => {
            ("not_text", "这是 PDF，不是 CSV".to_owned(), "请选填报表的 CSV 文件".to_owned())
        }
        E::NotText(Foreign::Binary) => {
            ("not_text", "这不是文本文件".to_owned(), "请选填报表的 CSV 文件".to_owned())
        }
        E::BadEncoding { line } => (
            "bad_encoding",
            format!("第 {line} 行的文字编码认不出"),
            "请另存为 UTF-8 或 GB18030（ANSI）的 CSV".to_owned(),
        ),
        E::AmbiguousEncoding { line, utf8, gb18030 } => (
            "ambiguous_encoding",
            format!("第 {line} 行按两种编码都读得通：“{utf8}”或“{gb18030}”"),
            "请另存为“CSV UTF-8”再导入".to_owned(),
        ),
        E::NoHeader => {
            ("no_header", "文件是空的，没有表头".to_owned(), "请用 enter --form 导出的表填写".to_owned())
        }
        E::NoCodeColumn { line, found } => (
            "no_code_column",
            format!("第 {line} 行的表头里没有“目标编码”一列，只有：{}", found.join("、")),
            "请加上“目标编码”列".to_owned(),
        ),
        E::UnknownColumn { cell } => (
            "unknown_column",
            format!("{}：不认识这一列", place(cell)),
            "请改成填报表里的列名，或删去这一列".to_owned(),
        ),
        E::ColumnTwice { cell, first } => {
            ("column_twice", format!("{}：与第 {first} 列重复", place(cell)), "只留一列".to_owned())
        }
        E::UnterminatedQuote { cell } => (
            "unterminated_quote",
            format!("{}：引号没有配对", place(cell)),
            "请补上引号，或用 WPS/Excel 重新另存".to_owned(),
        ),
        E::TextAfterQuote { cell } => (
            "text_after_quote",
            format!("{}：引号后面还有文字", place(cell)),
            "文字里的引号要写两个".to_owned(),
        ),
        E::TooManyFields { line, expected, found } => (
            "too_many_fields",
            format!("第 {line} 行有 {found} 格，表头只有 {expected} 列"),
            "多半是文字里的逗号没有加引号，请用 WPS/Excel 重新另存".to_owned(),
        ),
        E::NamelessColumn { cell, found } => (
            "nameless_column",
            format!("{}：“{found}”上面没有表头", place(cell)),
            "请补上列名，或清空这一格".to_owned(),
        ),
        E::NoCode { cell } => {
            ("no_code", format!("{}：缺目标编码", place(cell)), "请填上目标编码，或清空这一行".to_owned())
        }
        E::UnknownTarget { cell, found } => (
            "unknown_target",
            format!("{}：方案里没有目标“{found}”", place(cell)),
            "请核对编码，如 5-2-04".to_owned(),
        ),
        E::DateForCode { cell, found } => (
            "date_for_code",
            format!("{}：“{found}”像是日期，应是目标编码", place(cell)),
            "表格软件把编码当成了日期：请把这一列设为“文本”后重填".to_owned(),
        ),
        E::TargetTwice { cell, target, first } => (
            "target_twice",
            format!("{}：目标 {target} 在第 {first} 行已有", place(cell)),
            "只留一行".to_owned(),
        ),
        E::OtherName { cell, target, found, expected } => (
            "other_name",
            format!("{}：“{found}”不是目标 {target}（{expected}）", place(cell)),
            "编码和名称对不上，请核对是哪一个".to_owned(),
        ),
        E::OtherPeriod { cell, found, expected } => (
            "other_period",
            format!("{}：这一行是“{found}”的，正在填的是{expected}", place(cell)),
            "请先切换到表里的报告期再导入，或者换一张表".to_owned(),
        ),
        E::WrongBox { cell, target, found, expected } => {
            let boxes: Vec<&str> = expected.iter().map(|field| field_label(*field)).collect();
            (
                "wrong_box",
                format!("{}：目标 {target} 没有这一格，填了“{found}”", place(cell)),
                format!("请填在：{}", boxes.join("、")),
            )
        }
    };
    let in_window = matches!(error, E::NoHeader).then_some("请用导出的填报表填写");
    Sentence::new(code, what, next).in_window(in_window)
}

/// Says that a form was taken in.
pub fn form_taken(file: &str, targets: usize) -> Sentence {
    let next = if targets == 0 {
        "请核对选的是不是这张表"
    } else {
        "请到“审核”看有没有要改的"
    };
    Sentence::new("form_taken", format!("{file} 已导入，{targets} 个目标"), next)
}

fn place(cell: &Cell) -> String {
    if cell.header.is_empty() {
        format!("第 {} 行第 {} 列", cell.line, cell.column)
    } else {
        format!("第 {} 行第 {} 列（{}）", cell.line, cell.column, cell.header)
    }
}
