//! Takes the pictures in docs/screenshots: the page with its own example, on the screens people have.
//!
//! Run it as `cargo xtask screenshots`, which builds the page first.

use anyhow::{Context, Result};
use e2e::{Look, journey};
use std::path::Path;

/// What a person opens to see.
const RECIPIENT: &str = "yasmina.elamrani@example.be";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/screenshots");
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
        page.press("Een POM-rapport").await?;
        page.press(RECIPIENT).await?;
        page.reads("Wat doe je nu?").await?;
        Ok(std::fs::write(file, page.browser().picture().await?)?)
    })
    .await
}
