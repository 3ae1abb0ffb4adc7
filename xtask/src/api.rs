//! Builds the analyser as a JavaScript module.

use crate::{project, run, tools};
use anyhow::{Context, Result};
use bezorgd_pack::{Compression, Packed};
use std::fs;
use std::path::Path;

/// Where it is assembled.
const BUILT: &str = "target/api";

/// Where its source is.
const WRITTEN: &str = "crates/js";

/// The source files that are part of it unchanged.
const FILES: [&str; 5] = [
    "README.md",
    "example-node.js",
    "example.html",
    "example.js",
    "package.json",
];

/// Where the module is in the site.
pub const FOLDER: &str = "api";

/// Builds it into the site, beside the page, and returns its files.
pub fn build() -> Result<Vec<Packed>> {
    let built = Path::new(BUILT);
    if built.exists() {
        fs::remove_dir_all(built)?;
    }
    run::run(tools::cargo_wasm(&[
        "build",
        "--package=bezorgd-js",
        "--profile=worker",
        "--locked",
    ])?)?;
    let module = project::target()?.join("wasm32-unknown-unknown/worker/bezorgd_js.wasm");
    let mut bindgen = tools::wasm_bindgen()?;
    bindgen
        .args(["--target=web", "--out-name=bezorgd", "--out-dir", BUILT])
        .arg(module);
    run::run(bindgen)?;
    // Types of functions that only the glue calls.
    fs::remove_file(built.join("bezorgd_bg.wasm.d.ts"))?;
    for file in FILES {
        let written = Path::new(WRITTEN).join(file);
        fs::copy(&written, built.join(file))
            .with_context(|| format!("cannot read `{}`", written.display()))?;
    }
    bezorgd_pack::add(built, Path::new(project::DIST), FOLDER, Compression::Best)
}
