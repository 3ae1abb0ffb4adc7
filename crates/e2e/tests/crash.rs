//! What a person sees of a worker that stops in the middle of a file.

use anyhow::{Result, ensure};
use bezorgd_e2e::words;
use bezorgd_e2e::{Mishap, Variant, file, journey_through};
use std::time::Duration;

/// In a worker: comes to a bad end while it reads the file of this name, in one of the ways below.
fn at_file(name: &str, end: &str) -> String {
    format!(
        "let unlucky = false; \
         addEventListener('message', ({{data}}) => {{ \
           if (data?.open) unlucky = data.open.name === '{name}'; \
           else if (unlucky && data instanceof ArrayBuffer) {{ {end} }} \
         }});"
    )
}

/// What is no request makes Rust panic.
const PANIC: &str = "dispatchEvent(new MessageEvent('message', {data: 'no request'}))";

/// What calls itself for ever overflows the stack.
const OVERFLOW: &str = "(function deeper() { deeper(); })()";

/// The worker says itself that it stopped; for the rest it comes in time.
const STOPS: Mishap = Mishap {
    file: "worker",
    late: Some(Duration::ZERO),
};

async fn goes_on_after(end: &str) -> Result<()> {
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
        // That is what the browser had to say; not every engine says that it was a worker.
        let complaints = page.browser().complaints().await?;
        ensure!(complaints.len() <= 1, "{complaints:#?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn after_a_panic_the_other_files_are_read() -> Result<()> {
    goes_on_after(PANIC).await
}

#[tokio::test]
async fn after_an_overflow_the_other_files_are_read() -> Result<()> {
    goes_on_after(OVERFLOW).await
}
