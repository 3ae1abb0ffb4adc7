//! Writes a workbook of one sheet as Excel does (Office Open XML, ECMA-376 part 1, 18.3): bold titles
//! that do not scroll, with a filter, and dates that are dates.
//!
//! Written here, with `zip` alone: `rust_xlsxwriter` keeps every cell in memory unless it has a temporary
//! file, which a browser does not offer, while this writes a million rows piece by piece. The parts that
//! are the same in every workbook are in `package/`.

use crate::formats::spreadsheet::{CELL_END, Holds, ROW_END, Sheet, starts_formula};
use crate::model::NoWorkbook;
use crate::model::civil;
use std::fmt::{self, Write as _};
use std::io::{self, BufWriter, Write};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

/// How many UTF-16 units Excel allows in a cell; longer text is cut off.
const MOST_IN_CELL: usize = 32_767;

/// How many bytes to compress and to pass at a time.
const PIECE: usize = 256 << 10;

/// The fastest compression; the usual 6 makes the file of a million rows a third smaller.
const LEVEL: i64 = 1;

/// The parts that are independent of the sheet, in the order in which Excel reads them.
const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        include_str!("package/content_types.xml"),
    ),
    ("_rels/.rels", include_str!("package/package.rels")),
    (
        "xl/_rels/workbook.xml.rels",
        include_str!("package/workbook.rels"),
    ),
    ("xl/styles.xml", include_str!("package/styles.xml")),
];

/// The style of a cell: its place among the formats in `package/styles.xml`.
#[derive(Clone, Copy)]
enum Style {
    Plain,
    Title,
    Date,
    /// Text that Excel would read as a formula as soon as someone edits it, without this mark.
    Quoted,
}

/// Writes a workbook of Office Open XML (ECMA-376): a [`WorkbookWriter`](crate::WorkbookWriter).
///
/// # Errors
/// If it becomes larger than such a file can be.
pub fn write(
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
    take: &mut dyn FnMut(Vec<u8>),
) -> Result<(), NoWorkbook> {
    let file = BufWriter::with_capacity(PIECE, Pieces { take });
    package(file, sheet, rows).map_err(|_| NoWorkbook::NoWriter)
}

fn package(
    file: impl Write,
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(file);
    let options = SimpleFileOptions::default().compression_level(Some(LEVEL));
    for (name, xml) in PARTS {
        zip.start_file(name, options)?;
        zip.write_all(xml.as_bytes())?;
    }
    zip.start_file("xl/workbook.xml", options)?;
    zip.write_all(workbook(sheet).as_bytes())?;
    zip.start_file("xl/worksheets/sheet1.xml", options)?;
    worksheet(&mut zip, sheet, rows)?;
    zip.finish()?.flush()
}

/// Passes written bytes to `take`.
struct Pieces<'t> {
    take: &'t mut dyn FnMut(Vec<u8>),
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.take)(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The list of sheets, and the defined name of the filtered range (18.2.5).
fn workbook(sheet: &Sheet) -> String {
    let name = XmlText(&sheet.name);
    let quoted = sheet.name.replace('\'', "''");
    let (quoted, last) = (XmlText(&quoted), Letters(sheet.columns.len()));
    let rows = sheet.rows + 1;
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><bookViews><workbookView/></bookViews><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'{quoted}'!$A$1:${last}${rows}</definedName></definedNames></workbook>"#
    )
}

