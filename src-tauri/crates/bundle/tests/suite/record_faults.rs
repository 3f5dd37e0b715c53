//! Records of plans and receipts that were spoilt and signed again.

use bundle::header::Claims;
use bundle::v1::Payload;

use crate::fixture::*;
use crate::raw::Raw;
use crate::records::{plan, plan_claims, receipt, receipt_claims};

/// The records of a bundle, to be spoilt and signed again.
fn spoilt(claims: Claims, payload: &Payload, from: &str, to: &str) -> &'static str {
    let file = bytes(1, claims, payload, &[]);
    let header_len = u32::from_be_bytes(file[105..109].try_into().unwrap()) as usize;
    let header = String::from_utf8(file[109..109 + header_len].to_vec()).unwrap();
    let mut records = String::new();
    let stream = &file[109 + header_len + 128..];
    std::io::Read::read_to_string(&mut flate2::read::DeflateDecoder::new(stream), &mut records).unwrap();
    assert!(records.contains(from), "{from} is not in {records}");
    let claims = header[1..].split_once(",\"records_len\"").unwrap().0.to_owned();
    let raw = Raw { claims, ..Raw::progress(&records.replacen(from, to, 1)) };
    verdict(raw.bytes())
}

#[test]
fn plans_are_read_strictly() {
    let payload = Payload::Plan(Box::new(plan()));
    for (from, to, expected) in [
        ("督查室", "督查处", "accepted"),
        ("\"year\":2024", "\"year\":2024,\"year\":2024", "bad_record"),
        ("\"year\":2024", "\"year\":\"2024\"", "bad_record"),
        ("\"stage_yellow\":2}", "\"stage_yellow\":2,\"x\":1}", "bad_record"),
        ("2024-10-09", "2024-10-9", "bad_record"),
        ("2024-10-09", "2024-10-32", "bad_record"),
        ("2024-10-09", "1899-12-31", "bad_record"),
        ("2024-10-09", "1900-01-01", "accepted"),
        ("2024-10-09", "+10000-01-01", "bad_record"),
        ("{\"code\":\"1\",", "{\"code\":\"0\",", "bad_record"),
        ("2024-10-09\"}", "2024-10-09\"},{\"month\":9,\"date\":\"2024-10-08\"}", "bad_record"),
        ("2024-10-09\"}", "2024-10-09\"},{\"month\":10,\"date\":\"2024-11-08\"}", "accepted"),
        ("\"kind\":\"stock\"", "\"kind\":\"Stock\"", "bad_record"),
        ("\"kind\":\"stock\"", "\"kind\":\"count\"", "bad_record"),
        ("\"kind\":\"share\",\"comparator\":\"below\",", "\"kind\":\"share\",", "bad_record"),
        ("\"deadline\":11", "\"deadline\":13", "bad_record"),
        ("\"deadline\":11", "\"deadline\":11,\"base\":\"1\"", "bad_record"),
        ("\"to\":\"growth\"", "\"to\":\"gone\"", "bad_record"),
        ("\"every\":\"street\"", "\"every\":\"street\",\"office\":\"u01\"", "bad_record"),
        ("\"every\":\"street\"", "\"every\":\"streets\"", "bad_record"),
        ("{\"section\"", "{\"chapter\"", "bad_record"),
        ("\"100.5\"", "\"100.50\"", "bad_record"),
        ("\"frequency\":\"yearly\"", "\"frequency\":{\"yearly\":null}", "bad_record"),
    ] {
        assert_eq!(spoilt(plan_claims(), &payload, from, to), expected, "{from} {to}");
    }
    let records = [
        "{\"chapter\":{\"code\":\"0\"",
        "{\"plan\":{",
        "{\"target\":{\"id\":\"count\",",
        "{\"comparison\":{",
    ];
    for record in records {
        assert_eq!(spoilt(plan_claims(), &payload, record, &format!("{record}\"x\":")), "bad_record");
    }
}

