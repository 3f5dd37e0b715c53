//! Vectors that differ from a good bundle in one replacement; the tables lie beside this file.

use super::{Vector, vector};
use crate::raw::{RETURN, Raw};

const HEADERS: &str = include_str!("headers.txt");
const RECORDS: &str = include_str!("records.txt");
const RECEIPTS: &str = include_str!("receipts.txt");
const PLANS: &str = include_str!("plans.txt");

/// A return in which every kind of answer but a published rate occurs.
pub const ENTRIES: &str = r#"{"entry":{"target":"a","amount":"12.5","note":"已完成"}}
{"entry":{"target":"b","pair":["107","100"]}}
{"entry":{"target":"c","not_applicable":"无此项"}}
{"entry":{"target":"d","stage":2}}
"#;

pub const RECEIPT: &str = r#"{"head":{"stream":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","seq":9,"header":"0000000000000000000000000000000000000000000000000000000000000000","missing":[[2,2],[4,7]]}}
{"head":{"stream":"5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b","seq":3,"header":"0000000000000000000000000000000000000000000000000000000000000000","missing":[]}}
{"verdict":{"stream":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","seq":1,"header":"0000000000000000000000000000000000000000000000000000000000000000","period":"2024-02","outcome":"pending"}}
{"verdict":{"stream":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","seq":8,"header":"0000000000000000000000000000000000000000000000000000000000000000","period":"2024-03","outcome":"returned","cells":[{"target":"a","field":"value","reason":"与统计数不符"}]}}
{"period":{"period":"2024-02","plan_version":3,"stand_in":false}}
{"return":{"nil":false,"filled_by":"甲","checked_by":"乙","issued_by":"丙"}}
{"entry":{"target":"a","amount":"12.5"}}
{"period":{"period":"2024-03","plan_version":3,"stand_in":true}}
{"return":{"nil":true,"filled_by":"","checked_by":"","issued_by":""}}
"#;

pub const PLAN: &str = r#"{"plan":{"hub_name":"督查室","title":"演示","year":2024,"merge_jan_feb":true,"first_month":2,"due_day":5,"due_exceptions":[{"month":9,"date":"2024-10-09"}],"lamp_rule":{"count_yellow":"10","stock_yellow":"10","growth_yellow":"1","share_yellow":"1","stage_yellow":1}}}
{"chapter":{"code":"1","title":"一"}}
{"section":{"code":"1-1","title":"（一）"}}
{"target":{"id":"c1","section":"1-1","name":"甲","clause":"甲","kind":"count","comparator":"reach","value":"12","monthly":["1","2","3","4","5","6","7","8","9","10","11","12"],"unit":"个","amount_unit":"","official":false,"frequency":"monthly","since":1}}
{"target":{"id":"c2","section":"1-1","name":"乙","clause":"乙","kind":"count","comparator":"about","value":"700","unit":"个","amount_unit":"","official":false,"frequency":"monthly","since":1}}
{"target":{"id":"g","section":"1-1","name":"丙","clause":"丙","kind":"growth","comparator":"at_least","value":"6","unit":"%","amount_unit":"亿元","official":true,"frequency":"quarterly","since":1}}
{"target":{"id":"h","section":"1-1","name":"庚","clause":"庚","kind":"growth","unit":"%","amount_unit":"","official":false,"frequency":"monthly","since":1}}
{"target":{"id":"m","section":"1-1","name":"丁","clause":"丁","kind":"milestone","stages":[{"name":"未开始"},{"name":"竣工","month":12}],"unit":"","amount_unit":"","official":false,"frequency":"monthly","since":1}}
{"target":{"id":"s","section":"1-1","name":"戊","clause":"戊","kind":"statement","deadline":11,"unit":"","amount_unit":"","official":false,"frequency":"monthly","since":1,"retired":2}}
{"target":{"id":"r","section":"1-1","name":"己","clause":"己","kind":"relative","to":"g","comparator":"reach","tolerance":"0.1","unit":"%","amount_unit":"","official":false,"frequency":"yearly","since":1}}
{"office":{"id":"own","kind":"own","names":[{"value":"本级"}],"codes":[]}}
{"office":{"id":"u01","kind":"street","names":[{"value":"王台镇"},{"value":"王台街道","since":"2020-06-01"}],"codes":[{"value":"370211"}]}}
{"assignment":{"target":"c1","office":"u01","quota":"4"}}
{"assignment":{"target":"c2","every":"street"}}
{"comparison":{"lesser":"c1","greater":"c2"}}
"#;

/// A good return with some entries.
pub fn progress() -> Raw {
    Raw::progress(&[RETURN, ENTRIES].concat())
}

fn spoilt(text: &str, from: &str, to: &str) -> String {
    let unfold = |text: &str| text.replace('¶', "\n").replace('␍', "\r").replace('∅', "");
    let (from, to) = (unfold(from), unfold(to));
    assert!(text.contains(&from), "{from} is not in {text}");
    text.replacen(&from, &to, 1)
}

fn table(table: &str, mut make: impl FnMut(&str, &str) -> Raw) -> Vec<Vector> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| {
        let [name, expect, rule, from, to] =
            line.split(" | ").collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("{line}"));
        vector(name, expect, rule, make(from, to).bytes())
    };
    lines.map(row).collect()
}

pub fn vectors() -> Vec<Vector> {
    let header = |from: &str, to: &str| {
        let raw = Raw::progress(RETURN);
        let header = spoilt(&String::from_utf8(raw.header()).unwrap(), from, to);
        Raw { header: Some(header.into_bytes()), ..raw }
    };
    let entries = [RETURN, ENTRIES].concat();
    [
        table(HEADERS, header),
        table(RECORDS, |from, to| Raw::progress(&spoilt(&entries, from, to))),
        table(RECEIPTS, |from, to| Raw::of("receipt", &spoilt(RECEIPT, from, to))),
        table(PLANS, |from, to| Raw::of("plan", &spoilt(PLAN, from, to))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
