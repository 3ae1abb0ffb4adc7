//! The languages. The build generates them from the files beside the manifest.

#[cfg(feature = "compiled")]
use crate::words::Words;

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Language {
    /// Its words, compiled in.
    #[cfg(feature = "compiled")]
    pub fn words(self) -> &'static Words {
        use std::sync::OnceLock;
        static WORDS: [OnceLock<&Words>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        WORDS[self as usize].get_or_init(|| {
            Words::load(self.packed()).expect("the build packs what it generates code for")
        })
    }
}
