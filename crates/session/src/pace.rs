//! How often to send the overview while evidence comes in.

/// It is sent again after every further 1/20 of what came so far: after each overview the page requests the list,
/// and that takes longer the more was found.
const STEP: u64 = 20;

/// How much came in, and how much of it when the overview was last sent.
#[derive(Debug)]
pub struct Pace {
    total: u64,
    at_overview: u64,
    least: u64,
}

impl Pace {
    /// Nothing came yet; an overview is for this much at least.
    pub fn new(least: u64) -> Self {
        Self {
            total: 0,
            at_overview: 0,
            least,
        }
    }

    /// More came in. Returns how much there is now.
    pub fn advance(&mut self, by: u64) -> u64 {
        self.total += by;
        self.total
    }

    /// Whether to send the overview again; if so, the next one is due a step further.
    pub fn take_step(&mut self) -> bool {
        let step = (self.total / STEP).max(self.least);
        let is_due = self.total - self.at_overview >= step;
        if is_due {
            self.at_overview = self.total;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_grow_with_what_came() {
        let steps = |least, by, count| {
            let mut pace = Pace::new(least);
            let step = |_: &u32| {
                pace.advance(by);
                pace.take_step()
            };
            (0..count).filter(step).count()
        };
        assert_eq!(steps(1, 1, 20), 20);
        assert!((60..120).contains(&steps(1, 1, 1_000)));
        // Small files get none of their own.
        assert_eq!(steps(1_000, 10, 99), 0);
    }
}
