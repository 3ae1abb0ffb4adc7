//! A list of who should have received something: whoever the evidence does not mention was never attempted.

use crate::customers::xml_workbook;
use crate::support::options;
use bezorgd::model::{Cause, Diagnosis, Kind, ProblemCode, State};
use bezorgd::{analyse, identifier, not_attempted};
use std::collections::HashSet;

/// Everybody in the report of POM, and a borrower who is known by a number.
fn seen() -> HashSet<String> {
    let report = include_bytes!("fixtures/reports/pom.csv");
    let found = analyse("pom.csv", report, &options());
    let recipients = found.iter().flat_map(|one| &one.recipients);
    let mut seen: HashSet<String> = recipients.filter_map(identifier).collect();
    assert!(seen.contains("an.claes@example.be"));
    seen.insert("12345678".to_owned());
    seen
}

fn compare(list: &[u8]) -> Diagnosis {
    not_attempted("lijst", list, &seen(), &options())
}

fn codes(diagnosis: &Diagnosis) -> Vec<ProblemCode> {
    let problems = diagnosis.problems.iter();
    problems.map(|problem| problem.code).collect()
}

#[test]
fn whoever_is_in_no_report_is_listed_once() {
    for list in [
        "AN.CLAES@example.be\nMaes, Mia <mia@example.be>\nmia@example.be\n",
        "Nummer;Naam;E-mail\n1;Claes, An;an.claes@example.be\n2;Maes, Mia;mia@example.be\n3;Maes, Mia;Mia@example.be\n",
        "<table><tr><td>Naam<td>E-mail<tr><td>Claes, An<td>an.claes@example.be<tr><td>Maes, Mia<td>mia@example.be</table>",
    ] {
        let found = compare(list.as_bytes());
        assert_eq!(found.kind, Kind::Report, "{list}");
        assert_eq!(codes(&found), [], "{list}");
        let [mia] = &found.recipients[..] else {
            panic!("not one recipient: {found:#?}")
        };
        assert_eq!(mia.address, "mia@example.be");
        assert_eq!(mia.name.as_deref(), Some("Maes, Mia"), "{list}");
        assert_eq!(
            (mia.cause, mia.state),
            (Cause::NotAttempted, State::NotAttempted)
        );
        assert!(mia.attempts.is_empty());
    }
}

#[test]
fn a_customer_is_also_known_by_a_number() {
    let list = "Lenernummer;Naam;E-mail\n0012345678;Claes, An;other@example.be\n23456789;Maes, Bo;bo@example.be\n";
    let found = compare(list.as_bytes());
    let [bo] = &found.recipients[..] else {
        panic!("not one recipient: {found:#?}")
    };
    assert_eq!(bo.address, "bo@example.be");
    assert_eq!(bo.customer.as_deref(), Some("23456789"));
}

#[test]
fn a_list_of_people_who_were_all_attempted_is_no_problem() {
    let found = compare(b"an.claes@example.be\ngreet@outlook.example\n");
    assert_eq!((found.kind, found.recipients.len()), (Kind::Report, 0));
    assert_eq!(codes(&found), []);
}

#[test]
fn a_list_that_names_nobody_says_why() {
    for (list, expected) in [
        (
            &b"Naam;Stad\nMaes, Mia;Gent\n"[..],
            ProblemCode::NoAddressColumn,
        ),
        (b"\x89PNG\r\n\x1A\n", ProblemCode::UnknownFormat),
        (b"PK\x03\x04", ProblemCode::DamagedArchive),
        (
            include_bytes!("fixtures/outlook/ndr.msg"),
            ProblemCode::UnsupportedFormat,
        ),
    ] {
        let found = compare(list);
        assert_eq!(found.kind, Kind::Unreadable);
        assert!(codes(&found).contains(&expected), "{found:#?}");
    }
}

#[test]
fn every_sheet_of_a_workbook_counts_and_one_that_breaks_off_is_reported() {
    let sheet = |address: &str| {
        format!(
            "<Worksheet><Table><Row><Cell><Data>{address}</Data></Cell></Row></Table></Worksheet>"
        )
    };
    let (mia, bo) = (sheet("mia@example.be"), sheet("bo@example.be"));
    let complete = xml_workbook(&[mia, bo].concat());
    let cut = complete.replace("</Table></Worksheet></Workbook>", "");
    for (workbook, expected) in [
        (complete, vec![]),
        (cut, vec![ProblemCode::DamagedWorkbook]),
    ] {
        let found = compare(workbook.as_bytes());
        let addresses: Vec<&str> = found.recipients.iter().map(|one| &*one.address).collect();
        assert_eq!(addresses, ["mia@example.be", "bo@example.be"]);
        assert_eq!(codes(&found), expected);
    }
}

#[test]
fn a_recipient_is_identified_by_the_address_or_else_the_number() {
    let list = include_bytes!("fixtures/reports/wise-without-addresses.csv");
    let found = analyse("wise.csv", list, &options());
    let recipients = &found[0].recipients;
    let of = |name: &str| {
        let found = recipients
            .iter()
            .find(|one| one.name.as_deref() == Some(name));
        found.expect("the borrower")
    };
    let by_number = of("Peeters, Marc");
    assert_eq!(
        identifier(by_number),
        by_number.customer.as_deref().map(str::to_owned)
    );
    assert_eq!(identifier(of("Maes, Jef")), None);
}
