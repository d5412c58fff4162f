//! Who asks for a page, and how: found out once per request.

use std::sync::Arc;

use accounts::actor::{BuyerActor, Caller, OperatorActor, SellerActor, Signed};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::prelude::*;
use texts::Lang;

use crate::Site;
use crate::failure::{self, Failed};
use crate::ui::Theme;

/// Name of the session cookie over HTTPS; the prefix makes browsers bind it to
/// this host.
const SECURE_COOKIE: &str = "__Host-koogallery";
/// Its name over plain HTTP, which only loopback speaks.
const PLAIN_COOKIE: &str = "koogallery";
/// Cookies with the reader's choices.
pub(crate) const LANG_COOKIE: &str = "lang";
/// See [`LANG_COOKIE`].
pub(crate) const THEME_COOKIE: &str = "theme";

/// Network address of the visitor, as the server found it behind its proxies;
/// put into the request's extensions by the server.
#[derive(Debug, Clone, Default)]
pub struct ClientAddress(pub String);

/// Reference number of the request, shown on error pages; put into the
/// request's extensions by the server.
#[derive(Debug, Clone, Default)]
pub struct Reference(pub String);

/// The visitor.
#[derive(Clone)]
pub(crate) struct Visitor(Arc<Facts>);

struct Facts {
    lang: Lang,
    theme: Theme,
    signed: Option<Signed>,
    half_signed: bool,
    token: Option<Secret<String>>,
    address: String,
    agent: String,
    reference: String,
    path: String,
    query: String,
    fragment: bool,
}

impl Visitor {
    /// The reader's language.
    pub(crate) fn lang(&self) -> Lang {
        self.0.lang
    }
    /// The reader's choice of colours.
    pub(crate) fn theme(&self) -> Theme {
        self.0.theme
    }
    /// Address of the page without its query.
    pub(crate) fn path(&self) -> &str {
        &self.0.path
    }
    /// The query, without its question mark.
    pub(crate) fn query(&self) -> &str {
        &self.0.query
    }
    /// Whether the script asks for a part of the page.
    pub(crate) fn wants_fragment(&self) -> bool {
        self.0.fragment
    }
    /// Network address.
    pub(crate) fn address(&self) -> &str {
        &self.0.address
    }
    /// What the browser calls itself.
    pub(crate) fn agent(&self) -> &str {
        &self.0.agent
    }
    /// Reference number of the request.
    pub(crate) fn reference(&self) -> &str {
        &self.0.reference
    }
    /// The session's token, complete or waiting for its code.
    pub(crate) fn token(&self) -> Option<&Secret<String>> {
        self.0.token.as_ref()
    }
    /// Whether the password was right and the code is still asked for.
    pub(crate) fn owes_code(&self) -> bool {
        self.0.half_signed
    }
    /// The signed-in person, if any.
    pub(crate) fn person(&self) -> Option<&Signed> {
        self.0.signed.as_ref()
    }
    /// The signed-in person.
    ///
    /// # Errors
    /// Unauthenticated.
    pub(crate) fn signed(&self) -> Result<&Signed, Fail> {
        self.person()
            .ok_or_else(|| Fail::new(kernel::fail::SIGN_IN_FIRST))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failed;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        let found = parts.extensions.get::<Self>().cloned();
        found.ok_or_else(|| Failed(Fail::bug("a page stands outside of the visitor's layer")))
    }
}

macro_rules! actor {
    ($(#[$meta:meta])* $name:ident, $actor:ty, $take:ident) => {
        $(#[$meta])*
        pub(crate) struct $name(pub(crate) $actor);

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = Failed;
            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
                let visitor = Visitor::from_request_parts(parts, state).await?;
                Ok(Self(visitor.signed()?.$take()?))
            }
        }
    };
}
actor!(/// A member of a buyer.
    Buyer, BuyerActor, buyer);
actor!(/// A member of a seller.
    Seller, SellerActor, seller);
actor!(/// One of the operator's staff.
    Operator, OperatorActor, operator);

/// Finds out who asks, lets the page be made, and turns failures into pages.
pub(crate) async fn receive(State(site): State<Site>, request: Request, next: Next) -> Response {
    // The body can't be shared between threads, so it stays out of the way.
    let (parts, body) = request.into_parts();
    let visitor = match meet(&site, &parts).await {
        Ok(visitor) => visitor,
        Err(fail) => return Failed(fail).into_response(),
    };
    let safe = matches!(parts.method, Method::GET | Method::HEAD);
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(visitor.clone());
    let mut answer = next.run(request).await;
    // Pages about a person must not be kept by anything in between.
    if visitor.person().is_some() && !answer.headers().contains_key(header::CACHE_CONTROL) {
        answer.headers_mut().insert(
            header::CACHE_CONTROL,
            header::HeaderValue::from_static("no-store"),
        );
    }
    match answer.extensions_mut().remove::<Arc<Fail>>() {
        Some(fail) => failure::page(&site, &visitor, &fail, safe).await,
        None => answer,
    }
}

async fn meet(site: &Site, request: &Parts) -> Result<Visitor, Fail> {
    let headers = &request.headers;
    let address = request
        .extensions
        .get::<ClientAddress>()
        .cloned()
        .unwrap_or_default()
        .0;
    let token = cookie(headers, session_cookie(site)).map(|token| Secret::new(token.to_owned()));
    let caller = match &token {
        Some(token) => site.app.authenticate(token, &address).await?,
        None => Caller::Nobody,
    };
    let half_signed = matches!(caller, Caller::TotpPending(_));
    let signed = match caller {
        Caller::Signed(signed) => Some(*signed),
        Caller::Nobody | Caller::TotpPending(_) => None,
    };
    let chosen = cookie(headers, LANG_COOKIE).and_then(Lang::from_name);
    let own = signed
        .as_ref()
        .and_then(|signed| Lang::from_name(signed.language().name()));
    let accepted = || Lang::accepted(text(headers, header::ACCEPT_LANGUAGE));
    Ok(Visitor(Arc::new(Facts {
        lang: chosen.or(own).unwrap_or_else(accepted),
        theme: Theme::from_name(cookie(headers, THEME_COOKIE).unwrap_or_default()),
        signed,
        half_signed,
        token,
        address,
        agent: text(headers, header::USER_AGENT)
            .chars()
            .take(200)
            .collect(),
        reference: request
            .extensions
            .get::<Reference>()
            .cloned()
            .unwrap_or_default()
            .0,
        path: request.uri.path().to_owned(),
        query: request.uri.query().unwrap_or_default().to_owned(),
        fragment: headers
            .get("HX-Request")
            .is_some_and(|value| value == "true"),
    })))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

fn is_https(site: &Site) -> bool {
    site.app.site.public_url.starts_with("https://")
}

fn session_cookie(site: &Site) -> &'static str {
    if is_https(site) {
        SECURE_COOKIE
    } else {
        PLAIN_COOKIE
    }
}

/// The header that gives a browser its session, for as long as it lives.
pub(crate) fn signed_in(site: &Site, token: &Secret<String>, days: u32) -> String {
    let secure = if is_https(site) { "; Secure" } else { "" };
    let seconds = u64::from(days) * 86_400;
    format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}",
        session_cookie(site),
        token.reveal()
    )
}

/// The header that takes the session away.
pub(crate) fn signed_out(site: &Site) -> String {
    let secure = if is_https(site) { "; Secure" } else { "" };
    format!(
        "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}",
        session_cookie(site)
    )
}

/// The header that keeps a choice of the reader's for a year.
pub(crate) fn choice(site: &Site, name: &str, value: &str) -> String {
    let secure = if is_https(site) { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}")
}
