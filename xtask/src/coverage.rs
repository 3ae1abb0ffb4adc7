//! Measures which lines of the analyser its tests run, file by file.

use crate::{project, run, tools};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How many of the lines of a file its tests must run, in percent.
const LEAST: f64 = 90.0;

/// The first line of the tests of a file, which do not count: they are at its end (docs/style.md).
const TESTS: &str = "#[cfg(test)]\nmod tests";

/// Prints the coverage of each file in src/.
///
/// # Errors
/// If a file has less than [`LEAST`], or cannot be measured.
pub fn coverage() -> Result<()> {
    let report = project::target()?.join("coverage.lcov");
    let mut measure = tools::cargo_llvm_cov()?;
    // Not the tests that measure time and memory: what measures coverage takes both.
    measure
        .args(["--locked", "--package=bezorgd", "--lib", "--test=main"])
        .args(["--lcov", "--output-path"])
        .arg(&report);
    run::run(measure)?;
    let text = fs::read_to_string(&report)
        .with_context(|| format!("{} could not be read", report.display()))?;
    let files = measured(&text, &project::root().join("src"), |file| {
        fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))
    })?;
    if files.is_empty() {
        bail!(
            "nothing was measured: {} has no file of src/",
            report.display()
        );
    }
    println!("\n| file of src/ | lines | run | % |\n| --- | ---: | ---: | ---: |");
    for (file, lines) in &files {
        let (total, run) = (lines.total(), lines.run());
        println!("| {file} | {total} | {run} | {:.1} |", lines.percent());
    }
    let total: usize = files.values().map(FileLines::total).sum();
    let run: usize = files.values().map(FileLines::run).sum();
    let percent = 100.0 * run as f64 / total as f64;
    println!("| all of it | {total} | {run} | {percent:.1} |\n");
    let low: Vec<String> = files
        .iter()
        .filter(|(_, lines)| lines.percent() < LEAST)
        .map(|(file, lines)| {
            format!(
                "src/{file}: {:.1} %; no test runs lines {}",
                lines.percent(),
                lines.missed()
            )
        })
        .collect();
    if !low.is_empty() {
        bail!("below {LEAST} % of lines:\n  {}", low.join("\n  "));
    }
    Ok(())
}

/// How often each line of a file ran, by its number.
#[derive(Debug, Default, PartialEq)]
struct FileLines(BTreeMap<usize, u64>);

impl FileLines {
    fn total(&self) -> usize {
        self.0.len()
    }

    fn run(&self) -> usize {
        self.0.values().filter(|count| **count > 0).count()
    }

    fn percent(&self) -> f64 {
        100.0 * self.run() as f64 / self.total() as f64
    }

    /// The lines that did not run, as `3, 7-9`.
    fn missed(&self) -> String {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        let mut is_adjacent = false;
        for (line, count) in &self.0 {
            if *count > 0 {
                is_adjacent = false;
                continue;
            }
            match ranges.last_mut() {
                Some(range) if is_adjacent => range.1 = *line,
                _ => ranges.push((*line, *line)),
            }
            is_adjacent = true;
        }
        let ranges = ranges.iter().map(|(first, last)| match last - first {
            0 => first.to_string(),
            _ => format!("{first}-{last}"),
        });
        ranges.collect::<Vec<_>>().join(", ")
    }
}

/// The files of a folder in a report of lcov, by their paths in it, without their tests. A file without a line that runs
/// is left out.
fn measured(
    report: &str,
    folder: &Path,
    source: impl Fn(&Path) -> Result<String>,
) -> Result<BTreeMap<String, FileLines>> {
    let mut files: BTreeMap<String, FileLines> = BTreeMap::new();
    for record in report.split("end_of_record") {
        let Some(file) = record.lines().find_map(|line| line.strip_prefix("SF:")) else {
            continue;
        };
        let file = Path::new(file);
        let Ok(name) = file.strip_prefix(folder) else {
            continue;
        };
        let text = source(file)?.replace("\r\n", "\n");
        let before_tests = text.split(TESTS).next().unwrap_or_default();
        let last = before_tests.lines().count();
        let lines = &mut files.entry(name.display().to_string()).or_default().0;
        for data in record.lines().filter_map(|line| line.strip_prefix("DA:")) {
            let mut numbers = data.split(',').map(str::parse::<u64>);
            let (Some(Ok(line)), Some(Ok(count))) = (numbers.next(), numbers.next()) else {
                bail!("`DA:{data}` in the report is no line with a count");
            };
            let line = usize::try_from(line)?;
            if line <= last {
                *lines.entry(line).or_default() += count;
            }
        }
    }
    files.retain(|_, lines| lines.total() > 0);
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
SF:/p/src/a/b.rs
FN:1,f
DA:1,4
DA:2,0
DA:3,0
DA:4,1
DA:9,0
DA:11,1
DA:12,1
LF:7
end_of_record
SF:/p/src/only_types.rs
end_of_record
SF:/p/crates/other.rs
DA:1,0
end_of_record
";

    #[test]
    fn lines_are_counted_by_file_and_without_tests() {
        let source = |_: &Path| Ok(format!("{}{TESTS} {{\n}}\n", "x\n".repeat(10)));
        let files = measured(REPORT, Path::new("/p/src"), source).expect("a report");
        let (names, lines): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        assert_eq!(names, ["a/b.rs"]);
        assert_eq!((lines[0].total(), lines[0].run()), (5, 2));
        assert_eq!(lines[0].missed(), "2-3, 9");
        assert!((lines[0].percent() - 40.0).abs() < 0.01);
    }

    #[test]
    fn a_report_of_another_form_is_an_error() {
        let source = |_: &Path| Ok("x\n".to_owned());
        let report = "SF:/p/src/a.rs\nDA:one,1\nend_of_record\n";
        assert!(measured(report, Path::new("/p/src"), source).is_err());
    }
}
