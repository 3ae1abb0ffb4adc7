//! The tools that build the page, fuzz, measure coverage, and drive Firefox, in exactly the versions that fit each other.
//!
//! They are installed inside the target folder: nothing else on the computer changes, and `cargo clean` removes them.

use crate::{project, run};
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// How long building it takes on two cores, roughly.
    minutes: u8,
    /// Arguments beyond a plain `cargo install`.
    arguments: &'static [&'static str],
    /// What comes before `--version`: the subcommand of Cargo, for a program that is nothing else.
    subcommand: Option<&'static str>,
}

/// Their versions change together with those of `wasm-bindgen` and its siblings in Cargo.toml.
const TOOLS: [Tool; 2] = [
    Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14",
        minutes: 3,
        // Without TLS and update checks, which only matter to a Trunk that downloads or that faces
        // the internet.
        arguments: &["--no-default-features"],
        subcommand: None,
    },
    Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: "0.2.126",
        minutes: 2,
        arguments: &[],
        subcommand: None,
    },
];

const CARGO_FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    version: "0.13.2",
    minutes: 1,
    arguments: &[],
    subcommand: None,
};

const CARGO_LLVM_COV: Tool = Tool {
    package: "cargo-llvm-cov",
    program: "cargo-llvm-cov",
    version: "0.9.1",
    minutes: 1,
    arguments: &[],
    subcommand: Some("llvm-cov"),
};

const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    minutes: 2,
    arguments: &[],
    subcommand: None,
};

/// The PATH with the Firefox driver, which no distribution packages.
pub fn geckodriver() -> Result<OsString> {
    let folder = project::target()?.join("tools");
    GECKODRIVER.ensure(&folder)?;
    path_with_tools(&folder)
}

/// Trunk with everything it needs to build the page without downloading anything itself.
pub fn trunk(subcommand: &str) -> Result<Command> {
    let folder = ensure_tools()?;
    // Trunk runs Cargo offline, so every dependency has to be fetched first.
    run::run(run::cargo(["fetch", "--quiet", "--locked"]))?;

    let mut trunk = Command::new(folder.join("bin").join("trunk"));
    trunk
        .env("PATH", path_with_tools(&folder)?)
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths())
        // The page comes before the options: `--offline` would take it for its value.
        .args([subcommand, "index.html", "--offline", "true"]);
    if std::env::var_os("NO_COLOR").is_some() {
        // Trunk only understands `true` and `false` here.
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// Cargo, for the browser.
pub fn cargo_wasm(arguments: &[&str]) -> Result<Command> {
    ensure_wasm_target()?;
    let mut cargo = run::cargo(arguments.iter().copied());
    cargo
        .arg(format!("--target={WASM}"))
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths());
    Ok(cargo)
}

/// The tool that makes a JavaScript module out of what Cargo compiled.
pub fn wasm_bindgen() -> Result<Command> {
    Ok(Command::new(ensure_tools()?.join("bin/wasm-bindgen")))
}

/// Installs missing tools, and returns their folder.
fn ensure_tools() -> Result<PathBuf> {
    ensure_wasm_target()?;
    let folder = project::target()?.join("tools");
    for tool in &TOOLS {
        tool.ensure(&folder)?;
    }
    Ok(folder)
}

/// Keeps the folders of this computer out of the page: they are private, and two computers should build the same
/// bytes.
fn without_paths() -> String {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let folders = [
        (cargo_home, "cargo"),
        (Some(project::root().to_owned()), "bezorgd"),
    ];
    let flags = folders.into_iter().filter_map(|(folder, name)| {
        Some(format!("--remap-path-prefix={}={name}", folder?.display()))
    });
    // The separator that allows spaces in a folder.
    flags.collect::<Vec<_>>().join("\u{1f}")
}

/// `cargo fuzz` with the compiler it needs: what it adds to a program is only in the nightly one.
pub fn cargo_fuzz() -> Result<Command> {
    let folder = project::target()?.join("tools");
    CARGO_FUZZ.ensure(&folder)?;
    let mut nightly = Command::new("cargo");
    nightly.args(["+nightly", "--version"]);
    run::output(nightly).context("fuzzing needs: rustup toolchain install nightly")?;
    let mut fuzz = Command::new("cargo");
    fuzz.env("PATH", path_with_tools(&folder)?)
        .args(["+nightly", "fuzz"]);
    Ok(fuzz)
}

