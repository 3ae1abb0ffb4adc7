//! What people read, in their language: every word of the page and of the command line.
//!
//! Each language is a TOML file beside this one with the same keys. The build turns it into the
//! tables behind [`words`], so that a missing key is a compile error. Knows the codes of the model;
//! never the rules, the browser, or where the words end up.

mod dates;
mod messages;
mod numbers;
mod rich;

pub use dates::Dates;
pub use messages::{About, Channel};
pub use numbers::{bytes, number};
pub use rich::{Line, Piece};

use bezorgd_model::Change;
use bezorgd_model::Lost;
use bezorgd_model::NextStep;
use bezorgd_model::ReadyText;
use bezorgd_model::{Action, Cause, DateOrder, Kind, ProblemCode, Role, Sender, State};
use bezorgd_senders::message_types::Letter;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The words, in Dutch as spoken in Flanders.
pub fn words() -> &'static Words {
    &NL
}

/// One language.
#[derive(Debug)]
pub struct Words {
    /// How dates are written.
    pub dates: Dates,
    /// Words that are shown as they are.
    pub ui: Ui,
    /// Sentences with marks in them.
    pub line: Lines,
    /// Sentences with something filled in.
    pub fill: Fill,
    /// Sentences with a number.
    pub count: Counts,
    /// How to do something, step by step.
    pub guide: Guides,
    next_step: fn(NextStep) -> &'static NextStepWords,
    state: fn(State) -> &'static str,
    action: fn(Action) -> &'static str,
    change: fn(Change) -> &'static str,
    role: fn(Role) -> &'static str,
    date_order: fn(DateOrder) -> &'static str,
    sender: fn(Sender) -> &'static str,
    letter: fn(Letter) -> &'static str,
    kind: fn(Kind) -> &'static Count,
    problem: fn(ProblemCode) -> &'static ProblemWords,
    cause: fn(Cause) -> &'static str,
    advice: fn(Cause, Sender, State) -> &'static Advice,
    guide_of: fn(GuideKey) -> &'static Guide,
    sender_guides: fn(Sender) -> &'static [Guide],
    thing: fn(Sender) -> &'static str,
    channel: fn(Channel) -> &'static str,
    message: fn(ReadyText) -> &'static [(Channel, Template)],
}

impl Words {
    /// What is to be done.
    pub fn next_step(&self, next_step: NextStep) -> &'static NextStepWords {
        (self.next_step)(next_step)
    }

    /// Where delivery stands.
    pub fn state(&self, state: State) -> &'static str {
        (self.state)(state)
    }

    /// What one attempt gave.
    pub fn action(&self, action: Action) -> &'static str {
        (self.action)(action)
    }

    /// What the newest report changed.
    pub fn change(&self, change: Change) -> &'static str {
        (self.change)(change)
    }

    /// What a column of a report holds.
    pub fn role(&self, role: Role) -> &'static str {
        (self.role)(role)
    }

    /// Which of two numbers is the day.
    pub fn date_order(&self, order: DateOrder) -> &'static str {
        (self.date_order)(order)
    }

    /// The name of a sending system.
    pub fn sender(&self, sender: Sender) -> &'static str {
        (self.sender)(sender)
    }

    /// Whether a letter can take the place of a message.
    pub fn letter(&self, letter: Letter) -> &'static str {
        (self.letter)(letter)
    }

    /// So many messages of a kind.
    pub fn kind(&self, kind: Kind, count: u32) -> String {
        (self.kind)(kind).of(count)
    }

    /// A guide by its key.
    pub fn guide_of(&self, key: GuideKey) -> &'static Guide {
        (self.guide_of)(key)
    }

    /// How to do what comes up again and again with a sending system.
    pub fn guides(&self, sender: Sender) -> &'static [Guide] {
        (self.sender_guides)(sender)
    }

    /// What could not be read, and what to do next.
    pub fn problem(&self, code: ProblemCode) -> &'static ProblemWords {
        (self.problem)(code)
    }

    /// Why a rule that fits did not decide.
    pub fn lost(&self, lost: &Lost) -> String {
        let words = match lost {
            Lost::Unless(phrase) => return self.fill.lost_unless.with(&[("phrase", phrase)]),
            Lost::Weaker => self.ui.lost_weaker,
            Lost::PartOfLonger => self.ui.lost_part,
            Lost::LessPrecise => self.ui.lost_precise,
            Lost::Shorter => self.ui.lost_shorter,
        };
        words.to_owned()
    }

    /// Why, in a few words.
    pub fn cause(&self, cause: Cause) -> &'static str {
        (self.cause)(cause)
    }

    /// Why, in a few sentences, and what to do about it.
    pub fn advice(&self, sender: Sender, cause: Cause, state: State) -> &'static Advice {
        (self.advice)(cause, sender, state)
    }
}

/// What is to be done.
#[derive(Debug)]
pub struct NextStepWords {
    /// A heading over recipients.
    pub title: &'static str,
    /// A narrow label.
    pub short: &'static str,
}

