//! The block in which a specification, its options, quantity and duration are
//! chosen, and which says what that costs (B-17, B-21). The same for the whole
//! page and for the part that the script asks for.

use std::collections::BTreeSet;

use askama::Template;
use catalog::offer::{Offer, Wanted, period_code};
use catalog::product::ProductState;
use catalog::release::{Attribute, Specification};
use flows::ProductPage;
use kernel::prelude::*;
use kernel::term::Period;
use texts::{Arg, Lang};

use super::{price, words};
use crate::form::Values;
use crate::ui::{Button, Choice, ErrorSummary, Field, Message, PriceLines, StateLabel, Tone};
use crate::{labels, page};

/// Choices that still stand side by side; more fold up.
const IN_SIGHT: usize = 5;
/// So many pieces left are worth a word.
const FEW: i64 = 10;
/// Prefix of the parameters that choose options.
const OPTION: &str = "o.";

/// The block.
#[derive(Template)]
#[template(path = "shop/purchase.html")]
pub(super) struct Purchase {
    lang: Lang,
    slug: String,
    /// The specification that the fields are of.
    shown: String,
    summary: Option<ErrorSummary>,
    specification: Field,
    fields: Vec<Field>,
    /// The quantity, when there is none to choose.
    quantity: Option<String>,
    tiers: Option<PriceLines>,
    tiers_rule: &'static str,
    lines: Option<PriceLines>,
    stock: StateLabel,
    obstacle: Option<Message>,
    calculate: Button,
    go_on: Button,
}
impl askama::filters::HtmlSafe for Purchase {}

/// The choice in an address. The fields of a page belong to the specification
/// that it showed; for another one they start anew.
pub(super) fn wanted(values: &Values) -> Wanted {
    let specification = values.text("spec").to_owned();
    if is_stale(values) {
        return Wanted {
            specification,
            ..Wanted::default()
        };
    }
    Wanted {
        specification,
        options: values.under(OPTION).into_iter().collect(),
        quantity: values.text("quantity").trim().to_owned(),
        period: values.text("period").to_owned(),
    }
}

/// Whether another specification was picked than the one the fields are of.
pub(super) fn is_stale(values: &Values) -> bool {
    let shown = values.text("shown");
    !shown.is_empty() && shown != values.text("spec")
}

/// A choice as parameters of an address or of a form.
pub(super) fn parameters(wanted: &Wanted) -> Vec<(String, String)> {
    let mut pairs = vec![("spec".to_owned(), wanted.specification.clone())];
    pairs.extend(
        wanted
            .options
            .iter()
            .map(|(code, value)| (format!("{OPTION}{code}"), value.clone())),
    );
    pairs.push(("quantity".to_owned(), wanted.quantity.clone()));
    pairs.push(("period".to_owned(), wanted.period.clone()));
    pairs
}

/// A product's address with a choice.
pub(super) fn product_address(slug: &str, wanted: &Wanted) -> String {
    let pairs = parameters(wanted);
    let said = pairs.iter().filter(|(_, value)| !value.is_empty());
    words::address(
        &format!("/products/{slug}"),
        said.map(|(name, value)| (name.as_str(), value.as_str())),
    )
}

impl Purchase {
    /// The block of a product's page.
    pub(super) fn of(
        lang: Lang,
        page: &ProductPage,
        currency: Currency,
        may_purchase: bool,
    ) -> Self {
        let (content, wanted) = (&page.content, &page.wanted);
        let fail = page.price.as_ref().err();
        let specification = specification_field(lang, page, fail);
        let chosen = content.specification(&wanted.specification);
        let fields = chosen.map_or_else(Vec::new, |chosen| {
            choice_fields(lang, chosen, wanted, currency, fail)
        });
        let summary = ErrorSummary::of(
            lang.get("shop-choice-refused"),
            std::iter::once(&specification).chain(&fields),
        );
        let priced = page.price.as_ref().ok();
        let (tiers, tiers_rule) = tiers(lang, chosen, priced.map(|(offer, _)| offer));
        let obstacle = obstacle(lang, page, may_purchase);
        let mut go_on = Button::submit(lang.get("shop-continue"))
            .action("/checkout")
            .wide();
        if obstacle.is_some() {
            go_on = go_on.disabled();
        }
        Self {
            lang,
            slug: page.product.slug().to_owned(),
            shown: wanted.specification.clone(),
            summary,
            specification,
            fields,
            quantity: chosen
                .filter(|chosen| chosen.quantity.is_none())
                .map(|_| wanted.quantity.clone()),
            tiers,
            tiers_rule,
            lines: priced.map(|(offer, quote)| {
                price::lines(lang, &offer_name(lang, offer), quote, offer.price.period)
            }),
            stock: stock(lang, page.remaining),
            obstacle,
            calculate: Button::submit(lang.get("shop-calculate")).secondary(),
            go_on,
        }
    }

    fn action(&self) -> String {
        format!("/products/{}", self.slug)
    }

    fn part(&self) -> String {
        format!("/products/{}/price", self.slug)
    }
}

/// Specification and options as one line of words.
pub(super) fn offer_name(lang: Lang, offer: &Offer) -> String {
    let name = &offer.specification_name;
    let options = offer
        .option_names
        .iter()
        .map(|option| lang.pick(&option.value.en, &option.value.zh));
    let parts: Vec<&str> = std::iter::once(lang.pick(&name.en, &name.zh))
        .chain(options)
        .collect();
    parts.join(lang.get("shop-comma"))
}

