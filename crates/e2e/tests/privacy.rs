//! Evidence is sent nowhere and stored nowhere; and the checks of that would notice if it were.

use anyhow::{Result, ensure};
use bezorgd_e2e::words;
use bezorgd_e2e::{Browser, Outside, Page, Site, file, journey, root, traces};
use fantoccini::Locator;
use std::time::{Duration, Instant};

/// Every format of evidence; an address in it, and another text that the page itself does not contain.
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
    // A table in HTML, which some systems call a workbook.
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

/// Rows as pasted from the screen.
const PASTED: (&str, &str, &str) = (
    "tests/fixtures/reports/pom-pasted.txt",
    "later@example.be",
    "Something nobody has seen before",
);

/// How long a request may be delayed, such as until a page is idle.
const LATER: Duration = Duration::from_secs(1);

/// At its end, the journey checks that nothing was requested, and that the browser stores only the page.
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
        // Typed text is in fields, and in no document.
        page.search(address).await?;
        let typed = traces(page.browser(), &[address]).await?;
        ensure!(typed.contains(&format!("fields: {address}")), "{typed:#?}");
        leaves_nothing(page, address, &[address, text]).await?;
        tokio::time::sleep(LATER).await;
        Ok(())
    })
    .await
}

/// Waits until this address is on the page, clears the evidence, and searches for any of these texts.
async fn leaves_nothing(page: &Page, address: &str, texts: &[&str]) -> Result<()> {
    page.done().await?;
    page.reads(address).await?;
    let before = traces(page.browser(), texts).await?;
    ensure!(
        before.contains(&format!("document: {address}")),
        "`{address}` was found in {before:#?} only"
    );
    page.press(words().ui.clear()).await?;
    page.reads(words().ui.choose_files()).await?;
    let after = traces(page.browser(), texts).await?;
    ensure!(after.is_empty(), "left of {texts:?}: {after:#?}");
    Ok(())
}

/// A page without a policy that does everything ours must not.
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

/// The ways in which it sends requests, to the server and to a stranger.
const WAYS: [&str; 5] = ["fetch", "beacon", "picture", "frame", "worker"];

/// Every journey relies on this: no request goes unnoticed.
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

/// The first test relies on this: no text that is left somewhere goes unnoticed.
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
    // While it loads, scripts in WebKit still see the empty page before it.
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
