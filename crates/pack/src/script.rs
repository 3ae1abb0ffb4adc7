//! Shortens the scripts that people wrote, which keep their comments in the repository.

/// A script without its indentation, empty lines and lines that are only a comment.
///
/// Texts of several lines (template literals) are code for a worker, which may be shortened too.
pub fn shortened(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let code = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    code.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_as_it_is_line_by_line() {
        let script = "// Why.\nconst a = `\n  b;\n`;\n\n  // Why.\n  go(\"//x\"); // why\n";
        assert_eq!(
            shortened(script),
            "const a = `\nb;\n`;\ngo(\"//x\"); // why\n"
        );
    }
}
