//! Step-by-step instructions.

use crate::places::{GuideKey, guide_place};
use crate::rich::Line;
use crate::texts::Texts;

/// The mail programs of providers, by the domains of their mailboxes. A domain that ends in a full stop goes on with
/// a country or a top-level domain.
const PROGRAMS: &[(GuideKey, &[&str])] = &[
    (GuideKey::Gmail, &["gmail.com", "googlemail.com"]),
    (
        GuideKey::OutlookNew,
        &["outlook.", "hotmail.", "live.", "msn.com"],
    ),
    (GuideKey::Telenet, &["telenet.be", "pandora.be"]),
    (GuideKey::Yahoo, &["yahoo.", "ymail.com", "rocketmail.com"]),
    (
        GuideKey::Proton,
        &["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
    ),
    (GuideKey::IphoneMail, &["icloud.com", "me.com", "mac.com"]),
];

/// The longest part of `co.uk`, `com.br` and `be`, in bytes.
const LONGEST_COUNTRY: usize = 3;

/// The mail program that goes with the domain of a mailbox; `None` for those of companies and schools.
fn program_of(domain: &str) -> Option<GuideKey> {
    let domain = domain.to_ascii_lowercase();
    let is_its = |known: &&str| match known.strip_suffix('.') {
        Some(name) => {
            let rest = domain.strip_prefix(name);
            let country = rest.and_then(|rest| rest.strip_prefix('.'));
            country.is_some_and(|rest| rest.split('.').all(|label| label.len() <= LONGEST_COUNTRY))
        }
        None => domain == **known,
    };
    let mut programs = PROGRAMS.iter();
    let (program, _) = programs.find(|(_, domains)| domains.iter().any(is_its))?;
    Some(*program)
}

/// Puts the guide for the program of the mailbox with this domain first. Returns whether there is one.
pub fn put_own_program_first(guides: &mut [Guide], mailbox: &str) -> bool {
    let program = program_of(mailbox);
    let place = program.and_then(|program| guides.iter().position(|guide| guide.key == program));
    if let Some(place) = place {
        guides[..=place].rotate_right(1);
    }
    place.is_some()
}

/// A step-by-step instruction.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// What it is about.
    pub key: GuideKey,
    /// The task, or the program to do it with.
    pub title: &'static str,
    /// The steps, in order.
    pub steps: Vec<Line>,
}

impl Guide {
    /// The guide with this key.
    pub(crate) fn of(texts: &Texts, key: GuideKey) -> Self {
        let (title, steps) = texts.parts(guide_place(key));
        Self { key, title, steps }
    }

    /// The guides with these keys.
    pub(crate) fn all_of(texts: &Texts, keys: &[GuideKey]) -> Vec<Self> {
        keys.iter().map(|&key| Self::of(texts, key)).collect()
    }

    /// The title and the numbered steps as plain text, with the domain of the sending system.
    pub fn as_text(&self, domain: &str) -> String {
        let steps = (1..).zip(&self.steps).map(|(number, step)| {
            let step = step.with_domain(domain);
            format!("\n{number}. {step}")
        });
        std::iter::once(self.title.to_owned())
            .chain(steps)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_of_a_mailbox_names_its_program() {
        for (domain, program) in [
            ("gmail.com", Some(GuideKey::Gmail)),
            ("Hotmail.BE", Some(GuideKey::OutlookNew)),
            ("telenet.be", Some(GuideKey::Telenet)),
            ("yahoo.co.uk", Some(GuideKey::Yahoo)),
            ("gmail.be", None),
            ("live.school.example", None),
            ("school.example", None),
            ("", None),
        ] {
            assert_eq!(program_of(domain), program, "{domain}");
        }
    }
}
