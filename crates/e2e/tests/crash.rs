//! The page after its worker stopped in the middle of a file.

use anyhow::{Result, ensure};
use bezorgd_e2e::words;
use bezorgd_e2e::{Mails, Mishap, Variant, file, journey_through};
use bezorgd_model::Cause;
use bezorgd_protocol::{Purpose, Request, wire};
use std::time::Duration;

/// A script for the worker: it ends in one of the ways below while reading the file of this name. A request that
/// opens a file begins with the number of its variant, and holds the name (`wire` in `crates/protocol`).
fn at_file(name: &str, end: &str) -> String {
    let open = Request::Open {
        file: 0,
        name: String::new(),
        purpose: Purpose::Evidence,
        columns: None,
    };
    let variant = wire::to_bytes(&open).expect("plain data")[0];
    format!(
        "let unlucky = false; \
         addEventListener('message', ({{data}}) => {{ \
           if (data instanceof Uint8Array && data[0] === {variant}) \
             unlucky = new TextDecoder().decode(data).includes('{name}'); \
           else if (unlucky && data instanceof ArrayBuffer) {{ {end} }} \
         }});"
    )
}

/// A message that is no request makes Rust panic.
const PANIC: &str = "dispatchEvent(new MessageEvent('message', {data: 'no request'}))";

/// Endless recursion overflows the stack.
const OVERFLOW: &str = "(function deeper() { deeper(); })()";

/// Exempts the worker's complaint that it stopped; the file itself is not late.
const STOPS: Mishap = Mishap {
    file: "worker",
    late: Some(Duration::ZERO),
};

async fn continues_after(end: &str) -> Result<()> {
    let unlucky = Variant::intruded("", &at_file("bounce.eml", end))?;
    journey_through(&unlucky, STOPS, async |page| {
        page.choose(&[
            file("crates/e2e/fixtures/bounce.eml")?,
            file("tests/fixtures/reports/pom.csv")?,
        ])
        .await?;
        page.reads("greet@outlook.example").await?;
        page.press(words().ui.problems_title()).await?;
        page.reads(words().ui.crashed()).await?;
        page.reads("bounce.eml").await?;
        // This was the browser's complaint; not every engine says that it came from a worker.
        let complaints = page.browser().complaints().await?;
        ensure!(complaints.len() <= 1, "{complaints:#?}");
        Ok(())
    })
    .await
}

/// However many files it stops on: each is set aside and named, and the rest is read.
#[tokio::test]
async fn after_seven_crashes_the_other_files_are_read() -> Result<()> {
    const CRASHES: usize = 7;
    let mails = Mails::write(CRASHES + 1)?;
    let unlucky = Variant::intruded("", &at_file("00000", PANIC))?;
    journey_through(&unlucky, STOPS, async |page| {
        // Files that are not unlucky before, between and after those that are.
        let report = file("tests/fixtures/reports/pom.csv")?;
        let bounce = file("crates/e2e/fixtures/bounce.eml")?;
        let mut files = vec![report];
        files.extend_from_slice(&mails.files()[..CRASHES]);
        files.insert(3, bounce);
        page.choose(&files).await?;
        page.reads("lotte.maes@example.net").await?;
        page.done().await?;
        page.press(words().ui.problems_title()).await?;
        page.reads(words().ui.crashed()).await?;
        page.reads("000000.eml").await?;
        page.reads(words().count.more_places(2)).await?;
        page.search("greet@outlook.example").await?;
        page.reads(words().cause(Cause::MailboxFull)).await?;
        page.browser().complaints().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn after_a_panic_the_other_files_are_read() -> Result<()> {
    continues_after(PANIC).await
}

#[tokio::test]
async fn after_an_overflow_the_other_files_are_read() -> Result<()> {
    continues_after(OVERFLOW).await
}
