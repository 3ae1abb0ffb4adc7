//! Which column of a report holds what: told by the cells, by the header where there is one, or by
//! the person who looks at it.

use super::{borrower, cells, headers, numeric_dates};
use crate::address;
use crate::formats::csv::{Record, Row};
use crate::model::{
    Column, ColumnChoice, ColumnName, ColumnReading, ProblemCode, ProblemDetail, Role,
};
use crate::rules::{self, Evidence};
use crate::senders::Policy;

/// Columns that are looked at; a report has fewer than twenty.
const MOST_COLUMNS: usize = 512;

/// Columns that are told of although they hold nothing of use.
const COLUMNS_TOLD: usize = 40;

/// How much of a header or cell is told, in characters.
const LONGEST_TOLD: usize = 40;

/// How many columns are named where one is missing.
const COLUMNS_NAMED: usize = 10;

/// How many cells of a header are what a column is called, at least.
const FEWEST_NAMES: usize = 2;

/// In which order the columns are given away: what is surest first.
const BY_CERTAINTY: [Role; Role::ALL.len()] = [
    Role::Address,
    Role::Status,
    Role::Date,
    Role::Time,
    Role::Message,
    Role::Customer,
    Role::Document,
    Role::FirstName,
    Role::Name,
    Role::Form,
    Role::MessageType,
    Role::Bounces,
];

/// The place of each column in a row.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Columns {
    /// By [`Role`].
    places: [Option<usize>; Role::ALL.len()],
    /// The line of the header; 0 without one.
    header_line: u32,
    /// Its cells: a list that was printed has them on every page.
    header: Vec<Box<str>>,
    /// Whether there are addresses among the messages.
    told_addresses: bool,
}

/// The columns, and how they were found.
#[derive(Debug)]
pub struct Found {
    /// Where to look.
    pub columns: Columns,
    /// What to tell a person about it.
    pub reading: ColumnReading,
    /// Where two columns could hold the same: which was read, and which was not.
    pub doubts: Vec<ProblemDetail>,
}

impl Columns {
    /// The cell of this role, unless it is empty.
    pub fn cell<'a>(&self, row: Row<'a>, role: Role) -> Option<&'a str> {
        let cell = row.cell(self.place(role)?)?;
        Some(cell).filter(|cell| !cell.is_empty())
    }

    fn place(&self, role: Role) -> Option<usize> {
        self.places[role as usize]
    }

    fn put(&mut self, role: Role, place: usize) {
        self.places[role as usize].get_or_insert(place);
    }

    fn role_at(&self, place: usize) -> Option<Role> {
        Role::ALL
            .into_iter()
            .find(|role| self.place(*role) == Some(place))
    }

    /// Whether there is a column of this role.
    pub fn has(&self, role: Role) -> bool {
        self.place(role).is_some()
    }

    /// Whether a row is more than a title or the header.
    pub fn counts(&self, row: Row<'_>) -> bool {
        row.line > self.header_line && !row.cells().eq(self.header.iter().map(|cell| &**cell))
    }

    /// What a report cannot do without: addresses, or in a list of messages what stands for them, and
    /// a status or messages.
    pub fn missing(&self, policy: &Policy) -> Option<ProblemCode> {
        let stands_for_address = policy.lists_messages()
            && (self.has(Role::Customer) || self.has(Role::Name) || self.told_addresses);
        if !self.has(Role::Address) && !stands_for_address {
            Some(ProblemCode::NoAddressColumn)
        } else if !self.has(Role::Status) && !self.has(Role::Message) {
            Some(ProblemCode::NoStatusColumn)
        } else {
            None
        }
    }
}

