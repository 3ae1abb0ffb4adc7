//! Bytes in, a neutral view out: one file per format. Knows nothing of causes or rules.

pub mod eml;
pub mod mail;
pub mod text;
