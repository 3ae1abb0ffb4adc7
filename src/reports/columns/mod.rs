//! Which column of a report holds what: detected from the cells and, where there is one, the header,
//! unless a person chose.

mod fit;
mod header_row;
mod profile;

use crate::address;
use crate::formats::MOST_COLUMNS;
use crate::formats::csv::{Record, Row};
use crate::model::{
    Column, ColumnChoice, ColumnReading, Problem, ProblemCode, ProblemDetail, Role,
};
use crate::reports::{cells, headers};
use crate::senders::Policy;
use fit::fit;
use profile::{Profile, shown};

/// Rows that are read to detect the columns; enough to see past titles and empty cells.
pub const SAMPLE_ROWS: usize = 200;

/// Columns that are shown although they hold nothing of use.
const COLUMNS_SHOWN: usize = 40;

/// How many columns a problem names where one is missing.
const COLUMNS_NAMED: usize = 10;

/// In which order the columns get their roles: what is surest first.
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
    /// Its cells: a list that was printed repeats them on every page.
    header: Vec<Box<str>>,
    /// Further columns of messages, which count where the first says nothing.
    more_messages: Vec<usize>,
    /// The column of SMTP reply codes.
    reply_codes: Option<usize>,
    /// Whether there are addresses among the messages.
    has_addresses_in_messages: bool,
    /// Whether there are statuses among the addresses.
    is_traced: bool,
    /// Whether the header of the messages says that they are reasons for a failure.
    has_reasons: bool,
}

/// The columns, and how they were detected.
#[derive(Debug)]
pub struct DetectedColumns {
    /// Where to look.
    pub columns: Columns,
    /// The columns as a person is shown them.
    pub reading: ColumnReading,
    /// Where two columns could have one role: the one that got it, and the other.
    pub doubts: Vec<ProblemDetail>,
    /// Whether there are more columns than are read.
    has_more: bool,
}

impl DetectedColumns {
    /// The problem of a table in this file with more columns than are read.
    pub fn left_out(&self, file: &str) -> Option<Problem> {
        let problem = || Problem::in_file(ProblemCode::TooManyColumns, file);
        self.has_more.then(problem)
    }
}

impl Columns {
    /// The cell of this role, unless it is empty.
    pub fn cell<'a>(&self, row: Row<'a>, role: Role) -> Option<&'a str> {
        let cell = row.cell(self.place(role)?)?;
        Some(cell).filter(|cell| !cell.is_empty())
    }

    /// The cells with messages that are not empty, the likeliest reason first.
    pub fn messages<'a>(&self, row: Row<'a>) -> impl Iterator<Item = &'a str> {
        let addresses = self.place(Role::Address);
        // A column may hold addresses in some rows and reasons in others.
        let is_address =
            move |place, cell| Some(place) == addresses && address::within(cell).next().is_some();
        let places = self.place(Role::Message).into_iter();
        let places = places.chain(self.more_messages.iter().copied());
        let cells = places.filter_map(move |place| Some((place, row.cell(place)?)));
        let messages =
            cells.filter(move |&(place, cell)| !cell.is_empty() && !is_address(place, cell));
        messages.map(|(_, cell)| cell)
    }

    /// The SMTP reply code (RFC 5321) of a row, where the report has a column for it.
    pub fn reply_code(&self, row: Row<'_>) -> Option<u16> {
        cells::reply_code(row.cell(self.reply_codes?)?)
    }

    fn place(&self, role: Role) -> Option<usize> {
        self.places[role as usize]
    }

    fn assign(&mut self, role: Role, place: usize) {
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

    /// Whether a message means a failure, whatever it says.
    pub fn has_reasons(&self) -> bool {
        self.has_reasons
    }

    /// Whether a row is more than a title or the header.
    pub fn counts(&self, row: Row<'_>) -> bool {
        row.line > self.header_line && !row.cells().eq(self.header.iter().map(|cell| &**cell))
    }

    /// What a report lacks: addresses, or in a list of messages another way to identify the recipient, or
    /// both a status and messages.
    pub fn missing(&self, policy: &Policy) -> Option<ProblemCode> {
        let identifies = policy.lists_messages()
            && (self.has(Role::Customer) || self.has(Role::Name) || self.has_addresses_in_messages);
        if !self.has(Role::Address) && !identifies {
            Some(ProblemCode::NoAddressColumn)
        } else if !self.has(Role::Status) && !self.has(Role::Message) && !self.is_traced {
            Some(ProblemCode::NoStatusColumn)
        } else {
            None
        }
    }
}

/// Detects the columns in the first rows of a table, or takes them from a choice.
pub fn find(sample: &[Record], policy: &Policy, choice: Option<&ColumnChoice>) -> DetectedColumns {
    let rows: Vec<Row<'_>> = sample.iter().map(Record::row).collect();
    let all = rows.iter().map(|row| row.width()).max().unwrap_or(0);
    let width = all.min(MOST_COLUMNS);
    let (header, first_data_row) = header_row::find(&rows, width, policy);
    let header = header.map(|index| rows[index]);
    let data = &rows[first_data_row..];
    let profiles: Vec<Profile> = (0..width)
        .map(|place| Profile::of(place, header, data, policy))
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
                    columns.assign(*role, place);
                }
            }
        }
        None => {
            detect(&profiles, &mut columns, &mut doubts);
            let is_free = |profile: &&Profile<'_>| columns.role_at(profile.place).is_none();
            let free: Vec<_> = profiles.iter().filter(is_free).collect();
            let more = free.iter().filter(|profile| fit::is_message(profile));
            columns.more_messages = more.map(|profile| profile.place).collect();
            let replies = free.iter().find(|profile| fit::has_reply_codes(profile));
            columns.reply_codes = replies.map(|profile| profile.place);
        }
    }
    let addresses = columns
        .place(Role::Address)
        .and_then(|place| profiles.get(place));
    columns.is_traced = addresses.is_some_and(|addresses| addresses.traced > 0.0);
    if let Some(messages) = columns
        .place(Role::Message)
        .and_then(|place| profiles.get(place))
    {
        columns.has_addresses_in_messages = messages.embedded_addresses > 0.0;
        columns.has_reasons = messages.is_called(headers::REASON);
    }
    let reading = ColumnReading {
        columns: described(&profiles, &columns),
        first_line: data.first().map_or(1, |row| row.line),
        date_order: None,
    };
    DetectedColumns {
        columns,
        reading,
        doubts,
        has_more: all > width,
    }
}

