//! The user as the database holds it.

use kernel::crypt::Sealed;
use kernel::fail::{FIELD_REQUIRED, FIELD_UNKNOWN_CHOICE};
use kernel::field::Fields;
use kernel::id::UserId;
use kernel::{Fail, Secret, Timestamp, codes};

use super::Email;
use crate::Country;

codes! {
    /// The e-mail address hasn't been confirmed yet.
    Forbidden EMAIL_NOT_VERIFIED = "email-not-verified";
    /// Not a telephone number.
    Invalid MOBILE_INVALID = "mobile-invalid";
}

/// Characters of a person's name at most.
const MAX_NAME: usize = 100;
/// Characters of a mobile number at most.
const MAX_MOBILE: usize = 24;

kernel::names! {
    /// The language in which a person is addressed.
    pub enum Language {
        /// English.
        En = "en",
        /// Simplified Chinese.
        Zh = "zh",
    }
}

/// What a person types about themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct PersonForm<'a> {
    /// E-mail address.
    pub email: &'a str,
    /// Name.
    pub name: &'a str,
    /// Two letters of the country.
    pub country: &'a str,
    /// Stored name of the language.
    pub language: &'a str,
    /// Mobile number, or empty.
    pub mobile: &'a str,
}

/// A checked [`PersonForm`].
#[derive(Debug, Clone)]
pub struct Person {
    pub(super) email: Email,
    pub(super) name: String,
    pub(super) country: Country,
    pub(super) language: Language,
    pub(super) mobile: String,
}

impl Person {
    /// Checks a form; trouble is noted at `email`, `name`, `country`,
    /// `language` and `mobile`, so that a flow can check its other fields with
    /// the same collector. `None` when there was any.
    pub fn check(fields: &mut Fields, form: &PersonForm<'_>) -> Option<Self> {
        let email = if form.email.trim().is_empty() {
            fields.reject("email", FIELD_REQUIRED);
            None
        } else {
            fields.absorb(Email::parse("email", form.email))
        };
        let name = check_name(fields, form.name);
        let country = Country::parse(form.country);
        if country.is_none() {
            fields.reject("country", FIELD_UNKNOWN_CHOICE);
        }
        let language = check_language(fields, form.language);
        let mobile = check_mobile(fields, form.mobile);
        Some(Self {
            email: email?,
            name: name?,
            country: country?,
            language: language?,
            mobile: mobile?,
        })
    }

    /// The address, for example to look whether it has an account.
    #[must_use]
    pub const fn email(&self) -> &Email {
        &self.email
    }
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The country, which the person's first organisation takes over.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }
    /// The language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }
}

/// A user.
#[derive(Debug, Clone)]
pub struct User {
    pub(super) id: UserId,
    pub(super) person: Person,
    pub(super) password_hash: Option<Secret<String>>,
    pub(super) password_changed_at: Timestamp,
    pub(super) totp_secret: Option<Sealed>,
    pub(super) totp_since: Option<Timestamp>,
    pub(super) totp_last_step: i64,
    pub(super) email_verified_at: Option<Timestamp>,
    pub(super) version: i64,
    pub(super) created_at: Timestamp,
}

impl User {
    /// A new user whose address isn't confirmed yet. Without a hash nobody can
    /// sign in until a mailed link sets a password.
    #[must_use]
    pub fn register(person: Person, password_hash: Option<Secret<String>>, now: Timestamp) -> Self {
        Self {
            id: UserId::fresh(now),
            person,
            password_hash,
            password_changed_at: now,
            totp_secret: None,
            totp_since: None,
            totp_last_step: 0,
            email_verified_at: None,
            version: 0,
            created_at: now,
        }
    }

