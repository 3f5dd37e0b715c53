//! How strong a passphrase is, in words.

use zxcvbn::feedback::Warning;

/// Returns the word for a score from 0 to 4.
pub fn strength_word(score: u8) -> &'static str {
    match score {
        0 => "很弱",
        1 => "弱",
        2 => "一般",
        3 => "强",
        _ => "很强",
    }
}

/// Says what makes a passphrase easy to guess, and what would make it better.
pub fn passphrase_advice(warning: Option<Warning>) -> &'static str {
    use Warning as W;
    match warning {
        Some(W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess) => {
            "键盘上连着的键很容易猜到；换成几个不相干的词"
        }
        Some(W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            "重复的字很容易猜到；换成几个不相干的词"
        }
        Some(
            W::ThisIsATop10Password
            | W::ThisIsATop100Password
            | W::ThisIsACommonPassword
            | W::ThisIsSimilarToACommonlyUsedPassword,
        ) => "这是很多人用的口令；换成几个不相干的词",
        Some(W::SequencesLikeAbcAreEasyToGuess) => "连续的数字或字母很容易猜到；换成几个不相干的词",
        Some(W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess) => {
            "年份和日期很容易猜到；换成几个不相干的词"
        }
        Some(
            W::AWordByItselfIsEasyToGuess
            | W::NamesAndSurnamesByThemselvesAreEasyToGuess
            | W::CommonNamesAndSurnamesAreEasyToGuess,
        ) => "单个的词、单位名、人名、电话都容易猜到；换成几个不相干的词",
        None => "再加一两个不相干的词",
    }
}
