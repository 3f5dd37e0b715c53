//! Reads the text of the report, and finds the figures in a clause of it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use model::target::{Comparator, Target};

/// Chapters with their sections, and sections with their clauses, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Outline(pub(super) Vec<(String, Vec<SectionOutline>)>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SectionOutline {
    pub(super) title: String,
    pub(super) clauses: Vec<String>,
}

/// The text that a copy of the seed material holds beside the repository.
const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/seed/report-2024.md");
/// The paragraph of main expected targets stands in front of the numbered chapters, under a heading of its own.
const MAIN_TARGETS: &str = "#### ";
/// Lines that state no target.
const SLOGAN: &str = "- ✓ **必须**";

/// Reads the report, if it is there.
pub(super) fn outline() -> Option<Outline> {
    match fs::read_to_string(Path::new(REPORT)) {
        Ok(text) => Some(parse(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => panic!("the report cannot be read: {error}"),
    }
}

/// Speaks up although the test passes, which is when printed lines are swallowed.
pub(super) fn say_that_it_is_missing() {
    let notice =
        "\nnote: the report is not beside the repository; the plan was checked against itself only\n";
    io::stderr().write_all(notice.as_bytes()).unwrap();
}

/// Takes the report apart; every line from the main targets on is a heading, a clause or a slogan.
pub(super) fn parse(text: &str) -> Outline {
    let body = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut outline = Outline::default();
    for line in body.skip_while(|line| !line.starts_with(MAIN_TARGETS)) {
        if let Some(title) = line.strip_prefix(MAIN_TARGETS) {
            outline.0.push((format!("0 {title}"), vec![SectionOutline::new(title)]));
        } else if let Some(title) = line.strip_prefix("### ") {
            outline.0.last_mut().unwrap().1.push(SectionOutline::new(title));
        } else if let Some(title) = line.strip_prefix("## ") {
            outline.0.push((title.to_owned(), Vec::new()));
        } else if !line.starts_with(SLOGAN) {
            assert!(!line.starts_with('#'), "a heading of an unknown level: {line}");
            let clause = line.strip_prefix("- ").unwrap_or(line).to_owned();
            outline.0.last_mut().unwrap().1.last_mut().unwrap().clauses.push(clause);
        }
    }
    outline
}

impl Outline {
    /// Lists every title and clause, in order.
    pub(super) fn lines(&self) -> Vec<&str> {
        let mut lines = Vec::new();
        for (title, sections) in &self.0 {
            lines.push(&**title);
            for section in sections {
                lines.push(&*section.title);
                lines.extend(section.clauses.iter().map(|clause| &**clause));
            }
        }
        lines
    }
}

impl SectionOutline {
    pub(super) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), clauses: Vec::new() }
    }
}

/// Words with a numeral in them that set no figure, each with its reason.
pub(super) const NOT_FIGURES: &[(&str, &str)] = &[
    ("6.0版", "the campaign's edition"),
    ("5A级", "a grade of scenic areas"),
    ("6号线", "the metro line's name"),
    ("过50亿元", "says which projects count, in the target's name"),
    ("过亿元", "says which projects count, in the target's name"),
    ("亿元以上项目", "says which projects count, in the target's name"),
    ("一般公共预算", "the budget's name"),
    ("零售", "retail"),
    ("一期", "a phase of a project"),
    ("二期", "a phase of a project"),
    ("京沪二线", "the railway's name"),
    ("“四上”", "the four classes of enterprise above the survey's threshold"),
    ("千亩", "the park's size, in its name"),
    ("第二中医医院", "the hospital's name"),
];

const CHINESE_NUMERALS: &str = "〇零一二两三四五六七八九十百千万亿半";

/// A figure as it stands in a clause.
#[derive(Debug)]
pub(super) struct Stated<'a> {
    pub(super) before: &'a str,
    pub(super) value: &'a str,
    pub(super) after: &'a str,
}

/// Finds every figure of a clause, in order: Arabic and full-width digits, and Chinese numerals.
pub(super) fn figures(clause: &str) -> Vec<Stated<'_>> {
    let mut masked = clause.to_owned();
    for (words, _) in NOT_FIGURES {
        // As long as what it hides, so that places in the one are places in the other.
        masked = masked.replace(words, &" ".repeat(words.len()));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = masked[at..].find(is_numeral).map(|offset| at + offset) {
        let digits = |c: char| c.is_numeric() || c == '.';
        let rest = &masked[start..];
        let mut len = rest.find(|c| !digits(c)).unwrap_or(rest.len());
        if len == 0 {
            len = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
        }
        let end = start + len;
        found.push(Stated { before: &clause[..start], value: &clause[start..end], after: &clause[end..] });
        // 万 and 亿 behind digits belong to the unit.
        at = end + masked[end..].find(|c| !matches!(c, '万' | '亿')).unwrap_or(masked.len() - end);
    }
    found
}

fn is_numeral(c: char) -> bool {
    c.is_numeric() || CHINESE_NUMERALS.contains(c)
}

impl Stated<'_> {
    /// Says whether a target sets this figure: its value, its unit, and the comparator that the words around it mean.
    pub(super) fn is_goal_of(&self, target: &Target) -> bool {
        let Some(goal) = target.goal() else { return false };
        let (about, unit) = match self.after.strip_prefix('多') {
            Some(unit) => (true, unit),
            None => (false, self.after),
        };
        let Some(after) = unit.strip_prefix(&*target.unit) else { return false };
        let comparator = if about {
            Comparator::About
        } else if self.before.ends_with("突破") {
            Comparator::Above
        } else if ["达到", "不少于"].iter().any(|words| self.before.ends_with(words))
            || after.starts_with("以上")
        {
            Comparator::AtLeast
        } else {
            Comparator::Reach
        };
        goal.value.to_string() == self.value && goal.comparator == comparator
    }
}
