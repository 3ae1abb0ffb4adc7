//! The types for TypeScript name exactly the codes and the fields of the model, and every kind of evidence has a
//! fixture.

#![allow(missing_docs)]

use bezorgd::model::{
    Action, Attempt, Cause, Change, Column, ColumnReading, DateOrder, Diagnosis, Format, Kind,
    NextStep, Original, Permanence, Problem, ProblemCode, Recipient, Role, Sender, State,
};
use serde::Deserialize;
use serde_aux::serde_introspection::serde_introspect;
use std::path::Path;

const TYPES: &str = include_str!("../src/types.d.ts");

#[test]
fn every_code_is_in_its_union_and_no_other() {
    is_union::<Action>("Action");
    is_union::<Cause>("Cause");
    is_union::<DateOrder>("DateOrder");
    is_union::<Format>("Format");
    is_union::<Kind>("Kind");
    is_union::<Permanence>("Permanence");
    is_union::<ProblemCode>("ProblemCode");
    is_union::<Role>("Role");
    is_union::<Sender>("Sender");
    is_union::<State>("State");
}

#[test]
fn every_field_is_in_its_interface_and_no_other() {
    is_interface::<Attempt>("Attempt");
    is_interface::<Column>("Column");
    is_interface::<ColumnReading>("ColumnReading");
    is_interface::<Diagnosis>("Diagnosis");
    is_interface::<Original>("Original");
    is_interface::<Problem>("Problem");
    is_interface::<Recipient>("Recipient");
}

/// Lists that are written by hand have to follow their sets.
#[test]
fn every_list_of_a_set_is_complete() {
    assert_eq!(Change::ALL.len(), serde_introspect::<Change>().len());
    assert_eq!(DateOrder::ALL.len(), serde_introspect::<DateOrder>().len());
    assert_eq!(NextStep::ALL.len(), serde_introspect::<NextStep>().len());
    assert_eq!(Role::ALL.len(), serde_introspect::<Role>().len());
}

#[test]
fn every_format_and_kind_has_a_fixture() {
    let mut expected = String::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    collect(&fixtures, &mut expected);
    for (field, codes) in [
        ("format", serde_introspect::<Format>()),
        ("kind", serde_introspect::<Kind>()),
    ] {
        for code in codes {
            let line = format!("\"{field}\": \"{code}\"");
            assert!(expected.contains(&line), "no fixture has {line}");
        }
    }
}

/// Everything that the fixtures below a folder are expected to give.
fn collect(folder: &Path, expected: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, expected);
        } else if path.to_string_lossy().ends_with(".expected.json") {
            expected.push_str(&std::fs::read_to_string(&path).expect("readable JSON"));
        }
    }
}

/// `export type Name = "one" | "other";`, in the order of the model.
fn is_union<'de, T: Deserialize<'de>>(name: &str) {
    let codes = between(&format!("export type {name} ="), ";").split('"');
    let codes: Vec<_> = codes.skip(1).step_by(2).collect();
    assert_eq!(codes, serde_introspect::<T>(), "{name}");
}

/// `export interface Name { field: type; other?: type; }`, in the order of the model.
fn is_interface<'de, T: Deserialize<'de>>(name: &str) {
    let lines = between(&format!("export interface {name} {{"), "\n}").lines();
    let code = lines.map(str::trim).filter(|line| line.ends_with(';'));
    let fields = code.filter_map(|line| line.split_once(':'));
    let fields: Vec<_> = fields.map(|(name, _)| name.trim_end_matches('?')).collect();
    assert_eq!(fields, serde_introspect::<T>(), "{name}");
}

fn between(start: &str, end: &str) -> &'static str {
    let (_, rest) = TYPES.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}
