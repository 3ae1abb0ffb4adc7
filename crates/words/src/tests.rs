//! Tests the texts of every language.

use super::*;
use bezorgd_model::shown::shown;
use bezorgd_model::{
    Arrival, Cause, Check, CheckMethod, CheckResult, ColumnName, Detail, DetailCode, Filter,
    FilterReason, FilterVerdict, Hop, LeftOut, Moment, Problem, ProblemCode, ProblemDetail, Role,
    Sender, State, WrittenAddress,
};
use bezorgd_senders::counter::Tally;

fn dutch() -> &'static Words {
    Language::Dutch.words()
}

fn assert_sentence(text: &str) {
    assert!(
        text.ends_with(['.', ':', '?']) && text.len() > 8,
        "not a sentence: {text:?}"
    );
    assert_eq!(text, text.trim());
    assert!(
        !text.contains(['*', '_', '{', '}']),
        "a mark is left: {text:?}"
    );
}

#[test]
fn every_cause_is_explained_and_ends_in_steps_for_every_sender_and_state() {
    let mut titles = Vec::new();
    for cause in Cause::ALL {
        let title = dutch().cause(cause);
        assert!(!title.is_empty() && !title.ends_with('.'), "{title:?}");
        titles.push(title);
        for sender in Sender::ALL {
            for state in State::ALL {
                let advice = dutch().advice(sender, cause, state);
                assert_sentence(&advice.explain.with_domain("x"));
                assert!(
                    !advice.steps(None).is_empty(),
                    "{cause:?} {sender:?} {state:?}"
                );
                for step in advice.steps(None) {
                    assert_sentence(&step.with_domain("x"));
                }
                for guide in advice.guides {
                    assert!(!guide.title.is_empty() && !guide.steps.is_empty());
                    guide
                        .steps
                        .iter()
                        .for_each(|step| assert_sentence(&step.with_domain("x")));
                }
            }
        }
    }
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(
        titles.len(),
        Cause::ALL.len(),
        "two causes have the same title"
    );
}

#[test]
fn every_problem_says_what_happened_and_what_to_do_next() {
    for code in ProblemCode::ALL {
        assert_sentence(&dutch().problem(code).what.with_domain(""));
        assert_sentence(&dutch().problem(code).next.with_domain(""));
    }
}

#[test]
fn every_detail_is_a_sentence_with_its_name_or_amount() {
    for code in DetailCode::ALL {
        let mut detail = Detail {
            code,
            name: None,
            amount: None,
        };
        assert_sentence(&dutch().detail(&detail));
        detail.name = Some("Spamhaus".into());
        assert_sentence(&dutch().detail(&detail));
    }
    let detail = Detail {
        code: DetailCode::SizeLimit,
        name: None,
        amount: Some(10_485_760),
    };
    assert!(dutch().detail(&detail).contains("10,5 MB"));
}

#[test]
fn advice_follows_the_sending_system_and_the_state() {
    let step = |sender, state| {
        dutch()
            .advice(sender, Cause::MailboxFull, state)
            .steps(None)[0]
            .with_domain("x")
    };
    assert!(step(Sender::Pom, State::Retrying).contains("48 uur"));
    assert!(!step(Sender::Other, State::Retrying).contains("POM"));
    assert_ne!(
        step(Sender::Pom, State::GaveUp),
        step(Sender::Pom, State::Retrying)
    );
    // Without advice for POM, the general advice applies.
    let general = |sender| {
        let advice = dutch().advice(sender, Cause::MessageTooLarge, State::Failed);
        advice.steps(None)[0].with_domain("x")
    };
    assert_eq!(general(Sender::Pom), general(Sender::Other));
}

#[test]
fn advice_contains_the_facts_that_people_act_on() {
    let advice_text = |cause, state| {
        let advice = dutch().advice(Sender::Pom, cause, state);
        let steps = advice.steps(None);
        let lines = steps
            .iter()
            .chain(advice.guides.iter().flat_map(|guide| &guide.steps));
        lines.fold(advice.explain.with_domain(""), |all, line| {
            format!("{all} {}", line.with_domain(""))
        })
    };
    let reused = advice_text(Cause::DocumentReused, State::Failed);
    assert!(reused.contains("help@linkmanage.be") && reused.contains("016 61 70 75"));
    let delivered = advice_text(Cause::Delivered, State::Delivered);
    for menu in [
        "Veilige afzender toevoegen",
        "Opties voor ongewenste e-mail",
        "Nieuw filter maken",
        "Voeg regel toe",
    ] {
        assert!(delivered.contains(menu), "{menu}");
    }
    let skipped = advice_text(Cause::NotAttempted, State::NotAttempted);
    assert!(skipped.contains("E-mail ontvanger") && skipped.contains("Exemplaar per adres"));
}

