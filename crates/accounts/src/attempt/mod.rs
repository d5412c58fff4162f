//! Counted attempts: sign-ins, codes, mails, reveals. Counted in the database,
//! so that several servers count together and a restart forgets nothing.
//!
//! Invariants:
//! - an attempt is a row that is only added, and goes when its window is over;
//! - the count and the new row stand in one serialisable transaction, so a
//!   burst of parallel attempts isn't let through.
//!
//! An attempt must stay when what was attempted fails. So commit [`allow`]
//! first, in a transaction of its own, and act afterwards; an `Err` of the act
//! in the same transaction would take the attempt back.

mod store;

pub use store::{Limit, TOO_MANY_ATTEMPTS, allow, clear, sweep};

kernel::names! {
    /// What is counted.
    pub enum Action {
        /// Sign-in to one account; subject: the address in lower case.
        SignIn = "sign_in",
        /// Sign-in from one network address; subject: that address.
        SignInFrom = "sign_in_from",
        /// Sign-up from one network address.
        SignUpFrom = "sign_up_from",
        /// Code of two-step verification; subject: the person's id.
        Totp = "totp",
        /// Proof of identity asked again; subject: the person's id.
        StepUp = "step_up",
        /// Mail that confirms an address; subject: the address in lower case.
        VerifyMail = "verify_mail",
        /// Mail that resets a password; subject: the address in lower case.
        ResetMail = "reset_mail",
        /// Invitation; subject: the address in lower case.
        InviteMail = "invite_mail",
        /// Reveal of an application's password; subject: the person's id.
        RevealPassword = "reveal_password",
        /// Reveal of a seller's key; subject: the person's id.
        RevealKey = "reveal_key",
        /// Answer to a help page from one network address.
        FeedbackFrom = "feedback_from",
    }
}
