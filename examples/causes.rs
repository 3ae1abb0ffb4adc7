//! Counts the causes in files of any format.
//!
//! cargo run --example causes -- bounces.mbox report.xlsx

use bezorgd::model::{Cause, Moment};
use bezorgd::{Options, analyse};
use std::collections::HashMap;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> Result<(), Box<dyn Error>> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let options = Options::new(Moment::from_unix(seconds.try_into()?)?);
    let mut counts: HashMap<Cause, u32> = HashMap::new();
    for path in std::env::args().skip(1) {
        for diagnosis in analyse(&path, &std::fs::read(&path)?, &options) {
            for recipient in &diagnosis.recipients {
                *counts.entry(recipient.cause).or_default() += 1;
            }
            // Counts without these would look complete.
            for problem in &diagnosis.problems {
                eprintln!("{}: {}", diagnosis.file, problem.code.message());
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(cause, count)| (std::cmp::Reverse(count), cause.code()));
    for (cause, count) in counts {
        println!("{count:6} {}", cause.code());
    }
    Ok(())
}
