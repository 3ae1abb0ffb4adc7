//! What people read, in their language: every text of the page, the exports and the command line.
//!
//! Each language is a TOML file beside the manifest with the same keys. The build turns it into one packed text
//! ([`Language::packed`], with the feature `compiled`), and the keys into methods with the arguments that a sentence
//! needs: a missing key or argument is a compile error. A page loads the packed text of one language beside its code
//! ([`Words::load`]), so that further languages cost a visitor nothing.
//!
//! ```
//! use bezorgd_words::Language;
//!
//! let words = Language::Dutch.words();
//! assert_eq!(words.count.recipients(1840), "1.840 ontvangers");
//! assert_eq!(words.fill.bytes_of("1 MB", "2 MB"), "1 MB van 2 MB");
//! ```
//!
//! Depends on the codes of the model; never on the analyser, the browser, or where the texts end up.

mod dates;
mod messages;
mod numbers;
mod rich;
mod texts;

pub use dates::Dates;
pub use messages::{About, Channel};
pub use numbers::Numbers;
pub use rich::{Line, Piece};
pub use texts::InvalidWords;

use bezorgd_model::{
    Action, Cause, Change, ColumnName, DateOrder, Kind, LeftOut, Lost, NextStep, Problem,
    ProblemCode, ProblemDetail, ReadyText, Role, Sender, State,
};
use bezorgd_senders::message_types::Letter;
use texts::Texts;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A language that people can read.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Language {
    /// Dutch as written in Flanders.
    #[default]
    Dutch,
}

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::Dutch];

    /// Its code in addresses, file names and the `lang` attribute (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
        }
    }

    /// Its texts in the form that [`Words::load`] reads.
    #[cfg(feature = "compiled")]
    pub const fn packed(self) -> &'static str {
        match self {
            Self::Dutch => include_str!(concat!(env!("OUT_DIR"), "/nl.words")),
        }
    }

    /// Its words, compiled in.
    #[cfg(feature = "compiled")]
    pub fn words(self) -> &'static Words {
        use std::sync::OnceLock;
        static DUTCH: OnceLock<&'static Words> = OnceLock::new();
        let words = match self {
            Self::Dutch => &DUTCH,
        };
        words.get_or_init(|| {
            Words::load(self.packed()).expect("the build packs what it generates code for")
        })
    }
}

/// The texts of one language.
#[derive(Debug)]
pub struct Words {
    /// How dates are written.
    pub dates: Dates,
    /// How numbers and sizes are written.
    pub numbers: Numbers,
    /// Texts that are shown as they are.
    pub ui: Ui,
    /// Sentences with marked words.
    pub line: Lines,
    /// Sentences with something filled in.
    pub fill: Fill,
    /// Sentences with a number.
    pub count: Counts,
    /// How to do something, step by step.
    pub guide: Guides,
    texts: &'static Texts,
}

