//! Lists the recipients of a mailbox of any size, as they are read.
//!
//! cargo run --example mailbox -- bounces.mbox

use bezorgd::model::Moment;
use bezorgd::{Options, diagnoses};
use std::error::Error;
use std::fs::File;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which mailbox?")?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let options = Options::new(Moment::from_unix(seconds.try_into()?)?);
    for diagnosis in diagnoses(&path, File::open(&path)?, &options) {
        let diagnosis = diagnosis?;
        for recipient in &diagnosis.recipients {
            let cause = recipient.cause.code();
            println!("{}\t{}\t{cause}", diagnosis.file, recipient.address);
        }
        for problem in &diagnosis.problems {
            eprintln!("{}: {}", diagnosis.file, problem.code.message());
        }
    }
    Ok(())
}
