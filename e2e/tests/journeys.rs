//! What people come to the page for. The words are the page's own, in Dutch.

use anyhow::{Result, ensure};
use e2e::{Browser, Look, fixture, journey};

const PHONE: Look = Look {
    width: 390,
    height: 844,
    dark: false,
    phone: true,
};

#[tokio::test]
async fn a_chosen_report_tells_why_and_what_to_do() -> Result<()> {
    journey(async |page| {
        page.choose(&[fixture("reports/pom.csv")?]).await?;
        page.press("greet@outlook.example").await?;
        page.reads("De mailbox zit vol").await?;
        page.reads("Wat doe je nu?").await?;
        page.reads("The user’s mailbox is full.").await?;
        page.reads("Dit adres staat op een blokkeerlijst").await
    })
    .await
}

#[tokio::test]
async fn a_dropped_bounce_tells_why() -> Result<()> {
    journey(async |page| {
        page.drop(&[fixture("bounces/postfix.eml")?]).await?;
        page.reads("Dit adres bestaat niet").await?;
        page.reads("Vergelijk het adres letter voor letter").await
    })
    .await
}

#[tokio::test]
async fn rows_pasted_from_the_screen_are_a_report() -> Result<()> {
    journey(async |page| {
        page.paste(&rows()?).await?;
        page.press("greet@outlook.example").await?;
        page.reads("De mailbox zit vol").await
    })
    .await
}

#[tokio::test]
async fn a_reply_put_in_the_box_is_explained() -> Result<()> {
    journey(async |page| {
        let reply = "550 5.1.1 <an@example.com>: Recipient address rejected: User unknown";
        page.fill("Of plak wat op je scherm staat", reply).await?;
        page.press("Lees deze tekst").await?;
        page.reads("an@example.com").await?;
        page.reads("Dit adres bestaat niet").await
    })
    .await
}

#[tokio::test]
async fn the_examples_show_what_to_expect() -> Result<()> {
    journey(async |page| {
        page.press("Een POM-rapport").await?;
        page.reads("Dit is een voorbeeld met verzonnen mensen.")
            .await?;
        page.reads("De mailbox zit vol").await?;
        page.press("Alles wissen").await?;
        page.press("Een e-mail die terugkwam").await?;
        page.reads("Dit adres bestaat niet").await
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_the_rest_is_read() -> Result<()> {
    journey(async |page| {
        page.choose(&[
            fixture("unreadable/empty.csv")?,
            fixture("unreadable/picture.eml")?,
            fixture("unreadable/no-addresses.csv")?,
            fixture("reports/pom.csv")?,
        ])
        .await?;
        page.reads("greet@outlook.example").await?;
        page.press("Niet alles kon gelezen worden").await?;
        page.reads("Het bestand is leeg.").await?;
        page.reads("Dit is geen rapport en geen e-mail.").await?;
        page.reads("In deze tabel staat geen kolom met e-mailadressen.")
            .await
    })
    .await
}

#[tokio::test]
async fn on_a_phone_nothing_sticks_out() -> Result<()> {
    journey(async |page| {
        page.look(PHONE).await?;
        page.fits().await?;
        page.press("Een POM-rapport").await?;
        page.reads("Alles wissen").await?;
        page.fits().await?;
        page.press("ilse.wouters@exmaple.com").await?;
        page.reads("Wat doe je nu?").await?;
        page.fits().await
    })
    .await
}

/// What the other journeys rest on: a request to the rest of the internet does not go unnoticed.
#[tokio::test]
async fn a_request_to_strangers_would_be_seen() -> Result<()> {
    let outside = e2e::Outside::open().await?;
    let browser = Browser::start(outside.address()).await?;
    // It gets no answer, which is an error.
    let _ = browser.client().goto("http://stranger.example/").await;
    browser.close().await?;
    let requests = outside.requests();
    ensure!(
        requests
            .iter()
            .any(|line| line.contains("stranger.example")),
        "the proxy only saw {requests:#?}"
    );
    Ok(())
}

/// The report as the clipboard holds it when its rows are copied from the screen.
fn rows() -> Result<String> {
    Ok(std::fs::read_to_string(fixture("reports/pom-pasted.txt")?)?)
}
