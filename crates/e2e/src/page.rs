//! The page as a person uses it: actions, and what can be read.

use crate::browser::{Browser, EmulatedScreen};
use crate::engine::Engine;
use crate::outside::Outside;
use crate::site::{Mishap, Site};
use anyhow::{Context, Result, bail, ensure};
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use url::Url;

/// Scrolls an element to the middle of the pane that shows it.
const CENTRE: &str = "arguments[0].scrollIntoView({ block: 'center' });";

/// How long a person would wait; the slowest computer that runs the tests is slower than theirs.
const PATIENCE: Duration = Duration::from_secs(20);

/// The time between two looks while waiting.
const MOMENT: Duration = Duration::from_millis(50);

/// Where the page is opened from.
pub(crate) enum Home {
    /// A web server.
    Site(Site),
    /// A file on a disk.
    Disk(Url),
}

/// The page, in a separate browser.
pub struct Page {
    home: Home,
    outside: Outside,
    browser: Browser,
    mishap: Option<Mishap>,
    /// How many requests opening the page took.
    requests: usize,
    /// The part of the address from `#`, to which a link led.
    place: String,
}

/// The number in a text that a script returned, without the separators of thousands.
pub fn number_in(text: &Value) -> Option<usize> {
    let digits = text.as_str()?.chars().filter(char::is_ascii_digit);
    digits.collect::<String>().parse().ok()
}

/// A file of the repository, by its path from the root.
///
/// # Errors
/// If it is missing.
pub fn file(path: &str) -> Result<PathBuf> {
    let file = crate::repository::root().join(path);
    file.canonicalize()
        .with_context(|| format!("missing file `{}`", file.display()))
}

impl Page {
    /// Starts a browser for the page.
    ///
    /// # Errors
    /// If no browser can be started.
    pub(crate) async fn new(home: Home, mishap: Option<Mishap>) -> Result<Self> {
        let outside = Outside::open().await?;
        let browser = Browser::start(outside.address()).await?;
        Ok(Self {
            home,
            outside,
            browser,
            mishap,
            requests: 0,
            place: String::new(),
        })
    }

    /// Opens the page and waits until it has loaded all it needs.
    pub(crate) async fn open(&mut self) -> Result<()> {
        self.browser.client().goto(self.address()).await?;
        self.loaded().await
    }

    /// Reloads the page and waits until it has all it needs.
    pub async fn reload(&mut self) -> Result<()> {
        // A refresh by the driver bypasses the cached site, in Firefox.
        self.open().await
    }

    /// Where the page is.
    fn address(&self) -> &str {
        match &self.home {
            Home::Site(site) => site.address(),
            Home::Disk(file) => file.as_str(),
        }
    }

    /// The web server of the page.
    ///
    /// # Errors
    /// If the page is a file on a disk.
    pub fn site(&mut self) -> Result<&mut Site> {
        match &mut self.home {
            Home::Site(site) => Ok(site),
            Home::Disk(file) => bail!("{file} has no web server"),
        }
    }

    /// Every request so far to the web server of the page.
    fn requests(&self) -> Vec<String> {
        match &self.home {
            Home::Site(site) => site.requests(),
            Home::Disk(_) => Vec::new(),
        }
    }

    /// Waits until the page has all its parts, and requests nothing more.
    async fn loaded(&mut self) -> Result<()> {
        self.shown("//*[@data-worker = 'ready']").await?;
        if self.mishap.is_none() && matches!(self.home, Home::Site(_)) {
            self.cached().await?;
        }
        self.browser.listen().await?;
        self.settle().await
    }