/// Finds the columns in the first rows of a table, or obeys a choice.
pub fn find(sample: &[Record], policy: &Policy, choice: Option<&ColumnChoice>) -> Found {
    let rows: Vec<Row<'_>> = sample.iter().map(Record::row).collect();
    let width = rows.iter().map(|row| row.width()).max().unwrap_or(0);
    let width = width.min(MOST_COLUMNS);
    let (first_data_row, header) = if policy.lists_messages() {
        (None, named_header(&rows, policy))
    } else {
        let first_data_row = first_data_row(&rows, width);
        (first_data_row, header(&rows, first_data_row))
    };
    let data = match (first_data_row, header) {
        (Some(first), _) => &rows[first..],
        (None, Some(index)) => &rows[index + 1..],
        (None, None) => &rows[..],
    };
    let header = header.map(|index| rows[index]);
    let looks: Vec<Look> = (0..width)
        .map(|place| Look::of(place, header, data, policy))
        .collect();

    let mut columns = Columns {
        header_line: header.map_or(0, |row| row.line),
        header: header.map_or_else(Vec::new, |row| row.cells().map(Box::from).collect()),
        ..Columns::default()
    };
    let mut doubts = Vec::new();
    match choice {
        Some(choice) => {
            for (place, role) in choice.roles.iter().enumerate() {
                if let Some(role) = role {
                    columns.put(*role, place);
                }
            }
        }
        None => {
            for role in BY_CERTAINTY {
                // A time belongs to a date that has none.
                let timed = columns.place(Role::Date).map(|place| looks[place].timed);
                if role == Role::Time && timed.is_none_or(|timed| timed >= 0.5) {
                    continue;
                }
                if let Some(best) = best(&looks, role, &columns) {
                    columns.put(role, best.place);
                    doubts.extend(doubt(&looks, role, best));
                }
            }
        }
    }
    columns.told_addresses = columns
        .place(Role::Message)
        .and_then(|place| looks.get(place))
        .is_some_and(|look| look.told_addresses > 0.0);
    let told = |place: &usize| {
        *place < COLUMNS_TOLD || columns.places.iter().flatten().any(|role| role >= place)
    };
    let columns_told = looks
        .iter()
        .map(|look| look.place)
        .take_while(told)
        .map(|place| Column {
            header: cut(looks[place].title),
            sample: cut(looks[place].first),
            role: columns.role_at(place),
        });
    let reading = ColumnReading {
        columns: columns_told.collect(),
        first_line: data.first().map_or(1, |row| row.line),
        date_order: None,
    };
    Found {
        columns,
        reading,
        doubts,
    }
}

