//! E-mail addresses.

use kernel::{Fail, codes};

codes! {
    /// Not an e-mail address that mail can be sent to.
    Invalid EMAIL_INVALID = "email-invalid";
}

/// Characters of an address at most (RFC 5321).
const MAX: usize = 254;
/// Characters before the `@` at most.
const MAX_LOCAL: usize = 64;

/// An e-mail address: as the person writes it, and its lower-case twin, by
/// which it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    shown: String,
    lower: String,
}

impl Email {
    /// Checks an address. Quoted forms, comments and characters outside ASCII
    /// are refused: hardly any mail server takes them.
    ///
    /// # Errors
    /// [`EMAIL_INVALID`] at the named field.
    pub fn parse(field: &str, text: &str) -> Result<Self, Fail> {
        let text = text.trim();
        if is_address(text) {
            Ok(Self {
                shown: text.to_owned(),
                lower: text.to_ascii_lowercase(),
            })
        } else {
            Err(Fail::field(field, EMAIL_INVALID))
        }
    }

    /// As the person writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }
    /// In lower case, by which it is unique and counted.
    #[must_use]
    pub fn lower(&self) -> &str {
        &self.lower
    }
    /// What stands before the `@`, in lower case.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.lower.split('@').next().unwrap_or_default()
    }

    /// As it was stored.
    pub(super) const fn stored(shown: String, lower: String) -> Self {
        Self { shown, lower }
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    text.len() <= MAX && local.len() <= MAX_LOCAL && is_local(local) && is_domain(domain)
}

fn is_local(local: &str) -> bool {
    let dots_well_placed = local.split('.').all(|part| !part.is_empty());
    dots_well_placed
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte))
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_as_written_and_found_in_lower_case() {
        let email = Email::parse("email", " Buyer.One+test@Shop.Example ").unwrap();
        assert_eq!(email.as_str(), "Buyer.One+test@Shop.Example");
        assert_eq!(email.lower(), "buyer.one+test@shop.example");
        assert_eq!(email.local_part(), "buyer.one+test");
    }

    #[test]
    fn what_no_mail_can_reach_is_refused() {
        let long = format!("{}@shop.example", "a".repeat(65));
        for bad in [
            "",
            "a",
            "@shop.example",
            "a@",
            "a@b@c.example",
            "a b@shop.example",
            "a..b@shop.example",
            ".a@shop.example",
            "a@shop",
            "a@-shop.example",
            "a@shop..example",
            "a@shop.example\r\nBcc: b@shop.example",
            "<a@shop.example>",
            &long,
        ] {
            assert!(Email::parse("email", bad).is_err(), "{bad}");
        }
    }
}
