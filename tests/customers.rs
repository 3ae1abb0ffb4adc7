//! A list of customers may have every format of a report.

use crate::support::options;
use bezorgd::customers;
use bezorgd::model::ProblemCode;
use std::fs;
use std::path::Path;

const LIST: &str = "Leners\n\nLenernummer;Naam;E-mail;Bounces\n12345678;Claes, An;an@example.be;2\n\
                    23456789;Maes, Bo;;\n";

#[test]
fn every_format_gives_the_same_customers() {
    let (expected, problems) = customers("leners.csv", LIST.as_bytes(), &options());
    assert_eq!((expected.len(), expected[0].bounces), (2, Some(2)));
    assert_eq!(problems, []);
    let pasted = LIST.replace(';', "\t");
    let rows = LIST.lines().map(|row| row.replace(';', "</td><td>"));
    let rows = rows.map(|row| format!("<tr><td>{row}</td></tr>"));
    let page = format!("<table>{}</table>", rows.collect::<String>());
    let windows = LIST.replace('\n', "\r\n");
    for form in [pasted, page, windows, format!("\u{feff}{LIST}")] {
        let (read, problems) = customers("leners", form.as_bytes(), &options());
        assert_eq!(read, expected, "{form}");
        assert_eq!(problems, []);
    }
}

#[test]
fn each_sheet_of_a_workbook_is_a_separate_list() {
    let (read, problems) = customers("leners.xlsx", &sheets(), &options());
    let numbers: Vec<_> = read
        .iter()
        .map(|customer| (customer.number.as_deref(), customer.addresses.len()))
        .collect();
    assert_eq!(
        numbers,
        [
            (Some("12345678"), 2),
            (Some("23456789"), 0),
            (Some("34567890"), 1)
        ]
    );
    assert_eq!(read[0].name.as_deref(), Some("Peeters, Marc"));
    assert_eq!(read[0].bounces, Some(3));
    assert_eq!(problems, []);
}

/// A workbook in XML (SpreadsheetML 2003) with these sheets.
pub fn xml_workbook(sheets: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">{sheets}</Workbook>"
    )
}

#[test]
fn a_workbook_that_names_nobody_says_so() {
    let row = "<Row><Cell><Data>Titel</Data></Cell></Row>";
    for (sheets, expected) in [
        (
            "<Worksheet><Table/></Worksheet>".to_owned(),
            vec![ProblemCode::Empty],
        ),
        (
            format!("<Worksheet><Table>{row}</Table></Worksheet>"),
            vec![ProblemCode::NoCustomer],
        ),
        (
            // A sheet that does not end.
            format!("<Worksheet><Table>{row}<Worksheet><Table/></Worksheet></Table></Worksheet>"),
            vec![ProblemCode::NoCustomer, ProblemCode::DamagedWorkbook],
        ),
    ] {
        let text = xml_workbook(&sheets);
        let (read, problems) = customers("leners.xml", text.as_bytes(), &options());
        assert_eq!(read, []);
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, expected, "{text}");
    }
}

#[test]
fn a_sheet_that_breaks_off_is_reported_beside_what_was_read() {
    let cell = |text: &str| format!("<Cell><Data>{text}</Data></Cell>");
    let rows = LIST.lines().map(|row| row.split(';').map(cell).collect());
    let rows = rows.map(|cells: String| format!("<Row>{cells}</Row>"));
    let whole = format!(
        "<?xml version=\"1.0\"?><Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Blad\"><Table>{}",
        rows.collect::<String>()
    );
    let (read, problems) = customers("leners.xml", whole.as_bytes(), &options());
    assert_eq!(read.len(), 2);
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [ProblemCode::DamagedWorkbook]);
}

#[test]
fn a_file_that_is_no_list_says_so() {
    let code = |bytes: &[u8]| {
        let (read, problems) = customers("iets", bytes, &options());
        assert_eq!(read, []);
        problems[0].code
    };
    assert_eq!(code(b""), ProblemCode::Empty);
    assert_eq!(code(b"\x89PNG\r\n\x1a\n"), ProblemCode::UnknownFormat);
    assert_eq!(code(b"\0\0\0\0"), ProblemCode::NoCustomer);
    assert_eq!(code(b"PK\x03\x04"), ProblemCode::DamagedArchive);
}

#[test]
fn a_list_that_is_cut_off_gets_an_answer() {
    for list in [LIST.as_bytes(), &sheets()] {
        for length in 0..list.len() {
            let (read, problems) = customers("leners", &list[..length], &options());
            assert!(!read.is_empty() || !problems.is_empty(), "cut at {length}");
        }
    }
}

fn sheets() -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/customers/sheets.xlsx");
    fs::read(file).expect("a readable file")
}
