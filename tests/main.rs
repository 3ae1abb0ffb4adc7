//! Tests of the analyser through what it offers others, as one program, so that it is linked once.
//! `tests/hostile.rs` is another: it measures the memory of the program that it runs in.

// All evidence that there is: each fixture gives its expected JSON, in any form, and when it is damaged.
mod bad_input;
mod fixtures;
mod forms;

// Evidence of one kind: lists of customers, and mail that is no bounce.
mod customers;
mod ordinary;

// What callers provide.
mod host;

// Data: each cause and problem code is given, each rule and phrase works, and each mail provider.
mod closed_sets;
mod rules;
mod suggestions;

// The repository itself: which part may use which, and what a package of the analyser holds.
mod arrows;
mod package;

/// The fixtures, and the present they are read at.
mod support;
