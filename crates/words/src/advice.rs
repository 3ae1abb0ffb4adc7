//! What to do about a cause, as far as it still applies to an address whose bounces are counted.

use crate::guide::Guide;
use crate::rich::Line;
use bezorgd_senders::counter::Standing;

/// The explanation of a cause, and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The cause, in a few sentences.
    pub explain: Line,
    steps: Vec<AdviceStep>,
    /// Explanations of a step, for those who need them.
    pub guides: Vec<Guide>,
}

/// A step, and when it applies.
#[derive(Clone, Copy, Debug, PartialEq)]
struct AdviceStep {
    when: Condition,
    line: Line,
}

/// When a step applies; written in front of it, in square brackets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Condition {
    Always,
    /// There is a counter to reset.
    Counted,
    /// There is none, or it is at 0.
    Uncounted,
    /// The address is still there.
    Kept,
    /// The sending system removed the address.
    Removed,
}

/// How each condition is written. `build/check.rs` refuses others.
const CONDITIONS: [(&str, Condition); 4] = [
    ("[counted] ", Condition::Counted),
    ("[uncounted] ", Condition::Uncounted),
    ("[kept] ", Condition::Kept),
    ("[removed] ", Condition::Removed),
];

impl Condition {
    fn holds(self, standing: Standing) -> bool {
        match (self, standing) {
            (Self::Always, _) => true,
            (Self::Counted, Standing::Counting { .. } | Standing::Last) => true,
            (Self::Uncounted, Standing::Clear) => true,
            (Self::Kept, standing) => standing != Standing::Removed,
            (Self::Removed, standing) => standing == Standing::Removed,
            (Self::Counted | Self::Uncounted, _) => false,
        }
    }
}

impl Advice {
    /// Reads steps with their conditions.
    pub(crate) fn new(explain: Line, steps: Vec<Line>, guides: Vec<Guide>) -> Self {
        let step = |line: Line| {
            let condition = |(mark, when): &(&str, Condition)| {
                let line = Line(line.0.strip_prefix(mark)?);
                Some(AdviceStep { when: *when, line })
            };
            let unconditional = AdviceStep {
                when: Condition::Always,
                line,
            };
            CONDITIONS
                .iter()
                .find_map(condition)
                .unwrap_or(unconditional)
        };
        Self {
            explain,
            steps: steps.into_iter().map(step).collect(),
            guides,
        }
    }

    /// What to do, in order. Without a counter, as for an address that is still there and has bounces.
    pub fn steps(&self, standing: Option<Standing>) -> Vec<Line> {
        let standing = standing.unwrap_or(Standing::Last);
        let steps = self.steps.iter().filter(|step| step.when.holds(standing));
        steps.map(|step| step.line).collect()
    }
}
