//! The analyser as a JavaScript module, for other pages and for Node: an ES module with types, which
//! returns plain objects of the same shape as the JSON of the command line.
//!
//! `types.d.ts` declares that shape. The doc comments of exported items end up beside it, so they address
//! people who write JavaScript.

mod module;
