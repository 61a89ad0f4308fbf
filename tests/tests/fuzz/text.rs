//! Changes of a text that know nothing of its meaning.

use tests::dice::Dice;

/// Bytes that mean something to one reader or another.
const SIGNS: [&[u8]; 30] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b":",
    b",",
    b"null",
    b"true",
    b"-",
    b"1e999",
    b"0",
    b"\0",
    b"\xff",
    b"\xe2\x82",
    b"\\u",
    b"\\ud83e",
    b"\n",
    b"\t",
    b"- ",
    b"? ",
    b"&a ",
    b"*a",
    b"!!int ",
    b"|\n",
    b"#",
    b"---\n",
    b"\xef\xbb\xbf",
    b"{\"a\":[",
];

/// The bytes with a few changes; of most changes a part is left as it was.
pub fn changed(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_owned();
    for _ in 0..1 + dice.below(3) {
        let (from, to) = (dice.below(bytes.len() + 1), dice.below(bytes.len() + 1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 1 + dice.below(64)));
        let part = bytes.get(from..to.min(bytes.len())).unwrap_or_default().to_owned();
        match dice.below(7) {
            0 => drop(bytes.splice(from..from + part.len(), [])),
            1 => drop(bytes.splice(from..from, part)),
            2 => bytes.truncate(from),
            3 => drop(bytes.splice(from..from + part.len(), SIGNS[dice.below(SIGNS.len())].repeat(1 + dice.below(3)))),
            4 => drop(bytes.splice(from..from, SIGNS[dice.below(SIGNS.len())].iter().copied())),
            5 => {
                if let Some(byte) = bytes.get_mut(from) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            _ => {
                let target = dice.below(bytes.len() + 1);
                bytes.splice(target..target, part);
            }
        }
    }
    bytes
}

/// Text of any characters, mostly short.
pub fn any(dice: &mut Dice) -> String {
    let length = dice.below(12) * (1 + dice.below(4));
    let character = |dice: &mut Dice| match dice.below(6) {
        0 => char::from_u32(u32::try_from(dice.below(0x11_0000)).unwrap_or(0)).unwrap_or('\u{fffd}'),
        1 => ['/', '?', '#', '%', '&', '=', '+', ' ', '.', '\\', ':', '@', '{', '}', ';', '\0', '\n', 'é', '日', '🦀']
            [dice.below(20)],
        _ => char::from(b' ' + u8::try_from(dice.below(95)).unwrap_or(0)),
    };
    (0..length).map(|_| character(dice)).collect()
}
