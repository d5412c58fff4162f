use std::collections::{BTreeMap, BTreeSet};

use kernel::fail::FIELD_REQUIRED;
use kernel::prelude::*;

use super::convert_specification::specification;
use super::file::{AgreementRow, ContactItem, File, ProductRow, SellerRow};
use super::{SeedCatalogue, SeedFile, SeedProduct, SeedSeller};
use crate::category::Category;
use crate::release::{
    AgreementText, ContentDraft, Contract, ExtensionParameter, FlowTemplate, GIVE_ONE, Interface,
    Supervision, UserAuthorization,
};
use crate::stock::DEFAULT_STOCK;
use crate::words::check_key;
use crate::{Bilingual, NOT_UNIQUE};

kernel::codes! {
    /// The file isn't TOML of the catalogue's form; `problem` says what is
    /// wrong at that line.
    Invalid SEED_UNREADABLE = "seed-unreadable";
    /// Something is named that the catalogue doesn't have.
    Invalid SEED_UNKNOWN_REFERENCE = "seed-unknown-reference";
}

/// Stands for the interface address while a file is checked.
const ANY_ADDRESS: &str = "any";

/// Reads a catalogue of one file. Prices are in `currency`.
///
/// # Errors
/// As [`parse_files`].
pub fn parse(text: &str, currency: Currency) -> Result<SeedCatalogue, Fail> {
    parse_files(&[SeedFile { name: "seed", text }], currency)
}

/// Reads a catalogue that stands in several files. Prices are in `currency`.
///
/// # Errors
/// All trouble of all files at once; the field of each names file, line,
/// element and key: `shop.toml:12 product "acme-crm" specification[0].key`.
pub fn parse_files(files: &[SeedFile<'_>], currency: Currency) -> Result<SeedCatalogue, Fail> {
    let mut troubles = Troubles::default();
    let mut parsed = Vec::new();
    for file in files {
        match toml::from_str::<File>(file.text) {
            Ok(content) => parsed.push((*file, content)),
            Err(error) => troubles.unreadable(file, &error),
        }
    }
    // References into a file that can't be read would only repeat its trouble.
    troubles.check()?;
    let mut troubles = Troubles::default();
    let known = Known::collect(&parsed, &mut troubles);
    let mut catalogue = SeedCatalogue {
        sellers: Vec::new(),
        categories: Vec::new(),
        products: Vec::new(),
    };
    for (file, content) in &parsed {
        for row in &content.seller {
            catalogue.sellers.push(seller(row));
        }
        for row in &content.category {
            let place = place(file, "category", &row.key);
            let position = i64::try_from(catalogue.categories.len()).unwrap_or(i64::MAX);
            let name = Bilingual::new(&row.name, &row.name_zh);
            let summary = Bilingual::new(&row.summary, &row.summary_zh);
            let made = Category::new(row.key.get_ref(), position, name, summary);
            catalogue.categories.extend(troubles.take(&place, made));
        }
        for row in &content.product {
            let place = place(file, "product", &row.key);
            let made = product(row, &known, currency);
            catalogue.products.extend(troubles.take(&place, made));
        }
    }
    troubles.check()?;
    Ok(catalogue)
}

/// All trouble found, each with its place.
#[derive(Default)]
struct Troubles(Vec<FieldError>);

impl Troubles {
    fn unreadable(&mut self, file: &SeedFile<'_>, error: &toml::de::Error) {
        let start = error.span().map_or(0, |span| span.start);
        self.0.push(FieldError {
            field: format!("{}:{}", file.name, line(file.text, start)),
            code: SEED_UNREADABLE,
            args: vec![("problem", error.message().to_owned())],
        });
    }

    fn take<T>(&mut self, place: &str, part: Result<T, Fail>) -> Option<T> {
        match part {
            Ok(value) => Some(value),
            Err(fail) => {
                self.0
                    .extend(fail.field_errors().iter().map(|error| FieldError {
                        field: format!("{place} {}", error.field),
                        code: error.code,
                        args: error.args.clone(),
                    }));
                None
            }
        }
    }

    fn check(self) -> Result<(), Fail> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Fail::fields(self.0))
        }
    }
}

/// What products refer to.
struct Known<'a> {
    sellers: BTreeSet<&'a str>,
    categories: BTreeSet<&'a str>,
    agreements: BTreeMap<&'a str, &'a AgreementRow>,
}

impl<'a> Known<'a> {
    fn collect(parsed: &'a [(SeedFile<'_>, File)], troubles: &mut Troubles) -> Self {
        let mut known = Self {
            sellers: BTreeSet::new(),
            categories: BTreeSet::new(),
            agreements: BTreeMap::new(),
        };
        let mut products = BTreeSet::new();
        for (file, content) in parsed {
            let mut once = |is_new: bool, kind: &str, key: &toml::Spanned<String>| {
                let mut fields = Fields::new();
                if !is_new {
                    fields.reject_with("key", NOT_UNIQUE, &[("value", key.get_ref())]);
                }
                check_key(&mut fields, "key", key.get_ref(), 64);
                troubles.take(&place(file, kind, key), fields.check());
            };
            for row in &content.seller {
                once(known.sellers.insert(row.key.get_ref()), "seller", &row.key);
            }
            for row in &content.category {
                once(
                    known.categories.insert(row.key.get_ref()),
                    "category",
                    &row.key,
                );
            }
            for row in &content.agreement {
                let before = known.agreements.insert(row.key.get_ref(), row);
                once(before.is_none(), "agreement", &row.key);
            }
            for row in &content.product {
                once(
                    products.insert(row.key.get_ref().as_str()),
                    "product",
                    &row.key,
                );
            }
        }
        known
    }
}

