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
    let candidates = explain(&evidence);
    for range in candidates
        .iter()
        .filter_map(|candidate| candidate.matched.clone())
    {
        let words = text
            .get(range)
            .expect("a match is in the text, on character boundaries");
        assert!(!words.is_empty(), "a match of nothing");
    }
    let winner = candidates.iter().find(|candidate| candidate.lost.is_none());
    let verdict = diagnose(&evidence);
    assert_eq!(
        verdict
            .as_ref()
            .map(|verdict| (verdict.rule, &verdict.matched)),
        winner.map(|winner| (winner.rule.id, &winner.matched)),
        "the explanation names another winner"
    );
});
