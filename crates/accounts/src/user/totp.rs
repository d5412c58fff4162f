//! Two-step verification: a code of six digits that changes every 30 seconds
//! (RFC 6238), from a secret that the person's device and we share.

use kernel::crypt::{KeyRing, Place, Sealed};
use kernel::id::UserId;
use kernel::{Fail, Secret, Timestamp, codes, random};
use totp_rs::{Builder, Totp};

use super::User;

codes! {
    /// The code isn't the one that the device shows now, or was used already.
    Invalid TOTP_WRONG = "totp-wrong";
    /// Two-step verification is on already.
    Conflict TOTP_ALREADY_ON = "totp-already-on";
    /// No enrolment was begun.
    Conflict TOTP_NOT_STARTED = "totp-not-started";
    /// Two-step verification is off.
    Conflict TOTP_OFF = "totp-off";
}

/// What a person's device needs to make codes. Shown once, while enrolling.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The secret in base 32, to type by hand.
    pub secret: Secret<String>,
    /// The `otpauth://` address, for the QR code.
    pub url: Secret<String>,
}

/// Where the secret of a user stands.
pub(crate) fn place(user: &str) -> Place<'_> {
    Place {
        table: "users",
        column: "totp_secret",
        row: user,
    }
}

/// Begins an enrolment with a new secret; one begun before is replaced. It
/// counts only after [`confirm_totp`].
///
/// # Errors
/// [`TOTP_ALREADY_ON`].
pub fn begin_totp(user: &mut User, ring: &KeyRing) -> Result<(), Fail> {
    if user.has_totp() {
        return Err(Fail::new(TOTP_ALREADY_ON));
    }
    let secret = Secret::new(random::bytes::<20>());
    let sealed = ring.seal(place(user.id.as_str()), secret.reveal())?;
    user.totp_secret = Some(sealed);
    Ok(())
}

/// What the device needs, while an enrolment waits for its first code; `None`
/// before and after. `issuer` is the site's name, shown by the device.
///
/// # Errors
/// When the key ring can't open the secret.
pub fn pending_totp(user: &User, ring: &KeyRing, issuer: &str) -> Result<Option<Enrolment>, Fail> {
    match &user.totp_secret {
        Some(sealed) if !user.has_totp() => {
            let secret = base_32(&open(user.id, ring, sealed)?);
            let url = Secret::new(format!(
                "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}",
                issuer = encoded(issuer),
                account = encoded(user.email().as_str()),
                secret = secret.reveal(),
            ));
            Ok(Some(Enrolment { secret, url }))
        }
        _ => Ok(None),
    }
}

/// Ends an enrolment with the first code of the device; from now on codes are
/// asked for.
///
/// # Errors
/// [`TOTP_NOT_STARTED`], [`TOTP_ALREADY_ON`], or [`TOTP_WRONG`] at `code`.
pub fn confirm_totp(
    user: &mut User,
    ring: &KeyRing,
    code: &Secret<String>,
    now: Timestamp,
) -> Result<(), Fail> {
    if user.has_totp() {
        return Err(Fail::new(TOTP_ALREADY_ON));
    }
    accept(user, ring, code, now, TOTP_NOT_STARTED)?;
    user.totp_since = Some(now);
    Ok(())
}

/// Accepts a code of the current 30 seconds, or of those before and after. Save
/// the user in the same transaction: only that makes a code work once.
///
/// # Errors
/// [`TOTP_OFF`], or [`TOTP_WRONG`] at `code`.
pub fn check_totp(
    user: &mut User,
    ring: &KeyRing,
    code: &Secret<String>,
    now: Timestamp,
) -> Result<(), Fail> {
    if !user.has_totp() {
        return Err(Fail::new(TOTP_OFF));
    }
    accept(user, ring, code, now, TOTP_OFF)
}

fn accept(
    user: &mut User,
    ring: &KeyRing,
    code: &Secret<String>,
    now: Timestamp,
    without_secret: kernel::Code,
) -> Result<(), Fail> {
    let sealed = user.totp_secret.as_ref().ok_or(without_secret)?;
    let generator = generator(&open(user.id, ring, sealed)?)?;
    // Devices show "123 456"; people type it so.
    let digits: Secret<String> = Secret::new(
        code.reveal()
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect(),
    );
    let seconds = now.seconds().max(0).unsigned_abs();
    let step = generator
        .check(digits.reveal(), seconds)
        .and_then(|step| i64::try_from(step).ok());
    match step {
        Some(step) if step > user.totp_last_step => {
            user.totp_last_step = step;
            Ok(())
        }
        _ => Err(Fail::field("code", TOTP_WRONG)),
    }
}

