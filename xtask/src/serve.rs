//! Serves the page on this computer.

use crate::page::{self, BuildKind};
use crate::project;
use anyhow::{Context, Result, anyhow};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

/// The options of `cargo xtask serve`.
#[derive(clap::Args)]
pub struct ServeOptions {
    /// The port to serve on; 8080 if absent, or a free one if that is taken.
    #[arg(long)]
    port: Option<u16>,
    /// Do not open the browser.
    #[arg(long)]
    no_open: bool,
    /// Rebuild faster after a change; the page is larger and much slower.
    #[arg(long)]
    debug: bool,
}

/// The sources of the page.
const SOURCES: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build",
    "build.rs",
    "crates",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "www",
];

/// Builds the page, and again after each change, and serves it until it is interrupted.
///
/// The page is optimised by default: it is what people get, and with a large mailbox the difference is minutes.
pub fn serve(options: &ServeOptions) -> Result<()> {
    let listener = match options.port {
        Some(port) => listen(port).with_context(|| {
            format!("port {port} is not free on 127.0.0.1; choose another with --port")
        })?,
        None => listen(8080).or_else(|_| listen(0))?,
    };
    let address = format!("http://{}/", listener.local_addr()?);
    let kind = if options.debug {
        BuildKind::Debug
    } else {
        BuildKind::Local
    };

    println!("Building the page (the first time about a minute, later seconds)");
    let mut changed = newest(&SOURCES)?;
    page::build(kind)?;
    let server = std::thread::spawn(move || bezorgd_pack::serve(project::DIST, listener));
    println!("\nThe page is at {address} until you press Ctrl+C.");
    println!("It is rebuilt after each change; reload it, and it says when the new one is ready.");
    if !options.no_open && has_screen() {
        open(&address);
    }

    while !server.is_finished() {
        std::thread::sleep(Duration::from_millis(500));
        let now = newest(&SOURCES)?;
        if now != changed {
            changed = now;
            // The current page stays until a change that builds.
            match page::build(kind) {
                Ok(_) => println!("\nRebuilt: {address}"),
                Err(error) => eprintln!("\nerror: {error:#}"),
            }
        }
    }
    server
        .join()
        .map_err(|_| anyhow!("the web server stopped"))?
}

/// A listener on this port of this computer; 0 is any free port.
fn listen(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// When the newest of these files, or of those in these folders, changed.
fn newest(places: &[impl AsRef<Path>]) -> Result<Option<SystemTime>> {
    let mut newest = None;
    for place in places {
        let place = place.as_ref();
        // An editor may be replacing the file at this moment.
        let Ok(about) = place.metadata() else {
            continue;
        };
        newest = newest.max(Some(about.modified()?));
        if about.is_dir() {
            let inside: Vec<_> = place
                .read_dir()?
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<_>>()?;
            newest = newest.max(self::newest(&inside)?);
        }
    }
    Ok(newest)
}

/// Opens the page in the default browser. Its address was printed, in case that does not work.
fn open(address: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command
        .arg(address)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if command.spawn().is_err() {
        println!("Open that address in a browser.");
    }
}

fn has_screen() -> bool {
    let set = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", windows)) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
