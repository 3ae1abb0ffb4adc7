//! What a spam filter left in the header.

use crate::formats::mail::Mail;
use crate::model::{Filter, FilterReason, FilterVerdict};

/// From this spam confidence level on, Microsoft 365 keeps a mail from the inbox
/// (learn.microsoft.com, "Spam confidence level in anti-spam protection").
const SPAM_LEVEL: i32 = 5;

/// The values of `SFV` with which Microsoft 365 marks a mail: found to be spam, blocked by a rule or a sender
/// list (learn.microsoft.com, "Anti-spam message headers in Microsoft 365").
const MARKING: &[&str] = &["SPM", "SKB", "SKS", "BLK"];

/// Its categories (`CAT`; the same page), and its verdicts about the sender.
const REASONS: &[(FilterReason, &[&str])] = &[
    (FilterReason::Blocked, &["SKB", "BLK"]),
    (FilterReason::Phishing, &["PHSH", "HPHSH", "HPHISH"]),
    (
        FilterReason::Impersonation,
        &["SPOOF", "DIMP", "GIMP", "UIMP", "BIMP", "INTOS"],
    ),
    (FilterReason::Malware, &["MALW", "AMP", "SAP", "FTBP"]),
    (FilterReason::Bulk, &["BULK"]),
    (FilterReason::Spam, &["SPM", "HSPM", "OSPM"]),
];

/// How much of a verdict is kept, in bytes.
const LONGEST: usize = 200;

/// Reads the verdict of the first filter that left one.
pub fn verdict(mail: &Mail<'_>) -> Option<FilterVerdict> {
    let readers = [microsoft, rspamd, spam_assassin, proofpoint];
    readers.into_iter().find_map(|read| read(mail))
}

/// `X-Forefront-Antispam-Report: CIP:…;SFV:SPM;CAT:PHSH;SCL:5` and `X-MS-Exchange-Organization-SCL: 5`.
fn microsoft(mail: &Mail<'_>) -> Option<FilterVerdict> {
    let report = mail.header("X-Forefront-Antispam-Report");
    let value = |name: &str| {
        let fields = report?
            .split(';')
            .filter_map(|field| field.trim().split_once(':'));
        let mut own = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
        own.next()
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    };
    let level = mail
        .header("X-MS-Exchange-Organization-SCL")
        .or_else(|| value("SCL"));
    let (reason, verdict) = (value("CAT"), value("SFV"));
    if level.is_none() && verdict.is_none() {
        return None;
    }
    let is_high = level
        .and_then(|level| level.parse().ok())
        .is_some_and(|level: i32| level >= SPAM_LEVEL);
    let given = [verdict, reason];
    let is_given = |names: &[&str]| given.iter().flatten().any(|given| names.contains(given));
    let found = REASONS.iter().find(|(_, names)| is_given(names));
    let words = [("SCL", level), ("SFV", verdict), ("CAT", reason)];
    let words = words
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name} {}", value?)));
    Some(FilterVerdict {
        filter: Filter::Microsoft,
        marked: is_high || verdict.is_some_and(|verdict| MARKING.contains(&verdict)),
        reason: found.map(|(reason, _)| *reason),
        words: shortened(&words.collect::<Vec<_>>().join(", ")),
    })
}

/// `X-Spamd-Result: default: False [3.10 / 15.00]; R_SPF_ALLOW(-0.20)[…]`.
fn rspamd(mail: &Mail<'_>) -> Option<FilterVerdict> {
    let result = mail.header("X-Spamd-Result")?;
    let (start, _) = result.split_once(']').unwrap_or((result, ""));
    let (_, verdict) = start.split_once(':').unwrap_or(("", start));
    let action = mail.header("X-Rspamd-Action").unwrap_or_default();
    Some(FilterVerdict {
        filter: Filter::Rspamd,
        marked: verdict.trim_start().starts_with("True") || is_kept_back(action),
        reason: None,
        words: shortened(&verdict.replace('[', "")),
    })
}

/// Whether an action of Rspamd shows in the mail (rspamd.com, "Rspamd actions").
fn is_kept_back(action: &str) -> bool {
    ["add header", "rewrite subject", "reject", "quarantine"].contains(&action.trim())
}

