//! Measures the memory of a tab, as the system counts it (Linux, proc(5)).

use anyhow::{Context, Result};
use std::collections::HashMap;
use std::fs;

/// Resets the peak of a process to what it has now (proc(5), `clear_refs`).
const RESET_PEAK: &str = "5";

/// The process of the one tab of a browser: it shows the page and runs its workers. Those of the
/// browser itself, which reads the disk and paints the screen, serve all tabs and are not counted.
#[derive(Debug)]
pub struct Memory {
    process: u32,
}

impl Memory {
    /// The tab of the browser that this process started.
    pub(crate) fn of_tab(driver: u32) -> Result<Self> {
        let mut parents = HashMap::new();
        for entry in fs::read_dir("/proc").context("memory is only measured on Linux")? {
            let name = entry?.file_name();
            if let Some(process) = name.to_str().and_then(|name| name.parse().ok())
                // It may have ended in the meantime.
                && let Ok(parent) = status(process, "PPid")
            {
                parents.insert(process, parent as u32);
            }
        }
        let started_by_driver = |process: u32| {
            let mut ancestors =
                std::iter::successors(Some(process), |process| parents.get(process).copied());
            ancestors.any(|ancestor| ancestor == driver)
        };
        let shows_pages = |&process: &u32| started_by_driver(process) && is_renderer(process);
        let renderers = parents.keys().copied().filter(shows_pages);
        // Chromium keeps an empty one ready for the next tab.
        let process = renderers.max_by_key(|&process| status(process, "VmRSS").unwrap_or(0));
        Ok(Self {
            process: process.context("the browser shows no page")?,
        })
    }

    /// Its memory now, shared pages included (RSS), in bytes.
    pub fn now(&self) -> Result<u64> {
        Ok(status(self.process, "VmRSS")? * 1024)
    }

    /// Its largest memory since the last [`Self::reset_peak`], in bytes.
    pub fn peak(&self) -> Result<u64> {
        Ok(status(self.process, "VmHWM")? * 1024)
    }

    /// Starts to measure a new peak.
    pub fn reset_peak(&self) -> Result<()> {
        fs::write(format!("/proc/{}/clear_refs", self.process), RESET_PEAK)
            .context("the peak of a process cannot be reset")
    }
}

/// Whether a process shows web pages, and not the windows of the browser itself.
fn is_renderer(process: u32) -> bool {
    let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    // Chromium rewrites it, with spaces.
    let has = |wanted: &[u8]| {
        let mut words = command.split(|byte| matches!(byte, 0 | b' '));
        words.any(|word| word == wanted)
    };
    has(b"--type=renderer") && !has(b"--top-chrome-webui")
}

/// A number from `/proc/PID/status`; memory is in kilobytes of 1024 bytes.
fn status(process: u32, field: &str) -> Result<u64> {
    let file = format!("/proc/{process}/status");
    let status = fs::read_to_string(&file).with_context(|| format!("cannot read `{file}`"))?;
    let value = status.lines().find_map(|line| {
        let value = line.strip_prefix(field)?.strip_prefix(':')?;
        value.split_whitespace().next()?.parse().ok()
    });
    value.with_context(|| format!("`{file}` has no {field}"))
}
