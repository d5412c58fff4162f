//! A catalogue from files becomes sellers and products on sale, by the same
//! functions as a release in the seller's console (`koogallery seed`).
//!
//! Doing it again brings what changed up to date and keeps all ids: a product
//! whose content is the same gets no new version, and stock that was filled
//! once stays as buyers left it. One product per transaction.

use std::collections::HashMap;

use accounts::access_key::{self, InterfaceType};
use accounts::agreement::{self, AgreementForm};
use accounts::interface_address::{
    self, BaseUrl, BodySign, InterfaceAddress, InterfaceAddressId, Transport, verified_by_operator,
};
use accounts::organisation::{self, Kind, Organisation};
use accounts::seller::{self, ProfileForm, SellerProfile};
use accounts::{Country, api_credential};
use catalog::product::{self, Product, ProductState, SLUG_TAKEN};
use catalog::seed::{SeedCatalogue, SeedProduct, SeedSeller};
use catalog::{category, release, stock};
use db::{Lane, ReadTx, Tx};
use kernel::crypt::KeyRing;
use kernel::fail::{FIELD_REQUIRED, FIELD_UNKNOWN_CHOICE};
use kernel::id::OrganisationId;
use kernel::prelude::*;

use crate::App;
use crate::checkout::USER_AGREEMENT;

/// The site's own agreement, published when there is none.
const USER_AGREEMENT_TEXT: &str = include_str!("../agreements/user-agreement.md");
/// Why addresses of the file may be called.
const WHY_VERIFIED: &str = "named in the catalogue that the operator seeded";

/// How sellers of a catalogue are connected.
#[derive(Debug, Clone)]
pub struct SeedSetup {
    /// Scheme and domain of the servers of sellers whose products name no
    /// address of their own.
    pub interface_base_url: Option<String>,
    /// Which transport addresses may use.
    pub transport: Transport,
}

/// What seeding did.
#[derive(Debug, Clone, Default)]
pub struct SeedReport {
    /// The sellers, in the order of the file.
    pub sellers: Vec<SeededSeller>,
    /// Products that are new.
    pub added: usize,
    /// Products that got another version.
    pub updated: usize,
    /// Products that were as the file has them, or that were removed from the shop.
    pub unchanged: usize,
}

/// A seller of the catalogue.
#[derive(Debug, Clone)]
pub struct SeededSeller {
    /// Its key in the file, its name in URLs.
    pub key: String,
    /// Its organisation.
    pub organisation: OrganisationId,
}

/// What a seller's server must know to be called and to call.
#[derive(Debug, Clone)]
pub struct SellerSecrets {
    /// Key of its interface address.
    pub access_key: Secret<String>,
    /// Access key for the open APIs.
    pub open_api_access_key: String,
    /// Secret key for the open APIs.
    pub open_api_secret_key: Secret<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Added,
    Updated,
    Unchanged,
}

/// A seller that exists, and where it is called by default.
#[derive(Clone)]
struct Connected {
    organisation: OrganisationId,
    address: Option<InterfaceAddressId>,
}

impl App {
    /// Brings a catalogue into the shop.
    ///
    /// # Errors
    /// Trouble at fields of sellers and addresses; a name in a URL that belongs
    /// to somebody else; the database's. What was done before stays, and
    /// doing it again goes on.
    pub async fn seed(
        &self,
        catalogue: SeedCatalogue,
        setup: SeedSetup,
    ) -> Result<SeedReport, Fail> {
        let base_url = setup.interface_base_url.as_deref();
        let default_address = base_url
            .map(|url| BaseUrl::parse(url, setup.transport))
            .transpose()?;
        let categories = catalogue.categories;
        self.seeding(move |tx, _, now| {
            for category in &categories {
                category::store::upsert(tx, category)?;
            }
            ensure_user_agreement(tx, now)
        })
        .await?;
        let mut report = SeedReport::default();
        let mut sellers = HashMap::new();
        for seeded in catalogue.sellers {
            let (key, address) = (seeded.key.clone(), default_address.clone());
            let connected = self
                .seeding(move |tx, ring, now| {
                    ensure_seller(tx, ring, &seeded, address.as_ref(), now)
                })
                .await?;
            report.sellers.push(SeededSeller {
                key: key.clone(),
                organisation: connected.organisation,
            });
            sellers.insert(key, connected);
        }
        for seeded in catalogue.products {
            let Some(connected) = sellers.get(&seeded.seller).cloned() else {
                return Err(Fail::bug("a checked catalogue names an unknown seller"));
            };
            let transport = setup.transport;
            let outcome = self
                .seeding(move |tx, _, now| bring_product(tx, &seeded, &connected, transport, now))
                .await?;
            match outcome {
                Outcome::Added => report.added += 1,
                Outcome::Updated => report.updated += 1,
                Outcome::Unchanged => report.unchanged += 1,
            }
        }
        Ok(report)
    }

    /// The secrets of a seeded seller, for a demo or a test that plays this
    /// seller's server too. People are shown keys one by one, with an audit
    /// record, by other use cases.
    ///
    /// # Errors
    /// Not found when the seller has no keys; the database's.
    pub async fn seeded_secrets(&self, seller: OrganisationId) -> Result<SellerSecrets, Fail> {
        let ring = self.keys.ring();
        self.db
            .read(move |tx| {
                let access_key = access_key::signing_key(tx, seller, InterfaceType::Basic)?;
                let credential = active_credential(tx, seller)?.ok_or_else(Fail::not_found)?;
                Ok(SellerSecrets {
                    access_key: access_key.reveal(&ring)?,
                    open_api_access_key: credential.access_key().to_owned(),
                    open_api_secret_key: credential.reveal(&ring)?,
                })
            })
            .await
    }

