//! Files that were handed over in a supervision: both sides of the flow may
//! download them, nobody else; asked anew each time.

use accounts::actor::{BuyerActor, SellerActor};
use accounts::organisation::Right;
use gateway::files::ContentHash;
use kernel::id::FileId;
use kernel::prelude::*;
use supervision::record;
use support::file::{self, StoredFile};

use crate::App;

/// A file with its content.
#[derive(Debug, Clone)]
pub struct Download {
    /// Name, media type, size.
    pub file: StoredFile,
    /// Content.
    pub bytes: bytes::Bytes,
}

impl App {
    /// A file of one of the buyer's supervised deliveries.
    ///
    /// # Errors
    /// Not found, also for a stranger's; the file store's.
    pub async fn download_for_buyer(
        &self,
        buyer: &BuyerActor,
        id: FileId,
    ) -> Result<Download, Fail> {
        buyer.require(Right::BuyerRead)?;
        let organisation = buyer.organisation();
        let found = self
            .db
            .read(move |tx| {
                record::store::flow_of_file_for_buyer(tx, organisation, id)?;
                file::store::find_any(tx, id)
            })
            .await?;
        self.fetch(found).await
    }

    /// A file of one of the seller's supervised deliveries.
    ///
    /// # Errors
    /// As [`App::download_for_buyer`].
    pub async fn download_for_seller(
        &self,
        seller: &SellerActor,
        id: FileId,
    ) -> Result<Download, Fail> {
        seller.require(Right::SellerRead)?;
        let organisation = seller.organisation();
        let found = self
            .db
            .read(move |tx| {
                record::store::flow_of_file_for_seller(tx, organisation, id)?;
                file::store::find_any(tx, id)
            })
            .await?;
        self.fetch(found).await
    }

    async fn fetch(&self, file: StoredFile) -> Result<Download, Fail> {
        let hash = ContentHash::parse(&file.content_hash)
            .ok_or_else(|| Fail::bug("a file row has no content hash"))?;
        let limit_bytes = u64::try_from(file.size_bytes).unwrap_or(0);
        let bytes = self.files.get(&hash, limit_bytes).await?;
        Ok(Download { file, bytes })
    }
}