/// The first row with an address where most rows have one: what stands above it are titles, with at
/// most the address of a helpdesk, and the header.
fn first_data_row(rows: &[Row<'_>], width: usize) -> Option<usize> {
    let is_address = |row: &Row<'_>, place| row.cell(place).is_some_and(address::holds);
    let counts: Vec<usize> = (0..width)
        .map(|place| rows.iter().filter(|row| is_address(row, place)).count())
        .collect();
    let most = counts.iter().max().copied().filter(|most| *most > 0)?;
    let holds = |place: &usize| counts[*place] * 2 >= most;
    rows.iter()
        .position(|row| (0..width).filter(holds).any(|place| is_address(row, place)))
}

/// The last row of names above the data.
fn header(rows: &[Row<'_>], first_data_row: Option<usize>) -> Option<usize> {
    let mut above = rows[..first_data_row.unwrap_or(rows.len().min(1))].iter();
    let names = |row: &Row<'_>| row.width() > 1 && !row.cells().any(cells::is_date);
    above.rposition(names)
}

/// The first row with the most names of columns: a list of messages need not hold addresses, and what
/// was chosen for it stands above its header.
fn named_header(rows: &[Row<'_>], policy: &Policy) -> Option<usize> {
    let is_data = |cell: &str| {
        let is_code = policy.own_action(cell).is_some() || policy.is_mail_form(cell);
        // `E-mail` may be a title too.
        is_code && policy.code(cell).len() == 1
            || cells::is_date(cell)
            || cells::is_number(cell)
            || cell.contains(['@', ':', '='])
    };
    let names = |row: &Row<'_>| {
        if row.cells().any(is_data) {
            0
        } else {
            row.cells().filter(|cell| headers::is_known(cell)).count()
        }
    };
    let named = rows.iter().map(names).enumerate();
    let most = named.rev().max_by_key(|(_, names)| *names);
    most.filter(|(_, names)| *names >= FEWEST_NAMES)
        .map(|(place, _)| place)
}

/// The free column that fits a role best, if any fits.
fn best<'a>(looks: &'a [Look<'a>], role: Role, columns: &Columns) -> Option<&'a Look<'a>> {
    let free = looks
        .iter()
        .filter(|look| columns.role_at(look.place).is_none() && look.fit(role) > 0.0);
    // The leftmost of those that fit equally well.
    free.max_by(|a, b| {
        let fit = a.fit(role).total_cmp(&b.fit(role));
        fit.then(b.place.cmp(&a.place))
    })
}

/// What is to be said where another column could have been read for the one that was.
fn doubt(looks: &[Look<'_>], role: Role, read: &Look<'_>) -> Option<ProblemDetail> {
    let rival = |look: &&Look<'_>| {
        look.place != read.place
            && match role {
                Role::Address => {
                    look.addresses >= 0.5 && look.is_varied() && !look.is_called(headers::FROM)
                }
                Role::Status => look.statuses >= 0.5,
                _ => false,
            }
    };
    let other = looks.iter().find(rival)?;
    Some(ProblemDetail::Rivals(read.name(), other.name()))
}

/// What was seen where a column is missing: the header, or else the first cells.
pub fn seen(reading: &ColumnReading) -> ProblemDetail {
    let columns = &reading.columns;
    let texts = |text: fn(&Column) -> &str| {
        let texts = columns.iter().map(text).filter(|text| !text.is_empty());
        texts.take(COLUMNS_NAMED).map(str::to_owned).collect()
    };
    if columns.iter().any(|column| !column.header.is_empty()) {
        ProblemDetail::Columns(texts(|column| &column.header))
    } else {
        ProblemDetail::FirstCells(texts(|column| &column.sample))
    }
}

fn cut(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST_TOLD) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What one column looks like: parts of its cells that are not empty, 0 to 1.
#[derive(Debug, Default)]
struct Look<'a> {
    place: usize,
    /// What stands above it; empty where the table has no header.
    title: &'a str,
    /// The same as [`headers::fold`] writes it.
    header: String,
    /// Its first cell.
    first: &'a str,
    addresses: f32,
    /// Cells with an address among other words.
    told_addresses: f32,
    statuses: f32,
    dates: f32,
    /// Dates with a time.
    timed: f32,
    times: f32,
    /// Numbers that could be dates, if the header says so.
    counts: f32,
    known_messages: f32,
    names: f32,
    full_names: f32,
    amounts: f32,
    numbers: f32,
    /// Numbers with letters or slashes in them.
    composed: f32,
    /// The rest is only looked for in lists of messages: whether this is one, and cells with the number
    /// and the name of a borrower, a form, a kind of message.
    is_in_list: bool,
    borrowers: f32,
    forms: f32,
    types: f32,
    /// Cells that are not empty, of all rows.
    filled: f32,
    /// How many cells there are that are not empty, and how many different ones.
    cells: usize,
    different: usize,
    /// Mean length of the cells, in bytes.
    length: f32,
}

impl<'a> Look<'a> {
    fn of(place: usize, header: Option<Row<'a>>, data: &[Row<'a>], policy: &Policy) -> Self {
        let cells = data.iter().filter_map(|row| row.cell(place));
        let mut cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let title = header.and_then(|row| row.cell(place)).unwrap_or_default();
        let mut look = Self {
            place,
            title,
            header: if title.is_empty() {
                String::new()
            } else {
                headers::fold(title)
            },
            first: cells.first().copied().unwrap_or_default(),
            cells: cells.len(),
            is_in_list: policy.lists_messages(),
            filled: cells.len() as f32 / data.len().max(1) as f32,
            ..Self::default()
        };
        cells.sort_unstable();
        for same in cells.chunk_by(|a, b| a == b) {
            look.take(same[0], same.len() as f32 / cells.len() as f32, policy);
        }
        look
    }

    /// Notes a cell that makes up this part of the column.
    fn take(&mut self, text: &str, part: f32, policy: &Policy) {
        let part_if = |fits: bool| if fits { part } else { 0.0 };
        let date = cells::is_date(text);
        let time = !date && numeric_dates::is_time(text);
        let number = !date && !time && cells::is_number(text);
        self.different += 1;
        self.length += part * text.len() as f32;
        let address = address::holds(text);
        if self.is_in_list {
            let word = |word: &str| word.contains('@') || !word.contains(char::is_alphanumeric);
            let bare = address && text.split_whitespace().all(word);
            self.addresses += part_if(bare);
            self.told_addresses += part_if(!bare && address::within(text).next().is_some());
            self.borrowers += part_if(borrower::is_number_with_name(text));
            self.forms += part_if(policy.is_mail_form(text));
            self.types += part_if(policy.knows_type(text));
        } else {
            self.addresses += part_if(address);
        }
        self.statuses += part_if(policy.action(text).is_some());
        self.dates += part_if(date);
        self.timed += part_if(date && numeric_dates::has_time(text));
        self.times += part_if(time);
        self.counts += part_if(cells::is_count(text));
        self.names += part_if(cells::is_name(text));
        self.full_names += part_if(cells::is_full_name(text));
        self.amounts += part_if(!date && cells::is_amount(text));
        self.numbers += part_if(number);
        self.composed += part_if(number && cells::is_composed(text));
        // A list of messages has a single word for some causes.
        let words = text.contains(' ') || self.is_in_list && policy.is_telling(text);
        self.known_messages += part_if(!date && words && is_known_message(text));
    }

    fn is_called(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.header.contains(name))
    }

    /// Whether not all its cells are the same, as the address of a sender is.
    fn is_varied(&self) -> bool {
        self.different > 1 || self.cells == 1
    }

    /// Whether so many of its cells make it what it is, where no header says so.
    fn looks_as(&self, part: f32) -> bool {
        self.header.is_empty() && part >= 0.5
    }

    /// What to call it in a problem.
    fn name(&self) -> ColumnName {
        ColumnName {
            number: self.place as u32 + 1,
            header: cut(self.title).to_owned(),
        }
    }

    /// How well the column fits a role; 0 when it does not.
    fn fit(&self, role: Role) -> f32 {
        let called = self.is_called(headers::names(role));
        let by_name = if called { 0.5 } else { 0.0 };
        let if_fits = |fits: bool, score: f32| if fits { score } else { 0.0 };
        match role {
            Role::Address => {
                let varied = if_fits(self.is_varied(), 0.2) + self.filled / 2.0;
                let foreign = if_fits(self.is_called(headers::FROM), 0.9);
                if_fits(
                    self.addresses > 0.0,
                    self.addresses + by_name + varied - foreign,
                )
            }
            Role::Status => if_fits(
                self.statuses > 0.0 || self.is_in_list && called,
                self.statuses + by_name,
            ),
            Role::Date => {
                let foreign = self.is_called(headers::OTHER_DATE) && self.timed < 0.5;
                let dates = self.dates + if_fits(called, self.counts);
                let score = dates + by_name + self.timed / 3.0;
                if_fits(dates >= 0.5 && !foreign, score)
            }
            Role::Time => if_fits(self.times >= 0.5, self.times + by_name),
            // Messages that the rules know; else a column of that name; else what reads like sentences.
            Role::Message => {
                let reads = self.length > 20.0 && self.addresses < 0.5;
                let sentences = if_fits(reads, self.length.min(200.0) / 1000.0);
                // `Domain Error` has the looks of a name.
                let said = called || self.known_messages >= 0.5;
                let person = self.is_in_list && !said && self.full_names.max(self.borrowers) > 0.5;
                let other = person || self.numbers > 0.5 || self.dates > 0.5;
                // A list of messages names other things at length too, such as the library.
                let titled = self.is_in_list && !self.header.is_empty();
                let other = other || titled && !called && self.known_messages == 0.0;
                if_fits(!other, self.known_messages + by_name + sentences)
            }
            Role::Customer => {
                let called = called || self.is_called(headers::names(Role::Name));
                let plain =
                    self.header.is_empty() || headers::PLAIN_NUMBER.contains(&self.header.trim());
                let looks_so = self.is_in_list && plain && self.is_varied();
                let numbers = (called || looks_so) && self.numbers >= 0.8;
                // Shorter ones number the rows, and one without a title of its own may number anything.
                let long = self.is_in_list && self.length >= borrower::FEWEST_DIGITS as f32;
                let sure = if_fits(called, 0.1) + self.borrowers * 2.0;
                if_fits(
                    numbers || self.borrowers >= 0.5,
                    by_name + self.numbers + if_fits(long, 0.2) + sure,
                )
            }
            // In a table without header only what cannot be the number of a row.
            Role::Document => {
                let other = self.dates + self.addresses + self.amounts > 0.5;
                let composed = self.composed >= 0.8 && self.is_varied();
                let looks_so = self.header.is_empty() && composed && !self.is_in_list;
                if_fits(
                    (called || looks_so) && !other,
                    by_name + self.numbers + self.composed,
                )
            }
            Role::FirstName => if_fits(called && self.names >= 0.5, 1.0),
            Role::Form => if_fits(called || self.looks_as(self.forms), 1.0 + self.forms),
            Role::MessageType => if_fits(called || self.looks_as(self.types), 1.0 + self.types),
            Role::Bounces => if_fits(called && self.numbers >= 0.5, 1.0),
            Role::Name => {
                let looks_so = self.header.is_empty() && self.full_names >= 0.8 && self.is_varied();
                let other =
                    self.is_called(headers::FROM) || self.known_messages + self.addresses >= 0.5;
                let names = (called && self.names >= 0.5) || looks_so;
                if_fits(names && !other, by_name + self.names + self.full_names)
            }
        }
    }
}

