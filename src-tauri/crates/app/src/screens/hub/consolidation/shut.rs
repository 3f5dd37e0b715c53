//! Freezing a period, and lifting the freeze.

use model::lock::{Difference, FrozenFigure};
use model::period::Period;
use model::plan::Plan;

use super::{Correction, Shut};
use crate::{Home, Result, words};

impl Home {
    /// Freezes a period, and says what this issue corrects.
    pub fn lock_period(&mut self, period: Period, why: &str) -> Result<Shut> {
        let locked = self.lock(period, &model::draft::printable(why.trim()))?;
        let plan = self.plan()?;
        let corrections: Vec<Correction> =
            locked.corrections.iter().map(|difference| correction(&plan, difference)).collect();
        let label = plan.calendar.label(period);
        let message = words::period_locked(&label, locked.freeze.issue, corrections.len()).into();
        Ok(Shut { message, corrections })
    }

    /// Lifts the freeze of a period, and says what waited for it.
    pub fn lift_lock(&mut self, period: Period, why: &str) -> Result<Shut> {
        let released = self.unlock_period(period, &model::draft::printable(why.trim()))?;
        let label = self.plan()?.calendar.label(period);
        Ok(Shut { message: words::period_unlocked(&label, released).into(), corrections: Vec::new() })
    }
}

fn correction(plan: &Plan, difference: &Difference) -> Correction {
    let target = plan.target(&difference.target);
    Correction {
        target: difference.target.to_string(),
        name: target.map(|target| target.name.clone()).unwrap_or_default(),
        what: changes(difference.before.as_ref(), difference.after.as_ref()),
    }
}

fn changes(before: Option<&FrozenFigure>, after: Option<&FrozenFigure>) -> Vec<String> {
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (None, _) => return vec!["上次没有这一项".to_owned()],
        (_, None) => return vec!["这次没有这一项".to_owned()],
    };
    let dash = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    let lamp = |code: &str| words::lamp_of_code(code).to_owned();
    let pairs = [
        ("完成数", dash(&before.actual), dash(&after.actual)),
        ("应达到", dash(&before.expected), dash(&after.expected)),
        ("亮灯", lamp(&before.lamp), lamp(&after.lamp)),
    ];
    let mut said: Vec<String> = pairs
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(what, old, new)| format!("{what} {old} → {new}"))
        .collect();
    if said.is_empty() {
        said.push(format!("说明：{} → {}", before.explanation, after.explanation));
    }
    said
}
