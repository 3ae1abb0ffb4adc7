//! The same report in another shape gets the same answer.
//!
//! How a report reaches this program is: copied cell by cell on a telephone, as cards, with columns that
//! became spaces, as a web page, as the answer of a service. Small reports of each kind of sending system are
//! written in every shape, and must give what they give as separated values.

use crate::support::options;
use bezorgd::analyse;
use bezorgd::model::{Cause, State};

/// A report: titles, then rows.
type Report<'a> = &'a [&'a [&'a str]];

/// A shape: its name, and how it writes a report.
type Shape = (&'static str, fn(Report<'_>) -> String);

/// What is said of a recipient: the address, the cause, the state, and when each attempt was.
type Answer = (String, Cause, State, Vec<String>);

/// Invoices, with a name and the number of a document, and cells that are empty.
const INVOICES: Report<'_> = &[
    &[
        "Datum",
        "Naam",
        "E-mailadres",
        "Status",
        "Omschrijving",
        "Document",
    ],
    &[
        "09/03/2026 08:00:11",
        "Claes An",
        "an.claes@example.be",
        "DELIVERED",
        "",
        "F2026/0101",
    ],
    &[
        "12/03/2026 08:00:12",
        "Maes Bo",
        "bo@example.org",
        "FAILED",
        "The email was rejected by the recipient’s mail server. The user’s mailbox is full.",
        "F2026/0102",
    ],
    &[
        "12/03/2026 08:00:13",
        "Jacobs Dirk",
        "dirk@example.com",
        "FAILED",
        "DocumentId already used.",
        "F2026/0103",
    ],
    &[
        "12/03/2026 08:00:14",
        "Wouters Zoë",
        "zoe@example.net",
        "DELIVERED",
        "",
        "F2026/0104",
    ],
];

/// A list of messages, of which some cells are a single letter.
const MESSAGES: Report<'_> = &[
    &[
        "Instantie",
        "Status",
        "Vorm",
        "Type",
        "Datum",
        "Klant",
        "E-mail",
        "Info",
    ],
    &[
        "Bib Dorp",
        "R",
        "M",
        "HR1",
        "02/03/2026",
        "21000101 Smet Ann",
        "ann@example.be",
        "Unknown user",
    ],
    &[
        "Bib Dorp",
        "R",
        "M",
        "HR2",
        "03/03/2026",
        "21000102 Roux Camille",
        "camille@example.net",
        "Over_quota",
    ],
    &[
        "Bib Dorp",
        "R",
        "M",
        "IV1",
        "04/03/2026",
        "21000103 Verhulst Els",
        "els@example.org",
        "Domain Error",
    ],
];

/// Events, with the address of the sender, and addresses and digits in what servers say.
const EVENTS: Report<'_> = &[
    &["date", "subject", "from", "email", "event", "reason"],
    &[
        "2026-03-12T08:00:00+01:00",
        "Factuur maart",
        "school@example.com",
        "an@example.be",
        "delivered",
        "250 2.0.0 OK",
    ],
    &[
        "2026-03-12T08:00:01+01:00",
        "Factuur maart",
        "school@example.com",
        "bo@example.org",
        "bounced",
        "550 5.1.1 <bo@example.org>: Recipient address rejected: User unknown",
    ],
    &[
        "2026-03-12T08:00:02+01:00",
        "Factuur maart",
        "school@example.com",
        "dirk@example.com",
        "opened",
        "",
    ],
    &[
        "2026-03-12T08:00:03+01:00",
        "Factuur maart",
        "school@example.com",
        "zoe@example.net",
        "dropped",
        "554 5.7.1 Message rejected as spam",
    ],
];

