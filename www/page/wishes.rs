//! Carries out requests of the reader that need more than a new state.

use super::dom::{click, focus, text_in};
use crate::bridge::Bridge;
use crate::clipboard;
use crate::clock::now;
use crate::download;
use crate::examples;
use crate::export::{Export, ExportTarget, MOST_PRINTED};
use crate::files::{self, Input};
use crate::hosted;
use crate::ids;
use crate::state::{ExportOutcome, Origin, PageAction, PageState};
use crate::views::Wish;
use bezorgd_protocol::Purpose;
use bezorgd_words::Words;
use js_sys::{ArrayBuffer, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Hands over evidence.
pub type GiveEvidence = Callback<(Origin, Vec<Input>)>;

/// Hands over evidence; an example and the reader's own evidence never mix.
#[hook]
pub fn use_giving(
    bridge: &Rc<Bridge>,
    act: &Callback<PageAction>,
    before: Option<Origin>,
) -> GiveEvidence {
    let bridge = Rc::clone(bridge);
    use_callback(
        (act.clone(), before),
        move |(origin, inputs): (Origin, Vec<Input>), (act, before)| {
            if inputs.is_empty() {
                act.emit(PageAction::NothingGiven);
                return;
            }
            if before.is_some_and(|before| before != origin || origin == Origin::Example) {
                bridge.clear();
                act.emit(PageAction::Clear);
            }
            act.emit(PageAction::Given(origin));
            bridge.give(inputs);
        },
    )
}

/// Everything needed to carry out a wish.
pub struct Wishes {
    /// The words of the reader's language.
    pub words: &'static Words,
    pub bridge: Rc<Bridge>,
    pub state: Rc<PageState>,
    pub act: Callback<PageAction>,
    pub give: GiveEvidence,
    /// What other programs handed over.
    pub offered: Rc<RefCell<Vec<Input>>>,
}

impl Wishes {
    /// Carries out a wish.
    pub fn carry_out(&self, wish: Wish) {
        let Self {
            bridge, act, give, ..
        } = self;
        match wish {
            Wish::ChooseFiles(purpose) => click(ids::file_input(purpose)),
            Wish::Read(purpose, inputs) => self.read(purpose, inputs),
            Wish::ReadOffered => give.emit((Origin::Evidence, self.forget_offered())),
            Wish::RefuseOffered => _ = self.forget_offered(),
            Wish::ReadPasted(purpose) => self.read_pasted(purpose),
            Wish::ReadExample(example) => {
                give.emit((Origin::Example, examples::inputs(self.words, example)));
            }
            Wish::ReadColumns(file, choice) => bridge.read_columns(file, choice),
            Wish::Set(settings) => act.emit(PageAction::Set(settings)),
            Wish::Copy(what, text) => {
                let act = act.clone();
                let on_copied = move |worked| act.emit(PageAction::Copied(what, worked));
                clipboard::copy(text, Box::new(on_copied));
            }
            Wish::Export(export) => self.export(export),
            Wish::Cancel => bridge.cancel(),
            Wish::Retry => bridge.retry(),
            Wish::Clear => {
                self.forget_offered();
                bridge.clear();
                act.emit(PageAction::Clear);
            }
            Wish::Update => hosted::update(),
        }
    }

    fn read(&self, purpose: Purpose, inputs: Vec<Input>) {
        match purpose {
            Purpose::Evidence => self.give.emit((Origin::Evidence, inputs)),
            _ if inputs.is_empty() => self.act.emit(PageAction::NothingGiven),
            Purpose::Expected | Purpose::Customers | Purpose::MessageTypes => {
                let inputs = inputs.into_iter();
                let inputs = inputs.map(|input| input.with_purpose(purpose));
                self.bridge.give(inputs.collect());
            }
        }
    }

    /// Returns what other programs handed over, and no longer offers it.
    fn forget_offered(&self) -> Vec<Input> {
        self.act.emit(PageAction::Offered(Vec::new()));
        self.offered.take()
    }

    /// Reads the text in the box for this purpose; an empty box is reported, and gets the focus.
    fn read_pasted(&self, purpose: Purpose) {
        let Some(id) = ids::paste_box(purpose) else {
            return;
        };
        match files::text(pasted_name(self.words, purpose), &text_in(id)) {
            Some(input) => self.read(purpose, vec![input]),
            None => {
                self.act.emit(PageAction::NothingGiven);
                focus(id);
            }
        }
    }

    /// Exports the list, filtered and sorted as it is.
    fn export(&self, export: Export) {
        let Self {
            bridge, state, act, ..
        } = self;
        let row = export.row(self.words);
        let request = (row.request)(state.filter.clone());
        match row.target {
            ExportTarget::Clipboard => {
                let act = act.clone();
                bridge.export(&request, move |parts| copy_lines(&parts, act));
            }
            ExportTarget::File {
                name,
                extension,
                media_type,
            } => bridge.export(&request, move |parts| {
                save(name, extension, media_type, &parts);
            }),
            ExportTarget::Paper if state.listing.total > MOST_PRINTED => {
                let outcome = ExportOutcome::TooManyToPrint(MOST_PRINTED);
                act.emit(PageAction::Exported(outcome));
            }
            ExportTarget::Paper => {
                // Not every browser reports the end of the printing before.
                act.emit(PageAction::PrintEnded);
                bridge.post(&request);
            }
        }
    }
}

/// The name of the file that holds pasted text.
fn pasted_name(words: &'static Words, purpose: Purpose) -> &'static str {
    let ui = words.ui;
    match purpose {
        Purpose::Evidence => ui.pasted_name(),
        Purpose::Expected => ui.expected_name(),
        Purpose::Customers => ui.customers_name(),
        Purpose::MessageTypes => ui.types_file(),
    }
}

/// Copies lines of text, and reports how many.
fn copy_lines(parts: &[ArrayBuffer], act: Callback<PageAction>) {
    let bytes = parts.iter().flat_map(|part| Uint8Array::new(part).to_vec());
    let text = String::from_utf8(bytes.collect()).unwrap_or_default();
    let count = text.lines().count() as u32;
    let on_copied = move |worked| {
        act.emit(PageAction::Exported(if worked {
            ExportOutcome::Copied(count)
        } else {
            ExportOutcome::CopyFailed
        }));
    };
    clipboard::copy(text, Box::new(on_copied));
}

/// Saves a file, with today's date in its name.
fn save(name: &str, extension: &str, media_type: &str, parts: &[ArrayBuffer]) {
    let today = now().to_string();
    let day = today.split('T').next().unwrap_or_default();
    let name = name.to_lowercase();
    // If the browser has no room for it, it says so itself.
    let _ = download::save(&format!("{name}-{day}{extension}"), media_type, parts);
}