/// Gives each role to the column that fits it best, if any fits.
fn detect(profiles: &[Profile<'_>], columns: &mut Columns, doubts: &mut Vec<ProblemDetail>) {
    for role in BY_CERTAINTY {
        // A time belongs to a date that has none.
        let dates = columns.place(Role::Date).map(|place| &profiles[place]);
        if role == Role::Time && dates.is_none_or(fit::has_times) {
            continue;
        }
        if let Some(best) = best(profiles, role, columns) {
            columns.assign(role, best.place);
            doubts.extend(doubt(profiles, role, best));
        }
    }
    let addresses = columns.place(Role::Address).map(|place| &profiles[place]);
    if let Some(mixed) = addresses.filter(|addresses| fit::has_messages(addresses)) {
        columns.assign(Role::Message, mixed.place);
    }
}

/// The free column that fits a role best, if any fits.
fn best<'a>(profiles: &'a [Profile<'a>], role: Role, columns: &Columns) -> Option<&'a Profile<'a>> {
    let free = profiles
        .iter()
        .filter(|profile| columns.role_at(profile.place).is_none() && fit(profile, role) > 0.0);
    // The leftmost of those that fit equally well.
    free.max_by(|a, b| {
        let order = fit(a, role).total_cmp(&fit(b, role));
        order.then(b.place.cmp(&a.place))
    })
}

/// The column that got a role beside the first other that could have it, if there is one.
fn doubt(profiles: &[Profile<'_>], role: Role, best: &Profile<'_>) -> Option<ProblemDetail> {
    let is_other = |profile: &&Profile<'_>| profile.place != best.place;
    let mut others = profiles.iter().filter(is_other);
    let other = others.find(|profile| fit::is_rival(profile, role))?;
    Some(ProblemDetail::Rivals(best.name(), other.name()))
}

/// The columns that a person is shown: the first ones, and all as far as one is used.
fn described(profiles: &[Profile<'_>], columns: &Columns) -> Vec<Column> {
    let last_used = columns.places.iter().flatten().max();
    let is_shown = |profile: &&Profile<'_>| {
        profile.place < COLUMNS_SHOWN || last_used.is_some_and(|last| *last >= profile.place)
    };
    let shown_profiles = profiles.iter().take_while(is_shown);
    let column = |profile: &Profile<'_>| Column {
        header: shown(profile.title),
        sample: shown(profile.first),
        role: columns.role_at(profile.place),
    };
    shown_profiles.map(column).collect()
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

    fn found(text: &str) -> DetectedColumns {
        let table = csv::read(text.as_bytes(), decode).expect("a table");
        let sample = table.rows().sample(usize::MAX);
        find(&sample, Policy::of(Sender::Pom), None)
    }

    fn roles(text: &str) -> Vec<Option<Role>> {
        let columns = found(text).reading.columns;
        columns.iter().map(|column| column.role).collect()
    }

    #[test]
    fn headers_are_detected_in_each_language() {
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
    fn without_a_header_the_cells_decide() {
        let text = "Claes An\tF2026/01\tan@example.be\t10/03/2026\tDELIVERED\t\t12,50\t7\n\
                    Maes Bo\tF2026/02\tbo@example.be\t10/03/2026\tFAILED\tDocumentId already used.\t9,00\t8\n";
        let all = [Name, Document, Address, Date, Status, Message].map(Some);
        assert_eq!(roles(text)[..6], all);
        // A number that differs in every row would make every attempt a document by itself.
        assert_eq!(roles(text)[6..], [None, None]);
    }

    #[test]
    fn a_header_does_not_override_the_cells() {
        let text = "Afzender;Ontvanger;Factuurdatum;Factuurbedrag;Verzonden;Status\n\
                    school@example.be;an@example.be;01/03/2026;12.50;10/03/2026 08:00;DELIVERED\n\
                    school@example.be;bo@example.be;01/03/2026;9.00;10/03/2026 08:00;DELIVERED\n";
        let all = [None, Some(Address), None, None, Some(Date), Some(Status)];
        assert_eq!(roles(text), all);
        assert_eq!(found(text).doubts, []);
    }

    #[test]
    fn a_title_with_an_address_is_not_data() {
        let text = "School;school@example.be;\nE-mail;Status;Reden\nan@example.be;FAILED;weg\n\
                    bo@example.be;DELIVERED;\nmia@example.be;DELIVERED;\n";
        let reading = found(text).reading;
        assert_eq!(reading.first_line, 3);
        assert_eq!(reading.columns[0].header, "E-mail");
    }

    #[test]
    fn in_a_list_of_messages_a_cause_may_look_like_a_name() {
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
    fn a_column_far_to_the_right_is_shown_when_it_is_used() {
        let empty = ";".repeat(100);
        let text = format!("Status{empty}E-mail;x\nFAILED{empty}an@example.be;1\n");
        assert_eq!(found(&text).reading.columns.len(), 101);
    }
}
