//! Files of the buyer's supervised deliveries, as downloads: a file that a
//! stranger uploaded is never shown inside this site.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use flows::Download;
use kernel::id::FileId;
use kernel::prelude::*;

use crate::Site;
use crate::page::{Answer, encoded};
use crate::routes::{Audience, Routes};
use crate::visitor::Buyer;

pub(super) fn routes() -> Routes {
    Routes::new().get("/my/files/{file}", Audience::Buyer, download)
}

async fn download(
    State(site): State<Site>,
    Buyer(buyer): Buyer,
    Path(file): Path<String>,
) -> Answer {
    let id = FileId::parse(&file).ok_or_else(Fail::not_found)?;
    Ok(attachment(site.app.download_for_buyer(&buyer, id).await?).into_response())
}

/// A file as an answer that no browser shows or runs.
pub(crate) fn attachment(found: Download) -> impl IntoResponse {
    // The plain name is for clients that don't read the other form.
    let plain: String = found
        .file
        .name
        .chars()
        .map(|c| {
            if c.is_ascii() && !c.is_ascii_control() && c != '"' && c != '\\' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let disposition = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        encoded(&found.file.name)
    );
    let lines: [(HeaderName, &str); 5] = [
        (header::CONTENT_TYPE, &found.file.media_type),
        (header::CONTENT_DISPOSITION, &disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.insert(
            name,
            HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("attachment")),
        );
    }
    (headers, found.bytes)
}