/// `X-Spam-Status: Yes, score=7.1 required=5.0 tests=BAYES_99,URIBL_BLACK`, or only `X-Spam-Flag: YES`.
fn spam_assassin(mail: &Mail<'_>) -> Option<FilterVerdict> {
    let status = mail.header("X-Spam-Status");
    let words = status.or_else(|| mail.header("X-Spam-Flag"))?;
    let is_yes = words
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("yes"));
    Some(FilterVerdict {
        filter: Filter::SpamAssassin,
        marked: is_yes,
        reason: None,
        words: shortened(words),
    })
}

/// `X-Proofpoint-Spam-Details: rule=spam policy=default score=90 …`.
fn proofpoint(mail: &Mail<'_>) -> Option<FilterVerdict> {
    let details = mail.header("X-Proofpoint-Spam-Details")?;
    let mut words = details.split_ascii_whitespace();
    let rule = words.find_map(|word| word.strip_prefix("rule="))?;
    let is_fine = rule.contains("notspam") || rule.contains("safe");
    Some(FilterVerdict {
        filter: Filter::Proofpoint,
        marked: !is_fine,
        reason: None,
        words: shortened(details),
    })
}

/// One line of words, cut off if long.
fn shortened(words: &str) -> String {
    let words = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    match words.len() {
        ..=LONGEST => words,
        _ => format!("{}…", &words[..words.floor_char_boundary(LONGEST)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::charset::decode;
    use crate::formats::eml;

    #[test]
    fn each_filter_says_whether_it_marked_the_mail() {
        let long = format!("X-Spam-Status: No, score=-1 tests={}\n", "A,".repeat(200));
        for (fields, filter, marked, start) in [
            (
                "X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:BE;SCL:5;SFV:SPM;CAT:PHSH;\n",
                Filter::Microsoft,
                true,
                "SCL 5, SFV SPM, CAT PHSH",
            ),
            (
                "X-Forefront-Antispam-Report: SCL:1;SFV:NSPM;CAT:NONE;\n",
                Filter::Microsoft,
                false,
                "SCL 1, SFV NSPM, CAT NONE",
            ),
            (
                "X-MS-Exchange-Organization-SCL: 6\n",
                Filter::Microsoft,
                true,
                "SCL 6",
            ),
            (
                "X-Spamd-Result: default: False [3.10 / 15.00];\n R_SPF_ALLOW(-0.20)[+ip4:192.0.2.1]\n",
                Filter::Rspamd,
                false,
                "False 3.10 / 15.00",
            ),
            (
                "X-Rspamd-Action: add header\nX-Spamd-Result: default: False [7.10 / 15.00]\n",
                Filter::Rspamd,
                true,
                "False 7.10 / 15.00",
            ),
            (
                "X-Spam-Status: Yes, score=7.1 required=5.0\n\ttests=BAYES_99\n",
                Filter::SpamAssassin,
                true,
                "Yes, score=7.1 required=5.0 tests=BAYES_99",
            ),
            ("X-Spam-Flag: YES\n", Filter::SpamAssassin, true, "YES"),
            (&long, Filter::SpamAssassin, false, "No, score=-1 tests=A,A"),
            (
                "X-Proofpoint-Spam-Details: rule=notspam policy=default score=0\n",
                Filter::Proofpoint,
                false,
                "rule=notspam",
            ),
            (
                "X-Proofpoint-Spam-Details: rule=spam policy=default score=95\n",
                Filter::Proofpoint,
                true,
                "rule=spam",
            ),
        ] {
            let text = format!("{fields}From: an@example.be\nSubject: x\n\nDag\n");
            let mail = eml::read(text.as_bytes(), decode).expect("a mail");
            let verdict = verdict(&mail).expect(fields);
            assert_eq!(
                (verdict.filter, verdict.marked),
                (filter, marked),
                "{fields}"
            );
            assert!(verdict.words.starts_with(start), "{}", verdict.words);
            assert!(verdict.words.len() <= LONGEST + '…'.len_utf8());
        }
    }
}
