//! The queue of files: which file the worker has open, which bytes to read next, and when to send
//! them. A state machine without a browser: each event returns the [`QueueStep`]s to carry out.
//!
//! The page reads each file in slices and transfers them to the worker. It works in every browser,
//! over http and `file://`, can be cancelled, and does not depend on the size of the file. Of thousands of
//! small files, asking the browser for one takes longer than reading it: the page asks for many at once.

use crate::state::ReadingProgress;
use bezorgd_model::ColumnChoice;
use bezorgd_protocol::{Purpose, Request};
use std::collections::VecDeque;
use std::ops::Range;

/// The size of a slice in bytes: large enough to read fast, small enough to cancel soon and to take
/// little memory.
pub const SLICE: f64 = 2.0 * 1024.0 * 1024.0;

/// How many bytes the worker may have waiting. While it works on one slice, the next one waits on the
/// page: sent slices cannot be recalled if the reader cancels.
const AHEAD: f64 = SLICE;

/// The size in bytes up to which a file is read before its turn, and sent without waiting until the worker has closed
/// the one before.
pub const SMALL: f64 = 256.0 * 1024.0;

/// How many small files the worker may have waiting: sent files cannot be recalled if the reader cancels.
const MOST_CLOSING: usize = 64;

/// How many items are prepared at once, as one portion.
const MOST_PREPARED: usize = 32;

/// How many portions are prepared at once, while the files of the one before are sent.
const MOST_PORTIONS: usize = 2;

/// Something that a person gave. `Item` is the browser's handle on it: a file or a folder.
#[derive(Clone, Debug, PartialEq)]
pub struct InputFile<Item> {
    /// The name, as shown; with the path inside a dropped folder.
    pub name: String,
    /// What was given.
    pub item: Item,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an item turns out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Prepared<Item, Slice> {
    /// A file, or something that the browser does not give.
    File(PreparedFile<Item, Slice>),
    /// A folder, with what is in it.
    Folder(Vec<InputFile<Item>>),
}

/// A file that can be read.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedFile<Item, Slice> {
    /// The file, or the browser's reason for not giving it.
    pub file: Result<Item, String>,
    /// In bytes; 0 if there is no file.
    pub size: f64,
    /// All of its bytes, if it is small and not empty.
    pub bytes: Option<Slice>,
}

/// Something that the queue wants done. Steps are carried out in order.
#[derive(Clone, Debug, PartialEq)]
pub enum QueueStep<Item, Slice> {
    /// Make the worker forget all evidence and start a new set.
    Begin,
    /// Send a request to the worker.
    Post(Request),
    /// Transfer a slice of the open file to the worker.
    Transfer(Slice),
    /// Look up these items, of which the last may be a folder, read the small files, and pass all of that to
    /// [`Queue::prepared`] with this ticket.
    Prepare { ticket: u32, items: Vec<Item> },
    /// Read bytes `from..to` of a file, and pass them to [`Queue::slice_read`] with this ticket.
    Read {
        ticket: u32,
        file: Item,
        from: f64,
        to: f64,
    },
    /// Show the progress; `None` if nothing is being read.
    Show(Option<ReadingProgress>),
    /// Report that there is no file in what was given: only empty folders.
    Nothing,
    /// Expect the worker to close the file soon, because the reader cancelled.
    AwaitClosed,
}

type QueueSteps<Item, Slice> = Vec<QueueStep<Item, Slice>>;

/// The files that were given, and how far the worker is with them.
#[derive(Debug)]
pub struct Queue<Item, Slice> {
    /// Whether the worker accepts requests.
    ready: bool,
    /// Every file that was given: after a crash they are read again, except the one that caused it. A folder that is
    /// reached is replaced by its contents.
    files: Vec<QueuedFile<Item>>,
    /// The index of the file to open next.
    next: usize,
    /// The index of the file that is counted as the first one in [`ReadingProgress`].
    first_counted: usize,
    /// The files from `next` on that are prepared.
    prepared: VecDeque<PreparedFile<Item, Slice>>,
    /// The portions after those that are being prepared.
    portions: VecDeque<Portion<Item, Slice>>,
    /// Whether no file was found yet in what was given last.
    found_nothing: bool,
    /// The file that is being sent.
    open: Option<CurrentFile<Item, Slice>>,
    /// How many small files before it were sent, and not closed by the worker yet.
    closing: usize,
    /// Whether the worker was notified that every file is closed.
    concluded: bool,
    /// The last [`QueuedFile::id`] that was used.
    last_id: u32,
    /// The last ticket that was used.
    last_ticket: u32,
}

/// Items that are being prepared.
#[derive(Debug)]
struct Portion<Item, Slice> {
    /// Recognises what was found after reading was cancelled. Never used twice.
    ticket: u32,
    /// How many items it holds.
    count: usize,
    /// Whether the last of them is a folder: what follows is not known before it is opened.
    ends_in_folder: bool,
    /// What was found, while the portion before is still being prepared.
    found: Option<Vec<Prepared<Item, Slice>>>,
}

#[derive(Debug)]
struct QueuedFile<Item> {
    /// Identifies the file, also when another one has the same name. Never used twice.
    id: u32,
    input: InputFile<Item>,
    /// How the reader wants the columns of the reports in it to be read.
    columns: Option<ColumnChoice>,
}