fn place(file: &SeedFile<'_>, kind: &str, key: &toml::Spanned<String>) -> String {
    let line = line(file.text, key.span().start);
    format!("{}:{line} {kind} \"{}\"", file.name, key.get_ref())
}

fn line(text: &str, position: usize) -> usize {
    text.bytes()
        .take(position)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

fn seller(row: &SellerRow) -> SeedSeller {
    SeedSeller {
        key: row.key.get_ref().clone(),
        name: Bilingual::new(&row.name, &row.name_zh),
        country: row.country.clone(),
        hotline: row.hotline.clone(),
        email: row.email.clone(),
        support_hours: row.support_hours.clone(),
        about: row.about.clone(),
    }
}

fn product(row: &ProductRow, known: &Known<'_>, currency: Currency) -> Result<SeedProduct, Fail> {
    let mut fields = Fields::new();
    if !known.sellers.contains(row.seller.as_str()) {
        unknown(&mut fields, "seller", &row.seller);
    }
    if !known.categories.contains(row.category.as_str()) {
        unknown(&mut fields, "category", &row.category);
    }
    if row.interface.is_none() && row.interface_address.is_none() {
        fields.reject("interface", FIELD_REQUIRED);
    }
    let supervision = supervision(row, &mut fields);
    let product = SeedProduct {
        slug: row.key.get_ref().clone(),
        seller: row.seller.clone(),
        category: row.category.clone(),
        hidden: row.hidden,
        stock: row.stock.unwrap_or(DEFAULT_STOCK),
        interface_address: row.interface_address.clone(),
        draft: ContentDraft {
            name: Bilingual::new(&row.name, &row.name_zh),
            overview: Bilingual::new(&row.overview, &row.overview_zh),
            description: row.description.clone(),
            highlights: row.highlights.clone(),
            cases: row.cases.clone(),
            version_label: row.version.clone(),
            labels: row.labels.clone(),
            user_guide: row.user_guide.clone(),
            after_sales: row.after_sales.clone(),
            agreement: agreement(row, known, &mut fields),
            supervision,
            user_authorization: UserAuthorization {
                mobile: row.user_authorization.contains(&ContactItem::Mobile),
                email: row.user_authorization.contains(&ContactItem::Email),
                user_name: row.user_authorization.contains(&ContactItem::UserName),
            },
            extension_parameters: extension_parameters(row),
            sales_countries: row.sales_countries.clone(),
            contract: Contract::SaasV2,
            interface: Interface {
                address_id: String::new(),
                path: row.interface.clone().unwrap_or_else(|| "/".to_owned()),
            },
            logo: None,
            specifications: row
                .specification
                .iter()
                .enumerate()
                .map(|(index, row)| specification(row, index, currency, &mut fields))
                .collect(),
        },
    };
    fields.absorb(product.content(ANY_ADDRESS));
    fields.check()?;
    Ok(product)
}

fn unknown(fields: &mut Fields, field: &str, key: &str) {
    fields.reject_with(
        field,
        SEED_UNKNOWN_REFERENCE,
        &[("kind", &field), ("key", &key)],
    );
}

fn supervision(row: &ProductRow, fields: &mut Fields) -> Option<Supervision> {
    if !row.supervised {
        return None;
    }
    if row.delivery_days.is_none() {
        fields.reject("delivery_days", FIELD_REQUIRED);
    }
    Some(Supervision {
        flow: FlowTemplate::Request,
        delivery_days: row.delivery_days.unwrap_or(1),
        request_template: row.request_template.clone(),
    })
}

fn agreement(row: &ProductRow, known: &Known<'_>, fields: &mut Fields) -> AgreementText {
    let own_title = || format!("{} service agreement", row.name);
    match (&row.agreement, &row.agreement_ref) {
        (Some(text), None) => AgreementText {
            code: row.key.get_ref().clone(),
            title: own_title(),
            text: text.clone(),
        },
        (None, Some(key)) => {
            let found = known.agreements.get(key.as_str()).filter(|agreement| {
                agreement
                    .seller
                    .as_ref()
                    .is_none_or(|seller| *seller == row.seller)
            });
            let Some(agreement) = found else {
                unknown(fields, "agreement_ref", key);
                return placeholder_agreement();
            };
            AgreementText {
                code: key.clone(),
                title: agreement.name.clone().unwrap_or_else(own_title),
                text: agreement.text.clone(),
            }
        }
        (Some(_), Some(_)) | (None, None) => {
            fields.reject_with("agreement", GIVE_ONE, &[("other", &"agreement_ref")]);
            placeholder_agreement()
        }
    }
}

/// Keeps the check of the rest from repeating a trouble that was noted.
fn placeholder_agreement() -> AgreementText {
    AgreementText {
        code: "none".to_owned(),
        title: "none".to_owned(),
        text: "none".to_owned(),
    }
}

fn extension_parameters(row: &ProductRow) -> Vec<ExtensionParameter> {
    row.extension_parameter
        .iter()
        .map(|row| ExtensionParameter {
            name: row.name.clone(),
            label: Bilingual::new(&row.label, &row.label_zh),
            required: row.required,
            max_length: row.max_length,
        })
        .collect()
}
