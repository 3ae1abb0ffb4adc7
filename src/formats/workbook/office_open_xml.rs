//! Reads Excel's workbooks in Office Open XML (ECMA-376, part 1, section 18).
//!
//! Read here, from the XML, because `calamine` keeps every style that a workbook holds, reserves memory for
//! as many strings as it claims to hold, and panics on references to cells that no sheet has.

use super::excel_binary;
use super::number_format::NumberFormat;
use super::parts::Parts;
use super::sheet::{MOST_BYTES as MOST_TEXT, MOST_CELLS, MOST_ROWS, Sheets};
use super::xml::{MOST_IN_EVENT, Xml, attributes, push_entity};
use crate::formats::archive::Archive;
use crate::formats::part::ContainerPart;
use crate::model::{Format, ProblemCode};
use calamine::{Data, ExcelDateTime, ExcelDateTimeType};
use quick_xml::events::Event;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;

/// Where most programs put the workbook.
const USUAL: &str = "xl/workbook.xml";

/// The maximum number of relations and of sheets to read.
const MOST_LISTED: usize = 10_000;

/// The maximum number of formats of cells to read; Excel allows 65,490.
const MOST_FORMATS: usize = 1 << 20;

/// The number of columns of the largest possible sheet.
const MOST_COLUMNS: u32 = 1 << 14;

/// The path of the workbook in an archive; `None` if it contains none.
pub fn find(archive: &mut Archive<'_>) -> Option<String> {
    let mut parts = Parts::of(archive);
    let relations = Relation::all(&mut parts, "", "_rels/.rels").unwrap_or_default();
    let path = target(&relations, "officeDocument").unwrap_or(USUAL);
    let is_workbook = path.starts_with("xl/") && path.ends_with(".xml");
    (is_workbook && parts.contains(path)).then(|| path.to_owned())
}

