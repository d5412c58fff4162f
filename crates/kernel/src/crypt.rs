//! Secrets at rest: a ring of keys, each with an id, outside the database.
//! A ciphertext names its key and is bound to the place where it stands, so
//! that it can't be moved to another row.

use std::collections::BTreeMap;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use sha2::{Digest, Sha256};

use crate::Secret;
use crate::value::{AsValue, FromValue, Value};

const NONCE_LENGTH: usize = 12;
const FORM: u8 = 1;

/// Where a secret stands: table, column and row. Part of what is authenticated.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    /// Id of the row.
    pub row: &'a str,
}

/// A secret as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("sealed")
    }
}
impl AsValue for Sealed {
    fn as_value(&self) -> Value<'_> {
        self.0.as_value()
    }
}
impl FromValue for Sealed {
    fn from_value(value: Value<'_>) -> Option<Self> {
        Vec::<u8>::from_value(value).map(Self)
    }
}

/// A secret couldn't be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CryptError {
    /// The ring has no key of the id that the ciphertext names.
    UnknownKey,
    /// The ciphertext is damaged, or stands in a place where it wasn't written.
    Damaged,
    /// The text isn't a key ring.
    BadRing,
}

impl std::fmt::Display for CryptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::UnknownKey => "the key ring has no key for this secret; give the ring that was used when it was stored",
            Self::Damaged => "a stored secret is damaged or stands in the wrong place",
            Self::BadRing => "the key ring must have lines of the form ID:64 hexadecimal characters",
        })
    }
}
impl std::error::Error for CryptError {}

/// The ring of keys. The newest seals, all open.
pub struct KeyRing {
    keys: BTreeMap<u32, Secret<[u8; 32]>>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRing of {} keys", self.keys.len())
    }
}

impl KeyRing {
    /// A ring with one new key.
    #[must_use]
    pub fn generate() -> Self {
        Self {
            keys: BTreeMap::from([(1, Secret::new(crate::random::bytes()))]),
        }
    }

    /// Reads a ring: a line `ID:HEX` per key; empty lines and `#` lines are skipped.
    ///
    /// # Errors
    /// [`CryptError::BadRing`].
    pub fn parse(text: &str) -> Result<Self, CryptError> {
        let mut keys = BTreeMap::new();
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (id, key) = line.split_once(':').ok_or(CryptError::BadRing)?;
            let id = id.trim().parse().map_err(|_| CryptError::BadRing)?;
            let mut bytes = [0_u8; 32];
            hex::decode_to_slice(key.trim(), &mut bytes).map_err(|_| CryptError::BadRing)?;
            keys.insert(id, Secret::new(bytes));
        }
        if keys.is_empty() {
            Err(CryptError::BadRing)
        } else {
            Ok(Self { keys })
        }
    }

    /// The form that [`KeyRing::parse`] reads. It is the key to everything:
    /// only the file of mode 0600 may get it.
    #[must_use]
    pub fn to_text(&self) -> Secret<String> {
        Secret::new(
            self.keys
                .iter()
                .map(|(id, key)| format!("{id}:{}\n", hex::encode(key.reveal())))
                .collect(),
        )
    }

    /// The ring with one key more, which seals from now on.
    #[must_use]
    pub fn with_new_key(&self) -> Self {
        let mut keys = self.keys.clone();
        keys.insert(
            self.newest().saturating_add(1),
            Secret::new(crate::random::bytes()),
        );
        Self { keys }
    }

    /// Id of the key that seals.
    #[must_use]
    pub fn newest(&self) -> u32 {
        self.keys.keys().next_back().copied().unwrap_or(0)
    }

    /// Encrypts.
    ///
    /// # Errors
    /// [`CryptError::BadRing`] when the ring is empty.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Sealed, CryptError> {
        let (id, key) = self.keys.iter().next_back().ok_or(CryptError::BadRing)?;
        let nonce_bytes: [u8; NONCE_LENGTH] = crate::random::bytes();
        let payload = Payload {
            msg: plain,
            aad: &bound_to(place, *id),
        };
        let body = cipher(key)
            .encrypt(&Nonce::from(nonce_bytes), payload)
            .map_err(|_| CryptError::Damaged)?;
        let mut sealed = vec![FORM];
        sealed.extend_from_slice(&id.to_be_bytes());
        sealed.extend_from_slice(&nonce_bytes);
        sealed.extend_from_slice(&body);
        Ok(Sealed(sealed))
    }

    /// Decrypts what [`KeyRing::seal`] made for the same place.
    ///
    /// # Errors
    /// [`CryptError::UnknownKey`] or [`CryptError::Damaged`].
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Result<Secret<Vec<u8>>, CryptError> {
        let (id, rest) = sealed.split().ok_or(CryptError::Damaged)?;
        let key = self.keys.get(&id).ok_or(CryptError::UnknownKey)?;
        let (nonce, body) = rest
            .split_first_chunk::<NONCE_LENGTH>()
            .ok_or(CryptError::Damaged)?;
        let payload = Payload {
            msg: body,
            aad: &bound_to(place, id),
        };
        cipher(key)
            .decrypt(&Nonce::from(*nonce), payload)
            .map(Secret::new)
            .map_err(|_| CryptError::Damaged)
    }

    /// As [`KeyRing::seal`] for text.
    ///
    /// # Errors
    /// As [`KeyRing::seal`].
    pub fn seal_text(
        &self,
        place: Place<'_>,
        plain: &Secret<String>,
    ) -> Result<Sealed, CryptError> {
        self.seal(place, plain.reveal().as_bytes())
    }

    /// As [`KeyRing::open`] for text.
    ///
    /// # Errors
    /// As [`KeyRing::open`].
    pub fn open_text(
        &self,
        place: Place<'_>,
        sealed: &Sealed,
    ) -> Result<Secret<String>, CryptError> {
        let plain = self.open(place, sealed)?;
        String::from_utf8(plain.reveal().clone())
            .map(Secret::new)
            .map_err(|_| CryptError::Damaged)
    }
}

