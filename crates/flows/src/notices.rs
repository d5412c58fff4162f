//! `Message Center`: the messages that a person got on the site.

use accounts::actor::Signed;
use kernel::page::{Page, PageRequest};
use kernel::prelude::*;
use support::notice::{self, Notice, NoticeId};

use crate::App;

impl App {
    /// The person's messages, newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn notices(
        &self,
        reader: &Signed,
        request: PageRequest,
    ) -> Result<Page<Notice>, Fail> {
        let reader = reader.user();
        self.db
            .read(move |tx| notice::store::list_for_user(tx, reader, &request))
            .await
    }

    /// How many messages the person hasn't read.
    ///
    /// # Errors
    /// The database's.
    pub async fn unread_notices(&self, reader: &Signed) -> Result<i64, Fail> {
        let reader = reader.user();
        self.db
            .read(move |tx| notice::store::unread_count(tx, reader))
            .await
    }

    /// Marks a message as read; the message, whose link leads on.
    ///
    /// # Errors
    /// Not found, also for another person's.
    pub async fn read_notice(&self, reader: &Signed, id: NoticeId) -> Result<Notice, Fail> {
        let (reader, now) = (reader.user(), self.now());
        self.step(move |tx| {
            let found = notice::store::find_for_user(tx, reader, id)?;
            notice::store::mark_read(tx, reader, id, now)?;
            Ok(found)
        })
        .await
    }

    /// Marks all of the person's messages as read.
    ///
    /// # Errors
    /// The database's.
    pub async fn read_all_notices(&self, reader: &Signed) -> Result<(), Fail> {
        let (reader, now) = (reader.user(), self.now());
        self.step(move |tx| notice::store::mark_all_read(tx, reader, now).map(|_| ()))
            .await
    }
}