    /// Waits until the page requests nothing more; its requests until then are allowed.
    ///
    /// # Errors
    /// If it keeps requesting.
    pub async fn settle(&mut self) -> Result<()> {
        const QUIET: Duration = Duration::from_millis(500);
        let start = Instant::now();
        let (mut count, mut since) = (self.requests().len(), Instant::now());
        let befallen = |requests: &[String]| match self.mishap {
            Some(mishap) => requests.iter().any(|line| line.contains(mishap.file)),
            None => true,
        };
        while since.elapsed() < QUIET || !befallen(&self.requests()) {
            ensure!(
                start.elapsed() < PATIENCE,
                "the page keeps requesting: {:#?}",
                self.requests()
            );
            tokio::time::sleep(MOMENT).await;
            if self.requests().len() != count {
                (count, since) = (self.requests().len(), Instant::now());
            }
        }
        self.requests = count;
        Ok(())
    }

    /// Waits until the service worker has cached the newest version of the site.
    async fn cached(&self) -> Result<()> {
        const CACHED: &str = "const [done] = arguments; \
            const settled = (worker) => new Promise((settle) => { \
              const look = () => worker.state !== 'installing' && settle(worker.state); \
              worker.addEventListener('statechange', look); look(); }); \
            navigator.serviceWorker.ready \
              .then((copy) => copy.installing ? settled(copy.installing) : 'kept') \
              .then(done, (error) => done(`${error}`))";
        let state = self.browser.client().execute_async(CACHED, vec![]).await?;
        ensure!(state != "redundant", "the browser could not cache the site");
        Ok(())
    }

    /// Runs a script in the page, before its own, whenever it is loaded from now on.
    ///
    /// # Errors
    /// In any engine but Chromium; a [`Variant`](crate::Variant) does the same in all.
    pub async fn before_loading(&self, script: &str) -> Result<()> {
        let script = json!({"source": script});
        let add = "Page.addScriptToEvaluateOnNewDocument";
        self.browser.devtools(add, script).await?;
        Ok(())
    }

    /// Opens a place on the page, as a link from a help page does.
    pub async fn follow(&mut self, place: &str) -> Result<()> {
        place.clone_into(&mut self.place);
        let address = format!("{}{place}", self.address());
        Ok(self.browser.client().goto(&address).await?)
    }

