//! Workbooks of Excel 2003 in one XML file (SpreadsheetML), as many web programs still write them.

use super::open_document::shown;
use super::sheet::Sheets;
use super::xml::{Xml, attribute};
use crate::model::ProblemCode;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Reads the sheets of a workbook.
///
/// # Errors
/// When it is damaged.
pub fn read<B: BufRead>(mut xml: Xml<B>, sheets: &mut Sheets<'_>) -> Result<(), ProblemCode> {
    let mut buffer = Vec::new();
    let (mut row, mut column, mut begun) = (0_u32, 0_u32, false);
    // The last column that the cell before covers.
    let mut covered = 0_u32;
    loop {
        match xml.next(&mut buffer) {
            Ok(Event::Start(tag)) => match tag.local_name().into_inner() {
                "Worksheet" => {
                    sheets.begin(&attribute(&tag, "ss:Name").unwrap_or_default());
                    (row, begun) = (0, true);
                }
                "Row" => {
                    row = place(&tag, row);
                    covered = 0;
                }
                "Cell" => {
                    column = place(&tag, covered);
                    covered = column.saturating_add(merged(&tag, "ss:MergeAcross"));
                    let last_row = row.saturating_add(merged(&tag, "ss:MergeDown"));
                    sheets.merge(
                        row.saturating_sub(1),
                        column.saturating_sub(1),
                        last_row.saturating_sub(1),
                    );
                }
                "Data" => {
                    let text = shown(&mut xml, tag.name().0)?;
                    if begun && row > 0 && column > 0 {
                        sheets.cell(row - 1, column - 1, &text)?;
                    }
                }
                _ => {}
            },
            Ok(Event::Empty(tag)) => match tag.local_name().into_inner() {
                "Row" => row = place(&tag, row),
                "Cell" => {
                    covered = place(&tag, covered).saturating_add(merged(&tag, "ss:MergeAcross"));
                }
                _ => {}
            },
            Ok(Event::End(tag)) if tag.local_name().into_inner() == "Worksheet" => {
                // One in another has ended it.
                if std::mem::take(&mut begun) {
                    sheets.end(Ok(()))?;
                }
            }
            Ok(Event::Eof) => {
                return if begun {
                    sheets.end(Err(ProblemCode::DamagedWorkbook))
                } else {
                    Ok(())
                };
            }
            Err(code) => return sheets.end(Err(code)),
            Ok(_) => {}
        }
    }
}

/// The number of a row or cell, from 1: the one it has, or else the next.
fn place(tag: &BytesStart<'_>, before: u32) -> u32 {
    let own = attribute(tag, "ss:Index").and_then(|number| number.parse().ok());
    own.unwrap_or_else(|| before.saturating_add(1))
}

/// How many more rows or columns a cell covers.
fn merged(tag: &BytesStart<'_>, name: &str) -> u32 {
    let number = attribute(tag, name).and_then(|number| number.parse().ok());
    number.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::part::ContainerPart;
    use crate::model::Format;

    fn sheet(xml: &str) -> (String, Result<(), ProblemCode>) {
        let mut lines = String::new();
        let mut take = |part: ContainerPart<'_>| match part {
            ContainerPart::Sheet { name, .. } => lines.push_str(&format!("[{name}]")),
            ContainerPart::Slice(slice) => lines.push_str(&String::from_utf8_lossy(&slice)),
            ContainerPart::End(problem) => assert_eq!(problem, None),
            ContainerPart::File { .. } | ContainerPart::Stream { .. } => {
                panic!("a workbook holds sheets")
            }
        };
        let mut sheets = Sheets::new(Format::Xls, xml.len() as u64, &mut take);
        let read = read(Xml::new(xml.as_bytes()), &mut sheets);
        (lines, read)
    }

    #[test]
    fn cells_are_where_they_say() {
        let xml = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook
            xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="Blad &amp; 1"><Table>
            <Row><Cell><Data ss:Type="String">E-mail</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">Status</Data></Cell></Row>
            <Row/><Row ss:Index="5"><Cell ss:HRef="mailto:x"><Data ss:Type="String">an@example.be</Data></Cell><Cell/>
            <Cell><ss:Data ss:Type="String">a &lt; <B>b</B></ss:Data><Comment><Author/></Comment></Cell></Row>
            </Table></ss:Worksheet></Workbook>"#;
        let lines = "[Blad & 1]E-mail\t\tStatus\n\n\n\nan@example.be\t\ta < b\n";
        assert_eq!(sheet(xml), (lines.to_owned(), Ok(())));
    }

    #[test]
    fn a_merged_cell_covers_rows_and_columns() {
        let xml = r#"<Workbook><Worksheet ss:Name="B"><Table>
            <Row><Cell ss:MergeAcross="1"><Data>a</Data></Cell><Cell><Data>c</Data></Cell></Row>
            <Row><Cell ss:MergeDown="1"><Data>d</Data></Cell><Cell ss:MergeAcross="1"/><Cell><Data>g</Data></Cell></Row>
            <Row><Cell ss:Index="2"><Data>h</Data></Cell></Row></Table></Worksheet></Workbook>"#;
        assert_eq!(sheet(xml).0, "[B]a\t\tc\nd\t\t\tg\nd\th\n");
    }

    #[test]
    fn what_breaks_off_is_damaged() {
        let xml = "<Workbook><Worksheet><Row><Cell><Data>an@exam";
        assert_eq!(sheet(xml).1, Err(ProblemCode::DamagedWorkbook));
    }
}
