//! What the header of a mail that arrived proves, in sentences.

use crate::guide::Guide;
use crate::words::Words;
use bezorgd_model::{
    Arrival, Cause, Check, CheckMethod, CheckResult, Filter, FilterReason, FilterVerdict, Sender,
    State,
};

/// A server that took a mail over sooner than this was not slow, in seconds.
const SLOW: u32 = 60;

impl Words {
    /// From whom and when a mail came, how long it took, and what the servers on the way found.
    pub fn arrival(&self, arrival: &Arrival) -> Vec<String> {
        let fill = self.fill;
        let mut lines = Vec::new();
        if let Some(from) = &arrival.from {
            lines.push(fill.arrival_from(from));
        }
        if let Some(to) = &arrival.to {
            lines.push(fill.arrival_to(to));
        }
        if let Some(at) = arrival.sent {
            lines.push(fill.arrival_sent(&self.dates.moment(at)));
        }
        if let Some(time) = arrival.seconds().filter(|time| *time > 0) {
            lines.push(fill.arrival_took(&self.duration(time)));
        }
        if let Some(hop) = arrival.slowest()
            && hop.waited >= SLOW
            && !hop.by.is_empty()
        {
            lines.push(fill.arrival_waited(&hop.by, &self.duration(hop.waited)));
        }
        for check in &arrival.checks {
            lines.push(self.check(check, arrival.domain()));
        }
        if let Some(verdict) = &arrival.filter {
            lines.push(self.filter(verdict));
            let reason = verdict.reason.map(|reason| self.filter_reason(reason));
            lines.extend(reason.map(str::to_owned));
        }
        lines
    }

    /// A time in its largest unit.
    fn duration(&self, seconds: u32) -> String {
        const MINUTE: u32 = 60;
        const HOUR: u32 = 60 * MINUTE;
        const DAY: u32 = 24 * HOUR;
        let count = self.count;
        // Two of a unit say more than one of the next.
        if seconds < 2 * MINUTE {
            count.seconds(seconds)
        } else if seconds < 2 * HOUR {
            count.minutes(seconds / MINUTE)
        } else if seconds < 2 * DAY {
            count.hours(seconds / HOUR)
        } else {
            count.days(seconds / DAY)
        }
    }

    fn check(&self, check: &Check, sender: Option<&str>) -> String {
        let fill = self.fill;
        let domain = check.domain.as_deref().or(sender);
        let domain = domain.unwrap_or(self.ui.arrival_unknown_sender());
        match (check.method, check.result) {
            (CheckMethod::Spf, CheckResult::Pass) => fill.check_spf_pass(domain),
            (CheckMethod::Spf, CheckResult::Fail) => fill.check_spf_fail(domain),
            (CheckMethod::Spf, CheckResult::None) => fill.check_spf_none(domain),
            (CheckMethod::Spf, CheckResult::Error) => fill.check_spf_error(domain),
            (CheckMethod::Dkim, CheckResult::Pass) => fill.check_dkim_pass(domain),
            (CheckMethod::Dkim, CheckResult::Fail) => fill.check_dkim_fail(domain),
            (CheckMethod::Dkim, CheckResult::None) => self.ui.check_dkim_none().to_owned(),
            (CheckMethod::Dkim, CheckResult::Error) => fill.check_dkim_error(domain),
            (CheckMethod::Dmarc, CheckResult::Pass) => fill.check_dmarc_pass(domain),
            (CheckMethod::Dmarc, CheckResult::Fail) => fill.check_dmarc_fail(domain),
            (CheckMethod::Dmarc, CheckResult::None) => fill.check_dmarc_none(domain),
            (CheckMethod::Dmarc, CheckResult::Error) => fill.check_dmarc_error(domain),
        }
    }

    pub(crate) fn filter_reason(&self, reason: FilterReason) -> &'static str {
        match reason {
            FilterReason::Spam => self.ui.filter_spam(),
            FilterReason::Bulk => self.ui.filter_bulk(),
            FilterReason::Phishing => self.ui.filter_phishing(),
            FilterReason::Impersonation => self.ui.filter_impersonation(),
            FilterReason::Malware => self.ui.filter_malware(),
            FilterReason::Blocked => self.ui.filter_blocked(),
        }
    }

    /// How to let a sender in, with each mail program.
    pub fn mail_programs(&self) -> Vec<Guide> {
        self.advice(Sender::Other, Cause::Delivered, State::Delivered)
            .guides
    }

    /// What to do about a mail that arrived: first whether to trust it, if that is in doubt, then where to find it.
    pub fn arrival_guides(&self, is_doubtful: bool) -> Vec<Guide> {
        let (doubt, look) = (self.guide.arrived_doubt(), self.guide.arrived_look());
        if is_doubtful {
            vec![doubt, look]
        } else {
            vec![look, doubt]
        }
    }

    fn filter(&self, verdict: &FilterVerdict) -> String {
        let name = match verdict.filter {
            Filter::Microsoft => "Microsoft 365",
            Filter::SpamAssassin => "SpamAssassin",
            Filter::Rspamd => "Rspamd",
            Filter::Proofpoint => "Proofpoint",
        };
        if verdict.marked {
            self.fill.filter_marked(name, &verdict.words)
        } else {
            self.fill.filter_passed(name, &verdict.words)
        }
    }
}
