//! Searches every place in which a page could leave a text behind.

use crate::browser::Browser;
use anyhow::{Context as _, Result};
use serde_json::Value;

/// A script that returns the contents of each place, by its name. Fields, databases and caches contain
/// more than the document shows.
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

/// The places in which the open page has any of these texts, as `place: text`.
///
/// # Errors
/// If the browser does not allow the script to read them.
pub async fn traces(browser: &Browser, texts: &[&str]) -> Result<Vec<String>> {
    let places = browser.client().execute_async(PLACES, vec![]).await?;
    let places = places
        .as_object()
        .with_context(|| format!("the places could not be read: {places}"))?;
    let contains = |content: &Value, text: &str| {
        let content = content.as_str().unwrap_or_default().to_lowercase();
        content.contains(&text.to_lowercase())
    };
    let found = places.iter().flat_map(|(place, content)| {
        let texts = texts.iter().filter(|text| contains(content, text));
        texts.map(move |text| format!("{place}: {text}"))
    });
    Ok(found.collect())
}
