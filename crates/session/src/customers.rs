//! The customers of the lists beside the evidence, by address and number, and what they add to a
//! recipient.

use bezorgd::address::lower_case;
use bezorgd::suggestion;
use bezorgd_model::{Customer, Recipient, without_zeros};
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
            let number = customer.number.as_deref().map(without_zeros);
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
        let place = self.by_number.get(without_zeros(number))?;
        self.all.get(*place as usize)
    }

    /// Fills in the address of a recipient of whom the evidence gives only a number.
    pub fn fill_in_address(&self, recipient: &mut Recipient) {
        if !recipient.address.is_empty() {
            return;
        }
        let number = recipient.customer.as_deref();
        let customer = number.and_then(|number| self.with_number(number));
        if let Some(address) = customer.and_then(|customer| customer.addresses.first()) {
            recipient.address = address.to_string();
        }
    }

    /// Fills in the name, number and suggestion that follow from the address of a recipient.
    pub fn fill_in(&self, recipient: &mut Recipient) {
        if self.is_empty() {
            return;
        }
        let holders: Vec<&Customer> = self.with_address(&recipient.address).collect();
        if recipient.name.is_none() {
            let names = holders.iter().filter_map(|holder| holder.name.as_deref());
            let names: Vec<&str> = names.collect();
            recipient.name = (!names.is_empty()).then(|| names.join(", ").into());
        }
        if let ([only], None) = (&holders[..], &recipient.customer) {
            recipient.customer.clone_from(&only.number);
        }
        if suggestion::is_wanted(recipient) && recipient.suggestion.is_none() {
            let names = holders.iter().filter_map(|holder| holder.name.as_deref());
            let mut suggested = names.filter_map(|name| suggestion::by_name(recipient, name));
            recipient.suggestion = suggested.next();
        }
    }
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
