//! The names of an entry's boxes: a Chinese label for people and a code for scripts, both understood wherever one is typed.

use model::returns::Field;

/// Returns the code of a box, as scripts and JSON name it.
pub fn field_code(field: Field) -> &'static str {
    match field {
        Field::Value => "value",
        Field::Current => "current",
        Field::Base => "base",
        Field::Numerator => "numerator",
        Field::Denominator => "denominator",
        Field::Rate => "rate",
        Field::Stage => "stage",
        Field::NotApplicable => "not_applicable",
        Field::Note => "note",
        Field::Problem => "problem",
        Field::NextStep => "next_step",
        Field::Explanation => "explanation",
        Field::Evidence => "evidence",
    }
}

/// Returns the label of a box, as people read it.
pub fn field_label(field: Field) -> &'static str {
    match field {
        Field::Value => "本期",
        Field::Current => "本期数",
        Field::Base => "同期数",
        Field::Numerator => "分子",
        Field::Denominator => "分母",
        Field::Rate => "增速",
        Field::Stage => "进度",
        Field::NotApplicable => "不适用原因",
        Field::Note => "进展说明",
        Field::Problem => "存在问题",
        Field::NextStep => "下步措施",
        Field::Explanation => "说明",
        Field::Evidence => "佐证材料",
    }
}

/// Reads the name of a box: its label, or its code in any case and with `-` for `_`; none where it names no box.
pub fn parse_field(text: &str) -> Option<Field> {
    let name = text.trim();
    let code = name.to_ascii_lowercase().replace('-', "_");
    Field::ALL.into_iter().find(|field| field_label(*field) == name || field_code(*field) == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_box_answers_to_both_names_and_no_two_share_one() {
        let names: BTreeSet<_> =
            Field::ALL.into_iter().flat_map(|field| [field_code(field), field_label(field)]).collect();
        assert_eq!(names.len(), 2 * Field::ALL.len());
        for field in Field::ALL {
            assert_eq!(parse_field(field_code(field)), Some(field));
            assert_eq!(parse_field(field_label(field)), Some(field));
        }
        assert_eq!(parse_field(" Next-Step\u{3000}"), Some(Field::NextStep));
        for other in ["", "本期值", "valu"] {
            assert_eq!(parse_field(other), None, "{other}");
        }
    }
}
