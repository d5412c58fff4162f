//! Access data of an application. It is a secret as a whole: sealed in the
//! row, shown without the password, and revealed only by an audited act.

use kernel::crypt::{KeyRing, Place, Sealed};
use kernel::field::Fields;
use kernel::id::InstanceId;
use kernel::{Fail, Secret};
use serde::{Deserialize, Serialize};

use super::Instance;
use super::ops::APP_ADDRESS_UNUSABLE;

/// What the seller tells a buyer to log in with (`AppInfo`, access guide 5.6).
#[derive(Debug, Clone)]
pub struct AppInfo {
    /// Address that the customer opens.
    pub front_end_url: String,
    /// Address of the management console; empty when there is none.
    pub admin_url: String,
    /// Administrator's account; empty when there is none.
    pub user_name: String,
    /// Initial password; empty when there is none.
    pub password: Secret<String>,
    /// Free text; empty when there is none.
    pub memo: String,
    /// Address of the product guide, when the seller gives one.
    pub guide: Option<String>,
}

/// Access data as a page may show it: everything but the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownInfo {
    /// Address that the customer opens.
    pub front_end_url: String,
    /// Address of the management console; empty when there is none.
    pub admin_url: String,
    /// Administrator's account; empty when there is none.
    pub user_name: String,
    /// Whether there is a password to reveal.
    pub has_password: bool,
    /// Free text; empty when there is none.
    pub memo: String,
    /// Address of the product guide, when the seller gives one.
    pub guide: Option<String>,
}

#[derive(Serialize)]
struct Stored<'a> {
    front_end_url: &'a str,
    admin_url: &'a str,
    user_name: &'a str,
    password: &'a str,
    memo: &'a str,
    guide: Option<&'a str>,
}

impl AppInfo {
    /// Refuses addresses that a page couldn't offer as a link: they come from
    /// a stranger's server, and only `http` and `https` are harmless there.
    ///
    /// # Errors
    /// [`APP_ADDRESS_UNUSABLE`] at the field.
    pub fn check(&self) -> Result<(), Fail> {
        let mut fields = Fields::new();
        if !is_web_address(&self.front_end_url) {
            fields.reject("front_end_url", APP_ADDRESS_UNUSABLE);
        }
        if !self.admin_url.is_empty() && !is_web_address(&self.admin_url) {
            fields.reject("admin_url", APP_ADDRESS_UNUSABLE);
        }
        if self
            .guide
            .as_deref()
            .is_some_and(|guide| !is_web_address(guide))
        {
            fields.reject("guide", APP_ADDRESS_UNUSABLE);
        }
        fields.check()
    }

    /// Checks and encrypts, bound to the instance's row.
    ///
    /// # Errors
    /// As [`AppInfo::check`]; a bug when the key ring is empty.
    pub fn seal(&self, ring: &KeyRing, instance: InstanceId) -> Result<Sealed, Fail> {
        self.check()?;
        let stored = Stored {
            front_end_url: &self.front_end_url,
            admin_url: &self.admin_url,
            user_name: &self.user_name,
            password: self.password.reveal(),
            memo: &self.memo,
            guide: self.guide.as_deref(),
        };
        let text = Secret::new(serde_json::to_string(&stored).map_err(Fail::bug)?);
        Ok(ring.seal_text(place(&instance), &text)?)
    }

    /// The password, for the audited act that shows it.
    #[must_use]
    pub fn into_password(self) -> Secret<String> {
        self.password
    }

    fn shown(&self) -> ShownInfo {
        ShownInfo {
            front_end_url: self.front_end_url.clone(),
            admin_url: self.admin_url.clone(),
            user_name: self.user_name.clone(),
            has_password: !self.password.reveal().is_empty(),
            memo: self.memo.clone(),
            guide: self.guide.clone(),
        }
    }
}

impl Instance {
    /// The access data without the password; `None` when none is known.
    ///
    /// # Errors
    /// A bug when the ring can't open it.
    pub fn shown_info(&self, ring: &KeyRing) -> Result<Option<ShownInfo>, Fail> {
        Ok(self.open_info(ring)?.map(|info| info.shown()))
    }

    /// The access data with the password. Whoever calls this audits it.
    ///
    /// # Errors
    /// A bug when the ring can't open it.
    pub fn revealed_info(&self, ring: &KeyRing) -> Result<Option<AppInfo>, Fail> {
        self.open_info(ring)
    }

    fn open_info(&self, ring: &KeyRing) -> Result<Option<AppInfo>, Fail> {
        let Some(sealed) = &self.info else {
            return Ok(None);
        };
        let text = ring.open(place(&self.id), sealed)?;
        serde_json::from_slice::<Opened>(text.reveal())
            .map(|opened| Some(opened.into_info()))
            // The message of the parser could quote the secret.
            .map_err(|_| Fail::bug("stored access data isn't in its form"))
    }
}

/// [`Stored`] as it is read back; JSON escapes make borrowing impossible.
#[derive(Deserialize)]
struct Opened {
    front_end_url: String,
    admin_url: String,
    user_name: String,
    password: String,
    memo: String,
    guide: Option<String>,
}

impl Opened {
    fn into_info(self) -> AppInfo {
        AppInfo {
            front_end_url: self.front_end_url,
            admin_url: self.admin_url,
            user_name: self.user_name,
            password: Secret::new(self.password),
            memo: self.memo,
            guide: self.guide,
        }
    }
}

/// Where the access data of an instance stands.
pub(super) fn place(instance: &InstanceId) -> Place<'_> {
    Place {
        table: "instance",
        column: "info",
        row: instance.as_str(),
    }
}

fn is_web_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(front_end_url: &str) -> AppInfo {
        AppInfo {
            front_end_url: front_end_url.to_owned(),
            admin_url: String::new(),
            user_name: "admin".to_owned(),
            password: "hush".into(),
            memo: String::new(),
            guide: None,
        }
    }

    #[test]
    fn an_address_that_is_no_web_link_is_refused_at_its_field() {
        for bad in [
            "javascript:alert(1)",
            "",
            "https://",
            "http:///x",
            "https://a b",
        ] {
            let fail = info(bad).check().unwrap_err();
            assert_eq!(fail.field_errors()[0].field, "front_end_url", "{bad}");
        }
        assert!(info("http://seller.localhost:8081/app").check().is_ok());
    }

    #[test]
    fn printing_access_data_shows_no_password() {
        assert!(!format!("{:?}", info("https://a.example")).contains("hush"));
    }
}
