//! Where a page could leave something behind, whether or not it ever should.

use crate::browser::Browser;
use anyhow::{Context as _, Result};
use serde_json::Value;

/// Everything a page can keep a text in, by the name of the place. A field holds more than the document tells, and
/// so do a database and a cache.
const PLACES: &str = "const [done] = arguments; \
    const result = (request) => new Promise((resolve, reject) => { \
      request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); }); \
    const databases = async () => { \
      const found = []; \
      for (const {name} of await indexedDB.databases()) { \
        const database = await result(indexedDB.open(name)); \
        for (const store of database.objectStoreNames) { \
          const content = database.transaction(store).objectStore(store); \
          found.push(name, store, await Promise.all([result(content.getAllKeys()), result(content.getAll())])); \
        } \
        database.close(); \
      } \
      return JSON.stringify(found); \
    }; \
    const copies = async () => { \
      const found = []; \
      for (const name of await caches.keys()) { \
        const cache = await caches.open(name); \
        for (const request of await cache.keys()) \
          found.push(name, request.url, await (await cache.match(request)).text()); \
      } \
      return found.join(); \
    }; \
    const fields = [...document.querySelectorAll('input, select, textarea')]; \
    (async () => ({ \
      document: document.documentElement.outerHTML, \
      fields: fields.map(({value}) => value).join(), \
      title: document.title, \
      address: decodeURIComponent(location.href), \
      history: JSON.stringify(history.state), \
      window: window.name, \
      cookies: document.cookie, \
      localStorage: JSON.stringify({...localStorage}), \
      sessionStorage: JSON.stringify({...sessionStorage}), \
      databases: await databases(), \
      copies: await copies(), \
    }))().then(done, (error) => done(`${error}`))";

/// The places in which the page that is open has any of these texts.
///
/// # Errors
/// When the browser does not let them be seen.
pub async fn traces(browser: &Browser, texts: &[&str]) -> Result<Vec<String>> {
    let places = browser.client().execute_async(PLACES, vec![]).await?;
    let places = places
        .as_object()
        .with_context(|| format!("what the page keeps cannot be seen: {places}"))?;
    let holds = |content: &Value, text: &str| {
        let content = content.as_str().unwrap_or_default().to_lowercase();
        content.contains(&text.to_lowercase())
    };
    let found = places.iter().flat_map(|(place, content)| {
        let texts = texts.iter().filter(|text| holds(content, text));
        texts.map(move |text| format!("{place}: {text}"))
    });
    Ok(found.collect())
}
