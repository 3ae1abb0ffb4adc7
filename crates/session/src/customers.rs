//! The customers of the lists beside the evidence, by address and number.

use bezorgd::address::lower_case;
use bezorgd_model::Customer;
use std::collections::HashMap;

/// The customers of all lists that were given.
#[derive(Debug, Default)]
pub struct Customers {
    all: Vec<Customer>,
    /// By address, in lower case. A family may share one.
    by_address: HashMap<Box<str>, Vec<u32>>,
    by_number: HashMap<Box<str>, u32>,
}

impl Customers {
    /// Adds the customers of a further list; it replaces customers with the same number.
    pub fn add(&mut self, customers: Vec<Customer>) {
        for customer in customers {
            let place = self.all.len() as u32;
            let number = customer.number.as_deref().map(key);
            let replaced = number.and_then(|number| self.by_number.insert(number.into(), place));
            if let Some(replaced) = replaced {
                self.forget(replaced);
            }
            for address in &customer.addresses {
                let key = lower_case(address).into_owned().into();
                let holders = self.by_address.entry(key).or_default();
                if !holders.contains(&place) {
                    holders.push(place);
                }
            }
            self.all.push(customer);
        }
    }

    /// Removes a customer from the addresses, but not from `all`, so that the other places stay valid.
    fn forget(&mut self, place: u32) {
        let Some(customer) = self.all.get(place as usize) else {
            return;
        };
        for address in &customer.addresses {
            if let Some(holders) = self.by_address.get_mut(&*lower_case(address)) {
                holders.retain(|holder| *holder != place);
            }
        }
    }

    /// Whether no list was given, or none with customers.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many customers the lists contain, each once.
    pub fn count(&self) -> u32 {
        let unnumbered = self.all.iter().filter(|customer| customer.number.is_none());
        (self.by_number.len() + unnumbered.count()) as u32
    }

    /// The customers with this address, ignoring case, in the order of the lists.
    pub fn with_address(&self, address: &str) -> impl Iterator<Item = &Customer> {
        let places = self.by_address.get(&*lower_case(address));
        let places = places.into_iter().flatten();
        places.filter_map(|&place| self.all.get(place as usize))
    }

    /// The customer with this number; leading zeros do not matter.
    pub fn with_number(&self, number: &str) -> Option<&Customer> {
        let place = self.by_number.get(key(number))?;
        self.all.get(*place as usize)
    }
}

/// A number without leading zeros: spreadsheets drop them.
fn key(number: &str) -> &str {
    let short = number.trim_start_matches('0');
    if short.is_empty() { number } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(number: &str, addresses: &[&str]) -> Customer {
        Customer {
            number: Some(number.into()),
            addresses: addresses.iter().map(|&address| address.into()).collect(),
            ..Customer::default()
        }
    }

    fn numbers(customers: &Customers, address: &str) -> Vec<String> {
        let found = customers.with_address(address);
        found
            .filter_map(|customer| customer.number.as_deref().map(str::to_owned))
            .collect()
    }

    #[test]
    fn a_family_shares_an_address() {
        let mut customers = Customers::default();
        let shared = "Familie@example.be";
        customers.add(vec![
            customer("1", &[shared, "an@example.be"]),
            customer("2", &[shared, shared]),
        ]);
        assert_eq!(numbers(&customers, "familie@example.be"), ["1", "2"]);
        assert_eq!(numbers(&customers, "AN@example.be"), ["1"]);
        assert!(numbers(&customers, "bo@example.be").is_empty());
    }

    #[test]
    fn a_newer_list_replaces_an_address() {
        let mut customers = Customers::default();
        customers.add(vec![customer("1", &["oud@example.be"])]);
        customers.add(vec![customer("1", &["nieuw@example.be"])]);
        assert!(numbers(&customers, "oud@example.be").is_empty());
        let found = customers.with_number("1").expect("the customer");
        assert_eq!(&*found.addresses[0], "nieuw@example.be");
        assert_eq!(customers.with_number("001"), customers.with_number("1"));
    }
}
