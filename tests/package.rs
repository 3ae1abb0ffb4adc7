//! The package of the analyser contains everything needed to build it, and no fixtures.

use std::process::Command;

#[test]
fn the_package_contains_the_source_and_no_fixtures() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut list = Command::new(cargo);
    list.args(["package", "--package=bezorgd", "--list", "--allow-dirty"]);
    list.arg("--offline");
    let listed = list
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let error = String::from_utf8_lossy(&listed.stderr);
    assert!(listed.status.success(), "{error}");
    let listed = String::from_utf8(listed.stdout).expect("paths in UTF-8");
    let files: Vec<String> = listed.lines().map(|path| path.replace('\\', "/")).collect();
    for wanted in [
        "README.md",
        "build.rs",
        "build/rules.rs",
        "examples/causes.rs",
        "src/lib.rs",
        "src/rules/mailbox.toml",
        "src/formats/workbook/package/styles.xml",
    ] {
        assert!(
            files.iter().any(|file| file == wanted),
            "{wanted} is missing"
        );
    }
    let written_by_cargo = [
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
        ".cargo_vcs_info.json",
    ];
    let is_listed = |file: &&String| {
        let folder = file.split_once('/').map(|(folder, _)| folder);
        match folder {
            Some(folder) => ["build", "examples", "src"].contains(&folder),
            None => {
                let is_text = file.ends_with(".md") || file.starts_with("LICENSE-");
                is_text || *file == "build.rs" || written_by_cargo.contains(&file.as_str())
            }
        }
    };
    let others: Vec<_> = files.iter().filter(|file| !is_listed(file)).collect();
    assert!(others.is_empty(), "these do not belong there: {others:?}");
}
