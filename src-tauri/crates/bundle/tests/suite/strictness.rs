//! Row 10 of the attacks: JSON that parsers disagree about, all of it signed as it should be.

use bundle::rejection::Rejection;
use bundle::v1::RecordFault;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::*;
use crate::raw::{RETURN, Raw};

/// Records that follow the opening record of a return.
fn with(entries: &str) -> &'static str {
    verdict(Raw::progress(&format!("{RETURN}{entries}")).bytes())
}

fn entry(members: &str) -> &'static str {
    with(&format!("{{\"entry\":{{{members}}}}}\n"))
}

#[test]
fn entries_that_follow_the_format_are_read() {
    for members in [
        r#""target":"1","amount":"12.5""#,
        r#""target":"1","pair":["12","-3"]"#,
        r#""target":"1","rate":"7.1""#,
        r#""target":"1","rate":"7.1","pair":["1","2"]"#,
        r#""target":"1","stage":0,"note":"a\nb","problem":"c","next_step":"d","explanation":"𠮷㙍😀""#,
        r#""not_applicable":"无此项任务","target":"1""#,
        r#" "target" : "1" , "amount" : "0" "#,
        r#""target":"1","amount":"\u0031""#,
    ] {
        assert_eq!(entry(members), "accepted", "{members}");
    }
}

#[test]
fn json_has_one_reading() {
    for members in [
        // Duplicate keys, plain and disguised.
        r#""target":"1","amount":"1","amount":"2""#,
        r#""target":"1","amount":"1","target":"1""#,
        r#""target":"1","amount":"1","\u0061mount":"2""#,
        // Unknown keys.
        r#""target":"1","amount":"1","extra":1"#,
        r#""target":"1","amount":"1","":0"#,
        r#""target":"1","Amount":"1""#,
        // Not the declared type.
        r#""target":"1","amount":1"#,
        r#""target":"1","amount":null"#,
        r#""target":"1","amount":"1","note":null"#,
        r#""target":"1","stage":1.0"#,
        r#""target":"1","stage":1e0"#,
        r#""target":"1","stage":-1"#,
        r#""target":"1","stage":256"#,
        r#""target":"1","stage":1e999"#,
        r#""target":"1","stage":NaN"#,
        r#""target":"1","stage":Infinity"#,
        r#""target":"1","stage":"1""#,
        r#""target":"1","pair":["1"]"#,
        r#""target":"1","pair":["1","2","3"]"#,
        r#""target":"1","pair":{"0":"1","1":"2"}"#,
        // Not JSON.
        r#""target":"1","amount":"1","#,
        r#""target":"1",'amount':"1""#,
        r#""target":"1","amount":"1"/**/"#,
        r#""target":"1","amount":"\ud800""#,
        "\"target\":\"1\",\"amount\":\"1\u{0}\"",
        "\"target\":\"1\",\"amount\":\"1\",\"note\":\"\u{9b}2J\"",
        r#""target":"1","amount":"1","note":"\u001b[2J""#,
        r#""target":"1","amount":"1","note":"\u0000""#,
    ] {
        assert_eq!(entry(members), "bad_record", "{members}");
    }
}