fn worksheet<W: Write>(
    zip: &mut ZipWriter<StreamWriter<W>>,
    sheet: &Sheet,
    rows: &mut dyn FnMut() -> Option<Vec<u8>>,
) -> io::Result<()> {
    let mut xml = Xml(format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="{MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#
    ));
    for (column, number) in sheet.columns.iter().zip(1..) {
        let width = column.width;
        xml.push(format_args!(
            r#"<col min="{number}" max="{number}" width="{width}" customWidth="1"/>"#
        ));
    }
    xml.push(format_args!(r#"</cols><sheetData><row r="1">"#));
    for (column, number) in sheet.columns.iter().zip(1..) {
        xml.text(number, 1, Style::Title, &column.title);
    }
    xml.push(format_args!("</row>"));
    let mut row = 1;
    while let Some(lines) = rows() {
        let lines = String::from_utf8_lossy(&lines);
        for line in lines.split_terminator(ROW_END) {
            row += 1;
            xml.row(row, line, sheet);
            if xml.0.len() >= PIECE {
                zip.write_all(xml.0.as_bytes())?;
                xml.0.clear();
            }
        }
    }
    let (last, rows) = (Letters(sheet.columns.len()), sheet.rows + 1);
    xml.push(format_args!(
        r#"</sheetData><autoFilter ref="A1:{last}{rows}"/></worksheet>"#
    ));
    zip.write_all(xml.0.as_bytes())
}

/// The XML of the sheet that is not written yet.
struct Xml(String);

impl Xml {
    fn push(&mut self, xml: fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.0.write_fmt(xml);
    }

    fn row(&mut self, row: u32, line: &str, sheet: &Sheet) {
        self.push(format_args!(r#"<row r="{row}">"#));
        let cells = line.split(CELL_END).zip(&sheet.columns).zip(1..);
        for ((cell, column), number) in cells.filter(|((cell, _), _)| !cell.is_empty()) {
            let (value, style) = match column.holds {
                Holds::Text => (None, Style::Plain),
                Holds::Numbers => (cell.parse::<u32>().ok().map(f64::from), Style::Plain),
                Holds::Dates => (days(cell), Style::Date),
            };
            if let Some(value) = value {
                let (letters, style) = (Letters(number), style as u8);
                self.push(format_args!(
                    r#"<c r="{letters}{row}" s="{style}"><v>{value}</v></c>"#
                ));
            } else if starts_formula(cell) {
                self.text(number, row, Style::Quoted, cell);
            } else {
                self.text(number, row, Style::Plain, cell);
            }
        }
        self.push(format_args!("</row>"));
    }

    fn text(&mut self, column: usize, row: u32, style: Style, text: &str) {
        let (letters, style, text) = (Letters(column), style as u8, XmlText(text));
        self.push(format_args!(
            r#"<c r="{letters}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#
        ));
    }
}

/// A date as Excel stores it: days since 30 December 1899. `None` before 1 March 1900, because Excel has a
/// 29 February 1900 that did not exist.
fn days(text: &str) -> Option<f64> {
    let (date, time) = text.split_once(' ')?;
    let mut parts = date.split('/').chain(time.split(':')).map(str::parse);
    let mut next = || parts.next()?.ok();
    let (day, month, year, hour, minute) = (next()?, next()?, next()?, next()?, next()?);
    let moment = civil(year, month, day, hour, minute, 0)?;
    let since = moment - civil(1899, 12, 30, 0, 0, 0)?;
    (since.whole_days() > 60).then(|| since.whole_minutes() as f64 / 1440.0)
}

/// The letters of a column, from 1: A to Z, AA and on.
struct Letters(usize);

impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(number) = self.0.checked_sub(1) else {
            return Ok(());
        };
        Letters(number / 26).fmt(f)?;
        f.write_char(char::from(b'A' + (number % 26) as u8))
    }
}

/// Text in XML, cut to the limit of a cell and without the characters that XML excludes (XML 1.0, 2.2).
struct XmlText<'a>(&'a str);

impl fmt::Display for XmlText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut units = 0;
        for (at, character) in self.0.char_indices() {
            units += character.len_utf16();
            if units > MOST_IN_CELL {
                break;
            }
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '_' if is_escape(&self.0.as_bytes()[at..]) => f.write_str("_x005F_")?,
                '\r' if self.0[at..].starts_with("\r\n") => {}
                '\r' => f.write_char('\n')?,
                '\t' | '\n' => f.write_char(character)?,
                '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => {}
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
}

