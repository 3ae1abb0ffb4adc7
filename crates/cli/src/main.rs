//! The command line: the analyser over files, folders and standard input.

mod bounces;
mod explain;
mod input;
mod json;
mod safe_output;
mod summary;

use bezorgd::model::{Diagnosis, Moment, Problem, ProblemCode, Sender};
use bezorgd::{Options, diagnoses, identifier, is_panic_caught, not_attempted};
use bezorgd_words::{Language, Words};
use bounces::CountedDiagnoses;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Parser, Subcommand};
use safe_output::SafeOutput;
use std::collections::HashSet;
use std::io::{self, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Explains why e-mails did not arrive, from delivery reports and bounces.
///
/// Exit status: 0 if everything could be read, 1 if something could not, 2 for wrong usage. Notices,
/// such as a guessed date order, are not failures.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Write one line of JSON per message or report instead of a readable summary.
    #[arg(long)]
    json: bool,

    /// Override detection of the sending system.
    #[arg(long, value_parser = sender())]
    sender: Option<Sender>,

    /// The present, as RFC 3339 with an offset; determines whether retries are over.
    #[arg(long, value_name = "RFC3339", value_parser = Moment::parse_rfc3339)]
    now: Option<Moment>,

    /// A list of who should have received it; reports which of these addresses were never attempted.
    #[arg(long, value_name = "FILE")]
    expected: Option<PathBuf>,

    /// Reports, e-mails, or folders of them; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show which rule explains an error message, where it is documented, and which others match.
    Explain {
        /// The server's reply, such as "550 5.1.1 User unknown".
        text: String,

        /// One line of JSON, instead of a readable explanation.
        #[arg(long)]
        json: bool,
    },
}

/// Parses the code of a sending system; the help lists all of them.
fn sender() -> impl clap::builder::TypedValueParser<Value = Sender> {
    let codes = Sender::ALL.iter().map(|sender| sender.code());
    PossibleValuesParser::new(codes).try_map(|code| code.parse::<Sender>())
}

/// A report needs a few allocations per recipient; with the system's allocator, they take a tenth of the
/// time for reading.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    // A library that panics about a damaged file costs a line among the problems, and no stack trace.
    let show = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !is_panic_caught() {
            show(info);
        }
    }));
    let words = Language::default().words();
    if let Some(Command::Explain { text, json }) = &arguments.command {
        let is_explained = write_explanation(words, text, *json);
        return Ok(exit_code(unless_closed(is_explained)?.unwrap_or(true)));
    }
    let now = match arguments.now {
        Some(now) => now,
        None => Moment::from_unix(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64)?,
    };
    let options = Options {
        sender: arguments.sender,
        ..Options::new(now)
    };

    let mut results = Results {
        words,
        output: BufWriter::new(io::stdout().lock()),
        json: arguments.json,
        all_read: true,
        seen: HashSet::new(),
        options: &options,
        named: HashSet::new(),
        counting: options.sender.is_some_and(bounces::counts),
        waiting: Vec::new(),
        written: Ok(()),
    };
    let _: ControlFlow<()> = read_everything(&arguments, &options, &mut results);
    Ok(exit_code(results.finish()?))
}

