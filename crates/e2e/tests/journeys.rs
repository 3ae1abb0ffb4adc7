//! What people use the page for. Texts come from the words themselves, so that they may change.

use anyhow::{Result, ensure};
use bezorgd_e2e::{EmulatedScreen, Mishap, file, journey, journey_despite};
use bezorgd_e2e::{plain, words};
use bezorgd_model::Change;
use bezorgd_model::NextStep;
use bezorgd_model::shown::{is_hidden, shown};
use bezorgd_model::{Cause, Kind, ProblemCode, Role, Sender, State};
use bezorgd_words::Channel;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::time::Duration;

/// The module that opens archives and reads and writes workbooks, fetched in the background.
const CONTAINERS: &str = "containers_bg";

const PHONE: EmulatedScreen = EmulatedScreen {
    width: 390,
    height: 844,
    dark: false,
    phone: true,
};

const NARROW: EmulatedScreen = EmulatedScreen {
    width: 500,
    phone: false,
    ..PHONE
};

#[tokio::test]
async fn a_chosen_report_shows_why_and_what_to_do() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.press("greet@outlook.example").await?;
        page.reads(words().cause(Cause::MailboxFull)).await?;
        let advice = words().advice(Sender::Pom, Cause::MailboxFull, State::GaveUp);
        page.reads(plain(advice.steps(None)[0])).await?;
        page.reads("The user’s mailbox is full.").await?;
        page.reads(words().cause(Cause::Suppressed)).await
    })
    .await
}

/// A parent calls: the invoice did not come.
#[tokio::test]
async fn one_parent_is_found_and_informed() -> Result<()> {
    journey(async |page| {
        page.paste(&rows()?).await?;
        page.search("greet").await?;
        page.reads(words().cause(Cause::MailboxFull)).await?;
        page.press(words().channel(Channel::Sms)).await?;
        page.reads(words().ui.copied()).await?;
        let sms = page.clipboard().await?;
        ensure!(
            sms.contains("greet@outlook.example")
                && sms.contains("je mailbox zat vol")
                && sms.contains(words().ui.say_name_open()),
            "the SMS reads: {sms}"
        );

        page.fill(words().ui.say_name(), "Basisschool De Linde")
            .await?;
        page.fill(words().ui.say_contact(), "09 000 00 00").await?;
        let (form, polite) = (words().ui.say_form(), words().ui.say_polite());
        page.pick(form, polite).await?;
        page.press(words().channel(Channel::Sms)).await?;
        page.reads("Dit is Basisschool De Linde.").await?;
        let sms = page.clipboard().await?;
        ensure!(
            sms.contains("uw mailbox zat vol") && sms.contains("U bereikt ons op 09 000 00 00"),
            "the SMS reads: {sms}"
        );

        page.search("niemand@example.be").await?;
        page.reads(words().cause(Cause::NotAttempted)).await?;
        page.press(words().guide.email_recipient().title).await?;
        page.reads(plain(words().guide.email_recipient().steps[3]))
            .await?;
        page.press(words().guide.several_addresses().title).await?;
        page.reads(plain(words().guide.several_addresses().steps[4]))
            .await
    })
    .await
}

/// After a batch: who needs work, and who was forgotten?
#[tokio::test]
async fn a_batch_is_sorted_by_next_step() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        for step in [
            NextStep::CorrectAddress,
            NextStep::OtherChannel,
            NextStep::CallHelpdesk,
        ] {
            page.reads(words().next_step(step).title).await?;
        }
        page.press(words().next_step(NextStep::CallHelpdesk).short)
            .await?;
        page.reads("016 61 70 75").await?;
        page.press(words().ui.all()).await?;

        page.press(words().ui.expected_title()).await?;
        let list = "greet@outlook.example\nvergeten.ouder@example.be";
        page.fill(words().ui.expected_hint(), list).await?;
        page.press(words().ui.expected_read()).await?;
        page.reads(words().count.expected_missing(1)).await?;
        page.press("vergeten.ouder@example.be").await?;
        page.reads(words().guide.email_recipient().title).await
    })
    .await
}

