//! Each error, at its place.

use super::*;

fn errors(text: &str) -> Vec<EntryFileError> {
    errors_in(text.as_bytes())
}

fn errors_in(bytes: &[u8]) -> Vec<EntryFileError> {
    let errors = read("f.csv", bytes, &plan(), june()).unwrap_err();
    assert_eq!(errors.file, "f.csv");
    errors.errors
}

fn cell(line: usize, column: usize, header: &str) -> Cell {
    Cell { line, column, header: header.to_owned() }
}

#[test]
fn files_that_are_no_readable_text() {
    assert_eq!(errors_in(b"PK\x03\x04rest"), [EntryFileError::NotText(Foreign::Workbook)]);
    assert_eq!(errors_in(b"%PDF-1.7"), [EntryFileError::NotText(Foreign::Pdf)]);
    assert_eq!(errors_in(b"code,value\n\0"), [EntryFileError::NotText(Foreign::Binary)]);
    assert_eq!(errors_in(b"\xff\xfec\0\0\0"), [EntryFileError::NotText(Foreign::Binary)]);
    assert_eq!(errors_in(b"code,note\r\n1-1-01,\xff\r\n"), [EntryFileError::BadEncoding { line: 2 }]);
    assert_eq!(errors_in(b"code,note\n\n1-1-01,\xc4"), [EntryFileError::BadEncoding { line: 3 }]);
    assert_eq!(errors_in(b"code,note\n1-1-01,\xc4\n5-2-04,\n"), [EntryFileError::BadEncoding { line: 2 }]);
    assert_eq!(errors_in(b"code,note\n1-1-01,\x81\x30\x81\n\n"), [EntryFileError::BadEncoding { line: 2 }]);
    // The mark promises UTF-8, so GB18030 behind it is damage.
    assert_eq!(errors_in(b"\xef\xbb\xbfcode\n\xc4\xe3"), [EntryFileError::BadEncoding { line: 2 }]);
    assert_eq!(errors_in(b"\xff\xfec\0\n\0\x00\xd8"), [EntryFileError::BadEncoding { line: 2 }]);
    // Two bytes that are 目 to one program and Ŀ to another are not guessed at, unless the file says which it is.
    let ambiguous =
        EntryFileError::AmbiguousEncoding { line: 2, utf8: "Ŀ".to_owned(), gb18030: "目".to_owned() };
    assert_eq!(errors_in(b"code,note\n1-1-01,\xc4\xbf\n"), [ambiguous]);
    assert!(read("f.csv", "code,进展说明\n1-1-01,Ŀ\n".as_bytes(), &plan(), june()).is_ok());
    assert!(read("f.csv", "\u{feff}code,note\n1-1-01,Ŀ\n".as_bytes(), &plan(), june()).is_ok());
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(errors_in(&large), [EntryFileError::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES }]);
    for empty in ["", "\u{feff}", "\r\n\r\n", ",,\n"] {
        assert_eq!(errors(empty), [EntryFileError::NoHeader], "{empty:?}");
    }
}

#[test]
fn headers() {
    assert_eq!(
        errors("code,本季,value,evidence,本期,编码\n"),
        [
            EntryFileError::UnknownColumn { cell: cell(1, 2, "本季") },
            EntryFileError::UnknownColumn { cell: cell(1, 4, "evidence") },
            EntryFileError::ColumnTwice { cell: cell(1, 5, "本期"), first: 3 },
            EntryFileError::UnknownColumn { cell: cell(1, 6, "编码") },
        ]
    );
    let found = vec!["目标".to_owned(), "本期".to_owned()];
    assert_eq!(errors("\n目标,本期\n海洋,1\n"), [EntryFileError::NoCodeColumn { line: 2, found }]);
}

#[test]
fn targets() {
    let text = "目标,code,value\n\
                ,9-9-99,1\n\
                ,2005/2/3,1\n\
                ,2005-02-03 0:00:00,1\n\
                ,,1\n\
                新增泊位,1-1-01,1\n\
                随便,5-2-04,1\n\
                ,5-2-04,2\n";
    assert_eq!(
        errors(text),
        [
            EntryFileError::UnknownTarget { cell: cell(2, 2, "code"), found: "9-9-99".to_owned() },
            EntryFileError::DateForCode { cell: cell(3, 2, "code"), found: "2005/2/3".to_owned() },
            EntryFileError::DateForCode { cell: cell(4, 2, "code"), found: "2005-02-03 0:00:00".to_owned() },
            EntryFileError::NoCode { cell: cell(5, 2, "code") },
            EntryFileError::OtherName {
                cell: cell(6, 1, "目标"),
                target: id("1-1-01"),
                found: "新增泊位".to_owned(),
                expected: "海洋重点产业项目".to_owned(),
            },
            EntryFileError::TargetTwice { cell: cell(8, 2, "code"), target: id("5-2-04"), first: 7 },
        ]
    );
    let mut retired = plan();
    retired.targets[0].retired = Some(1);
    assert!(read("f.csv", b"code\n0-1-01\n", &retired, june()).is_err());
}

