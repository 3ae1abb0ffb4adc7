//! The languages that there are.

#[cfg(feature = "compiled")]
use crate::words::Words;

/// A language that people can read.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Language {
    /// Dutch as written in Flanders.
    #[default]
    Dutch,
}

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::Dutch];

    /// Its code in addresses, file names and the `lang` attribute (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
        }
    }

    /// Its texts in the form that [`Words::load`] reads.
    #[cfg(feature = "compiled")]
    pub const fn packed(self) -> &'static str {
        match self {
            Self::Dutch => include_str!(concat!(env!("OUT_DIR"), "/nl.words")),
        }
    }

    /// Its words, compiled in.
    #[cfg(feature = "compiled")]
    pub fn words(self) -> &'static Words {
        use std::sync::OnceLock;
        static DUTCH: OnceLock<&'static Words> = OnceLock::new();
        let words = match self {
            Self::Dutch => &DUTCH,
        };
        words.get_or_init(|| {
            Words::load(self.packed()).expect("the build packs what it generates code for")
        })
    }
}
