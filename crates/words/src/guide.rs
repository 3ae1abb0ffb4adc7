//! Step-by-step instructions.

use crate::places::{GuideKey, guide_place};
use crate::rich::Line;
use crate::texts::Texts;

/// A step-by-step instruction.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// The task, or the program to do it with.
    pub title: &'static str,
    /// The steps, in order.
    pub steps: Vec<Line>,
}

impl Guide {
    /// The guide with this key.
    pub(crate) fn of(texts: &Texts, key: GuideKey) -> Self {
        let (title, steps) = texts.parts(guide_place(key));
        Self { title, steps }
    }

    /// The guides with these keys.
    pub(crate) fn all_of(texts: &Texts, keys: &[GuideKey]) -> Vec<Self> {
        keys.iter().map(|&key| Self::of(texts, key)).collect()
    }

    /// The title and the numbered steps as plain text, with the domain of the sending system.
    pub fn as_text(&self, domain: &str) -> String {
        let steps = (1..).zip(&self.steps).map(|(number, step)| {
            let step = step.with_domain(domain);
            format!("\n{number}. {step}")
        });
        std::iter::once(self.title.to_owned())
            .chain(steps)
            .collect()
    }
}
