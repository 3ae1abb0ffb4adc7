//! Files by the thousand, and files that are not there.

use anyhow::{Context as _, Result, ensure};
use bezorgd_e2e::{Engine, Mails, Page, file, journey};
use bezorgd_e2e::{number_in, plain, words};
use bezorgd_model::ProblemCode;
use std::path::PathBuf;
use std::time::Duration;

/// How many mails are read to the end.
const MANY: usize = 1_000;

/// How many mails take long enough to press a button in the meantime.
const MORE: usize = 5_000;

/// How long the page may still change after Stop was pressed, in milliseconds. The other engines are slower, and more so
/// on a screen in memory.
const STOPPED_WITHIN: [(Engine, f64); 3] = [
    (Engine::Chromium, 500.0),
    (Engine::Firefox, 3_000.0),
    (Engine::WebKit, 3_000.0),
];

/// How long a page must not change to count as still.
const STILL: Duration = Duration::from_secs(4);

/// A script that presses Stop once there are results, because a driver may be slower than the page; and records what the
/// progress said, when it pressed, and when the page changed after that.
const STOP: &str = "const times = window.times = {}; \
    new MutationObserver(() => { \
      times.changed = performance.now(); \
      const button = document.getElementById('cancel'); \
      if (times.stopped || !button || !document.querySelector('#list [role=option]')) return; \
      times.progress = document.getElementById('progress').textContent; \
      times.stopped = performance.now(); \
      setTimeout(() => button.click()); \
    }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});";

/// A script that returns those, and what the page shows.
const LOOK: &str = "return {...window.times, \
    reads: document.getElementById('progress') !== null, \
    found: document.getElementById('found')?.innerText ?? ''}";

/// Gives all of them: in a folder where a test can drag one, else one by one.
async fn give(page: &Page, mails: &Mails) -> Result<()> {
    match page.browser().engine() {
        Engine::Chromium => page.drop(&[mails.folder()]).await,
        Engine::Firefox | Engine::WebKit => page.choose(mails.files()).await,
    }
}

#[tokio::test]
async fn thousands_of_mails_are_all_read() -> Result<()> {
    let mails = Mails::write(MANY)?;
    journey(async |page| {
        give(page, &mails).await?;
        page.done().await?;
        page.reads(words().count.recipients(MANY as u32)).await
    })
    .await
}

#[tokio::test]
async fn reading_thousands_of_mails_shows_progress_and_stops_at_once() -> Result<()> {
    let mails = Mails::write(MORE)?;
    journey(async |page| {
        page.browser().client().execute(STOP, vec![]).await?;
        give(page, &mails).await?;
        page.eventually("return window.times.stopped > 0").await?;
        tokio::time::sleep(STILL).await;
        let seen = page.browser().client().execute(LOOK, vec![]).await?;
        // “Bestand 17 van 5.000”, or of what is known so far of a folder.
        let progress = seen["progress"].as_str().unwrap_or_default();
        ensure!(progress.contains(" van "), "the progress said: {progress}");
        let time = |name: &str| seen[name].as_f64().context("a time");
        let took = time("changed")? - time("stopped")?;
        let engine = page.browser().engine();
        let bar = STOPPED_WITHIN.iter().find(|(of, _)| *of == engine);
        let (_, most) = bar.context("a bar for each engine")?;
        ensure!(took < *most, "it took {took} ms: {seen:#}");
        ensure!(seen["reads"] == false, "it still reads: {seen:#}");
        let found = number_in(&seen["found"]).context("the number of recipients")?;
        ensure!(
            (1..MORE).contains(&found),
            "what was read is shown: {seen:#}"
        );
        // What is given next is read.
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.search("greet@outlook.example").await?;
        page.press("greet@outlook.example").await
    })
    .await
}

/// Somebody chooses mails while a program moves them away.
#[tokio::test]
async fn a_file_that_is_gone_is_named_and_its_neighbours_are_read() -> Result<()> {
    /// Holds back what is chosen.
    const HOLD: &str = "addEventListener('change', (event) => event.stopImmediatePropagation(), \
        {capture: true, once: true})";
    const LET_GO: &str = "document.getElementById('file-input') \
        .dispatchEvent(new Event('change', {bubbles: true}))";
    let mails = Mails::write(5)?;
    journey(async |page| {
        page.browser().client().execute(HOLD, vec![]).await?;
        page.choose(mails.files()).await?;
        std::fs::remove_file(&mails.files()[2])?;
        page.browser().client().execute(LET_GO, vec![]).await?;
        page.done().await?;
        page.reads(words().count.recipients(4)).await?;
        page.press(words().ui.problems_title()).await?;
        page.reads(plain(words().problem(ProblemCode::Unreadable).what))
            .await?;
        page.reads("000002.eml").await
    })
    .await
}

/// Only Chromium lets a test drag a folder.
#[tokio::test]
async fn an_empty_folder_is_called_that_in_chromium() -> Result<()> {
    let mails = Mails::write(0)?;
    std::fs::create_dir(mails.folder().join("leeg"))?;
    std::fs::write(mails.folder().join("leeg/.hidden"), "")?;
    journey(async |page| {
        page.drop(&[mails.folder()]).await?;
        page.reads(words().ui.nothing_given()).await?;
        page.reads(words().ui.choose_files()).await?;
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.reads("greet@outlook.example").await?;
        page.done().await?;
        page.lacks(words().ui.nothing_given()).await?;
        page.drop(&[mails.folder()]).await?;
        page.reads(words().ui.nothing_given()).await?;
        page.reads("greet@outlook.example").await
    })
    .await
}

#[tokio::test]
async fn giving_nothing_is_called_that() -> Result<()> {
    journey(async |page| {
        page.press(words().ui.paste_read()).await?;
        page.reads(words().ui.nothing_given()).await?;
        page.press(words().ui.example_report()).await?;
        page.done().await?;
        page.lacks(words().ui.nothing_given()).await?;
        page.drop(&[] as &[PathBuf]).await?;
        page.reads(words().ui.nothing_given()).await?;
        page.press(words().ui.clear()).await?;
        page.paste("  \n").await?;
        page.reads(words().ui.nothing_given()).await
    })
    .await
}