    async fn seeding<T, F>(&self, step: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&Tx<'_>, &KeyRing, Timestamp) -> Result<T, Fail> + Send + 'static,
    {
        let (ring, now) = (self.keys.ring(), self.now());
        self.db
            .write_in(Lane::Background, move |tx| step(tx, &ring, now))
            .await
    }
}

/// A text that the operator published meanwhile stays.
fn ensure_user_agreement(tx: &Tx<'_>, now: Timestamp) -> Result<(), Fail> {
    if agreement::current(tx, USER_AGREEMENT)?.is_some() {
        return Ok(());
    }
    let form = AgreementForm {
        code: USER_AGREEMENT,
        title: "User agreement",
        title_zh: "用户协议",
        body: USER_AGREEMENT_TEXT,
        seller: None,
    };
    agreement::publish(tx, &form, now).map(|_| ())
}

fn ensure_seller(
    tx: &Tx<'_>,
    ring: &KeyRing,
    seeded: &SeedSeller,
    address: Option<&BaseUrl>,
    now: Timestamp,
) -> Result<Connected, Fail> {
    let form = ProfileForm {
        slug: &seeded.key,
        name: &seeded.name.en,
        name_zh: &seeded.name.zh,
        hotline: &seeded.hotline,
        email: &seeded.email,
        support_hours: &seeded.support_hours,
        about: &seeded.about,
    };
    let organisation = match seller::find_by_slug(tx, &seeded.key)? {
        Some(mut profile) => {
            profile.edit(&form)?;
            seller::save(tx, &mut profile)?;
            profile.organisation()
        }
        None => {
            let country = Country::parse(&seeded.country)
                .ok_or_else(|| Fail::field("country", FIELD_UNKNOWN_CHOICE))?;
            let name = &seeded.name.en;
            let made = Organisation::new(Realm::Live, Kind::Seller, name, country, now)?;
            organisation::insert(tx, &made)?;
            seller::insert(tx, &SellerProfile::new(made.id(), &form)?)?;
            made.id()
        }
    };
    if access_key::accepted_keys(tx, organisation, InterfaceType::Basic)?.is_empty() {
        access_key::add(tx, ring, organisation, InterfaceType::Basic, None, now)?;
    }
    if active_credential(tx, organisation)?.is_none() {
        api_credential::create(tx, ring, organisation, None, now)?;
    }
    Ok(Connected {
        organisation,
        address: address
            .map(|url| ensure_address(tx, organisation, url, now))
            .transpose()?,
    })
}

fn active_credential(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
) -> Result<Option<api_credential::ApiCredential>, Fail> {
    let mut all = api_credential::list_for_seller(tx, seller)?.into_iter();
    Ok(all.find(|credential| credential.disabled_at().is_none()))
}

/// The seller's address of a base URL, verified, since the operator named it.
fn ensure_address(
    tx: &Tx<'_>,
    seller: OrganisationId,
    base_url: &BaseUrl,
    now: Timestamp,
) -> Result<InterfaceAddressId, Fail> {
    let known = interface_address::list_for_seller(tx, seller)?
        .into_iter()
        .find(|address| address.base_url() == base_url);
    let mut address = match known {
        Some(address) if address.verified_at().is_some() => return Ok(address.id()),
        Some(address) => address,
        None => {
            let body_sign = BodySign::VerifyIfPresent;
            let address = InterfaceAddress::new(seller, base_url.clone(), body_sign, now);
            interface_address::insert(tx, &address)?;
            address
        }
    };
    verified_by_operator(tx, &mut address, Who::SYSTEM, WHY_VERIFIED, now)?;
    Ok(address.id())
}

fn bring_product(
    tx: &Tx<'_>,
    seeded: &SeedProduct,
    seller: &Connected,
    transport: Transport,
    now: Timestamp,
) -> Result<Outcome, Fail> {
    let address = match &seeded.interface_address {
        None => seller
            .address
            .ok_or_else(|| Fail::field("interface_address", FIELD_REQUIRED))?,
        Some(own) => ensure_address(
            tx,
            seller.organisation,
            &BaseUrl::parse(own, transport)?,
            now,
        )?,
    };
    let content = seeded.content(address.as_str())?;
    let text = &content.agreement;
    let form = AgreementForm {
        code: &text.code,
        title: &text.title,
        title_zh: "",
        body: &text.text,
        seller: Some(seller.organisation),
    };
    agreement::publish(tx, &form, now)?;
    match product::store::find_by_slug(tx, &seeded.slug)? {
        None => {
            let draft = Product::draft(
                seller.organisation,
                Realm::Live,
                &seeded.slug,
                &seeded.category,
                seeded.hidden,
                now,
            )?;
            product::store::insert(tx, &draft)?;
            let released = release::release_version(tx, &draft, &content, None, now)?.product;
            stock::fill(tx, released.id(), seeded.stock)?;
            let listed = released.list(now, Who::SYSTEM)?;
            product::store::save(tx, &released, &listed)?;
            Ok(Outcome::Added)
        }
        Some(known) if known.seller_id() != seller.organisation => {
            Err(Fail::field("slug", SLUG_TAKEN))
        }
        // What was removed from the shop doesn't come back.
        Some(known) if known.state() == ProductState::Removed => Ok(Outcome::Unchanged),
        Some(known) => {
            let moved = known.category_key() != seeded.category || known.hidden() != seeded.hidden;
            let known = if moved {
                product::store::set_place(tx, &known, &seeded.category, seeded.hidden, now)?
            } else {
                known
            };
            let released = release::release_version(tx, &known, &content, None, now)?;
            if moved || released.is_new {
                Ok(Outcome::Updated)
            } else {
                Ok(Outcome::Unchanged)
            }
        }
    }
}