/// “Delivered, but not found”: a help page links to the steps.
#[tokio::test]
async fn a_link_leads_to_the_steps_without_any_evidence() -> Result<()> {
    journey(async |page| {
        let link = "#/uitleg/pom/bezorgd-niet-gevonden".to_owned();
        page.follow(&link).await?;
        page.reads(words().cause(Cause::Delivered)).await?;
        for guide in [
            &words().guide.outlook_new(),
            &words().guide.outlook_classic(),
            &words().guide.macos_mail(),
            &words().guide.gmail(),
        ] {
            page.press(guide.title).await?;
            page.reads(guide.steps[3].with_domain("pom.be")).await?;
        }
        page.press(words().ui.copy_steps()).await?;
        page.reads(words().ui.copied()).await?;
        let steps = page.clipboard().await?;
        ensure!(steps.contains("pom.be"), "what was copied reads: {steps}");
        page.fits().await
    })
    .await
}

/// Somebody asks for proof after giving evidence.
#[tokio::test]
async fn anybody_can_see_that_nothing_is_sent() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.follow("#/privacy").await?;
        page.reads(words().guide.privacy_check().title).await?;
        page.reads(format!("{}\n0", words().ui.privacy_requests()))
            .await?;
        page.follow("#").await?;
        page.reads("greet@outlook.example").await
    })
    .await
}

/// A help page links to the steps for one mail program.
#[tokio::test]
async fn steps_have_a_separate_address() -> Result<()> {
    journey(async |page| {
        page.follow("#/stappen/gmail").await?;
        page.reads(words().guide.gmail().title).await?;
        page.reads(plain(words().guide.gmail().steps[4])).await?;
        page.follow("#/uitleg").await?;
        page.reads(words().cause(Cause::MailboxFull)).await
    })
    .await
}

/// Inside a help page, which has a heading already.
#[tokio::test]
async fn inside_another_page_the_heading_is_omitted() -> Result<()> {
    journey(async |page| {
        let heading = format!("{}\n", words().ui.name());
        let link = "#/uitleg/wise/mailbox-vol".to_owned();
        page.follow(&format!("?inbed{link}")).await?;
        page.settle().await?;
        page.reads(words().cause(Cause::MailboxFull)).await?;
        page.lacks(&heading).await?;
        page.press(words().ui.try_example()).await?;
        page.reads(words().ui.example_mark()).await
    })
    .await
}

/// Two reports of different days become one history.
#[tokio::test]
async fn a_second_report_shows_what_changed() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("crates/e2e/fixtures/march-12.csv")?])
            .await?;
        page.reads("Bij post.example mislukten 6 van de 6 e-mails.")
            .await?;
        page.choose(&[file("crates/e2e/fixtures/march-13.csv")?])
            .await?;
        page.press(words().change(Change::Mended)).await?;
        page.reads(words().count.recipients(6)).await?;
        page.press(words().change(Change::Mended)).await?;
        page.press("tom.debacker@example.net").await?;
        page.reads(words().cause(Cause::Suppressed)).await?;
        page.reads("It will be blacklisted to prevent further bounces")
            .await
    })
    .await
}

/// A misread column is corrected, and nothing else is lost.
#[tokio::test]
async fn columns_can_be_chosen_again() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.press(words().ui.columns_title()).await?;
        page.pick("Document", words().role(Role::Customer)).await?;
        page.press("greet@outlook.example").await?;
        let number = words().fill.customer("F2026/0102");
        page.reads(number).await
    })
    .await
}

#[tokio::test]
async fn a_dropped_bounce_shows_why() -> Result<()> {
    journey(async |page| {
        page.drop(&[file("crates/e2e/fixtures/bounce.eml")?])
            .await?;
        page.reads("lotte.maes@example.net").await?;
        page.reads(words().cause(Cause::MailboxFull)).await?;
        let advice = words().advice(Sender::Other, Cause::MailboxFull, State::Failed);
        page.reads(plain(advice.steps(None)[0])).await?;
        page.reads("The mailbox of this recipient is full").await
    })
    .await
}

