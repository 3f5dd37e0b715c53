//! The figures that are typed in the loop, and what follows from them: reckoned here with whole numbers, without any code
//! of ours.

/// What one office typed for one month, in the order of its boxes.
pub struct Typed {
    pub office: usize,
    pub month: u8,
    /// 新增进出口实绩企业, since January.
    pub count: i64,
    /// 一般公共预算收入 this year and last, in tenths of 亿元.
    pub growth: Option<[i64; 2]>,
    /// 高新技术产业产值 and all of it, in 亿元.
    pub share: Option<[i64; 2]>,
    /// How far 黄山隧道 has come, of [`STAGES`].
    pub stage: Option<usize>,
}

pub const OFFICES: [&str; 4] = ["泊里镇", "王台街道", "薛家岛街道", "琅琊镇"];
pub const COUNT: &str = "3-2-02";
pub const GROWTH: &str = "0-1-02";
pub const SHARE: &str = "2-1-03";
pub const MILESTONE: &str = "5-1-03";
/// 推进中 is planned for March, 建成 for December.
pub const STAGES: [(&str, i64); 3] = [("未开始", 0), ("推进中", 3), ("建成", 12)];
/// Who is given how much of the 300.
pub const QUOTAS: [i64; 4] = [90, 80, 70, 60];
const GOAL: i64 = 300;

pub const MONTHS: [u8; 3] = [2, 3, 4];

const fn typed(
    office: usize,
    month: u8,
    count: i64,
    growth: Option<[i64; 2]>,
    share: Option<[i64; 2]>,
    stage: Option<usize>,
) -> Typed {
    Typed { office, month, count, growth, share, stage }
}

/// What counts in the end: the first office's 19 of February was sent back and became 9, the second's 20 of March became 22.
pub const TABLE: [Typed; 12] = [
    typed(0, 2, 9, Some([1080, 1000]), None, Some(1)),
    typed(1, 2, 14, Some([520, 500]), None, None),
    typed(2, 2, 11, None, Some([66, 100]), None),
    typed(3, 2, 5, None, Some([60, 90]), Some(0)),
    typed(0, 3, 21, Some([1600, 1500]), None, Some(1)),
    typed(1, 3, 22, Some([805, 750]), None, None),
    typed(2, 3, 19, None, Some([130, 200]), None),
    typed(3, 3, 12, None, Some([91, 140]), Some(0)),
    typed(0, 4, 33, Some([2150, 2000]), None, Some(2)),
    typed(1, 4, 30, Some([1100, 1000]), None, None),
    typed(2, 4, 26, None, Some([199, 300]), None),
    typed(3, 4, 18, None, Some([110, 185]), Some(1)),
];

/// What counts of an office's month in the end.
pub fn of(office: usize, month: u8) -> &'static Typed {
    TABLE.iter().find(|row| row.office == office && row.month == month).unwrap()
}

/// Writes tenths as they are typed: `108.0`.
pub fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

/// What was typed first and corrected later.
pub const SENT_BACK: i64 = 19;
pub const LOST: i64 = 20;

/// A target as it has to stand at the end of a month.
#[derive(Debug, PartialEq, Eq)]
pub struct Expected {
    pub code: &'static str,
    /// As the command line writes it: exact, to six decimals.
    pub exact: String,
    /// As people read it.
    pub shown: String,
    pub lamp: &'static str,
    /// Offices that gave it, of those that owe it; here all do in the end.
    pub offices: usize,
}

/// Divides and rounds half away from zero; without zeros at the end where `trimmed`.
fn decimal(numerator: i64, denominator: i64, decimals: usize, trimmed: bool) -> String {
    let scale = 10_i64.pow(u32::try_from(decimals).unwrap());
    let scaled = (numerator.abs() * scale * 2 + denominator) / (denominator * 2);
    let sign = if numerator < 0 && scaled != 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:0decimals$}", scaled / scale, scaled % scale);
    if trimmed { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Lamp of a figure that lies so many hundredths of a point from what was expected.
fn lamp(ahead: i64, yellow: i64) -> &'static str {
    match ahead {
        0.. => "green",
        _ if -ahead <= yellow => "yellow",
        _ => "red",
    }
}

/// How the four targets stand at the end of a month.
pub fn expected(month: u8) -> [Expected; 4] {
    let rows = || TABLE.iter().filter(move |row| row.month == month);
    let count: i64 = rows().map(|row| row.count).sum();
    let pair = |of: fn(&Typed) -> Option<[i64; 2]>| {
        rows().filter_map(of).fold([0, 0], |[a, b], [c, d]| [a + c, b + d])
    };
    let [now, before] = pair(|row| row.growth);
    let [part, whole] = pair(|row| row.share);
    let reached = rows().filter_map(|row| row.stage).min().unwrap();
    let m = i64::from(month);
    // Points of the goal: twelfths of 300 are 25 a month. Cross-multiplied, so that nothing is rounded before it is judged.
    let behind = (count - GOAL * m / 12) * 100;
    let planned = STAGES.iter().rposition(|(_, by)| *by <= m).unwrap();
    let (growth, share) = (100 * (now - before), 100 * part);
    let rate = |ahead: i64, of: i64| match ahead {
        0.. => "green",
        _ if -ahead <= of => "yellow",
        _ => "red",
    };
    [
        Expected {
            code: COUNT,
            exact: count.to_string(),
            shown: format!("{count} 家"),
            lamp: if count >= GOAL { "done" } else { lamp(behind, 10 * GOAL) },
            offices: 4,
        },
        Expected {
            code: GROWTH,
            exact: decimal(growth, before, 6, true),
            shown: format!("{}%", decimal(growth, before, 1, false)),
            lamp: rate(growth - 7 * before, before),
            offices: 2,
        },
        Expected {
            code: SHARE,
            exact: decimal(share, whole, 6, true),
            shown: format!("{}%", decimal(share, whole, 1, false)),
            lamp: rate(share - 65 * whole, whole),
            offices: 2,
        },
        Expected {
            code: MILESTONE,
            exact: STAGES[reached].0.to_owned(),
            shown: STAGES[reached].0.to_owned(),
            lamp: match planned.saturating_sub(reached) {
                _ if reached == STAGES.len() - 1 => "done",
                0 => "green",
                1 => "yellow",
                _ => "red",
            },
            offices: 2,
        },
    ]
}

/// What one office's cell of a target says; none where it is not given that target.
pub fn cell(row: &Typed, code: &str) -> Option<String> {
    match code {
        COUNT => Some(row.count.to_string()),
        GROWTH => {
            row.growth.map(|[now, before]| format!("{}%", decimal(100 * (now - before), before, 1, false)))
        }
        SHARE => row.share.map(|[part, whole]| format!("{}%", decimal(100 * part, whole, 1, false))),
        _ => row.stage.map(|at| STAGES[at].0.to_owned()),
    }
}

#[test]
fn the_table_lights_every_lamp_and_ends_on_an_edge() {
    let all: Vec<Expected> = MONTHS.into_iter().flat_map(expected).collect();
    for lamp in ["green", "yellow", "red"] {
        assert!(all.iter().any(|one| one.lamp == lamp), "no {lamp}");
    }
    // 221 of 340 is 65 % to the last digit, and 65 % or more is what is asked for.
    let edge = all.iter().find(|one| one.code == SHARE && one.exact == "65").unwrap();
    assert_eq!((edge.shown.as_str(), edge.lamp), ("65.0%", "green"));
}
