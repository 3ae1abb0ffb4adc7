//! Proposes the address that was probably meant by one that was refused.
//!
//! A wrong proposal costs more than none: whoever follows it writes to a stranger. So an address is only
//! corrected towards evidence – the domain of a provider (`providers.toml`), a domain that received mail
//! in the same evidence, an existing ending, or the person's name – and never away from a real domain.
//! Typical slips of fingers and ears are in `typing.toml`. `tests/suggestions.rs` measures both.

mod domain;
mod name;
mod syntax;
mod typing;

pub use domain::DomainsSeen;

use crate::address::is_address;
use crate::model::fold;
use crate::model::fold::lowercase;
use crate::model::{Cause, Diagnosis, Problem, ProblemCode, ProblemDetail, Recipient, State};
use domain::Finder;

/// Fills in [`Recipient::suggestion`] for every recipient whose address seems wrong, and what was probably meant
/// by every address that is broken. [`analyse`](crate::analyse) has done so already.
pub fn propose(mut diagnosis: Diagnosis) -> Diagnosis {
    let problems = &diagnosis.problems;
    let is_broken = |problem: &Problem| problem.code == ProblemCode::BrokenAddress;
    if !diagnosis.recipients.iter().any(is_wanted) && !problems.iter().any(is_broken) {
        return diagnosis;
    }
    let arrived = diagnosis.recipients.iter();
    let arrived = arrived.filter(|recipient| recipient.state == State::Delivered);
    let seen: DomainsSeen = arrived.map(|recipient| &*recipient.address).collect();
    let none = DomainsSeen::default();
    let (mut by_all, mut by_providers) = (Finder::new(&seen), Finder::new(&none));
    let recipients = diagnosis.recipients.iter_mut();
    for recipient in recipients.filter(|recipient| is_wanted(recipient)) {
        // A server that rejects the person proves that its domain exists.
        let domains = match recipient.cause {
            Cause::AddressUnknown => &mut by_providers,
            _ => &mut by_all,
        };
        // If the domain does not exist, nothing is known about the part before the @.
        let name = recipient.name.as_deref();
        let name = name.filter(|_| recipient.cause != Cause::DomainUnknown);
        recipient.suggestion = suggest_by(&recipient.address, name, domains);
    }
    for problem in &mut diagnosis.problems {
        if let Some(ProblemDetail::Address(address)) = &mut problem.detail {
            address.likely = suggest_by(&address.written, None, &mut by_all);
        }
    }
    diagnosis
}

/// Proposes an address for a recipient whose name is not from the evidence; `None` without a good reason.
pub fn by_name(recipient: &Recipient, name: &str) -> Option<String> {
    // If the domain does not exist, nothing is known about the part before the @.
    let name = (recipient.cause != Cause::DomainUnknown).then_some(name);
    suggest(&recipient.address, name, &DomainsSeen::default())
}

/// Whether delivery failed for a cause that a slip in the address would explain.
pub fn is_wanted(recipient: &Recipient) -> bool {
    matches!(recipient.state, State::Failed | State::GaveUp)
        && matches!(
            recipient.cause,
            Cause::AddressUnknown
                | Cause::DomainUnknown
                | Cause::Refused
                | Cause::Suppressed
                | Cause::RelayDenied
        )
}

/// Proposes the address that was probably meant; `None` if nothing seems wrong with it, or the proposal
/// differs in case only.
///
/// `name` is the name of the person, with which the part before the @ is compared; `None` to leave that
/// part as it is. `seen` are the domains that received mail in the same evidence. Never panics, whatever
/// the text.
pub fn suggest(address: &str, name: Option<&str>, seen: &DomainsSeen) -> Option<String> {
    suggest_by(address, name, &mut Finder::new(seen))
}

fn suggest_by(address: &str, name: Option<&str>, domains: &mut Finder<'_>) -> Option<String> {
    let (local, domain) = syntax::parts(address)?;
    // Domains may have accents, but those of providers have none, and allow none before the @.
    let plain = fold::fold(&domain);
    let right = match domains.meant(&domain) {
        None if plain == domain => None,
        None if domain::is_provider(&plain) => Some(plain.into_owned()),
        None => domains.meant(&plain),
        found => found,
    };
    let local = match &right {
        _ if local.is_ascii() => local,
        None if !domain::is_provider(&domain) => local,
        _ => fold::fold(&local).into_owned(),
    };
    let right = right.as_deref().unwrap_or(&domain);
    let local = match name {
        Some(name) if right == domain => name::correct(&local, name).unwrap_or(local),
        _ => local,
    };
    let proposal = [&local, "@", right].concat();
    let typed = address.trim();
    let differs = !proposal.eq_ignore_ascii_case(typed) && lowercase(&proposal) != lowercase(typed);
    (differs && is_address(&proposal)).then_some(proposal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(addresses: &[&str]) -> DomainsSeen {
        addresses.iter().copied().collect()
    }

    #[test]
    fn a_slip_is_corrected_towards_a_domain_that_received_mail() {
        let seen = seen(&["a@Sint-Jozef.example"; 3]);
        let meant = |address| suggest(address, None, &seen);
        assert_eq!(
            meant("mia@sint-josef.example").as_deref(),
            Some("mia@sint-jozef.example")
        );
        assert_eq!(meant("mia@sint-jozef.example"), None);
        assert_eq!(meant("mia@sint-anna.example"), None);
    }

    #[test]
    fn a_domain_of_the_evidence_is_no_slip() {
        let seen = seen(&["a@school-een1.example", "b@gmial.com"].repeat(3));
        for address in [
            "mia@school-een2.example",
            "mia@gmial.com",
            "mia@schol-twee1.example",
        ] {
            assert_eq!(suggest(address, None, &seen), None, "{address}");
        }
        let once = DomainsSeen::from_iter(["a@sint-jozef.example"]);
        assert_eq!(suggest("mia@sint-josef.example", None, &once), None);
    }

    #[test]
    fn a_name_is_compared_if_the_domain_is_right() {
        let seen = DomainsSeen::default();
        let name = Some("Cédric Peeters");
        assert_eq!(
            suggest("cedrik.peeters@telenet.be", name, &seen).as_deref(),
            Some("cedric.peeters@telenet.be")
        );
        assert_eq!(
            suggest("cedrik.peeters@telent.be", name, &seen).as_deref(),
            Some("cedrik.peeters@telenet.be")
        );
        assert_eq!(suggest("Cedric.Peeters@telenet.be", name, &seen), None);
    }

    #[test]
    fn accents_are_kept_if_they_may_be_right() {
        let seen = DomainsSeen::default();
        assert_eq!(suggest("jérôme@école.example", None, &seen), None);
        assert_eq!(
            suggest("jérôme@telenet.be", None, &seen).as_deref(),
            Some("jerome@telenet.be")
        );
    }

    #[test]
    fn any_text_is_handled() {
        let seen = seen(&["é@é.é"; 3]);
        for text in [
            "",
            "@",
            "@@",
            ".@.",
            "a@",
            "@b",
            "a@.",
            "é",
            "a@é",
            "a@ß.ı",
            "€uro@gmäil.com",
            "a@-",
            "a b@c d",
        ] {
            let name = Some("İ Ñ é");
            assert!(
                suggest(text, name, &seen).is_none_or(|found| is_address(&found)),
                "{text}"
            );
        }
    }
}
