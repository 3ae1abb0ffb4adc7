//! Counts things of which there are only a few kinds.

/// Counts one more of this kind; the kinds are in the order in which they first came up.
pub fn count<K: PartialEq>(counts: &mut Vec<(K, u32)>, kind: K) {
    match counts.iter_mut().find(|(counted, _)| *counted == kind) {
        Some((_, count)) => *count += 1,
        None => counts.push((kind, 1)),
    }
}
