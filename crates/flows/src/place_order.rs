//! A buyer submits an order (manual 3.4, `Continue to Submit`).

use accounts::actor::BuyerActor;
use accounts::agreement::{self, Acceptance};
use accounts::organisation::Right;
use catalog::offer::Selection;
use catalog::{product, stock};
use db::idempotency::{self, Key};
use db::{Tx, audit, timer};
use kernel::id::OrderId;
use kernel::prelude::*;
use ordering::order::{self, NewOrder, Order, OrderType};
use ordering::order_line::{
    self, ChosenOption, ExtensionValue, Frozen, Interface, NewLine, OrderLine, SellerContact,
};

use crate::checkout::Checkout;
use crate::{App, CurrentPolicy};

kernel::codes! {
    /// Product, price or agreement changed between confirmation and order.
    Conflict OFFER_CHANGED = "offer-changed";
    /// An agreement isn't ticked.
    Invalid AGREEMENT_NOT_TICKED = "agreement-not-ticked";
    /// The seller needs the contact information and the box isn't ticked.
    Invalid CONTACT_CONSENT_NEEDED = "contact-consent-needed";
}

/// Timer that cancels an order nobody pays; its subject is the order.
pub(crate) const EXPIRY: &str = "cancel_unpaid";
/// Order numbers drawn before giving up.
const DRAWS: u32 = 5;

/// What the confirmation page sends.
#[derive(Debug, Clone)]
pub struct OrderForm {
    /// Idempotency key of the form.
    pub key: String,
    /// The product's address part.
    pub slug: String,
    /// What was chosen.
    pub selection: Selection,
    /// What was confirmed, see [`Checkout::digest`].
    pub digest: String,
    /// Ids of the agreements that were ticked.
    pub agreements: Vec<String>,
    /// The seller may use the account's contact information.
    pub contact_consent: bool,
    /// Inputs that the seller asks for, by name.
    pub extension_values: Vec<(String, String)>,
}

impl App {
    /// Places the order; the second sending of a form gives the first's order.
    ///
    /// # Errors
    /// Trouble at fields; [`OFFER_CHANGED`]; not saleable; out of stock.
    pub async fn place_order(&self, buyer: &BuyerActor, form: OrderForm) -> Result<OrderId, Fail> {
        buyer.require(Right::Purchase)?;
        let policy = self.policy().await?;
        let (app, buyer) = (self.clone(), buyer.clone());
        let now = self.business_now(buyer.realm());
        for _ in 1..DRAWS {
            let (app, buyer, form, policy) =
                (app.clone(), buyer.clone(), form.clone(), policy.clone());
            let placed = self
                .step(move |tx| app.place(tx, &buyer, &form, &policy, now))
                .await;
            match placed {
                Err(fail) if fail.is(order::NUMBER_TAKEN) => {}
                other => return other,
            }
        }
        self.step(move |tx| app.place(tx, &buyer, &form, &policy, now))
            .await
    }

    fn place(
        &self,
        tx: &Tx<'_>,
        buyer: &BuyerActor,
        form: &OrderForm,
        policy: &CurrentPolicy,
        now: Timestamp,
    ) -> Result<OrderId, Fail> {
        let key = Key {
            scope: buyer.organisation().to_string(),
            key: form.key.clone(),
            operation: "place_order",
        };
        if let Some(first) = idempotency::first_result(tx, &key)? {
            return OrderId::parse(&first)
                .ok_or_else(|| Fail::bug("an idempotency row holds no order id"));
        }
        let found = product::store::find_by_slug(tx, &form.slug)?.ok_or_else(Fail::not_found)?;
        let checkout = self.confirmable(
            tx,
            found,
            &form.selection,
            buyer.realm(),
            buyer.country().code(),
            policy,
        )?;
        check_form(form, &checkout)?;
        if checkout.digest != form.digest {
            return Err(Fail::new(OFFER_CHANGED));
        }
        stock::take(tx, checkout.product.id())?;
        let expires_at = now.plus_seconds(i64::from(policy.ordering.unpaid_expiry_hours) * 3_600);
        let order = Order::place(
            NewOrder {
                number: ordering::number::draw(now, &policy.zone),
                realm: buyer.realm(),
                order_type: OrderType::New,
                buyer: buyer.organisation(),
                user: Some(buyer.user()),
                total: checkout.quote.gross(),
                contact_consent: form.contact_consent,
                refers_to: None,
                policy_version: policy.version,
                expires_at: Some(expires_at),
            },
            now,
        );
        order::insert(tx, &order)?;
        let line = OrderLine::place(&order, terms(tx, form, &checkout, policy)?);
        order_line::insert(tx, &line)?;
        for document in &checkout.agreements {
            let acceptance = Acceptance {
                agreement: document.id,
                user: buyer.user(),
                organisation: buyer.organisation(),
                order: order.id(),
                product: checkout.product.id(),
                address: buyer.address(),
                at: now,
            };
            agreement::accept(tx, &acceptance)?;
        }
        timer::set(tx, EXPIRY, order.id().as_str(), order.realm(), expires_at)?;
        idempotency::remember(tx, &key, order.id().as_str(), now)?;
        audit::record(
            tx,
            &crate::app_audit(buyer, "createOrder", order.id().as_str(), now),
        )?;
        Ok(order.id())
    }
}

