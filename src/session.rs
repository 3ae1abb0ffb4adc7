//! One sitting with the evidence: reads the files that the page sends, keeps what was found, and
//! answers questions about it.

use crate::job::{Event, Request};
use crate::model::Moment;

/// Everything the worker knows. Knows no browser: requests in, events out.
#[derive(Debug)]
pub struct Session {
    now: Moment,
}

impl Session {
    /// A session without evidence.
    pub fn new(now: Moment) -> Self {
        Self { now }
    }

    /// Carries out a request and answers it.
    pub fn handle(&mut self, request: Request, reply: &mut impl FnMut(Event)) {
        if let Request::Clear { now } = request {
            self.now = now;
            reply(Event::Overview(crate::job::Overview::default()));
        }
    }

    /// Takes the next slice of the open file.
    pub fn slice(&mut self, _bytes: &[u8], _reply: &mut impl FnMut(Event)) {}
}
