//! Keys in the database.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::OrganisationId;
use kernel::{Fail, Timestamp};

use super::steps::ACCESS_KEY_MISSING;
use super::{AccessKey, AccessKeyId, InterfaceType, Rank};

/// Keys in a list at most; there are two of each type beside retired ones.
const MAX_LISTED: i64 = 100;

sql! {
    INSERT = "insert into access_key (id, seller_id, interface_type, rank, secret, created_at, created_by, retired_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8)";
    DEMOTE = "update access_key set rank = $1 where id = $2 and rank = $3 and retired_at is null";
    RETIRE = "update access_key set retired_at = $1 where id = $2 and rank = $3 and retired_at is null";
    FOR_SELLER = "select id, seller_id, interface_type, rank, secret, created_at, created_by, retired_at \
                  from access_key where seller_id = $1 and id = $2";
    LIST = "select id, seller_id, interface_type, rank, secret, created_at, created_by, retired_at \
            from access_key where seller_id = $1 order by created_at desc, id desc limit $2";
    ACCEPTED = "select id, seller_id, interface_type, rank, secret, created_at, created_by, retired_at \
                from access_key where seller_id = $1 and interface_type = $2 and retired_at is null order by rank, id";
}

/// A key of this seller, retired ones included.
///
/// # Errors
/// "Not found".
pub fn find_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: AccessKeyId,
) -> Result<AccessKey, Fail> {
    tx.load(&FOR_SELLER, &[&seller, &id], key)
}

/// The keys of a seller, newest first, retired ones included, at most 100.
///
/// # Errors
/// The database's.
pub fn list_for_seller(tx: &ReadTx<'_>, seller: OrganisationId) -> Result<Vec<AccessKey>, Fail> {
    tx.many(&LIST, &[&seller, &MAX_LISTED], key)
}

/// The keys that hold on what a seller sends: primary first, then secondary.
///
/// # Errors
/// The database's.
pub fn accepted_keys(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    interface_type: InterfaceType,
) -> Result<Vec<AccessKey>, Fail> {
    tx.many(&ACCEPTED, &[&seller, &interface_type], key)
}

/// The key that signs what we send to a seller.
///
/// # Errors
/// [`ACCESS_KEY_MISSING`].
pub fn signing_key(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    interface_type: InterfaceType,
) -> Result<AccessKey, Fail> {
    accepted_keys(tx, seller, interface_type)?
        .into_iter()
        .find(|key| key.rank == Rank::Primary)
        .ok_or_else(|| Fail::new(ACCESS_KEY_MISSING))
}

pub(super) fn insert(tx: &Tx<'_>, key: &AccessKey) -> Result<(), Fail> {
    tx.exec_one(
        &INSERT,
        &[
            &key.id,
            &key.seller,
            &key.interface_type,
            &key.rank,
            &key.secret,
            &key.created_at,
            &key.created_by,
            &key.retired_at,
        ],
    )
}

pub(super) fn demote(tx: &Tx<'_>, key: &AccessKey) -> Result<(), Fail> {
    tx.exec_one(&DEMOTE, &[&Rank::Secondary, &key.id, &Rank::Primary])
}

pub(super) fn retire(tx: &Tx<'_>, key: &AccessKey, now: Timestamp) -> Result<(), Fail> {
    tx.exec_one(&RETIRE, &[&now, &key.id, &Rank::Secondary])
}

fn key(row: &Row<'_>) -> Result<AccessKey, Fail> {
    Ok(AccessKey {
        id: row.take()?,
        seller: row.take()?,
        interface_type: row.take()?,
        rank: row.take()?,
        secret: row.take()?,
        created_at: row.take()?,
        created_by: row.take()?,
        retired_at: row.take()?,
    })
}
