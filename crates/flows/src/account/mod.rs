//! Accounts: from signing up to helping somebody who is locked out.
//!
//! What holds everywhere here:
//! - no answer tells a stranger which addresses have accounts, nor does the time
//!   that it takes: a password is hashed or compared in any case, outside of
//!   transactions, and mails are decided on in the background;
//! - an attempt at a secret is counted, and the count committed, before it is made;
//! - a token that opens something stands in a cookie or in a mail; the database
//!   and its tasks never hold it.

mod common;
mod invitation;
mod members;
mod operator;
mod password;
mod profile;
mod session;
mod sign_in;
mod sign_up;
mod two_step;

pub use common::{NewcomerForm, PASSWORD_WRONG};
pub use invitation::{INVITATION_NOT_YOURS, Invitation};
pub(crate) use members::end_invitations;
pub use members::{Manager, MemberList, TOO_MANY_INVITATIONS};
pub use profile::ProfileForm;
pub use sign_in::{SIGN_IN_REFUSED, SignInOutcome};
pub use sign_up::SignUpForm;
pub use two_step::Proof;
