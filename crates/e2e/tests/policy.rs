//! The browser itself forbids what the page promises not to do, even to code that was injected into the
//! page.

use anyhow::{Result, ensure};
use bezorgd_e2e::{LISTEN, Page, Variant, journey_from_disk, journey_through, root};
use serde_json::Value;

/// A script that tries what an intruder would: run a text, fetch, make a script of a text, put a text on
/// the page.
const ATTEMPTS: &str = "async () => { \
    const attempt = async (what) => { try { await what(); return 'allowed'; } catch { return 'refused'; } }; \
    const attempts = { \
      eval: await attempt(() => (0, eval)('1')), \
      fetch: await attempt(() => fetch('data:,')), \
      stranger: await attempt(() => fetch('http://stranger.example/', {mode: 'no-cors'})), \
      worker: await attempt(() => new Promise((resolve, reject) => { \
        const worker = new Worker('data:text/javascript,postMessage(1)'); \
        worker.onmessage = resolve; worker.onerror = reject; })), \
    }; \
    if (!globalThis.document) { \
      attempts.webrtc = await attempt(() => new RTCPeerConnection()); \
      return attempts; \
    } \
    attempts.picture = await attempt(() => new Promise((resolve, reject) => \
      Object.assign(new Image(), {onload: resolve, onerror: reject, src: 'http://stranger.example/a.png'}))); \
    attempts.script = await attempt(() => { \
      document.createElement('script').src = 'http://stranger.example/a.js'; }); \
    if (location.protocol === 'file:') \
      attempts.neighbour = await attempt(() => fetch('icon.svg')); \
    attempts.html = await attempt(() => { document.createElement('p').innerHTML = '<b>x</b>'; }); \
    return attempts; }";

#[tokio::test]
async fn on_a_site_nothing_gets_out() -> Result<()> {
    journey_through(&intruded()?, None, async |page| {
        nothing_gets_out(page, 7).await
    })
    .await
}

#[tokio::test]
async fn from_a_disk_nothing_gets_out() -> Result<()> {
    let intruded = intruded()?;
    journey_from_disk(&intruded.single_file(), async |page| {
        // Not even files beside it.
        nothing_gets_out(page, 8).await
    })
    .await
}

/// What no policy forbids, the page does not do: none of its files names it.
#[test]
fn the_page_names_nothing_that_gets_past_the_policy() -> Result<()> {
    const PAST: [&str; 6] = [
        "RTCPeerConnection",
        "WebTransport",
        "dns-prefetch",
        "preconnect",
        "rel=\"prefetch",
        "speculationrules",
    ];
    let mut searched = 0;
    for folder in ["dist", "dist/assets"] {
        for entry in std::fs::read_dir(root().join(folder))? {
            let path = entry?.path();
            let is_compressed = path
                .extension()
                .is_some_and(|end| end == "br" || end == "gz");
            if path.is_dir() || is_compressed {
                continue;
            }
            let bytes = std::fs::read(&path)?;
            let contains = |text: &&str| {
                bytes
                    .windows(text.len())
                    .any(|part| part == text.as_bytes())
            };
            let named: Vec<_> = PAST.iter().copied().filter(contains).collect();
            ensure!(named.is_empty(), "{} names {named:?}", path.display());
            searched += 1;
        }
    }
    ensure!(searched > 12, "only {searched} files were found");
    Ok(())
}

/// The page with an intruder in its first script.
fn intruded() -> Result<Variant> {
    let in_page = format!(
        "{LISTEN} \
         globalThis.heard = new Promise((heard) => {{ \
           globalThis.Worker = class extends Worker {{ \
             constructor(...script) {{ \
               super(...script); \
               this.addEventListener('message', (event) => {{ \
                 if (!event.data?.attempts) return; \
                 event.stopImmediatePropagation(); \
                 heard(event.data.attempts); \
               }}); \
             }} \
           }}; \
         }}); \
         globalThis.tried = new Promise((tried) => \
           addEventListener('load', () => ({ATTEMPTS})().then(tried)));"
    );
    let in_worker = format!("({ATTEMPTS})().then((attempts) => postMessage({{attempts}}));");
    Variant::intruded(&in_page, &in_worker)
}

/// Checks that all attempts of the page and its worker failed; `attempts` is how many each makes.
async fn nothing_gets_out(page: &mut Page, attempts: usize) -> Result<()> {
    let heard = "const [done] = arguments; heard.then(done)";
    let in_worker = page.browser().client().execute_async(heard, vec![]).await?;
    refused("the worker", &in_worker, 5)?;
    // Scripts from the driver are exempt from the policy, so these ran at an event of the page.
    let tried = "const [done] = arguments; tried.then(done)";
    let in_page = page.browser().client().execute_async(tried, vec![]).await?;
    refused("the page", &in_page, attempts)?;
    complains(page).await
}

fn refused(who: &str, attempts: &Value, count: usize) -> Result<()> {
    let attempts = attempts.as_object().cloned().unwrap_or_default();
    ensure!(
        attempts.len() == count && attempts.values().all(|outcome| outcome == "refused"),
        "{who} tried: {attempts:#?}"
    );
    Ok(())
}

/// Checks that the browser complained.
async fn complains(page: &Page) -> Result<()> {
    let complaints = page.browser().complaints().await?;
    ensure!(!complaints.is_empty(), "the browser did not complain");
    Ok(())
}