const fn exit_code(is_success: bool) -> ExitCode {
    if is_success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What was written; `None` if the reader of the output closed it, which is no error: it has seen enough.
fn unless_closed<T>(written: io::Result<T>) -> io::Result<Option<T>> {
    match written {
        Ok(written) => Ok(Some(written)),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes the explanation of a message; returns whether any rule matches.
fn write_explanation(words: &Words, text: &str, json: bool) -> io::Result<bool> {
    let mut output = BufWriter::new(io::stdout().lock());
    let is_explained = if json {
        explain::write_json(&mut output, text)
    } else {
        explain::write(&mut SafeOutput(&mut output), words, text)
    }?;
    output.flush()?;
    Ok(is_explained)
}

/// Reads all evidence, and the list of who should have received it; breaks off when nothing can be written.
fn read_everything(
    arguments: &Arguments,
    options: &Options,
    results: &mut Results<'_, impl Write>,
) -> ControlFlow<()> {
    for path in &arguments.paths {
        input::visit(path, &mut |name, opened| {
            read(name, opened, options, &mut |diagnosis| {
                results.add(diagnosis)
            })
        })?;
    }
    if let Some(path) = &arguments.expected {
        let missing = compare(path, &results.seen, options);
        results.add(missing)?;
    }
    ControlFlow::Continue(())
}

/// The size limit of a list of who should have received something, in bytes: as for any table.
const LARGEST_LIST: u64 = 512 << 20;

/// Reports who in this list was never attempted.
fn compare(path: &Path, seen: &HashSet<String>, options: &Options) -> Diagnosis {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let read =
        input::open(path).and_then(|file| file.take(LARGEST_LIST + 1).read_to_end(&mut bytes));
    match read {
        Ok(size) if size as u64 > LARGEST_LIST => {
            Diagnosis::unreadable(&name, Problem::in_file(ProblemCode::TooLarge, &name))
        }
        Ok(_) => not_attempted(&name, &bytes, seen, options),
        Err(error) => Diagnosis::unreadable(&name, input::unreadable(&name, &error)),
    }
}

/// How many diagnoses may wait for the evidence to name its sending system, so that a mailbox of any size that names
/// none is still written as it is read.
const MOST_WAITING: usize = 10_000;

/// Writes diagnoses as they come, and keeps what is needed at the end.
struct Results<'a, W: Write> {
    words: &'static Words,
    output: W,
    json: bool,
    all_read: bool,
    /// The identifier of everyone so far.
    seen: HashSet<String>,
    options: &'a Options,
    /// The sending systems that the evidence names.
    named: HashSet<Sender>,
    /// Whether a sending system of the evidence counts bounces: what is written about a recipient then depends on
    /// all evidence, so that everything waits for the end.
    counting: bool,
    /// What was not yet written.
    waiting: Vec<Diagnosis>,
    /// The first failure to write; nothing is written after it.
    written: io::Result<()>,
}

impl<W: Write> Results<'_, W> {
    /// Breaks if nothing can be written, so that nothing more needs to be read.
    fn add(&mut self, diagnosis: Diagnosis) -> ControlFlow<()> {
        let only_notices = diagnosis
            .problems
            .iter()
            .all(|problem| problem.code.is_notice());
        self.all_read &= only_notices;
        let recipients = diagnosis.recipients.iter();
        self.seen.extend(recipients.filter_map(identifier));
        self.named.extend(diagnosis.sender);
        self.counting |= diagnosis.sender.is_some_and(bounces::counts);
        self.waiting.push(diagnosis);
        if !self.counting && (self.is_decided() || self.waiting.len() >= MOST_WAITING) {
            self.write_waiting();
        }
        match self.written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Whether no further evidence can give what waits a sending system that counts bounces: the system was set, or
    /// another one is named.
    fn is_decided(&self) -> bool {
        self.options.sender.is_some() || self.named.iter().any(|sender| *sender != Sender::Other)
    }

    fn write_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let named = self.named.iter().copied();
        let counted = CountedDiagnoses::of(waiting, named, self.options);
        for place in 0..counted.diagnoses.len() {
            if self.written.is_ok() {
                self.written = self.write(&counted, place);
            }
        }
        if self.written.is_ok() && !self.json {
            let output = &mut SafeOutput(&mut self.output);
            self.written = summary::write_counting_rule(output, self.words, &counted);
        }
    }

    fn write(&mut self, counted: &CountedDiagnoses, place: usize) -> io::Result<()> {
        if self.json {
            json::write(&mut self.output, counted, place)
        } else {
            summary::write(
                &mut SafeOutput(&mut self.output),
                self.words,
                counted,
                place,
            )
        }
    }

    /// Returns whether everything that was read could be.
    fn finish(mut self) -> io::Result<bool> {
        self.write_waiting();
        let written = self.written.and_then(|()| self.output.flush());
        unless_closed(written)?;
        Ok(self.all_read)
    }
}

/// Reads one file to its end, or reports that it cannot be read.
fn read(
    name: &str,
    opened: Result<&mut dyn Read, Problem>,
    options: &Options,
    found: &mut impl FnMut(Diagnosis) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let source = match opened {
        Ok(source) => source,
        Err(problem) => return found(Diagnosis::unreadable(name, problem)),
    };
    for diagnosis in diagnoses(name, source, options) {
        let unreadable = |error| Diagnosis::unreadable(name, input::unreadable(name, &error));
        found(diagnosis.unwrap_or_else(unreadable))?;
    }
    ControlFlow::Continue(())
}
