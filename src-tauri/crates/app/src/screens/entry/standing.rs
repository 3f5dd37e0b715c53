//! What follows from a row's boxes: the rate or completion, its bar, its lamp, and the arithmetic.

use model::assess::{Assessment, Case, Expected, assess, quota_goal};
use model::exact::Exact;
use model::lamp::Lamp;
use model::rollup::{self, Tally};
use model::target::{Goal, Measure, Target};

use super::{Bar, CellState, Standing};
use crate::desk::{Desk, Facts, Post};
use crate::screens::{FindingView, LampView};
use crate::show_plan::shown_goal;
use crate::words;

impl Desk {
    /// Writes the standing of a row.
    pub(crate) fn standing(&self, post: &Post, target: &Target, facts: &Facts) -> Standing {
        let findings = facts.findings.iter().map(|finding| FindingView::of(&self.plan, finding)).collect();
        let bare = Standing {
            target: target.id.to_string(),
            state: facts.state,
            computed: String::new(),
            bar: None,
            lamp: None,
            explanation: String::new(),
            outlook: String::new(),
            findings,
        };
        if facts.state == CellState::NotIssued {
            return Standing { explanation: words::added_later().to_owned(), ..bare };
        }
        let Some(stands) = facts.stands else {
            return Standing { explanation: words::not_due(target), ..bare };
        };
        let goal = quota_goal(target, post.quota);
        let assessment = self.assess(target, goal, stands, facts.reference.as_ref());
        if stands == rollup::Standing::NotApplicable {
            return Standing { explanation: words::inapplicable().to_owned(), ..bare };
        }
        if facts.state == CellState::Unreadable {
            let (bar, lamp) =
                (bar(target, goal, &assessment), self.lamp(post, target, facts.state, &assessment));
            return Standing { bar, lamp, explanation: words::unreadable().to_owned(), ..bare };
        }
        Standing {
            computed: words::computed(target, &assessment),
            bar: bar(target, goal, &assessment),
            lamp: self.lamp(post, target, facts.state, &assessment),
            explanation: words::explain_own(&self.plan, target, goal, &assessment),
            outlook: words::outlook_own(target, goal, self.sheet.period, &assessment),
            ..bare
        }
    }

    /// Holds how the office stands towards a target against its own goal.
    pub(crate) fn assess(
        &self,
        target: &Target,
        goal: Option<Goal>,
        stands: rollup::Standing,
        reference: Option<&Exact>,
    ) -> Assessment {
        let mut tally = Tally::new(target);
        tally.add(stands);
        let roll_up = tally.roll_up();
        let rule = &self.plan.lamp_rule;
        assess(&Case { target, goal, period: self.sheet.period, roll_up: &roll_up, reference, rule })
    }

    fn lamp(
        &self,
        post: &Post,
        target: &Target,
        state: CellState,
        assessment: &Assessment,
    ) -> Option<LampView> {
        if !self.is_judged(post, target) {
            return None;
        }
        let lamp = assessment.lamp?;
        let words = match (lamp, state) {
            (Lamp::Unreported, CellState::Unreadable) => "待改正".to_owned(),
            (Lamp::Unreported, _) => "未填".to_owned(),
            _ => words::lamp_words(target, quota_goal(target, post.quota), assessment),
        };
        Some(LampView { code: words::lamp_code(lamp).to_owned(), words })
    }

    /// Says what the office is to reach, and what that is.
    pub(crate) fn goal(&self, post: &Post, target: &Target) -> (String, &'static str) {
        let district = || shown_goal(&self.plan, target);
        match (quota_goal(target, post.quota), &target.measure) {
            // 本级 answers with the district's own figure for what nobody else was given.
            (Some(_), _) if self.sheet.office.is_own() && target.goal().map(|g| g.value) == post.quota => {
                (district(), "全区目标")
            }
            (Some(quota), _) => (words::goal_label(target, quota), "分解数"),
            (None, Measure::Milestone { .. } | Measure::Statement { .. } | Measure::Relative { .. }) => {
                (district(), "目标")
            }
            (None, _) => (district(), "全区目标"),
        }
    }

    /// Says whether the office is judged by a target: by its quota, by the stages planned, or by the rate it has to keep up with.
    pub(crate) fn is_judged(&self, post: &Post, target: &Target) -> bool {
        match &target.measure {
            Measure::Milestone { .. } | Measure::Statement { .. } => true,
            Measure::Relative { to, .. } => self.posts.iter().any(|post| post.target == *to),
            _ => post.quota.is_some(),
        }
    }
}

/// Draws completion where there is a goal to be completed, from nothing where nothing was typed.
fn bar(target: &Target, goal: Option<Goal>, assessment: &Assessment) -> Option<Bar> {
    goal.filter(|_| target.kind().is_amount())?;
    let Some(Expected::Amount { percent, .. }) = &assessment.expected else { return None };
    let zero = Exact::from(0);
    Some(Bar {
        done: width(assessment.completion.as_ref().unwrap_or(&zero)),
        expected: width(percent.as_ref().unwrap_or(&zero)),
    })
}

/// Rounds to whole percent for drawing, 0–100.
fn width(percent: &Exact) -> u8 {
    let clamped = percent.clone().clamp(Exact::from(0), Exact::from(100));
    clamped.rounded(0).parse().unwrap_or(0)
}
