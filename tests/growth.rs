//! Time and memory grow with the size of the evidence, and not with its square.
//!
//! One test in a program by itself, so that nothing else allocates meanwhile. Each shape of evidence is made in
//! five sizes, each twice the one before. Not the time counts, which depends on the computer, but how many times
//! longer each size takes than the one before: of the processor, and the least of several attempts, because other
//! programs disturb.

mod excel;
#[expect(dead_code, reason = "the other programs use the rest")]
mod support;

use bezorgd::Reading;
use excel::excel;
use peak_alloc::PeakAlloc;
use std::fs;
use std::time::{Duration, Instant};
use support::{archive, options};
use zip::CompressionMethod;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How often the size is doubled.
const DOUBLINGS: u32 = 4;

/// How many times as much twice the evidence may take.
const MOST: f64 = 2.5;

/// Differences below this are noise.
const LEAST_TIME: Duration = Duration::from_millis(20);

/// What is allocated once, whatever the size, is below this many bytes.
const LEAST_MEMORY: usize = 2 << 20;

/// How often a step that takes too long is measured again.
const ATTEMPTS: usize = 5;

/// As the page reads a file, in slices of this many bytes.
const SLICE: usize = 64 << 10;

#[test]
fn twice_the_evidence_takes_twice_as_long() {
    let mut failures = Vec::new();
    for (what, first, make) in SHAPES {
        let evidence = |doubling: u32| make(first << doubling);
        let mut before = measure(&evidence(0));
        let mut steps = vec![before];
        for doubling in 1..=DOUBLINGS {
            let mut now = measure(&evidence(doubling));
            for _ in 0..ATTEMPTS {
                if !now.is_too_long(&before) {
                    break;
                }
                before = before.min(measure(&evidence(doubling - 1)));
                now = now.min(measure(&evidence(doubling)));
            }
            if now.is_too_long(&before) || now.is_too_large(&before) {
                failures.push(format!("{what}: {before:?}, twice the size {now:?}"));
                break;
            }
            steps.push(now);
            before = now;
        }
        println!("{what}: {steps:?}");
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// What reading evidence took.
#[derive(Clone, Copy, Debug)]
struct Taken {
    time: Duration,
    memory: usize,
}

impl Taken {
    fn min(self, other: Self) -> Self {
        Self {
            time: self.time.min(other.time),
            memory: self.memory.min(other.memory),
        }
    }

    fn is_too_long(&self, half: &Self) -> bool {
        self.time.as_secs_f64() > MOST * half.time.max(LEAST_TIME).as_secs_f64()
    }

    fn is_too_large(&self, half: &Self) -> bool {
        self.memory as f64 > MOST * half.memory.max(LEAST_MEMORY) as f64
    }
}

fn measure(evidence: &[u8]) -> Taken {
    MEMORY.reset_peak_usage();
    let (before, start) = (MEMORY.current_usage(), processor_time());
    let mut reading = Reading::new("vijandig", &options());
    let mut found = 0;
    for slice in evidence.chunks(SLICE) {
        reading.feed(slice, &mut |_| found += 1);
    }
    reading.finish(&mut |_| found += 1);
    let time = processor_time().saturating_sub(start);
    assert!(found > 0, "no answer");
    Taken {
        time,
        memory: MEMORY.peak_usage().saturating_sub(before),
    }
}

/// How long this thread has run on a processor, where Linux counts that; elsewhere, how long the test has run.
fn processor_time() -> Duration {
    thread_local!(static START: Instant = Instant::now());
    let counted = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let counted = counted.and_then(|text| text.split_whitespace().next()?.parse().ok());
    counted.map_or_else(|| START.with(Instant::elapsed), Duration::from_nanos)
}

/// What the evidence consists of, how often in the smallest size, and how to make it.
type Shape = (&'static str, usize, fn(usize) -> Vec<u8>);

const FROM: &str = "From MAILER-DAEMON Thu Mar 12 08:00:00 2026\n";

const HEAD: &str = "From: MAILER-DAEMON@example.be\r\nTo: an@example.be\r\n\
    Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n";

const SHAPES: &[Shape] = &[
    ("NUL bytes", 60_000, |count| vec![0; count]),
    ("holes", 5_000, |count| b"\0\0\0\0\0\0\0\0x".repeat(count)),
    ("holes in a mailbox", 400, |count| {
        [
            FROM.as_bytes(),
            HEAD.as_bytes(),
            &b"\r\n\0\0\0\0\0\0\0\0x".repeat(count),
        ]
        .concat()
    }),
    ("messages", 60, |count| {
        format!("{FROM}{HEAD}\n<an@example.be>: 550 5.1.1 unknown\n\n")
            .repeat(count)
            .into()
    }),
    ("lines that begin with From", 3_000, |count| {
        let lines = "From here on, at 17:00 in 2026\n\n".repeat(count);
        format!("{FROM}{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{lines}").into()
    }),
    ("header fields", 12_000, |count| {
        format!(
            "{HEAD}{}\r\n550 5.1.1 unknown\r\n",
            "X-A: bcd\r\n".repeat(count)
        )
        .into()
    }),
    ("a folded header field", 100_000, |count| {
        format!(
            "{HEAD}Received: a{}\r\n\r\n550 5.1.1 unknown\r\n",
            "\r\n b".repeat(count)
        )
        .into()
    }),
    ("MIME parts", 5_000, |count| {
        let parts = "--b\r\nContent-Type: text/plain\r\n\r\n550 5.1.1 unknown\r\n".repeat(count);
        format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n").into()
    }),
    ("multiparts in one another", 4_000, |count| {
        let part = |level| {
            format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n")
        };
        let parts: String = (0..count).map(part).collect();
        format!("{HEAD}{parts}\r\n550 5.1.1 unknown\r\n").into()
    }),
    ("recipients", 400, |count| {
        let one = |number| {
            format!(
                "Final-Recipient: rfc822; n{number}@example.be\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
            )
        };
        let all: String = (0..count).map(one).collect();
        format!(
            "{HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.be\r\n\r\n{all}--b--\r\n"
        )
        .into()
    }),
    ("quotes in one another", 20_000, |count| {
        bounce_saying(
            &format!(
                "{}<an@example.be>: 550 5.1.1 unknown\r\n",
                "> ".repeat(count)
            )
            .repeat(4),
        )
    }),
    ("quoted lines", 10_000, |count| {
        bounce_saying(&"> > > > <an@example.be>: 550 5.1.1 unknown\r\n".repeat(count))
    }),
    ("brackets", 100_000, |count| {
        bounce_saying(&"<".repeat(count))
    }),
    ("addresses", 20_000, |count| {
        bounce_saying(&"an@example.be ".repeat(count))
    }),
    ("one long line", 50_000, |count| {
        bounce_saying(&"550 ".repeat(count))
    }),
    ("one long line without a mail", 50_000, |count| {
        "550 5.1.1 ".repeat(count).into()
    }),
    ("a word without end", 300_000, |count| {
        bounce_saying(&"a".repeat(count))
    }),
    ("semicolons", 30_000, |count| ";".repeat(count).into()),
    ("quotation marks", 10_000, |count| {
        "\";".repeat(count).into()
    }),
    ("rows", 1_000, |count| report(count).into()),
    ("rows in UTF-16", 1_000, |count| {
        let units = format!("\u{feff}{}", report(count));
        units.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    ("cells across columns", 800, |count| {
        let row = "<tr><td colspan=1000>an@example.be<td rowspan=1000>FAILED</tr>".repeat(count);
        format!("<html><body><table>{row}</table></body></html>").into()
    }),
    ("tables in one another", 2_400, |count| {
        "<table><tr><td>a ".repeat(count).into()
    }),
    ("lists in JSON", 8_000, |count| "[".repeat(count).into()),
    ("objects in JSON", 5_000, |count| {
        "{\"a\":".repeat(count).into()
    }),
    ("events in JSON", 300, |count| {
        let event =
            "{\"email\":\"an@example.be\",\"event\":\"bounce\",\"reason\":\"550 5.1.1 unknown\"},";
        format!("[{}{{}}]", event.repeat(count)).into()
    }),
    ("addresses in a header field", 20_000, |count| {
        format!(
            "{HEAD}Cc: {}\r\n\r\n550 5.1.1 unknown\r\n",
            "An <an@example.be>, ".repeat(count)
        )
        .into()
    }),
    ("comments in one another", 60_000, |count| {
        format!(
            "{HEAD}Cc: {}\r\n\r\n550 5.1.1 unknown\r\n",
            "(a".repeat(count)
        )
        .into()
    }),
    ("encoded words without an end", 15_000, |count| {
        format!(
            "{HEAD}Subject: {}\r\n\r\n550 5.1.1 unknown\r\n",
            "=?utf-8?q?".repeat(count)
        )
        .into()
    }),
    ("parameters", 20_000, |count| {
        let parameters: String = (0..count).map(|number| format!("; a{number}=b")).collect();
        format!("{HEAD}Content-Type: text/plain{parameters}\r\n\r\n550 5.1.1 unknown\r\n").into()
    }),
    ("RFC 2231 parameters", 15_000, |count| {
        let parameters: String = (0..count)
            .map(|number| format!(";\r\n name*{number}=abc"))
            .collect();
        format!("{HEAD}Content-Type: text/plain{parameters}\r\n\r\n550 5.1.1 unknown\r\n").into()
    }),
    ("attached bounces", 100, |count| {
        let part = format!(
            "--b\r\nContent-Type: message/rfc822\r\n\r\n{HEAD}\r\n<an@example.be>: 550 5.1.1 unknown\r\n"
        );
        format!(
            "From: els@example.com\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n",
            part.repeat(count)
        )
        .into()
    }),
    ("reply codes", 10_000, |count| {
        bounce_saying(&"a 550 ".repeat(count))
    }),
    ("mails in one another", 4_000, |count| {
        format!("{HEAD}Content-Type: message/rfc822\r\n\r\n")
            .repeat(count)
            .into()
    }),
    ("half a boundary", 20_000, |count| {
        let lines = "--bbbbbbb\r\n".repeat(count);
        format!("{HEAD}Content-Type: multipart/mixed; boundary=bbbbbbbb\r\n\r\n{lines}").into()
    }),
    ("elements in a mail", 8_000, |count| {
        let page = "<b>&eacute;".repeat(count);
        format!("{HEAD}Content-Type: text/html\r\n\r\n{page}550 5.1.1 unknown\r\n").into()
    }),
    ("dashes", 80_000, |count| bounce_saying(&"-".repeat(count))),
    ("replies", 60, |count| {
        "550 5.1.1 <an@example.be>: User unknown\n"
            .repeat(count)
            .into()
    }),
    ("labels", 1_000, |count| {
        "E-mail: an@example.be\nStatus: FAILED\n\n"
            .repeat(count)
            .into()
    }),
    ("columns of spaces", 250, |count| {
        "an@example.be     FAILED     550 5.1.1 unknown\n"
            .repeat(count)
            .into()
    }),
    ("cells on lines", 300, |count| {
        "an@example.be\nFAILED\n12/03/2026\n".repeat(count).into()
    }),
    ("a cell of many lines", 8_000, |count| {
        format!(
            "E-mail;Status\nan@example.be;\"FAILED{}\"\n",
            "\n".repeat(count)
        )
        .into()
    }),
    ("quotation marks that nothing closes", 1_500, |count| {
        format!(
            "E-mail;Status\n{}",
            "an@example.be;\"FAILED\n".repeat(count)
        )
        .into()
    }),
    ("spaces", 100_000, |count| {
        format!("an@example.be{}FAILED", " ".repeat(count)).into()
    }),
    ("attributes", 10_000, |count| {
        format!(
            "<table><tr><td {}>an@example.be<td>FAILED</table>",
            "a=b ".repeat(count)
        )
        .into()
    }),
    ("a text in JSON", 30_000, |count| {
        format!("[{{\"email\":\"{}", "a".repeat(count)).into()
    }),
    ("cells that cover rows in XML", 800, |count| {
        let row = "<Row><Cell ss:MergeDown=\"9\"><Data>an@example.be</Data></Cell><Cell><Data>FAILED</Data></Cell></Row>";
        format!(
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet>\
             <Table>{}</Table></Worksheet></Workbook>",
            row.repeat(count)
        )
        .into()
    }),
    ("texts that cells share", 2_000, |count| {
        workbook(
            "<row><c t=\"s\"><v>0</v></c></row>",
            &"</t></si><si><t>an@example.be".repeat(count),
            "",
        )
    }),
    ("cells", 600, |count| {
        workbook(
            &"<row><c t=\"s\"><v>0</v></c><c><v>5</v></c></row>".repeat(count),
            "an@example.be",
            "",
        )
    }),
    ("merged cells", 500, |count| {
        let cell = |row| {
            format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c><c><v>1</v></c></row>")
        };
        let rows: String = (1..=count).map(cell).collect();
        let merge = |row| format!("<mergeCell ref=\"A{row}:A{}\"/>", row + 500);
        let merged: String = (1..=count).map(merge).collect();
        workbook(
            &rows,
            "an@example.be",
            &format!("<mergeCells>{merged}</mergeCells>"),
        )
    }),
    ("entries of an archive", 60, |count| {
        let files = (0..count).map(|number| {
            (
                format!("{number}.txt"),
                b"550 5.1.1 <an@example.be>".to_vec(),
            )
        });
        archive(&files.collect::<Vec<_>>(), CompressionMethod::Stored)
    }),
];

fn bounce_saying(words: &str) -> Vec<u8> {
    format!("{HEAD}\r\nYour message could not be delivered:\r\n\r\n{words}\r\n").into()
}

fn report(rows: usize) -> String {
    let row = |row| {
        format!("F{row};n{row}@example.be;12/03/2026 08:00:11;FAILED;The user’s mailbox is full.\n")
    };
    let rows: String = (0..rows).map(row).collect();
    format!("Document;E-mailadres;Datum;Status;Omschrijving\n{rows}")
}

fn workbook(rows: &str, shared: &str, after: &str) -> Vec<u8> {
    let files = excel(&format!("{rows}</sheetData>{after}<sheetData>"), shared);
    archive(&files, CompressionMethod::Stored)
}
