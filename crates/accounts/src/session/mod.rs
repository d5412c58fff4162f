//! A session: who sits behind a browser.
//!
//! Invariants:
//! - the cookie holds a random token; the row is named by the token's SHA-256;
//! - a session ends by its own end, by idleness, by signing out, by signing out
//!   everywhere and by a change of the password;
//! - while two-step verification is owed, the session lives for minutes and
//!   opens nothing; when the code comes, it gets another token.
//!
//! Changed by its own person alone, and by an operator who ends all of them.
//! `actor` turns a session into somebody who may act.

mod model;
mod store;

pub use model::{Session, Visitor};
pub use store::{complete_totp, end, end_all, list, open, step_up, sweep, touch};

pub(crate) use store::{SessionUser, choose_buyer, choose_seller, find_with_user};