/// The file that is being sent to the worker.
#[derive(Debug)]
struct CurrentFile<Item, Slice> {
    /// Recognises a slice that arrives after the file was closed. Never used twice.
    ticket: u32,
    file: Result<Item, String>,
    size: f64,
    phase: Phase,
    next_slice: NextSlice<Slice>,
    /// Bytes sent to the worker.
    sent: f64,
    /// Bytes that the worker has processed.
    processed: f64,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Phase {
    /// Slices are being sent.
    Sending,
    /// Everything was sent, or reading failed; the worker is closing the file.
    Closing,
    /// The reader cancelled; the worker is closing the file.
    Cancelled,
}

#[derive(Debug)]
enum NextSlice<Slice> {
    NotRequested,
    Loading,
    /// Read, and waiting for the worker.
    Loaded(Slice),
}

impl<Item, Slice> Default for Queue<Item, Slice> {
    fn default() -> Self {
        Self {
            ready: false,
            files: Vec::new(),
            next: 0,
            first_counted: 0,
            prepared: VecDeque::new(),
            portions: VecDeque::new(),
            found_nothing: false,
            open: None,
            closing: 0,
            concluded: false,
            last_id: 0,
            last_ticket: 0,
        }
    }
}

impl<Item: Clone, Slice> Queue<Item, Slice> {
    /// Whether the worker accepts requests.
    pub fn is_ready(&self) -> bool {
        self.ready
    }

    /// Whether the worker has been sent evidence.
    pub fn has_begun(&self) -> bool {
        self.ready && self.next > 0
    }

    /// Adds files after earlier ones.
    pub fn give(&mut self, inputs: Vec<InputFile<Item>>) -> QueueSteps<Item, Slice> {
        if self.unclosed() == 0 && self.next == self.files.len() {
            self.first_counted = self.next;
        }
        self.found_nothing = !inputs.is_empty();
        self.add(self.files.len()..self.files.len(), inputs);
        let mut steps = vec![self.show()];
        self.advance(&mut steps);
        steps
    }

    /// Stops reading; results found so far stay.
    pub fn cancel(&mut self) -> QueueSteps<Item, Slice> {
        self.files.truncate(self.next);
        self.forget_prepared();
        self.found_nothing = false;
        let mut steps = Vec::new();
        if let Some(open) = &mut self.open {
            open.phase = Phase::Cancelled;
            steps.push(QueueStep::AwaitClosed);
            steps.push(QueueStep::Post(Request::Cancel));
        }
        steps.push(self.show());
        self.advance(&mut steps);
        steps
    }

    /// Reads everything again, with this choice of columns for the reports in one file. A file that is
    /// still being read keeps the columns it began with.
    pub fn read_columns(&mut self, id: u32, choice: ColumnChoice) -> QueueSteps<Item, Slice> {
        let Some(file) = self.files.iter_mut().find(|file| file.id == id) else {
            return Vec::new();
        };
        file.columns = Some(choice);
        if self.unclosed() > 0 {
            return Vec::new();
        }
        self.rewind();
        let mut steps = vec![self.show()];
        self.advance(&mut steps);
        steps
    }

    /// Forgets every file; the next worker starts without evidence.
    pub fn clear(&mut self) {
        *self = Self {
            last_id: self.last_id,
            last_ticket: self.last_ticket,
            ..Self::default()
        };
    }

    /// A worker has started.
    pub fn worker_ready(&mut self) -> QueueSteps<Item, Slice> {
        self.ready = true;
        let mut steps = Vec::new();
        self.advance(&mut steps);
        steps
    }

    /// The worker is gone, and its results with it. The next one reads every file again, except the
    /// first one that it had not closed: that is removed, and its name returned.
    pub fn worker_lost(&mut self) -> Option<String> {
        self.ready = false;
        let unclosed = self.unclosed();
        let culprit = (unclosed > 0).then(|| self.files.remove(self.next - unclosed).input.name);
        self.open = None;
        self.closing = 0;
        self.rewind();
        culprit
    }

    /// How many files were begun and are not closed.
    fn unclosed(&self) -> usize {
        self.closing + usize::from(self.open.is_some())
    }

    /// The worker has processed this many bytes of the open file.
    pub fn processed(&mut self, bytes: f64) -> QueueSteps<Item, Slice> {
        // The worker works through files in order.
        let Some(open) = self.open.as_mut().filter(|_| self.closing == 0) else {
            return Vec::new();
        };
        open.processed = bytes;
        let mut steps = vec![self.show()];
        self.advance(&mut steps);
        steps
    }

    /// The worker closed the first file that was not closed yet.
    pub fn closed(&mut self) -> QueueSteps<Item, Slice> {
        match self.closing.checked_sub(1) {
            Some(left) => self.closing = left,
            None => self.open = None,
        }
        let mut steps = vec![self.show()];
        self.advance(&mut steps);
        steps
    }

