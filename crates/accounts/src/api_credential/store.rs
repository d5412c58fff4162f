//! Credentials in the database.

use db::{ReadTx, Row, Tx, sql};
use kernel::crypt::KeyRing;
use kernel::id::{OrganisationId, UserId};
use kernel::{Fail, Secret, Timestamp, random};

use super::ApiCredential;
use super::model::{ACCESS_KEY_LENGTH, SECRET_KEY_LENGTH, place};
use crate::organisation::{self, Kind};

/// Credentials in a list at most.
const MAX_LISTED: i64 = 100;

sql! {
    INSERT = "insert into api_credential (access_key, organisation_id, secret, created_by, created_at, disabled_at) \
              values ($1, $2, $3, $4, $5, null)";
    ACTIVE = "select c.access_key, c.organisation_id, o.realm, c.secret, c.created_by, c.created_at, c.disabled_at \
              from api_credential c join organisation o on o.id = c.organisation_id \
              where c.access_key = $1 and c.disabled_at is null and o.kind = $2";
    LIST = "select c.access_key, c.organisation_id, o.realm, c.secret, c.created_by, c.created_at, c.disabled_at \
            from api_credential c join organisation o on o.id = c.organisation_id \
            where c.organisation_id = $1 order by c.created_at desc, c.access_key limit $2";
    DISABLE = "update api_credential set disabled_at = $1 where access_key = $2 and organisation_id = $3 and disabled_at is null";
}

/// Makes a credential of a seller.
///
/// # Errors
/// "Not found" for an unknown seller.
pub fn create(
    tx: &Tx<'_>,
    ring: &KeyRing,
    seller: OrganisationId,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<ApiCredential, Fail> {
    let owner = organisation::find_any(tx, seller)?;
    if owner.kind() != Kind::Seller {
        return Err(Fail::not_found());
    }
    let access_key = random::upper_alnum(ACCESS_KEY_LENGTH);
    let secret = Secret::new(random::upper_alnum(SECRET_KEY_LENGTH));
    let credential = ApiCredential {
        organisation: seller,
        realm: owner.realm(),
        secret: ring.seal_text(place(&access_key), &secret)?,
        access_key,
        created_by: by,
        created_at: now,
        disabled_at: None,
    };
    tx.exec_one(
        &INSERT,
        &[
            &credential.access_key,
            &credential.organisation,
            &credential.secret,
            &credential.created_by,
            &credential.created_at,
        ],
    )?;
    Ok(credential)
}

/// The seller's credential that a call names, unless disabled. The call proves
/// nothing yet: that does [`SellerSystem::prove`](crate::actor::SellerSystem::prove).
///
/// # Errors
/// The database's.
pub fn find_active(tx: &ReadTx<'_>, access_key: &str) -> Result<Option<ApiCredential>, Fail> {
    tx.one(&ACTIVE, &[&access_key, &Kind::Seller], credential)
}

/// A seller's credentials, newest first, at most 100.
///
/// # Errors
/// The database's.
pub fn list_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
) -> Result<Vec<ApiCredential>, Fail> {
    tx.many(&LIST, &[&seller, &MAX_LISTED], credential)
}

/// Disables a seller's credential for good.
///
/// # Errors
/// "Not found" for another seller's or a disabled one.
pub fn disable(
    tx: &Tx<'_>,
    seller: OrganisationId,
    access_key: &str,
    now: Timestamp,
) -> Result<(), Fail> {
    match tx.exec(&DISABLE, &[&now, &access_key, &seller])? {
        0 => Err(Fail::not_found()),
        _ => Ok(()),
    }
}

fn credential(row: &Row<'_>) -> Result<ApiCredential, Fail> {
    Ok(ApiCredential {
        access_key: row.take()?,
        organisation: row.take()?,
        realm: row.take()?,
        secret: row.take()?,
        created_by: row.take()?,
        created_at: row.take()?,
        disabled_at: row.take()?,
    })
}
