//! The Seller Console: orders, supervised deliveries, the interface to the
//! seller's own server, and what buyers see of the seller.

mod addresses;
mod credentials;
mod delivery_form;
mod files;
mod information;
mod interface_messages;
mod key_change;
mod keys;
mod message_details;
pub(crate) mod message_status;
mod order_details;
pub(crate) mod order_facts;
pub(crate) mod orders;
mod overview;
mod supervision_acts;
mod supervision_details;
mod supervision_list;
pub(crate) mod unclear;

use crate::page;
use crate::routes::Routes;
use crate::ui::{Frame, Link};
use crate::visitor::Visitor;
use crate::{Site, navigation};

/// All pages of a seller.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .join(overview::routes())
        .join(orders::routes())
        .join(order_details::routes())
        .join(supervision_list::routes())
        .join(supervision_details::routes())
        .join(supervision_acts::routes())
        .join(files::routes())
        .join(interface_messages::routes())
        .join(message_details::routes())
        .join(keys::routes())
        .join(key_change::routes())
        .join(addresses::routes())
        .join(credentials::routes())
        .join(information::routes())
}

/// The frame of a page of the console.
async fn frame(site: &Site, visitor: &Visitor, title: impl Into<String>) -> Frame {
    let lang = visitor.lang();
    page::console(
        site,
        visitor,
        title,
        lang.get("frame-seller-console"),
        navigation::seller(lang),
    )
    .await
}

/// The way to a page below one of the navigation.
fn below(mut frame: Frame, key: &str, href: &str) -> Frame {
    frame.breadcrumbs = vec![Link::new(frame.t(key), href)];
    frame
}
