//! Shows the page on this computer.

use crate::{run, tools};
use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};

/// What `cargo xtask serve` can be told.
#[derive(clap::Args)]
pub struct Options {
    /// The port to serve on; otherwise 8080, or a free one when that is taken.
    #[arg(long)]
    port: Option<u16>,
    /// Do not open the browser.
    #[arg(long)]
    no_open: bool,
    /// Rebuild faster after a change; the page is larger and much slower.
    #[arg(long)]
    debug: bool,
}

/// Builds the page, and again after each change, and serves it until it is interrupted.
///
/// The page is the optimised one unless asked otherwise: it is what people get, and with a big
/// mailbox the difference is minutes.
pub fn serve(options: &Options) -> Result<()> {
    let port = match options.port {
        Some(port) => free(port).with_context(|| {
            format!("port {port} is not free on 127.0.0.1; choose another with --port")
        })?,
        None => free(8080).or_else(|_| free(0))?,
    };
    let mut trunk = tools::trunk("serve")?;
    let open = !options.no_open && has_screen();
    trunk.args([
        format!("--port={port}"),
        format!("--open={open}"),
        // Its policy, made for inline scripts, would replace that of the page.
        "--disable-csp=true".to_owned(),
        // The address below is enough; this computer's other names for itself only confuse.
        "--disable-address-lookup=true".to_owned(),
    ]);
    if !options.debug {
        trunk.arg("--release");
    }
    println!("Building the page (the first time about a minute, later seconds)");
    println!(
        "It will be at http://127.0.0.1:{port}/ until you press Ctrl+C; reload it after a rebuild."
    );
    run::become_it(trunk)
}

/// The port when nothing listens there yet; 0 stands for any.
fn free(port: u16) -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?
        .local_addr()?
        .port())
}

fn has_screen() -> bool {
    let set = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", windows)) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