#[test]
fn values_have_one_form() {
    for figure in
        ["01", "1.0", "+1", "-0", "1e3", "１", "1,000", ".5", "1.", "", " 1", "NaN", "Infinity", "0x1"]
    {
        assert_eq!(entry(&format!(r#""target":"1","amount":"{figure}""#)), "bad_record", "{figure}");
    }
    for (figure, verdict) in [("123456789012345678", "accepted"), ("1234567890123456789", "bad_record")] {
        assert_eq!(entry(&format!(r#""target":"1","amount":"{figure}""#)), verdict);
    }
    for target in ["", "A", "../x", "1/2", &"1".repeat(41)] {
        assert_eq!(entry(&format!(r#""target":"{target}","amount":"1""#)), "bad_record", "{target}");
    }
    // Exactly one answer; words that say nothing are absent; evidence is among the attachments.
    for members in [
        r#""target":"1""#,
        r#""target":"1","amount":"1","stage":1"#,
        r#""target":"1","amount":"1","rate":"1""#,
        r#""target":"1","amount":"1","not_applicable":"x""#,
        r#""target":"1","amount":"1","note":"""#,
        r#""target":"1","amount":"1","evidence":[]"#,
        &format!(
            r#""target":"1","amount":"1","evidence":[{{"sha256":"{}","len":1,"name":"a"}}]"#,
            "0".repeat(64)
        ),
    ] {
        assert_eq!(entry(members), "bad_record", "{members}");
    }
}

#[test]
fn records_stand_in_their_order() {
    let one = |target: &str| format!("{{\"entry\":{{\"target\":\"{target}\",\"amount\":\"1\"}}}}\n");
    assert_eq!(with(&[one("1"), one("2")].concat()), "accepted");
    assert_eq!(with(&[one("1"), one("1")].concat()), "bad_record");
    assert_eq!(with(&[one("2"), one("1")].concat()), "bad_record");
    assert_eq!(with(RETURN), "bad_record");
    assert_eq!(verdict(Raw::progress("").bytes()), "bad_record");
    assert_eq!(verdict(Raw::progress(&one("1")).bytes()), "bad_record");
    assert_eq!(verdict(Raw::progress(&(one("1") + RETURN)).bytes()), "bad_record");
}

#[test]
fn a_record_is_one_object_on_one_line() {
    let one = r#"{"entry":{"target":"1","amount":"1"}}"#;
    assert_eq!(with(&format!("{one}\n")), "accepted");
    for bad in [
        one.to_owned(),
        format!("{one}\r\n"),
        format!(" {one}\n"),
        format!("{one}\n\n"),
        format!("\n{one}\n"),
        format!("{one}{one}\n"),
        format!("{one} {one}\n"),
        format!("\u{feff}{one}\n"),
        format!("[{one}]\n"),
        one.replace(r#"{"entry":"#, r#"{"entry":["#).replace("}}", "}]}") + "\n",
        "{\"entry\":[\"1\",\"1\"]}\n".to_owned(),
        "{\"entry\":{\"target\":\"1\",\"amount\":\"1\"},\"entry\":{}}\n".to_owned(),
        "{\"entry\":{\"target\":\"1\",\"amount\":\"1\"},\"return\":{}}\n".to_owned(),
        "\"entry\"\n".to_owned(),
        "{\"entry\":null}\n".to_owned(),
        "{\"target\":{}}\n".to_owned(),
        "{}\n".to_owned(),
        "null\n".to_owned(),
    ] {
        assert_eq!(with(&bad), "bad_record", "{bad}");
    }
}

#[test]
fn deep_nesting_and_broken_text_end_early() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = |n: usize| format!("{}1{}", open.repeat(n), close.repeat(n));
        for n in [10, 127, 128, 10_000] {
            assert_eq!(entry(&format!(r#""target":"1","amount":{}"#, deep(n))), "bad_record");
            assert_eq!(entry(&format!(r#""target":"1","amount":"1","deep":{}"#, deep(n))), "bad_record");
            assert_eq!(with(&format!("{}\n", deep(n))), "bad_record");
        }
    }
    for broken in [&b"\xff"[..], b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8"] {
        let records = [
            RETURN.as_bytes(),
            b"{\"entry\":{\"target\":\"1\",\"amount\":\"1\",\"note\":\"",
            broken,
            b"\"}}\n",
        ];
        let raw = Raw { records: records.concat(), ..Raw::progress("") };
        match verify(raw.bytes()) {
            Err(Rejection::Record { line: 0, fault: RecordFault::Encoding }) => {}
            other => panic!("{broken:?}: {other:?}"),
        }
    }
}

#[test]
fn a_fault_names_its_line() {
    let raw = Raw::progress(&format!("{RETURN}{{\"entry\":{{\"target\":\"1\",\"amount\":\"1\"}}}}\n{{}}\n"));
    assert!(matches!(verify(raw.bytes()), Err(Rejection::Record { line: 3, .. })));
}

/// The good header, with one thing changed.
fn header(change: impl Fn(String) -> String) -> &'static str {
    let raw = Raw::progress(RETURN);
    let good = String::from_utf8(raw.header()).unwrap();
    let changed = change(good.clone());
    assert_ne!(changed, good);
    verdict(Raw { header: Some(changed.into_bytes()), ..raw }.bytes())
}

#[test]
fn headers_are_read_as_strictly() {
    let zeros = "0".repeat(64);
    let replaced = [
        ("\"format\":1,", "", "bad_header"),
        ("\"format\":1,", "\"format\":2,", "unsupported_format"),
        ("\"format\":1,", "\"format\":2,\"novelty\":{},", "unsupported_format"),
        ("\"format\":1,", "\"format\":1.0,", "bad_header"),
        ("\"format\":1,", "\"format\":1,\"format\":1,", "bad_header"),
        ("\"format\":1,", "\"format\":1,\"novelty\":1,", "bad_header"),
        ("\"progress\"", "\"Progress\"", "bad_header"),
        ("\"progress\"", "{\"progress\":null}", "bad_header"),
        ("\"hub\":\"hub-1\"", "\"hub\":\"Hub 1\"", "bad_header"),
        ("\"hub\":\"hub-1\",", "", "bad_header"),
        ("\"office\":\"u01\",", "", "bad_header"),
        ("\"office\":\"u01\"", "\"office\":null", "bad_header"),
        ("2024-03\"", "2024-13\"", "bad_header"),
        ("2024-03\"", "2024-3\"", "bad_header"),
        ("\"seq\":1,", "\"seq\":0,", "bad_header"),
        ("\"seq\":1,", "\"seq\":9007199254740991,", "accepted"),
        ("\"seq\":1,", "\"seq\":9007199254740992,", "bad_header"),
        ("\"seq\":1,", "\"seq\":-1,", "bad_header"),
        ("\"seq\":1,", "\"seq\":\"1\",", "bad_header"),
        ("\"stand_in\":false", "\"stand_in\":0", "bad_header"),
        ("\"stand_in\":false,", "", "bad_header"),
        ("\"attachments\":[],", "", "bad_header"),
        ("5a5a", "5A5A", "bad_header"),
        ("5a5a", "5a", "bad_header"),
        ("+08:00", "", "bad_header"),
        ("\"taizhang 0.1.0\"", "\"\"", "bad_header"),
        ("\"taizhang 0.1.0\"", "\"\\u001b[2J\"", "bad_header"),
        ("\"taizhang 0.1.0\"", "\"台账\"", "bad_header"),
        ("\"plan_version\":3", "\"plan_version\":4294967296", "bad_header"),
    ];
    for (from, to, expected) in replaced {
        assert_eq!(header(|good| good.replacen(from, to, 1)), expected, "{from} {to}");
    }
    let prev = format!("\"prev\":\"{zeros}\",");
    assert_eq!(header(|good| good.replace(&prev, "")), "accepted", "number 1 may have no predecessor");
    assert_eq!(header(|good| good.replace(&prev, "").replace("\"seq\":1", "\"seq\":2")), "bad_header");
    let receipt = format!("{prev}\"last_receipt\":\"{zeros}\",");
    assert_eq!(header(|good| good.replace(&prev, &receipt)), "accepted");
    assert_eq!(header(|good| good + " "), "accepted");
    // Of another format's header only JSON's grammar is asked, but it is an object in UTF-8.
    let other =
        |header: &[u8]| verdict(Raw { header: Some(header.to_vec()), ..Raw::progress(RETURN) }.bytes());
    for (header, expected) in [
        (&br#"{"format":2,"a":null,"a":-1.5e9}"#[..], "unsupported_format"),
        (br#"{"format":0}"#, "unsupported_format"),
        (br#"{"format":18446744073709551615}"#, "unsupported_format"),
        (br#"{"format":18446744073709551616}"#, "bad_header"),
        (br#"{"format":-1}"#, "bad_header"),
        (br#"{"format":2.0}"#, "bad_header"),
        (br#"{"format":2,"format":3}"#, "bad_header"),
        (br#"{"format":2,"a":NaN}"#, "bad_header"),
        (b"{\"format\":2,\"a\":\"\xff\"}", "bad_header"),
        (b"[2]", "bad_header"),
        (b"[]", "bad_header"),
        (b"{}", "bad_header"),
    ] {
        assert_eq!(other(header), expected, "{}", String::from_utf8_lossy(header));
    }
    for change in
        [|good| good + "{}", |good| format!("[{good}]"), |good| format!("\u{feff}{good}"), |_| String::new()]
    {
        assert_eq!(header(change), "bad_header");
    }
}

#[test]
fn every_kind_has_its_own_fields() {
    let enrolment = Raw::progress(
        &(r#"{"enrolment":{"office_name":"a","contact":"b","telephone":"c"}}"#.to_owned() + "\n"),
    )
    .claim(r#""kind":"progress""#, r#""kind":"enrolment""#)
    .claim(r#""period":"2024-03","#, "")
    .claim(r#""seq":1,"#, "")
    .claim(&format!("\"prev\":\"{}\",", "0".repeat(64)), "")
    .claim(r#""stand_in":false,"attachments":[],"#, "");
    assert_eq!(verdict(enrolment.bytes()), "accepted");
    for extra in ["\"seq\":1,", "\"stand_in\":false,", "\"attachments\":[],", "\"period\":\"2024-03\","] {
        let more = enrolment.clone().claim("\"format\"", &format!("{extra}\"format\""));
        assert_eq!(verdict(more.bytes()), "bad_header", "{extra}");
    }
    let twice = Raw { records: enrolment.records.repeat(2), ..enrolment };
    assert_eq!(verdict(twice.bytes()), "bad_record");
}

#[test]
fn a_reason_cannot_steer_a_screen() {
    let long = "9".repeat(5000);
    let spoilt = [
        Raw::progress(&format!("{RETURN}{{\"entry\":{{\"\\u001b[2J\\u202e\":1}}}}\n")),
        Raw::progress(&format!("{RETURN}{{\"entry\":{{\"target\":\"1\",\"amount\":\"{long}\"}}}}\n")),
        Raw::progress(RETURN).claim("\"format\"", "\"\\u001b[2J\\u202e\":1,\"format\""),
        Raw::progress(RETURN).claim("\"hub-1\"", "\"\\u202e\""),
    ];
    for raw in spoilt {
        let rejection = verify(raw.bytes()).unwrap_err();
        let mut error: Option<&dyn std::error::Error> = Some(&rejection);
        while let Some(said) = error {
            let text = said.to_string();
            assert!(text.len() < 1000 && !text.contains(['\u{1b}', '\u{202e}']), "{text}");
            error = said.source();
        }
    }
}

/// Replaces, removes or doubles a piece of a text.
fn edited(mut bytes: Vec<u8>, edits: &[(Index, u8, Vec<u8>)]) -> Vec<u8> {
    for (at, cut, insert) in edits {
        let at = at.index(bytes.len() + 1);
        let end = (at + usize::from(*cut)).min(bytes.len());
        bytes.splice(at..end, insert.iter().copied());
    }
    bytes
}

fn edits() -> impl Strategy<Value = Vec<(Index, u8, Vec<u8>)>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..3),
        proptest::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            "null",
            "\\u0000",
            "-",
            "1e9",
            "\n",
            "\"entry\":"
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    proptest::collection::vec((any::<Index>(), 0..4_u8, piece), 1..4)
}

proptest! {
    /// A hostile author can sign anything; reading it ends, and what is accepted is accepted again once rewritten.
    #[test]
    fn whatever_is_signed_is_read_or_refused(edits in edits(), spoil in 0..3) {
        let raw = Raw::progress(&format!(
            "{RETURN}{}\n",
            r#"{"entry":{"target":"1","rate":"7.1","pair":["1","2"],"note":"已完成"}}"#
        ));
        let spoilt = match spoil {
            0 => Raw { header: Some(edited(raw.header(), &edits)), ..raw },
            1 => Raw { records: edited(raw.records.clone(), &edits), ..raw },
            _ => {
                let inflated_len = Some(raw.records.len() as u64);
                Raw { stream: Some(edited(raw.payload(), &edits)), inflated_len, ..raw }
            }
        };
        if let Ok(verified) = verify(spoilt.bytes()) {
            let claims = verified.header().claims.clone();
            let again = verify(bytes(1, claims.clone(), verified.payload(), &[])).unwrap();
            prop_assert_eq!(&again.header().claims, &claims);
            prop_assert_eq!(again.payload(), verified.payload());
        }
    }

    #[test]
    fn bytes_of_any_kind_are_refused(start in any::<bool>(), bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let magic: &[u8] = if start { crate::raw::MAGIC } else { b"" };
        prop_assert!(verify([magic, &bytes].concat()).is_err());
    }
}
