//! Beyond one visit: the page without a server, newer versions of it, files from other programs, and the
//! page as one file.

use anyhow::{Result, ensure};
use bezorgd_e2e::words;
use bezorgd_e2e::{
    Mishap, Page, Site, Variant, file, journey, journey_from_disk, journey_through, root,
};
use bezorgd_model::Cause;
use bezorgd_pack::{SINGLE_FILE, hex};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// A report, a bounce and a workbook.
const EVIDENCE: [&str; 3] = [
    "tests/fixtures/reports/pom.csv",
    "crates/e2e/fixtures/bounce.eml",
    "tests/fixtures/workbooks/report.xlsx",
];

/// Longer than it takes to read one file.
const READ_WITHIN: Duration = Duration::from_secs(1);

/// A script for the page: counts the workers that started.
const COUNT_WORKERS: &str = "globalThis.workers = 0; \
    new BroadcastChannel('started').onmessage = () => { workers += 1; }";

/// A script for the worker: reports that it started, and crashes on request.
const CRASHING: &str = "new BroadcastChannel('started').postMessage(true); \
    new BroadcastChannel('crash').onmessage = () => { throw new Error('crashed on purpose'); }";

/// A script for the page: makes the worker crash.
const CRASH: &str = "new BroadcastChannel('crash').postMessage(true)";

#[tokio::test]
async fn without_a_server_the_page_opens_and_reads() -> Result<()> {
    journey(async |page| {
        page.site()?.stop().await?;
        page.reload().await?;
        page.choose(&evidence()?).await?;
        page.reads("greet@outlook.example").await?;
        page.reads("lotte.maes@example.net").await?;
        page.press("greet@outlook.example").await?;
        page.reads(words().cause(Cause::MailboxFull)).await
    })
    .await
}

#[tokio::test]
async fn a_newer_version_is_announced_and_waits_for_the_reader() -> Result<()> {
    let newer = newer_version()?;
    let older = Variant::intruded(COUNT_WORKERS, CRASHING)?;
    journey_through(&older, None, async |page| {
        let first = version(page).await?;
        page.site()?.publish(&newer.site());
        page.reload().await?;
        ensure!(
            version(page).await? == first,
            "the version changed by itself"
        );
        page.reads(words().ui.new_version()).await?;

        // Another page switches to it: the files of this one are then in its memory only.
        page.choose(&[file("crates/e2e/fixtures/bounce.eml")?])
            .await?;
        page.reads("lotte.maes@example.net").await?;
        page.reads(words().ui.new_version_given()).await?;
        activate(page).await?;
        page.reads("lotte.maes@example.net").await?;
        page.eventually("return workers === 1").await?;
        page.browser().client().execute(CRASH, vec![]).await?;
        page.eventually("return workers === 2").await?;
        page.done().await?;
        page.reads("lotte.maes@example.net").await?;
        page.press(words().ui.clear()).await?;
        page.choose(&evidence()?).await?;
        page.reads("greet@outlook.example").await?;
        page.done().await?;
        page.saves(words().ui.save_excel(), "xlsx").await?;

        page.press(words().ui.new_version_load()).await?;
        page.eventually(&other_than(&first)).await?;
        page.reads(words().ui.choose_files()).await?;
        page.settle().await?;
        page.lacks(words().ui.new_version()).await?;
        page.choose(&evidence()?).await?;
        page.reads("greet@outlook.example").await
    })
    .await
}

#[tokio::test]
async fn a_newer_version_is_loaded_when_the_reader_wants_it() -> Result<()> {
    let newer = newer_version()?;
    journey(async |page| {
        let first = version(page).await?;
        page.site()?.publish(&newer.site());
        page.reload().await?;
        page.press(words().ui.new_version_load()).await?;
        page.eventually(&other_than(&first)).await?;
        page.settle().await
    })
    .await
}

/// Only Chromium reports to a test what a page lacks for installation.
#[tokio::test]
async fn the_page_can_be_installed_in_chromium() -> Result<()> {
    journey(async |page| {
        page.reload().await?;
        let manifest = page
            .browser()
            .devtools("Page.getAppManifest", json!({}))
            .await?;
        ensure!(
            manifest["errors"] == json!([]),
            "the manifest: {manifest:#}"
        );
        let obstacles = page
            .browser()
            .devtools("Page.getInstallabilityErrors", json!({}))
            .await?;
        ensure!(
            obstacles["installabilityErrors"] == json!([]),
            "{obstacles:#}"
        );
        Ok(())
    })
    .await
}

