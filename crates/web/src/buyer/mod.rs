//! The buyer's console: `My KooGallery` and `Billing Center`.

mod agreements;
pub(crate) mod app_details;
mod application;
mod apps;
mod balance;
mod favorites;
pub(crate) mod files;
mod messages;
pub(crate) mod order_details;
mod orders;
mod password;
pub(crate) mod question;
mod seller_information;
mod supervision_acts;
mod supervision_details;
mod supervision_list;
pub(crate) mod supervision_steps;
mod unpaid;

use kernel::prelude::*;

use crate::page::{self, encoded};
use crate::routes::Routes;
use crate::ui::{Amount, Frame, Link, Moment};
use crate::visitor::Visitor;
use crate::{Site, navigation};
use texts::Lang;

/// All pages of a buyer, and the messages that everybody gets.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .join(apps::routes())
        .join(app_details::routes())
        .join(password::routes())
        .join(supervision_list::routes())
        .join(supervision_details::routes())
        .join(supervision_acts::routes())
        .join(files::routes())
        .join(favorites::routes())
        .join(agreements::routes())
        .join(balance::routes())
        .join(orders::routes())
        .join(order_details::routes())
        .join(unpaid::routes())
        .join(messages::routes())
}

/// The frame of a page of the console.
async fn frame(site: &Site, visitor: &Visitor, title: impl Into<String>) -> Frame {
    let lang = visitor.lang();
    page::console(
        site,
        visitor,
        title,
        lang.get("nav-my-koogallery"),
        navigation::buyer(lang),
    )
    .await
}

/// The way to a page below one of the navigation.
fn below(mut frame: Frame, key: &str, href: &str) -> Frame {
    frame.breadcrumbs = vec![Link::new(frame.t(key), href)];
    frame
}

/// An address with those parts of a query that aren't empty.
pub(crate) fn address(path: &str, parts: &[(&str, &str)]) -> String {
    let mut address = String::from(path);
    let mut joint = '?';
    for (name, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(joint);
        address.push_str(name);
        address.push('=');
        address.push_str(&encoded(value));
        joint = '&';
    }
    address
}

/// The last second of a term as a day; the time of day says nothing.
fn day(lang: Lang, zone: &Zone, at: Timestamp) -> Moment {
    let format = match lang {
        Lang::En => "%b %-d, %Y",
        Lang::Zh => "%Y-%m-%d",
    };
    Moment::new(
        at.rfc3339(),
        zone.format(at, format),
        zone.format(at, "%Y-%m-%d %H:%M:%S %:z"),
    )
}

/// An amount that stands in the site's one currency: sign and number only.
fn amount(money: Money) -> Amount {
    Amount::new(amount_text(money))
}

/// The same as plain text.
fn amount_text(money: Money) -> String {
    let symbol = money.currency.symbol();
    let number = money.grouped();
    match number.strip_prefix('-') {
        Some(number) => format!("-{symbol} {number}"),
        None => format!("{symbol} {number}"),
    }
}

/// A moment as plain text, for places that take no markup.
fn moment_text(lang: Lang, zone: &Zone, at: Timestamp) -> String {
    let format = match lang {
        Lang::En => "%b %-d, %Y %H:%M",
        Lang::Zh => "%Y-%m-%d %H:%M",
    };
    zone.format(at, format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_only_what_was_chosen() {
        assert_eq!(
            address("/x", &[("q", ""), ("state", "A B")]),
            "/x?state=A%20B"
        );
        assert_eq!(address("/x", &[("q", "")]), "/x");
    }

    #[test]
    fn the_sign_of_an_amount_stands_before_its_currency() {
        assert_eq!(
            amount_text(Money::new(-118_800, Currency::USD)),
            "-$ 1,188.00"
        );
        assert_eq!(amount_text(Money::new(5, Currency::USD)), "$ 0.05");
    }
}