/// Reads the workbook at a path in an archive, sheet by sheet and cell by cell.
///
/// # Errors
/// If something of the workbook is locked, damaged or too large; sheets passed before remain valid.
pub fn read(
    archive: &mut Archive<'_>,
    path: &str,
    take: &mut dyn FnMut(ContainerPart<'_>),
) -> Result<(), ProblemCode> {
    let mut parts = Parts::of(archive);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let relations = Relation::all(&mut parts, folder, &format!("{folder}/_rels/{name}.rels"))?;
    let usual = |name: &str| format!("{folder}/{name}.xml");
    let part = |kind: &str, name: &str| {
        target(&relations, kind).map_or_else(|| usual(name), str::to_owned)
    };
    let listed = match parts.open(path)? {
        Some(xml) => list(Xml::expanded(xml))?,
        None => return Err(ProblemCode::DamagedWorkbook),
    };
    let formats = match parts.open(&part("styles", "styles"))? {
        Some(xml) => formats(Xml::expanded(xml))?,
        None => Vec::new(),
    };
    let texts = match parts.open(&part("sharedStrings", "sharedStrings"))? {
        Some(xml) => Texts::read(Xml::expanded(xml))?,
        None => Texts::default(),
    };
    let values = Values {
        texts,
        formats,
        is_1904: listed.is_1904,
    };
    // What could not be read of the sheets, beside the problems that they have themselves.
    let mut lost = listed.lost;
    let mut found = Vec::new();
    for (name, id) in &listed.sheets {
        match relations.iter().find(|relation| relation.id == *id) {
            Some(sheet) if sheet.kind == "worksheet" => {
                parts.measure(&sheet.target)?;
                found.push((name, &sheet.target));
            }
            // A sheet of diagrams or macros.
            Some(_) => {}
            None => lost = Some(ProblemCode::DamagedWorkbook),
        }
    }
    let mut sheets = Sheets::new(Format::Xlsx, parts.size(), take);
    for (name, path) in found {
        sheets.begin(name);
        let read = sheet(&mut parts, path, &values, &mut sheets);
        if let Err(code) = sheets.end(read) {
            lost = lost.or(Some(code));
        }
    }
    lost.map_or_else(|| sheets.finish(), Err)
}

fn sheet(
    parts: &mut Parts<'_, '_>,
    path: &str,
    values: &Values,
    sheets: &mut Sheets<'_>,
) -> Result<(), ProblemCode> {
    let mut merged = Ok(());
    if parts.may_merge(path)
        && let Some(xml) = parts.open(path)?
    {
        // They come after the cells, and must be known before.
        merged = merge(Xml::expanded(xml), sheets);
    }
    let xml = parts.open(path)?.ok_or(ProblemCode::DamagedWorkbook)?;
    cells(Xml::expanded(xml), values, sheets).and(merged)
}

/// A part that another one refers to (ECMA-376, part 2, section 8.5).
struct Relation {
    id: String,
    /// The last word of its type, such as `worksheet`.
    kind: String,
    /// The path of the part in the archive.
    target: String,
}

impl Relation {
    /// The relations in the part at `path`, of a part in `folder`.
    fn all(parts: &mut Parts<'_, '_>, folder: &str, path: &str) -> Result<Vec<Self>, ProblemCode> {
        let xml = parts.open(path)?.ok_or(ProblemCode::DamagedWorkbook)?;
        let (mut xml, mut buffer) = (Xml::expanded(xml), Vec::new());
        let mut relations = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) if tag.local_name().into_inner() == "Relationship" => {
                    if relations.len() == MOST_LISTED {
                        return Err(ProblemCode::TooLarge);
                    }
                    let [id, kind, target] =
                        attributes(&tag, ["Id", "Type", "Target"]).map(Option::unwrap_or_default);
                    relations.push(Self {
                        id: id.into_owned(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        target: resolve(folder, &target),
                    });
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

/// The path of the first part of a kind.
fn target<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    let mut of_kind = relations.iter().filter(|relation| relation.kind == kind);
    of_kind.next().map(|relation| &*relation.target)
}

/// The path in the archive of a target that is relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let base = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for part in base.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path.join("/")
}

/// What a workbook says of its sheets (18.2).
#[derive(Default)]
struct Listed {
    /// The name of each, and the id of its relation.
    sheets: Vec<(String, String)>,
    /// Whether days are counted from 1904.
    is_1904: bool,
    /// Why not all sheets are listed.
    lost: Option<ProblemCode>,
}

fn list<B: BufRead>(mut xml: Xml<B>) -> Result<Listed, ProblemCode> {
    let (mut listed, mut buffer) = (Listed::default(), Vec::new());
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "sheet" if listed.sheets.len() == MOST_LISTED => {
                    listed.lost = Some(ProblemCode::TooLarge);
                }
                "sheet" => {
                    let [name, id] =
                        attributes(&tag, ["name", "id"]).map(Option::unwrap_or_default);
                    listed.sheets.push((name.into_owned(), id.into_owned()));
                }
                "workbookPr" => {
                    if let [Some(set)] = attributes(&tag, ["date1904"]) {
                        listed.is_1904 = is_true(&set);
                    }
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().into_inner() == "workbook" => return Ok(listed),
            Event::Eof => return Err(ProblemCode::DamagedWorkbook),
            _ => {}
        }
    }
}

/// What the numbers in cells mean, by the number of their style (18.8).
fn formats<B: BufRead>(mut xml: Xml<B>) -> Result<Vec<NumberFormat>, ProblemCode> {
    let mut buffer = Vec::new();
    let mut codes = HashMap::new();
    let mut formats = Vec::new();
    // Elements of the same names are in other lists too.
    let (mut are_codes, mut are_cells) = (false, false);
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "numFmts" => are_codes = true,
                "cellXfs" => are_cells = true,
                "numFmt" if are_codes => {
                    if codes.len() == MOST_FORMATS {
                        return Err(ProblemCode::TooLarge);
                    }
                    if let [Some(id), Some(code)] = attributes(&tag, ["numFmtId", "formatCode"])
                        && let Ok(id) = id.parse::<u32>()
                    {
                        codes.insert(id, NumberFormat::of_code(&code));
                    }
                }
                "xf" if are_cells => {
                    if formats.len() == MOST_FORMATS {
                        return Err(ProblemCode::TooLarge);
                    }
                    let [id] = attributes(&tag, ["numFmtId"]);
                    let id = id.and_then(|id| id.parse().ok()).unwrap_or(0);
                    let own = codes.get(&id).copied();
                    formats.push(own.unwrap_or_else(|| NumberFormat::built_in(id)));
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().into_inner() {
                "numFmts" => are_codes = false,
                "cellXfs" => are_cells = false,
                "styleSheet" => return Ok(formats),
                _ => {}
            },
            Event::Eof => return Err(ProblemCode::DamagedWorkbook),
            _ => {}
        }
    }
}

