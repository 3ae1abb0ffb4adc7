//! Makes the site from Trunk's output.

use crate::compress::{self, Compression};
use crate::html::{self, path};
use crate::single_file::{self, Files};
use crate::{hash, script, service_worker, wasm};
use anyhow::{Context, Result};
use bezorgd_words::Language;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The name of the page as one file, in the site.
pub const SINGLE_FILE: &str = "bezorgd.html";

/// Trunk's output: in the site, each name contains a hash of the file.
const BUILT: [&str; 7] = [
    "app.js",
    "app_bg.wasm",
    "containers.js",
    "containers_bg.wasm",
    "style.css",
    "worker.js",
    "worker_bg.wasm",
];

/// Keeps its name, because browsers look for it.
const ICON: &str = "icon.svg";

/// Keeps its name, because it identifies the installed page; requested from the service worker only.
const MANIFEST: &str = "manifest.webmanifest";

/// Icons that a browser requests only when the page is installed.
const PICTURES: [&str; 3] = ["icon-192.png", "icon-512.png", "icon-maskable-512.png"];

/// Settings for hosts: hosts read the first by themselves, the other is for who sets one up.
const HOSTING: [&str; 2] = ["_headers", "nginx.conf"];

/// Fetched once the page can be used: few people need it for their first file.
const IN_THE_BACKGROUND: &str = "containers_bg.wasm";

/// The folders from which the site is made.
#[derive(Clone, Copy, Debug)]
pub struct SiteSource<'a> {
    /// Trunk's output.
    pub built: &'a Path,
    /// The hand-written files: `www`.
    pub written: &'a Path,
}

