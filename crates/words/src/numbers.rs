//! Numbers and sizes as a language writes them.

use crate::places::{DECIMAL, SINGULAR_ZERO, THOUSANDS, UNITS};
use crate::texts::{Texts, fill};

/// Writes numbers and sizes in a language.
#[derive(Clone, Copy, Debug)]
pub struct Numbers(pub(crate) &'static Texts);

impl Numbers {
    /// A whole number with a sign between the thousands, such as `1.840`.
    pub fn whole(self, n: u64) -> String {
        let digits = n.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(self.0.get(THOUSANDS));
            }
            text.push(digit);
        }
        text
    }

    /// A size in bytes, such as `12 kB` or `3,4 MB`; a kB is 1,000 bytes.
    pub fn size(self, bytes: f64) -> String {
        const LARGEST: usize = 3;
        let mut value = bytes.max(0.0);
        let mut unit = 0;
        while value >= 999.5 && unit < LARGEST {
            value /= 1000.0;
            unit += 1;
        }
        let precision = usize::from(unit > 1 && value < 99.95);
        let number = format!("{value:.precision$}").replace('.', self.0.get(DECIMAL));
        format!("{number} {}", self.0.get(UNITS + unit))
    }

    /// The sentence for this number: `place` has the singular, the next place the plural.
    pub(crate) fn sentence(self, place: usize, n: u32, values: &[(&str, &str)]) -> String {
        let is_singular = n == 1 || n == 0 && self.0.get(SINGULAR_ZERO) == "yes";
        let text = fill(self.0.get(place + usize::from(!is_singular)), values);
        fill(&text, &[("n", &self.whole(n.into()))])
    }
}

#[cfg(test)]
mod tests {
    use crate::Language;

    #[test]
    fn thousands_get_a_point_in_dutch() {
        let numbers = Language::Dutch.words().numbers;
        assert_eq!(numbers.whole(0), "0");
        assert_eq!(numbers.whole(999), "999");
        assert_eq!(numbers.whole(1_234_567), "1.234.567");
    }

    #[test]
    fn sizes_are_short() {
        let numbers = Language::Dutch.words().numbers;
        assert_eq!(numbers.size(0.0), "0 bytes");
        assert_eq!(numbers.size(12_345.0), "12 kB");
        assert_eq!(numbers.size(3_400_000.0), "3,4 MB");
        assert_eq!(numbers.size(999_999_999.0), "1,0 GB");
    }
}
