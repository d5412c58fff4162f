//! The seller's profile.

use kernel::fail::FIELD_REQUIRED;
use kernel::field::Fields;
use kernel::id::OrganisationId;
use kernel::{Fail, codes};

use crate::user::Email;

codes! {
    /// The name for URLs isn't made of lower-case letters, digits and hyphens.
    Invalid SLUG_INVALID = "slug-invalid";
}

const MAX_SLUG: usize = 60;
const MAX_NAME: usize = 100;
const MAX_HOTLINE: usize = 50;
const MAX_HOURS: usize = 200;
const MAX_ABOUT: usize = 4_000;

/// What a seller types about itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProfileForm<'a> {
    /// Name in URLs: lower-case letters, digits, hyphens.
    pub slug: &'a str,
    /// Name shown.
    pub name: &'a str,
    /// Name shown on Chinese pages; the other one when empty.
    pub name_zh: &'a str,
    /// Telephone number of the after-sales service.
    pub hotline: &'a str,
    /// Address of the after-sales service.
    pub email: &'a str,
    /// When the service answers, with the time zone.
    pub support_hours: &'a str,
    /// About the seller, or empty.
    pub about: &'a str,
}

/// A seller's profile.
#[derive(Debug, Clone)]
pub struct SellerProfile {
    pub(super) organisation: OrganisationId,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) name_zh: String,
    pub(super) hotline: String,
    pub(super) email: String,
    pub(super) support_hours: String,
    pub(super) about: String,
    pub(super) version: i64,
}

impl SellerProfile {
    /// A new profile.
    ///
    /// # Errors
    /// Trouble per field of the form.
    pub fn new(organisation: OrganisationId, form: &ProfileForm<'_>) -> Result<Self, Fail> {
        let mut fields = Fields::new();
        let profile = Self {
            organisation,
            slug: checked_slug(&mut fields, form.slug),
            name: fields.required("name", form.name, MAX_NAME),
            name_zh: fields.optional("name_zh", form.name_zh, MAX_NAME),
            hotline: fields.required("hotline", form.hotline, MAX_HOTLINE),
            email: checked_email(&mut fields, form.email),
            support_hours: fields.required("support_hours", form.support_hours, MAX_HOURS),
            about: fields.optional("about", form.about, MAX_ABOUT),
            version: 0,
        };
        fields.check()?;
        Ok(profile)
    }

    /// Takes over a changed form.
    ///
    /// # Errors
    /// As [`SellerProfile::new`]; nothing is changed then.
    pub fn edit(&mut self, form: &ProfileForm<'_>) -> Result<(), Fail> {
        let version = self.version;
        *self = Self::new(self.organisation, form)?;
        self.version = version;
        Ok(())
    }

    /// The seller.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }
    /// Name in URLs.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }
    /// Name shown.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Name for Chinese pages, which falls back to the other one.
    #[must_use]
    pub fn name_zh(&self) -> &str {
        if self.name_zh.is_empty() {
            &self.name
        } else {
            &self.name_zh
        }
    }
    /// Telephone number of the after-sales service.
    #[must_use]
    pub fn hotline(&self) -> &str {
        &self.hotline
    }
    /// Address of the after-sales service.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.email
    }
    /// When the service answers.
    #[must_use]
    pub fn support_hours(&self) -> &str {
        &self.support_hours
    }
    /// About the seller, or empty.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }
}

fn checked_slug(fields: &mut Fields, text: &str) -> String {
    let slug = fields.required("slug", text, MAX_SLUG);
    let well_formed = slug.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    if !well_formed && !fields.has("slug") {
        fields.reject("slug", SLUG_INVALID);
    }
    slug
}

fn checked_email(fields: &mut Fields, text: &str) -> String {
    if text.trim().is_empty() {
        fields.reject("email", FIELD_REQUIRED);
        return String::new();
    }
    fields
        .absorb(Email::parse("email", text))
        .map(|email| email.as_str().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;

    use super::*;

    #[test]
    fn a_profile_without_contact_data_is_refused_field_by_field() {
        let organisation = OrganisationId::fresh(Timestamp::ZERO);
        let form = ProfileForm {
            slug: "Not A Slug",
            ..ProfileForm::default()
        };
        let fail = SellerProfile::new(organisation, &form).unwrap_err();
        let fields: Vec<&str> = fail
            .field_errors()
            .iter()
            .map(|e| e.field.as_str())
            .collect();
        assert_eq!(
            fields,
            ["slug", "name", "hotline", "email", "support_hours"]
        );
    }
}
