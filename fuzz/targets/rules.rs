//! The rules: any text and codes; the explanation must agree with the verdict.

#![no_main]

use bezorgd::model::EnhancedStatus;
use bezorgd::rules::{Evidence, diagnose, explain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Option<(u8, u16, u16)>, Option<u16>, &str)| {
    let (status, reply_code, text) = input;
    let status = status.map(|(class, subject, detail)| EnhancedStatus {
        class,
        subject,
        detail,
    });
    let evidence = Evidence {
        text,
        status,
        reply_code,
    };
    let rules = explain(&evidence);
    for rule in &rules {
        assert!(text.contains(&rule.words), "words that are not in the text");
    }
    let mut winners = rules.iter().filter(|rule| rule.lost.is_none());
    let winner = winners.next().map(|winner| (&*winner.rule, &*winner.words));
    assert!(winners.next().is_none(), "two rules win");
    let verdict = diagnose(&evidence);
    let verdict = verdict.as_ref().map(|verdict| {
        let matched = verdict.matched.clone().map(|range| {
            let words = text.get(range);
            words.expect("a match is in the text, on character boundaries")
        });
        assert_ne!(matched, Some(""), "a match of nothing");
        (verdict.rule, matched.unwrap_or_default())
    });
    assert_eq!(verdict, winner, "the explanation names another winner");
});
