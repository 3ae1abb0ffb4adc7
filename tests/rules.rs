//! Checks every rule, because rules are data.

use bezorgd::model::Cause;
use bezorgd::rules::{EXAMPLES, Evidence, PRECEDENCE, RULES, Rule, Strength, diagnose, explain};
use std::collections::{BTreeSet, HashMap};

fn evidence(text: &str) -> Evidence<'_> {
    Evidence {
        text,
        ..Evidence::default()
    }
}

#[test]
fn every_rule_wins_its_own_example() {
    let mut wrong = Vec::new();
    for (rule, example) in RULES.iter().zip(EXAMPLES) {
        let winner = diagnose(&evidence(example));
        let winner = winner.as_ref().map(|verdict| verdict.rule);
        if winner != Some(rule.id) {
            wrong.push(format!("{}: {winner:?} wins {example:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_rules_and_each_has_an_example_and_a_unique_name() {
    assert!(RULES.len() > 10);
    assert_eq!(RULES.len(), EXAMPLES.len());
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(names.len(), RULES.len());
}

/// If another rule won every text with a phrase, the phrase would be useless; so would be a further phrase, or a code.
#[test]
fn every_phrase_and_code_leads_to_the_cause_of_its_rule() {
    let mut wrong = Vec::new();
    for rule in RULES.iter() {
        let phrases: Vec<_> = rule.phrases().collect();
        let further: Vec<_> = rule.further_phrases().collect();
        let first = |phrases: &[&'static str]| phrases.first().copied().unwrap_or_default();
        let with_first = phrases.iter().map(|phrase| (*phrase, first(&further)));
        let beside_first = further.iter().map(|phrase| (first(&phrases), *phrase));
        let none = phrases.is_empty().then_some(("", ""));
        for (phrase, further) in with_first.chain(beside_first).chain(none) {
            let text = format!("{} {}", sample(phrase), sample(further));
            for (status, reply_code) in rule.codes() {
                let verdict = diagnose(&Evidence {
                    text: text.trim(),
                    status,
                    reply_code,
                });
                let found = verdict.map(|verdict| (verdict.cause, verdict.rule));
                if found.map(|(cause, _)| cause) != Some(rule.cause) {
                    wrong.push(format!(
                        "{}: {text:?} with {status:?}, {reply_code:?} gives {found:?}",
                        rule.id
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_rules_have_the_same_phrase_under_the_same_conditions() {
    let mut seen: HashMap<(String, Vec<&str>), &str> = HashMap::new();
    for rule in RULES.iter().filter(|rule| rule.needs_no_code()) {
        for phrase in rule.phrases() {
            let key = (phrase.to_lowercase(), rule.further_phrases().collect());
            if let Some(other) = seen.insert(key, rule.id) {
                panic!("{} and {other} share {phrase:?}", rule.id);
            }
        }
    }
}

#[test]
fn words_beat_codes_and_the_loser_says_why() {
    let candidates = explain(&evidence("550 5.1.1 mailbox full"));
    assert_eq!(candidates[0].cause, Cause::MailboxFull);
    assert_eq!(candidates[0].lost, None);
    assert!(candidates.len() > 1);
    for loser in &candidates[1..] {
        assert!(loser.lost.is_some());
    }
}

#[test]
fn typography_and_case_make_no_difference() {
    for text in ["THE USER'S MAILBOX IS FULL", "the user’s mailbox is full"] {
        let verdict = diagnose(&evidence(text)).unwrap();
        assert_eq!(verdict.rule, "pom/mailbox-full");
        assert_eq!(verdict.strength, Strength::Exact);
        assert_eq!(verdict.matched, Some(0..text.len()));
    }
}

#[test]
fn every_cause_has_a_place_in_the_order_of_precision() {
    let causes: BTreeSet<_> = PRECEDENCE.iter().collect();
    assert_eq!(causes.len(), Cause::ALL.len());
    assert_eq!(PRECEDENCE.len(), Cause::ALL.len());
}

#[test]
fn text_without_any_known_word_has_no_cause() {
    for text in ["", " ", "é", "The quick brown fox"] {
        assert_eq!(diagnose(&evidence(text)), None, "{text}");
    }
}

/// Words such as mailbox, server and address occur in ordinary mail too.
#[test]
fn ordinary_sentences_have_no_cause() {
    let mut wrong = Vec::new();
    for text in [
        "Wat is jouw adres? Dan stuur ik het boek op met de post.",
        "Je account bij de bibliotheek is verlengd. Veel leesplezier!",
        "De server van de school werd gisteren vervangen, alles werkt weer.",
        "Mijn mailbox staat op mijn telefoon, dus ik lees alles meteen.",
        "Nieuwsbrief: tips om je mailbox op te ruimen en je foto's te bewaren.",
        "Het domein rond het kasteel is open van april tot oktober.",
        "Kan je de sleutel aan de gebruiker van lokaal 12 geven?",
        "In bijlage vinden jullie de brief over de schoolreis.",
        "We hebben de aansluiting vernieuwd, het internet is nu sneller dan vroeger.",
        "Thanks for the invoice. I have forwarded it to the user group.",
        "Please sign the attached document and return it before Friday.",
        "Our new office is in Ghent. You are welcome for coffee.",
        "Voici la liste du groupe de lecture. À bientôt, Marie",
        "Sehr geehrte Frau Peeters, anbei die Rechnung für das Buch.",
    ] {
        if let Some(verdict) = diagnose(&evidence(text)) {
            wrong.push(format!("{}: {text}", verdict.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The shortest text that a phrase matches.
fn sample(phrase: &str) -> String {
    phrase.replace(" * ", " ").replace('*', "")
}

/// A phrase is unreachable if another rule wins wherever the text contains it: that one needs no code and no further
/// phrase, and nothing excludes it that does not exclude the rule of the phrase.
#[test]
fn every_phrase_can_win() {
    let mut unreachable = Vec::new();
    let needs_phrase_only =
        |rule: &Rule| rule.needs_no_code() && rule.further_phrases().next().is_none();
    for rule in RULES.iter().filter(|rule| needs_phrase_only(rule)) {
        let exclusions: BTreeSet<_> = rule.exclusions().collect();
        let always_wins = |winner: &&Rule| {
            winner.id != rule.id
                && needs_phrase_only(winner)
                && winner
                    .exclusions()
                    .all(|phrase| exclusions.contains(phrase))
        };
        for phrase in rule.phrases() {
            // At its shortest, and with something in its gaps.
            let longer = phrase.replace(" * ", " zz ").replace('*', "zz");
            let winners = [sample(phrase), longer].map(|text| {
                let winner = diagnose(&evidence(text.trim()))?.rule;
                RULES
                    .iter()
                    .find(|known| known.id == winner)
                    .filter(always_wins)
            });
            if let [Some(winner), Some(_)] = winners {
                unreachable.push(format!("{}: {phrase:?} loses to {}", rule.id, winner.id));
            }
        }
    }
    assert!(unreachable.is_empty(), "{}", unreachable.join("\n"));
}