fn is_known_message(text: &str) -> bool {
    let evidence = Evidence {
        text,
        ..Evidence::default()
    };
    rules::diagnose(&evidence).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::csv;
    use crate::model::Sender;
    use Role::{
        Address, Customer, Date, Document, FirstName, Form, Message, MessageType, Name, Status,
        Time,
    };

    fn found(text: &str) -> Found {
        let table = csv::read(text.as_bytes(), decode).expect("a table");
        let sample = table.rows().sample(usize::MAX);
        find(&sample, Policy::of(Sender::Pom), None)
    }

    fn roles(text: &str) -> Vec<Option<Role>> {
        let columns = found(text).reading.columns;
        columns.iter().map(|column| column.role).collect()
    }

    #[test]
    fn headers_are_known_in_each_language() {
        let cells = "1001;An;Claes;an@example.be;12/03/2026;8:00;FAILED;Geen idee;F1\n";
        for header in [
            "Klantnr.;Voornaam;Naam;E-mail;Datum;Tijd;Status;Omschrijving;Factuur",
            "N° client;Prénom;Nom;Adresse e-mail;Date;Heure;Statut;Raison;Facture",
            "Customer no.;First name;Last name;Recipient;Date;Time;Result;Reason;Invoice",
        ] {
            let all = [
                Customer, FirstName, Name, Address, Date, Time, Status, Message, Document,
            ];
            assert_eq!(
                roles(&format!("{header}\n{cells}")),
                all.map(Some),
                "{header}"
            );
        }
    }

    #[test]
    fn without_header_the_cells_tell() {
        let text = "Claes An\tF2026/01\tan@example.be\t10/03/2026\tDELIVERED\t\t12,50\t7\n\
                    Maes Bo\tF2026/02\tbo@example.be\t10/03/2026\tFAILED\tDocumentId already used.\t9,00\t8\n";
        let all = [Name, Document, Address, Date, Status, Message].map(Some);
        assert_eq!(roles(text)[..6], all);
        // A number that each row has anew would make every attempt one of its own.
        assert_eq!(roles(text)[6..], [None, None]);
    }

    #[test]
    fn a_header_does_not_make_a_column_what_it_is_not() {
        let text = "Afzender;Ontvanger;Factuurdatum;Factuurbedrag;Verzonden;Status\n\
                    school@example.be;an@example.be;01/03/2026;12.50;10/03/2026 08:00;DELIVERED\n\
                    school@example.be;bo@example.be;01/03/2026;9.00;10/03/2026 08:00;DELIVERED\n";
        let all = [None, Some(Address), None, None, Some(Date), Some(Status)];
        assert_eq!(roles(text), all);
        assert_eq!(found(text).doubts, []);
    }

    #[test]
    fn titles_with_an_address_are_no_data() {
        let text = "School;school@example.be;\nE-mail;Status;Reden\nan@example.be;FAILED;weg\n\
                    bo@example.be;DELIVERED;\nmia@example.be;DELIVERED;\n";
        let reading = found(text).reading;
        assert_eq!(reading.first_line, 3);
        assert_eq!(reading.columns[0].header, "E-mail");
    }

    #[test]
    fn in_a_list_of_messages_what_looks_like_a_name_may_be_a_cause() {
        let roles = |text: &str| -> Vec<Option<Role>> {
            let table = csv::read(text.as_bytes(), decode).expect("a table");
            let sample = table.rows().sample(usize::MAX);
            let columns = find(&sample, Policy::of(Sender::Wise), None)
                .reading
                .columns;
            columns.iter().map(|column| column.role).collect()
        };
        let rows = "40000001\tR\tM\tHR1\t12345678 Peeters, Marc\tDomain Error\n\
                    40000002\tR\tM\tRSO\t23456789 Van den Broeck-Maes, Zoë\tDisableduser\n";
        let all = [Status, Form, MessageType, Customer, Message].map(Some);
        for header in ["", "ID\tStatus\tVorm\tSoort\tLener\tInfo\n"] {
            assert_eq!(roles(&format!("{header}{rows}"))[1..], all, "{header}");
        }
        let apart = "Nr\tStatus\tLener\tNaam\tFiliaal\n\
                     40000001\tR\t12345678\tPeeters, Marc\tHoofdbibliotheek Voorbeeldegem\n\
                     40000002\tR\t23456789\tClaes, An\tHoofdbibliotheek Voorbeeldegem\n";
        assert_eq!(
            roles(apart),
            [None, Some(Status), Some(Customer), Some(Name), None]
        );
    }

    #[test]
    fn what_is_far_to_the_right_is_told_when_it_is_used() {
        let empty = ";".repeat(100);
        let text = format!("Status{empty}E-mail;x\nFAILED{empty}an@example.be;1\n");
        assert_eq!(found(&text).reading.columns.len(), 101);
    }
}