fn open(user: UserId, ring: &KeyRing, sealed: &Sealed) -> Result<Secret<Vec<u8>>, Fail> {
    Ok(ring.open(place(user.as_str()), sealed)?)
}

/// Six digits, 30 seconds, one step of leeway: what every device assumes.
fn generator(secret: &Secret<Vec<u8>>) -> Result<Totp, Fail> {
    Builder::new()
        .with_secret(secret.reveal().clone())
        .build()
        .map_err(|error| Fail::bug(error.to_string()))
}

fn base_32(secret: &Secret<Vec<u8>>) -> Secret<String> {
    Secret::new(totp_rs::Secret::from(secret.reveal().clone()).to_base32())
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use kernel::field::Fields;

    use super::*;
    use crate::user::{Person, PersonForm};

    const NOW: Timestamp = Timestamp::from_seconds(1_772_442_000);

    fn user() -> User {
        let form = PersonForm {
            email: "buyer@shop.example",
            name: "Buyer",
            country: "DE",
            language: "en",
            mobile: "",
        };
        User::register(Person::check(&mut Fields::new(), &form).unwrap(), None, NOW)
    }

    fn code_of(user: &User, ring: &KeyRing, at: Timestamp) -> Secret<String> {
        let secret = open(user.id, ring, user.totp_secret.as_ref().unwrap()).unwrap();
        let code = generator(&secret)
            .unwrap()
            .generate(at.seconds().unsigned_abs());
        Secret::new(code.to_string())
    }

    fn enrolled(ring: &KeyRing) -> User {
        let mut user = user();
        begin_totp(&mut user, ring).unwrap();
        let code = code_of(&user, ring, NOW);
        confirm_totp(&mut user, ring, &code, NOW).unwrap();
        user
    }

    #[test]
    fn an_enrolment_counts_only_after_its_first_code() {
        let (ring, mut user) = (KeyRing::generate(), user());
        begin_totp(&mut user, &ring).unwrap();
        assert!(!user.has_totp());
        let wrong = confirm_totp(&mut user, &ring, &"000000x".into(), NOW).unwrap_err();
        assert_eq!(wrong.field_errors()[0].code, TOTP_WRONG);
        let code = code_of(&user, &ring, NOW);
        confirm_totp(&mut user, &ring, &code, NOW).unwrap();
        assert!(user.has_totp());
        assert!(pending_totp(&user, &ring, "Shop").unwrap().is_none());
        assert!(
            begin_totp(&mut user, &ring)
                .unwrap_err()
                .is(TOTP_ALREADY_ON)
        );
    }

    #[test]
    fn a_code_works_once() {
        let ring = KeyRing::generate();
        let mut user = enrolled(&ring);
        let later = NOW.plus_seconds(60);
        let code = code_of(&user, &ring, later);
        assert!(check_totp(&mut user, &ring, &code, later).is_ok());
        assert!(check_totp(&mut user, &ring, &code, later).is_err());
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_no_further() {
        let ring = KeyRing::generate();
        for (ahead, taken) in [(-60, false), (-30, true), (30, true), (60, false)] {
            let mut user = enrolled(&ring);
            let later = NOW.plus_seconds(600);
            let code = code_of(&user, &ring, later.plus_seconds(ahead));
            assert_eq!(
                check_totp(&mut user, &ring, &code, later).is_ok(),
                taken,
                "{ahead}"
            );
        }
    }

    #[test]
    fn a_code_seen_before_does_not_work_after_enrolling_again() {
        let ring = KeyRing::generate();
        let mut user = enrolled(&ring);
        user.turn_totp_off();
        assert!(
            check_totp(&mut user, &ring, &"123456".into(), NOW)
                .unwrap_err()
                .is(TOTP_OFF)
        );
        begin_totp(&mut user, &ring).unwrap();
        let code = code_of(&user, &ring, NOW);
        assert!(confirm_totp(&mut user, &ring, &code, NOW).is_err());
    }

    #[test]
    fn the_device_gets_an_address_that_names_site_and_account() {
        let (ring, mut user) = (KeyRing::generate(), user());
        begin_totp(&mut user, &ring).unwrap();
        let enrolment = pending_totp(&user, &ring, "Koo Gallery").unwrap().unwrap();
        let url = enrolment.url.reveal();
        assert!(url.starts_with("otpauth://totp/Koo%20Gallery:buyer%40shop.example?secret="));
        assert!(url.contains(enrolment.secret.reveal()));
        assert!(!format!("{enrolment:?}").contains(enrolment.secret.reveal()));
    }
}