/// Everything that must be ticked or filled in; all trouble at once.
fn check_form(form: &OrderForm, checkout: &Checkout) -> Result<(), Fail> {
    let mut fields = Fields::new();
    for document in &checkout.agreements {
        if !form.agreements.contains(&document.id.to_string()) {
            fields.reject_with(
                "agreements",
                AGREEMENT_NOT_TICKED,
                &[("title", &document.title)],
            );
        }
    }
    if checkout.content.user_authorization.any() && !form.contact_consent {
        fields.reject("contact_consent", CONTACT_CONSENT_NEEDED);
    }
    for parameter in &checkout.content.extension_parameters {
        let value = extension_value(form, &parameter.name);
        let field = format!("extension.{}", parameter.name);
        let max = usize::try_from(parameter.max_length).unwrap_or(usize::MAX);
        if parameter.required {
            fields.required(&field, value, max);
        } else {
            fields.optional(&field, value, max);
        }
    }
    fields.check()
}

fn extension_value<'f>(form: &'f OrderForm, name: &str) -> &'f str {
    form.extension_values
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.trim())
}

/// Freezes what was agreed on.
fn terms(
    tx: &Tx<'_>,
    form: &OrderForm,
    checkout: &Checkout,
    policy: &CurrentPolicy,
) -> Result<NewLine, Fail> {
    let Checkout {
        product,
        content,
        offer,
        quote,
        ..
    } = checkout;
    let seller = accounts::seller::load(tx, product.seller_id())?;
    let quantity = u32::try_from(offer.price.quantity).map_err(Fail::bug)?;
    let (quantity_name, quantity_unit) = match &offer.quantity_name {
        Some((name, unit)) => (Some(name.en.clone()), unit.clone()),
        None => (None, String::new()),
    };
    let options = offer.option_names.iter().map(|option| ChosenOption {
        name: option.attribute.en.clone(),
        name_zh: option.attribute.zh.clone(),
        value: option.value.en.clone(),
        value_zh: option.value.zh.clone(),
    });
    let extension_values = content.extension_parameters.iter().filter_map(|parameter| {
        let value = extension_value(form, &parameter.name);
        (!value.is_empty()).then(|| ExtensionValue {
            name: parameter.name.clone(),
            value: value.to_owned(),
        })
    });
    let asked = content.user_authorization;
    let frozen = Frozen {
        product_name: content.name.en.clone(),
        product_name_zh: content.name.zh.clone(),
        product_slug: product.slug().to_owned(),
        specification: offer.specification_name.en.clone(),
        specification_zh: offer.specification_name.zh.clone(),
        options: options.collect(),
        quantity_name,
        quantity_unit,
        period: offer.price.period,
        amounts: quote.clone(),
        interface: Interface {
            address_id: content.interface.address_id.clone(),
            path: content.interface.path.clone(),
        },
        delivery_days: content
            .supervision
            .as_ref()
            .map_or(0, |supervision| supervision.delivery_days),
        request_template: content
            .supervision
            .as_ref()
            .map_or_else(String::new, |supervision| {
                supervision.request_template.clone()
            }),
        extension_values: extension_values.collect(),
        wants_mobile: asked.mobile,
        wants_email: asked.email,
        wants_user_name: asked.user_name,
        seller: SellerContact {
            name: seller.name().to_owned(),
            name_zh: seller.name_zh().to_owned(),
        },
        contracting_party: policy.site.contracting_party.clone(),
    };
    Ok(NewLine {
        seller: product.seller_id(),
        product: product.id(),
        product_version: product.current_version(),
        sku_code: offer.sku_code.clone(),
        product_code: offer.product_code.clone(),
        product_name: offer.product_name.clone(),
        quantity,
        period: offer.price.period,
        supervised: content.supervision.is_some(),
        contract: content.contract.name().to_owned(),
        list: Money::new(quote.list_minor, quote.currency),
        net: Money::new(quote.net_minor, quote.currency),
        tax: Money::new(quote.tax_minor, quote.currency),
        gross: quote.gross(),
        frozen,
    })
}