/// Texts that are shown as they are.
#[derive(Clone, Copy, Debug)]
pub struct Ui(&'static Texts);

/// Sentences with marked words.
#[derive(Clone, Copy, Debug)]
pub struct Lines(&'static Texts);

/// Sentences with something filled in.
#[derive(Clone, Copy, Debug)]
pub struct Fill(&'static Texts);

/// Sentences with a number.
#[derive(Clone, Copy, Debug)]
pub struct Counts(&'static Texts);

/// How to do something, step by step.
#[derive(Clone, Copy, Debug)]
pub struct Guides(&'static Texts);

impl PartialEq for Words {
    /// Whether both are the same load of a language: enough to see that the language changed.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.texts, other.texts)
    }
}

impl Words {
    /// Loads a language from its packed form, for the rest of the program: nothing frees it again.
    ///
    /// # Errors
    /// When the text is of another form, or from another build.
    pub fn load(packed: &'static str) -> Result<&'static Self, InvalidWords> {
        let texts: &'static Texts = Box::leak(Box::new(Texts::parse(packed)?));
        Ok(Box::leak(Box::new(Self {
            dates: Dates(texts),
            numbers: Numbers(texts),
            ui: Ui(texts),
            line: Lines(texts),
            fill: Fill(texts),
            count: Counts(texts),
            guide: Guides(texts),
            texts,
        })))
    }

    /// The next step for a recipient.
    pub fn next_step(&self, step: NextStep) -> NextStepWords {
        let place = next_step_place(step);
        NextStepWords {
            title: self.texts.get(place),
            short: self.texts.get(place + 1),
        }
    }

    /// Where delivery is.
    pub fn state(&self, state: State) -> &'static str {
        self.texts.get(state_place(state))
    }

    /// The outcome of one attempt.
    pub fn action(&self, action: Action) -> &'static str {
        self.texts.get(action_place(action))
    }

    /// What the newest report changed.
    pub fn change(&self, change: Change) -> &'static str {
        self.texts.get(change_place(change))
    }

    /// The content of a column of a report.
    pub fn role(&self, role: Role) -> &'static str {
        self.texts.get(role_place(role))
    }

    /// Which of two numbers is the day.
    pub fn date_order(&self, order: DateOrder) -> &'static str {
        self.texts.get(date_order_place(order))
    }

    /// The name of a sending system.
    pub fn sender(&self, sender: Sender) -> &'static str {
        self.texts.get(sender_place(sender))
    }

    /// What a sending system sends, such as an invoice.
    pub fn thing(&self, sender: Sender) -> &'static str {
        self.texts.get(thing_place(sender))
    }

    /// Whether a letter can replace a message.
    pub fn letter(&self, letter: Letter) -> &'static str {
        self.texts.get(letter_place(letter))
    }

    /// A number of messages of a kind.
    pub fn kind(&self, kind: Kind, count: u32) -> String {
        self.texts.count(kind_place(kind), count, &[])
    }

    /// A guide by its key.
    pub fn guide_of(&self, key: GuideKey) -> Guide {
        self.texts.guide(key)
    }

    /// How to do what comes up often with a sending system.
    pub fn guides(&self, sender: Sender) -> Vec<Guide> {
        self.texts.guides(sender_guides(sender))
    }

    /// What could not be read, and what to do next.
    pub fn problem(&self, code: ProblemCode) -> ProblemWords {
        let place = problem_place(code);
        ProblemWords {
            what: Line(self.texts.get(place)),
            next: Line(self.texts.get(place + 1)),
        }
    }

    /// The file of a problem, and the line in it.
    pub fn problem_place(&self, problem: &Problem) -> String {
        match problem.line {
            Some(line) => self.fill.problem_at(&problem.file, &line.to_string()),
            None => problem.file.clone(),
        }
    }

    /// What was seen where something could not be read.
    pub fn problem_detail(&self, detail: &ProblemDetail) -> String {
        let quoted = |names: &[String]| -> String {
            let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
            names.join(", ")
        };
        match detail {
            ProblemDetail::Columns(names) => self.fill.seen_columns(&quoted(names)),
            ProblemDetail::FirstCells(names) => self.fill.seen_first_cells(&quoted(names)),
            ProblemDetail::Rivals(read, other) => {
                let name = |column: &ColumnName| match column.header.as_str() {
                    "" => self.fill.column_number(&column.number.to_string()),
                    header => format!("“{header}”"),
                };
                self.fill.seen_rivals(&name(read), &name(other))
            }
            ProblemDetail::MoreRows(rows) => self.count.more_rows(*rows),
            ProblemDetail::LeftOut(rows, reasons) => self.left_out(*rows, reasons),
            ProblemDetail::Cell(text) => format!("“{text}”"),
            ProblemDetail::System(text) => text.clone(),
        }
    }

    /// How many rows were left out, and why.
    fn left_out(&self, rows: u32, reasons: &[LeftOut]) -> String {
        let number = |rows: u32| self.numbers.whole(rows.into());
        let listed: u32 = reasons.iter().map(|reason| reason.rows).sum();
        let named = reasons.iter().map(|reason| {
            let (role, rows) = (self.role(reason.role), number(reason.rows));
            match reason.cell.as_str() {
                "" => self.fill.seen_empty_cell(role, &rows),
                cell => self.fill.seen_cell(role, cell, &rows),
            }
        });
        let others = (listed < rows).then(|| self.fill.seen_other_rows(&number(rows - listed)));
        let parts: Vec<String> = named.chain(others).collect();
        let rows = self.count.rows(rows);
        if parts.is_empty() {
            rows
        } else {
            format!("{rows} ({})", parts.join(", "))
        }
    }

    /// Why a rule that fits did not decide.
    pub fn lost(&self, lost: &Lost) -> String {
        let words = match lost {
            Lost::Unless(phrase) => return self.fill.lost_unless(phrase),
            Lost::Weaker => self.ui.lost_weaker(),
            Lost::PartOfLonger => self.ui.lost_part(),
            Lost::LessPrecise => self.ui.lost_precise(),
            Lost::Shorter => self.ui.lost_shorter(),
        };
        words.to_owned()
    }

    /// The cause, in a few words.
    pub fn cause(&self, cause: Cause) -> &'static str {
        self.texts.get(cause_place(cause))
    }

    /// The cause in a few sentences, and what to do about it.
    pub fn advice(&self, sender: Sender, cause: Cause, state: State) -> Advice {
        let (place, guides) = advice_place(cause, sender, state);
        let (explain, steps) = self.texts.parts(place);
        Advice {
            explain: Line(explain),
            steps,
            guides: self.texts.guides(guides),
        }
    }
}

/// The next step for a recipient.
#[derive(Clone, Copy, Debug)]
pub struct NextStepWords {
    /// A heading over recipients.
    pub title: &'static str,
    /// A narrow label.
    pub short: &'static str,
}

/// What could not be read.
#[derive(Clone, Copy, Debug)]
pub struct ProblemWords {
    /// What happened.
    pub what: Line,
    /// What to do next.
    pub next: Line,
}

/// What a person needs to know and do about a cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The cause, in a few sentences.
    pub explain: Line,
    /// What to do, in order.
    pub steps: Vec<Line>,
    /// Explanations of a step, for those who need them.
    pub guides: Vec<Guide>,
}

/// How to do something.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// What, or with which program.
    pub title: &'static str,
    /// In order.
    pub steps: Vec<Line>,
}

impl Guide {
    /// The steps as plain text, numbered, with the domain of the sender.
    pub fn as_text(&self, domain: &str) -> String {
        let steps = (1..).zip(&self.steps).map(|(number, step)| {
            let step = step.with_domain(domain);
            format!("\n{number}. {step}")
        });
        std::iter::once(self.title.to_owned())
            .chain(steps)
            .collect()
    }
}

#[cfg(test)]
mod tests;
