//! Ids of elements that more than one part of the page needs.

use bezorgd_protocol::Purpose;

/// Where the page is mounted (`index.html`).
pub const PAGE: &str = "page";
/// The search box over the list.
pub const SEARCH_BOX: &str = "search";
/// The list of recipients.
pub const RECIPIENT_LIST: &str = "list";
/// The pane with one recipient.
pub const DETAIL_PANE: &str = "pane";
/// The heading of the recipient that is shown.
pub const DETAIL_TITLE: &str = "detail-title";

/// The hidden input behind the buttons that choose files for this purpose.
pub const fn file_input(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Evidence => "file-input",
        Purpose::Expected => "expected-input",
        Purpose::Customers => "customers-input",
        Purpose::MessageTypes => "types-input",
    }
}

/// The box in which text for this purpose can be pasted; `None` if there is no such box.
pub const fn paste_box(purpose: Purpose) -> Option<&'static str> {
    match purpose {
        Purpose::Evidence => Some("paste-text"),
        Purpose::Expected => Some("expected-text"),
        Purpose::Customers => Some("customers-text"),
        Purpose::MessageTypes => None,
    }
}