/// `cargo llvm-cov` with the tools of the compiler that it needs.
pub fn cargo_llvm_cov() -> Result<Command> {
    ensure_llvm_tools()?;
    let folder = project::target()?.join("tools");
    CARGO_LLVM_COV.ensure(&folder)?;
    let mut coverage = Command::new("cargo");
    coverage
        .env("PATH", path_with_tools(&folder)?)
        .arg("llvm-cov");
    Ok(coverage)
}

/// The component of rustup with the tools that read what instrumented programs measure.
const LLVM_TOOLS: &str = "llvm-tools";

/// They are large, and only coverage needs them, so rust-toolchain.toml does not ask for them.
fn ensure_llvm_tools() -> Result<()> {
    if has_llvm_tools()? {
        return Ok(());
    }
    println!("Adding {LLVM_TOOLS} to the compiler (once; less than a minute)");
    let mut add = Command::new("rustup");
    add.args(["component", "add", LLVM_TOOLS]);
    run::run(add)
        .with_context(|| format!("coverage needs the component {LLVM_TOOLS}, which is missing"))?;
    if !has_llvm_tools()? {
        bail!(
            "coverage needs llvm-profdata and llvm-cov, which are missing: add {LLVM_TOOLS} to \
             the compiler that `rustc` is"
        );
    }
    Ok(())
}

fn has_llvm_tools() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir"]);
    let libraries = PathBuf::from(run::output(rustc)?.trim());
    let folder = libraries.parent().map(|target| target.join("bin"));
    let has = |program: &str| {
        let program = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        folder
            .as_ref()
            .is_some_and(|folder| folder.join(program).is_file())
    };
    Ok(has("llvm-profdata") && has("llvm-cov"))
}

/// The PATH with the installed tools first.
fn path_with_tools(folder: &Path) -> Result<OsString> {
    let mut path = vec![folder.join("bin")];
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    Ok(std::env::join_paths(path)?)
}

impl Tool {
    fn ensure(&self, folder: &Path) -> Result<()> {
        if self.installed(folder) {
            return Ok(());
        }
        let Self {
            package, version, ..
        } = self;
        println!(
            "Installing {package} {version} in {} (once; about {} minutes on two cores)",
            folder.display(),
            self.minutes
        );
        let build = folder.join("build");
        let mut install = run::cargo(["install", "--locked", "--force", "--debug"]);
        install
            .args(self.arguments)
            .arg(format!("{package}@{version}"))
            .arg("--root")
            .arg(folder)
            .arg("--target-dir")
            .arg(&build);
        // A tool for this computer: settings for compiling the project do not apply to it.
        for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET"] {
            install.env_remove(variable);
        }
        // Unoptimised and without debug information they are built in less than half the time, and
        // take half a second more to run.
        install
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_INCREMENTAL", "0");
        run::run(install).with_context(|| format!("{package} {version} is needed here"))?;
        if !self.installed(folder) {
            bail!("{package} {version} was installed, but `--version` does not report it");
        }
        std::fs::remove_dir_all(&build)
            .with_context(|| format!("{} could not be removed", build.display()))
    }

    fn installed(&self, folder: &Path) -> bool {
        let program = folder.join("bin").join(self.program);
        Command::new(program)
            .args(self.subcommand)
            .arg("--version")
            .output()
            .is_ok_and(|output| {
                let answer = String::from_utf8_lossy(&output.stdout);
                answer.split_whitespace().nth(1) == Some(self.version)
            })
    }
}

/// rust-toolchain.toml asks for the target, but rustup only looks there when it installs the compiler.
fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target()? {
        return Ok(());
    }
    if run::find("rustup").is_none() {
        bail!(
            "this Rust cannot compile for {WASM}. Install Rust with rustup (https://rustup.rs), \
             or add that target with the package manager that Rust came from"
        );
    }
    println!("Adding {WASM} to the compiler (once; less than a minute)");
    let mut add = Command::new("rustup");
    add.args(["target", "add", WASM]);
    run::run(add)
}

fn has_wasm_target() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    Ok(PathBuf::from(run::output(rustc)?.trim()).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_bindgen_cli_has_the_version_of_the_library() {
        let lock = std::fs::read_to_string(project::root().join("Cargo.lock")).unwrap();
        let version = TOOLS
            .iter()
            .find(|tool| tool.program == "wasm-bindgen")
            .map(|tool| tool.version)
            .unwrap();
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{version}\"\n");
        assert!(
            lock.replace("\r\n", "\n").contains(&entry),
            "Cargo.lock has another wasm-bindgen than {version}: change both in one commit"
        );
    }
}