/// The texts that cells share, one after another (18.4).
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    fn read<B: BufRead>(mut xml: Xml<B>) -> Result<Self, ProblemCode> {
        let (mut texts, mut buffer) = (Self::default(), Vec::new());
        let mut text = String::new();
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) if tag.local_name().into_inner() == "si" => {
                    read_text(&mut xml, "si", false, &mut text)?;
                    texts.all.push_str(&unescaped(&text));
                    let is_full = texts.all.len() as u64 > MOST_TEXT;
                    if is_full || texts.ends.len() as u64 == MOST_CELLS {
                        return Err(ProblemCode::TooLarge);
                    }
                    texts.ends.push(texts.all.len() as u32);
                }
                Event::End(tag) if tag.local_name().into_inner() == "sst" => return Ok(texts),
                Event::Eof => return Err(ProblemCode::DamagedWorkbook),
                _ => {}
            }
        }
    }

    fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = number
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize);
        self.all.get(start..end)
    }
}

/// Reads the text up to the end of an element: of a value if `of_values`, and of all pieces of a text, except
/// how it is pronounced.
fn read_text<B: BufRead>(
    xml: &mut Xml<B>,
    end: &str,
    of_values: bool,
    text: &mut String,
) -> Result<(), ProblemCode> {
    let mut buffer = Vec::new();
    let (mut is_text, mut is_sound) = (false, false);
    text.clear();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "t" => is_text = !is_sound,
                "v" => is_text = of_values,
                "rPh" => is_sound = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().into_inner() {
                "t" | "v" => is_text = false,
                "rPh" => is_sound = false,
                name if name == end => return Ok(()),
                _ => {}
            },
            Event::Text(words) if is_text => text.push_str(&words.xml10_content()),
            Event::CData(words) if is_text => text.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) if is_text => push_entity(text, &entity),
            Event::Eof => return Err(ProblemCode::DamagedWorkbook),
            _ => {}
        }
        if text.len() > MOST_IN_EVENT {
            return Err(ProblemCode::TooLarge);
        }
    }
}

/// A text with its escaped characters, such as `_x000D_` (22.9.2.19).
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    // They are units of UTF-16, perhaps two for one character.
    let mut units = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let escaped = rest.strip_prefix("_x").and_then(|rest| {
            let digits = rest.get(..4).filter(|_| rest[4..].starts_with('_'))?;
            let are_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            u16::from_str_radix(digits, 16)
                .ok()
                .filter(|_| are_hexadecimal)
        });
        if let Some(unit) = escaped {
            units.push(unit);
            rest = &rest["_x0000_".len()..];
        } else {
            units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
            rest = &rest[character.len_utf8()..];
        }
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// What the values in cells refer to.
struct Values {
    texts: Texts,
    formats: Vec<NumberFormat>,
    is_1904: bool,
}

impl Values {
    /// The text of a cell of this type and style (18.3.1.4), as a person would read it; `None` if it refers to a
    /// text that is not there.
    fn shown<'v>(
        &'v self,
        value: &'v str,
        kind: &str,
        style: Option<usize>,
    ) -> Option<Cow<'v, str>> {
        match kind {
            "s" if value.trim().is_empty() => Some(Cow::Borrowed("")),
            "s" => self
                .texts
                .get(value.trim().parse().ok()?)
                .map(Cow::Borrowed),
            "str" | "inlineStr" => Some(unescaped(value)),
            "b" if value.trim().is_empty() => Some(Cow::Borrowed("")),
            "b" => Some(Cow::Borrowed(if is_true(value.trim()) {
                "TRUE"
            } else {
                "FALSE"
            })),
            "" | "n" => Some(self.number(value, style)),
            // A date in ISO 8601, or an error.
            _ => Some(Cow::Borrowed(value)),
        }
    }

    fn number<'v>(&self, text: &'v str, style: Option<usize>) -> Cow<'v, str> {
        let value = text
            .trim()
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite());
        let Some(value) = value else {
            return Cow::Borrowed(text);
        };
        let format = style.and_then(|style| self.formats.get(style));
        let kind = match format {
            Some(NumberFormat::Moment) => ExcelDateTimeType::DateTime,
            Some(NumberFormat::Duration) => ExcelDateTimeType::TimeDelta,
            Some(NumberFormat::Number) | None => return Cow::Owned(value.to_string()),
        };
        let moment = Data::DateTime(ExcelDateTime::new(value, kind, self.is_1904));
        Cow::Owned(excel_binary::text(&moment).into_owned())
    }
}

