//! Tests of the analyser through its public API, as one program, so that it is linked once.
//! `tests/hostile.rs` is a separate program, because it measures the memory of its process.

// All fixtures: each gives its expected JSON, in any form and attached to a mail, and an answer if it is damaged.
mod attached;
mod bad_input;
mod fixtures;
mod forms;
mod limits;
mod shapes;

// Evidence of one kind: lists of customers and of expected recipients, and mail that is no bounce.
mod customers;
mod expected;
mod ordinary;

// What several files say about the same recipient.
mod history;

// The host that callers provide.
mod host;

// Data: each cause and problem code occurs, and each rule, phrase and mail provider works.
mod closed_sets;
mod rules;
mod suggestions;

// The repository itself: which part may use which, what its documents name, and the contents of the analyser's
// package.
mod arrows;
mod documents;
mod package;

/// The fixtures, and the options with which to read them.
mod support;
