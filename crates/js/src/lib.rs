//! The analyser as a JavaScript module, for other pages and for Node: an ES module with types, which gives plain
//! objects of the same shape as the JSON of the command line.
//!
//! `types.d.ts` tells that shape; what is documented here ends up beside it, so it speaks to people who write JavaScript.

mod module;
