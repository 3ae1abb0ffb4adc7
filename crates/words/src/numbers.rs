//! Numbers as people here write them.

/// A whole number with a point between the thousands: `1.840`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// An amount of data: `12 kB`, `3,4 MB`.
pub fn bytes(n: f64) -> String {
    const UNITS: [&str; 4] = ["bytes", "kB", "MB", "GB"];
    let mut value = n.max(0.0);
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let precision = usize::from(unit > 1 && value < 99.95);
    format!("{value:.precision$} {}", UNITS[unit]).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_get_a_point() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_234_567), "1.234.567");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(bytes(0.0), "0 bytes");
        assert_eq!(bytes(12_345.0), "12 kB");
        assert_eq!(bytes(3_400_000.0), "3,4 MB");
        assert_eq!(bytes(999_999_999.0), "1,0 GB");
    }
}
