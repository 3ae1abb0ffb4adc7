//! Which sending systems the evidence names, and which of them a message comes from.

use super::tally::count;
use bezorgd_model::Sender;
use bezorgd_protocol::Settings;
use bezorgd_senders::sender_of_unnamed;

/// How many messages and reports name each sending system.
#[derive(Clone, Debug, Default)]
pub struct SenderTally {
    counts: Vec<(Sender, u32)>,
}

impl SenderTally {
    /// Counts a message or report that names a system.
    pub fn add(&mut self, sender: Sender) {
        count(&mut self.counts, sender);
    }

    /// The systems that were named, in the order of [`Sender::ALL`].
    pub fn named(&self) -> impl Iterator<Item = Sender> {
        let counted = |sender: &Sender| self.counts.iter().any(|(counted, _)| counted == sender);
        Sender::ALL.iter().copied().filter(counted)
    }

    /// The counts, in the order of [`Sender::ALL`].
    pub fn counts(&self) -> Vec<(Sender, u32)> {
        let count = |sender| self.counts.iter().find(|(counted, _)| *counted == sender);
        Sender::ALL
            .iter()
            .filter_map(|&sender| count(sender).copied())
            .collect()
    }

    /// The sending system of a message: the setting, else the one its evidence names, else the one
    /// that all the evidence suggests.
    pub fn of(&self, named: Option<Sender>, settings: &Settings) -> Sender {
        let named = named.filter(|named| *named != Sender::Other);
        let sender = settings.sender.or(named);
        sender.unwrap_or_else(|| self.of_unnamed(settings.assumed))
    }

    fn of_unnamed(&self, assumed: Option<Sender>) -> Sender {
        sender_of_unnamed(self.named(), assumed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bezorgd_senders::Policy;

    fn tally(senders: &[Sender]) -> SenderTally {
        let mut tally = SenderTally::default();
        senders.iter().for_each(|&sender| tally.add(sender));
        tally
    }

    #[test]
    fn counts_come_in_one_order() {
        let counts = tally(&[Sender::Wise, Sender::Pom, Sender::Wise]).counts();
        assert_eq!(counts, [(Sender::Pom, 1), (Sender::Wise, 2)]);
    }

    #[test]
    fn only_a_system_alone_claims_bounces_that_name_none() {
        for sender in Sender::ALL {
            let of_unnamed = tally(&[sender, Sender::Other]).of_unnamed(None);
            let claims = Policy::of(sender).claims_bounces;
            assert_eq!(of_unnamed, if claims { sender } else { Sender::Other });
        }
        let mixed = tally(&[Sender::Wise, Sender::Pom]);
        assert_eq!(mixed.of_unnamed(Some(Sender::Wise)), Sender::Other);
    }

    #[test]
    fn an_assumption_yields_to_evidence() {
        assert_eq!(tally(&[]).of_unnamed(Some(Sender::Wise)), Sender::Wise);
        assert_eq!(
            tally(&[Sender::Other]).of_unnamed(Some(Sender::Wise)),
            Sender::Wise
        );
        assert_eq!(
            tally(&[Sender::Pom]).of_unnamed(Some(Sender::Wise)),
            Sender::Other
        );
    }
}
