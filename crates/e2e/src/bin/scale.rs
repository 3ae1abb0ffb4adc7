//! Opens thousands of small mails and a mailbox of gigabytes in the page, and reports the time to the first
//! result, the time to stop, the memory of the tab, and the throughput beside that of the same computer without a
//! browser.
//!
//! Run it as `cargo xtask scale`, which builds the page first. It fails if a bar is missed; the throughput of
//! mailboxes has no bar, because the same page takes longer on a busy computer.

use anyhow::{Context, Result, ensure};
use bezorgd::{Options, Reading};
use bezorgd_e2e::{Mailbox, Mails, Page, journey};
use bezorgd_e2e::{number_in, words};
use bezorgd_model::Moment;
use mail_parser::MessageParser;
use mail_parser::mailbox::mbox::MessageIterator;
use serde_json::Value;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, Read as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// The maximum memory of the tab, in bytes.
const MEMORY: u64 = 450_000_000;

/// The maximum time until the first recipients are in the list.
const FIRST: Duration = Duration::from_secs(1);

/// The maximum time until the page stops changing after Stop was pressed.
const STOPPED: Duration = Duration::from_millis(500);

/// The maximum time to read a thousand small mails.
const THOUSAND: Duration = Duration::from_secs(1);

/// How much of the mailbox has been read when Stop is pressed: the more was found, the more there is to
/// keep.
const STOPS: [f64; 3] = [0.1, 0.5, 0.9];

/// How long a page must not change to count as still.
const STILL: Duration = Duration::from_secs(1);

/// The time between two looks: looking takes memory too.
const MOMENT: Duration = Duration::from_millis(250);

/// Longer than any mailbox takes, on any computer.
const PATIENCE: Duration = Duration::from_secs(1800);

/// The slices in which files are read, in bytes; as the command line does.
const SLICE: usize = 1 << 20;

/// A script that records when things happen on the page, in milliseconds.
const WATCH: &str = "
    const times = window.times = {};
    const now = () => performance.now();
    const given = () => Object.assign(times, {given: now(), first: null, done: null});
    document.getElementById('file-input').addEventListener('change', given, true);
    document.addEventListener('drop', given, true);
    document.addEventListener('click', ({target, timeStamp}) => {
        if (target.closest('#cancel')) times.stopped = timeStamp;
    }, true);
    const look = () => {
        times.changed = now();
        if (document.querySelector('#list [role=option]')) times.first ??= now();
        if (document.querySelector('[data-ready]')) times.done ??= now();
    };
    new MutationObserver(look).observe(document.body,
        {subtree: true, childList: true, attributes: true, characterData: true});
";

/// A script that returns those times, the present, the progress (0 to 1), and how many recipients were
/// found.
const LOOK: &str = "
    const bar = document.getElementById('progress-bar');
    const found = document.getElementById('found')?.innerText ?? '';
    return {...window.times, now: performance.now(), part: bar ? bar.value / bar.max : 1, found};
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let files = arguments.next().context("how many small mails")?;
    let files = files.parse().context("the number of mails")?;
    let sizes: Vec<f64> = arguments
        .map(|size| size.parse::<f64>())
        .collect::<Result<_, _>>()
        .context("sizes are numbers, in gigabytes")?;
    let mut missed = Vec::new();
    if files > 0 {
        println!("\n── {files} small mails ──");
        measure_mails(&Mails::write(files)?, &mut missed).await?;
    }
    for gigabytes in sizes {
        let mailbox = Mailbox::write((gigabytes * f64::from(1 << 30)) as u64)?;
        println!(
            "\n── {:.2} GB, {} messages about {} addresses ──",
            mailbox.bytes() as f64 / 1e9,
            mailbox.messages(),
            mailbox.people()
        );
        measure(&mailbox, &mut missed).await?;
    }
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    println!("\nNo bar was missed.");
    Ok(())
}

/// Prints a figure beside its maximum, and notes it if that is missed.
fn compare(missed: &mut Vec<String>, what: &str, measured: f64, most: f64, unit: &str) {
    let comment = if measured > most { "MISSED" } else { "" };
    println!("{what:44} {measured:>8.2} {unit:3} of {most} {unit} {comment}");
    if measured > most {
        missed.push(format!("{what}: {measured:.2} {unit} of {most} {unit}"));
    }
}

