//! Randomness of the operating system.

use std::io;

/// Letters and digits that nobody mistakes for one another.
const CLEAR: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

pub(crate) fn bytes<const N: usize>() -> io::Result<[u8; N]> {
    let mut random = [0; N];
    getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(random)
}

/// `N` characters of 5 random bits each.
pub(crate) fn text<const N: usize>() -> io::Result<String> {
    let pick = |byte: u8| CLEAR.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(bytes::<N>()?.into_iter().filter_map(pick).collect())
}
