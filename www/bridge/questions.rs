//! Questions about the evidence that take more than one message: the list, of which only the last
//! request matters, and exports, which arrive in parts. No browser, as in [`super::queue`].

use crate::state::WINDOW;
use bezorgd_protocol::{Filter, Request};

/// Receives all parts of an export.
type OnExported<Part> = Box<dyn FnOnce(Vec<Part>)>;

/// What the worker was asked and has not answered yet. `Part` is the browser's handle on bytes.
pub struct Questions<Part> {
    /// Whether a window of the list is on its way.
    listing: bool,
    /// The window to request after it: fast scrolling requests many, of which only the last matters.
    next_list: Option<(Filter, u32)>,
    /// The export that is on its way.
    export: Option<PendingExport<Part>>,
}

struct PendingExport<Part> {
    parts: Vec<Part>,
    on_exported: OnExported<Part>,
}

impl<Part> Default for Questions<Part> {
    fn default() -> Self {
        Self {
            listing: false,
            next_list: None,
            export: None,
        }
    }
}

impl<Part> Questions<Part> {
    /// Asks for a window of the list; returns the request to send now, if any.
    pub fn list(&mut self, filter: Filter, offset: u32) -> Option<Request> {
        self.next_list = Some((filter, offset));
        self.next_request()
    }

    /// The window that was on its way has arrived; returns the request to send now, if any.
    pub fn listed(&mut self) -> Option<Request> {
        self.listing = false;
        self.next_request()
    }

    fn next_request(&mut self) -> Option<Request> {
        if self.listing {
            return None;
        }
        let (filter, offset) = self.next_list.take()?;
        self.listing = true;
        Some(Request::List {
            filter,
            offset,
            limit: WINDOW,
        })
    }

    /// Starts an export. There is one at a time: returns whether the request may be sent.
    pub fn start_export(&mut self, on_exported: OnExported<Part>) -> bool {
        if self.export.is_some() {
            return false;
        }
        self.export = Some(PendingExport {
            parts: Vec::new(),
            on_exported,
        });
        true
    }

    /// The next part of the export has arrived.
    pub fn export_part(&mut self, part: Part) {
        if let Some(export) = &mut self.export {
            export.parts.push(part);
        }
    }

    /// All parts have arrived: returns a function that passes them on.
    pub fn exported(&mut self) -> Option<impl FnOnce() + use<Part>> {
        let PendingExport { parts, on_exported } = self.export.take()?;
        Some(move || on_exported(parts))
    }

    /// The export failed; the parts that arrived are of no use.
    pub fn export_failed(&mut self) {
        self.export = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;

    fn offset(request: Option<Request>) -> Option<u32> {
        match request? {
            Request::List { offset, .. } => Some(offset),
            other => panic!("{other:?} does not ask for a list"),
        }
    }

    #[test]
    fn of_the_windows_asked_for_while_one_is_on_its_way_only_the_last_is_requested() {
        let mut questions: Questions<()> = Questions::default();
        let mut list = |offset| questions.list(Filter::default(), offset);
        assert_eq!(offset(list(0)), Some(0));
        assert_eq!(list(20), None);
        assert_eq!(list(40), None);
        assert_eq!(offset(questions.listed()), Some(40));
        assert_eq!(questions.listed(), None);
        assert_eq!(offset(questions.list(Filter::default(), 60)), Some(60));
    }

    #[test]
    fn an_export_gets_its_parts_in_order_and_a_second_one_waits_for_no_one() {
        let mut questions = Questions::default();
        let exported = Rc::new(RefCell::new(Vec::new()));
        let keep = || {
            let exported = Rc::clone(&exported);
            Box::new(move |parts| exported.borrow_mut().push(parts))
        };
        assert!(questions.start_export(keep()));
        questions.export_part(1);
        assert!(!questions.start_export(keep()), "one at a time");
        questions.export_part(2);
        questions.exported().expect("an export is on its way")();
        assert_eq!(*exported.borrow(), [[1, 2]]);
        assert!(questions.exported().is_none());
    }

    #[test]
    fn an_export_that_fails_makes_room_for_another() {
        let mut questions: Questions<u8> = Questions::default();
        assert!(questions.start_export(Box::new(|_| panic!("it failed"))));
        questions.export_part(1);
        questions.export_failed();
        questions.export_part(2);
        let parts = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&parts);
        assert!(questions.start_export(Box::new(move |parts| {
            kept.replace(Some(parts));
        })));
        questions.exported().expect("an export is on its way")();
        assert_eq!(parts.take(), Some(vec![]));
    }
}