/// Only Chromium lets a test drag a folder.
#[tokio::test]
async fn a_dropped_folder_is_read_file_by_file_in_chromium() -> Result<()> {
    journey(async |page| {
        page.drop(&[
            file("tests/fixtures/unreadable")?,
            file("crates/e2e/fixtures")?,
        ])
        .await?;
        page.reads("lotte.maes@example.net").await?;
        page.press(words().ui.problems_title()).await?;
        page.reads(plain(words().problem(ProblemCode::Empty).what))
            .await
    })
    .await
}

#[tokio::test]
async fn an_archive_and_a_workbook_are_opened() -> Result<()> {
    journey(async |page| {
        page.drop(&[
            file("tests/fixtures/mailboxes/bounces.zip")?,
            file("tests/fixtures/workbooks/report.xlsx")?,
            file("tests/fixtures/workbooks/report.xls")?,
            file("tests/fixtures/workbooks/report.ods")?,
            file("tests/fixtures/unreadable/damaged.xls")?,
            file("tests/fixtures/unreadable/locked.xlsx")?,
        ])
        .await?;
        page.reads("jos@example.net").await?;
        page.press("greet@outlook.example").await?;
        page.reads(words().cause(Cause::MailboxFull)).await?;
        page.press(words().ui.problems_title()).await?;
        page.reads(plain(words().problem(ProblemCode::LockedWorkbook).what))
            .await?;
        let damaged = words().problem(ProblemCode::DamagedWorkbook).what;
        let problems = page.text().await?;
        let named = problems.matches(&plain(damaged)).count();
        ensure!(
            named == 1,
            "{named} workbooks are damaged, of which one is:\n{problems}"
        );
        // The next worker opens them too, with what is in memory.
        page.press(words().ui.clear()).await?;
        page.choose(&[file("tests/fixtures/workbooks/report.ods")?])
            .await?;
        page.reads("greet@outlook.example").await
    })
    .await
}

/// A workbook or Outlook message that is dropped at once waits for the module that opens it.
#[tokio::test]
async fn a_workbook_and_a_message_wait_for_the_module_that_opens_them() -> Result<()> {
    let mishap = Mishap {
        file: CONTAINERS,
        late: Some(Duration::from_secs(5)),
    };
    journey_despite(mishap, async |page| {
        page.choose(&[
            file("tests/fixtures/workbooks/report.xlsx")?,
            file("tests/fixtures/outlook/bounce.msg")?,
            file("crates/e2e/fixtures/bounce.eml")?,
        ])
        .await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let early = page.text().await?;
        ensure!(
            !early.contains("greet@outlook.example"),
            "the workbook was read too early"
        );
        page.reads("greet@outlook.example").await?;
        page.reads("els@example.com").await?;
        page.reads("lotte.maes@example.net").await
    })
    .await
}

#[tokio::test]
async fn a_workbook_still_waits_when_something_is_exported_meanwhile() -> Result<()> {
    let mishap = Mishap {
        file: CONTAINERS,
        late: Some(Duration::from_secs(5)),
    };
    journey_despite(mishap, async |page| {
        page.choose(&[
            file("crates/e2e/fixtures/bounce.eml")?,
            file("tests/fixtures/workbooks/report.xlsx")?,
        ])
        .await?;
        page.reads("lotte.maes@example.net").await?;
        let table = page.saves(words().ui.save_csv(), "csv").await?;
        ensure!(!table.is_empty(), "the table is empty");
        page.reads("greet@outlook.example").await
    })
    .await
}

#[tokio::test]
async fn without_the_module_that_opens_workbooks_the_rest_is_read() -> Result<()> {
    let mishap = Mishap {
        file: CONTAINERS,
        late: None,
    };
    journey_despite(mishap, async |page| {
        page.choose(&[
            file("tests/fixtures/workbooks/report.xlsx")?,
            file("tests/fixtures/outlook/bounce.msg")?,
            file("tests/fixtures/reports/pom.csv")?,
        ])
        .await?;
        page.reads("greet@outlook.example").await?;
        page.press(words().ui.problems_title()).await?;
        page.reads("report.xlsx").await?;
        page.reads("bounce.msg").await?;
        page.reads(plain(words().problem(ProblemCode::UnpackerMissing).what))
            .await?;
        page.reads(plain(words().problem(ProblemCode::UnpackerMissing).next))
            .await
    })
    .await
}

