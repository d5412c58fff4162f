//! What pages have in common: their frame, and how values are shown.

use std::fmt::Write as _;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use kernel::page::PageRequest;
use kernel::prelude::*;
use texts::Lang;

use crate::Site;
use crate::failure::Failed;
use crate::ui::{self, Amount, Frame, Link, Message, Moment, NavSection, Pager, Tone, UserMenu};
use crate::visitor::Visitor;

/// What a handler gives.
pub(crate) type Answer = Result<Response, Failed>;

/// A template on its way out.
pub(crate) struct Parcel<T>(pub(crate) T);

impl<T: Template> IntoResponse for Parcel<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(text) => html(text),
            Err(error) => Failed(Fail::bug(error)).into_response(),
        }
    }
}

/// A page.
pub(crate) fn show(template: impl Template) -> Answer {
    Ok(Parcel(template).into_response())
}

/// A page whose form couldn't be taken: what was typed and the complaints.
pub(crate) fn show_refused(template: impl Template) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Parcel(template)).into_response())
}

/// Rendered markup.
pub(crate) fn html(text: String) -> Response {
    Html(text).into_response()
}

/// After a form: go and look at that page.
pub(crate) fn see_other(to: &str) -> Response {
    let mut answer = StatusCode::SEE_OTHER.into_response();
    let location = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    answer.headers_mut().insert(header::LOCATION, location);
    answer
}

/// After a form that did something: the page, with the message `done-KEY` on it.
pub(crate) fn done(to: &str, key: &str) -> Answer {
    let joint = if to.contains('?') { '&' } else { '?' };
    Ok(see_other(&format!("{to}{joint}done={key}")))
}

/// Adds cookies to an answer.
pub(crate) fn with_cookies(mut answer: Response, cookies: &[String]) -> Response {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}

/// A local address to go back to; anything that could leave the site is `/`.
pub(crate) fn local(path: &str) -> &str {
    // Browsers drop tabs and line breaks, and read a backslash as a slash.
    let tricks = path.contains(|letter: char| letter == '\\' || letter.is_control());
    let leaves = !path.starts_with('/') || path.starts_with("//") || tricks;
    if leaves { "/" } else { path }
}

/// The path above one.
pub(crate) fn parent(path: &str) -> &str {
    match path.trim_end_matches('/').rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((above, _)) => above,
    }
}

/// What stands in an address as it is (RFC 3986, unreserved).
const UNRESERVED: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A value as a part of a query.
pub(crate) fn encoded(value: &str) -> String {
    percent_encoding::utf8_percent_encode(value, UNRESERVED).to_string()
}

/// The frame of a page of the shop or of the account.
pub(crate) async fn frame(site: &Site, visitor: &Visitor, title: impl Into<String>) -> Frame {
    let lang = visitor.lang();
    let mut frame = Frame::new(
        &site.app.site.brand,
        lang,
        visitor.theme(),
        visitor.path(),
        title,
    );
    // A page stands without its category menu, too.
    if let Ok(categories) = site.app.categories().await {
        frame.categories = categories
            .iter()
            .map(|category| {
                Link::new(
                    lang.pick(&category.name().en, &category.name().zh),
                    format!("/categories/{}", category.key()),
                )
            })
            .collect();
    }
    if let Some(signed) = visitor.person() {
        let unread = site.app.unread_notices(signed).await.unwrap_or(0);
        frame.user = Some(UserMenu {
            name: signed.name().to_owned(),
            organisation: signed
                .buyer()
                .ok()
                .map(|buyer| buyer.organisation_name().to_owned()),
            seller: signed.seller().is_ok(),
            operator: signed.operator().is_ok(),
            unread: u32::try_from(unread).unwrap_or(0),
        });
    }
    frame.flash = flash(visitor);
    frame
}

/// The frame of a page of a console.
pub(crate) async fn console(
    site: &Site,
    visitor: &Visitor,
    title: impl Into<String>,
    nav_title: &str,
    nav: Vec<NavSection>,
) -> Frame {
    let mut frame = frame(site, visitor, title).await;
    frame.nav_title = nav_title.to_owned();
    frame.nav = nav;
    frame
}

/// What the last act brought: the text `done-KEY`, when the address names one.
fn flash(visitor: &Visitor) -> Option<Message> {
    let key = crate::form::Query::parse(visitor.query())
        .text("done")
        .to_owned();
    let known = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let text = known
        .then(|| visitor.lang().find(&format!("done-{key}")))
        .flatten()?;
    Some(Message::new(Tone::Success, text))
}

/// A moment in the site's zone, exact on hover.
pub(crate) fn moment(lang: Lang, zone: &Zone, at: Timestamp) -> Moment {
    let short = match lang {
        Lang::En => zone.format(at, "%b %-d, %Y %H:%M"),
        Lang::Zh => zone.format(at, "%Y-%m-%d %H:%M"),
    };
    Moment::new(
        at.rfc3339(),
        short,
        zone.format(at, "%Y-%m-%d %H:%M:%S %:z"),
    )
}

/// An amount as it is read: sign and grouped number, code where the sign isn't unique.
pub(crate) fn amount(money: Money) -> Amount {
    Amount::new(format!("{} {}", money.currency.symbol(), money.grouped()))
        .currency(money.currency.code())
}

/// The pager of a keyset list: back to the start, and on.
pub(crate) fn pager(
    lang: Lang,
    visitor: &Visitor,
    request: &PageRequest,
    next: Option<&str>,
) -> Pager {
    let first = request.after.is_some().then(|| with_after(visitor, None));
    Pager::new(
        lang,
        first,
        next.map(|cursor| with_after(visitor, Some(cursor))),
    )
}

/// This page's address with another place in the list.
fn with_after(visitor: &Visitor, after: Option<&str>) -> String {
    let query = crate::form::Query::parse(visitor.query());
    let mut address = String::from(visitor.path());
    let mut joint = '?';
    let kept = query
        .pairs()
        .filter(|(name, _)| *name != "after" && *name != "done");
    for (name, value) in kept.chain(after.map(|cursor| ("after", cursor))) {
        let _ = write!(address, "{joint}{}={}", encoded(name), encoded(value));
        joint = '&';
    }
    address
}

/// A field with what a failed form says about it, in the reader's language.
pub(crate) fn complaint(lang: Lang, fail: Option<&Fail>, field: &str) -> Option<String> {
    let error = fail?
        .field_errors()
        .iter()
        .find(|error| error.field == field)?;
    Some(lang.field_error(error))
}

/// A field of a form that may have come back with complaints.
pub(crate) fn with_complaint(
    field: ui::Field,
    lang: Lang,
    fail: Option<&Fail>,
    name: &str,
) -> ui::Field {
    field.error(complaint(lang, fail, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_to_go_back_to_never_leaves_the_site() {
        for stays in [
            "/",
            "/my/apps?q=a%20b",
            "/products/acme#price",
            "/search?q=https://other.example",
        ] {
            assert_eq!(local(stays), stays);
        }
        let leaving = [
            "",
            "my",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
        ];
        for leaves in leaving {
            assert_eq!(local(leaves), "/", "{leaves:?}");
        }
    }
}
