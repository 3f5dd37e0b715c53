//! Writes every chart, light and dark, into a folder: real target names, 演示 figures. `gallery DIR`

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use charts::chapters::Chapter;
use charts::completion::{Group, Row};
use charts::trend::{Goal, Month, Reading, Scale, Trend};
use charts::{Chart, Lamp, Theme};

const MONTHS: [&str; 11] = ["1—2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("which folder?")?;
    fs::create_dir_all(&folder)?;
    let plan: toml::Table = include_str!("../../../../seeds/plan-2024.toml").parse()?;
    let groups = groups(&plan);
    for (theme, suffix) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let write = |name: &str, chart: Chart| {
            fs::write(Path::new(&folder).join(format!("{name}-{suffix}.svg")), chart.svg)
        };
        write("completion", charts::completion(&groups, theme))?;
        write("completion-odd", charts::completion(&odd(), theme))?;
        write("completion-empty", charts::completion(&[], theme))?;
        write("chapters", charts::chapters(&chapters(&groups), theme))?;
        for (name, trend) in trends() {
            write(&format!("trend-{name}"), charts::trend(&trend, theme))?;
        }
    }
    Ok(())
}

/// The plan's targets with 演示 figures for June.
fn groups(plan: &toml::Table) -> Vec<Group> {
    let list = |table: &toml::Table, key: &str| -> Vec<toml::Table> {
        let entries = table.get(key).and_then(toml::Value::as_array);
        entries.into_iter().flatten().filter_map(|entry| entry.as_table().cloned()).collect()
    };
    let title = |table: &toml::Table, key: &str| -> String {
        table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    let mut seed = 7u32;
    list(plan, "chapter")
        .iter()
        .map(|chapter| Group {
            heading: title(chapter, "title"),
            rows: list(chapter, "section")
                .iter()
                .flat_map(|section| list(section, "clause"))
                .flat_map(|clause| list(&clause, "target"))
                .map(|target| {
                    seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                    row(title(&target, "name"), seed >> 16)
                })
                .collect(),
        })
        .collect()
}

fn row(name: String, chance: u32) -> Row {
    let tenths = chance % 700 + 150;
    let behind = 50.0 - f64::from(tenths) / 10.0;
    let (completion, lamp, verdict) = match chance % 11 {
        0 => (None, Some(Lamp::Grey), "未填".to_owned()),
        1 => (Some(f64::from(tenths) / 10.0), None, "只汇总不考核".to_owned()),
        2 => (Some(100.0), Some(Lamp::Done), "已完成".to_owned()),
        _ if behind <= 0.0 => (Some(50.0 - behind), Some(Lamp::Green), "正常".to_owned()),
        _ if behind <= 10.0 => (Some(50.0 - behind), Some(Lamp::Yellow), format!("落后 {behind:.1} 点")),
        _ => (Some(50.0 - behind), Some(Lamp::Red), format!("落后 {behind:.1} 点")),
    };
    let figure = completion.map_or("—".to_owned(), |percent| format!("{percent:.1}%"));
    Row { name, completion, expected: Some(50.0), lamp, figure, verdict }
}

fn chapters(groups: &[Group]) -> Vec<Chapter> {
    let count = |group: &Group, lamp| group.rows.iter().filter(|row| row.lamp == Some(lamp)).count() as u32;
    groups
        .iter()
        .map(|group| Chapter {
            name: group.heading.clone(),
            done: count(group, Lamp::Done),
            green: count(group, Lamp::Green),
            yellow: count(group, Lamp::Yellow),
            red: count(group, Lamp::Red),
            grey: count(group, Lamp::Grey),
        })
        .collect()
}

/// Rows at the edges: beyond the scale, below it, long names, markup, no expected progress.
fn odd() -> Vec<Group> {
    let row = |name: &str, completion, expected, lamp, figure: &str, verdict: &str| Row {
        name: name.to_owned(),
        completion,
        expected,
        lamp,
        figure: figure.to_owned(),
        verdict: verdict.to_owned(),
    };
    let long = "全区镇街及功能区新增公共停车泊位（含路内划线、立体停车楼与错时共享泊位）累计建成数";
    vec![
        Group {
            heading: "五 精准推进更新建设 奋力打造美丽宜居城市新典范".to_owned(),
            rows: vec![
                row("新增停车泊位", Some(118.0), Some(50.0), Some(Lamp::Done), "118.0%", "已完成"),
                row("新增充电桩", Some(412.5), Some(50.0), Some(Lamp::Done), "412.5%", "已完成"),
                row("货物进出口总额增速", Some(-34.0), None, Some(Lamp::Red), "-1.7%", "低 6.7 个百分点"),
                row(
                    long,
                    Some(47.2),
                    Some(50.0),
                    Some(Lamp::Yellow),
                    "47.2%",
                    "落后 2.8 点；按 18/22 家汇总，含 4 家上期数",
                ),
                row("<b>改造堵点路口</b> & “😀”", Some(50.0), Some(50.0), Some(Lamp::Green), "50.0%", "正常"),
                row("区中医医院主体封顶", Some(66.7), Some(33.3), Some(Lamp::Green), "2/3", "按节点 正常"),
                row("航贸金基地一期", None, None, Some(Lamp::Grey), "—", "未排节点"),
            ],
        },
        Group {
            heading: String::new(),
            rows: vec![row("无标题的一组", Some(0.0), Some(50.0), Some(Lamp::Red), "0.0%", "落后 50.0 点")],
        },
    ]
}

fn trends() -> Vec<(&'static str, Trend)> {
    let months =
        |actual: &[Option<(f64, &str, bool)>], expected: &dyn Fn(usize) -> Option<f64>| -> Vec<Month> {
            MONTHS
                .iter()
                .enumerate()
                .map(|(index, label)| Month {
                    label: (*label).to_owned(),
                    actual: actual.get(index).copied().flatten().map(|(value, label, carried)| Reading {
                        value,
                        label: label.to_owned(),
                        carried,
                    }),
                    expected: expected(index),
                })
                .collect()
        };
    let goal = |value, label: &str| Some(Goal { value, label: label.to_owned() });
    let amount = |unit: &str| Scale::Amount { unit: unit.to_owned() };
    let year = |goal: f64| move |month: usize| Some(goal * (month + 2) as f64 / 12.0);
    let plain = |figures: &[(f64, &'static str)]| -> Vec<Option<(f64, &'static str, bool)>> {
        figures.iter().map(|(value, label)| Some((*value, *label, false))).collect()
    };
    let stages = ["未开始", "开工", "基础完工", "主体封顶"].map(str::to_owned).to_vec();
    vec![
        (
            "count",
            Trend {
                scale: amount("个"),
                months: months(
                    &plain(&[(82.0, "82"), (160.0, "160"), (245.0, "245"), (330.0, "330"), (318.0, "318")]),
                    &year(740.0),
                ),
                goal: goal(740.0, "740 个"),
            },
        ),
        (
            "gap",
            Trend {
                scale: amount("亿元"),
                months: months(
                    &[
                        Some((1204.3, "1,204.3", false)),
                        Some((1893.75, "1,893.75", false)),
                        None,
                        Some((3310.0, "3,310", false)),
                        Some((3310.0, "3,310", true)),
                        Some((5120.6, "5,120.6", false)),
                        Some((5120.6, "5,120.6", true)),
                        None,
                        Some((7400.0, "7,400", false)),
                    ],
                    &year(9000.0),
                ),
                goal: goal(9000.0, "≥9,000 亿元"),
            },
        ),
        (
            "level",
            Trend {
                scale: amount("家"),
                months: months(
                    &plain(&[
                        (1312.0, "1,312"),
                        (1330.0, "1,330"),
                        (1344.0, "1,344"),
                        (1371.0, "1,371"),
                        (1388.0, "1,388"),
                    ]),
                    &|month| Some(1300.0 + 100.0 * (month + 2) as f64 / 12.0),
                ),
                goal: goal(1400.0, ">1,400 家"),
            },
        ),
        (
            "rate",
            Trend {
                scale: Scale::Percent,
                months: months(
                    &plain(&[
                        (-3.2, "-3.2%"),
                        (-1.1, "-1.1%"),
                        (1.8, "1.8%"),
                        (4.6, "4.6%"),
                        (5.96, "5.96%"),
                        (6.4, "6.4%"),
                    ]),
                    &|_| None,
                ),
                goal: goal(6.0, "≥6%"),
            },
        ),
        (
            "crowded",
            Trend {
                scale: amount("元"),
                months: months(&[Some((123_456_789.12, "123,456,789.12", false)); 11], &year(123_456_789.0)),
                goal: goal(123_456_789.0, "123,456,789.12 元以上"),
            },
        ),
        (
            "milestone",
            Trend {
                scale: Scale::Stages(stages),
                months: months(
                    &[
                        Some((0.0, "", false)),
                        Some((1.0, "", false)),
                        Some((1.0, "", false)),
                        None,
                        Some((1.0, "", true)),
                        Some((2.0, "", false)),
                    ],
                    &|month| {
                        Some(if month < 2 {
                            0.0
                        } else if month < 4 {
                            1.0
                        } else if month < 7 {
                            2.0
                        } else {
                            3.0
                        })
                    },
                ),
                goal: goal(3.0, "主体封顶（8月）"),
            },
        ),
        (
            "waiting",
            Trend { scale: amount("个"), months: months(&[], &year(300.0)), goal: goal(300.0, "300 个") },
        ),
    ]
}
