//! Packs and serves a site made of small files instead of Trunk's output.

#![allow(missing_docs)]

use anyhow::{Context as _, Result};
use axum::body::Body;
use bezorgd_pack::{Compression, Need, Packed, SINGLE_FILE, SiteSource, add, pack, router};
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use http::{Request, Response, StatusCode};
use std::fs;
use std::path::{Path, PathBuf};
use tower::ServiceExt as _;

/// The part of index.html that Trunk replaces, with a link to the built style.
const STYLE: &str = r#"<link data-trunk rel="css" href="www/style.css">"#;

struct PackedSite {
    folder: PathBuf,
    files: Vec<Packed>,
}

impl PackedSite {
    fn new(name: &str, style: &str) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let built = folder.join("built");
        fs::create_dir_all(&built)?;
        let page = fs::read_to_string(root.join("index.html"))?;
        let page = page.replace(STYLE, r#"<link rel="stylesheet" href="./style.css">"#);
        fs::write(built.join("index.html"), page)?;
        fs::write(built.join("style.css"), style)?;
        for part in ["app", "containers", "worker"] {
            fs::write(built.join(format!("{part}.js")), "let wasm_bindgen;")?;
            fs::write(built.join(format!("{part}_bg.wasm")), b"\0asm")?;
        }
        let source = SiteSource {
            built: &built,
            written: &root.join("www"),
        };
        let folder = folder.join("dist");
        let files = pack(source, &folder, Compression::Best)?;
        Ok(Self { folder, files })
    }

    fn text(&self, file: &str) -> Result<String> {
        Ok(fs::read_to_string(self.folder.join(file))?)
    }

    async fn get(&self, path: &str) -> Result<Response<Body>> {
        let request = Request::get(path).header(ACCEPT_ENCODING, "gzip, br");
        let request = request.body(Body::empty())?;
        Ok(router(&self.folder).oneshot(request).await?)
    }
}

#[test]
fn the_page_names_every_file_and_the_service_worker_caches_it() -> Result<()> {
    let site = PackedSite::new("names", "p {}")?;
    let (page, service_worker) = (site.text("index.html")?, site.text("sw.js")?);
    for file in &site.files {
        let named = page.contains(&format!("\"{}\"", file.path));
        let cached = service_worker.contains(&format!("\"{}\":\"sha256-", file.path));
        if file.path.starts_with("assets/") {
            assert!(named && cached, "{}", file.path);
            assert!(!site.text(SINGLE_FILE)?.contains(&file.path));
        }
        assert!(!cached || file.need != Need::OnRequest, "{}", file.path);
    }
    assert!(service_worker.contains("\"./\":\"sha256-"));
    let single = site.files.iter().find(|file| file.path == SINGLE_FILE);
    assert!(page.contains(&single.context("one file")?.sha256));
    Ok(())
}

#[test]
fn a_change_of_one_part_changes_its_name_and_the_service_worker() -> Result<()> {
    let (one, other) = (
        PackedSite::new("one", "p {}")?,
        PackedSite::new("other", "b {}")?,
    );
    let unchanged = |file: &Packed| {
        let same = |other: &Packed| other.path == file.path && other.sha256 == file.sha256;
        other.files.iter().any(same)
    };
    let differing = one.files.iter().filter(|file| !unchanged(file));
    let differing: Vec<_> = differing.map(|file| file.path.as_str()).collect();
    let [style, single, page, worker] = differing[..] else {
        panic!("{differing:?}");
    };
    assert!(style.starts_with("assets/style-"));
    assert_eq!([single, page, worker], [SINGLE_FILE, "index.html", "sw.js"]);
    Ok(())
}

#[tokio::test]
async fn a_site_is_served_compressed_and_with_its_headers() -> Result<()> {
    let site = PackedSite::new("served", "p {}")?;
    let page = site.get("/").await?;
    assert_eq!(page.headers()[CONTENT_TYPE], "text/html");
    assert_eq!(page.headers()[CONTENT_ENCODING], "br");
    assert_eq!(page.headers()[CACHE_CONTROL], "no-cache");

    let part = site.files.iter().find(|file| file.path.ends_with(".wasm"));
    let part = site
        .get(&format!("/{}", part.context("a part")?.path))
        .await?;
    assert_eq!(part.headers()[CONTENT_TYPE], "application/wasm");
    assert!(
        part.headers()[CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );

    let earlier = site.get("/assets/style-0000000000000000.css").await?;
    assert_eq!(earlier.status(), StatusCode::NOT_FOUND);
    assert!(!earlier.headers().contains_key(CACHE_CONTROL));
    Ok(())
}

#[tokio::test]
async fn an_added_folder_is_served_and_not_cached() -> Result<()> {
    let site = PackedSite::new("added", "p {}")?;
    let module = site.folder.with_file_name("module");
    fs::create_dir_all(&module)?;
    fs::write(module.join("module_bg.wasm"), b"\0asm")?;
    let added = add(&module, &site.folder, "api", Compression::Best)?;
    let [file] = &added[..] else {
        anyhow::bail!("{added:?}");
    };
    assert_eq!(
        (&*file.path, file.need),
        ("api/module_bg.wasm", Need::OnRequest)
    );

    let response = site.get("/api/module_bg.wasm").await?;
    assert_eq!(response.headers()[CONTENT_TYPE], "application/wasm");
    assert_eq!(response.headers()[CONTENT_ENCODING], "br");
    assert_eq!(response.headers()[CACHE_CONTROL], "no-cache");
    assert!(!site.text("sw.js")?.contains("api/"));
    Ok(())
}