#[tokio::test]
async fn reading_can_be_stopped() -> Result<()> {
    let file = long_report()?;
    let outcome = journey(async |page| {
        page.choose(&[&file]).await?;
        page.press(words().ui.cancel()).await?;
        page.press(words().ui.clear()).await?;
        page.press(words().ui.example_report()).await?;
        page.reads(words().cause(Cause::MailboxFull)).await
    })
    .await;
    std::fs::remove_file(&file)?;
    outcome
}

#[tokio::test]
async fn rows_pasted_from_the_screen_are_a_report() -> Result<()> {
    journey(async |page| {
        page.paste(&rows()?).await?;
        page.press("greet@outlook.example").await?;
        page.reads(words().cause(Cause::MailboxFull)).await
    })
    .await
}

/// The text alone cannot be split into cells.
#[tokio::test]
async fn a_table_on_the_clipboard_goes_before_its_text() -> Result<()> {
    let (html, text) = (copied("table.html")?, copied("table.txt")?);
    the_copied_report_is_counted(&[("text/html", &html), ("text/plain", &text)]).await
}

#[tokio::test]
async fn a_report_pasted_as_one_cell_per_line_is_counted() -> Result<()> {
    the_copied_report_is_counted(&[("text/plain", &copied("cells.txt")?)]).await
}

#[tokio::test]
async fn a_report_pasted_as_columns_of_spaces_is_counted() -> Result<()> {
    the_copied_report_is_counted(&[("text/plain", &copied("columns.txt")?)]).await
}

#[tokio::test]
async fn a_list_pasted_into_its_box_is_no_evidence() -> Result<()> {
    journey(async |page| {
        page.paste_into(words().ui.paste_title(), &rows()?).await?;
        page.press(words().ui.expected_title()).await?;
        let list = "greet@outlook.example\nvergeten.ouder@example.be";
        page.paste_into(words().ui.expected_hint(), list).await?;
        page.press(words().ui.expected_read()).await?;
        page.reads(words().count.expected_missing(1)).await?;
        page.reads(words().count.files(1)).await
    })
    .await
}

/// The HTML shows names where the text has addresses.
#[tokio::test]
async fn a_bounce_copied_from_webmail_is_read_as_its_text() -> Result<()> {
    journey(async |page| {
        let text = copied("bounce.txt")?;
        for html in ["bounce.html", "bounce-in-layout.html"] {
            let html = copied(html)?;
            page.paste_forms(&[("text/html", &html), ("text/plain", &text)])
                .await?;
            page.reads("nele.goossens@example.com").await?;
            page.reads(words().cause(Cause::MailboxFull)).await?;
            page.press(words().ui.clear()).await?;
            page.reads(words().ui.start_title()).await?;
        }
        Ok(())
    })
    .await
}

/// Alone, and beside a bounce, which it must not push aside.
#[tokio::test]
async fn a_mail_that_arrived_shows_its_way() -> Result<()> {
    journey(async |page| {
        page.drop(&[file("tests/fixtures/arrived/marked-as-spam.eml")?])
            .await?;
        page.reads(words().ui.arrival_title()).await?;
        page.reads("Factuur maart").await?;
        page.reads("als ongewenst gemerkt: SCL 5, SFV SPM, CAT BULK")
            .await?;
        page.reads(words().guide.arrived_look().title).await?;
        page.reads(words().guide.arrived_doubt().title).await?;
        page.drop(&[file("crates/e2e/fixtures/bounce.eml")?])
            .await?;
        page.reads("lotte.maes@example.net").await?;
        page.reads(words().kind(Kind::Arrived, 1)).await
    })
    .await
}

/// A table, a workbook, an archive, a mail and a text, attached to an ordinary mail.
#[tokio::test]
async fn what_is_attached_to_a_mail_is_read() -> Result<()> {
    journey(async |page| {
        page.drop(&[file("tests/fixtures/attached/every-kind-of-file.eml")?])
            .await?;
        for address in [
            "bo@example.org",
            "greet@outlook.example",
            "dirk@example.org",
            "fien@example.org",
            "gerda@example.org",
        ] {
            page.reads(address).await?;
        }
        Ok(())
    })
    .await
}

