//! What is in a text, in sixteen bytes: a text that lacks a bit of the words that are searched does not
//! hold those words (a Bloom filter over its letters and its pairs of letters).

/// The letters with a bit of their own; the others share the bits that are left.
const LETTERS: &[u8; 40] = b"abcdefghijklmnopqrstuvwxyz0123456789@.-_";

/// One bit for each letter, and one for each pair of letters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Signature {
    letters: u64,
    /// Shared by some pairs.
    pairs: u64,
}

impl Signature {
    /// The signature of a text in lower case.
    pub fn of(text: &[u8]) -> Self {
        let bits = text.iter().map(|&letter| 1 << BITS[letter as usize]);
        let letters = bits.fold(0, |letters, bit: u64| letters | bit);
        let pairs = text.windows(2).fold(0, |pairs, pair| {
            let number = u32::from(pair[0]) << 8 | u32::from(pair[1]);
            // The upper bits of the product depend on all of the number (Fibonacci hashing).
            pairs | 1 << (number.wrapping_mul(0x9E37_79B1) >> 26)
        });
        Self { letters, pairs }
    }

    /// Whether a text with this signature can hold one with that signature.
    pub fn has(self, wanted: Self) -> bool {
        self.letters & wanted.letters == wanted.letters && self.pairs & wanted.pairs == wanted.pairs
    }

    /// Whether a signature tells for sure that a text holds this.
    pub fn tells_all(search: &[u8]) -> bool {
        match search {
            [] => true,
            [letter] => LETTERS.contains(letter),
            _ => false,
        }
    }
}

/// The bit of each byte.
const BITS: [u8; 256] = {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < bits.len() {
        let shared = 64 - LETTERS.len();
        bits[byte] = (LETTERS.len() + byte % shared) as u8;
        byte += 1;
    }
    let mut letter = 0;
    while letter < LETTERS.len() {
        bits[LETTERS[letter] as usize] = letter as u8;
        letter += 1;
    }
    bits
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_is_never_ruled_out() {
        let text = "zoë.o'neil+pom@sub-domein.example".as_bytes();
        let whole = Signature::of(text);
        for start in 0..text.len() {
            for end in start..=text.len() {
                assert!(whole.has(Signature::of(&text[start..end])));
            }
        }
    }

    #[test]
    fn most_of_what_it_does_not_hold_is_ruled_out() {
        let whole = Signature::of(b"jan.peeters@example.be");
        for other in ["q", "9", "_", "jos", "xe", "repeets"] {
            assert!(!whole.has(Signature::of(other.as_bytes())), "{other}");
        }
    }

    #[test]
    fn a_letter_of_its_own_is_told_for_sure() {
        for &letter in LETTERS {
            let others: Vec<u8> = (0..=255).filter(|&other| other != letter).collect();
            assert!(!Signature::of(&others).has(Signature::of(&[letter])));
            assert!(Signature::tells_all(&[letter]));
        }
        assert!(!Signature::tells_all(b"+"));
    }
}
