//! Parts of header names, in the languages that reports use: lower case, without accents, with a
//! space for anything that is no letter or digit. A space at an end is the end of a word.

use crate::model::Role;
use crate::rules::fold;

/// What a column of each role may be called.
#[rustfmt::skip]
pub fn names(role: Role) -> &'static [&'static str] {
    match role {
        Role::Address => &[
            "mail", "adres", "address", "adresse", "ontvanger", "recipient", "destinataire",
            "empfanger",
        ],
        Role::Status => &["status", "statut", " etat ", "resultaat", "result"],
        Role::Message => &[
            "omschrijving", "description", "message", "melding", "reden", "reason", "fout", "error",
            "erreur", "raison", "grund", "beschreibung", " info ",
        ],
        Role::Date => &["datum", "date", "tijd", "time", "verzonden", "sent", "envoye"],
        Role::Time => &["tijd", "time", "heure", " uur ", "zeit"],
        Role::Document => &["document", "factu", "invoice", "rechnung"],
        Role::Customer => &[
            "klantnummer", "klantnr", "klant nr", "klantcode", "klant id", "debiteurnummer",
            "debiteurnr", "debiteur nr", "leerlingnummer", "lenersnummer", "lenernummer",
            "leners nr", "lidnummer", "customer n", "customer id", "client n", "client id",
            "borrower", "numero client", "numero de client", "numero du client", "kundennummer",
        ],
        Role::Name => &[
            "naam", " name", " nom ", "klant", "customer", " client", "leerling", "ouder", " lener ",
            "debiteur", "contact", "ontvanger", "recipient", "destinataire", "nachname",
        ],
        Role::FirstName => &[
            "voornaam", "prenom", "first name", "firstname", "given name", "vorname",
        ],
        Role::Form => &["vorm", " form ", "kanaal", "channel"],
        Role::MessageType => &["berichtsoort", " soort ", "berichttype", " type ", "message type"],
        Role::Bounces => &["bounce", "teller"],
    }
}

/// What the number of a person is called where a list is about people: the whole name.
pub const PLAIN_NUMBER: &[&str] = &[
    "nummer",
    "nr",
    "id",
    "number",
    "barcode",
    "pasnummer",
    "pasnr",
];

/// What an address is called that is not the recipient's.
pub const FROM: &[&str] = &[
    "afzender",
    "sender",
    " from ",
    "reply",
    "expediteur",
    "absender",
    "verzonden door",
];

/// What a date is called that is not that of an attempt.
pub const OTHER_DATE: &[&str] = &[
    "factu",
    "verval",
    "geboorte",
    "invoice",
    "due",
    "birth",
    "echeance",
    "naissance",
];

/// Longer cells are no names of columns, in bytes.
const LONGEST: usize = 40;

/// Whether a cell is what a column of this role may be called.
pub fn is_called(cell: &str, role: Role) -> bool {
    let folded = (cell.len() <= LONGEST).then(|| fold(cell));
    folded.is_some_and(|folded| names(role).iter().any(|name| folded.contains(name)))
}

/// Whether a cell is what a column of any role may be called.
pub fn is_known(cell: &str) -> bool {
    let called = |role| is_called(cell, role);
    Role::ALL.into_iter().any(called)
        || cell.len() <= LONGEST && PLAIN_NUMBER.contains(&fold(cell).trim())
}

/// A header name as the parts above are written.
pub fn fold(header: &str) -> String {
    let mut folded = String::from(" ");
    for character in fold::fold(header).chars() {
        folded.push(if character.is_alphanumeric() {
            character.to_ascii_lowercase()
        } else {
            ' '
        });
    }
    folded.push(' ');
    folded
}