    /// What a [`QueueStep::Prepare`] asked for, item by item.
    pub fn prepared(
        &mut self,
        ticket: u32,
        found: Vec<Prepared<Item, Slice>>,
    ) -> QueueSteps<Item, Slice> {
        let mut steps = Vec::new();
        let mut portions = self.portions.iter_mut();
        let Some(portion) = portions.find(|portion| portion.ticket == ticket) else {
            return steps; // Cancelled in the meantime.
        };
        portion.found = Some(found);
        while let Some(found) = self
            .portions
            .front_mut()
            .and_then(|first| first.found.take())
        {
            self.portions.pop_front();
            for item in found {
                match item {
                    Prepared::File(file) => self.prepared.push_back(file),
                    Prepared::Folder(contents) => {
                        let place = self.next + self.prepared.len();
                        self.add(place..place + 1, contents);
                    }
                }
            }
        }
        self.advance(&mut steps);
        steps
    }

    /// The bytes that a [`QueueStep::Read`] asked for, or the reason why they could not be read.
    pub fn slice_read(
        &mut self,
        ticket: u32,
        slice: Result<Slice, String>,
    ) -> QueueSteps<Item, Slice> {
        let mut steps = Vec::new();
        let open = self.open.as_mut();
        let Some(open) = open.filter(|open| open.ticket == ticket) else {
            return steps; // Closed in the meantime.
        };
        match slice {
            Ok(slice) => open.next_slice = NextSlice::Loaded(slice),
            Err(detail) if open.phase == Phase::Sending => {
                open.phase = Phase::Closing;
                steps.push(QueueStep::Post(Request::Fail { detail }));
            }
            Err(_) => {}
        }
        self.advance(&mut steps);
        steps
    }

    /// Puts these inputs where others are.
    fn add(&mut self, place: Range<usize>, inputs: Vec<InputFile<Item>>) {
        let first = self.last_id;
        self.last_id = first.wrapping_add(inputs.len() as u32);
        let files = inputs
            .into_iter()
            .zip(1..)
            .map(|(input, number)| QueuedFile {
                id: first.wrapping_add(number),
                input,
                columns: None,
            });
        self.files.splice(place, files);
    }

    /// Starts from the first file again.
    fn rewind(&mut self) {
        self.next = 0;
        self.first_counted = 0;
        self.forget_prepared();
    }

    fn forget_prepared(&mut self) {
        self.prepared.clear();
        self.portions.clear();
    }

    /// Does whatever is possible now.
    fn advance(&mut self, steps: &mut QueueSteps<Item, Slice>) {
        if self.ready {
            self.send(steps);
            self.prepare(steps);
        }
    }

    /// Sends what there is room for.
    fn send(&mut self, steps: &mut QueueSteps<Item, Slice>) {
        loop {
            if self.open.is_none() {
                self.open_next(steps);
            }
            let Some(open) = &mut self.open else {
                return;
            };
            open.feed(steps);
            let is_sent = open.phase == Phase::Closing && open.size <= SMALL;
            if !is_sent || self.closing == MOST_CLOSING {
                return;
            }
            self.open = None;
            self.closing += 1;
        }
    }

    /// Prepares the next portions when less than one is left.
    fn prepare(&mut self, steps: &mut QueueSteps<Item, Slice>) {
        while self.prepared.len() < MOST_PREPARED && self.portions.len() < MOST_PORTIONS {
            let being_prepared: usize = self.portions.iter().map(|portion| portion.count).sum();
            let first = self.next + self.prepared.len() + being_prepared;
            let waits = self.portions.back().is_some_and(|last| last.ends_in_folder);
            let inputs = self.files.iter().skip(first).map(|file| &file.input);
            let (mut items, mut ends_in_folder) = (Vec::new(), false);
            for input in inputs.take(MOST_PREPARED) {
                items.push(input.item.clone());
                ends_in_folder = input.is_folder;
                if ends_in_folder {
                    break;
                }
            }
            if waits || items.is_empty() {
                return;
            }
            let ticket = self.ticket();
            self.portions.push_back(Portion {
                ticket,
                count: items.len(),
                ends_in_folder,
                found: None,
            });
            steps.push(QueueStep::Prepare { ticket, items });
        }
    }

    fn ticket(&mut self) -> u32 {
        self.last_ticket = self.last_ticket.wrapping_add(1);
        self.last_ticket
    }

    /// Opens the next file, if it is prepared. After the last one, the worker computes the findings over all files, once.
    fn open_next(&mut self, steps: &mut QueueSteps<Item, Slice>) {
        if let Some(prepared) = self.prepared.pop_front() {
            let file = &self.files[self.next];
            if self.next == 0 {
                steps.push(QueueStep::Begin);
            }
            steps.push(QueueStep::Post(Request::Open {
                file: file.id,
                name: file.input.name.clone(),
                purpose: file.input.purpose,
                columns: file.columns.clone(),
            }));
            self.next += 1;
            self.found_nothing = false;
            self.concluded = false;
            self.open = Some(CurrentFile {
                ticket: self.ticket(),
                file: prepared.file,
                size: prepared.size,
                phase: Phase::Sending,
                next_slice: match prepared.bytes {
                    Some(bytes) => NextSlice::Loaded(bytes),
                    None => NextSlice::NotRequested,
                },
                sent: 0.0,
                processed: 0.0,
            });
        }
        steps.push(self.show());
        if self.next < self.files.len() || self.unclosed() > 0 {
            return;
        }
        if std::mem::take(&mut self.found_nothing) {
            steps.push(QueueStep::Nothing);
        }
        if self.next > 0 && !self.concluded {
            self.concluded = true;
            steps.push(QueueStep::Post(Request::Conclude));
        }
    }

