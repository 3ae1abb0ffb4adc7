//! Puts messages to a session in the order in which they can be carried out: what opens containers is loaded apart,
//! and may come later than the first file that needs it.

use super::Session;
use bezorgd_protocol::{Event, Request};

/// A session, and the messages that wait for what opens containers.
#[derive(Debug)]
pub struct Inbox {
    session: Session,
    /// Whether [`Host::unpack`](bezorgd::Host::unpack) does not work yet.
    awaits_unpacker: bool,
    /// The messages about files from the first one that needs it, in order.
    waiting: Vec<Message>,
    /// An export that waits for the writer of workbooks, which comes with it.
    export: Option<Request>,
}

#[derive(Debug)]
enum Message {
    Slice(Vec<u8>),
    Request(Request),
}

impl Inbox {
    /// A session in a program that loads what opens containers, and announces it with
    /// [`unpacker_loaded`](Self::unpacker_loaded).
    pub fn new(session: Session) -> Self {
        Self {
            session,
            awaits_unpacker: true,
            waiting: Vec::new(),
            export: None,
        }
    }

    /// Receives the next slice of the open file.
    pub fn slice(&mut self, slice: Vec<u8>, reply: &mut dyn FnMut(Event)) {
        let waits = !self.waiting.is_empty()
            || self.awaits_unpacker && self.session.unpacks_while_fed(&slice);
        if waits {
            self.waiting.push(Message::Slice(slice));
        } else {
            self.session.slice(&slice, reply);
        }
    }

    /// Receives a request.
    pub fn request(&mut self, request: Request, reply: &mut dyn FnMut(Event)) {
        let is_waiting = !self.waiting.is_empty();
        match request {
            Request::Export { form, .. } if self.awaits_unpacker && form.needs_containers() => {
                self.export = Some(request);
            }
            Request::Cancel => {
                self.cancel_waiting(reply);
                self.session.handle(Request::Cancel, reply);
            }
            Request::Clear { .. } => {
                self.waiting.clear();
                self.session.handle(request, reply);
            }
            Request::Finish
                if self.awaits_unpacker && !is_waiting && self.session.needs_unpacker() =>
            {
                self.waiting.push(Message::Request(request));
            }
            request if is_waiting && !request.keeps_file() => {
                self.waiting.push(Message::Request(request));
            }
            request => self.session.handle(request, reply),
        }
    }

    /// What opens containers is there, or could not be loaded: carries out what waited for it.
    pub fn unpacker_loaded(&mut self, reply: &mut dyn FnMut(Event)) {
        self.awaits_unpacker = false;
        for message in std::mem::take(&mut self.waiting) {
            match message {
                Message::Slice(slice) => self.session.slice(&slice, reply),
                Message::Request(request) => self.session.handle(request, reply),
            }
        }
        if let Some(export) = self.export.take() {
            self.session.handle(export, reply);
        }
    }

    /// Closes every file that waits without reading it: the page counts them.
    fn cancel_waiting(&mut self, reply: &mut dyn FnMut(Event)) {
        for message in std::mem::take(&mut self.waiting) {
            match message {
                Message::Slice(_) => {}
                Message::Request(Request::Finish) => self.session.handle(Request::Cancel, reply),
                Message::Request(request) => self.session.handle(request, reply),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd::Host;
    use bezorgd_model::{Moment, ProblemCode};
    use bezorgd_protocol::Purpose;
    use bezorgd_words::Language;

    const MAIL: &[u8] = b"From: MAILER-DAEMON@mail.example.com\nSubject: Undelivered Mail\n\n\
                          <an@example.be>: 550 5.1.1 User unknown\n";

    fn inbox() -> Inbox {
        let now = Moment::parse_rfc3339("2026-03-13T12:00:00+01:00").expect("a valid date");
        let host = Host {
            unpack: |_, _, _| Err(ProblemCode::DamagedArchive),
            ..Host::default()
        };
        Inbox::new(Session::new(now, Language::Dutch.words(), host))
    }

    /// Gives a file as the page does; returns the events.
    fn give(inbox: &mut Inbox, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let reply = &mut |event| events.push(event);
        let open = Request::Open {
            file: 1,
            name: "bestand".to_owned(),
            purpose: Purpose::Evidence,
            columns: None,
        };
        inbox.request(open, reply);
        inbox.slice(bytes.to_vec(), reply);
        inbox.request(Request::Finish, reply);
        events
    }

    fn closed(events: &[Event]) -> usize {
        let is_closed = |event: &&Event| matches!(event, Event::Closed);
        events.iter().filter(is_closed).count()
    }

    #[test]
    fn files_after_an_archive_wait_with_it() {
        let mut inbox = inbox();
        assert_eq!(closed(&give(&mut inbox, MAIL)), 1);
        assert_eq!(closed(&give(&mut inbox, b"PK\x03\x04")), 0);
        assert_eq!(closed(&give(&mut inbox, MAIL)), 0);
        // What the page asks meanwhile is answered.
        let mut events = Vec::new();
        inbox.request(Request::Show { id: 0 }, &mut |event| events.push(event));
        assert_eq!(events.len(), 1);

        let mut events = Vec::new();
        inbox.unpacker_loaded(&mut |event| events.push(event));
        assert_eq!(closed(&events), 2);
        assert_eq!(
            inbox.session.overview().problems[0].code,
            ProblemCode::DamagedArchive
        );
        assert_eq!(closed(&give(&mut inbox, b"PK\x03\x04")), 1);
    }

    #[test]
    fn files_that_wait_are_closed_when_reading_stops() {
        let mut inbox = inbox();
        give(&mut inbox, b"PK\x03\x04");
        give(&mut inbox, MAIL);
        let mut events = Vec::new();
        inbox.request(Request::Cancel, &mut |event| events.push(event));
        assert_eq!(closed(&events), 2);
        assert_eq!(inbox.session.overview().problems, []);
    }

    #[test]
    fn a_mail_of_a_mailbox_with_an_attached_archive_waits() {
        let mailbox =
            |mail: &str| format!("From an@example.be Thu Mar 12 08:00:00 2026\n{mail}\n\n");
        let text = mailbox("From: an@example.be\nSubject: x\n\nUEsDBBQAAAAIAA==");
        let mut inbox = inbox();
        assert_eq!(closed(&give(&mut inbox, text.as_bytes())), 0);
        let mut events = Vec::new();
        inbox.unpacker_loaded(&mut |event| events.push(event));
        assert_eq!(closed(&events), 1);
    }
}
