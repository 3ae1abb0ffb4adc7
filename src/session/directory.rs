//! Which entry has an address, in any case. Keeps places only, so that a million addresses are not
//! in memory twice.

use super::entry::Entry;
use crate::address::lower_case;
use hashbrown::HashTable;
use std::hash::{BuildHasher, RandomState};

/// The entry of each address.
#[derive(Debug, Default)]
pub struct Directory {
    places: HashTable<u32>,
    hasher: RandomState,
}

impl Directory {
    /// The entry with this address.
    pub fn find(&self, entries: &[Entry], address: &str) -> Option<usize> {
        let key = lower_case(address);
        let same = |&place: &u32| lower_case(address_at(entries, place)) == key;
        let place = self.places.find(self.hasher.hash_one(&*key), same)?;
        Some(*place as usize)
    }

    /// Notes the address of the entry at this place.
    pub fn add(&mut self, entries: &[Entry], place: usize) {
        let hash = |&place: &u32| {
            let key = lower_case(address_at(entries, place));
            self.hasher.hash_one(&*key)
        };
        let place = place as u32;
        self.places.insert_unique(hash(&place), place, hash);
    }
}

fn address_at(entries: &[Entry], place: u32) -> &str {
    let entry = entries.get(place as usize);
    entry.map_or("", |entry| &entry.recipient.address)
}
