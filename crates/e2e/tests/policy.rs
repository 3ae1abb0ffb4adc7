//! The browser itself forbids what the page promises not to do, even to code that was injected into the
//! page.

use anyhow::{Result, ensure};
use bezorgd_e2e::{LISTEN, Page, Variant, journey_from_disk, journey_through};
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
    if (!globalThis.document) return attempts; \
    if (location.protocol === 'file:') \
      attempts.neighbour = await attempt(() => fetch('icon.svg')); \
    attempts.html = await attempt(() => { document.createElement('p').innerHTML = '<b>x</b>'; }); \
    return attempts; }";

#[tokio::test]
async fn on_a_site_nothing_gets_out() -> Result<()> {
    journey_through(&intruded()?, None, async |page| {
        nothing_gets_out(page, 5).await
    })
    .await
}

#[tokio::test]
async fn from_a_disk_nothing_gets_out() -> Result<()> {
    let intruded = intruded()?;
    journey_from_disk(&intruded.single_file(), async |page| {
        // Not even files beside it.
        nothing_gets_out(page, 6).await
    })
    .await
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
    refused("the worker", &in_worker, 4)?;
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
