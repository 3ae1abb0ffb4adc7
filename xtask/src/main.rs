//! Everything there is to run in this repository: `cargo xtask`.

fn main() {}