fn is_true(value: &str) -> bool {
    value == "1" || value.eq_ignore_ascii_case("true")
}

/// Announces the merged cells of a sheet (18.3.1.55).
fn merge<B: BufRead>(mut xml: Xml<B>, sheets: &mut Sheets<'_>) -> Result<(), ProblemCode> {
    let mut buffer = Vec::new();
    let mut read = Ok(());
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) if tag.local_name().into_inner() == "mergeCell" => {
                let [range] = attributes(&tag, ["ref"]).map(Option::unwrap_or_default);
                let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                match (place(first), place(last)) {
                    (Some((row, column)), Some((last, _))) => sheets.merge(row, column, last),
                    _ => read = Err(ProblemCode::DamagedWorkbook),
                }
            }
            Event::Eof => return read,
            _ => {}
        }
    }
}

/// Reads the cells of a sheet (18.3.1.80). Cells where no sheet has one are skipped.
fn cells<B: BufRead>(
    mut xml: Xml<B>,
    values: &Values,
    sheets: &mut Sheets<'_>,
) -> Result<(), ProblemCode> {
    let (mut buffer, mut text) = (Vec::new(), String::new());
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut read = Ok(());
    let damaged = Err(ProblemCode::DamagedWorkbook);
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "row" => {
                    if let [Some(number)] = attributes(&tag, ["r"]) {
                        match number.parse() {
                            Ok(number @ 1..=MOST_ROWS) => row = number - 1,
                            _ => read = damaged,
                        }
                    }
                    column = 0;
                }
                "c" => {
                    let [reference, style, kind] = attributes(&tag, ["r", "s", "t"]);
                    let own = reference.map(|reference| place(&reference));
                    let place = own.unwrap_or(Some((row, column)));
                    let kind = kind.unwrap_or_default();
                    read_text(&mut xml, "c", kind != "inlineStr", &mut text)?;
                    column = place.map_or(column, |(_, column)| column).saturating_add(1);
                    let style = style.and_then(|style| style.parse().ok());
                    let added = match (place, values.shown(&text, &kind, style)) {
                        (Some((row, column)), Some(text)) => sheets.cell(row, column, &text),
                        _ => damaged,
                    };
                    match added {
                        Err(ProblemCode::DamagedWorkbook) => read = damaged,
                        added => added?,
                    }
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().into_inner() {
                "row" => (row, column) = (row.saturating_add(1), 0),
                "sheetData" => return read,
                _ => {}
            },
            Event::Eof => return damaged,
            _ => {}
        }
    }
}

