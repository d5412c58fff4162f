//! Mail that stays here.

use std::sync::{Arc, Mutex};

use futures::future::{BoxFuture, FutureExt as _};
use gateway::mail::{Mail, MailError, Mailer};

/// Everything that was mailed, oldest first. Cheap to clone.
#[derive(Clone, Default)]
pub struct Mails(Arc<Mutex<Vec<Mail>>>);

impl Mails {
    /// All mails to an address.
    #[must_use]
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let all = self.0.lock().unwrap();
        all.iter()
            .filter(|mail| mail.to == address)
            .cloned()
            .collect()
    }
}

impl Mailer for Mails {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), MailError>> {
        async move {
            self.0.lock().unwrap().push(mail.clone());
            Ok(())
        }
        .boxed()
    }
}