    fn show(&self) -> QueueStep<Item, Slice> {
        QueueStep::Show(self.progress())
    }

    /// How far reading is, with the first file that is not closed.
    fn progress(&self) -> Option<ReadingProgress> {
        let (bytes, size) = match &self.open {
            Some(open) if open.phase == Phase::Cancelled => return None,
            Some(open) if self.closing == 0 => (open.processed, open.size),
            _ => (0.0, 0.0),
        };
        let index = self.next - self.unclosed();
        let name = self.files.get(index)?.input.name.clone();
        let first = self.first_counted.min(index);
        Some(ReadingProgress {
            name,
            bytes,
            size,
            number: (index + 1 - first) as u32,
            total: (self.files.len() - first) as u32,
        })
    }
}

impl<Item: Clone, Slice> CurrentFile<Item, Slice> {
    /// Sends the loaded slice when the worker has room for it, and requests the one after it: that
    /// comes from the disk while the worker processes the ones before.
    fn feed(&mut self, steps: &mut QueueSteps<Item, Slice>) {
        if self.phase != Phase::Sending {
            return;
        }
        let file = match &self.file {
            Ok(file) => file,
            Err(detail) => {
                let detail = detail.clone();
                self.phase = Phase::Closing;
                steps.push(QueueStep::Post(Request::Fail { detail }));
                return;
            }
        };
        if self.sent - self.processed < AHEAD {
            match std::mem::replace(&mut self.next_slice, NextSlice::NotRequested) {
                NextSlice::Loaded(slice) => {
                    self.sent = self.end_of_next_slice();
                    steps.push(QueueStep::Transfer(slice));
                }
                other => self.next_slice = other,
            }
        }
        if self.sent >= self.size {
            self.phase = Phase::Closing;
            steps.push(QueueStep::Post(Request::Finish));
            return;
        }
        if let NextSlice::NotRequested = self.next_slice {
            steps.push(QueueStep::Read {
                ticket: self.ticket,
                file: file.clone(),
                from: self.sent,
                to: self.end_of_next_slice(),
            });
            self.next_slice = NextSlice::Loading;
        }
    }

