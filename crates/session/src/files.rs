//! The requests about the file whose slices are coming in.

use super::open_file::{Content, OpenFile};
use super::{Session, message_table};
use bezorgd::{Options, Reading};
use bezorgd_model::{ColumnChoice, Problem, ProblemCode, ProblemDetail};
use bezorgd_protocol::{Event, Purpose};

impl Session {
    pub(super) fn open(
        &mut self,
        file: u32,
        name: String,
        purpose: Purpose,
        columns: Option<ColumnChoice>,
    ) {
        self.last_opened = file;
        let content = if purpose == Purpose::Evidence {
            self.findings.files += 1;
            let options = Options {
                columns,
                ..self.options.clone()
            };
            Content::Evidence(Reading::new(&name, &options))
        } else {
            Content::Kept {
                purpose,
                name,
                bytes: Vec::new(),
            }
        };
        self.open_file = Some(OpenFile::new(content));
    }

    /// Whether the open file, judging by the bytes so far, is an archive, a workbook or an Outlook message.
    pub fn needs_unpacker(&self) -> bool {
        let open_file = self.open_file.as_ref();
        open_file.is_some_and(OpenFile::needs_unpacker)
    }

    /// Whether reading this slice of the open file unpacks what is attached to a mail.
    pub fn unpacks_while_fed(&self, slice: &[u8]) -> bool {
        let open_file = self.open_file.as_ref();
        open_file.is_some_and(|file| file.unpacks_while_fed(slice))
    }

    /// Reads the next slice of the open file; ignored if no file is open. A file that is refused is closed at once.
    pub fn slice(&mut self, bytes: &[u8], reply: &mut dyn FnMut(Event)) {
        let Some(mut file) = self.open_file.take() else {
            return;
        };
        let bytes = file.read(bytes, &mut |diagnosis| self.keep(diagnosis));
        reply(Event::Progress {
            bytes: bytes as f64,
        });
        if self.findings.messages > 0 && file.take_overview_step() {
            self.send_overview(reply);
        }
        let is_refused = file.is_refused();
        self.open_file = Some(file);
        if is_refused {
            self.finish(reply);
        }
    }

    /// Reads what is left of the open file, and closes it.
    pub(super) fn finish(&mut self, reply: &mut dyn FnMut(Event)) {
        match self.open_file.take().map(OpenFile::into_content) {
            Some(Content::Evidence(reading)) => {
                reading.finish(&mut |diagnosis| self.keep(diagnosis));
            }
            Some(Content::Kept {
                purpose,
                name,
                bytes,
            }) => match purpose {
                Purpose::Customers => self.add_customers(&name, &bytes),
                Purpose::MessageTypes => {
                    let types = message_table::read(self.words, &bytes, self.options.host.decode);
                    reply(Event::MessageTypes(types));
                }
                Purpose::Expected | Purpose::Evidence => self.add_expected(&name, &bytes),
            },
            // Closed before the page knew.
            None => return,
        }
        self.close(reply);
    }

    /// Closes the open file, which the page could not read.
    pub(super) fn fail(&mut self, detail: String, reply: &mut dyn FnMut(Event)) {
        let Some(file) = &self.open_file else {
            return;
        };
        let problem = Problem::in_file(ProblemCode::Unreadable, file.name())
            .because(ProblemDetail::System(detail));
        self.problems.push(problem);
        self.close(reply);
    }

    /// Closes the open file before its end. It may have been finished before the page received that
    /// event.
    pub(super) fn cancel(&mut self, reply: &mut dyn FnMut(Event)) {
        if self.open_file.is_some() {
            self.close(reply);
        }
    }

    /// Closes the open file, if any; its results are kept.
    fn close(&mut self, reply: &mut dyn FnMut(Event)) {
        self.open_file = None;
        self.closed.advance(1);
        // Of thousands of small files, the overview would take longer than reading them.
        if self.closed.take_step() {
            self.send_overview(reply);
        }
        reply(Event::Closed);
    }
}
