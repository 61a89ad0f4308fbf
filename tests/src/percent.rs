//! Percent-encoding, read strictly.

/// The text that is encoded; none if the encoding is broken, or hides no UTF-8.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            // A space or another character that no address may hold as it is.
            byte if !byte.is_ascii_graphic() => return None,
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod trials {
    use super::decoded;

    #[test]
    fn escapes_are_bytes_of_utf_8() {
        assert_eq!(decoded("a%2Fb%C3%BC+").as_deref(), Some("a/bü+"));
    }

    #[test]
    fn broken_escapes_are_refused() {
        for text in ["%", "%2", "%zz", "%ff", "a b", "ü"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
