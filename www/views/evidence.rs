//! The words that a diagnosis is based on, exactly as they were written. Always text, never markup or a
//! link, because anyone may have written the evidence.

use bezorgd_model::Attempt;
use bezorgd_words::Words;
use yew::prelude::*;

/// A quotation, with the part that decided marked.
pub fn evidence(words: &'static Words, attempt: &Attempt, file: Option<&str>) -> Html {
    if attempt.text.trim().is_empty() {
        return Html::default();
    }
    let (before, matched, after) = match attempt.matched {
        Some(span) => span.split(&attempt.text),
        None => (&*attempt.text, "", ""),
    };
    let place = match (file, attempt.line) {
        (Some(file), Some(line)) => words.fill.problem_at(file, &line.to_string()),
        (Some(file), None) => file.to_owned(),
        (None, _) => String::new(),
    };
    html! {
        <section class="evidence">
            <h4>{words.ui.evidence()}</h4>
            <figure>
                <blockquote id="evidence" lang={is_english(&attempt.text).then_some("en")}>
                    {before}
                    if !matched.is_empty() {
                        <mark>{matched}</mark>
                    }
                    {after}
                </blockquote>
                <figcaption>{place}</figcaption>
            </figure>
        </section>
    }
}

/// Whether a screen reader should pronounce a text as English, which servers nearly always write.
pub fn is_english(text: &str) -> bool {
    const COMMON: [&str; 12] = [
        "the", "was", "is", "has", "not", "been", "from", "user", "unknown", "mailbox", "address",
        "your",
    ];
    let word = |word: &str| {
        COMMON
            .iter()
            .any(|common| word.eq_ignore_ascii_case(common))
    };
    text.split(|c: char| !c.is_alphabetic()).any(word)
}
