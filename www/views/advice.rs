//! What to do: numbered steps, and explanations for those who need them.

use super::rich::rich;
use bezorgd::text::{Guide, Line};
use yew::prelude::*;

#[derive(Properties)]
pub struct StepsProps {
    pub steps: &'static [Line],
}

// The words are compiled in: the same place is the same steps.
impl PartialEq for StepsProps {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.steps, other.steps)
    }
}

/// Steps, in order.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    html! {
        <ol class="steps">
            {for props.steps.iter().map(|step| html! { <li><span>{rich(*step)}</span></li> })}
        </ol>
    }
}

#[derive(Properties)]
pub struct GuidesProps {
    pub guides: &'static [Guide],
}

impl PartialEq for GuidesProps {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.guides, other.guides)
    }
}

/// Explanations that open when they are asked for.
#[component]
pub fn Guides(props: &GuidesProps) -> Html {
    html! {
        if !props.guides.is_empty() {
            <div class="guides">
                {for props.guides.iter().map(|guide| html! {
                    <details>
                        <summary>{guide.title}</summary>
                        <Steps steps={guide.steps} />
                    </details>
                })}
            </div>
        }
    }
}
