//! The phrases of `details.toml`, compiled in by `build/details.rs` in the form of rules that give no cause.

use super::rule::Rule;
use std::sync::LazyLock;

/// The tables that `build/details.rs` generates from the file.
mod tables {
    include!(concat!(env!("OUT_DIR"), "/details.rs"));
}

pub use tables::{BEFORE_BYTES, BEFORE_SECONDS, BLOCKLISTS};

#[cfg(test)]
pub use tables::EXAMPLES;

/// Every detail, in the form of a rule.
pub static DETAILS: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let details = tables::PACKED.split_terminator('\u{1E}');
    details.filter_map(Rule::unpack).collect()
});
