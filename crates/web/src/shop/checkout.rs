//! The confirmation page: configuration, price, agreements, what the seller
//! asks for; and the order (buyer.md 3.4; B-18, B-21, B-22, B-25).

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use catalog::offer::Wanted;
use flows::{Checkout, OFFER_CHANGED, OrderForm};
use kernel::prelude::*;
use texts::{Arg, Lang};
use views::order_details::Contact;

use super::{price, purchase, words};
use crate::form::{Form, Query, Values};
use crate::page::{self, Answer, Parcel};
use crate::routes::{Audience, Routes};
use crate::ui::{self, Button, ErrorSummary, Field, Icon, Link, Message, PriceLines, Steps, Tone};
use crate::visitor::{Buyer, Visitor};
use crate::{Site, failure, labels};

const PATH: &str = "/checkout";
/// Prefixes of the fields that are made from what the product asks for.
const AGREEMENT: &str = "agreement.";
const EXTENSION: &str = "extension.";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Buyer, show)
        .post(PATH, Audience::Buyer, submit)
}

#[derive(Template)]
#[template(path = "shop/checkout.html")]
struct Confirm {
    frame: ui::Frame,
    steps: Steps,
    notice: Option<Message>,
    summary: Option<ErrorSummary>,
    key: String,
    hidden: Vec<(String, String)>,
    configuration: Vec<(String, String)>,
    inputs: Vec<Field>,
    agreements: Vec<(Field, Button)>,
    consent: Option<Field>,
    lines: PriceLines,
    submit: Option<Button>,
    back: Button,
}

/// How a confirmation page came about.
#[derive(Default)]
struct Attempt<'a> {
    /// What was typed before.
    typed: Option<&'a Values>,
    /// Why the order wasn't taken.
    fail: Option<Fail>,
}

async fn show(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    query: Query,
) -> Answer {
    confirm(&site, &visitor, &buyer, &query, Attempt::default()).await
}

async fn submit(
    State(site): State<Site>,
    visitor: Visitor,
    Buyer(buyer): Buyer,
    Form(form): Form,
) -> Answer {
    let selection = match purchase::wanted(&form).selection() {
        Ok(selection) => selection,
        Err(_) => return Ok(back_to_product(&form)),
    };
    let order = OrderForm {
        key: form.key(),
        slug: form.text("product").to_owned(),
        selection,
        digest: form.text("digest").to_owned(),
        agreements: form
            .under(AGREEMENT)
            .into_iter()
            .map(|(id, _)| id)
            .collect(),
        contact_consent: form.ticked("contact_consent"),
        extension_values: form.under(EXTENSION),
    };
    match site.app.place_order(&buyer, order).await {
        Ok(id) => Ok(page::see_other(&format!("/billing/orders/{id}/pay"))),
        Err(fail) if can_go_on(&fail) => {
            confirm(
                &site,
                &visitor,
                &buyer,
                &form,
                Attempt {
                    typed: Some(&form),
                    fail: Some(fail),
                },
            )
            .await
        }
        Err(fail) => Err(fail.into()),
    }
}

/// Whether the person can do something about it on this page.
fn can_go_on(fail: &Fail) -> bool {
    matches!(fail.kind(), FailKind::Invalid | FailKind::Conflict)
}

/// The product's page with the same choice: it says what is wrong with it.
fn back_to_product(values: &Values) -> axum::response::Response {
    page::see_other(&purchase::product_address(
        &page::encoded(values.text("product")),
        &purchase::wanted(values),
    ))
}

async fn confirm(
    site: &Site,
    visitor: &Visitor,
    buyer: &BuyerActor,
    values: &Values,
    attempt: Attempt<'_>,
) -> Answer {
    let lang = visitor.lang();
    let wanted = purchase::wanted(values);
    let Ok(selection) = wanted.selection() else {
        return Ok(back_to_product(values));
    };
    if purchase::is_stale(values) {
        return Ok(back_to_product(values));
    }
    let checkout = match site
        .app
        .checkout(buyer, values.text("product"), selection)
        .await
    {
        Ok(checkout) => checkout,
        Err(fail) if !fail.field_errors().is_empty() => return Ok(back_to_product(values)),
        Err(fail) => return Err(fail.into()),
    };
    let user = buyer.user();
    let contact = match checkout.content.user_authorization.any() {
        true => Some(
            site.app
                .view(move |tx| views::order_details::contact(tx, user))
                .await?,
        ),
        false => None,
    };
    let frame = page::frame(site, visitor, lang.get("shop-confirm-title")).await;
    let status = attempt
        .fail
        .as_ref()
        .map(|fail| failure::status(fail.kind()));
    let mut shown = confirmation(lang, frame, &checkout, &wanted, contact.as_ref(), &attempt);
    shown.notice = notice(visitor, buyer, attempt.fail.as_ref());
    shown.submit = buyer
        .may(Right::Purchase)
        .then(|| Button::submit(lang.get("shop-submit")));
    Ok((status.unwrap_or(StatusCode::OK), Parcel(shown)).into_response())
}

