//! Removes from WebAssembly modules what only a debugger reads.

/// The magic number and the version, before the first section.
const PREAMBLE: usize = 8;

/// The number of sections without an effect on what the module does (WebAssembly Core Specification, 5.5.3).
const CUSTOM: u8 = 0;

/// Names of such sections, each after its length: names of functions, and which programs made the module.
const FOR_DEBUGGERS: [&[u8]; 2] = [b"\x04name", b"\x09producers"];

/// The module without what is only for debuggers. Bytes that are no module are returned as they are.
pub fn without_debug_sections(module: Vec<u8>) -> Vec<u8> {
    stripped(&module).unwrap_or(module)
}

fn stripped(module: &[u8]) -> Option<Vec<u8>> {
    let (preamble, mut rest) = module.split_at_checked(PREAMBLE)?;
    if !preamble.starts_with(b"\0asm") {
        return None;
    }
    let mut kept = preamble.to_vec();
    while let Some((number, after)) = rest.split_first() {
        let (size, contents) = size(after)?;
        let (contents, next) = contents.split_at_checked(size)?;
        let is_for_debuggers = FOR_DEBUGGERS.iter().any(|name| contents.starts_with(name));
        if *number != CUSTOM || !is_for_debuggers {
            kept.extend_from_slice(&rest[..rest.len() - next.len()]);
        }
        rest = next;
    }
    Some(kept)
}

/// The size with which a section begins (an unsigned LEB128), and what follows it.
fn size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut size = 0;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        size |= usize::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((size, &bytes[place + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sections_for_debuggers_are_removed() {
        let types = [1, 4, 1, 0x60, 0, 0];
        let other = [0, 2, 1, b'n'];
        let custom = [0, 0x85, 0, 4, b'n', b'a', b'm', b'e'];
        let preamble = *b"\0asm\x01\0\0\0";
        let module = [&preamble[..], &custom, &types, &other, &custom].concat();
        assert_eq!(
            without_debug_sections(module),
            [&preamble[..], &types, &other].concat()
        );
    }

    #[test]
    fn other_bytes_stay_as_they_are() {
        for bytes in [&b""[..], b"<svg/>", b"\0asm\x01\0\0\0\x01\xFF"] {
            assert_eq!(without_debug_sections(bytes.to_vec()), bytes);
        }
    }
}