    /// The text in the clipboard: pastes it with the keyboard, into a temporary box.
    pub async fn clipboard(&self) -> Result<String> {
        const BOX: &str = "const box = document.createElement('textarea'); \
            box.addEventListener('paste', (event) => event.stopPropagation()); \
            document.body.append(box); box.focus(); return box";
        const EMPTY: &str = "const [box] = arguments; box.remove(); return box.value";
        let client = self.browser.client();
        let area = client.execute(BOX, vec![]).await?;
        let key = if cfg!(target_os = "macos") {
            Key::Meta
        } else {
            Key::Control
        };
        let element = client.active_element().await?;
        let paste = format!("{}v{}", char::from(key), char::from(Key::Null));
        element.send_keys(&paste).await?;
        let text = client.execute(EMPTY, vec![area]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The browser it is open in.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Chooses files with the button.
    pub async fn choose(&self, files: &[impl AsRef<Path>]) -> Result<()> {
        let input = Locator::Id("file-input");
        let input = self.browser.client().find(input).await?;
        Ok(input.send_keys(&paths(files).join("\n")).await?)
    }

    /// Drags files from the desktop onto the middle of the page and lets go: in Chromium as the desktop does, elsewhere
    /// with the events that the page would then get. Folders can only be dragged in Chromium.
    pub async fn drop(&self, files: &[impl AsRef<Path>]) -> Result<()> {
        const DROP: &str = "const data = new DataTransfer(); \
            for (const [name, bytes] of arguments[0]) \
              data.items.add(new File([new Uint8Array(bytes)], name)); \
            const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2); \
            for (const type of ['dragenter', 'dragover', 'drop']) \
              target.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}))";
        if self.browser.engine() != Engine::Chromium {
            let mut contents = Vec::new();
            for file in files.iter().map(AsRef::as_ref) {
                let name = file.file_name().context("a file has a name")?;
                contents.push(json!([name.to_string_lossy(), std::fs::read(file)?]));
            }
            let contents = vec![json!(contents)];
            self.browser.client().execute(DROP, contents).await?;
            return Ok(());
        }
        let middle = "return [Math.round(innerWidth / 2), Math.round(innerHeight / 2)]";
        let middle = self.browser.client().execute(middle, vec![]).await?;
        for event in ["dragEnter", "dragOver", "drop"] {
            let parameters = json!({
                "type": event,
                "x": middle[0],
                "y": middle[1],
                "data": {"items": [], "files": paths(files), "dragOperationsMask": 1},
            });
            self.browser
                .devtools("Input.dispatchDragEvent", parameters)
                .await?;
        }
        Ok(())
    }

    /// Pastes a text with the keyboard, wherever the focus is.
    pub async fn paste(&self, text: &str) -> Result<()> {
        self.paste_forms(&[("text/plain", text)]).await
    }

    /// Pastes what the clipboard holds in several forms, each with its media type, as [`paste`](Self::paste) does.
    pub async fn paste_forms(&self, forms: &[(&str, &str)]) -> Result<()> {
        self.offer(forms).await?;
        Ok(())
    }

    /// Pastes a text into the field with this label, where it ends up unless the page does something else with it.
    pub async fn paste_into(&self, label: &str, text: &str) -> Result<()> {
        self.field(label).await?.click().await?;
        if self.offer(&[("text/plain", text)]).await? {
            self.insert(text).await?;
        }
        Ok(())
    }

    /// Tells the page of a paste. Returns whether it leaves that to the browser, which does nothing about a paste by
    /// a script.
    async fn offer(&self, forms: &[(&str, &str)]) -> Result<bool> {
        // Firefox ignores the data when such an event is constructed.
        const PASTE: &str = "const clipboardData = new DataTransfer(); \
            for (const [type, text] of arguments[0]) clipboardData.setData(type, text); \
            const event = new ClipboardEvent('paste', {bubbles: true, cancelable: true}); \
            Object.defineProperty(event, 'clipboardData', {value: clipboardData}); \
            return (document.activeElement ?? document.body).dispatchEvent(event)";
        let forms = vec![json!(forms)];
        Ok(self.browser.client().execute(PASTE, forms).await? == true)
    }

    /// Replaces the text in the field with this label, as if pasted, and leaves the field.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        const SELECT: &str = "document.activeElement.select()";
        // Not every browser fires `change` for text that a script inserted.
        const LEAVE: &str = "const field = document.activeElement; \
            field.dispatchEvent(new Event('change', {bubbles: true})); field.blur()";
        self.field(label).await?.click().await?;
        self.browser.client().execute(SELECT, vec![]).await?;
        self.insert(text).await?;
        self.browser.client().execute(LEAVE, vec![]).await?;
        Ok(())
    }

    /// The field with this label.
    async fn field(&self, label: &str) -> Result<Element> {
        let label = literal(label);
        let field = format!(
            "//*[@id = //label[contains(normalize-space(.), {label})]/@for] \
             | //label[contains(normalize-space(.), {label})]//*[self::input or self::textarea]"
        );
        self.shown(&field).await
    }

    /// Picks an option of the choice with this label.
    pub async fn pick(&self, label: &str, option: &str) -> Result<()> {
        let label = literal(label);
        let choice = self
            .shown(&format!(
                "//label[.//span[starts-with(normalize-space(.), {label})]]//select"
            ))
            .await?;
        Ok(choice.select_by_label(option).await?)
    }

    /// Replaces the text in the search box.
    pub async fn search(&self, text: &str) -> Result<()> {
        const SELECT: &str = "document.getElementById('search').select()";
        self.shown("//*[@id = 'search']").await?.click().await?;
        self.browser.client().execute(SELECT, vec![]).await?;
        self.insert(text).await
    }

    /// Puts a text at the cursor, all at once.
    async fn insert(&self, text: &str) -> Result<()> {
        const INSERT: &str = "return document.execCommand('insertText', false, arguments[0])";
        let inserted = self.browser.client().execute(INSERT, vec![json!(text)]);
        ensure!(inserted.await? == true, "“{text}” cannot be typed there");
        Ok(())
    }

    /// Presses the button, link or list entry that shows this text.
    pub async fn press(&self, text: &str) -> Result<()> {
        let text = literal(text);
        let control = format!(
            "//*[self::button or self::a or self::summary or @role = 'button' or @role = 'option']\
             [contains(normalize-space(.), {text})]"
        );
        let control = self.shown(&control).await?;
        if control.click().await.is_err() {
            // WebKit takes an element for visible of which a pane shows no more than an edge, and cannot
            // click it.
            let element = serde_json::to_value(&control)?;
            self.browser.client().execute(CENTRE, vec![element]).await?;
            control.click().await?;
        }
        Ok(())
    }

    /// Presses the button that shows this text, and waits for the file with this extension that
    /// the page then saves.
    ///
    /// # Errors
    /// If no file is complete in time.
    pub async fn saves(&self, text: &str, extension: &str) -> Result<Vec<u8>> {
        self.press(text).await?;
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(file) = self.saved(extension)? {
                let bytes = std::fs::read(&file)?;
                std::fs::remove_file(file)?;
                return Ok(bytes);
            }
            tokio::time::sleep(MOMENT).await;
        }
        bail!("no file was saved")
    }