    fn end_of_next_slice(&self) -> f64 {
        (self.sent + SLICE).min(self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An item in the tests.
    #[derive(Clone, Debug, PartialEq)]
    enum TestItem {
        /// A file of this size in bytes.
        File(f64),
        /// A file that the browser does not give.
        Denied,
        Folder(Vec<TestInput>),
    }

    /// A slice as the test reads it: the bytes from and to.
    type Bytes = (f64, f64);
    type TestInput = InputFile<TestItem>;
    type TestQueue = Queue<TestItem, Bytes>;
    type TestStep = QueueStep<TestItem, Bytes>;

    fn item(name: &str, item: TestItem) -> TestInput {
        InputFile {
            name: name.to_owned(),
            is_folder: matches!(item, TestItem::Folder(_)),
            item,
            purpose: Purpose::Evidence,
        }
    }

    fn input(name: &str, slices: f64) -> TestInput {
        item(name, TestItem::File(slices * SLICE))
    }

    fn small(name: &str) -> TestInput {
        item(name, TestItem::File(SLICE / 16.0))
    }

    /// What a browser finds.
    fn look_up(items: &[TestItem]) -> Vec<Prepared<TestItem, Bytes>> {
        let found = items.iter().map(|item| {
            let (file, size) = match item {
                TestItem::File(size) => (Ok(item.clone()), *size),
                TestItem::Denied => (Err("denied".to_owned()), 0.0),
                TestItem::Folder(contents) => return Prepared::Folder(contents.clone()),
            };
            let bytes = (0.0 < size && size <= SMALL).then_some((0.0, size));
            Prepared::File(PreparedFile { file, size, bytes })
        });
        found.collect()
    }

    /// Carries out the first `Prepare` among these steps; returns the other steps, and what follows.
    fn prepare(queue: &mut TestQueue, mut steps: Vec<TestStep>) -> Vec<TestStep> {
        let is_prepare = |step: &TestStep| matches!(step, QueueStep::Prepare { .. });
        let place = steps.iter().position(is_prepare).expect("a portion");
        let QueueStep::Prepare { ticket, items } = steps.remove(place) else {
            unreachable!("it is a portion");
        };
        steps.extend(queue.prepared(ticket, look_up(&items)));
        steps
    }

    /// Gives inputs that are prepared at once.
    fn give(queue: &mut TestQueue, inputs: Vec<TestInput>) -> Vec<TestStep> {
        let steps = queue.give(inputs);
        prepare(queue, steps)
    }

    /// Starts a worker whose files are prepared at once.
    fn restart(queue: &mut TestQueue) -> Vec<TestStep> {
        let steps = queue.worker_ready();
        prepare(queue, steps)
    }

    /// A queue whose worker has just started.
    fn ready() -> TestQueue {
        let mut queue = Queue::default();
        assert_eq!(queue.worker_ready(), [QueueStep::Show(None)]);
        queue
    }

    /// The steps, briefly: what a person would read aloud.
    fn brief(steps: &[TestStep]) -> Vec<String> {
        let brief = |step: &TestStep| {
            Some(match step {
                QueueStep::Begin => "begin".to_owned(),
                QueueStep::Post(Request::Open { name, .. }) => format!("open {name}"),
                QueueStep::Post(Request::Finish) => "finish".to_owned(),
                QueueStep::Post(Request::Fail { detail }) => format!("fail: {detail}"),
                QueueStep::Post(Request::Cancel) => "cancel".to_owned(),
                QueueStep::Post(Request::Conclude) => "conclude".to_owned(),
                QueueStep::Post(other) => panic!("the queue does not send {other:?}"),
                QueueStep::Transfer((from, to)) => {
                    format!("send {}..{}", from / SLICE, to / SLICE)
                }
                QueueStep::Read { from, to, .. } => {
                    format!("read {}..{}", from / SLICE, to / SLICE)
                }
                QueueStep::Prepare { items, .. } => format!("prepare {}", items.len()),
                QueueStep::Show(_) => return None,
                QueueStep::Nothing => "nothing".to_owned(),
                QueueStep::AwaitClosed => "await closed".to_owned(),
            })
        };
        steps.iter().filter_map(brief).collect()
    }

    /// The ticket of the only read among these steps, and the bytes it asks for.
    fn read(steps: &[TestStep]) -> (u32, Bytes) {
        let reads: Vec<_> = steps
            .iter()
            .filter_map(|step| match step {
                QueueStep::Read {
                    ticket, from, to, ..
                } => Some((*ticket, (*from, *to))),
                _ => None,
            })
            .collect();
        assert_eq!(reads.len(), 1, "{steps:?}");
        reads[0]
    }

    fn shown(steps: &[TestStep]) -> Option<ReadingProgress> {
        let shown = steps.iter().rev().find_map(|step| match step {
            QueueStep::Show(progress) => Some(progress.clone()),
            _ => None,
        });
        shown.expect("the progress is shown")
    }

    /// Carries out steps as a browser and a worker would that never fail, until nothing is left to do
    /// or the worker has been sent `crash_at`. Returns what happened, without what was prepared.
    fn run(queue: &mut TestQueue, steps: Vec<TestStep>, crash_at: Option<&str>) -> Vec<String> {
        let mut steps = VecDeque::from(steps);
        let mut log = Vec::new();
        while let Some(step) = steps.pop_front() {
            let text = brief(std::slice::from_ref(&step));
            if !matches!(step, QueueStep::Prepare { .. }) {
                log.extend(text.iter().cloned());
            }
            if crash_at.is_some_and(|at| text.iter().any(|text| text == at)) {
                break;
            }
            steps.extend(match step {
                QueueStep::Prepare { ticket, items } => queue.prepared(ticket, look_up(&items)),
                QueueStep::Read {
                    ticket, from, to, ..
                } => queue.slice_read(ticket, Ok((from, to))),
                QueueStep::Transfer((_, to)) => queue.processed(to),
                QueueStep::Post(Request::Finish | Request::Fail { .. } | Request::Cancel) => {
                    queue.closed()
                }
                _ => Vec::new(),
            });
        }
        log
    }

    #[test]
    fn slices_are_sent_in_order_until_the_end_of_the_file() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 2.5)]);
        assert_eq!(
            run(&mut queue, steps, None),
            [
                "begin",
                "open a",
                "read 0..1",
                "send 0..1",
                "read 1..2",
                "send 1..2",
                "read 2..2.5",
                "send 2..2.5",
                "finish",
                "conclude",
            ]
        );
    }

    #[test]
    fn small_files_are_read_together_and_sent_without_waiting_for_each_other() {
        let mut queue = ready();
        let files = vec![small("a"), small("b"), input("c", 1.0), small("d")];
        let steps = give(&mut queue, files);
        assert_eq!(
            brief(&steps),
            [
                "begin",
                "open a",
                "send 0..0.0625",
                "finish",
                "open b",
                "send 0..0.0625",
                "finish",
                "open c",
                "read 0..1",
            ]
        );
        // A large one is waited for, and its progress begins after the small ones are closed.
        let (ticket, slice) = read(&steps);
        let steps = queue.slice_read(ticket, Ok(slice));
        assert_eq!(brief(&steps), ["send 0..1", "finish"]);
        assert_eq!(queue.processed(SLICE), []);
        assert_eq!(shown(&queue.closed()).map(|shown| shown.number), Some(2));
        assert_eq!(shown(&queue.closed()).map(|shown| shown.number), Some(3));
        assert_eq!(
            shown(&queue.processed(SLICE)).map(|shown| shown.bytes),
            Some(SLICE)
        );
        assert_eq!(
            brief(&queue.closed()),
            ["open d", "send 0..0.0625", "finish"]
        );
    }

    #[test]
    fn portions_are_prepared_while_others_are_sent_and_keep_their_order() {
        let mut queue = ready();
        let count = 4 * MOST_PREPARED;
        let files = (0..count).map(|number| small(&number.to_string()));
        let steps = queue.give(files.collect());
        let portion = format!("prepare {MOST_PREPARED}");
        assert_eq!(brief(&steps), [&*portion, &*portion]);
        // The second is ready first: it waits for the first, and no third is prepared.
        let portions = steps.into_iter().filter_map(|step| match step {
            QueueStep::Prepare { ticket, items } => Some((ticket, look_up(&items))),
            _ => None,
        });
        let mut portions: Vec<_> = portions.collect();
        let (ticket, found) = portions.remove(1);
        assert_eq!(brief(&queue.prepared(ticket, found)), [""; 0]);
        let (ticket, found) = portions.remove(0);
        let steps = queue.prepared(ticket, found);
        let opened = brief(&steps);
        let opened = opened.iter().filter_map(|step| step.strip_prefix("open "));
        let expected: Vec<_> = (0..2 * MOST_PREPARED).map(|n| n.to_string()).collect();
        assert!(opened.eq(expected.iter()));
        assert_eq!(
            brief(&steps)[brief(&steps).len() - 2..],
            [&*portion, &*portion]
        );
    }

    #[test]
    fn a_folder_is_read_in_its_place_when_it_is_reached() {
        let mut queue = ready();
        let inner = TestItem::Folder(vec![small("map/onder/b")]);
        let empty = TestItem::Folder(Vec::new());
        let folder = TestItem::Folder(vec![
            small("map/a"),
            item("map/leeg", empty),
            item("map/onder", inner),
            small("map/z"),
        ]);
        let steps = queue.give(vec![item("map", folder), small("c")]);
        let total = shown(&steps).map(|shown| shown.total);
        assert_eq!(
            total,
            Some(2),
            "before it is opened, a folder counts as one"
        );
        let log = run(&mut queue, steps, None);
        let opened: Vec<_> = log.iter().filter(|text| text.contains("open")).collect();
        assert_eq!(
            opened,
            ["open map/a", "open map/onder/b", "open map/z", "open c"]
        );
        assert_eq!(log.last().map(String::as_str), Some("conclude"));
        // After a crash, what was in it is known.
        queue.worker_lost();
        let steps = queue.worker_ready();
        assert_eq!(brief(&steps), ["prepare 4"]);
    }

    #[test]
    fn folders_without_a_file_are_reported_as_nothing() {
        let empty = || {
            let inner = item("map/leeg", TestItem::Folder(Vec::new()));
            vec![item("map", TestItem::Folder(vec![inner]))]
        };
        let mut queue = ready();
        let steps = queue.give(empty());
        assert_eq!(run(&mut queue, steps, None), ["nothing"]);
        let steps = queue.give(vec![small("a")]);
        run(&mut queue, steps, None);
        let steps = queue.give(empty());
        assert_eq!(run(&mut queue, steps, None), ["nothing"]);
        // Once.
        assert_eq!(brief(&queue.give(Vec::new())), [""; 0]);
    }

    #[test]
    fn cancelling_while_files_are_prepared_concludes() {
        let mut queue = ready();
        let files = vec![small("a"); MOST_PREPARED + 1];
        let steps = give(&mut queue, files);
        let late = steps.iter().find_map(|step| match step {
            QueueStep::Prepare { ticket, items } => Some((*ticket, look_up(items))),
            _ => None,
        });
        let (ticket, found) = late.expect("the next portion is prepared");
        for _ in 0..MOST_PREPARED {
            assert_eq!(brief(&queue.closed()), [""; 0]);
        }
        let steps = queue.cancel();
        assert_eq!(brief(&steps), ["conclude"]);
        assert_eq!(shown(&steps), None);
        assert_eq!(queue.prepared(ticket, found), [], "they come too late");
    }

    #[test]
    fn a_crash_is_blamed_on_the_first_file_that_is_not_closed() {
        let mut queue = ready();
        give(
            &mut queue,
            vec![input("a", 0.0), input("b", 0.0), input("c", 0.0)],
        );
        queue.closed();
        assert_eq!(queue.worker_lost().as_deref(), Some("b"));
        let steps = restart(&mut queue);
        assert_eq!(
            brief(&steps),
            ["begin", "open a", "finish", "open c", "finish"]
        );
    }

    #[test]
    fn no_more_small_files_wait_than_can_be_cancelled_soon() {
        let mut queue = ready();
        let files = vec![input("a", 0.0); 3 * MOST_CLOSING];
        let opened =
            |steps: &[TestStep]| brief(steps).iter().filter(|step| *step == "open a").count();
        let mut steps = queue.give(files);
        while steps
            .iter()
            .any(|step| matches!(step, QueueStep::Prepare { .. }))
        {
            steps = prepare(&mut queue, steps);
        }
        assert_eq!(opened(&steps), MOST_CLOSING + 1);
        assert_eq!(opened(&queue.closed()), 1);
    }

    #[test]
    fn one_slice_waits_while_the_worker_processes_another() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 3.0)]);
        let (ticket, first) = read(&steps);
        let steps = queue.slice_read(ticket, Ok(first));
        assert_eq!(brief(&steps), ["send 0..1", "read 1..2"]);
        // The worker is still busy: the second slice is read, but not sent, and no third is read.
        let (ticket, second) = read(&steps);
        assert_eq!(brief(&queue.slice_read(ticket, Ok(second))), [""; 0]);
        let steps = queue.processed(SLICE);
        assert_eq!(brief(&steps), ["send 1..2", "read 2..3"]);
        assert_eq!(shown(&steps).map(|shown| shown.bytes), Some(SLICE));
    }

    #[test]
    fn the_end_of_the_evidence_is_announced_once() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 1.0)]);
        run(&mut queue, steps, None);
        assert_eq!(brief(&queue.give(Vec::new())), [""; 0]);
    }

    #[test]
    fn an_empty_file_is_opened_and_finished_without_reading() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("empty", 0.0)]);
        assert_eq!(brief(&steps), ["begin", "open empty", "finish"]);
    }

    #[test]
    fn files_wait_until_the_worker_is_ready_and_then_go_one_by_one() {
        let mut queue = TestQueue::default();
        let steps = queue.give(vec![input("a", 1.0), input("b", 1.0)]);
        assert_eq!(brief(&steps), [""; 0]);
        let progress = shown(&steps).expect("the first file is announced");
        assert_eq!((progress.number, progress.total), (1, 2));
        let steps = queue.worker_ready();
        assert_eq!(
            run(&mut queue, steps, None),
            [
                "begin",
                "open a",
                "read 0..1",
                "send 0..1",
                "finish",
                "open b",
                "read 0..1",
                "send 0..1",
                "finish",
                "conclude",
            ]
        );
    }

    #[test]
    fn files_that_are_added_later_count_from_one_and_keep_the_evidence() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 1.0), input("b", 1.0)]);
        run(&mut queue, steps, None);
        let steps = give(&mut queue, vec![input("c", 1.0)]);
        let progress = shown(&steps).expect("c is being read");
        assert_eq!((progress.number, progress.total), (1, 1));
        assert_eq!(
            run(&mut queue, steps, None),
            ["open c", "read 0..1", "send 0..1", "finish", "conclude"]
        );
    }

    #[test]
    fn a_file_that_is_added_while_another_is_open_counts_with_it() {
        let mut queue = ready();
        give(&mut queue, vec![input("a", 2.0)]);
        let progress = shown(&give(&mut queue, vec![input("b", 1.0)])).expect("a is being read");
        assert_eq!(
            (&*progress.name, progress.number, progress.total),
            ("a", 1, 2)
        );
    }

    #[test]
    fn cancelling_closes_the_open_file_and_drops_those_that_wait() {
        let mut queue = ready();
        let (ticket, slice) = read(&give(&mut queue, vec![input("a", 3.0), input("b", 1.0)]));
        let steps = queue.cancel();
        assert_eq!(brief(&steps), ["await closed", "cancel"]);
        assert_eq!(shown(&steps), None);
        // The slice that was on its way is not sent, nor is another one read.
        assert_eq!(queue.slice_read(ticket, Ok(slice)), []);
        assert_eq!(brief(&queue.closed()), ["conclude"]);
        // A slice that arrives after the file was closed does not belong to the next one.
        let steps = give(&mut queue, vec![input("c", 1.0)]);
        assert_eq!(brief(&steps), ["open c", "read 0..1"]);
        assert_eq!(queue.slice_read(ticket, Ok(slice)), []);
    }

    #[test]
    fn a_read_that_fails_after_cancelling_is_not_reported() {
        let mut queue = ready();
        let (ticket, _) = read(&give(&mut queue, vec![input("a", 3.0)]));
        queue.cancel();
        assert_eq!(queue.slice_read(ticket, Err("aborted".to_owned())), []);
    }

    #[test]
    fn cancelling_before_the_worker_is_ready_leaves_nothing_to_read() {
        let mut queue = TestQueue::default();
        queue.give(vec![input("a", 1.0)]);
        assert_eq!(queue.cancel(), [QueueStep::Show(None)]);
        assert_eq!(queue.worker_ready(), [QueueStep::Show(None)]);
    }

    #[test]
    fn a_crash_sets_aside_the_file_that_was_open_and_reads_the_others_again() {
        let mut queue = ready();
        let files = ["a", "b", "c"].map(|name| input(name, 1.0));
        let steps = give(&mut queue, files.into());
        let log = run(&mut queue, steps, Some("open b"));
        assert_eq!(log.last().map(String::as_str), Some("open b"));
        assert_eq!(queue.worker_lost().as_deref(), Some("b"));
        assert!(!queue.is_ready() && !queue.has_begun());
        let steps = queue.worker_ready();
        let log = run(&mut queue, steps, None);
        let opened: Vec<_> = log.iter().filter(|text| text.contains("open")).collect();
        assert_eq!(opened, ["open a", "open c"]);
        assert_eq!(log[0], "begin");
        assert_eq!(log.last().map(String::as_str), Some("conclude"));
    }

    #[test]
    fn a_crash_without_an_open_file_sets_nothing_aside() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 1.0)]);
        run(&mut queue, steps, None);
        assert_eq!(queue.worker_lost(), None);
        let steps = restart(&mut queue);
        assert_eq!(brief(&steps), ["begin", "open a", "read 0..1"]);
    }

    #[test]
    fn a_slice_for_a_crashed_worker_is_not_sent_to_the_next_one() {
        let mut queue = ready();
        let (late, slice) = read(&give(&mut queue, vec![input("a", 1.0), input("b", 1.0)]));
        queue.worker_lost();
        let steps = restart(&mut queue);
        assert_eq!(brief(&steps), ["begin", "open b", "read 0..1"]);
        assert_eq!(queue.slice_read(late, Ok(slice)), []);
    }

    #[test]
    fn a_file_that_fails_to_read_does_not_stop_the_next_one() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 3.0), input("b", 1.0)]);
        let (ticket, first) = read(&steps);
        let (ticket, _) = read(&queue.slice_read(ticket, Ok(first)));
        let steps = queue.slice_read(ticket, Err("gone".to_owned()));
        assert_eq!(brief(&steps), ["fail: gone"]);
        // Processing what was sent before changes nothing: the file is failed once.
        assert_eq!(brief(&queue.processed(SLICE)), [""; 0]);
        assert_eq!(brief(&queue.closed()), ["open b", "read 0..1"]);
    }

    #[test]
    fn a_file_that_the_browser_does_not_give_is_reported_with_its_reason() {
        let mut queue = ready();
        let denied = item("a", TestItem::Denied);
        let steps = give(&mut queue, vec![denied, input("b", 1.0)]);
        assert_eq!(
            run(&mut queue, steps, None),
            [
                "begin",
                "open a",
                "fail: denied",
                "open b",
                "read 0..1",
                "send 0..1",
                "finish",
                "conclude",
            ]
        );
    }

    fn choice() -> ColumnChoice {
        ColumnChoice {
            roles: Vec::new(),
            date_order: None,
        }
    }

    /// The name of each file that is opened, and whether with a choice of columns.
    fn opened_columns(steps: &[TestStep]) -> Vec<(&str, bool)> {
        let opened = steps.iter().filter_map(|step| match step {
            QueueStep::Post(Request::Open { name, columns, .. }) => {
                Some((&**name, columns.is_some()))
            }
            _ => None,
        });
        opened.collect()
    }

    fn id_of(steps: &[TestStep]) -> u32 {
        let id = steps.iter().find_map(|step| match step {
            QueueStep::Post(Request::Open { file, .. }) => Some(*file),
            _ => None,
        });
        id.expect("a file is opened")
    }

    #[test]
    fn choosing_columns_reads_everything_again_with_the_choice_for_one_file() {
        let mut queue = ready();
        // The name does not identify a file, with or without a `!` in it.
        let first = give(&mut queue, vec![input("rapport!.csv", 0.0)]);
        let id = id_of(&first);
        run(&mut queue, first, None);
        let second = give(&mut queue, vec![input("rapport!.csv", 0.0)]);
        assert_ne!(id_of(&second), id);
        run(&mut queue, second, None);

        let steps = queue.read_columns(id, choice());
        let steps = prepare(&mut queue, steps);
        let again = ["open rapport!.csv", "finish"];
        assert_eq!(brief(&steps), [&["begin"], &again[..], &again].concat());
        let columns = [("rapport!.csv", true), ("rapport!.csv", false)];
        assert_eq!(opened_columns(&steps), columns);
        assert_eq!(id_of(&steps), id, "a file keeps its id");
        assert_eq!(shown(&steps).map(|shown| shown.total), Some(2));
    }

    #[test]
    fn a_choice_of_columns_survives_a_crash() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 0.0)]);
        let id = id_of(&steps);
        run(&mut queue, steps, None);
        let steps = queue.read_columns(id, choice());
        run(&mut queue, steps, None);
        queue.worker_lost();
        assert_eq!(opened_columns(&restart(&mut queue)), [("a", true)]);
    }

    #[test]
    fn choosing_columns_while_a_file_is_open_waits() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 1.0)]);
        assert_eq!(queue.read_columns(id_of(&steps), choice()), []);
    }

    #[test]
    fn a_list_beside_the_evidence_goes_through_the_same_queue() {
        let mut queue = ready();
        let list = InputFile {
            purpose: Purpose::Customers,
            ..input("list", 1.0)
        };
        let steps = give(&mut queue, vec![input("a", 1.0)]);
        run(&mut queue, steps, None);
        let steps = give(&mut queue, vec![list]);
        let purposes: Vec<_> = steps
            .iter()
            .filter_map(|step| match step {
                QueueStep::Post(Request::Open { purpose, .. }) => Some(*purpose),
                _ => None,
            })
            .collect();
        assert_eq!(purposes, [Purpose::Customers]);
        assert_eq!(
            run(&mut queue, steps, None),
            ["open list", "read 0..1", "send 0..1", "finish", "conclude"]
        );
        // After a crash the list is read again too, in its place and for its purpose.
        queue.worker_lost();
        let steps = queue.worker_ready();
        let log = run(&mut queue, steps, None);
        let opened: Vec<_> = log.iter().filter(|text| text.contains("open")).collect();
        assert_eq!(opened, ["open a", "open list"]);
    }

    #[test]
    fn clearing_forgets_the_files_and_ignores_what_was_on_its_way() {
        let mut queue = ready();
        let steps = give(&mut queue, vec![input("a", 1.0)]);
        let (late, slice) = read(&steps);
        let id = id_of(&steps);
        queue.clear();
        assert!(!queue.is_ready());
        queue.worker_ready();
        let steps = give(&mut queue, vec![input("b", 1.0)]);
        assert_eq!(brief(&steps), ["begin", "open b", "read 0..1"]);
        assert_ne!(id_of(&steps), id);
        assert_eq!(queue.slice_read(late, Ok(slice)), []);
        run(&mut queue, steps, None);
        assert_eq!(queue.read_columns(id, choice()), [], "the file is gone");
    }
}
