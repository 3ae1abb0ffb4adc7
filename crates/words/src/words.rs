//! The words of one language, for codes and numbers.

use crate::advice::Advice;
use crate::dates::Dates;
use crate::guide::Guide;
use crate::numbers::Numbers;
use crate::places::{
    GuideKey, action_place, advice_place, cause_place, change_place, date_order_place,
    detail_place, kind_place, letter_place, next_step_place, permanence_place, problem_place,
    role_place, sender_guides, sender_place, state_place, thing_place,
};
use crate::rich::Line;
use crate::sentences::{Counts, Fill, Guides, Lines, Ui};
use crate::texts::{InvalidWords, Texts, fill};
use bezorgd_model::look_alike::{OddCharacter, Script, odd_character, punycode_domain};
use bezorgd_model::shown::{Placeholder, shown};
use bezorgd_model::{
    Action, Cause, Change, ColumnName, DateOrder, Detail, DetailCode, Kind, LeftOut, Lost, Moment,
    NextStep, Permanence, Problem, ProblemCode, ProblemDetail, Role, Sender, State,
};
use bezorgd_senders::counter::{Counted, Stage, Standing, Step, Tally, Thresholds};
use bezorgd_senders::message_types::{Letter, MessageType};

/// The texts of one language.
#[derive(Debug)]
pub struct Words {
    /// Writes dates.
    pub dates: Dates,
    /// Writes numbers and sizes.
    pub numbers: Numbers,
    /// Texts that are shown as they are.
    pub ui: Ui,
    /// Sentences with marked words.
    pub line: Lines,
    /// Sentences with arguments.
    pub fill: Fill,
    /// Sentences with a number.
    pub count: Counts,
    /// Step-by-step instructions.
    pub guide: Guides,
    pub(crate) texts: &'static Texts,
}

impl PartialEq for Words {
    /// Whether both are the same load of a language: enough to see that the language changed.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.texts, other.texts)
    }
}