/// When a file is downloaded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Need {
    /// Before the first evidence can be read.
    FirstVisit,
    /// In the background, right after that.
    Background,
    /// Only on request.
    OnRequest,
}

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Packed {
    /// Its path from the root of the site.
    pub path: String,
    /// When it is downloaded.
    pub need: Need,
    /// Its size in bytes.
    pub raw: usize,
    /// Its size in bytes with brotli; `None` if it is not compressed.
    pub brotli: Option<usize>,
    /// Its size in bytes with gzip; `None` if it is not compressed.
    pub gzip: Option<usize>,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Makes the site in `folder`, whose previous contents are deleted. Returns its files, sorted by path.
///
/// # Errors
/// If a file is missing, or lacks a part that packing fills in.
pub fn pack(
    source: SiteSource<'_>,
    folder: &Path,
    compression: Compression,
) -> Result<Vec<Packed>> {
    let template = String::from_utf8(read(&source.built.join("index.html"))?)?;
    let script = |path| source.text(path).map(|text| script::shortened(&text));
    let start = script("boot/start.js")? + &script("boot/files.js")?;
    let mut files = Files::new();
    for name in BUILT {
        files.insert(name.to_owned(), read_built(&source.built.join(name))?);
    }
    files.insert(ICON.to_owned(), read(&source.written.join(ICON))?);
    for language in Language::ALL {
        files.insert(words_file(language), language.packed().into());
    }
    let boot = start.clone() + &script("boot/single_file.js")?;
    let single = single_file::make(&template, &files, &boot)?.into_bytes();

    let boot = start + &script("boot/hosted.js")?;
    files.insert("boot.js".to_owned(), boot.into_bytes());
    let names = hashed(&files);
    let page = site_page(&template, &names, &hash::hex(&single))?;
    let mut site = vec![File::new("index.html", page, Need::FirstVisit)];
    for (name, bytes) in files {
        let need = match name.as_str() {
            IN_THE_BACKGROUND => Need::Background,
            _ => Need::FirstVisit,
        };
        site.push(File::new(names.get(&name).unwrap_or(&name), bytes, need));
    }
    let manifest = read(&source.written.join(MANIFEST))?;
    site.push(File::new(MANIFEST, manifest, Need::Background));
    let service_worker = service_worker::fill_in(&source.text("sw.js")?, &cached(&site))?;
    site.push(File::new("sw.js", service_worker, Need::Background));

    for name in PICTURES {
        let picture = read(&source.written.join("icons").join(name))?;
        site.push(File::new(name, picture, Need::OnRequest));
    }
    let policy = html::policy(&template)?;
    for name in HOSTING {
        let template = source.text(&format!("hosting/{name}"))?;
        site.push(File::new(
            name,
            template.replace("{policy}", &policy),
            Need::OnRequest,
        ));
    }
    site.push(File::new(SINGLE_FILE, single, Need::OnRequest));
    site.sort_by(|one, other| one.path.cmp(&other.path));

    let packed = write(&site, folder, compression);
    packed.with_context(|| format!("cannot write `{}`", folder.display()))
}

/// Adds the folder `name` to a packed site: every file of `built`, under the same name. It is no part
/// of the page, and the service worker caches none of it. Returns its files, sorted by path.
///
/// # Errors
/// If a file cannot be read or written.
pub fn add(built: &Path, site: &Path, name: &str, compression: Compression) -> Result<Vec<Packed>> {
    let cannot_read = || format!("cannot read `{}`", built.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(built).with_context(cannot_read)? {
        let entry = entry.with_context(cannot_read)?;
        let file = entry.file_name().to_string_lossy().into_owned();
        files.push(File::new(
            &file,
            read_built(&entry.path())?,
            Need::OnRequest,
        ));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let folder = site.join(name);
    let mut packed = write(&files, &folder, compression)
        .with_context(|| format!("cannot write `{}`", folder.display()))?;
    for file in &mut packed {
        file.path = format!("{name}/{}", file.path);
    }
    Ok(packed)
}

/// The texts of a language, as a file of the site.
fn words_file(language: Language) -> String {
    format!("words-{}.txt", language.code())
}

/// The hashed names in the site, by original name.
fn hashed(files: &Files) -> BTreeMap<String, String> {
    files
        .iter()
        .filter(|(name, _)| *name != ICON)
        .map(|(name, bytes)| (name.clone(), hash::name(name, bytes)))
        .collect()
}

/// The page of the site, with hashed names, and with the name and SHA-256 of the page as one file.
fn site_page(template: &str, names: &BTreeMap<String, String>, single: &str) -> Result<String> {
    html::rewrite(template, |element| {
        let named = element.attributes().iter().filter_map(|attribute| {
            let name = names.get(path(&attribute.value()))?;
            Some((attribute.name(), name))
        });
        for (attribute, name) in named.collect::<Vec<_>>() {
            element.set_attribute(&attribute, name)?;
        }
        if element.get_attribute("id").as_deref() == Some("page") {
            element.set_attribute("data-single-file", SINGLE_FILE)?;
            element.set_attribute("data-single-file-sha256", single)?;
        }
        Ok(())
    })
}

/// The files that the service worker caches: all so far, with the page as `./`.
fn cached(site: &[File]) -> Vec<(&str, &[u8])> {
    site.iter()
        .map(|file| {
            let path = match file.path.as_str() {
                "index.html" => "./",
                path => path,
            };
            (path, file.bytes.as_slice())
        })
        .collect()
}

struct File {
    path: String,
    bytes: Vec<u8>,
    need: Need,
}

impl File {
    fn new(path: &str, bytes: impl Into<Vec<u8>>, need: Need) -> Self {
        Self {
            path: path.to_owned(),
            bytes: bytes.into(),
            need,
        }
    }

    /// Pictures are compressed already, and browsers never request the settings for hosts.
    fn compresses(&self) -> bool {
        !PICTURES.contains(&self.path.as_str()) && !HOSTING.contains(&self.path.as_str())
    }
}

/// Writes the site beside the previous one, and replaces that once all files are written.
fn write(site: &[File], folder: &Path, compression: Compression) -> Result<Vec<Packed>> {
    let new = folder.with_extension("new");
    remove(&new)?;
    fs::create_dir_all(&new)?;
    let compression = |file: &&File| compression == Compression::Best && file.compresses();
    let packed = std::thread::scope(|scope| {
        let writing: Vec<_> = site
            .iter()
            .map(|file| {
                let (place, compressed) = (new.join(&file.path), compression(&file));
                scope.spawn(move || write_one(file, &place, compressed))
            })
            .collect();
        let written = writing.into_iter().map(|file| match file.join() {
            Ok(packed) => packed,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        written.collect::<Result<Vec<_>>>()
    })?;
    remove(folder)?;
    fs::rename(&new, folder)?;
    Ok(packed)
}

fn write_one(file: &File, place: &Path, compressed: bool) -> Result<Packed> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(place, &file.bytes)?;
    let beside = |extension: &str, bytes: Result<Vec<u8>>| -> Result<usize> {
        let bytes = bytes?;
        let mut name = place.as_os_str().to_owned();
        name.push(extension);
        fs::write(name, &bytes)?;
        Ok(bytes.len())
    };
    let (mut brotli, mut gzip) = (None, None);
    if compressed {
        brotli = Some(beside(".br", compress::brotli(&file.bytes))?);
        gzip = Some(beside(".gz", compress::gzip(&file.bytes))?);
    }
    Ok(Packed {
        path: file.path.clone(),
        need: file.need,
        raw: file.bytes.len(),
        brotli,
        gzip,
        sha256: hash::hex(&file.bytes),
    })
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

impl SiteSource<'_> {
    fn text(&self, file: &str) -> Result<String> {
        let text = read(&self.written.join(file))?;
        String::from_utf8(text).with_context(|| format!("`{file}` is not UTF-8"))
    }
}

/// Reads what a compiler made.
fn read_built(file: &Path) -> Result<Vec<u8>> {
    let bytes = read(file)?;
    let is_module = file.extension().is_some_and(|ending| ending == "wasm");
    Ok(if is_module {
        wasm::without_debug_sections(bytes)
    } else {
        bytes
    })
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))
}
