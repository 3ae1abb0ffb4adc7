//! What the header of a mail that arrived proves about its way and what filters said of it.

use crate::address::domain_of;
use crate::codes::closed_set;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// The way of a mail that arrived, as its header proves it.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Arrival {
    /// The address that it says it is from; `None` if it gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The address of the mailbox that it came to; `None` if it gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Its subject; `None` if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When it says it was sent; `None` if it gives no date that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Moment>,
    /// The servers that took it over, from first to last (`Received`, RFC 5321, section 4.4). Those without a
    /// date that can be read are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<Hop>,
    /// What the last server found when it checked the sender (`Authentication-Results`, RFC 8601).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// What a spam filter said; `None` if none left a header that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<FilterVerdict>,
}

impl Arrival {
    /// The domain of the address that it says it is from; `None` if it gives none.
    pub fn domain(&self) -> Option<&str> {
        domain_of(self.from.as_deref()?)
    }

    /// The domain of the mailbox that it came to; `None` if it gives none.
    pub fn mailbox(&self) -> Option<&str> {
        domain_of(self.to.as_deref()?)
    }

    /// How many seconds it took from the first server to the last; `None` with fewer than two servers.
    pub fn seconds(&self) -> Option<u32> {
        let [first, .., last] = &*self.hops else {
            return None;
        };
        u32::try_from(last.at.unix() - first.at.unix()).ok()
    }

    /// Whether the sender may be somebody else than it says: a check of the address in `From` failed, or a filter
    /// found that the mail deceives.
    pub fn is_doubtful(&self) -> bool {
        let result = |method| {
            let mut checks = self.checks.iter();
            checks.find_map(|check| (check.method == method).then_some(check.result))
        };
        let failed = |method| result(method) == Some(CheckResult::Fail);
        let is_unproven = match result(CheckMethod::Dmarc) {
            Some(CheckResult::Pass) => false,
            Some(CheckResult::Fail) => true,
            // One of the two survives a mailing list, the other a forward.
            _ => failed(CheckMethod::Spf) && result(CheckMethod::Dkim) != Some(CheckResult::Pass),
        };
        let reason = self.filter.as_ref().and_then(|verdict| verdict.reason);
        let deceives = |reason| {
            matches!(
                reason,
                FilterReason::Phishing | FilterReason::Impersonation | FilterReason::Malware
            )
        };
        is_unproven || reason.is_some_and(deceives)
    }

    /// The server before which it waited longest.
    pub fn slowest(&self) -> Option<&Hop> {
        self.hops.iter().max_by_key(|hop| hop.waited)
    }
}

/// A server that took a mail over.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Hop {
    /// The name of the server; empty if the field gives none.
    pub by: String,
    /// When it took the mail over.
    pub at: Moment,
    /// How many seconds after the server before it; 0 for the first, and where clocks disagree.
    pub waited: u32,
}

/// One check of the sender.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Check {
    /// What was checked.
    pub method: CheckMethod,
    /// The result.
    pub result: CheckResult,
    /// The domain that was checked; `None` if the field gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

closed_set! {
    /// A way to check the sender of a mail.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum CheckMethod {
        /// Whether the server may send for the domain (RFC 7208).
        Spf = "spf",
        /// Whether the domain signed the mail (RFC 6376).
        Dkim = "dkim",
        /// Whether the domain of the address in `From` stands behind it (RFC 7489).
        Dmarc = "dmarc",
    }
}

closed_set! {
    /// The result of a check (RFC 8601, section 2.7), as far as it matters to a reader.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum CheckResult {
        /// It passed.
        Pass = "pass",
        /// It failed, also where the domain asks not to be strict (`softfail`).
        Fail = "fail",
        /// The domain publishes nothing to check, or says nothing (`none`, `neutral`).
        None = "none",
        /// It could not be checked (`temperror`, `permerror`).
        Error = "error",
    }
}

/// What a spam filter said of a mail.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct FilterVerdict {
    /// The filter.
    pub filter: Filter,
    /// Whether it marked the mail as spam, or as something else that is kept from the inbox.
    pub marked: bool,
    /// Why it marked the mail; `None` if it gives no reason that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FilterReason>,
    /// Its words for the verdict, as the header has them: scores, and codes for the reasons. Cut off if long.
    pub words: String,
}

closed_set! {
    /// Why a filter keeps a mail from the inbox.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum FilterReason {
        /// It looks like spam.
        Spam = "spam",
        /// It goes to many people, as a newsletter does.
        Bulk = "bulk",
        /// It tries to get passwords or money.
        Phishing = "phishing",
        /// It pretends to be from somebody else.
        Impersonation = "impersonation",
        /// It carries a virus, or a file of a kind that is not let in.
        Malware = "malware",
        /// The recipient or their organisation blocks the sender.
        Blocked = "blocked",
    }
}

closed_set! {
    /// A spam filter whose headers are read.
    #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
    pub enum Filter {
        /// Microsoft 365 and Exchange (`X-Forefront-Antispam-Report`, `X-MS-Exchange-Organization-SCL`).
        Microsoft = "microsoft",
        /// SpamAssassin (`X-Spam-Status`).
        SpamAssassin = "spamassassin",
        /// Rspamd (`X-Spamd-Result`).
        Rspamd = "rspamd",
        /// Proofpoint (`X-Proofpoint-Spam-Details`).
        Proofpoint = "proofpoint",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_doubtful_if_its_sender_is_not_proven() {
        use CheckMethod::{Dkim, Dmarc, Spf};
        use CheckResult::{Fail, None as Nothing, Pass};
        for (checks, is_doubtful) in [
            (&[][..], false),
            (&[(Spf, Pass), (Dkim, Pass), (Dmarc, Pass)], false),
            (&[(Spf, Fail), (Dkim, Pass), (Dmarc, Pass)], false),
            (&[(Spf, Fail), (Dkim, Pass)], false),
            (&[(Spf, Fail), (Dkim, Nothing)], true),
            (&[(Spf, Pass), (Dmarc, Fail)], true),
        ] {
            let check = |&(method, result)| Check {
                method,
                result,
                domain: None,
            };
            let arrival = Arrival {
                checks: checks.iter().map(check).collect(),
                ..Arrival::default()
            };
            assert_eq!(arrival.is_doubtful(), is_doubtful, "{checks:?}");
        }
    }
}