#[test]
fn rows_and_boxes_after_fields_of_several_lines() {
    let text = "code,value,进度,note,,\n\
                1-1-01,1,,\"一\r\n二\n三\"\n\
                5-2-04,1,,有,逗号,,x\n\
                5-2-05,1,2,\n\
                7-3-02,\"\n3\",1,,漏\n";
    assert_eq!(
        errors(text),
        [
            EntryFileError::TooManyFields { line: 5, expected: 6, found: 7 },
            EntryFileError::NamelessColumn { cell: cell(5, 5, ""), found: "逗号".to_owned() },
            EntryFileError::WrongBox {
                cell: cell(6, 3, "进度"),
                target: id("5-2-05"),
                found: "2".to_owned(),
                expected: &[Field::Value],
            },
            EntryFileError::NamelessColumn { cell: cell(8, 5, ""), found: "漏".to_owned() },
            EntryFileError::WrongBox {
                cell: cell(7, 2, "value"),
                target: id("7-3-02"),
                found: "\n3".to_owned(),
                expected: &[Field::Stage],
            },
        ]
    );
}

#[test]
fn rows_of_another_period() {
    let period = |text: &str, of: &str| {
        let file = format!("code,报告期,value\n1-1-01,{text},1\n5-2-04,{text},2\n");
        read("f.csv", file.as_bytes(), &plan(), of.parse().unwrap()).map_err(|errors| errors.errors)
    };
    for text in ["", "2024-06", "2024年6月", " 2024年06月\t", "2024/6/1", "２０２４年６月"] {
        assert!(period(text, "2024-06").is_ok(), "{text:?}");
    }
    for text in ["2024年1—2月", "2024年1-2月", "2024-02", "2024年2月"] {
        assert!(period(text, "2024-02").is_ok(), "{text:?}");
    }
    let other = |line, found: &str, expected: &str| EntryFileError::OtherPeriod {
        cell: cell(line, 2, "报告期"),
        found: found.to_owned(),
        expected: expected.to_owned(),
    };
    // Told once, not in every row.
    assert_eq!(period("2024年6月", "2024-02"), Err(vec![other(2, "2024年6月", "2024年1—2月")]));
    for text in ["2024年5月", "2023年6月", "2024/6/2", "6月", "Jun-24", "2024年1—2月"] {
        assert_eq!(period(text, "2024-06"), Err(vec![other(2, text, "2024年6月")]), "{text:?}");
    }
    let mixed = "code,报告期\n1-1-01,2024-05\n5-2-04,2024-06\n5-2-05,2024-04\n";
    assert_eq!(errors(mixed), [other(2, "2024-05", "2024年6月"), other(4, "2024-04", "2024年6月")]);
}

#[test]
fn quotes() {
    let opened = "code,note\n1-1-01,\"一\n二\"\n5-2-04,\"三\n5-2-05,四\n";
    assert_eq!(errors(opened), [EntryFileError::UnterminatedQuote { cell: cell(4, 2, "note") }]);
    let closed_early = "code,note\n9-9-99,\n5-2-04,\"三\"四\"\n";
    assert_eq!(
        errors(closed_early),
        [
            EntryFileError::UnknownTarget { cell: cell(2, 1, "code"), found: "9-9-99".to_owned() },
            EntryFileError::TextAfterQuote { cell: cell(3, 2, "note") },
        ]
    );
    assert_eq!(errors("\"code,note\n"), [EntryFileError::UnterminatedQuote { cell: cell(1, 1, "") }]);
    // A quote inside a field that none opened is a character like any other.
    let inside = read("f.csv", "code,note\n1-1-01,5\"管\n".as_bytes(), &plan(), june()).unwrap();
    assert_eq!(inside.entries[0].1, cells(&[(Field::Note, "5\"管")]));
}

#[test]
fn too_many_rows_and_too_many_errors() {
    let blank = format!("code\n{}1-1-01\n", "\n".repeat(MAX_ROWS));
    assert_eq!(errors(&blank), [EntryFileError::TooManyRows { line: MAX_ROWS + 2, limit: MAX_ROWS }]);
    let exactly = format!("code\n{}1-1-01\n", "\n".repeat(MAX_ROWS - 1));
    assert_eq!(read("f.csv", exactly.as_bytes(), &plan(), june()).unwrap().entries.len(), 1);

    let all_wrong = format!("code\n{}", "x\n".repeat(50));
    let errors = read("f.csv", all_wrong.as_bytes(), &plan(), june()).unwrap_err();
    assert_eq!((errors.errors.len(), errors.more), (MAX_ERRORS, 50 - MAX_ERRORS));
    let text = errors.to_string();
    assert!(text.starts_with("f.csv: line 2, column 1 (code): \"x\" is no target of the plan\n"), "{text}");
    assert!(text.ends_with("f.csv: and 30 more"), "{text}");
}
