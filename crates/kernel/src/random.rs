//! Randomness of the operating system. No other crate asks for it.

const UPPER_ALNUM: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Random bytes from the system's generator.
///
/// When the system has none, nothing that needs secrets can go on, so the
/// process ends; this happens only on machines without a random device.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut buffer = [0_u8; N];
    if getrandom::fill(&mut buffer).is_err() {
        std::process::abort();
    }
    buffer
}

/// A random 64-bit number.
#[must_use]
pub fn number() -> u64 {
    u64::from_le_bytes(bytes())
}

/// A number below `bound`; 0 when `bound` is 0. The bias is below 2^-32 for
/// bounds below 2^32.
#[must_use]
pub fn below(bound: u64) -> u64 {
    if bound == 0 { 0 } else { number() % bound }
}

/// `length` characters of `A`-`Z` and `0`-`9`, for numbers that people read.
#[must_use]
pub fn upper_alnum(length: usize) -> String {
    (0..length)
        .filter_map(|_| {
            let index = usize::try_from(below(36)).ok()?;
            UPPER_ALNUM.get(index).copied().map(char::from)
        })
        .collect()
}

/// A token that nobody can guess: 256 bits, 43 characters, safe in a URL.
#[must_use]
pub fn token() -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// 64 upper-case hexadecimal characters, the nonce form of the seller interfaces.
#[must_use]
pub fn upper_hex_64() -> String {
    hex::encode_upper(bytes::<32>())
}

/// A random UUID in its usual 36-character form.
#[must_use]
pub fn uuid() -> String {
    uuid::Builder::from_random_bytes(bytes())
        .into_uuid()
        .to_string()
}
