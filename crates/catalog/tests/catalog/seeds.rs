use catalog::NOT_UNIQUE;
use catalog::release::{Contract, GIVE_ONE, PricingMode};
use catalog::seed::{SEED_UNKNOWN_REFERENCE, SEED_UNREADABLE, SeedFile, parse, parse_files};
use kernel::fail::{FIELD_NOT_AN_AMOUNT, FIELD_REQUIRED};
use kernel::prelude::*;

const SHOP: &str = r#"
[[seller]]
key = "tidewrack"
name = "Tidewrack"
country = "SG"
hotline = "+65 6000 0001"
email = "support@tidewrack.example"
support_hours = "Mon-Fri"
about = "Sales software."

[[category]]
key = "crm"
name = "CRM"
name_zh = "客户关系"
summary = "Win customers."

[[agreement]]
key = "terms"
seller = "tidewrack"
name = "Tidewrack terms"
text = "Be fair."
"#;

fn product() -> String {
    format!(
        r#"
[[product]]
key = "tide"
seller = "tidewrack"
category = "crm"
name = "Tide"
overview = "Contacts and deals."
description = "{}"
highlights = ["One timeline"]
version = "5.4"
interface = "/produce"
supervised = true
delivery_days = 5
user_authorization = ["email", "user_name"]
user_guide = "Sign in."
after_sales = "By mail."
agreement_ref = "terms"

[[product.specification]]
key = "team"
name = "Team"
billing = "period"
[[product.specification.attribute]]
code = "edition"
name = "Edition"
values = [{{ code = "basic", name = "Basic" }}]
[product.specification.quantity]
code = "users"
name = "Users"
unit = "user"
min = 1
max = 10
step = 1
pricing = "tiered"
[[product.specification.price]]
match = {{ edition = "basic" }}
period = "month"
counts = [1, 3]
tiers = [{{ from = 1, unit_price = "12.50" }}, {{ from = 5, unit_price = "10.00" }}]
"#,
        "x".repeat(400)
    )
}

/// What is wrong after a text of the file was replaced: field, code, arguments.
fn trouble(from: &str, to: &str) -> Vec<FieldError> {
    let text = format!("{SHOP}{}", product());
    assert!(text.contains(from), "{from}");
    let fail = parse(&text.replacen(from, to, 1), Currency::USD).unwrap_err();
    fail.field_errors().to_vec()
}

fn assert_trouble(field: &str, code: Code, from: &str, to: &str) {
    let found = trouble(from, to);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].field.as_str(), found[0].code), (field, code));
}

#[test]
fn a_catalogue_in_two_files_is_read_as_one() {
    let products = product();
    let files = [
        SeedFile {
            name: "products.toml",
            text: &products,
        },
        SeedFile {
            name: "shop.toml",
            text: SHOP,
        },
    ];
    let catalogue = parse_files(&files, Currency::USD).unwrap();
    assert_eq!(catalogue.sellers[0].key, "tidewrack");
    assert_eq!(catalogue.categories[0].name().zh, "客户关系");
    let product = &catalogue.products[0];
    assert_eq!(
        (product.slug.as_str(), product.stock, product.hidden),
        ("tide", 999, false)
    );
    let content = product.content("address").unwrap();
    assert_eq!(content.contract, Contract::SaasV2);
    assert_eq!(content.interface.address_id, "address");
    assert_eq!(content.agreement.title, "Tidewrack terms");
    assert!(content.user_authorization.user_name && !content.user_authorization.mobile);
    let price = &content.specifications[0].prices[0];
    assert_eq!(
        (price.currency, price.tiers[1].unit_minor),
        (Currency::USD, 1_000)
    );
    assert_eq!(content.specifications[0].pricing(), PricingMode::Tiered);
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    let found = trouble("country = \"SG\"", "colour = \"SG\"");
    assert_eq!(
        (found[0].field.as_str(), found[0].code),
        ("seed:5", SEED_UNREADABLE)
    );
    assert!(
        found[0].args[0].1.contains("unknown field `colour`"),
        "{:?}",
        found[0].args
    );
}

#[test]
fn a_file_that_is_no_toml_is_named_with_its_line() {
    let found = trouble("name = \"CRM\"", "name = \"CRM");
    assert_eq!(
        (found[0].field.as_str(), found[0].code),
        ("seed:13", SEED_UNREADABLE)
    );
}

#[test]
fn a_word_that_isnt_one_of_the_offered_is_refused_with_the_offered_ones() {
    let found = trouble("billing = \"period\"", "billing = \"weekly\"");
    assert!(
        found[0].args[0].1.contains("period, one_time"),
        "{:?}",
        found[0].args
    );
}

#[test]
fn references_lead_somewhere_and_keys_are_unique() {
    let at = |field: &str| format!("seed:24 product \"tide\" {field}");
    assert_trouble(
        &at("category"),
        SEED_UNKNOWN_REFERENCE,
        "category = \"crm\"",
        "category = \"erp\"",
    );
    assert_trouble(
        &at("agreement_ref"),
        SEED_UNKNOWN_REFERENCE,
        "\"terms\"\n\n[[product.s",
        "\"others\"\n\n[[product.s",
    );
    let twice = format!("{SHOP}{}{}", product(), product());
    let fail = parse(&twice, Currency::USD).unwrap_err();
    assert_eq!(fail.field_errors()[0].code, NOT_UNIQUE);
}

#[test]
fn trouble_in_a_product_is_told_with_file_line_and_field() {
    let at = |field: &str| format!("seed:24 product \"tide\" {field}");
    assert_trouble(
        &at("specification[0].price[0].tiers[1].unit_price"),
        FIELD_NOT_AN_AMOUNT,
        "\"10.00\"",
        "\"10.005\"",
    );
    assert_trouble(
        &at("delivery_days"),
        FIELD_REQUIRED,
        "delivery_days = 5\n",
        "",
    );
    assert_trouble(
        &at("interface"),
        FIELD_REQUIRED,
        "interface = \"/produce\"\n",
        "",
    );
    assert_trouble(
        &at("agreement"),
        GIVE_ONE,
        "agreement_ref = \"terms\"\n",
        "",
    );
    assert_trouble(
        &at("specification[0].price[0].unit_price"),
        GIVE_ONE,
        "tiers = [{ from = 1,",
        "unit_price = \"1\"\ntiers = [{ from = 1,",
    );
}

#[test]
fn a_product_may_have_an_address_of_its_own() {
    let text = format!("{SHOP}{}", product());
    let text = text.replace(
        "interface = \"/produce\"",
        "interface_address = \"http://127.0.0.2:9\"",
    );
    let product = parse(&text, Currency::USD).unwrap().products.remove(0);
    assert_eq!(
        product.interface_address.as_deref(),
        Some("http://127.0.0.2:9")
    );
    assert_eq!(product.content("address").unwrap().interface.path, "/");
}
