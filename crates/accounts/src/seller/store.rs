//! Profiles in the database.

use db::{ReadTx, Row, Tx, sql, unique_violation};
use kernel::id::OrganisationId;
use kernel::{Fail, codes};

use super::SellerProfile;

codes! {
    /// Another seller has this name in its URLs.
    Invalid SLUG_TAKEN = "slug-taken";
}

sql! {
    INSERT = "insert into seller_profile (organisation_id, slug, name, name_zh, hotline, email, support_hours, about, version) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE = "update seller_profile set slug = $1, name = $2, name_zh = $3, hotline = $4, email = $5, support_hours = $6, \
              about = $7, version = version + 1 where organisation_id = $8 and version = $9";
    BY_ORGANISATION = "select organisation_id, slug, name, name_zh, hotline, email, support_hours, about, version \
                       from seller_profile where organisation_id = $1";
    BY_SLUG = "select organisation_id, slug, name, name_zh, hotline, email, support_hours, about, version \
               from seller_profile where slug = $1";
}

/// A seller's profile, which everybody may see; `None` before it made one.
///
/// # Errors
/// The database's.
pub fn find(tx: &ReadTx<'_>, seller: OrganisationId) -> Result<Option<SellerProfile>, Fail> {
    tx.one(&BY_ORGANISATION, &[&seller], profile)
}

/// As [`find`], for a seller that must have one.
///
/// # Errors
/// "Not found".
pub fn load(tx: &ReadTx<'_>, seller: OrganisationId) -> Result<SellerProfile, Fail> {
    tx.load(&BY_ORGANISATION, &[&seller], profile)
}

/// The profile behind a URL.
///
/// # Errors
/// The database's.
pub fn find_by_slug(tx: &ReadTx<'_>, slug: &str) -> Result<Option<SellerProfile>, Fail> {
    tx.one(&BY_SLUG, &[&slug], profile)
}

/// Stores a new profile.
///
/// # Errors
/// [`SLUG_TAKEN`] at `slug`.
pub fn insert(tx: &Tx<'_>, profile: &SellerProfile) -> Result<(), Fail> {
    tx.exec_one(
        &INSERT,
        &[
            &profile.organisation,
            &profile.slug,
            &profile.name,
            &profile.name_zh,
            &profile.hotline,
            &profile.email,
            &profile.support_hours,
            &profile.about,
            &profile.version,
        ],
    )
    .map_err(slug_taken)
}

/// Stores a changed profile.
///
/// # Errors
/// [`SLUG_TAKEN`] at `slug`; [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE).
pub fn save(tx: &Tx<'_>, profile: &mut SellerProfile) -> Result<(), Fail> {
    tx.exec_one(
        &UPDATE,
        &[
            &profile.slug,
            &profile.name,
            &profile.name_zh,
            &profile.hotline,
            &profile.email,
            &profile.support_hours,
            &profile.about,
            &profile.organisation,
            &profile.version,
        ],
    )
    .map_err(slug_taken)?;
    profile.version += 1;
    Ok(())
}

fn slug_taken(fail: Fail) -> Fail {
    match unique_violation(&fail) {
        Some("seller_profile__slug") => Fail::field("slug", SLUG_TAKEN),
        _ => fail,
    }
}

fn profile(row: &Row<'_>) -> Result<SellerProfile, Fail> {
    Ok(SellerProfile {
        organisation: row.take()?,
        slug: row.take()?,
        name: row.take()?,
        name_zh: row.take()?,
        hotline: row.take()?,
        email: row.take()?,
        support_hours: row.take()?,
        about: row.take()?,
        version: row.take()?,
    })
}