/// The row and column of a reference such as `B12`, from 0; `None` if no sheet has such a cell.
fn place(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|character: char| character.is_ascii_digit())?;
    let (letters, digits) = reference.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        let number = letter
            .is_ascii_uppercase()
            .then(|| u32::from(letter - b'A') + 1)?;
        Some(column * 26 + number).filter(|column| *column <= MOST_COLUMNS)
    })?;
    let row = digits
        .parse()
        .ok()
        .filter(|row| (1..=MOST_ROWS).contains(row))?;
    Some((row - 1, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_places_on_a_sheet() {
        for (reference, expected) in [
            ("A1", Some((0, 0))),
            ("b12", Some((11, 1))),
            ("XFD1048576", Some((MOST_ROWS - 1, MOST_COLUMNS - 1))),
            ("XFE1", None),
            ("A1048577", None),
            ("A4294967298", None),
            ("AAAAAAAAAAAAAA2", None),
            ("A0", None),
            ("A", None),
            ("1", None),
            ("", None),
            ("A1B", None),
            ("é1", None),
        ] {
            assert_eq!(place(reference), expected, "{reference}");
        }
    }

    #[test]
    fn escaped_characters_are_units_of_utf_16() {
        for (text, expected) in [
            ("a_x000D__x000a_b", "a\r\nb"),
            ("_xD83D__xDE42_", "🙂"),
            ("_x005F_x0041_", "_x0041_"),
            ("_x00_ _x00é0_ _x0041", "_x00_ _x00é0_ _x0041"),
        ] {
            assert_eq!(unescaped(text), expected);
        }
    }

    #[test]
    fn targets_are_paths_in_the_archive() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/a.xml", "xl/a.xml"),
            ("xl", "../../b.xml", "b.xml"),
            ("", "./xl/c.xml", "xl/c.xml"),
        ] {
            assert_eq!(resolve(folder, target), path);
        }
    }

    #[test]
    fn a_cell_shows_its_value() {
        let strings = b"<sst uniqueCount='99999999999'><si><t>a&amp;b</t></si><si><r><t>c </t></r>\
            <rPh><t>x</t></rPh><r><t>d</t></r></si><si/></sst>";
        let styles = b"<styleSheet><dxfs><dxf><numFmt numFmtId='164' formatCode='0'/></dxf></dxfs>\
            <numFmts><numFmt numFmtId='164' formatCode='[h]:mm'/></numFmts><cellStyleXfs><xf numFmtId='14'/>\
            </cellStyleXfs><cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='164'/></cellXfs></styleSheet>";
        let values = Values {
            texts: Texts::read(Xml::expanded(&strings[..])).expect("texts"),
            formats: formats(Xml::expanded(&styles[..])).expect("formats"),
            is_1904: false,
        };
        for (value, kind, style, shown) in [
            ("0", "s", None, Some("a&b")),
            (" 1 ", "s", None, Some("c d")),
            ("2", "s", None, Some("")),
            ("", "s", None, Some("")),
            ("3", "s", None, None),
            ("x", "s", None, None),
            ("3.50", "", None, Some("3.5")),
            ("46093", "n", Some(0), Some("46093")),
            ("46093", "", Some(1), Some("2026-03-12T00:00:00")),
            ("1.5", "", Some(2), Some("36:00:00")),
            ("1e300", "", Some(1), Some(&*1e300_f64.to_string())),
            ("46093", "", Some(9), Some("46093")),
            ("an@example.be", "", None, Some("an@example.be")),
            ("NaN", "", None, Some("NaN")),
            ("1", "b", None, Some("TRUE")),
            ("0", "b", None, Some("FALSE")),
            ("#N/A", "e", None, Some("#N/A")),
            ("a_x000D_", "str", None, Some("a\r")),
            ("2026-03-12", "d", None, Some("2026-03-12")),
        ] {
            assert_eq!(
                values.shown(value, kind, style).as_deref(),
                shown,
                "{value} {kind}"
            );
        }
    }

    #[test]
    fn cells_where_no_sheet_has_one_are_skipped_with_a_problem() {
        let cell = |reference: &str| format!("<c r='{reference}' t='str'><v>{reference}</v></c>");
        let rows = |references: &[&str]| {
            let cells: String = references.iter().map(|reference| cell(reference)).collect();
            format!(
                "<worksheet><dimension ref='A0:A0'/><sheetData><row r='1'>{cells}</row><row><c t='str'>\
                 <v>last</v></c></row></sheetData></worksheet>"
            )
        };
        let damaged = Some(ProblemCode::DamagedWorkbook);
        for (references, lines, problem) in [
            (&["A1", "B1"][..], "A1\tB1\nlast\n", None),
            (&["A4294967297", "B1"], "\tB1\nlast\n", damaged),
            (&["AAAAAAAAAAAAAA1", "B99999999999"], "\nlast\n", damaged),
            (&["B1", "A1", "C1"], "\tB1\tC1\nlast\n", damaged),
        ] {
            let (mut text, mut end) = (String::new(), None);
            let mut take = |part: ContainerPart<'_>| match part {
                ContainerPart::Slice(slice) => text.push_str(&String::from_utf8_lossy(&slice)),
                ContainerPart::End(code) => end = code,
                _ => {}
            };
            let mut sheets = Sheets::new(Format::Xlsx, 0, &mut take);
            sheets.begin("Blad");
            let values = Values {
                texts: Texts::default(),
                formats: Vec::new(),
                is_1904: false,
            };
            let read = cells(
                Xml::expanded(rows(references).as_bytes()),
                &values,
                &mut sheets,
            );
            assert_eq!(sheets.end(read), Ok(()));
            assert_eq!((&*text, end), (lines, problem));
        }
    }
}
