//! What people keep about themselves.

use accounts::actor::Signed;
use accounts::user::{self, Language, User};
use kernel::prelude::*;

use super::common::Oneself;
use crate::App;

/// What the page of the own account sends.
#[derive(Debug, Clone)]
pub struct ProfileForm {
    /// Name.
    pub name: String,
    /// Stored name of the language.
    pub language: String,
    /// Mobile number, or empty.
    pub mobile: String,
}

impl App {
    /// The signed-in person's account, for its page.
    ///
    /// # Errors
    /// The database's.
    pub async fn own_account(&self, signed: &Signed) -> Result<User, Fail> {
        let id = signed.user();
        self.db.read(move |tx| user::load(tx, id)).await
    }

    /// Changes name, language and mobile number.
    ///
    /// # Errors
    /// Trouble at `name`, `language` and `mobile`.
    pub async fn edit_profile(&self, signed: &Signed, form: ProfileForm) -> Result<(), Fail> {
        let (oneself, now) = (Oneself::from(signed), self.now());
        self.step(move |tx| {
            let mut user = user::load(tx, oneself.user)?;
            user.edit(&form.name, &form.language, &form.mobile)?;
            user::save(tx, &mut user)?;
            oneself.record(tx, "editProfile", now)
        })
        .await
    }

    /// Remembers the language that the person chose, for pages and mails.
    ///
    /// # Errors
    /// The database's.
    pub async fn prefer_language(&self, signed: &Signed, language: Language) -> Result<(), Fail> {
        let id = signed.user();
        self.step(move |tx| {
            let mut user = user::load(tx, id)?;
            let (name, mobile) = (user.name().to_owned(), user.mobile().to_owned());
            user.edit(&name, language.name(), &mobile)?;
            user::save(tx, &mut user)
        })
        .await
    }
}
