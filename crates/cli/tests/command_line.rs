//! The command line as others use it: JSON lines, exit codes, files, folders, standard input.

use bezorgd::model::shown::is_hidden;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const NOW: [&str; 2] = ["--now", "2026-03-12T13:00:00+01:00"];
const POM: &str = "tests/fixtures/reports/pom.csv";
const WISE_LIST: &str = "tests/fixtures/reports/wise-overview.csv";
const WISE_MAILBOX: &str = "tests/fixtures/wise/library.mbox";

fn bezorgd(arguments: &[&str]) -> Output {
    command()
        .args(NOW)
        .args(arguments)
        .output()
        .expect("the built program")
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bezorgd"));
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    command
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("one JSON value per line"))
        .collect()
}

#[test]
fn a_report_is_one_line_of_json_of_the_agreed_shape() {
    let output = bezorgd(&["--json", POM]);
    assert_eq!(output.status.code(), Some(0));
    let [report] = &lines(&output)[..] else {
        panic!("not one line")
    };
    assert_eq!(report["file"], POM);
    assert_eq!(report["kind"], "report");
    assert_eq!(report["format"], "csv");
    assert_eq!(report["problems"], Value::Array(vec![]));
    let greet = &report["recipients"][1];
    assert_eq!(greet["address"], "greet@outlook.example");
    assert_eq!(greet["cause"], "mailbox-full");
    assert_eq!(greet["permanence"], "temporary");
    assert_eq!(greet["state"], "retrying");
    assert_eq!(greet["retry_until"], "2026-03-14T08:00:15+01:00");
    assert!(greet.get("suggestion").is_none());
    let attempt = &greet["attempts"][0];
    assert_eq!(attempt["at"], "2026-03-12T08:00:15+01:00");
    assert_eq!(attempt["action"], "failed");
    assert_eq!(attempt["cause"], "mailbox-full");
    assert_eq!(attempt["rule"], "pom/mailbox-full");
    assert_eq!(attempt["line"], 3);
    let text: Vec<char> = attempt["text"].as_str().expect("a text").chars().collect();
    let matched: Vec<usize> = serde_json::from_value(attempt["matched"].clone()).expect("a range");
    let words: String = text[matched[0]..matched[1]].iter().collect();
    assert!(words.contains("mailbox is full"), "{words}");
}

