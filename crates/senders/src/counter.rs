//! The bounces of one address, counted as the sending system counts them: what it did at each count, and
//! how many more make it remove the address.

use bezorgd_model::{Day, Moment};
use serde::{Deserialize, Serialize};

/// What a sending system does as the bounces of an address add up.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Thresholds {
    /// After how many bounces it sends a notice by mail.
    pub notice: u32,
    /// After how many it puts a message in the inbox.
    pub inbox: u32,
    /// After how many it removes the address.
    pub removed: u32,
    /// What held before; `None` if it was always so.
    pub before: Option<Before>,
    /// Which bounces count.
    pub counted: Counted,
}

/// What held before a day.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Before {
    /// The first day on which it no longer holds.
    pub until: Day,
    /// After how many the address was removed.
    pub removed: u32,
}

/// Which bounces count.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Only those that show that the address itself is bad.
    Hard,
    /// All of them.
    All,
}

impl Thresholds {
    /// After how many bounces the address is removed, at this moment.
    pub fn removed_at(&self, at: Moment) -> u32 {
        match self.before {
            Some(before) if at.day() < before.until => before.removed,
            _ => self.removed,
        }
    }

    /// What happens at this count, where the address goes at that one; what comes later comes first.
    fn reached(&self, count: u32, removed: u32) -> Option<Stage> {
        if count >= removed {
            Some(Stage::Removed)
        } else if count == self.inbox {
            Some(Stage::Inbox)
        } else if count == self.notice {
            Some(Stage::Notice)
        } else {
            None
        }
    }
}

/// A bounce, as far as counting goes.
#[derive(Clone, Copy, Debug)]
pub struct Bounce {
    /// When it happened.
    pub at: Option<Moment>,
    /// Whether it shows that the address itself is bad.
    pub hard: bool,
    /// Whether it was counted before: another report of the same message.
    pub repeated: bool,
}

/// What the sending system did at a bounce.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It sent a notice by mail.
    Notice,
    /// It put a message in the inbox.
    Inbox,
    /// It removed the address.
    Removed,
}

/// One bounce, counted or not.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// It counts.
    Counted {
        /// How many there are by now, including this one.
        count: u32,
        /// What the sending system does then.
        stage: Option<Stage>,
    },
    /// It does not count: only bounces do that show that the address itself is bad.
    Soft,
    /// It does not count: its message was counted before.
    Repeated,
}

/// The bounces of an address, each counted or not.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Counter {
    /// How many counted.
    pub count: u32,
    /// At how many the address is removed, now.
    pub limit: u32,
    /// Whether it was removed.
    pub removed: bool,
    /// Each bounce, in the order in which they were given.
    pub steps: Vec<Step>,
}

/// The counter of an address.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Tally {
    /// How many counted.
    pub count: u32,
    /// At how many the address is removed.
    pub limit: u32,
    /// Whether it was removed.
    pub removed: bool,
}

/// How close an address is to being removed: all that is said of a counter follows from this, so that nothing said
/// contradicts another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Standing {
    /// No bounce counts.
    Clear,
    /// Some bounces count; after `left` more, at least 2, the address is removed.
    Counting {
        /// How many more.
        left: u32,
    },
    /// The next bounce removes the address. The limit may have been reached before: it was higher once, or the
    /// address was restored.
    Last,
    /// The address was removed.
    Removed,
}

impl Tally {
    /// How close the address is to being removed.
    pub fn standing(self) -> Standing {
        match self.limit.saturating_sub(self.count) {
            _ if self.removed => Standing::Removed,
            0 | 1 if self.count > 0 => Standing::Last,
            _ if self.count == 0 => Standing::Clear,
            left => Standing::Counting { left },
        }
    }
}

impl Counter {
    /// The counter of the address. What the sending system itself counted (`listed`) overrides the
    /// evidence: its count may have been reset, and includes bounces that were not given.
    pub fn tally(&self, listed: Option<u32>) -> Tally {
        Tally {
            count: listed.unwrap_or(self.count),
            limit: self.limit,
            // An address that is in the list was not removed, or was restored.
            removed: self.removed && listed.is_none(),
        }
    }