/// A file that the operating system opens with the installed page. Only Chromium passes those to pages
/// (`launchQueue`).
#[tokio::test]
async fn a_file_opened_with_the_installed_page_is_read_in_chromium() -> Result<()> {
    // No driver can open a file from a desktop, so the test plays that side of the queue.
    const QUEUE: &str = "Object.defineProperty(globalThis, 'launchQueue', \
        {value: {setConsumer(consumer) { this.consumer = consumer; }}})";
    const OPEN: &str = "const [name, content] = arguments; \
        launchQueue.consumer({files: [{getFile: async () => new File([content], name)}]})";
    journey(async |page| {
        page.before_loading(QUEUE).await?;
        page.reload().await?;
        let bounce = std::fs::read_to_string(file("crates/e2e/fixtures/bounce.eml")?)?;
        let arguments = vec![json!("bounce.eml"), json!(bounce)];
        page.browser().client().execute(OPEN, arguments).await?;
        offered(page, "bounce.eml", "lotte.maes@example.net").await?;
        page.press(words().ui.offered_read()).await?;
        page.reads("lotte.maes@example.net").await
    })
    .await
}

#[tokio::test]
async fn shared_files_and_texts_are_read_after_a_press_and_not_sent() -> Result<()> {
    journey(async |page| {
        page.reload().await?;
        let report = std::fs::read_to_string(file("tests/fixtures/reports/pom.csv")?)?;
        share(page, json!({"file": report, "title": "An introduction"})).await?;
        page.reload().await?;
        offered(page, "shared.csv", "greet@outlook.example").await?;
        page.press(words().ui.offered_read()).await?;
        page.reads("greet@outlook.example").await?;
        page.lacks(words().ui.offered()).await?;
        // It is given to one page only.
        page.reload().await?;
        page.lacks("greet@outlook.example").await?;
        page.lacks("shared.csv").await?;

        let reply = "550 5.1.1 <an@example.com>: Recipient address rejected: User unknown";
        share(page, json!({"text": reply, "title": "Undeliverable"})).await?;
        page.reload().await?;
        offered(page, words().ui.shared_name(), "an@example.com").await?;
        page.press(words().ui.offered_read()).await?;
        page.reads("an@example.com").await?;
        page.reads(words().cause(Cause::AddressUnknown)).await
    })
    .await
}

