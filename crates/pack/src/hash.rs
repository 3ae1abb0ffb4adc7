//! SHA-256, in the forms that the web uses.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

/// The SHA-256 of these bytes, in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first 64 bits, to distinguish the versions of one file.
pub(crate) fn short(bytes: &[u8]) -> String {
    let mut hash = hex(bytes);
    hash.truncate(16);
    hash
}

/// As Subresource Integrity and Content Security Policy write it: `sha256-…`.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// `worker_bg.wasm` as `assets/worker_bg-0123456789abcdef.wasm`.
pub(crate) fn name(file: &str, bytes: &[u8]) -> String {
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    format!("assets/{stem}-{}.{extension}", short(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_those_of_the_standards() {
        // The example of the empty text, as in FIPS 180-4 and in the specification of integrity.
        assert_eq!(
            hex(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            integrity(b""),
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
        assert_eq!(name("a_bg.wasm", b""), "assets/a_bg-e3b0c44298fc1c14.wasm");
    }
}
