//! How hard a passphrase is to guess.

use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

use crate::home::{PASSPHRASE_CHARS, check_passphrase};
use crate::screens::start::Strength;
use crate::words;
use crate::{Error, Result};

/// The least that is let through: somebody who tries the usual words does not come to it.
const LEAST: Score = Score::Two;

/// Judges a passphrase. `own` are words that somebody who knows the office would try first.
pub fn strength(passphrase: &str, own: &[&str]) -> Strength {
    let found = passphrase.chars().count();
    let (score, warning) = judge(passphrase, own);
    let advice = if found == 0 {
        String::new()
    } else if found < PASSPHRASE_CHARS {
        format!("还差 {} 个字符", PASSPHRASE_CHARS - found)
    } else if score > LEAST {
        String::new()
    } else {
        words::passphrase_advice(warning).to_owned()
    };
    Strength {
        score: score.into(),
        word: if found == 0 { String::new() } else { words::strength_word(score.into()).to_owned() },
        advice,
        enough: fit(passphrase, own).is_ok(),
    }
}

/// Says whether a passphrase may be used.
pub(crate) fn fit(passphrase: &str, own: &[&str]) -> Result<()> {
    check_passphrase(passphrase)?;
    if judge(passphrase, own).0 < LEAST { Err(Error::GuessablePassphrase) } else { Ok(()) }
}

fn judge(passphrase: &str, own: &[&str]) -> (Score, Option<Warning>) {
    // A telephone number is tried without its hyphens too.
    let bare = own.iter().map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    let own: Vec<String> = own.iter().map(|word| (*word).to_owned()).chain(bare).collect();
    let own: Vec<&str> = own.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let judged = zxcvbn(passphrase, &own);
    (judged.score(), judged.feedback().and_then(|said| said.warning()))
}

#[cfg(test)]
mod laws {
    use super::*;

    const OWN: [&str; 3] = ["王台街道", "张海", "0532-86161234"];

    #[test]
    fn usual_words_and_ones_own_are_refused() {
        for weak in
            ["12345678", "aaaaaaaa", "password", "qwertyui", "王台街道王台街道", "053286161234", "20240101"]
        {
            let judged = strength(weak, &OWN);
            assert!(!judged.enough, "{weak}: {judged:?}");
            assert!(!judged.advice.is_empty() && judged.score < 2, "{weak}: {judged:?}");
            assert!(matches!(fit(weak, &OWN), Err(Error::GuessablePassphrase)), "{weak}");
        }
    }

    #[test]
    fn a_few_words_are_good() {
        for good in ["珠山 泊位 七点半 海风", "correct horse battery staple", "海风吹过第三个路口"]
        {
            let judged = strength(good, &OWN);
            assert!(judged.enough && judged.score >= 3, "{good}: {judged:?}");
            assert_eq!(judged.advice, "", "{good}");
        }
    }

    #[test]
    fn what_is_too_short_says_how_much_is_missing() {
        let judged = strength("海风7点", &OWN);
        assert!(!judged.enough);
        assert_eq!(judged.advice, "还差 4 个字符");
        assert!(matches!(fit("海风7点", &OWN), Err(Error::WeakPassphrase { found: 4, .. })));
        assert_eq!(
            strength("", &OWN),
            Strength { score: 0, word: String::new(), advice: String::new(), enough: false }
        );
    }

    #[test]
    fn a_very_long_passphrase_is_judged_in_time() {
        assert!(strength(&"长口令一二三".repeat(2_000), &OWN).enough);
    }
}
