//! Builds the published page.

use crate::{project, run, tools};
use anyhow::Result;
use bezorgd_pack::{Compression, Packed, SiteSource};
use std::path::Path;

/// What Trunk builds; the `dist` of Trunk.toml.
const BUILT: &str = "target/page";

/// How the page is built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BuildKind {
    /// As it is published.
    Published,
    /// The same, without the compressed copies that only a host on the internet needs.
    Local,
    /// Built faster; larger and much slower.
    Debug,
}

/// Rebuilds dist/, and returns what is in it.
pub fn build(kind: BuildKind) -> Result<Vec<Packed>> {
    let mut trunk = tools::trunk("build")?;
    if kind != BuildKind::Debug {
        trunk.arg("--release");
    }
    run::run(trunk)?;
    let source = SiteSource {
        built: Path::new(BUILT),
        written: Path::new("www"),
    };
    let compression = match kind {
        BuildKind::Published => Compression::Best,
        BuildKind::Local | BuildKind::Debug => Compression::None,
    };
    bezorgd_pack::pack(source, Path::new(project::DIST), compression)
}