/// How small mails are given.
#[derive(Clone, Copy)]
enum Gesture {
    /// In the dialog.
    Choose,
    /// As one folder.
    Drop,
}

impl Gesture {
    async fn give(self, page: &Page, mails: &Mails) -> Result<()> {
        match self {
            Self::Choose => page.choose(mails.files()).await,
            Self::Drop => page.drop(&[mails.folder()]).await,
        }
    }
}

/// Measures how fast small mails are read and how soon that stops, and prints it.
async fn measure_mails(mails: &Mails, missed: &mut Vec<String>) -> Result<()> {
    let count = mails.files().len();
    for (how, gesture) in [
        ("chosen", Gesture::Choose),
        ("dropped as a folder", Gesture::Drop),
    ] {
        let (mut first, mut took) = (Duration::ZERO, Duration::ZERO);
        journey(async |page| {
            page.browser().client().execute(WATCH, vec![]).await?;
            gesture.give(page, mails).await?;
            let seen = until(page, |seen| seen["done"].is_number()).await?;
            first = between(&seen, "given", "first")?;
            took = between(&seen, "given", "done")?;
            let seen = still(page).await?;
            let found = number_in(&seen["found"]);
            ensure!(found == Some(count), "of {count} it found {found:?}");
            Ok(())
        })
        .await?;
        let per_thousand = took.as_secs_f64() * 1000.0 / count as f64;
        let what = format!("a thousand mails, {how}");
        compare(missed, &what, per_thousand, THOUSAND.as_secs_f64(), "s");
        println!("{:44} {:>8.0}", "  files a second", 1000.0 / per_thousand);
        println!("{:44} {:>8.2} s", "  first results", first.as_secs_f64());
        let mut stopped = Duration::ZERO;
        journey(async |page| {
            page.browser().client().execute(WATCH, vec![]).await?;
            gesture.give(page, mails).await?;
            until(page, |seen| seen["first"].is_number()).await?;
            page.press(words().ui.cancel()).await?;
            let seen = still(page).await?;
            stopped = between(&seen, "stopped", "changed")?;
            let found = number_in(&seen["found"]);
            let kept = found.is_some_and(|found| (1..count).contains(&found));
            ensure!(kept, "it did not stop: {found:?} of {count}");
            Ok(())
        })
        .await?;
        compare(
            missed,
            &format!("still after Stop, {how}"),
            stopped.as_secs_f64(),
            STOPPED.as_secs_f64(),
            "s",
        );
    }
    Ok(())
}

/// Measures everything about one mailbox, and prints it.
async fn measure(mailbox: &Mailbox, missed: &mut Vec<String>) -> Result<()> {
    let mut bar = |what: String, measured: f64, most: f64, unit: &str| {
        compare(missed, &what, measured, most, unit);
    };
    let measured = read(mailbox).await?;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    bar(
        "first results".to_owned(),
        measured.first.as_secs_f64(),
        FIRST.as_secs_f64(),
        "s",
    );
    bar(
        "peak memory of the tab".to_owned(),
        megabytes(measured.peak),
        megabytes(MEMORY),
        "MB",
    );
    println!("{:44} {:>8.2} MB", "  before", megabytes(measured.idle));
    println!("{:44} {:>8.2} MB", "  after", megabytes(measured.after));
    println!("{:44} {}", "found", measured.found);
    for part in STOPS {
        let (took, found) = stop(mailbox, part).await?;
        bar(
            format!("still after Stop at {:.0} % ({found})", part * 100.0),
            took.as_secs_f64(),
            STOPPED.as_secs_f64(),
            "s",
        );
    }
    let speed = |took: Duration| megabytes(mailbox.bytes()) / took.as_secs_f64();
    println!("{:44} {:>8.1} MB/s", "in Chromium", speed(measured.took));
    let (alone, here) = (mail_parser(mailbox.path())?, bezorgd(mailbox.path())?);
    println!("{:44} {:>8.1} MB/s", "without a browser", speed(here));
    println!("{:44} {:>8.1} MB/s", "mail-parser alone", speed(alone));
    Ok(())
}

