//! Builds the published page.

use crate::{project, run, tools};
use anyhow::Result;
use bezorgd_pack::{Compression, Packed, Source};
use std::path::Path;

/// What Trunk builds; the `dist` of Trunk.toml.
const BUILT: &str = "target/page";

/// How the page is built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// As it is published.
    Published,
    /// The same, without the compressed copies that only a host on the internet needs.
    Local,
    /// Built faster; larger and much slower.
    Debug,
}

/// Rebuilds dist/, and returns what is in it.
pub fn build(kind: Kind) -> Result<Vec<Packed>> {
    let mut trunk = tools::trunk("build")?;
    if kind != Kind::Debug {
        trunk.arg("--release");
    }
    run::run(trunk)?;
    let source = Source {
        built: Path::new(BUILT),
        written: Path::new("www"),
    };
    let compression = match kind {
        Kind::Published => Compression::Best,
        Kind::Local | Kind::Debug => Compression::None,
    };
    bezorgd_pack::pack(source, Path::new(project::DIST), compression)
}