#[test]
fn templates_and_counts_fill_in() {
    assert_eq!(dutch().fill.bytes_of("1 MB", "2 MB"), "1 MB van 2 MB");
    assert_eq!(dutch().count.recipients(1), "1 ontvanger");
    assert_eq!(dutch().count.recipients(0), "0 ontvangers");
    assert_eq!(dutch().count.recipients(1840), "1.840 ontvangers");
}

#[test]
fn every_language_is_read_back_from_its_packed_form() {
    for language in Language::ALL {
        let words = Words::load(language.packed()).unwrap();
        assert!(!words.ui.tagline().is_empty());
        assert_ne!(words, language.words(), "two loads are different");
    }
}

/// Every count, limit and fate of an address.
fn tallies() -> impl Iterator<Item = Tally> {
    let limits = (1..=10).flat_map(|limit| (0..=12).map(move |count| (limit, count)));
    limits.flat_map(|(limit, count)| {
        [false, true].map(|removed| Tally {
            count,
            limit,
            removed,
        })
    })
}

#[test]
fn what_is_said_of_a_counter_never_contradicts_the_steps() {
    let words = dutch();
    for (tally, &cause) in tallies().flat_map(|tally| Cause::ALL.iter().map(move |it| (tally, it)))
    {
        let standing = tally.standing();
        let said = words.standing(standing, tally.limit, tally.count);
        for state in State::ALL {
            let steps = words
                .advice(Sender::Wise, cause, state)
                .steps(Some(standing));
            let steps: Vec<String> = steps.iter().map(|step| step.with_domain("")).collect();
            assert!(!steps.is_empty(), "{cause:?} {tally:?}");
            let steps = steps.join(" ");
            assert!(!steps.contains('['), "{steps}");
            let has = |text: &str, part: &str| text.to_lowercase().contains(part);
            // An address that is gone is not removed again, and has nothing left.
            if tally.removed {
                assert!(!has(&steps, "verwijder"), "{tally:?}: {steps}");
                assert!(has(&said, "verwijderd") && !has(&said, "nog"), "{said}");
            }
            // A counter at 0 is not reset, and one of an address that is gone neither.
            if tally.count == 0 || tally.removed {
                assert!(
                    !has(&steps, "op 0") && !has(&steps, "naar 0"),
                    "{tally:?}: {steps}"
                );
            }
            // At the limit, the next bounce is the last.
            if !tally.removed && tally.count > 0 && tally.count + 1 >= tally.limit {
                assert!(has(&said, "volgende bounce"), "{tally:?}: {said}");
            }
        }
    }
}

#[test]
fn every_check_and_every_filter_is_a_sentence() {
    let mut said = Vec::new();
    for method in CheckMethod::ALL {
        for result in CheckResult::ALL {
            let domain = Some("school.example".to_owned());
            said.push(Arrival {
                checks: vec![Check {
                    method,
                    result,
                    domain,
                }],
                ..Arrival::default()
            });
        }
    }
    for filter in Filter::ALL {
        for marked in [false, true] {
            let words = "score 7.".to_owned();
            let filter = Some(FilterVerdict {
                filter,
                marked,
                reason: None,
                words,
            });
            said.push(Arrival {
                filter,
                ..Arrival::default()
            });
        }
    }
    let reasons = FilterReason::ALL.map(|reason| dutch().filter_reason(reason));
    reasons.iter().for_each(|reason| assert_sentence(reason));
    let mut sentences: Vec<String> = said.iter().flat_map(|one| dutch().arrival(one)).collect();
    sentences
        .iter()
        .for_each(|sentence| assert_sentence(sentence));
    let all = sentences.len();
    sentences.sort();
    sentences.dedup();
    assert_eq!((all, sentences.len()), (said.len(), said.len()));
}

