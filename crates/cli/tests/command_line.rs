//! The command line as others use it: JSON lines, exit codes, files, folders, standard input.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const NOW: [&str; 2] = ["--now", "2026-03-12T13:00:00+01:00"];
const POM: &str = "tests/fixtures/reports/pom.csv";

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
