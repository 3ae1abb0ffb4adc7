//! The page after its worker stopped in the middle of a file.

use anyhow::{Result, ensure};
use bezorgd_e2e::words;
use bezorgd_e2e::{Mishap, Variant, file, journey_through};
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

#[tokio::test]
async fn after_a_panic_the_other_files_are_read() -> Result<()> {
    continues_after(PANIC).await
}

#[tokio::test]
async fn after_an_overflow_the_other_files_are_read() -> Result<()> {
    continues_after(OVERFLOW).await
}
