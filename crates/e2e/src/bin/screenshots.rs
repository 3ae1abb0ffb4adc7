//! Takes the pictures in docs/screenshots: the page with its own example, on the screens people have. And those
//! in www/icons: browsers want the drawing of the page as PNG where they install it.
//!
//! Run it as `cargo xtask screenshots`, which builds the page first.

use anyhow::{Context, Result, anyhow};
use bezorgd_e2e::words;
use bezorgd_e2e::{Browser, Look, Outside, journey};
use serde_json::json;
use std::path::Path;

/// What a person opens to see.
const RECIPIENT: &str = "ilse.wouters@exmaple.com";

/// The icons: their names, their sizes, and what is changed on the drawing before.
const ICONS: [(&str, u32, &str); 3] = [
    ("icon-192.png", 192, ""),
    ("icon-512.png", 512, ""),
    ("icon-maskable-512.png", 512, MASKABLE),
];

/// Phones cut an icon to their own shape, of which only the middle is sure: there the drawing goes, and its ground
/// everywhere.
const MASKABLE: &str = "const drawing = document.documentElement; \
    drawing.setAttribute('viewBox', '-6 -6 44 44'); \
    drawing.style.background = document.querySelector('rect').getAttribute('fill')";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    draw_icons().await.context("the icons were not drawn")?;
    let folder = bezorgd_e2e::root().join("docs/screenshots");
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
        page.press(words().ui.example_report()).await?;
        page.press(RECIPIENT).await?;
        page.reads(words().ui.todo()).await?;
        Ok(std::fs::write(file, page.browser().picture().await?)?)
    })
    .await
}

async fn draw_icons() -> Result<()> {
    let www = bezorgd_e2e::root().join("www");
    let drawing = url::Url::from_file_path(www.join("icon.svg"))
        .map_err(|()| anyhow!("{} is no path", www.display()))?;
    let outside = Outside::open().await?;
    let browser = Browser::start(outside.address()).await?;
    let see_through = json!({"color": {"r": 0, "g": 0, "b": 0, "a": 0}});
    for (name, size, change) in ICONS {
        browser.client().goto(drawing.as_str()).await?;
        browser
            .look(Look {
                width: size,
                height: size,
                dark: false,
                phone: false,
            })
            .await?;
        browser
            .devtools(
                "Emulation.setDefaultBackgroundColorOverride",
                see_through.clone(),
            )
            .await?;
        browser.client().execute(change, vec![]).await?;
        let file = www.join("icons").join(name);
        std::fs::write(&file, browser.picture().await?)?;
        println!("{}", file.display());
    }
    browser.close().await
}
