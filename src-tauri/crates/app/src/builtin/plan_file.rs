//! The TOML form of a report: chapters, sections, clauses, and the targets that each clause states.

use model::figure::Figure;
use model::id::TargetId;
use model::plan::{Chapter, Comparison, Section};
use model::target::{Comparator, Frequency, Goal, Measure, Stage, Target};
use serde::Deserialize;

use super::SeedError;

/// The version under which a hub first issues the plan.
const FIRST_VERSION: u32 = 1;
/// The report is of one year, so an end state without a month of its own is due when the year ends.
const DECEMBER: u8 = 12;

/// What a plan takes from a report.
pub(super) struct Report {
    pub(super) title: String,
    pub(super) year: u16,
    pub(super) chapters: Vec<Chapter>,
    pub(super) targets: Vec<Target>,
    pub(super) comparisons: Vec<Comparison>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportRecord {
    title: String,
    year: u16,
    chapter: Vec<ChapterRecord>,
    #[serde(default)]
    comparison: Vec<ComparisonRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChapterRecord {
    code: String,
    title: String,
    section: Vec<SectionRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionRecord {
    code: String,
    title: String,
    #[serde(default)]
    clause: Vec<ClauseRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseRecord {
    text: String,
    target: Vec<TargetRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetRecord {
    code: String,
    name: String,
    kind: KindRecord,
    comparator: Option<ComparatorRecord>,
    value: Option<String>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    amount_unit: String,
    #[serde(default)]
    official: bool,
    #[serde(default)]
    frequency: FrequencyRecord,
    stages: Option<Vec<String>>,
    deadline: Option<u8>,
    relative_to: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum KindRecord {
    Count,
    Stock,
    Growth,
    Share,
    Milestone,
    Statement,
    Relative,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ComparatorRecord {
    AtLeast,
    Above,
    About,
    AtMost,
    Below,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum FrequencyRecord {
    #[default]
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComparisonRecord {
    lesser: String,
    greater: String,
}

pub(super) fn read(text: &str) -> Result<Report, SeedError> {
    let record: ReportRecord = toml::from_str(text)?;
    let mut report = Report {
        title: record.title,
        year: record.year,
        chapters: Vec::new(),
        targets: Vec::new(),
        comparisons: Vec::new(),
    };
    for chapter in record.chapter {
        let mut sections = Vec::new();
        for section in chapter.section {
            for clause in section.clause {
                read_clause(&section.code, clause, &mut report.targets)?;
            }
            sections.push(Section { code: section.code, title: section.title });
        }
        report.chapters.push(Chapter { code: chapter.code, title: chapter.title, sections });
    }
    for pair in record.comparison {
        let (lesser, greater) = (TargetId::new(&pair.lesser)?, TargetId::new(&pair.greater)?);
        report.comparisons.push(Comparison { lesser, greater });
    }
    Ok(report)
}

fn read_clause(section: &str, clause: ClauseRecord, targets: &mut Vec<Target>) -> Result<(), SeedError> {
    if clause.target.is_empty() {
        return Err(SeedError::EmptyClause(clause.text));
    }
    for record in clause.target {
        let measure = measure(&record)?;
        targets.push(Target {
            id: TargetId::new(&record.code)?,
            section: section.to_owned(),
            name: record.name,
            clause: clause.text.clone(),
            measure,
            unit: record.unit,
            amount_unit: record.amount_unit,
            official: record.official,
            frequency: match record.frequency {
                FrequencyRecord::Monthly => Frequency::Monthly,
                FrequencyRecord::Quarterly => Frequency::Quarterly,
                FrequencyRecord::HalfYearly => Frequency::HalfYearly,
                FrequencyRecord::Yearly => Frequency::Yearly,
            },
            since: FIRST_VERSION,
            retired: None,
        });
    }
    Ok(())
}

fn measure(record: &TargetRecord) -> Result<Measure, SeedError> {
    let is_rate = matches!(record.kind, KindRecord::Growth | KindRecord::Share | KindRecord::Relative);
    let is_staged = matches!(record.kind, KindRecord::Milestone | KindRecord::Statement);
    let misfit = || SeedError::Misfit(record.code.clone());
    let units_fit = record.unit.is_empty() == is_staged && record.amount_unit.is_empty() != is_rate;
    if !units_fit || (record.official && !is_rate) || (record.comparator.is_some() && is_staged) {
        return Err(misfit());
    }
    // A field that its kind does not know is refused rather than dropped: whoever wrote it meant something by it.
    Ok(match (record.kind, goal(record)?, &record.stages, record.deadline, &record.relative_to) {
        (KindRecord::Count, goal @ Some(_), None, None, None) => Measure::Count { goal, monthly: None },
        (KindRecord::Stock, goal @ Some(_), None, None, None) => Measure::Stock { goal, base: None },
        (KindRecord::Growth, goal @ Some(_), None, None, None) => Measure::Growth { goal },
        (KindRecord::Share, goal @ Some(_), None, None, None) => Measure::Share { goal },
        (KindRecord::Milestone, None, Some(names), None, None) => {
            Measure::Milestone { stages: stages(names) }
        }
        (KindRecord::Statement, None, None, Some(deadline), None) => Measure::Statement { deadline },
        (KindRecord::Relative, None, None, None, Some(to)) => Measure::Relative {
            to: TargetId::new(to)?,
            // 与…同步 means keeping up, so a bare reference is a lower bound.
            comparator: comparator(record, Comparator::AtLeast),
            tolerance: Figure::ZERO,
        },
        _ => return Err(misfit()),
    })
}

fn goal(record: &TargetRecord) -> Result<Option<Goal>, SeedError> {
    let Some(text) = &record.value else { return Ok(None) };
    let value = Figure::from_canonical(text)
        .map_err(|source| SeedError::Figure { code: record.code.clone(), source })?;
    Ok(Some(Goal { comparator: comparator(record, Comparator::Reach), value }))
}

fn comparator(record: &TargetRecord, bare: Comparator) -> Comparator {
    match record.comparator {
        None => bare,
        Some(ComparatorRecord::AtLeast) => Comparator::AtLeast,
        Some(ComparatorRecord::Above) => Comparator::Above,
        Some(ComparatorRecord::About) => Comparator::About,
        Some(ComparatorRecord::AtMost) => Comparator::AtMost,
        Some(ComparatorRecord::Below) => Comparator::Below,
    }
}

fn stages(names: &[String]) -> Vec<Stage> {
    let last = names.len().saturating_sub(1);
    let month = |at: usize| (at == last).then_some(DECEMBER);
    names.iter().enumerate().map(|(at, name)| Stage { name: name.clone(), month: month(at) }).collect()
}
