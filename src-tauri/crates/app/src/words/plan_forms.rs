//! What is said at the boxes in which a plan is edited.

use model::figure::FigureError;

/// Says that a text is no figure, and how to write one.
pub fn not_a_figure_sentence(label: &str, why: &FigureError) -> String {
    let (what, next) = super::findings::not_a_figure(label, why);
    format!("{what}；{next}")
}

/// Says what becomes of the figures of a target that retires.
pub fn retirement(never_issued: bool, offices: u32, span: Option<&str>) -> String {
    match span {
        _ if never_issued => "这项还没有下达过，删去后不留痕迹。".to_owned(),
        None => "还没有单位报过这项。下达新版后不再填报，编码不再使用；要恢复只能另加目标。".to_owned(),
        Some(span) => format!(
            "已有 {offices} 家单位报过这项（{span}）。报过的数都留在台账里，已锁定的报告期和已印发的通报不变；下达新版后不再填报、不再汇总、不再亮灯。编码不再使用，要恢复只能另加目标。"
        ),
    }
}