/// What nobody can see in a report is visible on the page, and so is a letter that only looks like another.
#[tokio::test]
async fn hidden_characters_and_odd_addresses_are_shown() -> Result<()> {
    journey(async |page| {
        page.drop(&[file("tests/fixtures/reports/hidden-characters.csv")?])
            .await?;
        let address = "ja\u{430}n@example.be";
        page.press(address).await?;
        let odd = words().odd_address(address).unwrap_or_default();
        page.reads(odd).await?;
        page.reads("⟨U+202E⟩550 5.1.1 ⟨U+001B⟩[2J User unknown")
            .await?;
        // The placeholder is inside the words that decided.
        page.press("mia@example.be").await?;
        page.reads("The user’s mailbox⟨U+200B⟩ is full.").await?;
        page.eventually(
            "return [...document.querySelectorAll('#evidence mark')].some(mark => mark.textContent.endsWith('mailbox⟨U+200B⟩ is full'));",
        )
        .await?;
        page.press(words().ui.problems_title()).await?;
        for written in ["jan\u{202E}eb.elpmaxe@example.be", "an\u{200B}@example.be"] {
            page.reads(shown(written)).await?;
            page.reads(words().odd_address(written).unwrap_or_default())
                .await?;
        }
        let text = page.text().await?;
        let hidden = text.chars().find(|&next| next != '\n' && next != '\t' && is_hidden(next));
        ensure!(hidden.is_none(), "the page shows {hidden:?} in {text:?}");

        let csv = page.saves(words().ui.save_csv(), "csv").await?;
        let csv = String::from_utf8(csv)?;
        ensure!(
            csv.contains("⟨U+202E⟩550") && !csv.contains('\u{1B}'),
            "the CSV reads {csv:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_reply_put_in_the_box_is_explained() -> Result<()> {
    journey(async |page| {
        let reply = "550 5.1.1 <an@example.com>: Recipient address rejected: User unknown";
        page.fill(words().ui.paste_title(), reply).await?;
        page.press(words().ui.paste_read()).await?;
        page.reads("an@example.com").await?;
        page.reads(words().cause(Cause::AddressUnknown)).await
    })
    .await
}

#[tokio::test]
async fn the_examples_show_what_to_expect() -> Result<()> {
    journey(async |page| {
        page.press(words().ui.example_report()).await?;
        page.reads(words().ui.example_mark()).await?;
        page.reads(words().cause(Cause::MailboxFull)).await?;
        page.press(words().ui.clear()).await?;
        page.press(words().ui.example_bounce()).await?;
        page.reads(words().cause(Cause::AddressUnknown)).await
    })
    .await
}

#[tokio::test]
async fn unreadable_files_are_reported_and_the_rest_is_read() -> Result<()> {
    journey(async |page| {
        page.choose(&[
            file("tests/fixtures/unreadable/empty.csv")?,
            file("tests/fixtures/unreadable/picture.eml")?,
            file("tests/fixtures/unreadable/no-addresses.csv")?,
            file("tests/fixtures/reports/pom.csv")?,
        ])
        .await?;
        page.reads("greet@outlook.example").await?;
        page.press(words().ui.problems_title()).await?;
        page.reads(plain(words().problem(ProblemCode::Empty).what))
            .await?;
        page.reads(plain(words().problem(ProblemCode::UnknownFormat).what))
            .await?;
        page.reads(plain(words().problem(ProblemCode::NoAddressColumn).what))
            .await
    })
    .await
}

#[tokio::test]
async fn a_mailbox_of_newsletters_is_called_that() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/mailboxes/newsletters.mbox")?])
            .await?;
        page.reads(words().count.ordinary(2)).await?;
        page.reads(words().ui.no_recipients_next()).await
    })
    .await
}

#[tokio::test]
async fn the_list_is_exported_as_it_is_filtered() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.fill(words().ui.search(), "outlook").await?;
        page.reads(words().count.recipients(1)).await?;
        let table = String::from_utf8(page.saves(words().ui.save_csv(), "csv").await?)?;
        let rows: Vec<&str> = table.lines().collect();
        ensure!(
            rows.len() == 2 && rows[1].starts_with("greet@outlook.example;"),
            "saved: {table}"
        );
        page.press(words().ui.copy_addresses()).await?;
        page.reads(words().count.copied(1)).await
    })
    .await
}

