//! Checks that no cause and no problem code is unused.

use crate::fixtures::read;
use crate::support::fixtures;
use bezorgd::model::{Cause, ProblemCode};
use bezorgd::rules::RULES;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every rule wins its own example (`rules.rs`), so the cause of a rule is used.
#[test]
fn every_cause_is_given_by_a_rule_or_a_fixture() {
    let mut given: BTreeSet<Cause> = RULES.iter().map(|rule| rule.cause).collect();
    for fixture in fixtures() {
        let recipients = read(&fixture).into_iter().flat_map(|read| read.recipients);
        given.extend(recipients.map(|recipient| recipient.cause));
    }
    let missing: Vec<_> = Cause::ALL
        .into_iter()
        .filter(|cause| !given.contains(cause))
        .collect();
    assert!(missing.is_empty(), "nothing gives {missing:?}");
}

/// Searched in the code, because no fixture can be a file that cannot be opened, or a host without an
/// unpacker.
#[test]
fn every_problem_code_is_reported_by_some_code() {
    let mut code = String::new();
    for folder in ["src", "crates/session/src", "crates/cli/src", "www/worker"] {
        collect(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut code,
        );
    }
    let named = code.split("ProblemCode::").skip(1);
    let named = named.filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    let reported: BTreeSet<&str> = named.collect();
    let missing: Vec<_> = ProblemCode::ALL
        .into_iter()
        .filter(|code| !reported.contains(format!("{code:?}").as_str()))
        .collect();
    assert!(missing.is_empty(), "nothing reports {missing:?}");
}

/// Adds the code below a folder, without comments, comparisons and tests.
fn collect(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, code);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("text");
            let tested = text.split("#[cfg(test)]").next().unwrap_or_default();
            for line in tested.lines() {
                let line = line.split("//").next().unwrap_or_default();
                let line = line
                    .replace("== ProblemCode::", "")
                    .replace("!= ProblemCode::", "");
                code.push_str(&line);
                code.push('\n');
            }
        }
    }
}
