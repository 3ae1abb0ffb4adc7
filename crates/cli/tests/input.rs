//! What the command line is given and where it writes: devices, pipes, folders, and a reader that has seen enough.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const REPLY: &str = "550 5.1.1 <an@example.be>: User unknown\n";

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bezorgd"));
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .stdin(Stdio::null());
    command
}

fn json(paths: &[&Path]) -> Output {
    let mut command = command();
    command.arg("--json").args(paths);
    command.output().expect("the built program")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("one JSON value per line"))
        .collect()
}

/// An empty folder of a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run");
    }
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Runs the command with an output that is closed already.
fn closed(arguments: &[&str]) -> Output {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = command();
    command
        .args(arguments)
        .stdout(writer)
        .stderr(Stdio::piped());
    let child = command.spawn().expect("the built program");
    child.wait_with_output().expect("an end")
}

#[test]
fn every_output_ends_quietly_when_its_reader_has_seen_enough() {
    const POM: &str = "tests/fixtures/reports/pom.csv";
    const WISE: &str = "tests/fixtures/wise/library.mbox";
    for arguments in [
        &["explain", "552 5.1.1 Mailbox full"][..],
        &["explain", "--json", "552 5.1.1 Mailbox full"],
        &[POM],
        &["--json", POM],
        &[WISE],
        &["--json", WISE],
        &["--expected", POM, POM],
        &["--help"],
        &["explain", "--help"],
        &["--version"],
    ] {
        let output = closed(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(error, "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

/// A mailbox that never ends is read no further than its reader reads.
#[cfg(unix)]
#[test]
fn nothing_more_is_read_when_nothing_can_be_written() {
    let bounce = format!(
        "From a@example.be Thu Mar 12 08:00:00 2026\nFrom: MAILER-DAEMON@pom.be\nSubject: Undelivered\n\n{REPLY}\n"
    );
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = command();
    command
        .args(["--json", "--sender", "pom", "-"])
        .stdin(Stdio::piped())
        .stdout(writer);
    let mut child = command.spawn().expect("the built program");
    let mut input = child.stdin.take().expect("piped");
    let block = bounce.repeat(1_000);
    // Ends when the command does; far more than a pipe and its buffers hold.
    let refused =
        (0..1_000).any(|_| std::io::Write::write_all(&mut input, block.as_bytes()).is_err());
    drop(input);
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    assert!(refused, "everything was read");
}

#[cfg(unix)]
#[test]
fn what_may_have_no_end_is_refused_and_the_rest_is_read() {
    let folder = folder("no_end");
    let pipe = folder.join("a-pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", folder.join("b-zero")).expect("a link");
    fs::write(folder.join("c.txt"), REPLY).expect("a file");
    let output = json(&[Path::new("/dev/zero"), &pipe, &folder]);
    assert_eq!(output.status.code(), Some(1));
    let lines = lines(&output);
    assert_eq!(lines.len(), 5);
    for refused in &lines[..4] {
        let problem = &refused["problems"][0];
        assert_eq!(problem["code"], "unreadable");
        let why = problem["detail"]["system"].as_str().expect("why");
        assert!(why.starts_with("is not a regular file"), "{why}");
    }
    assert_eq!(lines[4]["recipients"][0]["cause"], "address-unknown");
}

#[cfg(unix)]
#[test]
fn a_list_of_expected_recipients_without_an_end_is_refused() {
    let reply = folder("expected_without_end").join("reply.txt");
    fs::write(&reply, REPLY).expect("a file");
    let mut command = command();
    command
        .args(["--json", "--expected", "/dev/zero"])
        .arg(&reply);
    let output = command.output().expect("the built program");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output)[1]["problems"][0]["code"], "unreadable");
}

#[test]
fn an_empty_folder_is_reported() {
    let folder = folder("empty_folder");
    fs::create_dir_all(folder.join("sub/subsub")).expect("a folder");
    fs::write(folder.join(".hidden"), REPLY).expect("a file");
    let output = json(&[&folder]);
    assert_eq!(output.status.code(), Some(1));
    let [line] = &lines(&output)[..] else {
        panic!("not one line")
    };
    assert_eq!(line["file"], folder.display().to_string());
    assert_eq!(line["problems"][0]["code"], "empty");
    let why = line["problems"][0]["detail"]["system"].as_str();
    assert!(why.expect("why").contains("no files"), "{why:?}");

    let summary = command().arg(&folder).output().expect("the built program");
    let text = String::from_utf8(summary.stdout).expect("UTF-8");
    assert!(text.contains("de map is leeg"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_reported_and_not_followed() {
    let folder = folder("linked_folder");
    fs::write(folder.join("b.txt"), REPLY).expect("a file");
    std::os::unix::fs::symlink(&folder, folder.join("a-link")).expect("a link");
    let output = json(&[&folder]);
    let lines = lines(&output);
    assert_eq!(lines.len(), 2);
    let why = lines[0]["problems"][0]["detail"]["system"].as_str();
    assert!(why.expect("why").contains("not followed"), "{why:?}");
    assert_eq!(lines[1]["recipients"][0]["address"], "an@example.be");
}

#[test]
fn a_folder_of_many_small_mails_is_read_in_order_and_completely() {
    const FILES: usize = 2_000;
    let folder = folder("many_mails");
    for number in 0..FILES {
        let mail = format!(
            "From: MAILER-DAEMON@example.be\r\nTo: els@example.com\r\nSubject: Undelivered Mail\r\n\r\n\
             <n{number}@example.be>: 550 5.1.1 User unknown\r\n"
        );
        fs::write(folder.join(format!("{number:05}.eml")), mail).expect("a file");
    }
    let output = json(&[&folder]);
    assert_eq!(output.status.code(), Some(0));
    let found = lines(&output);
    let addresses = found
        .iter()
        .map(|line| line["recipients"][0]["address"].as_str());
    let expected: Vec<String> = (0..FILES)
        .map(|number| format!("n{number}@example.be"))
        .collect();
    assert!(addresses.eq(expected.iter().map(|address| Some(address.as_str()))));
}
