//! The inputs to begin with: fixtures, and the examples of the rules.

use super::target::Target;
use crate::project;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the fixtures are.
const FIXTURES: [&str; 5] = [
    "crates/e2e/fixtures",
    "tests/customers",
    "tests/fixtures",
    "tests/ordinary",
    "tests/wise",
];

/// Writes the inputs to begin with into the corpus of a target.
pub fn write(target: &Target) -> Result<()> {
    let corpus = project::root().join("fuzz/corpus").join(target.name);
    fs::create_dir_all(&corpus)?;
    for fixture in fixtures(target)? {
        let name = fixture.file_name().context("a fixture has a name")?;
        let evidence = fs::read(&fixture)?;
        fs::write(corpus.join(name), [target.prefix, &evidence].concat())?;
    }
    let rules = project::root().join("src/rules");
    let (mut files, mut examples) = (Vec::new(), 0);
    files_below(&rules, &mut files)?;
    for file in files.iter().filter(|file| has_ending(file, &["toml"])) {
        for line in fs::read_to_string(file)?.lines() {
            if let Some(example) = line.strip_prefix("example = ") {
                examples += 1;
                let text = example.trim_matches(['"', '\'']);
                let seed = corpus.join(format!("example-{examples}"));
                fs::write(seed, [target.prefix, text.as_bytes()].concat())?;
            }
        }
    }
    Ok(())
}

fn fixtures(target: &Target) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in FIXTURES {
        files_below(&project::root().join(folder), &mut files)?;
    }
    files.retain(|file| {
        let is_expectation = file.to_string_lossy().ends_with(".expected.json");
        !is_expectation && (target.seeds.is_empty() || has_ending(file, target.seeds))
    });
    Ok(files)
}

fn has_ending(file: &Path, endings: &[&str]) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.contains(&ending))
}

/// Adds every file in a folder and its subfolders.
pub fn files_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, found)?;
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::target::TARGETS;

    #[test]
    fn every_ending_has_a_fixture() {
        for target in TARGETS {
            let fixtures = fixtures(&target).expect("readable fixtures");
            assert!(!fixtures.is_empty(), "{}", target.name);
            for ending in target.seeds {
                let has_fixture = fixtures.iter().any(|file| has_ending(file, &[ending]));
                assert!(
                    has_fixture,
                    "{}: no fixture ends with .{ending}",
                    target.name
                );
            }
        }
    }
}
