//! The browser itself forbids what the page promises not to do: asked from within, by code that had no business there.

use anyhow::{Result, ensure};
use e2e::{Page, journey, journey_from_disk, root};
use serde_json::Value;
use site::SINGLE_FILE;

/// Tries what an intruder would: to run a text, to fetch, to make a script of a text, to put a text on the page.
const ATTEMPTS: &str = "async () => { \
    const attempt = async (what) => { try { await what(); return 'allowed'; } catch { return 'refused'; } }; \
    const attempts = { \
      eval: await attempt(() => (0, eval)('1')), \
      fetch: await attempt(() => fetch('data:,')), \
      stranger: await attempt(() => fetch('http://stranger.example/', {mode: 'no-cors'})), \
      worker: await attempt(() => new Worker('data:text/javascript,')), \
    }; \
    if (globalThis.document) \
      attempts.html = await attempt(() => { document.createElement('p').innerHTML = '<b>x</b>'; }); \
    return attempts; }";

#[tokio::test]
async fn on_a_site_nothing_gets_out() -> Result<()> {
    journey(nothing_gets_out).await
}

#[tokio::test]
async fn from_a_disk_nothing_gets_out() -> Result<()> {
    let file = root().join("dist").join(SINGLE_FILE);
    journey_from_disk(&file, async |page| {
        nothing_gets_out(page).await?;
        // Not even what comes from where the page itself came from.
        let own = "const [done] = arguments; \
            fetch(location.href).then(() => done('allowed'), () => done('refused'))";
        let own = page.browser().client().execute_async(own, vec![]).await?;
        ensure!(own == "refused", "fetching itself is {own}");
        complains(page).await
    })
    .await
}

async fn nothing_gets_out(page: &mut Page) -> Result<()> {
    page.before_loading(&format!(
        "globalThis.heard = new Promise((heard) => {{ \
           const channel = new BroadcastChannel('intruder'); \
           channel.onmessage = ({{data}}) => heard(data); \
         }}); \
         globalThis.tried = new Promise((tried) => \
           addEventListener('load', () => ({ATTEMPTS})().then(tried)));"
    ))
    .await?;
    page.inside_worker(&format!(
        "({ATTEMPTS})().then((attempts) => \
           new BroadcastChannel('intruder').postMessage(attempts))"
    ))
    .await?;
    page.reload().await?;

    let heard = "const [done] = arguments; heard.then(done)";
    let in_worker = page.browser().client().execute_async(heard, vec![]).await?;
    refused("the worker", &in_worker, 4)?;
    // What the driver itself evaluates is let off: these ran at an event of the page.
    let tried = "const [done] = arguments; tried.then(done)";
    let in_page = page.browser().client().execute_async(tried, vec![]).await?;
    refused("the page", &in_page, 5)?;
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

/// The browser said so too, once.
async fn complains(page: &Page) -> Result<()> {
    let complaints = page.browser().complaints().await?;
    ensure!(!complaints.is_empty(), "the browser did not complain");
    Ok(())
}