fn confirmation(
    lang: Lang,
    frame: ui::Frame,
    checkout: &Checkout,
    wanted: &Wanted,
    contact: Option<&Contact>,
    attempt: &Attempt<'_>,
) -> Confirm {
    let Checkout {
        product,
        content,
        offer,
        quote,
        digest,
        ..
    } = checkout;
    let product_name = lang.pick(&content.name.en, &content.name.zh);
    let product_address = purchase::product_address(product.slug(), wanted);
    let inputs = inputs(lang, checkout, attempt);
    let agreements = agreements(lang, checkout, attempt);
    let consent = contact.map(|contact| consent(lang, checkout, contact, attempt));
    let summary = attempt
        .fail
        .as_ref()
        .and_then(|fail| summary(lang, checkout, fail));
    let mut hidden = purchase::parameters(wanted);
    hidden.push(("product".to_owned(), product.slug().to_owned()));
    hidden.push(("digest".to_owned(), digest.clone()));
    let mut frame = frame;
    frame.breadcrumbs = vec![Link::new(product_name, product_address.as_str())];
    Confirm {
        frame,
        steps: words::purchase_steps(lang, 1),
        notice: None,
        summary,
        key: attempt
            .typed
            .map_or_else(kernel::random::token, Values::key),
        hidden,
        configuration: configuration(lang, product_name, checkout),
        lines: price::lines(
            lang,
            &purchase::offer_name(lang, offer),
            quote,
            offer.price.period,
        ),
        inputs,
        agreements,
        consent,
        submit: None,
        back: Button::link(lang.get("shop-change-choice"), product_address),
    }
}

/// What is ordered, in words.
fn configuration(lang: Lang, product_name: &str, checkout: &Checkout) -> Vec<(String, String)> {
    let offer = &checkout.offer;
    let row = |key: &str, text: &str| (lang.get(key).to_owned(), text.to_owned());
    let mut rows = vec![
        row("shop-product", product_name),
        row(
            "shop-specification",
            lang.pick(&offer.specification_name.en, &offer.specification_name.zh),
        ),
    ];
    for option in &offer.option_names {
        let name = lang.pick(&option.attribute.en, &option.attribute.zh);
        rows.push((
            name.to_owned(),
            lang.pick(&option.value.en, &option.value.zh).to_owned(),
        ));
    }
    if let Some((name, unit)) = &offer.quantity_name {
        rows.push((
            lang.pick(&name.en, &name.zh).to_owned(),
            format!("{} ({unit})", offer.price.quantity),
        ));
    }
    rows.push(row(
        "shop-duration",
        &labels::period(lang, offer.price.period),
    ));
    if let Some(supervision) = &checkout.content.supervision {
        let days = [("days", Arg::Number(supervision.delivery_days.into()))];
        rows.push(row(
            "shop-supervision",
            &lang.format("shop-supervision-yes", &days),
        ));
    }
    rows
}

/// What the seller wants to know.
fn inputs(lang: Lang, checkout: &Checkout, attempt: &Attempt<'_>) -> Vec<Field> {
    let parameters = checkout.content.extension_parameters.iter();
    let field = |parameter: &catalog::release::ExtensionParameter| {
        let name = format!("{EXTENSION}{}", parameter.name);
        let longest = usize::try_from(parameter.max_length).unwrap_or(usize::MAX);
        let mut field = Field::text(&name, lang.pick(&parameter.label.en, &parameter.label.zh))
            .longest(longest);
        if parameter.required {
            field = field.required();
        }
        if let Some(typed) = attempt.typed {
            field = field.value(typed.text(&name));
        }
        page::with_complaint(field, lang, attempt.fail.as_ref(), &name)
    };
    parameters.map(field).collect()
}

