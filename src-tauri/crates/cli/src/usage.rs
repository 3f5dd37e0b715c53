//! The command line's own help and errors, in Chinese.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::run::Failure;

/// What clap writes in English, and what our users read.
const WORDS: [(&str, &str); 14] = [
    ("Usage:", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Possible values:", "可选："),
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("Print help (see more with '--help')", "显示帮助"),
    ("Print help (see a summary with '-h')", "显示帮助"),
    ("Print help", "显示帮助"),
    ("Print version", "显示版本"),
    ("[default: ", "[默认："),
    ("[possible values: ", "[可选："),
    ("[env: ", "[环境变量："),
];

/// Returns the help or version that was asked for; none where the command line is wrong.
pub fn asked_for(error: &clap::Error) -> Option<String> {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    asked.then(|| in_chinese(&error.to_string()))
}

/// Says what is wrong with a command line.
pub fn failure(error: &clap::Error) -> Failure {
    let of = |kind| error.get(kind).map(value).unwrap_or_default();
    let (argument, given) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少：{argument}"),
        ErrorKind::UnknownArgument => format!("不认识“{argument}”"),
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "没有写命令".to_owned()
        }
        ErrorKind::InvalidValue if given.is_empty() => format!("{argument} 后面没有写值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} 不能是“{given}”"),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同时用", of(ContextKind::PriorArg)),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} 的值个数不对")
        }
        _ => "命令行写得不对".to_owned(),
    };
    let valid = [ContextKind::ValidValue, ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    let offered =
        valid.iter().find_map(|kind| error.get(*kind)).map(|hint| format!("可用：{}。", value(hint)));
    let form = [("<报告期>", "写成 2024-03 这样。"), ("<日期>", "写成 2024-04-03 这样。")];
    let form = form.iter().find(|(name, _)| argument.contains(name)).map(|(_, form)| (*form).to_owned());
    let hint = offered.or(form.filter(|_| error.kind() == ErrorKind::ValueValidation));
    let usage = error.get(ContextKind::Usage).map(|usage| in_chinese(&value(usage)));
    let next = [hint, usage, Some("加 --help 看说明".to_owned())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    Failure::usage("usage", &what, &next)
}

fn value(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        ContextValue::StyledStrs(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

fn in_chinese(text: &str) -> String {
    WORDS.iter().fold(text.trim_end().to_owned(), |text, (english, chinese)| text.replace(english, chinese))
}
