//! The name of a recipient on the page.

use bezorgd_words::Words;

/// The name of a recipient on the page: the address, or else the name or number.
pub fn called<'a>(
    words: &'static Words,
    address: &'a str,
    name: Option<&'a str>,
    number: Option<&'a str>,
) -> &'a str {
    let address = Some(address).filter(|address| !address.is_empty());
    let known = address.or(name).or(number);
    known.unwrap_or(words.ui.no_address())
}

/// The name and number of a person, if the evidence gives them.
pub fn person(words: &'static Words, name: Option<&str>, number: Option<&str>) -> String {
    let number = number.map(|number| words.fill.customer(number));
    let name = name.map(str::to_owned);
    let known: Vec<String> = name.into_iter().chain(number).collect();
    known.join(" · ")
}