/// The page reads the workbook that it saved.
#[tokio::test]
async fn the_list_is_saved_as_a_workbook() -> Result<()> {
    let saved = std::env::temp_dir().join(format!("bezorgd-{}.xlsx", std::process::id()));
    let outcome = journey(async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.fill(words().ui.search(), "outlook").await?;
        page.reads(words().count.recipients(1)).await?;
        let workbook = page.saves(words().ui.save_excel(), "xlsx").await?;
        ensure!(
            workbook.starts_with(b"PK\x03\x04"),
            "the workbook is no archive"
        );
        std::fs::write(&saved, workbook)?;

        page.press(words().ui.clear()).await?;
        page.choose(&[&saved]).await?;
        page.reads("greet@outlook.example").await?;
        page.reads(words().count.recipients(1)).await?;
        page.reads("The user’s mailbox is full.").await
    })
    .await;
    std::fs::remove_file(&saved)?;
    outcome
}

#[tokio::test]
async fn an_export_waits_for_the_module_that_writes_workbooks() -> Result<()> {
    let mishap = Mishap {
        file: CONTAINERS,
        late: Some(Duration::from_secs(5)),
    };
    journey_despite(mishap, async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.reads("greet@outlook.example").await?;
        let workbook = page.saves(words().ui.save_excel(), "xlsx").await?;
        ensure!(
            workbook.starts_with(b"PK\x03\x04"),
            "the workbook is no archive"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_the_module_that_writes_workbooks_there_is_csv() -> Result<()> {
    let mishap = Mishap {
        file: CONTAINERS,
        late: None,
    };
    journey_despite(mishap, async |page| {
        page.choose(&[file("tests/fixtures/reports/pom.csv")?])
            .await?;
        page.reads("greet@outlook.example").await?;
        page.press(words().ui.save_excel()).await?;
        page.reads(words().ui.no_workbook()).await?;
        let table = page.saves(words().ui.save_csv(), "csv").await?;
        ensure!(!table.is_empty(), "the table is empty");
        Ok(())
    })
    .await
}

/// The narrowest window that every engine can have.
#[tokio::test]
async fn in_a_narrow_window_nothing_overflows() -> Result<()> {
    nothing_overflows(NARROW).await
}

/// Only Chromium can pretend to be a phone.
#[tokio::test]
async fn on_a_phone_nothing_overflows_in_chromium() -> Result<()> {
    nothing_overflows(PHONE).await
}

async fn nothing_overflows(look: EmulatedScreen) -> Result<()> {
    journey(async |page| {
        page.look(look).await?;
        page.fits().await?;
        page.press(words().ui.example_report()).await?;
        page.reads(words().ui.clear()).await?;
        page.fits().await?;
        page.press("ilse.wouters@exmaple.com").await?;
        page.reads(words().ui.todo()).await?;
        page.fits().await
    })
    .await
}

/// A report of a million rows: reading it takes seconds.
fn long_report() -> Result<PathBuf> {
    let file = std::env::temp_dir().join(format!("bezorgd-{}.csv", std::process::id()));
    let mut rows = BufWriter::new(File::create(&file)?);
    writeln!(rows, "E-mailadres;Datum;Status;Omschrijving")?;
    for number in 0..1_000_000 {
        writeln!(rows, "r{number}@example.be;12/03/2026 08:00:11;DELIVERED;")?;
    }
    rows.flush()?;
    Ok(file)
}

/// The rows of the report as the clipboard contains them when copied from the screen.
fn rows() -> Result<String> {
    Ok(std::fs::read_to_string(file(
        "tests/fixtures/reports/pom-pasted.txt",
    )?)?)
}

/// What the clipboard holds of the copied report or bounce, in one form.
fn copied(form: &str) -> Result<String> {
    let file = file(&format!("crates/e2e/fixtures/copied-{form}"))?;
    Ok(std::fs::read_to_string(file)?)
}

/// Pastes the copied report: six recipients, of whom three have the e-mail, two a full mailbox, and one is
/// suppressed.
async fn the_copied_report_is_counted(forms: &[(&str, &str)]) -> Result<()> {
    journey(async |page| {
        page.paste_forms(forms).await?;
        page.done().await?;
        page.reads(words().count.recipients(6)).await?;
        page.reads(words().count.attention(3)).await?;
        for (step, count) in [
            (NextStep::LookInSpam, 3),
            (NextStep::AskRecipient, 2),
            (NextStep::CorrectAddress, 1),
        ] {
            page.reads(format!("{}\n{count}", words().next_step(step).short))
                .await?;
        }
        Ok(())
    })
    .await
}

/// A library drops the mailbox that its system left unprocessed, and looks up a borrower.
#[tokio::test]
async fn a_mailbox_of_a_library_shows_what_each_bounce_counted_for() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/wise/library.mbox")?])
            .await?;
        // Other kinds of message are counted separately.
        page.reads(words().kind(Kind::AutoReply, 2)).await?;
        page.search("jos.mertens").await?;
        page.reads(words().cause(Cause::MailboxDisabled)).await?;
        page.reads("Disableduser").await?;
        page.reads("5 van 5").await?;
        page.reads("Wise heeft dit adres verwijderd op 5 september 2023")
            .await?;
        page.reads("HR2 (tweede herinnering)").await?;
        page.reads(words().ui.letter_detail()).await?;
        page.press(words().guide.wise_record().title).await?;
        page.reads(plain(words().guide.wise_record().steps[2]))
            .await?;

        // The library words its subjects in its own way.
        page.search("els.verhulst").await?;
        page.reads(plain(words().line.letter_unknown())).await?;
        page.press(words().ui.sent_with()).await?;
        page.pick("Je leentermijn loopt bijna af", "IV1 (inleverherinnering)")
            .await?;
        page.reads("IV1 (inleverherinnering) bestaat alleen als e-mail")
            .await?;
        let table = page.saves(words().ui.types_save(), "csv").await?;
        let table = String::from_utf8(table)?;
        ensure!(
            table.contains("Je leentermijn loopt bijna af"),
            "the exported table of types reads: {table}"
        );

        // This library counts differently.
        page.fill(words().ui.settings_removed(), "1").await?;
        page.reads("1 van 1").await
    })
    .await
}

