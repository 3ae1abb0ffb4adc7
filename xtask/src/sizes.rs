//! How much a first visit downloads, and whether that is too much.

use anyhow::{Result, bail};
use bezorgd_pack::{Need, Packed, SINGLE_FILE};

/// The limit to work towards for what a first visit downloads, in bytes compressed with brotli (docs/architecture.md,
/// Size).
const BAR: usize = 400_000;

/// What it may download today: the last figure and a little room, until it meets the bar. It may only go down.
const CEILING: usize = 485_000;

/// Prints the size of every file of the site; fails if a first visit needs more than the ceiling.
pub fn report(site: &[Packed]) -> Result<()> {
    println!(
        "\n{:44} {:>9} {:>9} {:>9}",
        "bytes", "raw", "brotli", "gzip"
    );
    let first_visit = print(site, Need::FirstVisit, "before the first file");
    print(site, Need::Background, "in the background");
    print(site, Need::OnRequest, "on request");
    let single = site.iter().find(|file| file.path == SINGLE_FILE);
    if let Some(single) = single {
        println!("\nSHA-256 of {SINGLE_FILE}: {}", single.sha256);
    }

    if first_visit > CEILING {
        bail!(
            "a first visit downloads {first_visit} bytes (brotli), over the ceiling of {CEILING}"
        );
    }
    match first_visit.checked_sub(BAR) {
        Some(over) => {
            println!("{over} bytes over the bar of {BAR}, under the ceiling of {CEILING}")
        }
        None => println!("under the bar of {BAR}"),
    }
    Ok(())
}

/// Prints the files that are needed at this moment, and returns their total size with brotli.
fn print(site: &[Packed], need: Need, title: &str) -> usize {
    println!("\n{title}");
    let mut total = [0; 3];
    for file in site.iter().filter(|file| file.need == need) {
        // Files that are sent uncompressed have no compressed copy.
        let sizes = [Some(file.raw), file.brotli, file.gzip].map(|size| size.unwrap_or(file.raw));
        print_line(&file.path, sizes);
        total = [0, 1, 2].map(|column| total[column] + sizes[column]);
    }
    print_line("together", total);
    total[1]
}

fn print_line(name: &str, [raw, brotli, gzip]: [usize; 3]) {
    println!("{name:44} {raw:>9} {brotli:>9} {gzip:>9}");
}
