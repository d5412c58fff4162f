//! "Become a seller": how that goes on this site.

use askama::Template;
use axum::extract::State;

use crate::Site;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, paths};
use crate::visitor::Visitor;

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::BECOME_SELLER, Audience::Anyone, show)
}

#[derive(Template)]
#[template(path = "shop/join.html")]
struct Join {
    frame: ui::Frame,
    operator: String,
    address: String,
    help: Button,
}

async fn show(State(site): State<Site>, visitor: Visitor) -> Answer {
    let lang = visitor.lang();
    let policy = site.app.policy().await?;
    page::show(Join {
        frame: page::frame(&site, &visitor, lang.get("frame-become-seller")).await,
        operator: policy.site.contracting_party.clone(),
        address: policy.site.contracting_address.clone(),
        help: Button::link(lang.get("shop-join-guide"), paths::HELP),
    })
}
