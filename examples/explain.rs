//! Lists the rules that match an error message, the winner first.
//!
//! cargo run --example explain -- "552 5.2.2 Mailbox full, try again later"

use bezorgd::rules::{Evidence, explain};

fn main() {
    let message = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    let rules = explain(&Evidence {
        text: &message,
        ..Evidence::default()
    });
    if rules.is_empty() {
        println!("no rule fits");
    }
    for rule in rules {
        let words = match rule.words.as_str() {
            "" => "its code",
            words => words,
        };
        println!("{}: {} because of {words}", rule.rule, rule.cause.code());
        match rule.lost {
            Some(reason) => println!("  did not decide: {reason:?}"),
            None => println!("  source: {}", rule.source),
        }
    }
}
