//! Bytes into what they hold: a mail, a table, a text. The contents decide; a name is only a hint.

pub mod csv;
pub mod encoding;
pub mod signature;
