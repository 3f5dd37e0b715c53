//! The figures, from January to June.

use super::*;

/// One office's accepted figures as its returns come in.
struct Books<'a> {
    plan: &'a Plan,
    duties: &'a Duties<'a>,
    office: &'a OfficeId,
    history: History,
}

impl<'a> Books<'a> {
    fn new(plan: &'a Plan, duties: &'a Duties<'a>, office: &'a OfficeId) -> Self {
        Self { plan, duties, office, history: History::default() }
    }

    /// Checks a draft and returns what it says, or what keeps it from leaving.
    fn compile(&self, period: Period, draft: &Draft) -> Result<Return, String> {
        let cover =
            Cover { office: self.office.clone(), period, stand_in: false, sign_off: SignOff::default() };
        let (the_return, findings) = compile(self.plan, self.duties, &cover, draft, &self.history);
        match findings.iter().find(|finding| finding.blocks()) {
            None => Ok(the_return),
            Some(finding) => Err(format!("{} {period}: {finding:?}", self.office)),
        }
    }

    fn figures(&self, the_return: &Return) -> BTreeMap<TargetId, Figures> {
        let due = |target: &&Target| target.frequency.is_due(the_return.period);
        let of = |target: &Target| {
            let last = self.history.earlier.get(&target.id).and_then(|all| all.last().map(|(_, f)| *f));
            match the_return.entries.get(&target.id).map(|entry| &entry.answer) {
                Some(Answer::Figures(figures)) => Some(*figures),
                Some(Answer::NotApplicable(_)) => None,
                None => nil_figures(target.kind(), last),
            }
        };
        let targets = self.duties.targets_of(self.office).filter(due);
        targets.filter_map(|target| Some((target.id.clone(), of(target)?))).collect()
    }

    fn accept(&mut self, the_return: &Return) {
        for (id, figures) in self.figures(the_return) {
            let all = self.history.earlier.entry(id).or_default();
            all.retain(|(period, _)| *period != the_return.period);
            all.push((the_return.period, figures));
        }
        self.history.replaced.clear();
    }
}

/// Sends an office's returns of the half-year through the checks, `lost` of them unseen by whoever checks.
fn run(seed: u64, office: &OfficeId, lost: impl Fn(Period) -> bool) -> Result<(), String> {
    let plan = demo_plan();
    let duties = plan.duties();
    let mut books = Books::new(&plan, &duties, office);
    for period in half_year(&plan) {
        let draft = draft(&plan, &duties, office, period, seed);
        let the_return = books.compile(period, &draft)?;
        if lost(period) {
            continue;
        }
        let before = books.history.clone();
        let replaced = books.figures(&the_return);
        books.accept(&the_return);
        if let Some(correction) = correction(&plan, &duties, office, period, seed) {
            books.history = History { replaced, ..before };
            let corrected = books.compile(period, &correction)?;
            assert_ne!(corrected.entries, the_return.entries);
            books.accept(&corrected);
        }
    }
    Ok(())
}

