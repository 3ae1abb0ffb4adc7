//! What the last server found when it checked the sender (`Authentication-Results`, RFC 8601).

use crate::formats::mail::Mail;
use crate::model::{Check, CheckMethod, CheckResult};

/// Reads the first field, which is that of the server nearest to the mailbox, and those below it of the same
/// server. Others could be forged.
pub fn checks(mail: &Mail<'_>) -> Vec<Check> {
    let fields = mail.headers.iter();
    let fields = fields.filter(|(name, _)| name.eq_ignore_ascii_case("Authentication-Results"));
    let mut fields = fields.map(|(_, value)| split(value));
    let Some((server, first)) = fields.next() else {
        return Vec::new();
    };
    let mut checks: Vec<Check> = first.into_iter().filter_map(|text| check(&text)).collect();
    for (_, others) in fields.take_while(|(other, _)| *other == server) {
        checks.extend(others.into_iter().filter_map(|text| check(&text)));
    }
    one_of_each(checks)
}

/// The name of the server, and what it found, without comments.
fn split(value: &str) -> (String, Vec<String>) {
    let plain = without_comments(value);
    let mut parts = plain.split(';').map(|part| part.trim().to_owned());
    let first = parts.next().unwrap_or_default();
    // Exchange leaves out its name.
    if check(&first).is_some() {
        return (String::new(), std::iter::once(first).chain(parts).collect());
    }
    (first.to_ascii_lowercase(), parts.collect())
}

/// Comments in brackets may hold semicolons and results of others.
fn without_comments(value: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::with_capacity(value.len());
    for next in value.chars() {
        match next {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(next),
            _ => {}
        }
    }
    plain
}

/// Reads `spf=pass smtp.mailfrom=example.be`.
fn check(text: &str) -> Option<Check> {
    let (method, rest) = text.split_once('=')?;
    // `dkim/1` gives a version.
    let name = method.trim().split('/').next().unwrap_or_default().trim();
    let method = CheckMethod::ALL
        .into_iter()
        .find(|method| method.code().eq_ignore_ascii_case(name))?;
    let mut words = rest.split_ascii_whitespace();
    let result = words.next()?.to_ascii_lowercase();
    let result = match result.as_str() {
        "pass" => CheckResult::Pass,
        "fail" | "softfail" | "hardfail" | "policy" => CheckResult::Fail,
        "temperror" | "permerror" | "error" => CheckResult::Error,
        _ => CheckResult::None,
    };
    let property = |word: &str| {
        let (name, value) = word.split_once('=')?;
        let names = match method {
            CheckMethod::Spf => ["smtp.mailfrom", "smtp.mail", "smtp.helo"].as_slice(),
            CheckMethod::Dkim => &["header.d", "header.i"],
            CheckMethod::Dmarc => &["header.from"],
        };
        names
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
            .then(|| domain(value))
    };
    Some(Check {
        method,
        result,
        domain: words.find_map(property),
    })
}

/// The domain of an address, or the domain itself.
fn domain(value: &str) -> String {
    let value = value.trim_matches(['"', '<', '>', ',']);
    let domain = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
    domain.to_ascii_lowercase()
}

/// The best result of each method: of several signatures one that holds is enough.
fn one_of_each(checks: Vec<Check>) -> Vec<Check> {
    let of = |method: CheckMethod| {
        let own = || checks.iter().filter(|check| check.method == method);
        let passed = own().find(|check| check.result == CheckResult::Pass);
        passed.or_else(|| own().next()).cloned()
    };
    CheckMethod::ALL.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::eml;

    fn found(fields: &str) -> Vec<(CheckMethod, CheckResult, Option<String>)> {
        let text = format!("{fields}From: an@example.be\nSubject: x\n\nDag\n");
        let mail = eml::read(text.as_bytes(), decode).expect("a mail");
        let checks = checks(&mail).into_iter();
        checks
            .map(|check| (check.method, check.result, check.domain))
            .collect()
    }

    #[test]
    fn the_result_of_each_method_is_read() {
        let fields = "Authentication-Results: mx.example.net;\n dkim=fail header.i=@other.example;\n \
                      dkim=pass (2048; spf=fail) header.d=Example.be;\n spf=softfail (no; dmarc=pass) \
                      smtp.mailfrom=an@bounce.example.be;\n dmarc=none (p=NONE) header.from=example.be\n";
        let domain = |name: &str| Some(name.to_owned());
        assert_eq!(
            found(fields),
            [
                (
                    CheckMethod::Spf,
                    CheckResult::Fail,
                    domain("bounce.example.be")
                ),
                (CheckMethod::Dkim, CheckResult::Pass, domain("example.be")),
                (CheckMethod::Dmarc, CheckResult::None, domain("example.be")),
            ]
        );
    }

    #[test]
    fn only_the_server_nearest_to_the_mailbox_counts() {
        let fields = "Authentication-Results: mx.example.net; spf=fail smtp.mailfrom=example.be\n\
                      Authentication-Results: mx.example.net; dmarc=fail header.from=example.be\n\
                      Authentication-Results: forged.example; dkim=pass header.d=example.be\n";
        let methods: Vec<_> = found(fields)
            .into_iter()
            .map(|(method, result, _)| (method, result))
            .collect();
        assert_eq!(
            methods,
            [
                (CheckMethod::Spf, CheckResult::Fail),
                (CheckMethod::Dmarc, CheckResult::Fail)
            ]
        );
    }

    #[test]
    fn a_server_without_a_name_is_read_too() {
        let fields = "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=example.be; dkim=none (message not signed) header.d=none\n";
        let expected = [
            (
                CheckMethod::Spf,
                CheckResult::Pass,
                Some("example.be".to_owned()),
            ),
            (
                CheckMethod::Dkim,
                CheckResult::None,
                Some("none".to_owned()),
            ),
        ];
        assert_eq!(found(fields), expected);
    }
}
