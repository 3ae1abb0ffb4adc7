//! Runs other programs; the error of a failure contains the command to repeat.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A Cargo command: the same Cargo and compiler that run this program.
pub fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments);
    command
}

/// Runs a command to its end, printing its output as it comes.
pub fn run(mut command: Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(&command))?;
    if !status.success() {
        bail!("this command failed ({status}):\n  {}", shown(&command));
    }
    Ok(())
}

/// Runs a command to its end and returns what it wrote to standard output.
pub fn output(mut command: Command) -> Result<String> {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().with_context(|| cannot_start(&command))?;
    if !status.success() {
        bail!(
            "this command failed ({status}):\n  {}\n{}",
            shown(&command),
            String::from_utf8_lossy(&stderr).trim_end()
        );
    }
    String::from_utf8(stdout)
        .with_context(|| format!("this command did not write UTF-8:\n  {}", shown(&command)))
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        let quote = if argument.contains(' ') { "'" } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(line, " {quote}{argument}{quote}");
    }
    line
}

/// The path of this program, if it is on the PATH.
pub fn find(program: impl AsRef<OsStr>) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!(
        "{}{}",
        program.as_ref().to_string_lossy(),
        std::env::consts::EXE_SUFFIX
    );
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

fn cannot_start(command: &Command) -> String {
    format!("this command could not be started:\n  {}", shown(command))
}
