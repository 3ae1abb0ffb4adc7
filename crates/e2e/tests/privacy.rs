//! What the page promises about evidence: it goes nowhere, and nothing of it stays. And that whoever watches over
//! that would see it if it were otherwise.

use anyhow::{Result, ensure};
use bezorgd_e2e::words;
use bezorgd_e2e::{Browser, Outside, Page, Site, file, journey, root, traces};
use fantoccini::Locator;
use std::time::{Duration, Instant};

/// Every form that evidence comes in; an address in it, and another text that the page itself has nowhere.
const FORMS: [(&str, &str, &str); 9] = [
    (
        "tests/fixtures/reports/pom.csv",
        "greet@outlook.example",
        "Something nobody has seen before",
    ),
    (
        "tests/fixtures/workbooks/report.xlsx",
        "greet@outlook.example",
        "F2026/0302",
    ),
    (
        "tests/fixtures/workbooks/report.xls",
        "greet@outlook.example",
        "F2026/0302",
    ),
    (
        "tests/fixtures/workbooks/report.ods",
        "greet@outlook.example",
        "F2026/0302",
    ),
    // A table as a web page, as some systems make what they call a workbook.
    (
        "tests/fixtures/reports/saved-as-web-page.xls",
        "rene@example.be",
        "basisschool De Linde",
    ),
    (
        "crates/e2e/fixtures/bounce.eml",
        "lotte.maes@example.net",
        "Schoolrekening maart",
    ),
    (
        "tests/fixtures/outlook/bounce.msg",
        "els@example.com",
        "192.0.2.7",
    ),
    (
        "tests/fixtures/mailboxes/bounces.mbox",
        "jos@example.net",
        "Je boeken moeten binnenkort terug",
    ),
    (
        "tests/fixtures/mailboxes/bounces.zip",
        "mia@example.org",
        "Je boeken moeten binnenkort terug",
    ),
];

/// Rows as they are pasted from the screen.
const PASTED: (&str, &str, &str) = (
    "tests/fixtures/reports/pom-pasted.txt",
    "later@example.be",
    "Something nobody has seen before",
);

/// How long a request may be put off, such as until a page has nothing else to do.
const LATER: Duration = Duration::from_secs(1);

/// After it, the journey checks that nobody was asked for anything, and that the browser keeps only the page.
#[tokio::test]
async fn no_form_of_evidence_goes_anywhere_and_nothing_of_it_stays() -> Result<()> {
    journey(async |page| {
        for (evidence, address, text) in FORMS {
            let evidence = file(evidence)?;
            let name = evidence.file_name().unwrap_or_default().to_string_lossy();
            page.choose(&[&evidence]).await?;
            leaves_nothing(page, address, &[address, text, &name]).await?;
        }
        let (pasted, address, text) = PASTED;
        page.paste(&std::fs::read_to_string(file(pasted)?)?).await?;
        // What is typed about it is in no document.
        page.search(address).await?;
        let typed = traces(page.browser(), &[address]).await?;
        ensure!(typed.contains(&format!("fields: {address}")), "{typed:#?}");
        leaves_nothing(page, address, &[address, text]).await?;
        tokio::time::sleep(LATER).await;
        Ok(())
    })
    .await
}

/// Waits until this address of what was given is read, clears it, and looks for any of these texts.
async fn leaves_nothing(page: &Page, address: &str, texts: &[&str]) -> Result<()> {
    page.done().await?;
    page.reads(address).await?;
    let before = traces(page.browser(), texts).await?;
    ensure!(
        before.contains(&format!("document: {address}")),
        "{address} is only seen in {before:#?}"
    );
    page.press(words().ui.clear()).await?;
    page.reads(words().ui.choose_files()).await?;
    let after = traces(page.browser(), texts).await?;
    ensure!(after.is_empty(), "of {texts:?} is left: {after:#?}");
    Ok(())
}

