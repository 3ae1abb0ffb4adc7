//! Checks which package may depend on which, and inside the analyser, which folder on which.
//!
//! Cargo refuses a cycle between packages; it cannot refuse an arrow in the wrong direction that somebody
//! adds to a manifest, nor anything between the modules of one package. The two lists below are the
//! allowed arrows; any other arrow fails, with its file and line. docs/architecture.md draws the same
//! arrows.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Each package, and the packages of this workspace that it may depend on.
const PACKAGES: &[(&str, &[&str])] = &[
    ("bezorgd-model", &[]),
    ("bezorgd-senders", &["bezorgd-model"]),
    ("bezorgd-protocol", &["bezorgd-model", "bezorgd-senders"]),
    ("bezorgd-words", &["bezorgd-model", "bezorgd-senders"]),
    ("bezorgd", &["bezorgd-model", "bezorgd-senders"]),
    (
        "bezorgd-session",
        &[
            "bezorgd",
            "bezorgd-model",
            "bezorgd-protocol",
            "bezorgd-senders",
            "bezorgd-words",
        ],
    ),
    ("bezorgd-cli", &["bezorgd", "bezorgd-words"]),
    ("bezorgd-js", &["bezorgd"]),
    (
        "bezorgd-www",
        &[
            "bezorgd-model",
            "bezorgd-protocol",
            "bezorgd-senders",
            "bezorgd-words",
        ],
    ),
    (
        "bezorgd-worker",
        &[
            "bezorgd",
            "bezorgd-model",
            "bezorgd-protocol",
            "bezorgd-session",
            "bezorgd-words",
        ],
    ),
    ("bezorgd-pack", &["bezorgd-words"]),
    (
        "bezorgd-e2e",
        &[
            "bezorgd",
            "bezorgd-model",
            "bezorgd-pack",
            "bezorgd-protocol",
            "bezorgd-words",
        ],
    ),
    ("xtask", &["bezorgd-pack"]),
];

/// The packages that may depend on browser crates, and the prefixes of those crates' names.
const BROWSER_PACKAGES: &[&str] = &["bezorgd-www", "bezorgd-worker", "bezorgd-js"];
const BROWSER_CRATES: &[&str] = &[
    "gloo",
    "js-sys",
    "serde-wasm-bindgen",
    "wasm-bindgen",
    "web-sys",
    "yew",
];

/// The packages that other programs may build on, and crates that are only for a program.
const LIBRARIES: &[&str] = &[
    "bezorgd",
    "bezorgd-model",
    "bezorgd-protocol",
    "bezorgd-senders",
    "bezorgd-session",
    "bezorgd-words",
];
const PROGRAM_CRATES: &[&str] = &["anyhow", "clap", "mimalloc"];

/// Each folder or file directly in `src`, and those that it may use. `lib.rs` may use all.
const ROOMS: &[(&str, &[&str])] = &[
    ("address", &["model"]),
    ("months", &[]),
    ("formats", &["address", "model", "senders"]),
    ("host", &["formats", "model"]),
    ("options", &["host", "model", "senders"]),
    ("rules", &["model"]),
    ("arrivals", &["address", "formats", "model"]),
    (
        "bounces",
        &["formats", "model", "months", "rules", "senders"],
    ),
    (
        "reports",
        &[
            "address", "formats", "model", "months", "options", "rules", "senders",
        ],
    ),
    ("suggestion", &["address", "model"]),
    ("diagnoses", &["model", "options", "reading"]),
    (
        "reading",
        &[
            "address",
            "arrivals",
            "bounces",
            "formats",
            "model",
            "options",
            "reports",
            "senders",
            "suggestion",
        ],
    ),
];

/// The packages that `lib.rs` re-exports, so that paths inside the analyser begin with their names.
const REEXPORTED: &[&str] = &["model", "senders"];

/// The source folder of each package, in which no circle is allowed.
const SOURCES: &[&str] = &[
    "src",
    "crates/cli/src",
    "crates/e2e/src",
    "crates/js/src",
    "crates/model/src",
    "crates/pack/src",
    "crates/protocol/src",
    "crates/senders/src",
    "crates/session/src",
    "crates/words/src",
    "www",
    "xtask/src",
];

#[test]
fn packages_depend_only_on_what_is_listed() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut metadata = Command::new(cargo);
    metadata.args(["metadata", "--no-deps", "--format-version=1", "--offline"]);
    metadata.current_dir(env!("CARGO_MANIFEST_DIR"));
    let metadata = metadata.output().expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("cargo answers in JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert_eq!(
        packages.len(),
        PACKAGES.len(),
        "PACKAGES lists other packages"
    );
    refuse(packages.iter().flat_map(forbidden_dependencies).collect());
}