/// A borrower is at the desk, and there is a list of borrowers.
#[tokio::test]
async fn a_list_of_borrowers_shows_whose_addresses_they_are() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/wise/library.mbox")?])
            .await?;
        page.press(words().ui.customers_title()).await?;
        let list = std::fs::read_to_string(file("tests/wise/borrowers.csv")?)?;
        page.fill(words().ui.customers_hint(), &list).await?;
        page.press(words().ui.customers_read()).await?;
        page.reads(words().count.customers(21)).await?;
        page.press(words().ui.customers_title()).await?;

        page.search("wout janssens").await?;
        page.reads(words().count.holders(3)).await?;
        page.reads("Koen Janssens · klantnummer 21000109").await?;

        page.search("21000104").await?;
        page.reads("marc.peeters@example.org").await?;
        page.reads("1 van 5").await?;

        // Wise's own list names borrowers and no addresses.
        page.choose(&[file("tests/wise/overview.csv")?]).await?;
        page.search("jos.mertens").await?;
        page.reads(words().ui.bounce_repeated()).await
    })
    .await
}

/// Once a month: the list of messages that bounced, made into a list for the desk.
#[tokio::test]
async fn the_monthly_list_of_messages_becomes_a_list_for_the_desk() -> Result<()> {
    journey(async |page| {
        page.choose(&[file("tests/fixtures/reports/wise-overview.csv")?])
            .await?;
        page.press(words().ui.notices_title()).await?;
        page.reads(plain(words().problem(ProblemCode::RowsLeftOut).what))
            .await?;
        page.press("zoe@bol.kom").await?;
        page.reads(words().cause(Cause::DomainUnknown)).await?;
        page.reads("zoe@bol.com").await?;
        page.reads("Domain Error").await?;

        let workbook = page.saves(words().ui.take_messages(), "xlsx").await?;
        ensure!(workbook.starts_with(b"PK"), "no workbook was saved");

        page.prints(words().ui.print()).await?;
        page.reads(words().ui.desk_title()).await?;
        page.reads(words().ui.column_asked()).await
    })
    .await
}