fn folded(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Field {
    if choices.len() > IN_SIGHT {
        Field::select(name, label, choices)
    } else {
        Field::radio(name, label, choices)
    }
}

fn specification_field(lang: Lang, shown: &ProductPage, fail: Option<&Fail>) -> Field {
    let choices = shown.content.specifications.iter().map(|specification| {
        let name = lang.pick(&specification.name.en, &specification.name.zh);
        Choice::new(&specification.key, name).note(words::named(
            lang,
            "billing",
            &specification.billing,
        ))
    });
    let field = folded("spec", lang.get("shop-specification"), choices.collect())
        .value(&shown.wanted.specification);
    page::with_complaint(field, lang, fail, "specification")
}

fn choice_fields(
    lang: Lang,
    chosen: &Specification,
    wanted: &Wanted,
    currency: Currency,
    fail: Option<&Fail>,
) -> Vec<Field> {
    let mut fields: Vec<Field> = chosen
        .attributes
        .iter()
        .map(|attribute| option_field(lang, attribute, wanted, fail))
        .collect();
    if let Some(quantity) = &chosen.quantity {
        let limits = [
            ("min", Arg::Number(quantity.min)),
            ("max", Arg::Number(quantity.max)),
            ("step", Arg::Number(quantity.step)),
            ("unit", Arg::Text(&quantity.unit)),
        ];
        let field = Field::number(
            "quantity",
            lang.pick(&quantity.name.en, &quantity.name.zh),
            quantity.min,
            Some(quantity.max),
            quantity.step,
        )
        .value(&wanted.quantity)
        .help(lang.format(
            if quantity.step > 1 {
                "shop-quantity-steps"
            } else {
                "shop-quantity-range"
            },
            &limits,
        ));
        fields.push(page::with_complaint(field, lang, fail, "quantity"));
    }
    let choices: Vec<Choice> = periods(chosen, wanted, currency)
        .into_iter()
        .map(|period| Choice::new(period_code(period), labels::period(lang, period)))
        .collect();
    let field = folded("period", lang.get("shop-duration"), choices).value(&wanted.period);
    fields.push(page::with_complaint(field, lang, fail, "period"));
    fields
}

fn option_field(lang: Lang, attribute: &Attribute, wanted: &Wanted, fail: Option<&Fail>) -> Field {
    let choices = attribute
        .values
        .iter()
        .map(|value| Choice::new(&value.code, lang.pick(&value.name.en, &value.name.zh)));
    let mut field = folded(
        format!("{OPTION}{}", attribute.code),
        lang.pick(&attribute.name.en, &attribute.name.zh),
        choices.collect(),
    );
    if let Some(value) = wanted.options.get(&attribute.code) {
        field = field.value(value);
    }
    page::with_complaint(field, lang, fail, &format!("options.{}", attribute.code))
}

/// The durations offered for the options chosen, shortest first.
fn periods(chosen: &Specification, wanted: &Wanted, currency: Currency) -> Vec<Period> {
    let of_choice = chosen
        .prices
        .iter()
        .filter(|price| price.currency == currency && price.options == wanted.options);
    let codes: BTreeSet<(Option<u32>, u32, _)> = of_choice
        .flat_map(|price| {
            price.counts.iter().map(|count| Period {
                unit: price.period,
                count: *count,
            })
        })
        .map(|period| (period.months(), period.count, period.unit))
        .collect();
    codes
        .into_iter()
        .map(|(_, count, unit)| Period { unit, count })
        .collect()
}

fn tiers(
    lang: Lang,
    chosen: Option<&Specification>,
    offer: Option<&Offer>,
) -> (Option<PriceLines>, &'static str) {
    let (Some(quantity), Some(offer)) = (chosen.and_then(|chosen| chosen.quantity.as_ref()), offer)
    else {
        return (None, "");
    };
    let table = price::tiers(lang, &offer.price.tiers, quantity, offer.price.currency);
    (table, words::named(lang, "pricing", &quantity.pricing))
}

fn stock(lang: Lang, remaining: i64) -> StateLabel {
    match remaining {
        ..1 => StateLabel::new(Tone::Danger, lang.get("shop-sold-out")),
        1..FEW => StateLabel::new(
            Tone::Warning,
            lang.format("shop-few-left", &[("count", Arg::Number(remaining))]),
        ),
        _ => StateLabel::new(Tone::Success, lang.get("shop-in-stock")),
    }
}

/// Why the person can't go on, if so.
fn obstacle(lang: Lang, page: &ProductPage, may_purchase: bool) -> Option<Message> {
    if let Some(fail) = &page.obstacle {
        let tone = if page.product.state() == ProductState::OnSale {
            Tone::Warning
        } else {
            Tone::Danger
        };
        return Some(Message::new(tone, lang.get("shop-cannot-buy")).line(lang.fail(fail)));
    }
    if page.remaining < 1 {
        let why = lang.fail(&Fail::new(catalog::stock::OUT_OF_STOCK));
        return Some(Message::new(Tone::Warning, lang.get("shop-cannot-buy")).line(why));
    }
    (!may_purchase).then(|| {
        Message::new(Tone::Info, lang.get("shop-cannot-buy")).line(lang.get("shop-role-may-not"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_another_specification_start_anew() {
        let values = Values::parse("spec=b&shown=a&o.size=big&quantity=7&period=month-1");
        assert_eq!(
            wanted(&values),
            Wanted {
                specification: "b".to_owned(),
                ..Wanted::default()
            }
        );
        let values = Values::parse("spec=a&shown=a&o.size=big&quantity=7&period=month-1");
        assert_eq!(wanted(&values).quantity, "7");
    }

    #[test]
    fn a_choice_survives_its_address() {
        let values = Values::parse("spec=a&o.size=big&o.color=red&quantity=x7&period=month-1");
        let first = wanted(&values);
        let address = product_address("p", &first);
        let query = address.split_once('?').map_or("", |(_, query)| query);
        assert_eq!(wanted(&Values::parse(query)), first);
    }
}