/// The measurements of reading a mailbox to its end.
#[derive(Default)]
struct Measurements {
    first: Duration,
    took: Duration,
    idle: u64,
    peak: u64,
    after: u64,
    found: String,
}

async fn read(mailbox: &Mailbox) -> Result<Measurements> {
    let mut measured = Measurements::default();
    journey(async |page| {
        page.browser().client().execute(WATCH, vec![]).await?;
        tokio::time::sleep(STILL).await;
        let memory = page.browser().memory()?;
        measured.idle = memory.now()?;
        memory.reset_peak()?;
        page.choose(&[mailbox.path()]).await?;
        let seen = until(page, |seen| seen["done"].is_number()).await?;
        measured.first = between(&seen, "given", "first")?;
        measured.took = between(&seen, "given", "done")?;
        let seen = still(page).await?;
        seen["found"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut measured.found);
        measured.peak = memory.peak()?;
        measured.after = memory.now()?;
        Ok(())
    })
    .await?;
    Ok(measured)
}

/// Stops at some part of the mailbox; returns how long the page still changed, and what it then shows.
async fn stop(mailbox: &Mailbox, part: f64) -> Result<(Duration, String)> {
    let mut outcome = (Duration::ZERO, String::new());
    journey(async |page| {
        page.browser().client().execute(WATCH, vec![]).await?;
        page.choose(&[mailbox.path()]).await?;
        let far = |seen: &Value| {
            let begun = seen["first"].is_number();
            begun && seen["part"].as_f64().is_some_and(|now| now >= part)
        };
        until(page, far).await?;
        page.press(words().ui.cancel()).await?;
        let seen = still(page).await?;
        outcome.0 = between(&seen, "stopped", "changed")?;
        seen["found"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut outcome.1);
        let kept = outcome.1.chars().any(|digit| matches!(digit, '1'..='9'));
        ensure!(kept, "the results so far are gone");
        Ok(())
    })
    .await?;
    Ok(outcome)
}

/// Waits until nothing changes any more.
async fn still(page: &Page) -> Result<Value> {
    let quiet = |seen: &Value| between(seen, "changed", "now").is_ok_and(|since| since > STILL);
    until(page, quiet).await
}

async fn until(page: &Page, wanted: impl Fn(&Value) -> bool) -> Result<Value> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        let seen = page.browser().client().execute(LOOK, vec![]).await?;
        if wanted(&seen) {
            return Ok(seen);
        }
        tokio::time::sleep(MOMENT).await;
    }
    anyhow::bail!(
        "the page did not get that far; it reads:\n{}",
        page.text().await?
    )
}

/// The time between two recorded times.
fn between(seen: &Value, from: &str, to: &str) -> Result<Duration> {
    let time = |name: &str| {
        let time = seen[name].as_f64();
        time.with_context(|| format!("the page recorded no time for `{name}`: {seen}"))
    };
    Ok(Duration::from_secs_f64(
        ((time(to)? - time(from)?) / 1000.0).max(0.0),
    ))
}

/// How long the analyser takes without a browser.
fn bezorgd(path: &Path) -> Result<Duration> {
    let start = Instant::now();
    let now = Moment::parse_rfc3339("2026-03-12T13:00:00+01:00").context("a valid date")?;
    let mut reading = Reading::new("scale.mbox", &Options::new(now));
    let mut found = |diagnosis| {
        black_box(diagnosis);
    };
    let mut file = File::open(path)?;
    let mut slice = vec![0; SLICE];
    loop {
        let read = file.read(&mut slice)?;
        if read == 0 {
            break;
        }
        reading.feed(&slice[..read], &mut found);
    }
    reading.finish(&mut found);
    Ok(start.elapsed())
}

/// How long `mail-parser` alone takes to split and parse the same mails.
fn mail_parser(path: &Path) -> Result<Duration> {
    let start = Instant::now();
    let file = BufReader::with_capacity(SLICE, File::open(path)?);
    for message in MessageIterator::new(file) {
        let message = message.map_err(|_| anyhow::anyhow!("cannot read the mailbox"))?;
        black_box(MessageParser::default().parse(message.contents()));
    }
    Ok(start.elapsed())
}
