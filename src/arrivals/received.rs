//! The servers on the way (`Received`, RFC 5321, section 4.4).

use crate::formats::mail::{Mail, moment};
use crate::model::Hop;

/// Reads the servers, from first to last. Fields are in the opposite order.
pub fn hops(mail: &Mail<'_>) -> Vec<Hop> {
    let fields = mail.headers.iter().rev();
    let fields = fields.filter(|(name, _)| name.eq_ignore_ascii_case("Received"));
    let mut hops: Vec<Hop> = Vec::new();
    for (_, value) in fields {
        // The date is behind the last semicolon, and comments may hold others.
        let Some((way, date)) = value.rsplit_once(';') else {
            continue;
        };
        let Some(at) = moment(date.trim()) else {
            continue;
        };
        let before = hops.last().map_or(at, |hop| hop.at);
        let waited = u32::try_from(at.unix() - before.unix()).unwrap_or(0);
        let by = server(way).to_owned();
        hops.push(Hop { by, at, waited });
    }
    hops
}

/// The server that took the mail over; empty if the field gives none.
fn server(way: &str) -> &str {
    let mut words = way.split_ascii_whitespace();
    let by = words.find(|word| word.eq_ignore_ascii_case("by"));
    by.and_then(|_| words.next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::eml;

    #[test]
    fn servers_are_in_the_order_of_the_way() {
        let text = "Received: from mx.example.net (mx.example.net [192.0.2.9]; tls)\n\
                    \tby mail.example.be with ESMTPS id 4B2\n\tfor <bo@example.be>; Thu, 12 Mar 2026 08:05:12 +0100 (CET)\n\
                    Received: from pc by mx.example.net; Thu, 12 Mar 2026 07:00:10 +0000\n\
                    Received: by pc with local; not a date\n\
                    Received: by early.example.net; Thu, 12 Mar 2026 08:00:11 +0100\n\
                    From: an@example.be\nSubject: x\n\nDag\n";
        let mail = eml::read(text.as_bytes(), decode).expect("a mail");
        let way: Vec<_> = hops(&mail)
            .into_iter()
            .map(|hop| (hop.by, hop.waited))
            .collect();
        let expected = [
            ("early.example.net", 0),
            // Its clock is a second behind.
            ("mx.example.net", 0),
            ("mail.example.be", 302),
        ];
        assert_eq!(way, expected.map(|(by, waited)| (by.to_owned(), waited)));
    }
}
