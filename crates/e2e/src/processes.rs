//! The programs around a browser that must not outlive it.

use anyhow::{Context, Result};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A running program, which ends when this is dropped.
pub(crate) struct Process(Child);

impl Process {
    /// Starts it, silently.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| cannot_start(command))?;
        Ok(Self(child))
    }

    /// Its process number.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both only fail when it has already ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn cannot_start(command: &Command) -> String {
    let program = command.get_program().display();
    format!("cannot start `{program}`; `cargo xtask test --browsers all` installs it, or says how")
}

/// A screen in memory (`Xvfb`). One for each browser, because they would share its clipboard.
pub(crate) struct Screen {
    _process: Process,
    /// The value for `DISPLAY`, such as `:1`.
    pub(crate) name: String,
}

impl Screen {
    /// Starts one of this size, in pixels.
    pub(crate) fn start((width, height): (u32, u32)) -> Result<Self> {
        let mut command = Command::new("Xvfb");
        // It takes a free number, and prints that once it is ready.
        command
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().with_context(|| cannot_start(&command))?;
        let stdout = child.stdout.take().context("Xvfb has no standard output")?;
        let process = Process(child);
        let mut number = String::new();
        BufReader::new(stdout).read_line(&mut number)?;
        Ok(Self {
            _process: process,
            name: format!(":{}", number.trim()),
        })
    }
}

/// A temporary folder, removed when dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, number) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("bezorgd-browser-{process}-{number}"));
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create `{}`", folder.display()))?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The system removes what is left of it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
