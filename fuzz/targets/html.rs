//! Tables in web pages: whoever a well-written one names comes out, or a problem says that something was left out.

#![no_main]

use bezorgd_fuzz::tables::{HTML_TITLES, HtmlTable};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, rest)) = bytes.split_first() else {
        return;
    };
    match mode % 3 {
        0 => {
            bezorgd_fuzz::check(bytes);
        }
        1 => {
            let page = [b"<table>", HTML_TITLES.as_bytes(), rest].concat();
            bezorgd_fuzz::check(&page);
        }
        _ => {
            let mut table = HtmlTable::default();
            rest.iter().take(1_000).for_each(|kind| table.add(*kind));
            let (page, named) = table.finish();
            let found = bezorgd_fuzz::check(page.as_bytes());
            bezorgd_fuzz::check_nobody_vanished(&named, &found);
        }
    }
});
