//! The JavaScript module in a browser, as its own example page uses it.

use anyhow::{Result, ensure};
use bezorgd_e2e::{file, journey};
use fantoccini::Locator;

/// The evidence for the example page, and a line that it then shows.
const READ: [(&str, &str); 3] = [
    (
        "reports/pom.csv",
        "pom.csv: greet@outlook.example: mailbox-full",
    ),
    (
        "workbooks/report.xlsx",
        "report.xlsx: greet@outlook.example: mailbox-full",
    ),
    ("bounces/courier.eml", "courier.eml: jan@example.be: "),
];

#[tokio::test]
async fn the_example_page_of_the_module_reads_evidence() -> Result<()> {
    journey(async |page| {
        let home = page.browser().client().current_url().await?;
        let example = home.join("api/example.html")?;
        page.browser().client().goto(example.as_str()).await?;
        for (given, line) in READ {
            let given = file(&format!("tests/fixtures/{given}"))?;
            let input = page.browser().client().find(Locator::Css("input")).await?;
            input.send_keys(&given.to_string_lossy()).await?;
            page.reads(line).await?;
        }
        let complaints = page.browser().complaints().await?;
        ensure!(
            complaints.is_empty(),
            "the browser complained: {complaints:#?}"
        );
        // The checks of every journey apply to the page itself.
        page.reload().await
    })
    .await
}