/// Whether Excel would read the start of the text as an escaped character, as in `_x0041_` (ECMA-376
/// 22.9.2.19).
fn is_escape(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', a, b, c, d, b'_', ..]
        if [a, b, c, d].into_iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::part::ContainerPart;
    use crate::formats::spreadsheet::{SheetColumn, lines};
    use crate::formats::unpack::unpack;
    use std::borrow::Cow;

    fn sheet(rows: u32, columns: &[(&str, Holds)]) -> Sheet {
        let columns = columns.iter().map(|&(title, holds)| SheetColumn {
            title: title.to_owned(),
            width: 20,
            holds,
        });
        Sheet {
            name: "Wie's < \"wat\"".to_owned(),
            rows,
            columns: columns.collect(),
        }
    }

    /// The workbook of these rows, passed one by one.
    fn written(columns: &[(&str, Holds)], rows: &[&[&str]]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut rest = rows.iter();
        let mut next = || {
            let row = rest.next()?.iter().map(|&cell| Cow::Borrowed(cell));
            Some(lines(std::iter::once(row)))
        };
        let sheet = sheet(rows.len() as u32, columns);
        write(&sheet, &mut next, &mut |piece| file.extend(piece)).expect("a workbook");
        file
    }

    /// The name of the only sheet and its lines, by our own reader.
    fn read(file: &[u8]) -> (String, Vec<String>) {
        let (mut names, mut lines) = (Vec::new(), Vec::new());
        unpack(file, false, &mut |part| match part {
            ContainerPart::Sheet { name, .. } => names.push(name.into_owned()),
            ContainerPart::Slice(slice) => lines.extend_from_slice(&slice),
            ContainerPart::End(problem) => assert_eq!(problem, None),
            ContainerPart::File { name: path } | ContainerPart::Stream { path, .. } => {
                panic!("{path} is no sheet")
            }
        })
        .expect("a workbook that can be read");
        let lines = String::from_utf8(lines).expect("a text");
        assert_eq!(names.len(), 1);
        (names.remove(0), lines.lines().map(str::to_owned).collect())
    }

    fn part(file: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(io::Cursor::new(file)).expect("an archive");
        io::read_to_string(zip.by_name(name).expect("a part")).expect("a text")
    }

    #[test]
    fn our_own_reader_reads_it_back() {
        let columns = [
            ("E-mailadres", Holds::Text),
            ("Laatste poging", Holds::Dates),
            ("Regel", Holds::Numbers),
        ];
        let file = written(
            &columns,
            &[
                &["an@example.be", "12/03/2026 08:00", "2"],
                &["é ’ 🙂 <b> & \"c\" _x0041_", "", "007"],
                &["", "01/03/1900 00:01", ""],
            ],
        );
        let (name, rows) = read(&file);
        assert_eq!(name, "Wie's < \"wat\"");
        assert_eq!(
            rows,
            [
                "E-mailadres\tLaatste poging\tRegel",
                "an@example.be\t2026-03-12T08:00:00\t2",
                "é ’ 🙂 <b> & \"c\" _x0041_\t\t7",
                "\t1900-03-01T00:01:00",
            ]
        );
    }

    #[test]
    fn every_minute_of_a_day_is_itself() {
        let minutes = (0..24 * 60).map(|minute| (minute / 60, minute % 60));
        let (given, expected): (Vec<String>, Vec<String>) = minutes
            .map(|(hour, minute)| {
                let given = format!("12/03/2026 {hour:02}:{minute:02}");
                (given, format!("2026-03-12T{hour:02}:{minute:02}:00"))
            })
            .unzip();
        let given: Vec<[&str; 1]> = given.iter().map(|text| [text.as_str()]).collect();
        let rows: Vec<&[&str]> = given.iter().map(|row| &row[..]).collect();
        assert_eq!(
            read(&written(&[("Tijd", Holds::Dates)], &rows)).1[1..],
            expected
        );
    }

    #[test]
    fn cells_that_are_no_date_or_number_are_text() {
        let columns = [("Datum", Holds::Dates), ("Regel", Holds::Numbers)];
        for cells in [
            ["gisteren", "twee"],
            ["31/02/2026 08:00", "-1"],
            // Excel's own calendar is wrong before March 1900.
            ["28/02/1900 08:00", "1,5"],
            ["12/03/2026", "99999999999"],
        ] {
            let rows = read(&written(&columns, &[&cells])).1;
            assert_eq!(rows[1], cells.join("\t"));
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        let cells = [
            "=1+1",
            "+32",
            "-1",
            "@SUM(A1)",
            "=cmd|'/C calc'!A0",
            " =1",
            "＝1",
            "\u{3000}＠SUM(A1)",
        ];
        let rows: Vec<&[&str]> = cells.iter().map(std::slice::from_ref).collect();
        let file = written(&[("Melding", Holds::Text)], &rows);
        assert_eq!(read(&file).1[1..], cells.map(str::trim));
        let xml = part(&file, "xl/worksheets/sheet1.xml");
        assert!(!xml.contains("<f>"));
        let quoted = format!("s=\"{}\" t=\"inlineStr\"", Style::Quoted as u8);
        assert_eq!(xml.matches(&quoted).count(), cells.len());
    }

    #[test]
    fn the_titles_do_not_scroll_and_filter_all_rows() {
        let columns = [("E-mailadres", Holds::Text), ("Naam", Holds::Text)];
        let file = written(&columns, &[&["an@example.be", "An"], &["bo@example.be"]]);
        let xml = part(&file, "xl/worksheets/sheet1.xml");
        assert!(xml.contains(r#"<pane ySplit="1""#) && xml.contains(r#"state="frozen""#));
        assert!(xml.ends_with(r#"<autoFilter ref="A1:B3"/></worksheet>"#));
        let book = part(&file, "xl/workbook.xml");
        assert!(book.contains(">'Wie''s &lt; &quot;wat&quot;'!$A$1:$B$3<"));
    }

    #[test]
    fn a_cell_is_cut_to_excels_limit_and_has_only_characters_of_xml() {
        let text = |text| XmlText(text).to_string();
        assert_eq!(text("a\0\u{8}\u{FFFF}b\r\nc\rd\te"), "ab\nc\nd\te");
        assert_eq!(text("_x0041_x_x00_"), "_x005F_x0041_x_x00_");
        let long = "é".repeat(MOST_IN_CELL + 1);
        assert_eq!(text(&long).chars().count(), MOST_IN_CELL);
        // Two units of one character are not separated.
        let long = "🙂".repeat(MOST_IN_CELL);
        assert_eq!(text(&long).chars().count(), MOST_IN_CELL / 2);
    }

    #[test]
    fn columns_have_letters() {
        let letters = [1, 26, 27, 702, 703].map(|number| Letters(number).to_string());
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
