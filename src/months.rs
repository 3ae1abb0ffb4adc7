//! The names of months, as people and programs write them.

/// Months in English, Dutch, French, German, Spanish, Italian, Portuguese and Polish (as in a date), folded, and
/// abbreviations that do not begin a name.
const NAMES: [&[&str]; 12] = [
    &[
        "january", "januari", "janvier", "januar", "janner", "enero", "gennaio", "janeiro",
        "stycznia",
    ],
    &[
        "february",
        "februari",
        "fevrier",
        "februar",
        "febrero",
        "febbraio",
        "fevereiro",
        "lutego",
    ],
    &[
        "march", "maart", "mars", "marz", "maerz", "marzo", "marco", "marca", "mrt", "mrz",
    ],
    &["april", "avril", "abril", "aprile", "kwietnia"],
    &["may", "mei", "mai", "mayo", "maggio", "maio", "maja"],
    &[
        "june", "juni", "juin", "junio", "giugno", "junho", "czerwca",
    ],
    &[
        "july", "juli", "juillet", "julio", "luglio", "julho", "lipca",
    ],
    &["august", "augustus", "aout", "agosto", "sierpnia"],
    &[
        "september",
        "septembre",
        "septiembre",
        "settembre",
        "setembro",
        "wrzesnia",
    ],
    &[
        "october",
        "oktober",
        "octobre",
        "octubre",
        "ottobre",
        "outubro",
        "pazdziernika",
    ],
    &["november", "novembre", "noviembre", "novembro", "listopada"],
    &[
        "december",
        "decembre",
        "dezember",
        "diciembre",
        "dicembre",
        "dezembro",
        "grudnia",
    ],
];

/// The month (1 to 12) of a word in lower case and folded; `None` if it is none. Three letters or more of a
/// name are enough, unless they begin two months, as `jui` does.
pub fn month_of(word: &str) -> Option<u32> {
    let is_meant = |name: &&str| word.len() >= 3 && name.starts_with(word);
    let numbered = (1..).zip(NAMES);
    let mut meant = numbered.filter(|(_, names)| names.iter().any(is_meant));
    match (meant.next(), meant.next()) {
        (Some((number, _)), None) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_abbreviations_are_months_and_weekdays_are_not() {
        for (word, month) in [
            ("jan", 1),
            ("fevr", 2),
            ("mrt", 3),
            ("mar", 3),
            ("mei", 5),
            ("juil", 7),
            ("sept", 9),
            ("dez", 12),
        ] {
            assert_eq!(month_of(word), Some(month), "{word}");
        }
        for word in [
            "",
            "ma",
            "maandag",
            "mardi",
            "martes",
            "marketing",
            "decembers",
            "jui",
        ] {
            assert_eq!(month_of(word), None, "{word}");
        }
    }

    #[test]
    fn four_letters_of_a_name_are_its_month() {
        for (month, names) in (1..).zip(NAMES) {
            for name in names {
                let word = &name[..name.len().min(4)];
                assert_eq!(month_of(word), Some(month), "{name}");
            }
        }
    }
}
