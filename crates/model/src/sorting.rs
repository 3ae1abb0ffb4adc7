//! Sorting with one copy of the algorithm in the program.
//!
//! The standard library compiles its sorts anew for every type and key: of the worker, they were a tenth. These
//! sort numbers, and then put the items in their order. For large lists that a person waits for, use the standard
//! library.

use std::cmp::Ordering;

/// How many items are sorted by moving each to its place.
const SHORT: usize = 12;

/// Sorts items by comparing them; equal ones keep their order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    // Most lists are that short, and need no memory.
    if items.len() <= SHORT {
        for end in 1..items.len() {
            let mut place = end;
            while place > 0 && compare(&items[place - 1], &items[place]).is_gt() {
                items.swap(place - 1, place);
                place -= 1;
            }
        }
        return;
    }
    let mut order = order(items.len(), &mut |left, right| {
        compare(&items[left as usize], &items[right as usize])
    });
    arrange(items, &mut order);
}

/// Sorts items by a key; equal ones keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |left, right| key(left).cmp(&key(right)));
}

/// The place at which each item was, in the order of the sorted items.
#[inline(never)]
fn order(length: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    let length = u32::try_from(length).expect("no list has four billion items");
    let mut order: Vec<u32> = (0..length).collect();
    order.sort_by(|left, right| compare(*left, *right));
    order
}

/// Moves each item from the place that `order` names, which is spent afterwards.
fn arrange<T>(items: &mut [T], order: &mut [u32]) {
    for start in 0..items.len() {
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut order[place], place as u32) as usize;
            if from == start {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_as_by_the_standard_library() {
        let mut number = 1_u32;
        for length in [0, 1, 2, 3, 10, 100, 1_000] {
            let items: Vec<(u32, usize)> = (0..length)
                .map(|place| {
                    number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (number >> 27, place)
                })
                .collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
        }
    }
}