impl Words {
    /// Loads a language from its packed form. It is never freed, so load each language once.
    ///
    /// # Errors
    /// If the text has a different form, or is from a different build.
    pub fn load(packed: &'static str) -> Result<&'static Self, InvalidWords> {
        let texts: &'static Texts = Box::leak(Box::new(Texts::parse(packed)?));
        Ok(Box::leak(Box::new(Self {
            dates: Dates(texts),
            numbers: Numbers(texts),
            ui: Ui(texts),
            line: Lines(texts),
            fill: Fill(texts),
            count: Counts(Numbers(texts)),
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

    /// The state of delivery; unknown without an outcome and a cause.
    pub fn state(&self, cause: Cause, state: State) -> &'static str {
        match (cause, state) {
            (Cause::Unknown, State::None) => self.ui.state_unknown(),
            _ => self.texts.get(state_place(state)),
        }
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

    /// The order of day, month and year.
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
        self.numbers.sentence(kind_place(kind), count, &[])
    }

    /// A guide by its key.
    pub fn guide_of(&self, key: GuideKey) -> Guide {
        Guide::of(self.texts, key)
    }

    /// The guides for common tasks with a sending system.
    pub fn guides(&self, sender: Sender) -> Vec<Guide> {
        Guide::all_of(self.texts, sender_guides(sender))
    }

    /// What could not be read, and what to do next.
    pub fn problem(&self, code: ProblemCode) -> ProblemWords {
        let place = problem_place(code);
        ProblemWords {
            what: Line(self.texts.get(place)),
            next: Line(self.texts.get(place + 1)),
        }
    }

    /// The file of a problem, and its line if it has one.
    pub fn problem_place(&self, problem: &Problem) -> String {
        match problem.line {
            Some(line) => self.fill.problem_at(&problem.file, &line.to_string()),
            None => shown(&problem.file).into_owned(),
        }
    }

    /// The evidence of a problem, such as the columns or cells in question.
    pub fn problem_detail(&self, detail: &ProblemDetail) -> String {
        let all = |names: &[String]| -> String {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            names.join(", ")
        };
        match detail {
            ProblemDetail::Columns(names) => self.fill.seen_columns(&all(names)),
            ProblemDetail::FirstCells(names) => self.fill.seen_first_cells(&all(names)),
            ProblemDetail::Rivals(read, other) => {
                let name = |column: &ColumnName| match column.header.as_str() {
                    "" => self.fill.column_number(&column.number.to_string()),
                    header => quoted(header),
                };
                self.fill.seen_rivals(&name(read), &name(other))
            }
            ProblemDetail::Address(address) => {
                let seen = match &address.likely {
                    Some(likely) => self.fill.seen_address(&address.written, likely),
                    None => quoted(&address.written),
                };
                match self.odd_address(&address.written) {
                    Some(odd) => format!("{seen}. {odd}"),
                    None => seen,
                }
            }
            ProblemDetail::MoreRows(rows) => self.count.more_rows(*rows),
            ProblemDetail::LeftOut(rows, reasons) => self.left_out(*rows, reasons),
            ProblemDetail::Cell(text) => quoted(text),
            ProblemDetail::System(text) => shown(text).into_owned(),
        }
    }

    /// What is odd about an address that looks like an ordinary one: a letter of another script, a sign that no
    /// address has, or a domain in punycode. `None` if nothing is.
    pub fn odd_address(&self, address: &str) -> Option<String> {
        let Some(odd) = odd_character(address) else {
            return Some(self.fill.odd_domain(punycode_domain(address)?));
        };
        let OddCharacter {
            character,
            place,
            script,
        } = odd;
        let (place, code) = (place.to_string(), Placeholder(character).to_string());
        let script = match script {
            None => return Some(self.fill.odd_sign(&code, &place)),
            Some(Script::Cyrillic) => self.ui.script_cyrillic(),
            Some(Script::Greek) => self.ui.script_greek(),
            Some(Script::Armenian) => self.ui.script_armenian(),
            Some(Script::FullWidth) => self.ui.script_full_width(),
            Some(Script::Other) => self.ui.script_other(),
        };
        let letter = character.to_string();
        Some(self.fill.odd_letter(&letter, &place, script))
    }

    /// How many rows were skipped, and why.
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

    /// Why a matching rule did not win.
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

    /// How close an address is to being removed. `count` is what its counter says.
    pub fn standing(&self, standing: Standing, limit: u32, count: u32) -> String {
        match standing {
            Standing::Clear => self.count.bounces_left(limit),
            Standing::Counting { left } => self.count.bounces_left(left),
            Standing::Last => self.ui.bounces_last().to_owned(),
            Standing::Removed => self.fill.bounces_removed(&count.to_string()),
        }
    }

    /// The number of bounces and the limit, such as `2 of 5`.
    pub fn tally(&self, tally: Tally) -> String {
        self.fill
            .bounces_of(&tally.count.to_string(), &tally.limit.to_string())
    }

    /// How many bounces are left, or that the address was removed, and when if that is known.
    pub fn bounces_left(&self, tally: Tally, removed_at: Option<Moment>) -> String {
        match (tally.standing(), removed_at) {
            (Standing::Removed, Some(at)) => {
                let count = tally.count.to_string();
                self.fill.bounces_removed_on(&self.dates.day(at), &count)
            }
            (standing, _) => self.standing(standing, tally.limit, tally.count),
        }
    }

    /// How an attempt ended, and what its bounce counted for; `None` for one that did not fail.
    pub fn bounce(&self, step: Option<Step>, action: Action) -> String {
        let (ui, action) = (self.ui, self.action(action));
        match step {
            Some(Step::Counted { count, stage }) => {
                let counted = self.count.bounce(count);
                match stage {
                    Some(Stage::Notice) => format!("{counted}: {}", ui.stage_notice()),
                    Some(Stage::Inbox) => format!("{counted}: {}", ui.stage_inbox()),
                    Some(Stage::Removed) => format!("{counted}: {}", ui.stage_removed()),
                    None => counted,
                }
            }
            Some(Step::Soft) => format!("{action}: {}", ui.bounce_soft()),
            Some(Step::Repeated) => format!("{action}: {}", ui.bounce_repeated()),
            None => action.to_owned(),
        }
    }

    /// The rule by which bounces are counted.
    pub fn counting_rule(&self, thresholds: &Thresholds) -> String {
        let before = thresholds.before.map(|before| {
            let day = self.dates.date(before.until);
            self.fill.counting_before(&day, &before.removed.to_string())
        });
        let (removed, before) = (thresholds.removed.to_string(), before.unwrap_or_default());
        match thresholds.counted {
            Counted::Hard => self.fill.counting_rule_hard(&removed, &before),
            Counted::All => self.fill.counting_rule_all(&removed, &before),
        }
    }

    /// A message type by its code, and its name if it has one.
    pub fn message_type(&self, message_type: &MessageType) -> String {
        match &*message_type.name {
            "" => shown(&message_type.code).into_owned(),
            name => self.fill.message_type(&message_type.code, name),
        }
    }

    /// Whether a letter replaces the last message that bounced, which was of this type.
    pub fn letter_follows(&self, message_type: &MessageType) -> String {
        let name = self.message_type(message_type);
        match message_type.letter {
            Letter::Yes => self.fill.letter_yes(&name),
            Letter::OnRequest => self.fill.letter_on_request(&name),
            Letter::No => self.fill.letter_no(&name),
            Letter::Unknown => self.fill.letter_unsure(&name),
        }
    }

    /// Whether the same address may work next time.
    pub fn permanence(&self, permanence: Permanence) -> &'static str {
        self.texts.get(permanence_place(permanence))
    }

    /// What a detail means, and what to do about it.
    pub fn detail(&self, detail: &Detail) -> String {
        let (any, given) = self.texts.parts(detail_place(detail.code));
        let amount = detail.amount.map(|amount| match detail.code {
            DetailCode::SizeLimit => self.numbers.size(amount.into()),
            _ => self.numbers.whole(amount.into()),
        });
        match (given.first(), detail.name.as_deref().or(amount.as_deref())) {
            (Some(Line(given)), Some(value)) => fill(given, &[("value", value)]),
            _ => any.to_owned(),
        }
    }

    /// The cause in a few sentences, and what to do about it.
    pub fn advice(&self, sender: Sender, cause: Cause, state: State) -> Advice {
        let (place, guides) = advice_place(cause, sender, state);
        let (explain, steps) = self.texts.parts(place);
        Advice::new(Line(explain), steps, Guide::all_of(self.texts, guides))
    }
}

/// Words of the evidence, as a quotation.
fn quoted(text: &str) -> String {
    format!("“{}”", shown(text))
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
