//! Sixteen bytes per text that rule out most texts in a search: a text whose signature lacks a bit of
//! the searched words does not contain them (a Bloom filter over letters and pairs of letters).

/// The bytes with a separate bit; the others share the remaining bits.
const LETTERS: &[u8; 40] = b"abcdefghijklmnopqrstuvwxyz0123456789@.-_";

/// One bit for each byte, and one for each pair of bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TextSignature {
    letters: u64,
    /// Different pairs may share a bit.
    pairs: u64,
}

impl TextSignature {
    /// The signature of a text in lower case.
    pub fn of(text: &[u8]) -> Self {
        let bits = text.iter().map(|&letter| 1 << BITS[letter as usize]);
        let letters = bits.fold(0, |letters, bit: u64| letters | bit);
        let pairs = text.windows(2).fold(0, |pairs, pair| {
            let number = u32::from(pair[0]) << 8 | u32::from(pair[1]);
            // The upper bits of the product depend on all bits of the number (Fibonacci hashing).
            pairs | 1 << (number.wrapping_mul(0x9E37_79B1) >> 26)
        });
        Self { letters, pairs }
    }

    /// Whether a text with this signature may contain a text with the signature `wanted`.
    pub fn may_contain(self, wanted: Self) -> bool {
        self.letters & wanted.letters == wanted.letters && self.pairs & wanted.pairs == wanted.pairs
    }

    /// How many of the wanted letters the text does not have, as far as they have bits of their own.
    pub fn letters_missing(self, wanted: Self) -> u32 {
        (wanted.letters & !self.letters).count_ones()
    }

    /// Whether signatures alone decide if a text contains this.
    pub fn is_exact_for(search: &[u8]) -> bool {
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
    fn what_a_text_contains_is_never_ruled_out() {
        let text = "zoë.o'neil+pom@sub-domein.example".as_bytes();
        let signature = TextSignature::of(text);
        for start in 0..text.len() {
            for end in start..=text.len() {
                assert!(signature.may_contain(TextSignature::of(&text[start..end])));
            }
        }
    }

    #[test]
    fn most_of_what_a_text_does_not_contain_is_ruled_out() {
        let signature = TextSignature::of(b"jan.peeters@example.be");
        for other in ["q", "9", "_", "jos", "xe", "repeets"] {
            assert!(
                !signature.may_contain(TextSignature::of(other.as_bytes())),
                "{other}"
            );
        }
    }

    #[test]
    fn a_letter_with_a_separate_bit_is_found_by_signature_alone() {
        for &letter in LETTERS {
            let others: Vec<u8> = (0..=255).filter(|&other| other != letter).collect();
            assert!(!TextSignature::of(&others).may_contain(TextSignature::of(&[letter])));
            assert!(TextSignature::is_exact_for(&[letter]));
        }
        assert!(!TextSignature::is_exact_for(b"+"));
    }
}
