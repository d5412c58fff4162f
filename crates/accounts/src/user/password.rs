//! Passwords: which are taken, how they are kept, how they are compared.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use kernel::fail::{FIELD_REQUIRED, FIELD_TOO_LONG, FIELD_TOO_SHORT};
use kernel::field::Fields;
use kernel::policy::Accounts;
use kernel::{Fail, Secret, codes, random};

codes! {
    /// The password is one of those that are tried first.
    Invalid PASSWORD_TOO_COMMON = "password-too-common";
    /// The password is the person's address or name.
    Invalid PASSWORD_LIKE_ACCOUNT = "password-like-account";
}

/// Characters of a password at most; more would only be work for the server.
const MAX: usize = 200;

/// The commonest passwords that a minimum length of 8 leaves over, in lower case.
const COMMON: &[&str] = &[
    "password",
    "password1",
    "password12",
    "password123",
    "password1234",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "12345678",
    "123456789",
    "1234567890",
    "12345678910",
    "0123456789",
    "0987654321",
    "9876543210",
    "987654321",
    "87654321",
    "123123123",
    "123321123",
    "1234512345",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "1qaz2wsx3edc",
    "qwertyui",
    "qwertyuiop",
    "qwerty12",
    "qwerty123",
    "qwerty1234",
    "qwerty12345",
    "qwerty123456",
    "asdfghjkl",
    "asdfghjkl1",
    "zxcvbnm123",
    "abcdefgh",
    "abcdefghij",
    "abcd1234",
    "abc123456",
    "a123456789",
    "aa12345678",
    "aa123456789",
    "iloveyou",
    "iloveyou1",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "trustno1",
    "whatever",
    "welcome1",
    "welcome123",
    "changeme",
    "changeme123",
    "letmein123",
    "administrator",
    "admin123",
    "admin1234",
    "admin12345",
    "admin123456",
    "woaini1314",
    "5201314520",
    "1314520520",
    "koogallery",
    "koogallery1",
    "koogallery123",
];

/// A hash of nothing that anybody knows, with the present parameters: compared
/// with when there is no account, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$aYwIiwEnnE4oybbDjMU5FQ$jA57qZeSwi2529p21IEcHBikDK53khEMS/qkBJrpuhQ";

/// Checks a new password: its length, and that neither the commonest lists nor
/// the account itself (`own`: address, name) give it away. Trouble is noted at
/// `field`.
pub fn check_password(
    fields: &mut Fields,
    field: &str,
    password: &Secret<String>,
    own: &[&str],
    policy: &Accounts,
) {
    let text = password.reveal();
    let length = text.chars().count();
    let lower = text.to_lowercase();
    if length == 0 {
        fields.reject(field, FIELD_REQUIRED);
    } else if u32::try_from(length).is_ok_and(|length| length < policy.min_password) {
        fields.reject_with(field, FIELD_TOO_SHORT, &[("min", &policy.min_password)]);
    } else if length > MAX {
        fields.reject_with(field, FIELD_TOO_LONG, &[("max", &MAX)]);
    } else if COMMON.contains(&lower.as_str()) || is_one_character(&lower) {
        fields.reject(field, PASSWORD_TOO_COMMON);
    } else if own.iter().any(|known| gives_away(known, &lower)) {
        fields.reject(field, PASSWORD_LIKE_ACCOUNT);
    }
}

fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    characters.all(|character| Some(character) == first)
}

/// Whether the password is this address, its part before the `@`, or this name.
fn gives_away(known: &str, password: &str) -> bool {
    let known = known.trim().to_lowercase();
    let without_spaces: String = known.split_whitespace().collect();
    let local_part = known.split('@').next().unwrap_or_default();
    password == known || password == without_spaces || password == local_part
}

/// The argon2id hash of a password with a fresh salt. Takes tens of
/// milliseconds: call it on a blocking thread.
///
/// # Errors
/// A bug when the library refuses.
pub fn hash_password(password: &Secret<String>) -> Result<Secret<String>, Fail> {
    let salt: [u8; 16] = random::bytes();
    let hash: argon2::PasswordHash = Argon2::default()
        .hash_password_with_salt(password.reveal().as_bytes(), &salt)
        .map_err(Fail::bug)?;
    Ok(Secret::new(hash.to_string()))
}

/// Whether a password is the one of a stored hash. With no hash (unknown
/// account, or no password set) it works as long and says no. Call it on a
/// blocking thread.
#[must_use]
pub fn verify_password(stored: Option<&Secret<String>>, given: &Secret<String>) -> bool {
    let hash = stored.map_or(NOBODY, |hash| hash.reveal().as_str());
    let right = given.reveal().chars().count() <= MAX
        && Argon2::default()
            .verify_password(given.reveal().as_bytes(), hash)
            .is_ok();
    right && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(password: &str) -> Option<&'static str> {
        let mut fields = Fields::new();
        let policy = kernel::policy::Policy::intl().accounts;
        let own = ["long.local.part@shop.example", "Some Long Name"];
        check_password(&mut fields, "password", &password.into(), &own, &policy);
        let fail = fields.check().err()?;
        fail.field_errors().first().map(|error| error.code.key)
    }

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        assert_eq!(trouble("correct horse battery"), None);
        assert_eq!(trouble(""), Some("field-required"));
        assert_eq!(trouble("short"), Some("field-too-short"));
        assert_eq!(trouble(&"long".repeat(51)), Some("field-too-long"));
        assert_eq!(trouble("Password123"), Some("password-too-common"));
        assert_eq!(trouble("zzzzzzzzzzzz"), Some("password-too-common"));
        for like in [
            "Long.Local.Part@shop.example",
            "long.local.part",
            "some long name",
            "SomeLongName",
        ] {
            assert_eq!(trouble(like), Some("password-like-account"), "{like}");
        }
    }

    #[test]
    fn only_the_right_password_of_an_account_is_accepted() {
        let hash = hash_password(&"correct horse".into()).unwrap();
        assert!(verify_password(Some(&hash), &"correct horse".into()));
        assert!(!verify_password(Some(&hash), &"Correct horse".into()));
        assert!(!verify_password(None, &"correct horse".into()));
    }

    #[test]
    fn comparing_for_nobody_costs_what_comparing_for_somebody_costs() {
        let parameters = |hash: &str| {
            hash.rsplit_once('$')
                .unwrap()
                .0
                .rsplit_once('$')
                .unwrap()
                .0
                .to_owned()
        };
        let fresh = hash_password(&"correct horse".into()).unwrap();
        assert_eq!(parameters(NOBODY), parameters(fresh.reveal()));
        assert!(argon2::PasswordHash::new(NOBODY).unwrap().hash.is_some());
    }
}