impl Sealed {
    /// Id of the key that it was sealed with.
    #[must_use]
    pub fn key_id(&self) -> Option<u32> {
        self.split().map(|(id, _)| id)
    }

    fn split(&self) -> Option<(u32, &[u8])> {
        let rest = self.0.strip_prefix(&[FORM])?;
        let (id, rest) = rest.split_first_chunk::<4>()?;
        Some((u32::from_be_bytes(*id), rest))
    }
}

impl From<CryptError> for crate::Fail {
    fn from(error: CryptError) -> Self {
        Self::bug(error)
    }
}

fn cipher(key: &Secret<[u8; 32]>) -> Aes256Gcm {
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key.reveal()))
}

fn bound_to(place: Place<'_>, key_id: u32) -> Vec<u8> {
    format!("{key_id}|{}|{}|{}", place.table, place.column, place.row).into_bytes()
}

/// SHA-256 in lower-case hexadecimal: how tokens and file contents are named.
#[must_use]
pub fn sha256_hex(data: &[u8]) -> String {
    hex::encode(Sha256::digest(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: &str) -> Place<'_> {
        Place {
            table: "access_key",
            column: "secret",
            row,
        }
    }

    #[test]
    fn a_secret_opens_only_where_it_was_sealed() {
        let ring = KeyRing::generate();
        let sealed = ring.seal(place("a"), b"hush").unwrap();
        assert_eq!(ring.open(place("a"), &sealed).unwrap().reveal(), b"hush");
        assert_eq!(
            ring.open(place("b"), &sealed).unwrap_err(),
            CryptError::Damaged
        );
    }

    #[test]
    fn an_older_key_still_opens_after_a_new_one_came() {
        let old = KeyRing::generate();
        let sealed = old.seal(place("a"), b"hush").unwrap();
        let ring = KeyRing::parse(old.with_new_key().to_text().reveal()).unwrap();
        assert_eq!(ring.open(place("a"), &sealed).unwrap().reveal(), b"hush");
        assert_eq!(ring.seal(place("a"), b"x").unwrap().key_id(), Some(2));
    }

    #[test]
    fn another_ring_says_that_the_key_is_missing() {
        let sealed = KeyRing::generate()
            .with_new_key()
            .seal(place("a"), b"hush")
            .unwrap();
        assert_eq!(
            KeyRing::generate().open(place("a"), &sealed).unwrap_err(),
            CryptError::UnknownKey
        );
    }
}
