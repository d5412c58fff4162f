//! The Operator Console: accounts, money that comes in, orders, and what needs
//! looking after.

mod account_acts;
mod account_details;
mod addresses;
mod audit;
mod feedback;
mod mails;
mod order_details;
mod orders;
mod organisations;
mod overview;
mod tasks;
mod top_up_form;
mod top_ups;

use crate::page;
use crate::routes::Routes;
use crate::ui::{Frame, Link};
use crate::visitor::Visitor;
use crate::{Site, navigation};

/// All pages of the operator.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .join(overview::routes())
        .join(organisations::routes())
        .join(account_details::routes())
        .join(account_acts::routes())
        .join(top_ups::routes())
        .join(top_up_form::routes())
        .join(orders::routes())
        .join(order_details::routes())
        .join(tasks::routes())
        .join(addresses::routes())
        .join(feedback::routes())
        .join(audit::routes())
        .join(mails::routes())
}

/// The frame of a page of the console.
async fn frame(site: &Site, visitor: &Visitor, title: impl Into<String>) -> Frame {
    let lang = visitor.lang();
    let nav = navigation::operator(lang, site.app.site.demo);
    page::console(
        site,
        visitor,
        title,
        lang.get("frame-operator-console"),
        nav,
    )
    .await
}

/// The way to a page below one of the navigation.
fn below(mut frame: Frame, key: &str, href: &str) -> Frame {
    frame.breadcrumbs = vec![Link::new(frame.t(key), href)];
    frame
}