#[test]
fn the_time_of_a_mail_on_its_way_is_in_its_largest_unit() {
    for (seconds, said) in [
        (1, "1 seconde"),
        (119, "119 seconden"),
        (120, "2 minuten"),
        (7_200, "2 uur"),
        (200_000, "2 dagen"),
    ] {
        let hop = |unix| Hop {
            by: String::new(),
            at: Moment::from_unix(unix).expect("a moment"),
            waited: 0,
        };
        let hops = vec![hop(0), hop(seconds)];
        let arrival = Arrival {
            hops,
            ..Arrival::default()
        };
        assert_eq!(
            dutch().arrival(&arrival),
            [format!("Hij was {said} onderweg.")]
        );
    }
}

#[test]
fn an_odd_address_is_explained_with_the_letter_and_its_place() {
    for (address, said) in [
        (
            "jаn@example.be",
            "De “а” op plaats 2 in dit adres is een Cyrillische letter.",
        ),
        (
            "jan@gοοgle.example",
            "De “ο” op plaats 6 in dit adres is een Griekse letter.",
        ),
        (
            "ｊan@example.be",
            "De “ｊ” op plaats 1 in dit adres is een brede letter.",
        ),
        (
            "an\u{200B}@example.be",
            "Het teken ⟨U+200B⟩ op plaats 3 hoort niet in dit adres.",
        ),
        (
            "jan@exa․mple.be",
            "Het teken ⟨U+2024⟩ op plaats 8 hoort niet in dit adres.",
        ),
        (
            "an@xn--exmple-cua.be",
            "Dit domein is geschreven met tekens die op andere lijken: xn--exmple-cua.be.",
        ),
    ] {
        let odd = dutch().odd_address(address);
        assert_eq!(odd.as_deref(), Some(said), "{address}");
        assert_sentence(said);
    }
    assert_eq!(dutch().odd_address("jürgen@example.be"), None);
}

#[test]
fn the_words_of_a_problem_are_safe_and_say_what_is_odd() {
    let address = |likely: Option<&str>| {
        ProblemDetail::Address(WrittenAddress {
            written: "jan\u{202E}eb@x.be".to_owned(),
            likely: likely.map(str::to_owned),
        })
    };
    let odd = "Het teken ⟨U+202E⟩ op plaats 4 hoort niet in dit adres.";
    assert_eq!(
        dutch().problem_detail(&address(None)),
        format!("“jan⟨U+202E⟩eb@x.be”. {odd}")
    );
    assert_eq!(
        dutch().problem_detail(&address(Some("jan@x.be"))),
        format!("“jan⟨U+202E⟩eb@x.be”, waarschijnlijk jan@x.be. {odd}")
    );

    let evil = || "a\u{1B}[2J\nb".to_owned();
    let name = |header| ColumnName { number: 1, header };
    let reason = LeftOut {
        role: Role::Status,
        cell: evil(),
        rows: 2,
    };
    for detail in [
        ProblemDetail::Columns(vec![evil()]),
        ProblemDetail::FirstCells(vec![evil()]),
        ProblemDetail::Rivals(name(evil()), name(String::new())),
        ProblemDetail::LeftOut(2, vec![reason]),
        ProblemDetail::Cell(evil()),
        ProblemDetail::System(evil()),
    ] {
        let said = dutch().problem_detail(&detail);
        assert!(said.contains("a⟨U+001B⟩[2J b"), "{said:?}");
    }
    for problem in [
        Problem::in_file(ProblemCode::Empty, &evil()),
        Problem::at_line(ProblemCode::Empty, &evil(), 1),
    ] {
        let said = dutch().problem_place(&problem);
        assert!(said.starts_with("a⟨U+001B⟩[2J b"), "{said:?}");
    }
}

/// What is shown is made safe as a whole, so that a hidden character of our own would become a placeholder.
#[cfg(feature = "compiled")]
#[test]
fn no_text_has_a_hidden_character() {
    for language in Language::ALL {
        let texts = language.packed().split(['\u{1E}', '\u{1F}', '\n']);
        for text in texts {
            assert_eq!(shown(text), text, "{language:?}");
        }
    }
}