    /// Counts bounces, the oldest first. One without a moment falls under what holds now.
    pub fn of(bounces: impl Iterator<Item = Bounce>, thresholds: &Thresholds, now: Moment) -> Self {
        let mut counter = Self {
            count: 0,
            limit: thresholds.removed_at(now),
            removed: false,
            steps: Vec::new(),
        };
        for bounce in bounces {
            let step = if bounce.repeated {
                Step::Repeated
            } else if !bounce.hard && thresholds.counted == Counted::Hard {
                Step::Soft
            } else {
                counter.count += 1;
                let removed = thresholds.removed_at(bounce.at.unwrap_or(now));
                let stage = thresholds.reached(counter.count, removed);
                // An address is removed once.
                let stage = stage.filter(|stage| !(counter.removed && *stage == Stage::Removed));
                counter.removed |= stage == Some(Stage::Removed);
                Step::Counted {
                    count: counter.count,
                    stage,
                }
            };
            counter.steps.push(step);
        }
        counter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Policy;
    use bezorgd_model::Sender;

    fn thresholds() -> Thresholds {
        Policy::of(Sender::Wise).counter.expect("Wise counts")
    }

    fn day(text: &str) -> Moment {
        Moment::parse_rfc3339(&format!("{text}T10:00:00+02:00")).expect("a moment")
    }

    fn count(days: &[&str], thresholds: &Thresholds) -> Counter {
        let bounces = days.iter().map(|text| Bounce {
            at: Some(day(text)),
            hard: true,
            repeated: false,
        });
        Counter::of(bounces, thresholds, day("2026-03-12"))
    }

    fn stages(counter: &Counter) -> Vec<Option<Stage>> {
        let stage = |step: &Step| match step {
            Step::Counted { stage, .. } => *stage,
            _ => None,
        };
        counter.steps.iter().map(stage).collect()
    }

    #[test]
    fn notice_after_two_inbox_after_three_removed_after_five() {
        let counter = count(&["2024-03-01"; 6], &thresholds());
        let all = [
            None,
            Some(Stage::Notice),
            Some(Stage::Inbox),
            None,
            Some(Stage::Removed),
            None,
        ];
        assert_eq!(stages(&counter), all);
        assert_eq!(
            (counter.count, counter.tally(None).standing()),
            (6, Standing::Removed)
        );
        let counter = count(&["2024-03-01"; 4], &thresholds());
        assert_eq!(counter.tally(None).standing(), Standing::Last);
    }

    #[test]
    fn until_15_may_2023_the_address_stayed_until_ten() {
        let mut days = vec!["2023-05-14"; 6];
        let counter = count(&days, &thresholds());
        assert_eq!(
            (counter.count, counter.tally(None).standing()),
            (6, Standing::Last)
        );
        days.push("2023-05-15");
        assert!(count(&days, &thresholds()).removed);
        assert!(count(&["2023-05-14"; 10], &thresholds()).removed);
    }

    #[test]
    fn soft_and_repeated_bounces_do_not_count() {
        let bounce = |hard, repeated| Bounce {
            at: Some(day("2024-03-01")),
            hard,
            repeated,
        };
        let bounces = [
            bounce(false, false),
            bounce(true, false),
            bounce(true, true),
        ];
        let mut thresholds = thresholds();
        let counted = |thresholds: &Thresholds| {
            Counter::of(bounces.into_iter(), thresholds, day("2026-03-12"))
        };
        let counter = counted(&thresholds);
        assert_eq!(counter.count, 1);
        assert_eq!(
            (counter.steps[0], counter.steps[2]),
            (Step::Soft, Step::Repeated)
        );
        thresholds.counted = Counted::All;
        assert_eq!(counted(&thresholds).count, 2);
    }
}
