//! Removes from WebAssembly modules what only a debugger reads.

/// The magic number and the version, before the first section.
const PREAMBLE: usize = 8;

/// The number of sections without an effect on what the module does.
const CUSTOM: u8 = 0;

/// The module without its custom sections (WebAssembly Core Specification, 5.5.3): names of functions, and which
/// programs made it. Bytes that are no module are returned as they are.
pub fn without_custom_sections(module: Vec<u8>) -> Vec<u8> {
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
        let (_, next) = contents.split_at_checked(size)?;
        if *number != CUSTOM {
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
    fn only_custom_sections_are_removed() {
        let types = [1, 4, 1, 0x60, 0, 0];
        let custom = [0, 0x85, 0, 4, b'n', b'a', b'm', b'e'];
        let preamble = *b"\0asm\x01\0\0\0";
        let module = [&preamble[..], &custom, &types, &custom].concat();
        assert_eq!(
            without_custom_sections(module),
            [&preamble[..], &types].concat()
        );
    }

    #[test]
    fn other_bytes_stay_as_they_are() {
        for bytes in [&b""[..], b"<svg/>", b"\0asm\x01\0\0\0\x01\xFF"] {
            assert_eq!(without_custom_sections(bytes.to_vec()), bytes);
        }
    }
}
