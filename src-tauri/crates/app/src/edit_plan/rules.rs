//! The plan's rules: title, calendar, lamps, comparisons between targets.

use chrono::{Datelike, NaiveDate};
use model::calendar::Calendar;
use model::id::TargetId;
use model::lamp::LampRule;
use model::plan::Comparison;

use super::figure::Reader;
use super::{Deed, Edited, Faults};
use crate::screens::hub::targets::{CalendarForm, LampForm, PairForm};
use crate::{Home, Result};

const TITLE_CHARS: usize = 60;

impl Home {
    /// Keeps the plan's title and calendar. Merging of January and February is fixed once a return exists.
    pub fn save_calendar(&mut self, form: &CalendarForm) -> Result<Edited> {
        self.edit_plan(Deed { verb: "save_calendar", subject: "", detail: "" }, |plan| {
            let mut reader = Reader::default();
            let title = reader.text("title", "方案名称", &form.title, TITLE_CHARS);
            let calendar = calendar(&mut reader, plan.calendar.year, form);
            let (title, calendar) = reader.done(calendar.map(|calendar| (title, calendar)))?;
            plan.title = title;
            plan.calendar = calendar;
            Ok(None)
        })
    }

    /// Keeps the thresholds of the lamps.
    pub fn save_lamps(&mut self, form: &LampForm) -> Result<Edited> {
        self.edit_plan(Deed { verb: "save_lamps", subject: "", detail: "" }, |plan| {
            plan.lamp_rule = lamp_rule(form)?;
            Ok(None)
        })
    }

    /// Keeps which targets may not exceed which.
    pub fn save_comparisons(&mut self, pairs: &[PairForm]) -> Result<Edited> {
        self.edit_plan(Deed { verb: "save_comparisons", subject: "", detail: "" }, |plan| {
            let mut reader = Reader::default();
            let mut read: Vec<Comparison> = Vec::new();
            for (at, pair) in pairs.iter().enumerate() {
                let field = format!("pair.{at}");
                let ids = TargetId::new(&pair.lesser).ok().zip(TargetId::new(&pair.greater).ok());
                let Some((lesser, greater)) = ids else {
                    reader.refuse(field, "请选两个目标");
                    continue;
                };
                if lesser == greater {
                    reader.refuse(field, "不能和自己比");
                } else if read.iter().any(|one| one.lesser == lesser && one.greater == greater) {
                    reader.refuse(field, "这一条已经有了");
                } else if read.iter().any(|one| one.lesser == greater && one.greater == lesser) {
                    reader.refuse(field, "和上面一条正好相反");
                }
                read.push(Comparison { lesser, greater });
            }
            plan.comparisons = reader.done(Some(read))?;
            Ok(None)
        })
    }
}

/// Reads the thresholds of the lamps.
pub(crate) fn lamp_rule(form: &LampForm) -> std::result::Result<LampRule, Faults> {
    let mut reader = Reader::default();
    let mut points = |field: &str, typed: &str| {
        let figure = reader.amount(field, "点数", typed);
        if typed.trim().is_empty() {
            reader.refuse(field, "请填点数；0 表示一落后就亮红灯");
        }
        figure
    };
    let figures = [
        points("count", &form.count),
        points("stock", &form.stock),
        points("growth", &form.growth),
        points("share", &form.share),
    ];
    let stage_yellow = reader.number("stage", "级数", &form.stage, 0, 9);
    let rule = match (figures, stage_yellow) {
        (
            [Some(count_yellow), Some(stock_yellow), Some(growth_yellow), Some(share_yellow)],
            Some(stage_yellow),
        ) => Some(LampRule { count_yellow, stock_yellow, growth_yellow, share_yellow, stage_yellow }),
        _ => None,
    };
    reader.done(rule)
}

fn calendar(reader: &mut Reader, year: u16, form: &CalendarForm) -> Option<Calendar> {
    let first_month = reader.number("first_month", "首个报告期（月）", &form.first_month, 1, 12);
    let due_day = reader.number("due_day", "截止日", &form.due_day, 1, 28);
    let mut due_exceptions = std::collections::BTreeMap::new();
    for (month, typed) in (1u8..).zip(form.exceptions.iter().take(12)) {
        let field = format!("exception.{month}");
        if typed.trim().is_empty() {
            continue;
        }
        match day(typed, year, month) {
            None => reader.refuse(field, "写成 4月8日 或 2024-04-08 这样"),
            Some(day)
                if NaiveDate::from_ymd_opt(year.into(), month.into(), 1).is_some_and(|first| day < first) =>
            {
                reader.refuse(field, format!("{}月{}日早于{month}月，请核对", day.month(), day.day()));
            }
            Some(day) => {
                due_exceptions.insert(month, day);
            }
        }
    }
    // January is reported with February: the first report is that of February.
    let first_month = first_month.map(|first| if form.merge_jan_feb { first.max(2) } else { first });
    Some(Calendar {
        year,
        merge_jan_feb: form.merge_jan_feb,
        first_month: first_month?,
        due_day: due_day?,
        due_exceptions,
    })
}

/// Reads a day: `2024-04-08`, `4月8日`, `4-8`, `4.8`; without a year, the one in which the period falls due.
fn day(typed: &str, year: u16, month: u8) -> Option<NaiveDate> {
    let plain: String = typed.trim().chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    let known = typed.chars().all(|c| c.is_ascii_digit() || "年月日-./ ".contains(c));
    let parts: Vec<u32> =
        plain.split_whitespace().map(str::parse).collect::<std::result::Result<_, _>>().ok()?;
    match parts[..] {
        _ if !known => None,
        [year, month, day] => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        [of_month, day] => {
            // The last months of a year are due in the first of the next one.
            let year = i32::from(year) + i32::from(month >= 10 && of_month <= 3);
            NaiveDate::from_ymd_opt(year, of_month, day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let of = |typed: &str, month| day(typed, 2024, month).map(|day| day.to_string());
        for typed in ["2024-04-08", "4月8日", "4-8", "4.8", " 04/08 ", "2024年4月8日"] {
            assert_eq!(of(typed, 3).as_deref(), Some("2024-04-08"), "{typed}");
        }
        assert_eq!(of("1月8日", 12).as_deref(), Some("2025-01-08"), "December is due in the next year");
        for bad in ["8", "4月31日", "四月八日", "2024-4", "20240408", "4月8日前"] {
            assert_eq!(of(bad, 3), None, "{bad}");
        }
    }

    #[test]
    fn thresholds_are_never_negative_or_missing() {
        let form = |count: &str, stage: &str| LampForm {
            count: count.to_owned(),
            stock: "10".to_owned(),
            growth: "1".to_owned(),
            share: "0.5".to_owned(),
            stage: stage.to_owned(),
        };
        assert!(lamp_rule(&form("0", "1")).is_ok());
        for (count, stage, field) in
            [("-1", "1", "count"), ("", "1", "count"), ("5", "1.5", "stage"), ("5", "", "stage")]
        {
            let faults = lamp_rule(&form(count, stage)).unwrap_err();
            assert_eq!(faults[0].field, field, "{count} {stage}");
        }
    }
}