/// What could not be read.
#[derive(Debug)]
pub struct ProblemWords {
    /// What happened.
    pub what: Line,
    /// What to do next.
    pub next: Line,
}

/// What a person needs to know and do about a cause.
#[derive(Debug)]
pub struct Advice {
    /// Why, in a few sentences.
    pub explain: Line,
    /// What to do, in order.
    pub steps: &'static [Line],
    /// Explanations of a step, for those who need them.
    pub guides: &'static [Guide],
}

/// How to do something.
#[derive(Debug)]
pub struct Guide {
    /// What, or with which program.
    pub title: &'static str,
    /// In order.
    pub steps: &'static [Line],
}

impl Guide {
    /// The steps as plain text, numbered, with the domain of the sender.
    pub fn as_text(&self, domain: &str) -> String {
        let steps = (1..).zip(self.steps).map(|(number, step)| {
            let step = step.with_domain(domain);
            format!("\n{number}. {step}")
        });
        std::iter::once(self.title.to_owned())
            .chain(steps)
            .collect()
    }
}

/// A sentence in which `{name}`s are filled in.
#[derive(Clone, Copy, Debug)]
pub struct Template(&'static str);

impl Template {
    /// The sentence with its values.
    pub fn with(&self, values: &[(&str, &str)]) -> String {
        let mut text = self.0.to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

/// A sentence with a number.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    one: &'static str,
    other: &'static str,
}

impl Count {
    /// The sentence for so many.
    pub fn of(&self, n: u32) -> String {
        if n == 1 {
            self.one.to_owned()
        } else {
            Template(self.other).with(&[("n", &number(n.into()))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [State; 6] = [
        State::Delivered,
        State::Retrying,
        State::GaveUp,
        State::Failed,
        State::NotAttempted,
        State::None,
    ];

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
        for &cause in Cause::ALL {
            let title = words().cause(cause);
            assert!(!title.is_empty() && !title.ends_with('.'), "{title:?}");
            titles.push(title);
            for &sender in Sender::ALL {
                for state in STATES {
                    let advice = words().advice(sender, cause, state);
                    assert_sentence(&advice.explain.to_string());
                    assert!(!advice.steps.is_empty(), "{cause:?} {sender:?} {state:?}");
                    for step in advice.steps {
                        assert_sentence(&step.to_string());
                    }
                    for guide in advice.guides {
                        assert!(!guide.title.is_empty() && !guide.steps.is_empty());
                        guide
                            .steps
                            .iter()
                            .for_each(|step| assert_sentence(&step.to_string()));
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
        for &code in ProblemCode::ALL {
            assert_sentence(&words().problem(code).what.to_string());
            assert_sentence(&words().problem(code).next.to_string());
        }
    }

    #[test]
    fn advice_follows_the_sending_system_and_the_state() {
        let step =
            |sender, state| words().advice(sender, Cause::MailboxFull, state).steps[0].to_string();
        assert!(step(Sender::Pom, State::Retrying).contains("48 uur"));
        assert!(!step(Sender::Other, State::Retrying).contains("POM"));
        assert_ne!(
            step(Sender::Pom, State::GaveUp),
            step(Sender::Pom, State::Retrying)
        );
        // Where POM says nothing of its own, the general advice holds.
        assert_eq!(
            step(Sender::Pom, State::Failed),
            step(Sender::Other, State::Failed)
        );
    }

    #[test]
    fn the_facts_that_people_act_on_are_there() {
        let told = |cause, state| {
            let advice = words().advice(Sender::Pom, cause, state);
            let lines = advice
                .steps
                .iter()
                .chain(advice.guides.iter().flat_map(|guide| guide.steps));
            lines.fold(advice.explain.to_string(), |all, line| {
                format!("{all} {line}")
            })
        };
        let reused = told(Cause::DocumentReused, State::Failed);
        assert!(reused.contains("help@linkmanage.be") && reused.contains("016 61 70 75"));
        let delivered = told(Cause::Delivered, State::Delivered);
        for menu in [
            "Veilige afzender toevoegen",
            "Opties voor ongewenste e-mail",
            "Nieuw filter maken",
            "Voeg regel toe",
        ] {
            assert!(delivered.contains(menu), "{menu}");
        }
        let skipped = told(Cause::NotAttempted, State::NotAttempted);
        assert!(skipped.contains("E-mail ontvanger") && skipped.contains("Exemplaar per adres"));
    }

    #[test]
    fn templates_and_counts_fill_in() {
        assert_eq!(
            words()
                .fill
                .bytes_of
                .with(&[("done", "1 MB"), ("size", "2 MB")]),
            "1 MB van 2 MB"
        );
        assert_eq!(words().count.recipients.of(1), "1 ontvanger");
        assert_eq!(words().count.recipients.of(1840), "1.840 ontvangers");
    }
}
