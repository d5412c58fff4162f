//! Encryption of sensitive values inside answers (section 4 of the contract): AES in CBC mode with
//! PKCS5 padding; the value on the wire is the 16 characters of the initialisation vector followed by
//! the Base64 of the ciphertext.

use std::fmt;

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use aes::{Aes128, Aes256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

use crate::response::AppInfo;

/// Characters of the initialisation vector at the front of an encrypted value.
const IV_LENGTH: usize = 16;

/// The `encryptType` of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EncryptType {
    /// `1`: AES256_CBC_PKCS5Padding.
    #[default]
    Aes256,
    /// `2`: AES128_CBC_PKCS5Padding.
    Aes128,
}

impl EncryptType {
    /// The code on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Aes256 => "1",
            Self::Aes128 => "2",
        }
    }

    /// Reads the code on the wire.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Aes256),
            "2" => Some(Self::Aes128),
            _ => None,
        }
    }
}

/// An initialisation vector: 16 characters of `[A-Za-z0-9]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Iv([u8; IV_LENGTH]);

impl Iv {
    /// `None` unless the text is 16 characters of `[A-Za-z0-9]`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; IV_LENGTH] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_alphanumeric)
            .then_some(Self(bytes))
    }

    /// Maps 16 random bytes to the alphabet. The slight bias (256 is no multiple of 62) does no harm:
    /// the vector has to be unpredictable and fresh, not uniform.
    #[must_use]
    pub fn from_random(random: [u8; IV_LENGTH]) -> Self {
        Self(random.map(|byte| match byte % 62 {
            digit @ 0..=9 => b'0' + digit,
            upper @ 10..=35 => b'A' + (upper - 10),
            lower => b'a' + (lower - 36),
        }))
    }

    fn as_text(&self) -> String {
        self.0.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// The AES-256 key of an access key; its first 16 bytes are the AES-128 key. The derivation is that of
/// Java's generator "SHA1PRNG" seeded with the access key, which the reference implementations use.
#[must_use]
pub fn derive_key(access_key: &str) -> [u8; 32] {
    let mut state: [u8; 20] = Sha1::digest(access_key.as_bytes()).into();
    let mut stream = Vec::with_capacity(40);
    while stream.len() < 32 {
        let output: [u8; 20] = Sha1::digest(state).into();
        stream.extend_from_slice(&output);
        state = next_state(state, output);
    }
    let mut key = [0_u8; 32];
    for (slot, byte) in key.iter_mut().zip(stream) {
        *slot = byte;
    }
    key
}

/// `state + output + 1` over signed bytes with an arithmetic carry, exactly as Java computes it.
fn next_state(state: [u8; 20], output: [u8; 20]) -> [u8; 20] {
    let signed = |byte: u8| i32::from(i8::from_ne_bytes([byte]));
    let mut next = state;
    let mut carry = 1_i32;
    for (slot, produced) in next.iter_mut().zip(output) {
        let sum = signed(*slot) + signed(produced) + carry;
        let [low, ..] = sum.to_le_bytes();
        *slot = low;
        carry = sum >> 8;
    }
    if next == state {
        let [first, ..] = &mut next;
        *first = first.wrapping_add(1);
    }
    next
}

/// Encrypts a value for the wire. The initialisation vector must be fresh for every value.
#[must_use]
pub fn encrypt(plaintext: &str, iv: Iv, access_key: &str, encrypt_type: EncryptType) -> String {
    let key = derive_key(access_key);
    let message = plaintext.as_bytes();
    let ciphertext = match encrypt_type {
        EncryptType::Aes256 => cbc::Encryptor::<Aes256>::new(&key.into(), &iv.0.into())
            .encrypt_padded_vec::<Pkcs7>(message),
        EncryptType::Aes128 => cbc::Encryptor::<Aes128>::new(&half(key).into(), &iv.0.into())
            .encrypt_padded_vec::<Pkcs7>(message),
    };
    format!("{}{}", iv.as_text(), STANDARD.encode(ciphertext))
}

/// Decrypts a value from the wire.
///
/// # Errors
/// [`DecryptError::NotEncrypted`] when the value does not have the layout of an encrypted one,
/// [`DecryptError::WrongKey`] when it has, but does not decrypt to padded UTF-8.
pub fn decrypt(
    value: &str,
    access_key: &str,
    encrypt_type: EncryptType,
) -> Result<String, DecryptError> {
    let (iv, ciphertext) = split(value).ok_or(DecryptError::NotEncrypted)?;
    let key = derive_key(access_key);
    let plaintext = match encrypt_type {
        EncryptType::Aes256 => cbc::Decryptor::<Aes256>::new(&key.into(), &iv.0.into())
            .decrypt_padded_vec::<Pkcs7>(&ciphertext),
        EncryptType::Aes128 => cbc::Decryptor::<Aes128>::new(&half(key).into(), &iv.0.into())
            .decrypt_padded_vec::<Pkcs7>(&ciphertext),
    };
    let plaintext = plaintext.map_err(|_| DecryptError::WrongKey)?;
    String::from_utf8(plaintext).map_err(|_| DecryptError::WrongKey)
}

/// The rule of section 4.2: user name and password are decrypted when they have the layout of an
/// encrypted value and decrypt well; a value that does not have it is plaintext. When the answer says
/// `encryptType`, a value with the layout must decrypt. All `access_keys` are tried.
///
/// # Errors
/// When the answer says that its values are encrypted and one does not decrypt with any key.
pub fn reveal_app_info(
    mut app_info: AppInfo,
    encrypt_type: Option<&str>,
    access_keys: &[&str],
) -> Result<AppInfo, Undecryptable> {
    for (field, value) in [
        ("userName", &mut app_info.user_name),
        ("password", &mut app_info.password),
    ] {
        if let Some(value) = value {
            *value = reveal(value, encrypt_type, access_keys).ok_or(Undecryptable { field })?;
        }
    }
    Ok(app_info)
}

fn reveal(value: &str, encrypt_type: Option<&str>, access_keys: &[&str]) -> Option<String> {
    if split(value).is_none() {
        return Some(value.to_owned());
    }
    let announced = encrypt_type.and_then(EncryptType::from_code);
    let types = match announced {
        Some(one) => vec![one],
        None => vec![EncryptType::Aes256, EncryptType::Aes128],
    };
    let candidates = types
        .into_iter()
        .flat_map(|one| access_keys.iter().map(move |key| (key, one)));
    let decrypted = candidates
        .into_iter()
        .find_map(|(key, one)| decrypt(value, key, one).ok());
    match encrypt_type {
        Some(_) => decrypted,
        None => Some(decrypted.unwrap_or_else(|| value.to_owned())),
    }
}

/// Vector and ciphertext, if the value has the layout of an encrypted one.
fn split(value: &str) -> Option<(Iv, Vec<u8>)> {
    let (iv, encoded) = value.split_at_checked(IV_LENGTH)?;
    let ciphertext = STANDARD.decode(encoded).ok()?;
    let whole_blocks = !ciphertext.is_empty() && ciphertext.len().is_multiple_of(16);
    whole_blocks.then_some((Iv::parse(iv)?, ciphertext))
}

fn half(key: [u8; 32]) -> [u8; 16] {
    let mut half = [0_u8; 16];
    for (slot, byte) in half.iter_mut().zip(key) {
        *slot = byte;
    }
    half
}

/// Why a value did not decrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecryptError {
    /// Not 16 characters of `[A-Za-z0-9]` followed by the Base64 of whole AES blocks.
    NotEncrypted,
    /// The padding or the text is broken: another key or another `encryptType`.
    WrongKey,
}

impl fmt::Display for DecryptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotEncrypted => "The value does not have the form of an encrypted one: 16 letters or digits, then Base64.",
            Self::WrongKey => "The value does not decrypt. Check the access key and encryptType.",
        })
    }
}

impl std::error::Error for DecryptError {}

/// A member of an answer that says it is encrypted, but does not decrypt with any key of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecryptable {
    /// `userName` or `password`.
    pub field: &'static str,
}

impl fmt::Display for Undecryptable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The answer has encryptType, but {} does not decrypt with the access key of this address. \
             Check key, encryptType and the form iv + Base64.",
            self.field
        )
    }
}

impl std::error::Error for Undecryptable {}