    /// The saved file with this extension, if it is complete. Until then it has another extension in
    /// Chromium and WebKit, and is empty in Firefox.
    fn saved(&self, extension: &str) -> Result<Option<PathBuf>> {
        for entry in std::fs::read_dir(self.browser.folder())? {
            let entry = entry?;
            let file = entry.path();
            let right = file.extension().is_some_and(|its| its == extension);
            if right && entry.metadata()?.len() > 0 {
                return Ok(Some(file));
            }
        }
        Ok(None)
    }

    /// Presses the button that shows this text, and from then on shows the page as it is printed: by
    /// applying the print rules of its style, because only Chromium can emulate a medium.
    pub async fn prints(&self, text: &str) -> Result<()> {
        // The print dialog would wait for somebody.
        const NO_DIALOG: &str = "window.print = () => {}";
        const ON_PAPER: &str = "for (const sheet of document.styleSheets) \
              for (const {media} of sheet.cssRules) \
                if (media?.mediaText === 'print') media.mediaText = 'all'; \
                else if (media?.mediaText === 'screen') media.mediaText = 'not all'";
        self.browser.client().execute(NO_DIALOG, vec![]).await?;
        self.press(text).await?;
        self.browser.client().execute(ON_PAPER, vec![]).await?;
        Ok(())
    }

