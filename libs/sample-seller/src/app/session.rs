//! Sessions: a cookie per instance, signed with a key that lives as long as the process.

use std::io;

use hmac::{Hmac, KeyInit, Mac};
use http::header::{COOKIE, HeaderMap};
use sha2::Sha256;

use crate::random;

pub(crate) struct Sessions {
    key: [u8; 64],
}

impl Sessions {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            key: random::bytes()?,
        })
    }

    /// Compares without telling by its duration where two texts differ.
    pub(crate) fn same(&self, left: &str, right: &str) -> bool {
        self.mac("compare", left)
            .verify_slice(&self.mac("compare", right).finalize().into_bytes())
            .is_ok()
    }

    /// `Set-Cookie` after the right password; `secure` for pages under https.
    pub(crate) fn cookie(&self, instance_id: &str, secure: bool) -> String {
        let (name, value) = (self.name(instance_id), self.value(instance_id));
        let secure = if secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}")
    }

    /// `Set-Cookie` that ends the session.
    pub(crate) fn no_cookie(&self, instance_id: &str) -> String {
        format!(
            "{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",
            self.name(instance_id)
        )
    }

    /// Whether the request comes from a session of this instance.
    pub(crate) fn has(&self, headers: &HeaderMap, instance_id: &str) -> bool {
        let wanted = self.name(instance_id);
        let cookies = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let mut pairs = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == wanted && self.same(value, &self.value(instance_id)))
    }

    /// Each instance has a cookie of its own, so that several can be used side by side.
    fn name(&self, instance_id: &str) -> String {
        let digest = hex::encode(self.mac("name", instance_id).finalize().into_bytes());
        format!("session_{}", digest.get(..16).unwrap_or_default())
    }

    fn value(&self, instance_id: &str) -> String {
        hex::encode(self.mac("session", instance_id).finalize().into_bytes())
    }

    fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new((&self.key).into());
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(text.as_bytes());
        mac
    }
}
