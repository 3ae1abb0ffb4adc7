//! Takes the screenshots in docs/screenshots: the page with its own example, on common screens. And draws
//! the icons in www/icons from www/icon.svg: browsers need PNG to install the page.
//!
//! Run it as `cargo xtask screenshots`, which builds the page first.

use anyhow::{Context, Result, anyhow};
use bezorgd_e2e::words;
use bezorgd_e2e::{Browser, EmulatedScreen, Outside, journey};
use serde_json::json;
use std::path::Path;

/// The recipient to open.
const RECIPIENT: &str = "ilse.wouters@exmaple.com";

/// The icons: file name, size in pixels, and a script that changes the drawing first.
const ICONS: [(&str, u32, &str); 3] = [
    ("icon-192.png", 192, ""),
    ("icon-512.png", 512, ""),
    ("icon-maskable-512.png", 512, MASKABLE),
];

/// Phones crop an icon to their own shape, and only the middle is always visible: this shrinks the
/// drawing to the middle, and extends its background everywhere.
const MASKABLE: &str = "const drawing = document.documentElement; \
    drawing.setAttribute('viewBox', '-6 -6 44 44'); \
    drawing.style.background = document.querySelector('rect').getAttribute('fill')";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    draw_icons().await.context("cannot draw the icons")?;
    let folder = bezorgd_e2e::root().join("docs/screenshots");
    std::fs::create_dir_all(&folder)?;
    for (screen, width, height, phone) in [("desktop", 1366, 768, false), ("phone", 390, 844, true)]
    {
        for (scheme, dark) in [("light", false), ("dark", true)] {
            let look = EmulatedScreen {
                width,
                height,
                dark,
                phone,
            };
            let file = folder.join(format!("{screen}-{scheme}.png"));
            take(look, &file)
                .await
                .with_context(|| format!("cannot take `{}`", file.display()))?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

async fn take(look: EmulatedScreen, file: &Path) -> Result<()> {
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
        .map_err(|()| anyhow!("`{}` is not an absolute path", www.display()))?;
    let outside = Outside::open().await?;
    let browser = Browser::start(outside.address()).await?;
    let see_through = json!({"color": {"r": 0, "g": 0, "b": 0, "a": 0}});
    for (name, size, change) in ICONS {
        browser.client().goto(drawing.as_str()).await?;
        browser
            .look(EmulatedScreen {
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
