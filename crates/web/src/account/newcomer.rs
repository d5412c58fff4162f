//! What everybody types who gets an account: name, country and password.

use accounts::Country;
use flows::NewcomerForm;
use kernel::prelude::*;
use texts::{Arg, Lang};

use crate::Site;
use crate::form::Values;
use crate::page::with_complaint;
use crate::ui::{Choice, Field};

/// What was typed.
pub(super) fn typed(lang: Lang, values: &Values) -> NewcomerForm {
    NewcomerForm {
        name: values.text("name").to_owned(),
        country: values.text("country").to_owned(),
        language: lang.name().to_owned(),
        password: values.secret("password"),
    }
}

/// Password, name and country, in this order.
pub(super) async fn fields(
    site: &Site,
    lang: Lang,
    values: &Values,
    fail: Option<&Fail>,
) -> Result<Vec<Field>, Fail> {
    let password = new_password(site, lang, "password").await?;
    let name = Field::text("name", lang.get("account-name"))
        .value(values.text("name"))
        .help(lang.get("account-name-help"))
        .autocomplete("name")
        .longest(100);
    let country = Field::select("country", lang.get("account-country"), countries(lang))
        .value(values.text("country"))
        .help(lang.get("account-country-help"))
        .autocomplete("country");
    Ok(vec![
        with_complaint(password, lang, fail, "password"),
        with_complaint(name, lang, fail, "name"),
        with_complaint(country, lang, fail, "country"),
    ])
}

/// The field for a password that is set anew.
pub(super) async fn new_password(site: &Site, lang: Lang, name: &str) -> Result<Field, Fail> {
    let least = site.app.policy().await?.accounts.min_password;
    let help = lang.format(
        "account-password-help",
        &[("min", Arg::Number(least.into()))],
    );
    let label = if name == "password" {
        "account-password"
    } else {
        "account-new-password"
    };
    Ok(Field::password(name, lang.get(label), "new-password").help(help))
}

/// All countries, in the order in which the language's readers look for them.
fn countries(lang: Lang) -> Vec<Choice> {
    let mut named: Vec<(&str, &str)> = Country::all()
        .map(|country| (country_name(lang, country), country.code()))
        .collect();
    if lang == Lang::En {
        named.sort_by_key(|(name, _)| sort_name(name));
    }
    let none = Choice::new("", lang.get("account-country-choose"));
    std::iter::once(none)
        .chain(
            named
                .into_iter()
                .map(|(name, code)| Choice::new(code, name)),
        )
        .collect()
}

/// The name of a country.
pub(super) fn country_name(lang: Lang, country: Country) -> &'static str {
    lang.get(&format!("country-{country}"))
}

/// Marked letters stand with their plain ones: Åland under A, Türkiye under Tu.
fn sort_name(name: &str) -> String {
    let plain = |letter| match letter {
        'Å' | 'å' | 'ã' | 'á' => 'a',
        'ç' => 'c',
        'é' | 'É' => 'e',
        'í' => 'i',
        'ô' | 'ó' => 'o',
        'ü' => 'u',
        other => other.to_ascii_lowercase(),
    };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_stand_in_the_order_of_their_names() {
        assert!(sort_name("Åland Islands") < sort_name("Albania"));
        assert!(sort_name("Türkiye") < sort_name("Uganda"));
        assert!(sort_name("Côte d’Ivoire") < sort_name("Croatia"));
        // "Choose", and each country once.
        assert_eq!(countries(Lang::En).len(), Country::all().count() + 1);
    }

    #[test]
    fn every_country_has_a_name_in_each_language() {
        for lang in [Lang::En, Lang::Zh] {
            assert!(
                Country::all().all(|country| lang.find(&format!("country-{country}")).is_some())
            );
        }
    }
}
