//! What a number in a cell means, by the format in which it is shown (ECMA-376, part 1, 18.8.30).

/// What a number means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NumberFormat {
    /// A number.
    Number,
    /// A date, a time, or both.
    Moment,
    /// Hours, minutes or seconds that passed.
    Duration,
}

impl NumberFormat {
    /// The format with a number below 164, which every program knows.
    pub fn built_in(id: u32) -> Self {
        match id {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Moment,
            46 => Self::Duration,
            _ => Self::Number,
        }
    }

    /// The format of a code such as `dd/mm/yyyy hh:mm`. Its first section decides, which is for positive numbers.
    pub fn of_code(code: &str) -> Self {
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            match character.to_ascii_lowercase() {
                ';' => break,
                '\\' | '_' | '*' => drop(characters.next()),
                '"' => drop(characters.find(|character| *character == '"')),
                '[' => {
                    let inside = characters.as_str();
                    let inside = inside.split(']').next().unwrap_or_default();
                    let is_unit = ['h', 'm', 's'].into_iter().any(|unit| {
                        let mut letters = inside.chars();
                        !inside.is_empty()
                            && letters.all(|letter| letter.eq_ignore_ascii_case(&unit))
                    });
                    if is_unit {
                        return Self::Duration;
                    }
                    characters.find(|character| *character == ']');
                }
                'd' | 'm' | 'y' | 'h' | 's' => return Self::Moment,
                _ => {}
            }
        }
        Self::Number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_moments_are_told_from_those_of_numbers() {
        for (code, format) in [
            ("General", NumberFormat::Number),
            ("#,##0.00;[Red]-#,##0.00", NumberFormat::Number),
            ("0.00E+00", NumberFormat::Number),
            ("#,##0\\ [$\u{20bd}-46D]", NumberFormat::Number),
            ("#,##0.0####\" YMD\"", NumberFormat::Number),
            ("#,##0*y", NumberFormat::Number),
            ("\\Y000000", NumberFormat::Number),
            ("[>=100][Magenta].00", NumberFormat::Number),
            ("0;\"m\"d", NumberFormat::Number),
            ("DD/MM/YY", NumberFormat::Moment),
            ("[$-813]d mmmm yyyy;@", NumberFormat::Moment),
            ("m\"M\"d\"D\";@", NumberFormat::Moment),
            ("h:mm AM/PM", NumberFormat::Moment),
            ("[h]:mm:ss", NumberFormat::Duration),
            ("[ss]", NumberFormat::Duration),
            ("[Blue]\\+[HH]:mm;[Red]\\-[h]:mm", NumberFormat::Duration),
            ("[", NumberFormat::Number),
            ("[]", NumberFormat::Number),
        ] {
            assert_eq!(NumberFormat::of_code(code), format, "{code}");
        }
    }
}