#[test]
fn modules_use_only_what_is_listed() {
    let files = SourceFiles::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(
        files.0.len() > 30,
        "the files of the analyser were not found"
    );
    let arrows = files.arrows();
    assert!(arrows.len() > 60, "the arrows were not found");
    refuse(forbidden_arrows(&arrows));
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for source in SOURCES {
        let files = SourceFiles::of(&root.join(source));
        assert!(!files.0.is_empty(), "{source} has no files");
        let circles = circles(&files.arrows());
        found.extend(circles.iter().map(|circle| format!("{source}: {circle}")));
    }
    refuse(found);
}

fn refuse(refused: Vec<String>) {
    assert!(refused.is_empty(), "\n{}\n", refused.join("\n"));
}

/// The forbidden dependencies of a package, which is in the form of `cargo metadata`.
fn forbidden_dependencies(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().expect("a name");
    let manifest = package["manifest_path"].as_str().unwrap_or_default();
    let Some((_, allowed)) = PACKAGES.iter().find(|(listed, _)| *listed == name) else {
        return vec![format!("{manifest}: {name} is not listed in PACKAGES")];
    };
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    let forbidden = dependencies.filter_map(|dependency| {
        let on = dependency["name"].as_str()?;
        // A package may enable its own features for its tests.
        let is_ours = !dependency["path"].is_null() && on != name;
        let is_normal = dependency["kind"].is_null();
        let reason = if is_ours && !allowed.contains(&on) {
            "is not an allowed arrow between packages"
        } else if is_browser(on) && !BROWSER_PACKAGES.contains(&name) {
            "is for the page, its worker and the JavaScript module only"
        } else if is_normal && PROGRAM_CRATES.contains(&on) && LIBRARIES.contains(&name) {
            "is for programs, not for libraries"
        } else {
            return None;
        };
        let line = line_of(manifest, on);
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
        let manifest = manifest.strip_prefix(root).unwrap_or(manifest);
        Some(format!("{manifest}:{line}: {name} → {on} {reason}"))
    });
    forbidden.collect()
}

fn is_browser(name: &str) -> bool {
    BROWSER_CRATES.iter().any(|start| name.starts_with(start))
}

/// The first line of a manifest with a dependency, from 1; 1 if there is no such line.
fn line_of(manifest: &str, dependency: &str) -> usize {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    let line = text.lines().position(|line| line.starts_with(dependency));
    line.map_or(1, |index| index + 1)
}

/// A use of one file by another.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Arrow {
    /// The file that uses the other, as a module path: `bounces::kind`; empty for `lib.rs`.
    from: String,
    /// The used file, as a module path, or the name of a package that `lib.rs` re-exports.
    to: String,
    /// The path of `from` below the folder of its package's source, and the line.
    place: (String, usize),
}

/// The files of a package by module path, each with its path below `source` and its text.
struct SourceFiles(BTreeMap<String, (String, String)>);

impl SourceFiles {
    fn of(source: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![source.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a readable folder") {
                let path = entry.expect("a readable entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = fs::read_to_string(&path).expect("text");
                    let below = path.strip_prefix(source).expect("a path below src");
                    let below = below.to_string_lossy().replace('\\', "/");
                    files.insert(module(&below), (below, text));
                }
            }
        }
        Self(files)
    }

    /// Every arrow outside tests, each place once.
    fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = BTreeSet::new();
        for (module, (path, text)) in &self.0 {
            let tokens: TokenStream = text.parse().expect("Rust");
            let mut paths = Vec::new();
            let here: Vec<String> = parts(module).map(str::to_owned).collect();
            collect(tokens, &here, &BTreeSet::new(), &mut paths);
            for (named, span) in paths {
                let Some(to) = self.file_of(&named) else {
                    continue;
                };
                if to != *module {
                    arrows.insert(Arrow {
                        from: module.clone(),
                        to,
                        place: (path.clone(), span.start().line),
                    });
                }
            }
        }
        arrows.into_iter().collect()
    }

    /// The file of an item, by its path from the root of the crate.
    fn file_of(&self, named: &[String]) -> Option<String> {
        if let Some(first) = named.first()
            && REEXPORTED.contains(&first.as_str())
        {
            return Some(first.clone());
        }
        (0..=named.len())
            .rev()
            .map(|count| named[..count].join("::"))
            .find(|module| self.0.contains_key(module))
    }
}

fn module(below: &str) -> String {
    let path = below.strip_suffix(".rs").unwrap_or(below);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "app" | "lib" | "main" => String::new(),
        path => path.replace('/', "::"),
    }
}

fn parts(module: &str) -> impl Iterator<Item = &str> {
    module.split("::").filter(|part| !part.is_empty())
}