    /// Id.
    #[must_use]
    pub const fn id(&self) -> UserId {
        self.id
    }
    /// E-mail address.
    #[must_use]
    pub const fn email(&self) -> &Email {
        &self.person.email
    }
    /// Name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.person.name
    }
    /// Country of registration; it never changes, since sales regions go by it.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.person.country
    }
    /// Language for pages and mails.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.person.language
    }
    /// Mobile number, or empty.
    #[must_use]
    pub fn mobile(&self) -> &str {
        &self.person.mobile
    }
    /// The stored hash, for [`verify_password`](super::verify_password).
    #[must_use]
    pub fn password_hash(&self) -> Option<&Secret<String>> {
        self.password_hash.as_ref()
    }
    /// When the password was set.
    #[must_use]
    pub const fn password_changed_at(&self) -> Timestamp {
        self.password_changed_at
    }
    /// Whether two-step verification is on; an enrolment that was begun and
    /// not confirmed doesn't count.
    #[must_use]
    pub const fn has_totp(&self) -> bool {
        self.totp_since.is_some()
    }
    /// When the address was confirmed.
    #[must_use]
    pub const fn email_verified_at(&self) -> Option<Timestamp> {
        self.email_verified_at
    }
    /// When the account was made.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// Notes that the person can read mail at the address; a second time
    /// changes nothing.
    pub fn verify_email(&mut self, now: Timestamp) {
        self.email_verified_at.get_or_insert(now);
    }

    /// Refuses a sign-in before the address is confirmed. Ask only after the
    /// password was right, or strangers learn which addresses have accounts.
    ///
    /// # Errors
    /// [`EMAIL_NOT_VERIFIED`].
    pub fn require_verified(&self) -> Result<(), Fail> {
        match self.email_verified_at {
            Some(_) => Ok(()),
            None => Err(Fail::new(EMAIL_NOT_VERIFIED)),
        }
    }

    /// A password is verified outside of the transaction that acts on it. This
    /// refuses when it was changed in between.
    ///
    /// # Errors
    /// [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE) when `verified`
    /// isn't the stored hash any more.
    pub fn confirm_password_unchanged(&self, verified: &Secret<String>) -> Result<(), Fail> {
        match &self.password_hash {
            Some(stored) if stored.reveal() == verified.reveal() => Ok(()),
            _ => Err(Fail::new(kernel::fail::CHANGED_MEANWHILE)),
        }
    }

    /// Takes over what a person may change about themselves: name, language
    /// and mobile number.
    ///
    /// # Errors
    /// Trouble at `name`, `language` and `mobile`.
    pub fn edit(&mut self, name: &str, language: &str, mobile: &str) -> Result<(), Fail> {
        let mut fields = Fields::new();
        let name = check_name(&mut fields, name);
        let language = check_language(&mut fields, language);
        let mobile = check_mobile(&mut fields, mobile);
        fields.check()?;
        if let (Some(name), Some(language), Some(mobile)) = (name, language, mobile) {
            self.person.name = name;
            self.person.language = language;
            self.person.mobile = mobile;
        }
        Ok(())
    }

    /// Turns two-step verification off: by the person after a fresh proof of
    /// identity, or by an operator for somebody locked out.
    pub fn turn_totp_off(&mut self) {
        self.totp_secret = None;
        self.totp_since = None;
        // The last step stays: a code seen before must not work after turning it on again.
    }

    pub(super) fn set_password(&mut self, hash: Secret<String>, now: Timestamp) {
        self.password_hash = Some(hash);
        self.password_changed_at = now;
    }
}

fn check_name(fields: &mut Fields, text: &str) -> Option<String> {
    // A name stands in the subject and greeting of mails: one line.
    let name = fields.required("name", &text.replace(['\n', '\t'], " "), MAX_NAME);
    (!fields.has("name")).then_some(name)
}

fn check_language(fields: &mut Fields, text: &str) -> Option<Language> {
    let language = Language::from_name(text);
    if language.is_none() {
        fields.reject("language", FIELD_UNKNOWN_CHOICE);
    }
    language
}

fn check_mobile(fields: &mut Fields, text: &str) -> Option<String> {
    let mobile = fields.optional("mobile", text, MAX_MOBILE);
    let digits = mobile.bytes().filter(u8::is_ascii_digit).count();
    let rest = mobile.strip_prefix('+').unwrap_or(&mobile);
    let well_formed = rest
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b" -()".contains(&byte));
    if !mobile.is_empty() && (!well_formed || !(5..=15).contains(&digits)) && !fields.has("mobile")
    {
        fields.reject("mobile", MOBILE_INVALID);
    }
    (!fields.has("mobile")).then_some(mobile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_of_a_form_is_told_at_once() {
        let mut fields = Fields::new();
        let form = PersonForm {
            email: "nobody",
            name: " ",
            country: "XX",
            language: "tlh",
            mobile: "call me",
        };
        assert!(Person::check(&mut fields, &form).is_none());
        for field in ["email", "name", "country", "language", "mobile"] {
            assert!(fields.has(field), "{field}");
        }
    }

    #[test]
    fn a_mobile_number_may_be_left_out_or_written_with_spaces() {
        for good in ["", "+86 138 0013 8000", "(030) 123-456"] {
            assert!(check_mobile(&mut Fields::new(), good).is_some(), "{good}");
        }
        for bad in ["12", "+", "1+23456", "123456x", "1234567890123456"] {
            assert!(check_mobile(&mut Fields::new(), bad).is_none(), "{bad}");
        }
    }
}
