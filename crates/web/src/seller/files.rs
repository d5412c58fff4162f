//! Files of the seller's supervised deliveries, as downloads.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::id::FileId;
use kernel::prelude::*;

use crate::Site;
use crate::buyer::files::attachment;
use crate::page::Answer;
use crate::routes::{Audience, Routes};
use crate::visitor::Seller;

/// Under which the files stand.
pub(super) const PATH: &str = "/seller/files";

pub(super) fn routes() -> Routes {
    Routes::new().get("/seller/files/{file}", Audience::Seller, download)
}

async fn download(
    State(site): State<Site>,
    Seller(seller): Seller,
    Path(file): Path<String>,
) -> Answer {
    let id = FileId::parse(&file).ok_or_else(Fail::not_found)?;
    Ok(attachment(site.app.download_for_seller(&seller, id).await?).into_response())
}
