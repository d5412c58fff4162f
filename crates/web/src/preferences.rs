//! The reader's language and colours.

use axum::extract::State;
use kernel::names::Named as _;
use texts::Lang;

use crate::Site;
use crate::form::Form;
use crate::page::{self, Answer};
use crate::routes::{Audience, Routes};
use crate::ui::{Theme, paths};
use crate::visitor::{self, LANG_COOKIE, THEME_COOKIE};

pub(crate) fn routes() -> Routes {
    Routes::new().post(paths::PREFERENCES, Audience::Anyone, choose)
}

async fn choose(State(site): State<Site>, Form(form): Form) -> Answer {
    let mut cookies = Vec::new();
    if let Some(lang) = Lang::ALL
        .iter()
        .find(|lang| lang.name() == form.text("lang"))
    {
        cookies.push(visitor::choice(&site, LANG_COOKIE, lang.name()));
    }
    let theme = form.text("theme");
    if !theme.is_empty() {
        cookies.push(visitor::choice(
            &site,
            THEME_COOKIE,
            Theme::from_name(theme).name(),
        ));
    }
    let answer = page::see_other(page::local(form.text("back")));
    Ok(page::with_cookies(answer, &cookies))
}
