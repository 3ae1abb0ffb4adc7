//! The parts of an e-mail address.

/// The domain of an address, as it is written; `None` for what is no address.
pub fn domain_of(address: &str) -> Option<&str> {
    let (_, domain) = address.rsplit_once('@')?;
    Some(domain)
}
