//! Answers that the shell gives instead of a page: too many, too large, too
//! slow, wrong host, broken. One place decides how they look.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, COOKIE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Why the shell doesn't let a request through, or couldn't answer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Another site's page sent the form.
    CrossSite,
    /// No site of this name is here.
    UnknownHost,
    /// The address asked too often.
    TooOften {
        /// When it may ask again.
        retry_after_seconds: u64,
    },
    /// Too much work at once.
    Busy,
    /// The body is too large.
    TooLarge {
        /// The limit in bytes.
        limit_bytes: usize,
    },
    /// The work took too long.
    TooSlow,
    /// A defect of the program.
    Broken,
}

impl Refusal {
    /// The status of the answer.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::UnknownHost => StatusCode::MISDIRECTED_REQUEST,
            Self::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Seconds to wait before asking again, where waiting helps.
    #[must_use]
    pub fn retry_after_seconds(self) -> Option<u64> {
        match self {
            Self::TooOften {
                retry_after_seconds,
            } => Some(retry_after_seconds),
            Self::Busy | Self::TooSlow => Some(1),
            Self::CrossSite | Self::UnknownHost | Self::TooLarge { .. } | Self::Broken => None,
        }
    }

    /// What happened and what to do, in English.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::CrossSite => "This form was sent from a page of another site, so nothing was done. Open the page here and send it again.".to_owned(),
            Self::UnknownHost => "No site of this name is served here. Check the address.".to_owned(),
            Self::TooOften { retry_after_seconds } => format!("Your address sends more requests than this site answers. Try again in {retry_after_seconds} s."),
            Self::Busy => "The site has more to do than it can. Try again in a moment.".to_owned(),
            Self::TooLarge { limit_bytes } => format!("What you sent is larger than the {limit_bytes} bytes that are taken here. Send less."),
            Self::TooSlow => "The answer took too long, so the work on it was ended. Try again in a moment; look first whether what you sent was done.".to_owned(),
            Self::Broken => "Something is broken here. It was recorded; if it happens again, tell us the reference.".to_owned(),
        }
    }

    /// The bare answer; [`show`] gives it its look.
    pub(super) fn into_plain(self) -> Response {
        metrics::counter!("http_refusals_total", "status" => self.status().as_str().to_owned())
            .increment(1);
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What is known of the request when a refusal is shown.
#[derive(Debug)]
pub struct Asked {
    /// What was asked for; never show or log its query.
    pub uri: Uri,
    /// `Accept-Language`.
    pub languages: Option<HeaderValue>,
    /// `Cookie`, for the chosen language and appearance.
    pub cookies: Option<HeaderValue>,
    /// Number of the request.
    pub reference: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let header = |name| request.headers().get(name).cloned();
        Self {
            uri: request.uri().clone(),
            languages: header(ACCEPT_LANGUAGE),
            cookies: header(COOKIE),
            reference: super::reference(request).to_owned(),
        }
    }
}

/// Makes the page or the JSON of a refusal. Status and `Retry-After` are set
/// whatever it gives.
pub type Render = Arc<dyn Fn(Refusal, &Asked) -> Response + Send + Sync>;

/// Gives a refusal of the layers inside its look.
pub(super) async fn show(
    State(render): State<Option<Render>>,
    request: Request,
    next: Next,
) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    let Some(refusal) = response.extensions().get::<Refusal>().copied() else {
        return response;
    };
    let mut shown = match render {
        Some(render) => render(refusal, &asked),
        None => plain(refusal, &asked),
    };
    *shown.status_mut() = refusal.status();
    if let Some(seconds) = refusal.retry_after_seconds() {
        shown
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    shown
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    shown
}

fn plain(refusal: Refusal, asked: &Asked) -> Response {
    let text = format!("{}\nReference: {}\n", refusal.sentence(), asked.reference);
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}
