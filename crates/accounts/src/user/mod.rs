//! A person who can sign in.
//!
//! Invariants:
//! - an e-mail address belongs to one user, whatever its letter case;
//! - the password is kept as an argon2id hash, the secret of two-step
//!   verification sealed by the key ring;
//! - a code of two-step verification works once: the step it belongs to is kept;
//! - a change of the password ends every other session and every mailed link
//!   that could set a password, in the same transaction.
//!
//! Changed by the person, by a reset link mailed to the person, and by an
//! operator who takes two-step verification away from somebody locked out.
//!
//! Hashing takes tens of milliseconds on purpose. [`hash_password`] and
//! [`verify_password`] are pure and belong on a blocking thread, never into a
//! transaction; [`User::confirm_password_unchanged`] closes the gap between.

mod email;
mod model;
mod password;
mod steps;
mod store;
mod totp;

pub use email::{EMAIL_INVALID, Email};
pub use model::{EMAIL_NOT_VERIFIED, Language, MOBILE_INVALID, Person, PersonForm, User};
pub use password::{
    PASSWORD_LIKE_ACCOUNT, PASSWORD_TOO_COMMON, check_password, hash_password, verify_password,
};
pub use steps::change_password;
pub use store::{EMAIL_TAKEN, find, find_by_email, insert, load, save};
pub use totp::{
    Enrolment, TOTP_ALREADY_ON, TOTP_NOT_STARTED, TOTP_OFF, TOTP_WRONG, begin_totp, check_totp,
    confirm_totp, pending_totp,
};

pub(crate) use totp::place as totp_place;
