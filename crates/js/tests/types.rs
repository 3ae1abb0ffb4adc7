//! The TypeScript types have exactly the codes and fields of the model and the options of the module, and
//! every kind of evidence has a fixture.

#![allow(missing_docs)]

use bezorgd::model::{
    Action, Arrival, Attempt, Cause, Check, CheckMethod, CheckResult, Column, ColumnName,
    ColumnReading, DateOrder, Detail, DetailCode, Diagnosis, Filter, FilterReason, FilterVerdict,
    Format, Hop, Kind, LeftOut, Original, Permanence, Problem, ProblemCode, ProblemDetail,
    Recipient, Role, Sender, State, WrittenAddress,
};
use serde::Deserialize;
use serde_aux::serde_introspection::serde_introspect;
use std::collections::BTreeMap;
use std::path::Path;

const TYPES: &str = include_str!("../src/types.d.ts");

/// What reads the options; only the browser compiles it.
const MODULE: &str = include_str!("../src/module.rs");

#[test]
fn every_type_has_the_codes_or_fields_of_the_model_and_no_other() {
    let expected = BTreeMap::from([
        ("Action", names::<Action>()),
        ("Arrival", names::<Arrival>()),
        ("Attempt", names::<Attempt>()),
        ("Cause", names::<Cause>()),
        ("Check", names::<Check>()),
        ("CheckMethod", names::<CheckMethod>()),
        ("CheckResult", names::<CheckResult>()),
        ("Column", names::<Column>()),
        ("ColumnName", names::<ColumnName>()),
        ("ColumnReading", names::<ColumnReading>()),
        ("DateOrder", names::<DateOrder>()),
        ("Detail", names::<Detail>()),
        ("DetailCode", names::<DetailCode>()),
        ("Diagnosis", names::<Diagnosis>()),
        ("Filter", names::<Filter>()),
        ("FilterReason", names::<FilterReason>()),
        ("FilterVerdict", names::<FilterVerdict>()),
        ("Format", names::<Format>()),
        ("Hop", names::<Hop>()),
        ("Kind", names::<Kind>()),
        ("LeftOut", names::<LeftOut>()),
        ("Options", options()),
        ("Original", names::<Original>()),
        ("Permanence", names::<Permanence>()),
        ("Problem", names::<Problem>()),
        ("ProblemCode", names::<ProblemCode>()),
        ("ProblemDetail", names::<ProblemDetail>()),
        ("Recipient", names::<Recipient>()),
        ("Role", names::<Role>()),
        ("Sender", names::<Sender>()),
        ("State", names::<State>()),
        ("WrittenAddress", names::<WrittenAddress>()),
    ]);
    let declared = declared();
    for (name, declared) in &declared {
        assert_eq!(Some(declared), expected.get(name), "{name}");
    }
    assert_eq!(declared.len(), expected.len(), "not every type is declared");
}

#[test]
fn every_detail_format_kind_and_sender_has_a_fixture() {
    let mut expected = String::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    collect(&fixtures, &mut expected);
    for (field, codes) in [
        ("code", DetailCode::ALL.map(DetailCode::code).to_vec()),
        ("format", Format::ALL.map(Format::code).to_vec()),
        ("kind", Kind::ALL.map(Kind::code).to_vec()),
        ("sender", Sender::ALL.map(Sender::code).to_vec()),
    ] {
        for code in codes {
            let line = format!("\"{field}\": \"{code}\"");
            assert!(expected.contains(&line), "no fixture has {line}");
        }
    }
}

/// Collects the expected JSON of the fixtures below a folder.
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

/// The codes of a closed set, or the fields of a struct, in the order of the model.
fn names<'de, T: Deserialize<'de>>() -> Vec<&'static str> {
    serde_introspect::<T>().to_vec()
}

/// The options that the module accepts.
fn options() -> Vec<&'static str> {
    let (_, rest) = MODULE
        .split_once("match key.as_str() {")
        .expect("the options are matched by name");
    let (arms, _) = rest.split_once("_ =>").expect("others are refused");
    arms.split('"').skip(1).step_by(2).collect()
}

/// What each type of the file names, in order.
fn declared() -> BTreeMap<&'static str, Vec<&'static str>> {
    TYPES
        .split("\nexport ")
        .skip(1)
        .map(|declaration| {
            let (kind, rest) = declaration.split_once(' ').expect("a kind and a name");
            match kind {
                "interface" => {
                    let (name, body) = rest.split_once(" {").expect("a name and a body");
                    (name, fields(body.split("\n}").next().unwrap_or_default()))
                }
                "type" => {
                    let (name, body) = rest.split_once(" =").expect("a name and a union");
                    (
                        name,
                        alternatives(body.split(";\n").next().unwrap_or_default()),
                    )
                }
                _ => panic!("neither an interface nor a type: {declaration}"),
            }
        })
        .collect()
}

/// `field: type; other?: type;`, one per line.
fn fields(body: &'static str) -> Vec<&'static str> {
    let lines = body.lines().map(str::trim);
    let fields = lines.filter(|line| line.ends_with(';'));
    let fields = fields.filter_map(|line| line.split_once(':'));
    fields.map(|(name, _)| name.trim_end_matches('?')).collect()
}

/// `"one" | "other"`, or `{ one: type } | { other: type }`.
fn alternatives(body: &'static str) -> Vec<&'static str> {
    let lines = body.lines().filter(|line| !line.contains("/**"));
    let alternatives = lines.flat_map(|line| line.split('|')).map(str::trim);
    alternatives
        .filter(|alternative| !alternative.is_empty())
        .map(|alternative| {
            let name = alternative.split(':').next().unwrap_or_default();
            name.trim_matches(['{', ' ', '"'])
        })
        .collect()
}
