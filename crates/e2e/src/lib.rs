//! Journeys through the built page, in a real browser: the page in `dist/`, on a local web server, in
//! the [`Engine`] that `BEZORGD_BROWSER` names.
//!
//! A [`journey`] describes what a person does and reads. What must be true of every journey is checked
//! here: the page requests nothing after loading, it never leaves its address, and the browser stores
//! nothing but the files of the page and logs no complaint.
//!
//! A test whose name ends in `_in_chromium` needs what only that engine lets a test do; it says what,
//! and is skipped in the others.
//!
//! It needs a built page and a browser, so run it as `cargo xtask test`.

mod browser;
mod engine;
mod mailbox;
mod mails;
mod memory;
mod outside;
mod page;
mod processes;
mod repository;
mod site;
mod traces;
mod variant;

pub use crate::site::{Mishap, Site};
pub use browser::{Browser, EmulatedScreen, LISTEN};
pub use engine::Engine;
pub use mailbox::Mailbox;
pub use mails::Mails;
pub use memory::Memory;
pub use outside::Outside;
pub use page::{Page, file, number_in};
pub use repository::root;
pub use traces::traces;
pub use variant::Variant;

use crate::page::Home;
use anyhow::{Context as _, Result, anyhow};
use bezorgd_words::{Language, Line, Words};
use std::path::Path;
use url::Url;

/// Opens the page, takes the steps, and checks what must be true of every journey.
///
/// # Errors
/// If a step fails; a screenshot of the page is then in `target/journeys/`.
pub async fn journey(steps: impl AsyncFnOnce(&mut Page) -> Result<()>) -> Result<()> {
    journey_despite(None, steps).await
}

/// A [`journey`] on which a file of the page comes late or not at all.
///
/// # Errors
/// As those of any journey, but complaints of the browser about that file do not count.
pub async fn journey_despite(
    mishap: impl Into<Option<Mishap>>,
    steps: impl AsyncFnOnce(&mut Page) -> Result<()>,
) -> Result<()> {
    let mishap = mishap.into();
    let site = Site::open(mishap).await?;
    travel(Page::new(Home::Site(site), mishap).await?, steps).await
}

/// A [`journey`] through a changed page, on which a file may come late or not at all.
///
/// # Errors
/// As those of any journey.
pub async fn journey_through(
    variant: &Variant,
    mishap: impl Into<Option<Mishap>>,
    steps: impl AsyncFnOnce(&mut Page) -> Result<()>,
) -> Result<()> {
    let mishap = mishap.into();
    let mut site = Site::open(mishap).await?;
    site.publish(&variant.site());
    travel(Page::new(Home::Site(site), mishap).await?, steps).await
}

/// A [`journey`] through the page as one file, opened from this place on a disk.
///
/// # Errors
/// As those of any journey.
pub async fn journey_from_disk(
    file: &Path,
    steps: impl AsyncFnOnce(&mut Page) -> Result<()>,
) -> Result<()> {
    let file = Url::from_file_path(file)
        .map_err(|()| anyhow!("`{}` is not an absolute path", file.display()))?;
    travel(Page::new(Home::Disk(file), None).await?, steps).await
}

async fn travel(mut page: Page, steps: impl AsyncFnOnce(&mut Page) -> Result<()>) -> Result<()> {
    let outcome = go(&mut page, steps).await;
    let outcome = match outcome {
        Ok(()) => Ok(()),
        Err(error) => {
            let picture = picture_of_failure(&page).await;
            Err(error.context(picture.unwrap_or_else(|none| format!("no screenshot: {none:#}"))))
        }
    };
    // Whatever happened: a browser that is not closed keeps running.
    page.close().await?;
    outcome
}

async fn go(page: &mut Page, steps: impl AsyncFnOnce(&mut Page) -> Result<()>) -> Result<()> {
    page.open().await?;
    steps(page).await?;
    page.check_invariants().await
}

/// The words of the page, in the language that the journeys read.
pub fn words() -> &'static Words {
    Language::Dutch.words()
}

/// A sentence as the page shows it if the domain of the sending system is unknown.
pub fn plain(line: Line) -> String {
    line.with_domain(words().ui.sender_domain_unknown())
}

/// Saves a screenshot of the page under the name of the test.
async fn picture_of_failure(page: &Page) -> Result<String> {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("journey").replace("::", "-");
    let folder = root().join("target/journeys");
    let engine = page.browser().engine();
    let file = folder.join(format!("{name}-{engine}.png"));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(&file, page.browser().picture().await?).context("cannot save the screenshot")?;
    Ok(format!("screenshot: {}", file.display()))
}