/// A box for each agreement, with the link to its text.
fn agreements(lang: Lang, checkout: &Checkout, attempt: &Attempt<'_>) -> Vec<(Field, Button)> {
    let not_ticked = attempt
        .fail
        .iter()
        .flat_map(|fail| fail.field_errors())
        .filter(|error| error.field == "agreements");
    let complaints: Vec<(&str, String)> = not_ticked
        .filter_map(|error| Some((error.args.first()?.1.as_str(), lang.field_error(error))))
        .collect();
    let field = |document: &flows::CheckoutAgreement| {
        let name = format!("{AGREEMENT}{}", document.id);
        let title = lang.pick(&document.title, &document.title_zh);
        let ticked = attempt.typed.is_some_and(|typed| typed.ticked(&name));
        let complaint = complaints
            .iter()
            .find(|(title, _)| *title == document.title);
        let field = Field::checkbox(
            name,
            lang.format("shop-agree", &[("title", Arg::Text(title))]),
            ticked,
        )
        .required()
        .error(complaint.map(|(_, text)| text.as_str()));
        let text = Button::link(
            lang.format("shop-read", &[("title", Arg::Text(title))]),
            format!("/agreements/{}", document.id),
        );
        (field, text.quiet().external().icon(Icon::External))
    };
    checkout.agreements.iter().map(field).collect()
}

/// All complaints, each with the way to its field. A box is named by its
/// complaint; its own words would fill the page again.
fn summary(lang: Lang, checkout: &Checkout, fail: &Fail) -> Option<ErrorSummary> {
    let add = |summary: ErrorSummary, error: &FieldError| {
        let complaint = lang.field_error(error);
        if error.field == "agreements" {
            let title = error.args.first().map_or("", |(_, title)| title);
            let document = checkout
                .agreements
                .iter()
                .find(|document| document.title == title);
            return summary.line(
                &document.map_or_else(String::new, |document| {
                    format!("{AGREEMENT}{}", document.id)
                }),
                complaint,
            );
        }
        let asked = checkout.content.extension_parameters.iter();
        let label = asked
            .filter(|asked| error.field.strip_prefix(EXTENSION) == Some(&asked.name))
            .map(|asked| lang.pick(&asked.label.en, &asked.label.zh))
            .next();
        summary.line(
            &error.field,
            label.map_or_else(
                || complaint.clone(),
                |label| format!("{label}: {complaint}"),
            ),
        )
    };
    let errors = fail.field_errors();
    (!errors.is_empty()).then(|| {
        errors
            .iter()
            .fold(ErrorSummary::new(lang.get("shop-order-refused")), add)
    })
}

/// The permission for the seller to use the account's contact information.
fn consent(lang: Lang, checkout: &Checkout, contact: &Contact, attempt: &Attempt<'_>) -> Field {
    let asked = checkout.content.user_authorization;
    let wanted = [
        (asked.mobile, &contact.mobile),
        (asked.email, &contact.email),
        (asked.user_name, &contact.name),
    ];
    let known: Vec<&str> = wanted
        .iter()
        .filter(|(asked, value)| *asked && !value.is_empty())
        .map(|(_, value)| value.as_str())
        .collect();
    let label = lang.format(
        "shop-contact-consent",
        &[("contact", Arg::Text(&known.join(lang.get("shop-comma"))))],
    );
    let ticked = attempt
        .typed
        .is_some_and(|typed| typed.ticked("contact_consent"));
    let mut field = Field::checkbox("contact_consent", label, ticked).required();
    if asked.mobile && contact.mobile.is_empty() {
        field = field.help(lang.get("shop-no-mobile"));
    }
    page::with_complaint(field, lang, attempt.fail.as_ref(), "contact_consent")
}

fn notice(visitor: &Visitor, buyer: &BuyerActor, fail: Option<&Fail>) -> Option<Message> {
    let lang = visitor.lang();
    match fail {
        Some(fail) if fail.is(OFFER_CHANGED) => {
            Some(Message::new(Tone::Warning, lang.get("shop-offer-changed")).line(lang.fail(fail)))
        }
        Some(fail) if fail.field_errors().is_empty() => Some(failure::message(visitor, fail)),
        Some(_) => None,
        None => (!buyer.may(Right::Purchase)).then(|| {
            Message::new(Tone::Info, lang.get("shop-cannot-buy"))
                .line(lang.get("shop-role-may-not"))
        }),
    }
}
