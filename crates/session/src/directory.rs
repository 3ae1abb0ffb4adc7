//! Finds the entry of a recipient: by address, ignoring case, or else by the number or the name that
//! a report without addresses gives. Keeps places only, so that a million addresses are not in
//! memory twice.

use super::entry::Entry;
use bezorgd::history::recipient_key;
use bezorgd_model::Recipient;
use hashbrown::HashTable;
use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};

/// The entry of each recipient that has an address, a number or a name.
#[derive(Debug, Default)]
pub struct Directory {
    places: HashTable<u32>,
    hasher: RandomState,
}

impl Directory {
    /// The place of this recipient's entry; `None` if there is none yet.
    pub fn find(&self, entries: &[Entry], recipient: &Recipient) -> Option<usize> {
        let key = recipient_key(recipient)?;
        let same = |&place: &u32| key_at(entries, place).is_some_and(|other| other == key);
        let place = self.places.find(self.hasher.hash_one(&key), same)?;
        Some(*place as usize)
    }

    /// Adds the entry at this place.
    pub fn add(&mut self, entries: &[Entry], place: usize) {
        let hash = |&place: &u32| {
            self.hasher
                .hash_one(key_at(entries, place).unwrap_or_default())
        };
        let place = place as u32;
        if key_at(entries, place).is_some() {
            self.places.insert_unique(hash(&place), place, hash);
        }
    }
}

fn key_at(entries: &[Entry], place: u32) -> Option<Cow<'_, str>> {
    recipient_key(&entries.get(place as usize)?.recipient)
}
