//! The page that people open. It runs in a browser; its pure parts are tested without one.

mod bridge;
mod clipboard;
mod clock;
mod download;
mod examples;
mod export;
mod files;
mod hosted;
mod ids;
mod layout;
mod links;
mod network;
mod page;
mod state;
mod views;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    page::start();
}
