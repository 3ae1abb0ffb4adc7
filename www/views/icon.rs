//! The icons, drawn here so that nothing is fetched. They are always next to words, never alone.

use bezorgd_model::NextStep;
use yew::prelude::*;

/// An icon of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Icon {
    /// A sheet going into a tray.
    Drop,
    /// A shield.
    Private,
    /// A triangle with an exclamation mark.
    Attention,
    /// An arrow to the left.
    Back,
    /// A magnifying glass.
    Search,
    /// Two sheets.
    Copy,
    /// A table.
    Columns,
    /// Sliders.
    Settings,
    /// A next step.
    NextStep(NextStep),
}

/// An icon as large as the text beside it.
pub fn icon(icon: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={outline(icon)} />
        </svg>
    }
}

/// The logo of the page.
pub fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="logo-ground" width="32" height="32" rx="8" />
            <path class="logo-letter"
                d="M7 11.500h18v11A1.5 1.5 0 0 1 23.5 24h-15A1.5 1.5 0 0 1 7 22.500z" />
            <path class="logo-fold" d="m7.5 11.5 8.5 7 8.5-7" />
            <circle class="logo-dot" cx="24" cy="9" r="5" />
        </svg>
    }
}

/// The lines of an icon on a grid of 24 by 24.
fn outline(icon: Icon) -> &'static str {
    match icon {
        Icon::Drop => {
            "M12 3v11m-4.5-4.500L12 14l4.5-4.500M4 14v4.500A2.5 2.5 0 0 0 6.5 21h11a2.5 2.5 0 0 0 2.5-2.500V14"
        }
        Icon::Private => {
            "M12 3 5 5.500v5.500c0 4.5 3 8.3 7 10 4-1.7 7-5.5 7-10V5.500zM9 12l2.2 2.200L15.2 10"
        }
        Icon::Attention => "M12 4 2.8 20h18.400zM12 10v4.500m0 2.700v.1",
        Icon::Back => "M19 12H5m6-6-6 6 6 6",
        Icon::Search => "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.3 15.3 20.5 20.5",
        Icon::Columns => "M3.500 5h17v14h-17zM3.500 9.500h17M9 5v14M15 5v14",
        Icon::Settings => "M4 7h9m5 0h2M4 17h2m5 0h9M15.500 4.500v5M8.500 14.500v5",
        Icon::Copy => "M9 9h11v12H9zM5 16H4V3h11v2",
        Icon::NextStep(next_step) => match next_step {
            // A pencil.
            NextStep::CorrectAddress => "m4 20 1-4.500L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10",
            // A letter.
            NextStep::OtherChannel => "M3 6h18v12H3zm0 .5 9 7 9-7",
            // A ticked box.
            NextStep::TickOption => "M4 4h16v16H4zm4 8 3 3 5.5-6",
            // A speech bubble.
            NextStep::AskRecipient => "M4 4.500h16v11.500h-8.500L7 20v-4H4zM8 9h8M8 12h5",
            // A sheet with lines.
            NextStep::ChangeMessage => "M6 3h8.500L19 7.500V21H6zm8 .5V8h4.500M9 12.500h7M9 16h5",
            // A telephone.
            NextStep::CallHelpdesk => {
                "M5 3.500h4l1.5 5-2.3 1.800a12 12 0 0 0 5.5 5.500l1.8-2.3 5 1.500v4c0 1-.8 1.7-1.7 1.600C10.5 20 4 13.5 3.4 5.2 3.3 4.3 4 3.5 5 3.500z"
            }
            // An eye.
            NextStep::ReadEvidence => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z"
            }
            // A clock.
            NextStep::Wait => "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.500V12l3 2",
            // A tick in a circle.
            NextStep::LookInSpam => {
                "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8 12.200l2.8 2.8 5.2-5.7"
            }
            // A dash in a circle.
            NextStep::Nothing => "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.5 12h7",
        },
    }
}

/// The class that colours a next step; the icon and the words have the same meaning.
pub fn tone(next_step: NextStep) -> &'static str {
    match next_step {
        NextStep::CorrectAddress
        | NextStep::OtherChannel
        | NextStep::TickOption
        | NextStep::ChangeMessage => "tone-act",
        NextStep::AskRecipient | NextStep::CallHelpdesk | NextStep::ReadEvidence => "tone-ask",
        NextStep::Wait => "tone-wait",
        NextStep::LookInSpam | NextStep::Nothing => "tone-done",
    }
}
