//! What seller and operator are told about an order: its data, what was
//! ordered, its money and its history.

use askama::Template;
use flows::CurrentPolicy;
use kernel::prelude::*;
use kernel::who::Side;
use ordering::order::OrderType;
use texts::Lang;
use views::order_details::OrderDetails;

use crate::buyer::{app_details, order_details};
use crate::ui::{Link, Moment, PriceLines, StateLabel, Timeline};
use crate::{labels, page, shop};

/// Whose page it is, and where its links lead.
pub(crate) struct Reader {
    pub(crate) side: Side,
    /// Address of the list of orders.
    pub(crate) orders: &'static str,
    /// Address of the list of supervised deliveries, where the reader has one.
    pub(crate) supervision: Option<&'static str>,
}

/// The cards about an order.
#[derive(Template)]
#[template(path = "seller/order_facts.html")]
pub(crate) struct OrderFacts {
    lang: Lang,
    number: String,
    order_type: &'static str,
    status: StateLabel,
    code: u8,
    created: Moment,
    paid: Option<Moment>,
    completed: Option<Moment>,
    line_number: String,
    instance: Option<StateLabel>,
    flow: Option<(Option<Link>, StateLabel)>,
    related: Vec<Link>,
    related_label: &'static str,
    contract_with: String,
    product: String,
    product_href: String,
    specification: String,
    options: Vec<(String, String)>,
    quantity: Option<(String, String)>,
    period: String,
    inputs: Vec<(String, String)>,
    price: PriceLines,
    history: Timeline,
}

impl OrderFacts {
    pub(crate) fn new(
        lang: Lang,
        policy: &CurrentPolicy,
        reader: &Reader,
        found: &OrderDetails,
    ) -> Self {
        let (order, line, frozen) = (&found.order, &found.line, found.line.frozen());
        let moment = |at: Timestamp| page::moment(lang, &policy.zone, at);
        let specification = lang.pick(&frozen.specification, &frozen.specification_zh);
        Self {
            lang,
            number: order.number().to_owned(),
            order_type: labels::order_type(lang, order.order_type()),
            status: labels::order_status(lang, line.status()),
            code: line.status().code(),
            created: moment(order.created_at()),
            paid: found.paid_at.map(moment),
            completed: line.completed_at().map(moment),
            line_number: line.number().to_owned(),
            instance: found
                .instance
                .map(|(_, state)| labels::instance_state(lang, state)),
            flow: found.flow.map(|(id, state)| {
                let link = reader
                    .supervision
                    .map(|list| Link::new(lang.get("seller-view-details"), format!("{list}/{id}")));
                (link, labels::flow_state(lang, state, reader.side))
            }),
            related: found
                .related
                .iter()
                .map(|one| Link::new(&one.number, format!("{}/{}", reader.orders, one.order)))
                .collect(),
            related_label: lang.get(match order.order_type() {
                OrderType::New => "seller-related-unsubscription",
                OrderType::Unsubscribe => "seller-related-purchase",
            }),
            contract_with: frozen.contracting_party.clone(),
            product: lang
                .pick(&frozen.product_name, &frozen.product_name_zh)
                .to_owned(),
            product_href: format!("/products/{}", found.product_slug),
            specification: specification.to_owned(),
            options: app_details::options(lang, frozen),
            quantity: app_details::quantity(lang, line),
            period: labels::period(lang, frozen.period),
            inputs: frozen
                .extension_values
                .iter()
                .map(|input| (input.name.clone(), input.value.clone()))
                .collect(),
            price: shop::price::lines(lang, specification, &frozen.amounts, frozen.period),
            history: order_details::history(lang, policy, found),
        }
    }

    fn t(&self, key: &str) -> &'static str {
        self.lang.get(key)
    }
}

impl askama::filters::HtmlSafe for OrderFacts {}
