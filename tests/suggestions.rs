//! Checks that most typos are corrected, and that real domains never are.
//!
//! `typos.tsv` contains addresses as people mistype them, each with the one that was meant; `real.txt`
//! contains domains that exist. Every third line of both was held out while the rules were made.

use crate::support::options;
use bezorgd::analyse;
use bezorgd::suggestion::{DomainsSeen, suggest};

const TYPOS: &str = include_str!("suggestions/typos.tsv");
const REAL: &str = include_str!("suggestions/real.txt");

/// How many of a hundred typos must be corrected.
const BAR: usize = 95;

/// The lines of a list, in two parts: those seen while the rules were made, and those held out.
fn halves(list: &str) -> [(&'static str, Vec<&str>); 2] {
    let lines = list.lines().zip(0..);
    let (aside, used): (Vec<_>, Vec<_>) = lines.partition(|(_, number)| number % 3 == 2);
    let lines = |part: Vec<(_, _)>| part.into_iter().map(|(line, _)| line).collect();
    [("used", lines(used)), ("kept aside", lines(aside))]
}

#[test]
fn typos_are_corrected() {
    for (part, typos) in halves(TYPOS) {
        let mut wrong = Vec::new();
        for line in &typos {
            let (typed, right) = line.split_once('\t').expect("two columns");
            let proposed = suggest(typed, None, &DomainsSeen::default());
            if proposed.as_deref() != Some(right) {
                wrong.push(format!("{typed}: {proposed:?}, not {right}"));
            }
        }
        let (right, all) = (typos.len() - wrong.len(), typos.len());
        println!("typos, {part}: {right} of {all} right");
        assert!(all >= 70, "{part}: too few typos to measure by");
        assert!(
            right * 100 >= BAR * all,
            "{part}: only {right} of {all} right:\n{}",
            wrong.join("\n")
        );
    }
}

/// A provider that is missing from `real.txt` could be corrected unnoticed.
#[test]
fn every_provider_is_among_the_real_domains() {
    let providers = include_str!("../src/suggestion/providers.toml");
    let quoted = |line: &'static str| line.split('"').skip(1).step_by(2);
    let (mut name, mut domains) = ("", Vec::new());
    for line in providers.lines() {
        if line.starts_with("name =") {
            name = quoted(line).next().expect("a name");
        } else if line.starts_with("endings =") || line.starts_with("elsewhere =") {
            domains.extend(quoted(line).map(|ending| format!("{name}.{ending}")));
        }
    }
    assert!(domains.len() > 20);
    let is_missing = |domain: &&String| !REAL.lines().any(|real| real == *domain);
    let missing: Vec<_> = domains.iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "not in real.txt: {missing:?}");
}

#[test]
fn real_domains_are_never_corrected() {
    for (part, domains) in halves(REAL) {
        let corrected = domains.iter().filter_map(|domain| {
            let proposed = suggest(
                &format!("jan.peeters@{domain}"),
                None,
                &DomainsSeen::default(),
            );
            proposed.map(|proposed| format!("{domain}: {proposed}"))
        });
        let corrected: Vec<_> = corrected.collect();
        println!(
            "real domains, {part}: {} of {} corrected",
            corrected.len(),
            domains.len()
        );
        assert!(domains.len() >= 70, "{part}: too few domains to measure by");
        assert!(corrected.is_empty(), "{part}:\n{}", corrected.join("\n"));
    }
}

#[test]
fn only_a_refused_address_gets_a_proposal() {
    let report = "\
        E-mail;Datum;Status;Omschrijving\n\
        mia@gmial.com;12/03/2026 08:00;FAILED;It will be blacklisted to prevent further bounces.\n\
        jos@gmial.com;12/03/2026 08:00;FAILED;The user's mailbox is full.\n\
        an@gmail.com;12/03/2026 08:00;FAILED;It will be blacklisted to prevent further bounces.\n\
        els@sint-josef.example;12/03/2026 08:00;FAILED;It will be blacklisted to prevent further bounces.\n\
        a@sint-jozef.example;12/03/2026 08:00;DELIVERED;\n\
        b@sint-jozef.example;12/03/2026 08:00;DELIVERED;\n\
        c@sint-jozef.example;12/03/2026 08:00;DELIVERED;\n";
    let diagnoses = analyse("rapport.csv", report.as_bytes(), &options());
    let recipients = diagnoses.iter().flat_map(|diagnosis| &diagnosis.recipients);
    let proposals: Vec<_> = recipients
        .map(|recipient| recipient.suggestion.as_deref())
        .collect();
    assert_eq!(
        proposals,
        [
            Some("mia@gmail.com"),
            None,
            None,
            Some("els@sint-jozef.example"),
            None,
            None,
            None
        ]
    );
}