/// Any other site can send something to the address where shared files arrive.
#[tokio::test]
async fn what_another_site_plants_is_not_read() -> Result<()> {
    const PLANTED: &str = "550 5.1.1 <planted@example.com>: User unknown";
    journey(async |page| {
        page.reload().await?;
        let target = format!("{}share", page.site()?.address());
        let before = page.site()?.requests().len();
        let form = format!(
            "<!doctype html><title>Another site</title><link rel=icon href='data:,'>\
             <form method=post enctype=multipart/form-data action='{target}'>\
             <input name=text value='{PLANTED}'></form>"
        );
        let folder = std::env::temp_dir().join(format!("bezorgd-planted-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("index.html"), form)?;
        std::fs::write(folder.join("_headers"), "")?;
        let mut other = Site::open(None).await?;
        other.publish(&folder);
        let client = page.browser().client();
        client.goto(other.address()).await?;
        client.execute("document.forms[0].submit()", vec![]).await?;
        offered(page, words().ui.shared_name(), "planted@example.com").await?;
        page.press(words().ui.offered_refuse()).await?;
        page.eventually("return document.getElementById('offered') === null")
            .await?;
        page.press(words().ui.example_report()).await?;
        page.done().await?;
        page.lacks("planted").await?;
        let after = page.site()?.requests().split_off(before);
        ensure!(
            after.iter().all(|line| line.starts_with("GET ")),
            "it was sent: {after:#?}"
        );
        std::fs::remove_dir_all(&folder)?;
        page.settle().await
    })
    .await
}

/// A share would go to the server, which must never get evidence.
#[tokio::test]
async fn without_a_service_worker_the_page_cannot_be_shared_with() -> Result<()> {
    const MANIFEST: &str = "return document.querySelector('link[rel=manifest]')?.href ?? null";
    // The file is not late: with a mishap, a journey does not wait for the service worker.
    let no_copy = Mishap {
        file: "worker",
        late: Some(Duration::ZERO),
    };
    let without = Variant::intruded(
        "Object.defineProperty(navigator, 'serviceWorker', {value: undefined});",
        "",
    )?;
    journey_through(&without, no_copy, async |page| {
        let manifest = page.browser().client().execute(MANIFEST, vec![]).await?;
        ensure!(manifest.is_null(), "the page names {manifest}");
        page.choose(&[file("crates/e2e/fixtures/bounce.eml")?])
            .await?;
        page.reads("lotte.maes@example.net").await
    })
    .await?;
    journey(async |page| {
        // The service worker did not open the first visit.
        let manifest = page.browser().client().execute(MANIFEST, vec![]).await?;
        ensure!(manifest.is_null(), "the first visit names {manifest}");
        page.reload().await?;
        let manifest = page.browser().client().execute(MANIFEST, vec![]).await?;
        let expected = format!("{}manifest.webmanifest", page.site()?.address());
        ensure!(manifest == expected, "the page names {manifest}");
        Ok(())
    })
    .await
}

/// No other page can hold on to this one, nor share its process or its files.
#[tokio::test]
async fn the_page_and_its_worker_are_isolated() -> Result<()> {
    const ISOLATED: &str = "return [crossOriginIsolated, opener === null]";
    let in_worker = "postMessage({isolated: crossOriginIsolated});";
    let in_page = "globalThis.heard = new Promise((heard) => { \
        globalThis.Worker = class extends Worker { \
          constructor(...script) { \
            super(...script); \
            this.addEventListener('message', (event) => { \
              if (event.data?.isolated === undefined) return; \
              event.stopImmediatePropagation(); \
              heard(event.data.isolated); \
            }); \
          } \
        }; \
      });";
    let variant = Variant::intruded(in_page, in_worker)?;
    journey_through(&variant, None, async |page| {
        let client = page.browser().client();
        let isolated = client.execute(ISOLATED, vec![]).await?;
        ensure!(isolated == json!([true, true]), "the page: {isolated}");
        let heard = "const [done] = arguments; heard.then(done)";
        let isolated = client.execute_async(heard, vec![]).await?;
        ensure!(isolated == true, "the worker: {isolated}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_server_sends_the_policy_and_cache_lifetimes() -> Result<()> {
    const ASK: &str = "const [address, done] = arguments; \
        fetch(address, {cache: 'no-store'}) \
          .then((response) => done(Object.fromEntries(response.headers)), done)";
    journey(async |page| {
        let address = |selector: &str| format!("return document.querySelector('{selector}').src");
        let script = page
            .browser()
            .client()
            .execute(&address("script[data-page]"), vec![])
            .await?;
        for (path, cache) in [(json!("./"), "no-cache"), (script, "immutable")] {
            let headers = page
                .browser()
                .client()
                .execute_async(ASK, vec![path])
                .await?;
            let header = |name: &str| headers[name].as_str().unwrap_or_default().to_owned();
            let policy = header("content-security-policy");
            ensure!(policy.contains("frame-ancestors 'none'"), "{headers:#}");
            ensure!(policy.contains("connect-src 'self'"), "{headers:#}");
            ensure!(header("x-content-type-options") == "nosniff", "{headers:#}");
            ensure!(header("referrer-policy") == "no-referrer", "{headers:#}");
            for kind in ["embedder", "opener", "resource"] {
                let policy = header(&format!("cross-origin-{kind}-policy"));
                ensure!(!policy.is_empty(), "{kind}: {headers:#}");
            }
            ensure!(
                header("permissions-policy").contains("camera=()"),
                "{headers:#}"
            );
            ensure!(header("cache-control").contains(cache), "{headers:#}");
        }
        page.settle().await
    })
    .await
}

/// The same evidence gives the same table, byte for byte.
#[tokio::test]
async fn as_one_file_it_gives_the_same_results() -> Result<()> {
    let read = async |page: &mut Page| {
        page.choose(&evidence()?).await?;
        page.reads("lotte.maes@example.net").await?;
        page.reads("greet@outlook.example").await?;
        page.done().await?;
        page.saves(words().ui.save_csv(), "csv").await
    };
    let mut on_the_site = Vec::new();
    let mut kept = Vec::new();
    journey(async |page| {
        kept = page.saves(words().ui.single_file(), "html").await?;
        page.settle().await?;
        page.reads(hex(&kept)).await?;
        on_the_site = read(page).await?;
        Ok(())
    })
    .await?;
    ensure!(
        kept == std::fs::read(root().join("dist").join(SINGLE_FILE))?,
        "another file was saved"
    );

    let folder = std::env::temp_dir().join(format!("bezorgd mét spatie {}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let place = folder.join(SINGLE_FILE);
    std::fs::write(&place, kept)?;
    let outcome = journey_from_disk(&place, async |page| {
        page.lacks(words().ui.single_file()).await?;
        let from_disk = read(page).await?;
        ensure!(
            from_disk == on_the_site,
            "from disk:\n{}\non the site:\n{}",
            String::from_utf8_lossy(&from_disk),
            String::from_utf8_lossy(&on_the_site)
        );
        page.saves(words().ui.save_excel(), "xlsx").await?;
        page.press(words().ui.clear()).await?;
        page.press(words().ui.example_report()).await?;
        page.reads(words().cause(Cause::MailboxFull)).await
    })
    .await;
    std::fs::remove_dir_all(&folder)?;
    outcome
}

/// Waits until the page names what was handed over, and checks that it was not read.
async fn offered(page: &Page, name: &str, text: &str) -> Result<()> {
    page.reads(words().ui.offered()).await?;
    page.reads(name).await?;
    tokio::time::sleep(READ_WITHIN).await;
    let shown = page.text().await?;
    ensure!(!shown.contains(text), "it was read:\n{shown}");
    Ok(())
}

fn evidence() -> Result<Vec<PathBuf>> {
    EVIDENCE.into_iter().map(file).collect()
}

/// Whether the page is of another version than this one.
fn other_than(version: &Value) -> String {
    let part = &version["page"];
    format!("return document.querySelector('script[data-page]').dataset.page !== {part}")
}

/// The version of the page: the hashed names of its parts.
async fn version(page: &Page) -> Result<Value> {
    const VERSION: &str = "return {...document.querySelector('script[data-page]').dataset}";
    Ok(page.browser().client().execute(VERSION, vec![]).await?)
}

/// Activates the newest version, as the button in another page does, and waits for that.
async fn activate(page: &Page) -> Result<()> {
    const ACTIVATE: &str = "const [done] = arguments; \
        navigator.serviceWorker.ready.then(({waiting}) => { \
          waiting.addEventListener('statechange', () => waiting.state === 'activated' && done(true)); \
          waiting.postMessage('activate'); })";
    let activated = page
        .browser()
        .client()
        .execute_async(ACTIVATE, vec![])
        .await?;
    ensure!(activated == true, "{activated}");
    Ok(())
}

/// Shares a file or a text with the page, as a phone does.
async fn share(page: &Page, what: Value) -> Result<()> {
    const SHARE: &str = "const [{file, title, text}, done] = arguments; \
        const form = new FormData(); \
        if (title) form.append('title', title); \
        if (text) form.append('text', text); \
        if (file) form.append('files', new File([file], 'shared.csv')); \
        fetch('share', {method: 'POST', body: form}).then(({status, url}) => done([status, url]), done)";
    let answer = page
        .browser()
        .client()
        .execute_async(SHARE, vec![what])
        .await?;
    let here = page.browser().client().current_url().await?;
    ensure!(
        answer == json!([200, here.as_str()]),
        "sharing was answered with {answer}"
    );
    Ok(())
}

/// The site as it would be with every part changed: no file has the name of one before.
fn newer_version() -> Result<Variant> {
    Variant::new(|path, mut bytes| {
        match path {
            // An empty custom section, named n.
            _ if path.ends_with(".wasm") => bytes.extend([0, 2, 1, b'n']),
            _ if path.starts_with("www/") => {}
            _ => bytes.push(b'\n'),
        }
        bytes
    })
}