/// Collects every path that begins with `crate`, `super`, `self` or a module declared here, as a path
/// from the root of the crate, except in test modules. Comments are no tokens.
fn collect(
    tokens: TokenStream,
    here: &[String],
    declared: &BTreeSet<String>,
    paths: &mut Vec<(Vec<String>, Span)>,
) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let word = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    };
    let declared_here = (0..tokens.len())
        .filter(|&at| word(at).as_deref() == Some("mod"))
        .filter_map(|at| word(at + 1));
    let declared = &declared.iter().cloned().chain(declared_here).collect();
    let mut at = 0;
    let mut is_test = false;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Group(group) if is_cfg_test(group) => {
                is_test = true;
            }
            TokenTree::Group(group) => {
                collect(group.stream(), here, declared, paths);
                is_test &= group.delimiter() != Delimiter::Brace;
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => is_test = false,
            TokenTree::Ident(ident) if ident == "mod" => {
                if let (Some(name), Some(TokenTree::Group(body))) =
                    (word(at + 1), tokens.get(at + 2))
                {
                    let inner = [here, &[name]].concat();
                    if !std::mem::take(&mut is_test) {
                        collect(body.stream(), &inner, &BTreeSet::new(), paths);
                    }
                    at += 2;
                }
            }
            TokenTree::Ident(ident) if is_separator(&tokens, at + 1) && !follows(&tokens, at) => {
                let base = match ident.to_string().as_str() {
                    "crate" => Some(Vec::new()),
                    "self" => Some(here.to_vec()),
                    "super" => Some(here[..here.len().saturating_sub(1)].to_vec()),
                    name if declared.contains(name) => Some([here, &[name.to_owned()]].concat()),
                    _ => None,
                };
                if let Some(base) = base
                    && !is_test
                {
                    tree(&tokens, at + 3, base, ident.span(), paths);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Adds the paths that continue `base` after a `::`: one, or several in braces.
fn tree(
    tokens: &[TokenTree],
    mut at: usize,
    mut base: Vec<String>,
    mut span: Span,
    paths: &mut Vec<(Vec<String>, Span)>,
) {
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(ident)) if ident == "super" => {
                base.pop();
            }
            Some(TokenTree::Ident(ident)) if ident == "self" => {}
            Some(TokenTree::Ident(ident)) => {
                base.push(ident.to_string());
                span = ident.span();
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
                for one in inner.split(is_comma).filter(|one| !one.is_empty()) {
                    tree(one, 0, base.clone(), span, paths);
                }
                return;
            }
            _ => break,
        }
        if !is_separator(tokens, at + 1) {
            break;
        }
        at += 3;
    }
    paths.push((base, span));
}

/// Whether an attribute is `#[cfg(test)]`.
fn is_cfg_test(attribute: &Group) -> bool {
    let text = attribute.stream().to_string();
    text.split_whitespace().collect::<String>() == "cfg(test)"
}

/// Whether a `::` is at this place.
fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    is_colon(at) && is_colon(at + 1)
}

/// Whether a `::` is right before this place, so that the path continues here.
fn follows(tokens: &[TokenTree], at: usize) -> bool {
    at >= 2 && is_separator(tokens, at - 2)
}

/// The arrows between folders that are not in [`ROOMS`].
fn forbidden_arrows(arrows: &[Arrow]) -> Vec<String> {
    let room = |module: &str| parts(module).next().unwrap_or("lib").to_owned();
    let forbidden = arrows.iter().filter_map(|arrow| {
        let (from, to) = (room(&arrow.from), room(&arrow.to));
        if from == to || from == "lib" {
            return None;
        }
        let (path, line) = &arrow.place;
        match ROOMS.iter().find(|(listed, _)| *listed == from) {
            None => Some(format!("src/{path}:{line}: {from} is not listed in ROOMS")),
            Some((_, allowed)) if allowed.contains(&to.as_str()) => None,
            Some(_) => Some(format!(
                "src/{path}:{line}: {from} → {to} is not an allowed arrow"
            )),
        }
    });
    forbidden.collect()
}

/// Each set of files that use each other in a circle, with one of the circles.
fn circles(arrows: &[Arrow]) -> Vec<String> {
    let mut next: BTreeMap<&str, Vec<&Arrow>> = BTreeMap::new();
    for arrow in arrows {
        next.entry(&arrow.from).or_default().push(arrow);
    }
    let mut found = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for &start in next.keys() {
        // The shortest way back to the start, breadth first.
        let mut before: BTreeMap<&str, &Arrow> = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            for &arrow in next.get(at).into_iter().flatten() {
                if !before.contains_key(arrow.to.as_str()) {
                    before.insert(&arrow.to, arrow);
                    queue.push_back(&arrow.to);
                }
            }
        }
        let Some(&last) = before.get(start) else {
            continue;
        };
        let mut circle = vec![last];
        while let Some(&first) = circle.last()
            && first.from != start
        {
            circle.push(before[first.from.as_str()]);
        }
        if circle.iter().all(|arrow| seen.insert(&arrow.from)) {
            let shown = circle.iter().rev().map(|arrow| {
                let (path, line) = &arrow.place;
                format!("{path}:{line} → {}", arrow.to)
            });
            found.push(format!("circle: {}", shown.collect::<Vec<_>>().join(", ")));
        }
    }
    found
}