#[test]
fn plan_records_stand_in_their_order() {
    let payload = Payload::Plan(Box::new(plan()));
    let comparison = "{\"comparison\":{\"lesser\":\"count\",\"greater\":\"count-2\"}}\n";
    let moved = |before: &str| spoilt(plan_claims(), &payload, before, &format!("{comparison}{before}"));
    assert_eq!(moved("{\"comparison\""), "accepted");
    for before in
        ["{\"plan\"", "{\"chapter\"", "{\"section\"", "{\"target\"", "{\"office\"", "{\"assignment\""]
    {
        assert_eq!(moved(before), "bad_record", "{before}");
    }
    let first = "{\"chapter\":{\"code\":\"0\",\"title\":\"预期目标\"}}\n";
    let section = "{\"section\":{\"code\":\"9\",\"title\":\"\"}}\n";
    assert_eq!(spoilt(plan_claims(), &payload, first, &format!("{section}{first}")), "bad_record");
    assert_eq!(spoilt(plan_claims(), &payload, first, &format!("{first}{section}")), "accepted");
}

#[test]
fn receipts_are_read_strictly() {
    let payload = Payload::Receipt(receipt());
    for (from, to, expected) in [
        ("[[2,2],[4,7]]", "[[2,2],[4,8]]", "accepted"),
        ("[[2,2],[4,7]]", "[[2,2],[4,9]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[4,7],[2,2]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[2,3],[3,7]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[0,2]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[3,2]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[2]]", "bad_record"),
        ("\"outcome\":\"accepted\"", "\"outcome\":\"accepted\",\"cells\":[]", "bad_record"),
        ("\"outcome\":\"accepted\"", "\"outcome\":\"returned\"", "bad_record"),
        ("\"outcome\":\"pending\"", "\"outcome\":\"lost\"", "bad_record"),
        ("\"field\":\"next_step\"", "\"field\":\"nextstep\"", "bad_record"),
        ("\"seq\":9", "\"seq\":9007199254740992", "bad_record"),
        ("\"period\":\"2024-06\"", "\"period\":\"2024-03\"", "bad_record"),
        (
            "{\"entry\":{\"target\":\"count\",",
            &format!(
                "{{\"entry\":{{\"target\":\"count\",\"evidence\":[{{\"sha256\":\"{}\",\"len\":4,\"name\":\"a\"}}],",
                "0".repeat(64)
            ),
            "bad_record",
        ),
        ("{\"period\":{\"period\":\"2024-06\"", "{\"period\":{\"period\":\"2024-02\"", "bad_record"),
    ] {
        assert_eq!(spoilt(receipt_claims(), &payload, from, to), expected, "{from} {to}");
    }
    let head = format!(
        "{{\"head\":{{\"stream\":\"{}\",\"seq\":1,\"header\":\"{}\",\"missing\":[]}}}}\n",
        stream(),
        anchor()
    );
    let verdict = format!(
        "{{\"verdict\":{{\"stream\":\"{}\",\"seq\":1,\"header\":\"{}\",\"period\":\"2024-03\",\"outcome\":\"pending\"}}}}\n",
        stream(),
        anchor()
    );
    let lone = "{\"entry\":{\"target\":\"1\",\"amount\":\"1\"}}\n";
    let period = "{\"period\":{\"period\":\"2024-01\",\"plan_version\":1,\"stand_in\":false}}\n";
    for (before, inserted, expected) in [
        ("{\"head\"", head.as_str(), "accepted"),
        ("{\"verdict\"", &head, "accepted"),
        ("{\"period\"", &head, "bad_record"),
        ("{\"return\"", &head, "bad_record"),
        ("{\"period\"", &verdict, "accepted"),
        ("{\"return\"", &verdict, "bad_record"),
        ("{\"head\"", lone, "bad_record"),
        ("{\"return\"", lone, "bad_record"),
        ("{\"period\"", period, "bad_record"),
        ("{\"verdict\"", crate::raw::RETURN, "bad_record"),
        ("{\"entry\"", crate::raw::RETURN, "bad_record"),
    ] {
        assert_eq!(
            spoilt(receipt_claims(), &payload, before, &format!("{inserted}{before}")),
            expected,
            "{inserted} before {before}"
        );
    }
}