    /// Waits until this text is visible on the page.
    pub async fn reads(&self, text: impl Display) -> Result<()> {
        let text = text.to_string();
        let start = Instant::now();
        loop {
            let page = self.text().await?;
            if page.contains(&text) {
                return Ok(());
            }
            ensure!(
                start.elapsed() < PATIENCE,
                "“{text}” is not on the page, which reads:\n{page}"
            );
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// Checks that this text is not on the page now.
    pub async fn lacks(&self, text: impl Display) -> Result<()> {
        let (text, page) = (text.to_string(), self.text().await?);
        ensure!(
            !page.contains(&text),
            "“{text}” is on the page, which reads:\n{page}"
        );
        Ok(())
    }

    /// Waits until this script returns true; while the page is loading, none does.
    pub async fn eventually(&self, script: &str) -> Result<()> {
        let start = Instant::now();
        loop {
            let outcome = self.browser.client().execute(script, vec![]).await;
            if matches!(outcome, Ok(Value::Bool(true))) {
                return Ok(());
            }
            ensure!(
                start.elapsed() < PATIENCE,
                "`{script}` still returns {outcome:?}"
            );
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// Waits until all evidence has been read.
    pub async fn done(&self) -> Result<()> {
        self.shown("//*[@data-ready = 'results']").await?;
        Ok(())
    }

    /// All visible text of the page.
    pub async fn text(&self) -> Result<String> {
        let text = "return document.body.innerText";
        let text = self.browser.client().execute(text, vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Shows the page on another screen.
    pub async fn look(&self, look: EmulatedScreen) -> Result<()> {
        self.browser.look(look).await
    }

    /// Checks that nothing is wider than the screen.
    pub async fn fits(&self) -> Result<()> {
        const WIDEST: &str = "const page = document.scrollingElement; \
            return [page.scrollWidth, page.clientWidth]";
        let widths = self.browser.client().execute(WIDEST, vec![]).await?;
        ensure!(
            widths[0].as_u64() <= widths[1].as_u64(),
            "the page has to be scrolled sideways: {} pixels on a screen of {}",
            widths[0],
            widths[1]
        );
        Ok(())
    }

    /// Checks what must be true of every journey.
    pub(crate) async fn check_invariants(&self) -> Result<()> {
        let mut after = self.requests().split_off(self.requests);
        // Browsers check for a newer service worker at any time after loading.
        after.retain(|line| !line.ends_with("/sw.js"));
        ensure!(
            after.is_empty(),
            "the page requested {after:#?} after it had loaded"
        );

        let outside = self.outside.requests();
        ensure!(
            outside.is_empty(),
            "the page sent requests to strangers: {outside:#?}"
        );

        let address = self.browser.client().current_url().await?;
        let expected = format!("{}{}", self.address(), self.place);
        ensure!(
            address.as_str() == expected,
            "the page went from {expected} to {address}"
        );

        let stored = self.stored().await?;
        ensure!(stored.is_empty(), "the page stored {stored:#?}");

        let mut complaints = self.browser.complaints().await?;
        if let Some(mishap) = self.mishap {
            complaints.retain(|complaint| !complaint.contains(mishap.file));
        }
        ensure!(
            complaints.is_empty(),
            "the browser complained: {complaints:#?}"
        );
        Ok(())
    }

    /// What the page stores in the browser, except the files of its own site.
    async fn stored(&self) -> Result<Vec<String>> {
        const STORED: &str = "const [done] = arguments; \
            (async () => { \
              const stored = [document.cookie]; \
              for (const store of ['localStorage', 'sessionStorage']) \
                stored.push(...Object.keys(globalThis[store])); \
              stored.push(...(await indexedDB.databases()).map(({name}) => name)); \
              for (const name of await caches.keys()) \
                stored.push(...(await (await caches.open(name)).keys()).map(({url}) => url)); \
              return stored; \
            })().then(done, (error) => done([`${error}`]))";
        let stored = self.browser.client().execute_async(STORED, vec![]).await?;
        let stored: Vec<String> = serde_json::from_value(stored)?;
        let own = |address: &str| match &self.home {
            Home::Site(site) => site.published(address),
            Home::Disk(_) => false,
        };
        Ok(stored
            .into_iter()
            .filter(|stored| !stored.is_empty() && !own(stored))
            .collect())
    }

    /// Closes the page and its browser.
    pub(crate) async fn close(self) -> Result<()> {
        self.browser.close().await
    }

    /// The first visible element of this XPath, as soon as there is one.
    async fn shown(&self, path: &str) -> Result<Element> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            for element in self.browser.client().find_all(Locator::XPath(path)).await? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
            tokio::time::sleep(MOMENT).await;
        }
        bail!("nothing visible at {path}")
    }
}

/// A text as a string of XPath, which cannot escape quotes.
fn literal(text: &str) -> String {
    let quote = if text.contains('"') { '\'' } else { '"' };
    format!("{quote}{text}{quote}")
}

fn paths(files: &[impl AsRef<Path>]) -> Vec<String> {
    files
        .iter()
        .map(|file| file.as_ref().to_string_lossy().into_owned())
        .collect()
}
