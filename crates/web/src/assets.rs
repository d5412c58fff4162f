//! The bundled style sheets, scripts, icons and fonts, embedded in the binary and served under `/assets/`.
//!
//! The bundler gives each file a name with its content's hash and lists them in a manifest; so an address
//! never changes its content, may be kept for ever, and pages find it by the plain name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::RustEmbed;

/// The route that [`serve`] stands behind.
pub const ROUTE: &str = "/assets/{file}";

/// What the pages ask for; each has an address even when nothing was bundled, so pages render in every test.
const NAMES: [&str; 5] = ["app.css", "app.js", "htmx.js", "icons.svg", "favicon.svg"];

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Dist;

struct Manifest {
    /// plain name -> address on this server
    addresses: HashMap<String, String>,
    /// hashed file names that may be served
    files: Vec<String>,
}

fn manifest() -> &'static Manifest {
    static MANIFEST: OnceLock<Manifest> = OnceLock::new();
    MANIFEST.get_or_init(|| {
        let listed: HashMap<String, String> = Dist::get("manifest.json")
            .and_then(|file| serde_json::from_slice(&file.data).ok())
            .unwrap_or_default();
        let mut addresses: HashMap<String, String> = NAMES
            .iter()
            .map(|name| ((*name).to_owned(), format!("/assets/{name}")))
            .collect();
        addresses.extend(
            listed
                .iter()
                .map(|(name, file)| (name.clone(), format!("/assets/{file}"))),
        );
        Manifest {
            addresses,
            files: listed.into_values().collect(),
        }
    })
}

/// The address of a bundled file, such as `/assets/app-0f3a5c8be1.css` for `app.css`.
///
/// A name that nobody bundles answers an address that isn't found.
#[must_use]
pub fn asset_path(name: &str) -> &'static str {
    manifest()
        .addresses
        .get(name)
        .map_or("/assets/unknown", String::as_str)
}

/// Answers a bundled file: brotli where the browser takes it, kept for ever, never sniffed.
pub async fn serve(Path(file): Path<String>, request: HeaderMap) -> Response {
    if !manifest().files.contains(&file) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let packed = accepts_brotli(&request)
        .then(|| Dist::get(&format!("{file}.br")))
        .flatten();
    let encoding = packed.is_some().then_some("br");
    let Some(found) = packed.or_else(|| Dist::get(&file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let hash: String = found
        .metadata
        .sha256_hash()
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    answer(
        &file,
        found.data,
        &format!("\"{hash}\""),
        encoding,
        &request,
    )
}

fn answer(
    file: &str,
    data: Cow<'static, [u8]>,
    tag: &str,
    encoding: Option<&'static str>,
    request: &HeaderMap,
) -> Response {
    let known = request
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| {
            tags.split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut whole = Response::new(body(data));
        let headers = whole.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(content_type(file)),
        );
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        whole
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

fn body(data: Cow<'static, [u8]>) -> Body {
    match data {
        Cow::Borrowed(bytes) => Body::from(Bytes::from_static(bytes)),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// `br` is named and not weighted to nothing.
fn accepts_brotli(request: &HeaderMap) -> bool {
    request
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let mut parts = one.split(';').map(str::trim);
            let named = parts
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case("br"));
            let refused = parts.any(|part| {
                part.strip_prefix("q=")
                    .and_then(|weight| weight.parse::<f32>().ok())
                    .is_some_and(|weight| weight <= 0.0)
            });
            named && !refused
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        headers
    }

    #[test]
    fn brotli_is_sent_only_to_who_takes_it() {
        assert!(accepts_brotli(&accepting("gzip, deflate, br;q=0.9")));
        assert!(!accepts_brotli(&accepting("gzip, br;q=0")));
        assert!(!accepts_brotli(&accepting("gzip")));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn a_file_that_was_not_bundled_is_not_found() {
        for name in ["../Cargo.toml", "manifest.json", "app.css.br", ""] {
            let response = serve(Path(name.to_owned()), HeaderMap::new()).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{name}");
        }
    }

    #[tokio::test]
    async fn a_known_tag_answers_without_the_body() {
        let data: Cow<'static, [u8]> = Cow::Borrowed(b"a{}");
        let first = answer("a.css", data.clone(), "\"7f\"", None, &HeaderMap::new());
        assert_eq!(
            first.headers().get(header::CONTENT_TYPE).unwrap(),
            "text/css; charset=utf-8"
        );
        let mut request = HeaderMap::new();
        request.insert(
            header::IF_NONE_MATCH,
            first.headers().get(header::ETAG).unwrap().clone(),
        );
        let second = answer("a.css", data, "\"7f\"", None, &request);
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert!(second.headers().get(header::CONTENT_TYPE).is_none());
    }

    #[test]
    fn every_page_asset_has_an_address() {
        for name in NAMES {
            assert!(asset_path(name).starts_with("/assets/"), "{name}");
        }
    }
}