#[test]
fn standard_input_and_several_files_are_read_in_order() {
    let mut child = command()
        .args(["--json", "-", POM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the built program");
    let row = "mia@example.be\t12/03/2026 08:00\tFAILED\tThe user's mailbox is full.\n";
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(row.as_bytes())
        .expect("the program reads");
    let output = child.wait_with_output().expect("an end");
    let lines = lines(&output);
    assert_eq!(lines[0]["file"], "-");
    assert_eq!(lines[0]["recipients"][0]["cause"], "mailbox-full");
    assert_eq!(lines[1]["file"], POM);
}

#[test]
fn one_unreadable_file_does_not_stop_the_others() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one_unreadable_file");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(POM),
        folder.join("b.csv"),
    )
    .expect("a copy");
    std::fs::write(folder.join("a.csv"), "").expect("an empty file");
    let missing = folder.join("er-is-geen.csv");
    let output = bezorgd(&[
        "--json",
        &folder.to_string_lossy(),
        &missing.to_string_lossy(),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let lines = lines(&output);
    let kinds: Vec<_> = lines
        .iter()
        .map(|line| line["kind"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(kinds, ["unreadable", "report", "unreadable"]);
    assert_eq!(lines[0]["problems"][0]["code"], "empty");
    assert_eq!(lines[2]["problems"][0]["code"], "unreadable");
    for key in ["file", "message"] {
        assert!(
            !lines[2]["problems"][0][key]
                .as_str()
                .unwrap_or_default()
                .is_empty()
        );
    }
}

#[test]
fn expected_recipients_without_an_attempt_are_reported() {
    for (expected, name, customer) in [
        (
            "an.claes@example.be\nMaes, Mia <mia@example.be>\nmia@example.be\n",
            "Maes, Mia",
            None,
        ),
        (
            "An <an.claes@example.be>, \"Mia Maes\" <mia@example.be>",
            "Mia Maes",
            None,
        ),
        (
            "Klantnummer;Naam;Voornaam;E-mail\n12;Claes;An;an.claes@example.be\n\
             13;Maes;Mia;greet@outlook.example, mia@example.be\n14;Smet;Jo;\n",
            "Mia Maes",
            Some("13"),
        ),
    ] {
        let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verwacht.txt");
        std::fs::write(&list, expected).expect("a file");
        let output = bezorgd(&["--json", "--expected", &list.to_string_lossy(), POM]);
        let lines = lines(&output);
        let recipients = lines[1]["recipients"].as_array().expect("a list");
        assert_eq!(recipients.len(), 1, "{expected}");
        assert_eq!(recipients[0]["address"], "mia@example.be");
        assert_eq!(recipients[0]["name"], name);
        assert_eq!(recipients[0]["customer"].as_str(), customer);
        assert_eq!(recipients[0]["state"], "not-attempted");
        assert_eq!(recipients[0]["cause"], "not-attempted");
    }
}

#[test]
fn a_notice_is_no_failure() {
    let report = "tests/fixtures/reports/month-or-day-first.csv";
    let output = bezorgd(&["--json", report]);
    let lines = lines(&output);
    assert_eq!(lines[0]["problems"][0]["code"], "ambiguous-dates");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_mail_that_arrived_has_its_way_in_text_and_json() {
    const FILE: &str = "tests/fixtures/arrived/marked-as-spam.eml";
    let json = bezorgd(&["--json", FILE]);
    let [line] = &lines(&json)[..] else {
        panic!("not one line")
    };
    assert_eq!(line["kind"], "arrived");
    assert_eq!(line["recipients"], json!([]));
    assert_eq!(line["arrival"]["hops"][1]["waited"], 2102);
    assert_eq!(line["arrival"]["filter"]["marked"], true);
    let text = String::from_utf8(bezorgd(&[FILE]).stdout).expect("UTF-8");
    for sentence in [
        "1 e-mail die aankwam",
        "Hij was 35 minuten onderweg.",
        "DKIM klopt niet: de handtekening van example.org past niet bij de e-mail.",
        "als ongewenst gemerkt: SCL 5, SFV SPM, CAT BULK",
        "zoals een nieuwsbrief.",
        "Staat hij niet in je inbox?",
        "1. Zoek in al je mappen",
    ] {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
}

#[test]
fn an_error_message_is_explained_with_its_rule_its_source_and_the_rules_that_lost() {
    let output = bezorgd_explain("552 5.1.1 <jan@example.be>: Mailbox full");
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stdout);
    for part in [
        "(mailbox-full)",
        "mailbox/",
        "Mailbox full",
        "RFC 3463",
        "(address-unknown)",
    ] {
        assert!(text.contains(part), "{part} is missing from:\n{text}");
    }
    assert_eq!(bezorgd_explain("goedemorgen").status.code(), Some(1));
}

#[test]
fn an_explanation_as_json_has_the_cause_the_detail_and_every_matching_rule() {
    let output = command()
        .args(["explain", "--json", "554 blocked using zen.spamhaus.org"])
        .output()
        .expect("the built program");
    assert_eq!(output.status.code(), Some(0));
    let [explanation] = &lines(&output)[..] else {
        panic!("not one line")
    };
    assert_eq!(explanation["cause"], "sender-blocked");
    assert_eq!(explanation["detail"]["name"], "Spamhaus");
    let rules = explanation["rules"].as_array().expect("rules");
    assert_eq!(rules[0]["rule"], "sender/blocklist");
    assert!(rules[0].get("lost").is_none());
    assert!(rules.len() > 1 && rules[1..].iter().all(|rule| rule.get("lost").is_some()));
    let nothing = command()
        .args(["explain", "--json", "goedemorgen"])
        .output();
    assert_eq!(nothing.expect("the built program").status.code(), Some(1));
}

/// The counted bounces of a recipient in each line that mentions the address.
fn bounces_of(lines: &[Value], address: &str) -> Vec<Value> {
    let recipients = lines
        .iter()
        .filter_map(|line| line["recipients"].as_array())
        .flatten();
    recipients
        .filter(|recipient| recipient["address"] == address)
        .map(|recipient| recipient["bounces"].clone())
        .collect()
}

#[test]
fn a_list_of_wise_has_the_counter_what_wise_did_and_the_letter() {
    let lines = lines(&bezorgd(&["--json", WISE_LIST]));
    for (address, expected) in [
        (
            "zoe@bol.kom",
            json!({ "count": 1, "limit": 5, "removed": false, "letter": "yes", "message_type": "RSO",
                "steps": [{ "count": 1 }] }),
        ),
        (
            "mark.peeters@gmial.com",
            json!({ "count": 2, "limit": 5, "removed": false, "letter": "yes", "message_type": "HR2",
                "steps": [{ "count": 1 }, { "count": 2, "stage": "notice" }] }),
        ),
        (
            "an.claes@telenet.example",
            json!({ "count": 0, "limit": 5, "removed": false, "letter": "no", "message_type": "IV1",
                "steps": [{ "skipped": "soft" }] }),
        ),
    ] {
        assert_eq!(bounces_of(&lines, address), [expected], "{address}");
    }
}

#[test]
fn the_bounces_of_all_messages_add_up_also_of_those_that_name_no_system() {
    let lines = lines(&bezorgd(&["--json", WISE_MAILBOX]));
    let lien = bounces_of(&lines, "lien.claes@example.com");
    let steps: Vec<&Value> = lien.iter().map(|bounces| &bounces["steps"][0]).collect();
    assert_eq!(
        steps,
        [
            &json!({ "count": 1 }),
            &json!({ "count": 2, "stage": "notice" }),
            &json!({ "count": 3, "stage": "inbox" }),
            &json!({ "count": 4 }),
            &json!({ "count": 5, "stage": "removed" }),
        ]
    );
    for bounces in &lien {
        assert_eq!(bounces["count"], 5);
        assert_eq!(bounces["removed"], true);
        assert_eq!(bounces["removed_at"], "2023-11-28T07:05:31+01:00");
        assert_eq!(bounces["letter"], "no");
    }
    let rita = bounces_of(&lines, "rita.desmet@example.net");
    assert_eq!(rita[3]["steps"], json!([{ "skipped": "repeated" }]));
    let ann = bounces_of(&lines, "ann.smet@example.net");
    assert_eq!(ann[0]["letter"], "unknown");
    assert!(ann[0].get("message_type").is_none());
}

#[test]
fn a_bounce_before_the_evidence_that_names_wise_is_counted_too() {
    let reply = Path::new(env!("CARGO_TARGET_TMPDIR")).join("before-wise.txt");
    std::fs::write(&reply, "550 5.1.1 <zoe@bol.kom>: User unknown\n").expect("a file");
    let lines = lines(&bezorgd(&["--json", &reply.to_string_lossy(), WISE_LIST]));
    let counts: Vec<Value> = bounces_of(&lines, "zoe@bol.kom")
        .iter()
        .map(|bounces| bounces["count"].clone())
        .collect();
    assert_eq!(counts, [2, 2]);
}

#[test]
fn borrowers_without_an_address_are_counted_too() {
    let list = "tests/fixtures/reports/wise-without-addresses.csv";
    let lines = lines(&bezorgd(&["--json", list]));
    let recipients = lines[0]["recipients"].as_array().expect("a list");
    let find = |name: &str| {
        let found = recipients
            .iter()
            .find(|recipient| recipient["name"] == name);
        found.expect("the borrower")
    };
    // One is known by a number, the other by a name only.
    for (name, count) in [("Peeters, Marc", 1), ("Maes, Jef", 2)] {
        assert_eq!(find(name)["bounces"]["count"], count, "{name}");
    }
}

#[test]
fn only_bounces_of_a_system_that_counts_them_are_counted() {
    for arguments in [&[POM][..], &["--sender", "other", WISE_MAILBOX]] {
        let output = bezorgd(&[&["--json"], arguments].concat());
        let lines = lines(&output);
        let mut recipients = lines
            .iter()
            .filter_map(|line| line["recipients"].as_array())
            .flatten()
            .peekable();
        assert!(recipients.peek().is_some());
        assert!(recipients.all(|recipient| recipient.get("bounces").is_none()));
    }
}

#[test]
fn until_15_may_2023_an_address_with_six_bounces_is_kept() {
    let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wise-2023.csv");
    let row = |address: &str, date: &str| {
        format!(
            "Voorbeeldegem;R - onherstelbaar;M - mail;HR1;{date}/2023 07:02;1 An;Unknown user <{address}>\n"
        )
    };
    let header =
        "Instantie;Berichtstatus;Berichtvorm;Berichtsoort;Berichtdatum;Lener;Info\n".to_owned();
    let before: String = (13..19)
        .map(|day| row("voor@example.be", &format!("{day}/04")))
        .collect();
    let after: String = (13..19)
        .map(|day| row("na@example.be", &format!("{day}/06")))
        .collect();
    std::fs::write(&list, header + &before + &after).expect("a file");
    let lines = lines(&bezorgd(&["--json", &list.to_string_lossy()]));
    for (address, removed) in [("voor@example.be", false), ("na@example.be", true)] {
        let bounces = bounces_of(&lines, address);
        assert_eq!(bounces[0]["count"], 6, "{address}");
        assert_eq!(bounces[0]["removed"], removed, "{address}");
    }
}

#[test]
fn the_summary_says_the_counter_what_wise_did_and_whether_a_letter_follows() {
    let output = bezorgd(&[WISE_LIST, WISE_MAILBOX]);
    let text = String::from_utf8_lossy(&output.stdout);
    for sentence in [
        "Bounces in Wise: 1 van 5. Nog 4 bounces, dan verwijdert Wise het adres.",
        "2e bounce: Wise stuurt een melding per e-mail",
        "3e bounce: Wise zet een bericht in de inbox",
        "5e bounce: Wise verwijdert het adres",
        "Wise heeft dit adres verwijderd op 28 november 2023, na 5 bounces.",
        "volgt er een brief voor het laatste bericht: HR2 (tweede herinnering) heeft een briefversie.",
        "volgt geen brief: IV1 (inleverherinnering) bestaat alleen als e-mail.",
        "en die staat er niet bij. Kijk in Wise bij Klantberichten.",
        "(tot 15 mei 2023 was dat na 10)",
        // The steps are those for an address that was removed.
        "Zet het juiste adres opnieuw in Wise.",
    ] {
        assert!(
            text.contains(sentence),
            "{sentence} is missing from:\n{text}"
        );
    }
    assert!(!String::from_utf8_lossy(&bezorgd(&[POM]).stdout).contains("Wise"));
}

fn bezorgd_explain(message: &str) -> Output {
    command()
        .args(["explain", message])
        .output()
        .expect("the built program")
}

#[test]
fn wrong_usage_exits_with_2() {
    for wrong in [
        &["--json"][..],
        &["--sender", "niemand", POM],
        &["--now", "gisteren", POM],
        &["--onbekend", POM],
    ] {
        let output = command().args(wrong).output().expect("the built program");
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn a_damaged_workbook_is_a_problem_and_no_stack_trace() {
    let output = bezorgd(&["--json", "tests/fixtures/unreadable/damaged.xls"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output)[0]["problems"][0]["code"], "damaged-workbook");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Evidence with an escape sequence, a direction character and a line end in every place where somebody may write.
const HOSTILE: &[(&str, &str)] = &[
    (
        "rap\u{202E}port.csv",
        "E-mailadres;Naam;Klantnummer;Status;Omschrijving\n\
         jan@example.be;Jan \u{1B}[31mrood\u{1B}[0m;1\u{200B};FAILED;550 5.1.1 \u{1B}[2J\u{1B}[H User unknown\n\
         ja\u{0430}n@example.be;\"Jan\n  ! vals\";3;FAILED;550 5.1.1 User \u{9B}31m unknown\n\
         an@xn--exmple-cua.be;An\u{E0041};4;FAILED;550 5.1.1 User unknown\n\
         jan\u{202E}eb.elpmaxe@example.be;Jan;5;FAILED;550 5.1.1 User unknown\n\
         an\u{200B}@example.be;An;6;FAILED;550 5.1.1 User unknown\n\
         jan\u{1B}[31m@example.be;Jan;7;FAILED;550 5.1.1 User unknown\n",
    ),
    (
        "terug.eml",
        "From: MAILER-DAEMON@example.be\r\nTo: a@example.com\r\nSubject: Undelivered Mail\r\n\r\n\
         <jan@example.be>: 550 5.1.1 \u{1B}[2J\u{1B}]0;vals\u{7}\u{1B}[31mAlles bezorgd\u{1B}[0m user unknown\r\n",
    ),
    (
        "kolommen.csv",
        "Naam\u{1B}[2J;\u{2066}Datum\nJan\u{7F};12/03/2026\nAn\u{FEFF}na;13/03/2026\n",
    ),
];

#[test]
fn what_people_read_has_no_hidden_character() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hidden_characters");
    std::fs::create_dir_all(&folder).expect("a writable folder");
    let files: Vec<String> = HOSTILE
        .iter()
        .map(|(name, text)| {
            let file = folder.join(name);
            std::fs::write(&file, text).expect("a writable file");
            file.display().to_string()
        })
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let output = bezorgd(&files);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let hidden = text.chars().find(|&next| next != '\n' && is_hidden(next));
    assert_eq!(hidden, None, "{text}");
    for shown in [
        "rap⟨U+202E⟩port.csv",
        "“550 5.1.1 ⟨U+001B⟩[2J⟨U+001B⟩",
        "“jan⟨U+202E⟩eb.elpmaxe@example.be”. Het teken ⟨U+202E⟩ op plaats 4 hoort niet in dit adres.",
        "“an⟨U+200B⟩@example.be”",
        "“jan⟨U+001B⟩[31m@example.be”",
        "De “а” op plaats 3 in dit adres is een Cyrillische letter.",
        "Dit domein is geschreven met tekens die op andere lijken: xn--exmple-cua.be.",
        "⟨U+001B⟩[31mAlles bezorgd",
        "“Naam⟨U+001B⟩[2J”",
    ] {
        assert!(text.contains(shown), "{shown} is missing from:\n{text}");
    }
    let is_forged = |line: &str| line.starts_with("  ! vals");
    assert!(!text.lines().any(is_forged), "{text}");

    // The JSON has the evidence as it is.
    let output = bezorgd(&[&["--json"], &files[..]].concat());
    let found = lines(&output);
    let all = Value::from(found).to_string();
    for raw in ["\\u001b[2J", "jan\u{202E}eb", "rap\u{202E}port.csv"] {
        assert!(all.contains(raw), "{raw:?} is missing from:\n{all}");
    }
}

#[test]
fn an_explained_message_has_no_hidden_character() {
    let output = bezorgd_explain("550 5.1.1 \u{1B}[2J User \u{202E} unknown");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("(address-unknown)"), "{text}");
    assert!(
        !text.chars().any(|next| next != '\n' && is_hidden(next)),
        "{text:?}"
    );
}