/// A page that does all that ours must not, and that no policy forbids to.
const BABBLER: &str = "<!doctype html><title>Babbler</title><script>
    const ask = (how, ask) => ['', 'http://stranger.example/'].forEach((host) => ask(`${host}${how}`));
    ask('fetch', (address) => fetch(address, {mode: 'no-cors'}).catch(() => {}));
    ask('beacon', (address) => navigator.sendBeacon(address, 'x'));
    ask('picture', (address) => { new Image().src = address; });
    ask('frame', (address) => {
      document.documentElement.append(Object.assign(document.createElement('iframe'), {src: address}));
    });
    ask('worker', (address) => {
      const script = `fetch('${new URL(address, location.href)}', {mode: 'no-cors'}).catch(() => {})`;
      new Worker(URL.createObjectURL(new Blob([script])));
    });
</script>";

/// The ways in which it asks, the server and a stranger.
const WAYS: [&str; 5] = ["fetch", "beacon", "picture", "frame", "worker"];

/// What every journey rests on: a request to whomever does not go unnoticed.
#[tokio::test]
async fn a_request_would_be_seen() -> Result<()> {
    let folder = root().join("target").join("babbler");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("index.html"), BABBLER)?;
    std::fs::write(folder.join("_headers"), "")?;
    let mut site = Site::open(None).await?;
    site.publish(&folder);
    let outside = Outside::open().await?;
    let browser = Browser::start(outside.address()).await?;
    browser.client().goto(site.address()).await?;
    let start = Instant::now();
    let unseen = loop {
        let unseen = |requests: &[String], whom: &'static str| {
            let seen = |way: &str| {
                requests
                    .iter()
                    .any(|line| line.contains(&format!("/{way}")))
            };
            let unseen = WAYS.into_iter().filter(move |way| !seen(way));
            unseen.map(|way| format!("{way} to {whom}")).collect()
        };
        let mut all: Vec<String> = unseen(&site.requests(), "the server");
        all.extend::<Vec<_>>(unseen(&outside.requests(), "a stranger"));
        if all.is_empty() || start.elapsed() > Duration::from_secs(20) {
            break all;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    browser.close().await?;
    ensure!(unseen.is_empty(), "not seen: {unseen:#?}");
    Ok(())
}

/// What the other test rests on: a text that is left somewhere does not go unnoticed.
#[tokio::test]
async fn a_trace_would_be_seen() -> Result<()> {
    const LEAVE: &str = "const [text, done] = arguments; \
        const field = document.createElement('input'); \
        field.value = text; \
        document.body.append(field); \
        document.title = text; \
        history.replaceState(text, '', `#${text}`); \
        window.name = text; \
        document.cookie = `trace=${text}`; \
        localStorage.setItem('trace', text); \
        sessionStorage.setItem('trace', text); \
        const opening = indexedDB.open('trace'); \
        opening.onupgradeneeded = () => opening.result.createObjectStore('trace').put(text, 1); \
        opening.onsuccess = async () => { \
          opening.result.close(); \
          await (await caches.open('trace')).put('trace', new Response(text)); \
          done(true); \
        }";
    const PLACES: [&str; 11] = [
        "address",
        "cookies",
        "copies",
        "databases",
        "document",
        "fields",
        "history",
        "localStorage",
        "sessionStorage",
        "title",
        "window",
    ];
    let text = "greet@outlook.example";
    let site = Site::open(None).await?;
    let outside = Outside::open().await?;
    let browser = Browser::start(outside.address()).await?;
    browser.client().goto(site.address()).await?;
    // While it loads, WebKit still lets scripts see the empty page before it.
    let ready = Locator::Css("[data-worker = 'ready']");
    browser.client().wait().for_element(ready).await?;
    let before = traces(&browser, &[text]).await?;
    let argument = vec![serde_json::json!(text)];
    browser.client().execute_async(LEAVE, argument).await?;
    let mut after = traces(&browser, &[text]).await?;
    browser.close().await?;
    after.sort();
    ensure!(before.is_empty(), "before: {before:#?}");
    let all = PLACES.map(|place| format!("{place}: {text}"));
    ensure!(after == all, "seen: {after:#?}");
    Ok(())
}
