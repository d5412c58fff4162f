//! `Sign out`, also for somebody whose code is still owed.

use axum::extract::State;

use crate::Site;
use crate::form::Form;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::paths;
use crate::visitor::{self, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new().post(paths::SIGN_OUT, Audience::Anyone, sign_out)
}

async fn sign_out(State(site): State<Site>, visitor: Visitor, Form(form): Form) -> Answer {
    if let Some(token) = visitor.token() {
        site.app.sign_out(token, visitor.address()).await?;
    }
    let answer = page::done(page::local(form.text("next")), "signed-out")?;
    Ok(page::with_cookies(answer, &[visitor::signed_out(&site)]))
}
