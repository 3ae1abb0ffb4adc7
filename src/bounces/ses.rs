//! Reads the notifications of Amazon SES, which are JSON in the text of a mail.
//!
//! They need a separate reader because a mail program may have wrapped or escaped the JSON, so
//! that it is no longer valid. Only the few members that matter are looked for.

use super::address_in_text as address;
use super::delivery_status::Fields;
use crate::model::Action;
use std::borrow::Cow;

/// The recipients that a notification names, or nothing when the text is none.
pub fn read(text: &str) -> Vec<Fields<'static>> {
    // JSON has an object, and few other texts have its bracket.
    if memchr::memchr(b'{', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let find = |name: &str| memchr::memmem::find(text.as_bytes(), name.as_bytes());
    let Some(start) = find("notificationType").or_else(|| find("eventType")) else {
        return Vec::new();
    };
    let json = text[start..]
        .replace(['“', '”'], "\"")
        .replace('\\', "")
        .replace("\n ", "")
        .replace('\n', "");
    let kind = member(&json, "Type").unwrap_or_default();
    let list = match kind {
        "Bounce" => "\"bouncedRecipients\"",
        "Delivery" => "\"recipients\"",
        "Complaint" => "\"complainedRecipients\"",
        _ => return Vec::new(),
    };
    let Some((_, recipients)) = json.split_once(list) else {
        return Vec::new();
    };
    let recipients = recipients.split(']').next().unwrap_or_default();
    address::find(recipients)
        .map(|place| {
            let entry = recipients[place.clone()].to_owned();
            let rest = recipients[place.end..]
                .split('}')
                .next()
                .unwrap_or_default();
            let diagnostic = member(rest, "diagnosticCode").unwrap_or_default();
            Fields {
                recipient: Some(Cow::Owned(entry)),
                action: Some(if kind == "Bounce" {
                    Action::Failed
                } else {
                    Action::Delivered
                }),
                status: member(rest, "status").and_then(|status| status.parse().ok()),
                diagnostic: Some(Cow::Owned(
                    diagnostic.trim_start_matches("smtp;").trim().to_owned(),
                )),
                ..Fields::default()
            }
        })
        .collect()
}

/// The string after the first name that ends in `name`.
fn member<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = json.split_once(&format!("{name}\""))?;
    let value = value.trim_start_matches([':', ' ']).strip_prefix('"')?;
    value.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNCE: &str = r#"{"notificationType":"Bounce","bounce":{"bounceType":"Permanent",
 "bouncedRecipients":[{"emailAddress":"jan@example.be","action":"failed","status":"5.1.1",
 "diagnosticCode":"smtp; 550 5.1.1 user unknown"}]},"mail":{"source":"an@example.com"}}"#;

    #[test]
    fn a_bounce_is_read_plain_or_escaped() {
        for text in [BOUNCE.to_owned(), BOUNCE.replace('"', "\\\"")] {
            let fields = read(&text);
            assert_eq!(fields.len(), 1);
            assert_eq!(fields[0].recipient.as_deref(), Some("jan@example.be"));
            assert_eq!(
                fields[0].diagnostic.as_deref(),
                Some("550 5.1.1 user unknown")
            );
            assert_eq!(fields[0].action, Some(Action::Failed));
        }
        assert!(read("no JSON here").is_empty());
    }
}
