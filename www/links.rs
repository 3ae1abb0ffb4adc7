//! The addresses of the explanations, for help pages that link to one: `#/uitleg/mailbox-vol`, or
//! `#/uitleg/pom/mailbox-vol` for the advice of a sending system, `#/stappen/gmail` for a guide, and
//! `#/privacy`. They contain no data. They are the same in every language, and permanent once published.

use bezorgd_model::{Cause, Sender};
use bezorgd_words::GuideKey;

/// The start of every address of an explanation.
const START: &str = "#/uitleg";

/// The start of every address of a guide.
const STEPS: &str = "#/stappen/";

/// The address of the explanation of privacy.
const PRIVACY: &str = "#/privacy";

/// An explanation with a separate address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Explanation {
    /// Every cause.
    All,
    /// Every cause with advice for this sending system.
    Of(Sender),
    /// This cause.
    Cause(Sender, Cause),
    /// The steps of this guide.
    Steps(GuideKey),
    /// What happens to the evidence, and how to check that.
    Privacy,
}

impl Explanation {
    /// The explanation at this address (`location.hash`); `None` if it is not the address of one.
    pub fn at(hash: &str) -> Option<Self> {
        if hash == PRIVACY {
            return Some(Self::Privacy);
        }
        if let Some(steps) = hash.strip_prefix(STEPS) {
            let mut guides = GuideKey::ALL.iter().copied();
            let guide = guides.find(|&guide| guide_link(guide) == steps);
            return Some(guide.map_or(Self::All, Self::Steps));
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
        // A wrong link leads to the list in which the right one can be found.
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
            Self::Steps(guide) => format!("{STEPS}{}", guide_link(guide)),
            Self::Privacy => PRIVACY.to_owned(),
        }
    }
}

/// The last part of the address of a cause.
fn cause_link(cause: Cause) -> &'static str {
    match cause {
        Cause::AddressUnknown => "adres-bestaat-niet",
        Cause::DomainUnknown => "domein-bestaat-niet",
        Cause::MailboxFull => "mailbox-vol",
        Cause::MailboxDisabled => "mailbox-afgesloten",
        Cause::AddressMoved => "adres-verhuisd",
        Cause::Temporary => "tijdelijk-geweigerd",
        Cause::Unreachable => "server-onbereikbaar",
        Cause::Expired => "te-lang-geprobeerd",
        Cause::SpamRejected => "aangezien-voor-spam",
        Cause::SenderBlocked => "afzender-geweigerd",
        Cause::AuthenticationFailed => "afzender-niet-te-controleren",
        Cause::MessageTooLarge => "e-mail-te-groot",
        Cause::ContentRejected => "inhoud-geweigerd",
        Cause::RecipientRestricted => "afzender-niet-toegelaten",
        Cause::RelayDenied => "domein-niet-bekend-bij-mailserver",
        Cause::ServerError => "fout-op-mailserver",
        Cause::Suppressed => "blokkeerlijst",
        Cause::Unsubscribed => "uitgeschreven",
        Cause::Refused => "definitief-geweigerd",
        Cause::DocumentReused => "documentnummer-al-gebruikt",
        Cause::Delivered => "bezorgd-niet-gevonden",
        Cause::NotAttempted => "niet-geprobeerd",
        Cause::AutoReply => "automatisch-antwoord",
        Cause::Complaint => "als-spam-gemeld",
        Cause::NotABounce => "gewone-e-mail",
        Cause::Unknown => "niet-herkend",
    }
}

/// The part of the address that names a sending system.
fn sender_link(sender: Sender) -> &'static str {
    match sender {
        Sender::Pom => "pom",
        Sender::Wise => "wise",
        Sender::Other => "andere",
    }
}

/// The last part of the address of a guide.
fn guide_link(guide: GuideKey) -> &'static str {
    match guide {
        GuideKey::PomReport => "pom-rapport",
        GuideKey::SaveMail => "e-mail-bewaren",
        GuideKey::EmailRecipient => "e-mail-ontvanger",
        GuideKey::SeveralAddresses => "meer-dan-een-adres",
        GuideKey::ArrivedLook => "niet-in-inbox",
        GuideKey::ArrivedDoubt => "is-deze-e-mail-echt",
        GuideKey::OutlookNew => "outlook-nieuw",
        GuideKey::OutlookClassic => "outlook-klassiek",
        GuideKey::Gmail => "gmail",
        GuideKey::MacosMail => "mail-op-mac",
        GuideKey::IphoneMail => "mail-op-iphone",
        GuideKey::Telenet => "telenet",
        GuideKey::Yahoo => "yahoo",
        GuideKey::Proton => "proton",
        GuideKey::Thunderbird => "thunderbird",
        GuideKey::WiseOverview => "wise-overzicht",
        GuideKey::WiseRecord => "wise-klant",
        GuideKey::WiseFind => "wise-juiste-adres",
        GuideKey::WiseLetter => "wise-brief",
        GuideKey::WiseCounter => "wise-teller",
        GuideKey::WiseSender => "wise-afzender",
        GuideKey::PrivacyPromise => "privacy-beloofd",
        GuideKey::PrivacyCheck => "privacy-nagaan",
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
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_explanation_is_found_at_its_address() {
        let mut all = vec![Explanation::All, Explanation::Privacy];
        all.extend(GuideKey::ALL.iter().map(|&guide| Explanation::Steps(guide)));
        for sender in Sender::ALL {
            all.push(Explanation::Of(sender));
            let causes = Cause::ALL.iter();
            all.extend(causes.map(|&cause| Explanation::Cause(sender, cause)));
        }
        let mut links = HashSet::new();
        for explanation in all {
            // A kind of explanation that is added does not compile here: it belongs in the list above.
            match explanation {
                Explanation::All
                | Explanation::Of(_)
                | Explanation::Cause(..)
                | Explanation::Steps(_)
                | Explanation::Privacy => {}
            }
            let link = explanation.link();
            assert!(links.insert(link.clone()), "two explanations at {link}");
            assert_eq!(Explanation::at(&link), Some(explanation), "{link}");
        }
    }

    #[test]
    fn addresses_that_help_pages_may_use_are_permanent() {
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