mod detection {
    use super::*;
    use serde_json::json;

    fn files(files: &[(&str, &str)]) -> Vec<Arrow> {
        let files = files.iter().map(|(path, text)| {
            let named = ((*path).to_owned(), (*text).to_owned());
            (module(path), named)
        });
        SourceFiles(files.collect()).arrows()
    }

    #[test]
    fn a_forbidden_use_is_refused_however_it_is_written() {
        for text in [
            "use crate::bounces::kind;",
            "\npub use crate::{address, bounces::kind as other};",
            "use super::super::bounces::kind::{self};",
            "fn f() -> u8 { crate::bounces::kind::number() }",
            "fn f() { vec![super::super::bounces::kind::number()]; }",
            "mod inner { use super::super::super::bounces::kind; }",
        ] {
            let arrows = files(&[
                ("formats/csv.rs", text),
                ("formats/mod.rs", "pub mod csv;"),
                ("bounces/mod.rs", "pub mod kind;"),
                ("bounces/kind.rs", ""),
                ("address.rs", ""),
                ("lib.rs", "mod formats; mod bounces; mod address;"),
            ]);
            let refused = forbidden_arrows(&arrows);
            let line = if text.starts_with('\n') { 2 } else { 1 };
            let expected =
                format!("src/formats/csv.rs:{line}: formats → bounces is not an allowed arrow");
            assert_eq!(refused, [expected], "{text}");
        }
    }

    #[test]
    fn allowed_arrows_tests_and_comments_pass() {
        let text = "//! See [`crate::bounces`].\nuse crate::address::lower_case;\nuse crate::model::Cause;\n\
                    #[cfg(test)]\nmod tests { use super::*; use crate::bounces::kind; }";
        let arrows = files(&[
            ("formats/csv.rs", text),
            ("bounces/kind.rs", ""),
            ("address.rs", ""),
        ]);
        assert_eq!(arrows.len(), 2, "{arrows:?}");
        assert!(forbidden_arrows(&arrows).is_empty());
    }

    #[test]
    fn a_folder_that_is_not_listed_is_refused() {
        let arrows = files(&[("news/mod.rs", "use crate::address;"), ("address.rs", "")]);
        assert_eq!(
            forbidden_arrows(&arrows),
            ["src/news/mod.rs:1: news is not listed in ROOMS"]
        );
    }

    #[test]
    fn a_circle_between_a_module_and_its_parent_is_found() {
        let arrows = files(&[
            (
                "rules/mod.rs",
                "mod scan;\nfn find() { scan::find() }\npub struct Rule;",
            ),
            ("rules/scan.rs", "use super::Rule;"),
            ("address.rs", "use crate::rules::Rule;"),
        ]);
        assert_eq!(
            circles(&arrows),
            ["circle: rules/mod.rs:2 → rules::scan, rules/scan.rs:1 → rules"]
        );
    }

    #[test]
    fn a_forbidden_dependency_is_refused() {
        let depends = |package: &str, on: &str, path: Value, kind: Value| {
            let dependency = json!({ "name": on, "path": path, "kind": kind });
            let package = json!({ "name": package, "dependencies": [dependency] });
            forbidden_dependencies(&package).len()
        };
        let ours = || json!("crates/x");
        for (package, on, path, kind, refused) in [
            ("bezorgd-www", "bezorgd", ours(), Value::Null, 1),
            ("bezorgd-words", "bezorgd", ours(), json!("build"), 1),
            ("bezorgd-model", "bezorgd-words", ours(), json!("dev"), 1),
            ("bezorgd-session", "bezorgd", ours(), Value::Null, 0),
            ("bezorgd-session", "web-sys", Value::Null, Value::Null, 1),
            ("bezorgd-www", "gloo-events", Value::Null, Value::Null, 0),
            ("bezorgd", "mimalloc", Value::Null, Value::Null, 1),
            ("bezorgd", "mimalloc", Value::Null, json!("dev"), 0),
            ("bezorgd-cli", "clap", Value::Null, Value::Null, 0),
            ("bezorgd-new", "serde", Value::Null, Value::Null, 1),
        ] {
            let found = depends(package, on, path, kind);
            assert_eq!(found, refused, "{package} → {on}");
        }
    }
}
