//! Makes tables, and reads what was exported.

use bezorgd::{ContainerPart, Host, cells, unpack};
use std::collections::BTreeSet;

/// The column titles of a report in HTML.
pub const HTML_TITLES: &str = "<tr><th>E-mail</th><th>Status</th><th>Omschrijving</th></tr>";

/// Builds a table in HTML, in ways in which programs and people write one.
#[derive(Debug)]
pub struct HtmlTable {
    pub text: String,
    /// The address of each row.
    pub named: BTreeSet<String>,
}

impl Default for HtmlTable {
    fn default() -> Self {
        Self {
            text: format!("<html><body><table>{HTML_TITLES}"),
            named: BTreeSet::new(),
        }
    }
}

impl HtmlTable {
    fn name(&mut self) -> String {
        let address = format!("n{}@example.be", self.named.len());
        self.named.insert(address.clone());
        address
    }

    /// Adds a row, or what may be between rows, as this byte says.
    pub fn add(&mut self, kind: u8) {
        let added = match kind % 16 {
            0 => "<!-- </table> -->\n".to_owned(),
            1 => "<tr></tr>\n".to_owned(),
            2 => "</tbody><tbody>".to_owned(),
            3 => "<script>if (a < b) document.write('<td>')</script>".to_owned(),
            4 => "<tr><td colspan=3>Nog meer</td></tr>".to_owned(),
            5 => " \n\t ".to_owned(),
            6 => format!("<tr><td>{}<td>FAILED<td>Mailbox full", self.name()),
            7 => format!(
                "<TR>\n<TD>{}</TD>\n<TD>FAILED</TD>\n<TD>Mailbox full</TD>\n</TR>",
                self.name()
            ),
            8 => {
                let address = self.name();
                format!(
                    "<tr><td><a href='mailto:{address}'>{address}</a></td><td>FAILED</td><td>Mailbox full</td></tr>"
                )
            }
            9 => format!(
                "<tr><td title=\"a > b\">{}</td><td>FAILED</td><td>Mailbox<br>full</td></tr>",
                self.name()
            ),
            10 => {
                let address = self.name().replace('@', "&#64;");
                format!("<tr><td>{address}</td><td>FAILED</td><td>Mailbox&nbsp;full</td></tr>")
            }
            11 => format!(
                "<tr><td>{}</td><td rowspan=2>FAILED</td><td rowspan=2>Mailbox full</td></tr><tr><td>{}</td></tr>",
                self.name(),
                self.name()
            ),
            12 => format!(
                "<tr><td>{}</td><td>FAILED</td><td><table><tr><td>Mailbox full</td></tr></table></td></tr>",
                self.name()
            ),
            13 => format!(
                "<tr><td><p>{}</p></td><td>FAILED</td><td><b>Mailbox</b> full</td></tr>",
                self.name()
            ),
            14 => format!("<tr><td>{}</td><td>FAILED</td><td></td></tr>", self.name()),
            _ => format!(
                "<tr><td>{}</td><td>FAILED</td><td>Mailbox full</td></tr>\r\n",
                self.name()
            ),
        };
        self.text += &added;
    }

    /// The page with the table.
    pub fn finish(mut self) -> (String, BTreeSet<String>) {
        self.text += "</table></body></html>";
        (self.text, self.named)
    }
}

/// The cells of a CSV file.
pub fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    cells(bytes, Host::default().decode).expect("a table")
}

/// The cells of the only sheet of a workbook.
pub fn read_workbook(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut text = Vec::new();
    unpack(bytes, false, &mut |part| match part {
        ContainerPart::Slice(slice) => text.extend_from_slice(&slice),
        ContainerPart::End(problem) => assert_eq!(problem, None),
        ContainerPart::Sheet { .. } => assert_eq!(text, b"", "more than one sheet"),
        ContainerPart::File { .. } | ContainerPart::Stream { .. } => panic!("no workbook"),
    })
    .expect("a workbook");
    let text = String::from_utf8(text).expect("UTF-8");
    let rows = text.split_terminator('\n');
    rows.map(|row| row.split('\t').map(str::to_owned).collect())
        .collect()
}
