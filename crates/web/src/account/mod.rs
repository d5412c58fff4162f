//! Signing up, signing in, the person's own account and the members of their
//! organisations.
//!
//! Nothing here tells a stranger whether an address has an account: the pages
//! after a sign-up and after asking for a new password are the same for all.

mod confirm_identity;
mod forgot_password;
mod form_page;
mod invitation;
mod landing;
mod mail_sent;
mod member;
mod members;
mod newcomer;
mod operator_invitation;
mod organisations;
mod profile;
mod reset_password;
mod rights;
mod security;
mod sign_in;
mod sign_out;
mod sign_up;
mod two_step;
mod two_step_code;
mod verify_email;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use kernel::prelude::*;

use crate::failure::{self, Failed};
use crate::page::{self, Answer, Parcel};
use crate::routes::Routes;
use crate::ui::{ErrorSummary, Field, Frame, Message};
use crate::visitor::Visitor;
use crate::{Site, navigation};

/// All pages about accounts.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .join(sign_in::routes())
        .join(two_step_code::routes())
        .join(sign_out::routes())
        .join(sign_up::routes())
        .join(mail_sent::routes())
        .join(verify_email::routes())
        .join(forgot_password::routes())
        .join(reset_password::routes())
        .join(invitation::routes())
        .join(operator_invitation::routes())
        .join(profile::routes())
        .join(organisations::routes())
        .join(security::routes())
        .join(two_step::routes())
        .join(confirm_identity::routes())
        .join(members::routes())
        .join(member::routes())
}

/// The frame of a page of the account settings.
async fn frame(site: &Site, visitor: &Visitor, title_key: &str) -> Frame {
    let lang = visitor.lang();
    page::console(
        site,
        visitor,
        lang.get(title_key),
        lang.get("frame-account"),
        navigation::account(lang),
    )
    .await
}

/// A failure that the page of its form can show, so that what was typed stays;
/// the others have pages of their own.
fn stays(fail: Fail) -> Result<Fail, Failed> {
    let elsewhere = matches!(fail.kind(), FailKind::Bug | FailKind::NotFound)
        || fail.is(accounts::actor::STEP_UP_NEEDED)
        || fail.is(kernel::fail::SIGN_IN_FIRST);
    if elsewhere {
        Err(Failed(fail))
    } else {
        Ok(fail)
    }
}

/// What a failure says that belongs to no field.
fn refusal(visitor: &Visitor, fail: Option<&Fail>) -> Option<Message> {
    fail.filter(|fail| fail.field_errors().is_empty())
        .map(|fail| failure::message(visitor, fail))
}

/// What the failure of a form says at its fields.
fn summary<'f>(
    visitor: &Visitor,
    fields: impl IntoIterator<Item = &'f Field>,
) -> Option<ErrorSummary> {
    ErrorSummary::of(visitor.lang().fail(&Fail::fields(Vec::new())), fields)
}

/// A page that holds a token, a secret or something personal; with the failure
/// that it came back with. Nothing may keep it.
fn answer(template: impl Template, fail: Option<&Fail>) -> Answer {
    let status = match fail.map(Fail::kind) {
        None => StatusCode::OK,
        // 401 would ask the browser itself for a password.
        Some(FailKind::Unauthenticated) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(kind) => failure::status(kind),
    };
    let mut answer = (status, Parcel(template)).into_response();
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// An address of a page that a mailed link opened.
fn with_token(path: &str, token: &Secret<String>) -> String {
    format!("{path}?token={}", page::encoded(token.reveal()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_comes_back_with_what_can_be_corrected_and_nothing_else() {
        assert!(stays(Fail::field("email", kernel::fail::FIELD_REQUIRED)).is_ok());
        assert!(stays(Fail::new(flows::SIGN_IN_REFUSED)).is_ok());
        for elsewhere in [
            accounts::actor::STEP_UP_NEEDED,
            kernel::fail::NOT_FOUND,
            kernel::fail::SIGN_IN_FIRST,
        ] {
            assert!(stays(Fail::new(elsewhere)).is_err(), "{elsewhere:?}");
        }
    }
}
