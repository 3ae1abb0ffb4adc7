//! Takes the pictures in docs/screenshots: the page with its own example, on the screens people have.
//!
//! Run it as `cargo xtask screenshots`, which builds the page first.

use anyhow::{Context, Result};
use bezorgd::text::words;
use e2e::{Look, journey};
use std::path::Path;

/// What a person opens to see.
const RECIPIENT: &str = "ilse.wouters@exmaple.com";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = e2e::root().join("docs/screenshots");
    std::fs::create_dir_all(&folder)?;
    for (screen, width, height, phone) in [("desktop", 1366, 768, false), ("phone", 390, 844, true)]
    {
        for (scheme, dark) in [("light", false), ("dark", true)] {
            let look = Look {
                width,
                height,
                dark,
                phone,
            };
            let file = folder.join(format!("{screen}-{scheme}.png"));
            take(look, &file)
                .await
                .with_context(|| format!("{} was not taken", file.display()))?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

async fn take(look: Look, file: &Path) -> Result<()> {
    journey(async |page| {
        page.look(look).await?;
        page.press(words().ui.example_report).await?;
        page.press(RECIPIENT).await?;
        page.reads(words().ui.todo).await?;
        Ok(std::fs::write(file, page.browser().picture().await?)?)
    })
    .await
}