const REPORTS: &[(&str, Report<'_>)] = &[
    ("invoices", INVOICES),
    ("messages", MESSAGES),
    ("events", EVENTS),
];

const SHAPES: &[Shape] = &[
    ("cells one per line", |report| report.concat().join("\n")),
    ("filled cells one per line", |report| {
        filled(&report.concat()).join("\n")
    }),
    ("cells one per line, double-spaced", |report| {
        report.concat().join("\n\n")
    }),
    ("cards", |report| cards(report, ": ", "\n\n")),
    ("cards without lines between", |report| {
        cards(report, ":\t", "\n")
    }),
    ("cards in bold, listed", |report| {
        let line = |line: &str| {
            if line.is_empty() {
                String::from("\n")
            } else {
                format!("- **{line}\n")
            }
        };
        cards(report, "**: ", "\n\n").lines().map(line).collect()
    }),
    ("labels and values in two columns", |report| {
        cards(report, "\t", "\n\n")
    }),
    ("labels above values", |report| {
        let pairs = |row: &&[&str]| {
            report[0]
                .iter()
                .zip(*row)
                .map(|(label, cell)| format!("{label}\n{cell}\n"))
                .collect::<String>()
        };
        report[1..].iter().map(pairs).collect()
    }),
    ("aligned columns", |report| aligned(report, "   ")),
    ("aligned columns, one space apart", |report| {
        aligned(report, " ")
    }),
    ("columns four spaces apart", |report| joined(report, "    ")),
    ("columns one space apart", |report| joined(report, " ")),
    ("Markdown", |report| {
        let row = |row: &[&str]| format!("| {} |\n", row.join(" | "));
        let rule = vec!["---"; report[0].len()];
        row(report[0])
            + &row(&rule)
            + &report[1..]
                .iter()
                .map(|cells| row(cells))
                .collect::<String>()
    }),
    ("records side by side", |report| {
        let line = |column: usize| {
            let cells: Vec<_> = report.iter().map(|row| row[column]).collect();
            cells.join("\t") + "\n"
        };
        (0..report[0].len()).map(line).collect()
    }),
    ("broken inside cells", |report| {
        let row = |row: &&[&str]| row.join("\t").replacen(' ', "\n", 1);
        let rows: Vec<_> = report[1..].iter().map(row).collect();
        format!("{}\n{}\n", report[0].join("\t"), rows.join("\n"))
    }),
    ("quoted in a mail", |report| {
        joined(report, "\t")
            .lines()
            .map(|line| format!("> {line}\n"))
            .collect()
    }),
    ("HTML", |report| page(&table(report))),
    ("HTML in the cell of a layout", |report| {
        page(&format!(
            "<table><tr><td>Menu</td><td>{}</td></tr></table>",
            table(report)
        ))
    }),
    ("HTML with tables in cells", |report| {
        page(&table(report))
            .replace("<td>", "<td><table><tr><td>")
            .replace("</td>", "</td></tr></table></td>")
    }),
    ("HTML of other elements", |report| {
        let page = page(&table(report))
            .replace("<table>", "<div role=\"table\">")
            .replace("<tr>", "<div role=\"row\">");
        let page = page
            .replace("<td>", "<div role=\"cell\"><span>")
            .replace("</td>", "</span></div>");
        page.replace("</tr>", "</div>")
            .replace("</table>", "</div>")
    }),
    ("HTML cards", |report| {
        let card = |row: &&[&str]| {
            let rows: Vec<_> = report[0]
                .iter()
                .zip(*row)
                .map(|(label, cell)| [*label, *cell])
                .collect();
            table(&rows.iter().map(<[_; 2]>::as_slice).collect::<Vec<_>>())
        };
        page(&report[1..].iter().map(card).collect::<String>())
    }),
    ("a web archive", |report| {
        let page = page(&table(report))
            .replace('=', "=3D")
            .replace('’', "=E2=80=99")
            .replace('ë', "=C3=AB");
        format!(
            "From: <Saved by Blink>\nSubject: Rapport\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n\
             --b\nContent-Type: text/html; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n{}\n--b--\n",
            page.replace("<tr>", "=\n<tr>")
        )
    }),
    ("JSON", |report| {
        format!("[\n{}\n]", objects(report).join(",\n"))
    }),
    ("JSON, one object per line", |report| {
        objects(report).join("\n")
    }),
    ("JSON in other JSON", |report| {
        let objects: Vec<_> = objects(report)
            .iter()
            .map(|object| format!("{{\"msg\":{{\"data\":{object}}},\"tags\":[\"a\",\"b\"]}}"))
            .collect();
        format!("{{\"page\":1,\"events\":[{}]}}", objects.join(","))
    }),
    ("Excel 2003 XML", |report| {
        let cell = |cell: &&str| {
            format!(
                "<Cell><Data ss:Type=\"String\">{}</Data></Cell>",
                escaped(cell)
            )
        };
        let row =
            |row: &&[&str]| format!("<Row>{}</Row>", row.iter().map(cell).collect::<String>());
        let rows: String = report.iter().map(row).collect();
        format!(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
             <Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
             <Worksheet ss:Name=\"Blad1\"><Table>{rows}</Table></Worksheet></Workbook>"
        )
    }),
    ("a flat OpenDocument", |report| {
        let cell = |cell: &&str| {
            format!(
                "<table:table-cell><text:p>{}</text:p></table:table-cell>",
                escaped(cell)
            )
        };
        let row = |row: &&[&str]| {
            format!(
                "<table:table-row>{}</table:table-row>",
                row.iter().map(cell).collect::<String>()
            )
        };
        let rows: String = report.iter().map(row).collect();
        format!(
            "<?xml version=\"1.0\"?><office:document xmlns:office=\"o\"><table:table table:name=\"Blad1\">{rows}</table:table></office:document>"
        )
    }),
    ("SYLK", |report| {
        let mut text = String::from("ID;PTEST\n");
        for (y, row) in report.iter().enumerate() {
            for (x, cell) in row.iter().enumerate() {
                text += &format!("C;X{};Y{};K\"{}\"\n", x + 1, y + 1, cell.replace(';', ";;"));
            }
        }
        text + "E\n"
    }),
    ("DIF", |report| {
        let cell = |cell: &&str| format!("1,0\n\"{cell}\"\n");
        let row =
            |row: &&[&str]| format!("-1,0\nBOT\n{}", row.iter().map(cell).collect::<String>());
        let rows: String = report.iter().map(row).collect();
        format!("TABLE\n0,1\n\"x\"\nDATA\n0,0\n\"\"\n{rows}-1,0\nEOD\n")
    }),
];

/// Words that people put around rows in a mail.
const AROUND: [&str; 2] = [
    "Dag helpdesk,\n\nHieronder het rapport.\n\n",
    "\n\nMet vriendelijke groeten,\nEls\n",
];

/// The shapes that have no words around them.
const ALONE: &[&str] = &[
    "HTML",
    "HTML in the cell of a layout",
    "HTML with tables in cells",
    "HTML of other elements",
    "HTML cards",
    "a web archive",
    "JSON",
    "JSON, one object per line",
    "JSON in other JSON",
    "Excel 2003 XML",
    "a flat OpenDocument",
    "SYLK",
    "DIF",
    "quoted in a mail",
];

#[test]
fn the_shape_of_a_report_changes_no_answer() {
    let mut differences = Vec::new();
    for (name, report) in REPORTS {
        let plain = answers(&joined(report, ";"));
        assert_eq!(plain.len(), report.len() - 1, "{name}");
        for (shape, write) in SHAPES {
            let text = write(report);
            let mut texts = vec![text.clone()];
            if !ALONE.contains(shape) {
                texts.push(format!("{}{text}{}", AROUND[0], AROUND[1]));
            }
            for text in texts {
                let found = answers(&text);
                if found != plain {
                    differences.push(format!(
                        "{name} as {shape}:\n{found:?}\ninstead of\n{plain:?}\n{text}"
                    ));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn an_attempt_is_on_the_line_of_its_row() {
    let lines = |text: &str| -> Vec<Option<u32>> {
        let found = analyse("rapport", text.as_bytes(), &options());
        let recipients = found.iter().flat_map(|one| &one.recipients);
        recipients
            .flat_map(|one| &one.attempts)
            .map(|attempt| attempt.line)
            .collect()
    };
    for (shape, expected) in [
        ("cells one per line", [7, 13, 19, 25]),
        ("cards", [1, 7, 14, 21]),
        ("aligned columns", [2, 3, 4, 5]),
        ("columns one space apart", [2, 3, 4, 5]),
        ("JSON", [2, 3, 4, 5]),
        ("JSON, one object per line", [1, 2, 3, 4]),
    ] {
        let (_, write) = SHAPES
            .iter()
            .find(|(name, _)| *name == shape)
            .expect("a shape");
        let mut found = lines(&write(INVOICES));
        found.sort();
        assert_eq!(found, expected.map(Some), "{shape}");
    }
}

fn answers(text: &str) -> Vec<Answer> {
    let found = analyse("rapport", text.as_bytes(), &options());
    let recipients = found.into_iter().flat_map(|one| one.recipients);
    let mut answers: Vec<Answer> = recipients
        .map(|one| {
            let moments = one
                .attempts
                .iter()
                .map(|attempt| attempt.at.map_or(String::new(), |at| at.to_string()));
            (one.address.clone(), one.cause, one.state, moments.collect())
        })
        .collect();
    answers.sort_by(|a, b| a.0.cmp(&b.0));
    answers
}

fn filled<'a>(cells: &[&'a str]) -> Vec<&'a str> {
    cells
        .iter()
        .copied()
        .filter(|cell| !cell.is_empty())
        .collect()
}

fn joined(report: Report<'_>, separator: &str) -> String {
    let row = |row: &&[&str]| {
        if separator.trim().is_empty() && separator != "\t" {
            filled(row).join(separator)
        } else {
            row.join(separator)
        }
    };
    report.iter().map(|cells| row(cells) + "\n").collect()
}

fn aligned(report: Report<'_>, gap: &str) -> String {
    let width = |place: usize| {
        report
            .iter()
            .map(|row| row[place].chars().count())
            .max()
            .unwrap_or(0)
    };
    let row = |row: &&[&str]| {
        let cells = row
            .iter()
            .enumerate()
            .map(|(place, cell)| format!("{cell:width$}{gap}", width = width(place)));
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    report.iter().map(row).collect()
}

fn cards(report: Report<'_>, after: &str, between: &str) -> String {
    let card = |row: &&[&str]| {
        let fields = report[0]
            .iter()
            .zip(*row)
            .filter(|(_, cell)| !cell.is_empty());
        fields
            .map(|(label, cell)| format!("{label}{after}{cell}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    report[1..]
        .iter()
        .map(card)
        .collect::<Vec<_>>()
        .join(between)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn table(report: Report<'_>) -> String {
    let cell = |cell: &&str| format!("<td>{}</td>", escaped(cell));
    let row = |row: &&[&str]| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
    format!(
        "<table>{}</table>",
        report.iter().map(row).collect::<String>()
    )
}

fn page(body: &str) -> String {
    format!("<html><head><title>Rapport</title></head><body>{body}</body></html>")
}

fn objects(report: Report<'_>) -> Vec<String> {
    let object = |row: &&[&str]| {
        let fields = report[0]
            .iter()
            .zip(*row)
            .map(|(label, cell)| format!("{label:?}:{cell:?}"));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    };
    report[1..].iter().map(object).collect()
}

/// A single row may be the text of a bounce: then of what the page shows, and not of its tags.
#[test]
fn a_page_with_a_single_row_names_its_recipient() {
    let page = "<table><tr><th>E-mail</th><th>Status</th><th>Omschrijving</th></tr>\
        <tr><td><a href='mailto:an@example.be'>an@example.be</a></td><td>FAILED</td><td>Mailbox full</td></tr></table>";
    let found = analyse("page.html", page.as_bytes(), &options());
    let [recipient] = &found[0].recipients[..] else {
        panic!("not one recipient: {found:#?}")
    };
    assert_eq!(recipient.address, "an@example.be");
    assert_eq!(recipient.cause, Cause::MailboxFull);
    assert!(!recipient.attempts[0].text.contains('<'), "{recipient:#?}");
}