fn any_office() -> impl Strategy<Value = OfficeId> {
    let ids: Vec<_> = demo_plan().offices.into_iter().map(|office| office.id).collect();
    // Those to whom something happens matter most.
    let eventful = ["u06", "u20", "u09", "u11"].map(office).to_vec();
    prop_oneof![prop::sample::select(ids), prop::sample::select(eventful)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_return_is_kept_back_by_the_checks(seed in any::<u64>(), office in any_office(), missing in 1u8..7) {
        prop_assert_eq!(run(seed, &office, |_| false), Ok(()));
        // Whoever checks may never have seen one of the months, or anything from one on.
        prop_assert_eq!(run(seed, &office, |period| period.month() == missing), Ok(()));
        prop_assert_eq!(run(seed, &office, |period| period.month() >= missing), Ok(()));
    }
}

#[test]
fn each_incident_happens_once_and_to_somebody_else() {
    let plan = demo_plan();
    let mut seen = BTreeMap::new();
    for office in &plan.offices {
        for period in half_year(&plan) {
            if let Some(incident) = incident(&office.id, period) {
                assert_eq!(seen.insert(incident, (office.id.clone(), period.month())), None);
            }
        }
    }
    let months: Vec<_> = seen.iter().map(|(incident, (_, month))| (*incident, *month)).collect();
    assert_eq!(
        months,
        [
            (Incident::Late, 4),
            (Incident::Nil, 5),
            (Incident::Falls, 5),
            (Incident::Altered, 6),
            (Incident::SentTwice, 6),
            (Incident::Gap, 6),
            (Incident::Silent, 6),
        ]
    );
    let offices: BTreeSet<_> = seen.values().map(|(office, _)| office).collect();
    assert_eq!(offices.len(), seen.len());
}

/// Reads the counts of a draft.
fn counts(plan: &Plan, draft: &Draft) -> BTreeMap<TargetId, Figure> {
    let count = |id: &TargetId| plan.target(id).is_some_and(|target| target.kind() == Kind::Count);
    let value = |cells: &model::draft::Cells| Figure::from_typed(&cells[&Field::Value]).unwrap();
    draft.cells.iter().filter(|(id, _)| count(id)).map(|(id, cells)| (id.clone(), value(cells))).collect()
}

#[test]
fn counts_only_fall_where_they_are_meant_to() {
    let plan = demo_plan();
    let duties = plan.duties();
    for office in duties.offices() {
        let mut before = BTreeMap::new();
        for period in half_year(&plan) {
            let draft = draft(&plan, &duties, office, period, 1);
            assert_eq!(draft.nil, incident(office, period) == Some(Incident::Nil));
            if draft.nil {
                assert_eq!(draft, Draft { nil: true, ..Draft::default() });
                continue;
            }
            let now = counts(&plan, &draft);
            let fell: Vec<_> =
                now.iter().filter(|(id, now)| before.get(*id).is_some_and(|b| b > *now)).collect();
            let meant = incident(office, period) == Some(Incident::Falls);
            assert_eq!(fell.len() >= 3, meant, "{office} {period}");
            assert!(meant || fell.is_empty(), "{office} {period}: {fell:?}");
            for (id, _) in fell {
                assert_eq!(draft.cells[id][&Field::Explanation], "演示：上月有重复统计，本月核减。");
            }
            before = now;
        }
    }
}

#[test]
fn a_lost_correction_raises_one_count_and_june_goes_on_from_it() {
    let plan = demo_plan();
    let duties = plan.duties();
    let all = || plan.offices.iter().flat_map(|o| half_year(&plan).into_iter().map(move |p| (&o.id, p)));
    let corrections: Vec<_> = all().filter(|(o, p)| correction(&plan, &duties, o, *p, 1).is_some()).collect();
    let [(office, may)] = corrections.as_slice() else { panic!("{corrections:?}") };
    assert_eq!((office.as_str(), may.month()), ("u11", 5));
    let june = counts(&plan, &draft(&plan, &duties, office, "2024-06".parse().unwrap(), 1));
    let first = counts(&plan, &draft(&plan, &duties, office, *may, 1));
    let second = counts(&plan, &correction(&plan, &duties, office, *may, 1).unwrap());
    let changed: Vec<_> = first.keys().filter(|id| first[*id] != second[*id]).collect();
    assert_eq!(changed.len(), 1);
    assert!(second.iter().all(|(id, value)| first[id] <= *value && *value <= june[id]));
}

#[test]
fn every_text_says_that_it_is_a_demonstration() {
    let mut not_applicable = 0;
    let plan = demo_plan();
    let duties = plan.duties();
    for office in duties.offices() {
        for period in half_year(&plan) {
            let draft = draft(&plan, &duties, office, period, 1);
            for (field, text) in draft.cells.values().flatten().filter(|(field, _)| !field.is_figure()) {
                assert!(text.starts_with("演示："), "{field:?} {text}");
            }
            let first = draft.cells.values().next();
            assert!(
                draft.nil || first.is_some_and(|cells| cells.contains_key(&Field::Note)),
                "{office} {period}"
            );
            not_applicable += draft.cells.values().filter(|c| c.contains_key(&Field::NotApplicable)).count();
        }
    }
    assert_eq!(not_applicable, half_year(&plan).len(), "one office, every month");
}

/// Rolls up a period of the whole district.
fn roll_up(plan: &Plan, duties: &Duties<'_>, target: &Target, period: Period) -> RollUp {
    let mut tally = Tally::new(target);
    for (office, _) in duties.assignees(&target.id) {
        let books = Books::new(plan, duties, office);
        let draft = draft(plan, duties, office, period, 1);
        let entries = books.compile(period, &draft).map(|the_return| the_return.entries);
        tally.add(match entries.unwrap_or_default().get(&target.id).map(|entry| &entry.answer) {
            Some(Answer::Figures(figures)) => Standing::Reported(*figures),
            Some(Answer::NotApplicable(_)) => Standing::NotApplicable,
            None => Standing::Missing,
        });
    }
    tally.roll_up()
}

fn lamps(plan: &Plan, period: Period) -> Vec<(String, Option<Lamp>)> {
    let duties = plan.duties();
    let lamp = |target: &Target| {
        let roll_up = roll_up(plan, &duties, target, period);
        let reference = match &target.measure {
            Measure::Relative { to, .. } => {
                let reference = roll_up_number(plan, &duties, to, period);
                reference.and_then(|actual| actual.number())
            }
            _ => None,
        };
        let case = Case {
            target,
            goal: target.goal(),
            period,
            roll_up: &roll_up,
            reference: reference.as_ref(),
            rule: &plan.lamp_rule,
        };
        assess(&case).lamp
    };
    plan.targets.iter().map(|target| (target.id.to_string(), lamp(target))).collect()
}

fn roll_up_number(plan: &Plan, duties: &Duties<'_>, id: &TargetId, period: Period) -> Option<Actual> {
    roll_up(plan, duties, plan.target(id)?, period).actual
}

#[test]
fn every_lamp_can_be_seen_in_june() {
    let plan = demo_plan();
    let mut tallied: BTreeMap<Option<Lamp>, usize> = BTreeMap::new();
    for (_, lamp) in lamps(&plan, "2024-06".parse().unwrap()) {
        *tallied.entry(lamp).or_default() += 1;
    }
    for lamp in [Lamp::Done, Lamp::Green, Lamp::Yellow, Lamp::Red, Lamp::Unscheduled] {
        assert!(tallied.get(&Some(lamp)).is_some_and(|count| *count >= 3), "{lamp:?}: {tallied:?}");
    }
    // What is due by the quarter has no figure yet in the first period.
    let february = lamps(&plan, "2024-02".parse().unwrap());
    assert!(february.contains(&("0-1-01".to_owned(), Some(Lamp::Unreported))));
}

#[test]
fn the_same_seed_makes_the_same_data() {
    let plan = demo_plan();
    let duties = plan.duties();
    let typed = |seed, office: &str, month: &str, code: &str| -> Vec<String> {
        let draft = draft(&plan, &duties, &self::office(office), month.parse().unwrap(), seed);
        let cells = &draft.cells[&TargetId::new(code).unwrap()];
        cells.iter().filter(|(field, _)| field.is_figure()).map(|(_, text)| text.clone()).collect()
    };
    assert_eq!(typed(1, "u01", "2024-06", "7-1-01"), ["0.11"]);
    assert_eq!(typed(1, "u13", "2024-05", "5-2-04"), ["183"]);
    assert_eq!(typed(2, "u13", "2024-05", "5-2-04"), ["98"]);
    assert_eq!(typed(1, "u01", "2024-06", "0-1-05"), ["250.18", "235.14"]);
    assert_eq!(typed(1, "own", "2024-06", "0-1-01"), ["5.3"]);
    assert_eq!(typed(1, "own", "2024-06", "7-3-03"), ["竣工"]);
    let quota = |code: &str, office: &str| {
        let quota = duties.duty(&TargetId::new(code).unwrap(), &self::office(office)).flatten();
        quota.map(|quota| quota.to_string())
    };
    assert_eq!(quota("7-1-01", "u01"), Some("0.32".to_owned()));
    assert_eq!(quota("5-2-04", "u13"), Some("415".to_owned()));
}
