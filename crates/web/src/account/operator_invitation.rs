//! The page of a link that the command line made: its holder becomes one of the
//! operator's administrators.

use accounts::one_time_link::{LINK_NOT_VALID, Purpose};
use accounts::session;
use axum::extract::State;
use kernel::prelude::*;
use texts::Arg;

use super::form_page::{FormPage, Part};
use super::{landing, newcomer, stays, with_token};
use crate::Site;
use crate::form::{Form, Query, Values};
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::Button;
use crate::visitor::Visitor;

const PATH: &str = "/operator-invitation";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Anyone, show)
        .post(PATH, Audience::Anyone, accept)
}

async fn show(State(site): State<Site>, visitor: Visitor, query: Query) -> Answer {
    form(
        &site,
        &visitor,
        &query.secret("token"),
        &Values::default(),
        None,
    )
    .await
}

async fn accept(
    State(site): State<Site>,
    visitor: Visitor,
    query: Query,
    Form(typed): Form,
) -> Answer {
    let (token, newcomer) = (
        query.secret("token"),
        newcomer::typed(visitor.lang(), &typed),
    );
    let guest = session::Visitor {
        address: visitor.address(),
        agent: visitor.agent(),
    };
    match site
        .app
        .accept_operator_link(&token, &newcomer, &guest)
        .await
    {
        Ok(outcome) => landing::enter(&site, &visitor, outcome, "").await,
        Err(fail) => form(&site, &visitor, &token, &typed, Some(stays(fail)?)).await,
    }
}

async fn form(
    site: &Site,
    visitor: &Visitor,
    token: &Secret<String>,
    typed: &Values,
    fail: Option<Fail>,
) -> Answer {
    let (lang, fail) = (visitor.lang(), fail.as_ref());
    let shown = FormPage::new(page::frame(site, visitor, lang.get("account-operator-title")).await);
    let link = match site.app.look_at_link(token, Purpose::CreateOperator).await {
        Ok(link) => link,
        Err(void) if void.is(LINK_NOT_VALID) => {
            return shown
                .line(lang.get("account-operator-void"))
                .answer(visitor, Some(&void));
        }
        Err(fail) => return Err(fail.into()),
    };
    let fields = newcomer::fields(site, lang, typed, fail).await?;
    let button = Button::submit(lang.get("account-operator-button")).wide();
    shown
        .line(lang.format(
            "account-operator-lead",
            &[("address", Arg::Text(link.email()))],
        ))
        .line(lang.get("account-operator-known"))
        .form(Part::new(with_token(PATH, token), fields, button))
        .answer(visitor, fail)
}
