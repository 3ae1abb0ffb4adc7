//! The addresses of the explanations, for help pages that link to one: `#/uitleg/mailbox-vol`, or
//! `#/uitleg/pom/mailbox-vol` for what a sending system adds, `#/stappen/gmail` for how to do something,
//! `#/privacy`. They hold no data.

use super::{GUIDE_LINKS, cause_link, sender_link};
use crate::model::{Cause, Sender};

/// What every address of an explanation begins with.
const START: &str = "#/uitleg";

/// What every address of steps begins with.
const STEPS: &str = "#/stappen/";

/// Where is told what happens with the evidence.
const PRIVACY: &str = "#/privacy";

/// An explanation that has an address of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Explanation {
    /// What there is to explain.
    All,
    /// What there is to explain for this sending system.
    Of(Sender),
    /// This cause.
    Cause(Sender, Cause),
    /// The steps at this address (`links.toml`).
    Steps(&'static str),
    /// What happens with the evidence, and how to be sure of it.
    Privacy,
}

impl Explanation {
    /// The explanation at this address (`location.hash`); none when it is not the address of any.
    pub fn at(hash: &str) -> Option<Self> {
        if hash == PRIVACY {
            return Some(Self::Privacy);
        }
        if let Some(steps) = hash.strip_prefix(STEPS) {
            let known = GUIDE_LINKS.iter().find(|&&link| link == steps);
            return Some(known.map_or(Self::All, |link| Self::Steps(link)));
        }
        let path = hash.strip_prefix(START)?.trim_matches('/');
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let (first, second) = (parts.next(), parts.next());
        let found = match (first, second) {
            (None, _) => Some(Self::All),
            (Some(first), None) => sender(first)
                .map(Self::Of)
                .or_else(|| cause(first).map(|cause| Self::Cause(Sender::Other, cause))),
            (Some(first), Some(second)) => sender(first)
                .zip(cause(second))
                .map(|(sender, cause)| Self::Cause(sender, cause)),
        };
        // A link that has gone wrong still leads to where the right one can be found.
        found.or(Some(Self::All))
    }

    /// Its address.
    pub fn link(self) -> String {
        match self {
            Self::All => START.to_owned(),
            Self::Of(sender) => format!("{START}/{}", sender_link(sender)),
            Self::Cause(Sender::Other, cause) => format!("{START}/{}", cause_link(cause)),
            Self::Cause(sender, cause) => {
                format!("{START}/{}/{}", sender_link(sender), cause_link(cause))
            }
            Self::Steps(link) => format!("{STEPS}{link}"),
            Self::Privacy => PRIVACY.to_owned(),
        }
    }
}

fn cause(link: &str) -> Option<Cause> {
    let mut causes = Cause::ALL.iter().copied();
    causes.find(|cause| cause_link(*cause) == link)
}

fn sender(link: &str) -> Option<Sender> {
    let mut senders = Sender::ALL.iter().copied();
    senders.find(|sender| sender_link(*sender) == link)
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    #[test]
    fn every_explanation_is_found_back_at_its_address() {
        let mut all = vec![Explanation::All, Explanation::Privacy];
        all.extend(GUIDE_LINKS.iter().map(|link| Explanation::Steps(link)));
        for &sender in Sender::ALL {
            all.push(Explanation::Of(sender));
            let causes = Cause::ALL.iter();
            all.extend(causes.map(|&cause| Explanation::Cause(sender, cause)));
        }
        for explanation in all {
            let link = explanation.link();
            if let Explanation::Steps(steps) = explanation {
                assert!(words().guide_at(steps).is_some(), "{steps}");
            }
            assert_eq!(Explanation::at(&link), Some(explanation), "{link}");
        }
    }

    #[test]
    fn addresses_that_help_pages_may_use_stay() {
        let full = Explanation::Cause(Sender::Other, Cause::MailboxFull);
        assert_eq!(full.link(), "#/uitleg/mailbox-vol");
        let found = Explanation::at("#/uitleg/pom/bezorgd-niet-gevonden");
        assert_eq!(
            found,
            Some(Explanation::Cause(Sender::Pom, Cause::Delivered))
        );
        assert_eq!(Explanation::at("#/uitleg/weg"), Some(Explanation::All));
        assert_eq!(Explanation::at(""), None);
        assert_eq!(Explanation::at("#content"), None);
    }
}
