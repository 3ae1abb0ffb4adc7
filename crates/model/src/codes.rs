//! Codes of closed sets, as JSON, data files and addresses write them.

/// The variant that a code stands for in Rust: `mailbox-full` is `MailboxFull`. For build scripts, whose output
/// the compiler then checks.
pub fn variant(code: &str) -> String {
    code.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            first.to_uppercase() + rest
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cause;

    #[test]
    fn every_cause_is_found_by_its_code() {
        for cause in Cause::ALL {
            assert_eq!(variant(cause.code()), format!("{cause:?}"));
        }
    }
}
