//! Addresses in the database.

use db::{ReadTx, Row, Tx, history, sql, unique_violation};
use kernel::id::OrganisationId;
use kernel::{Fail, Transition, codes};

use super::{AddressMachine, BodySign, InterfaceAddress, InterfaceAddressId};

codes! {
    /// The seller has this address already.
    Invalid ADDRESS_TAKEN = "address-taken";
}

/// Addresses in a list at most.
const MAX_LISTED: i64 = 100;

sql! {
    INSERT = "insert into interface_address (id, seller_id, base_url, state, verification, body_sign, verified_at, created_at, version) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SAVE = "update interface_address set state = $1, verified_at = $2, version = version + 1 \
            where id = $3 and state = $4 and version = $5";
    SAVE_BODY_SIGN = "update interface_address set body_sign = $1, version = version + 1 where id = $2 and version = $3";
    BY_ID = "select id, seller_id, base_url, state, verification, body_sign, verified_at, created_at, version \
             from interface_address where id = $1";
    FOR_SELLER = "select id, seller_id, base_url, state, verification, body_sign, verified_at, created_at, version \
                  from interface_address where seller_id = $1 and id = $2";
    LIST = "select id, seller_id, base_url, state, verification, body_sign, verified_at, created_at, version \
            from interface_address where seller_id = $1 order by created_at desc, id desc limit $2";
}

/// Any address, for the operator and for the calls of the marketplace.
///
/// # Errors
/// "Not found".
pub fn find_any(tx: &ReadTx<'_>, id: InterfaceAddressId) -> Result<InterfaceAddress, Fail> {
    tx.load(&BY_ID, &[&id], address)
}

/// An address of this seller.
///
/// # Errors
/// "Not found".
pub fn find_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: InterfaceAddressId,
) -> Result<InterfaceAddress, Fail> {
    tx.load(&FOR_SELLER, &[&seller, &id], address)
}

/// The addresses of a seller, newest first, at most 100.
///
/// # Errors
/// The database's.
pub fn list_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
) -> Result<Vec<InterfaceAddress>, Fail> {
    tx.many(&LIST, &[&seller, &MAX_LISTED], address)
}

/// Stores a new address.
///
/// # Errors
/// [`ADDRESS_TAKEN`] at `base_url`.
pub fn insert(tx: &Tx<'_>, address: &InterfaceAddress) -> Result<(), Fail> {
    tx.exec_one(
        &INSERT,
        &[
            &address.id,
            &address.seller,
            &address.base_url,
            &address.state,
            &address.verification,
            &address.body_sign,
            &address.verified_at,
            &address.created_at,
            &address.version,
        ],
    )
    .map_err(|fail| match unique_violation(&fail) {
        Some("interface_address__seller_id__base_url") => Fail::field("base_url", ADDRESS_TAKEN),
        _ => fail,
    })
}

/// Stores what is asked of the signature of answers.
///
/// # Errors
/// [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE).
pub fn save_body_sign(
    tx: &Tx<'_>,
    address: &mut InterfaceAddress,
    body_sign: BodySign,
) -> Result<(), Fail> {
    tx.exec_one(
        &SAVE_BODY_SIGN,
        &[&body_sign, &address.id, &address.version],
    )?;
    address.body_sign = body_sign;
    address.version += 1;
    Ok(())
}

pub(super) fn save(
    tx: &Tx<'_>,
    address: &mut InterfaceAddress,
    transition: Transition<AddressMachine>,
) -> Result<(), Fail> {
    tx.exec_one(
        &SAVE,
        &[
            &transition.to(),
            &transition.at(),
            &address.id,
            &transition.from(),
            &transition.version(),
        ],
    )?;
    history::append(tx, address.id.as_str(), &transition)?;
    address.state = transition.to();
    address.verified_at = Some(transition.at());
    address.version = transition.version() + 1;
    Ok(())
}

fn address(row: &Row<'_>) -> Result<InterfaceAddress, Fail> {
    Ok(InterfaceAddress {
        id: row.take()?,
        seller: row.take()?,
        base_url: row.take()?,
        state: row.take()?,
        verification: row.take()?,
        body_sign: row.take()?,
        verified_at: row.take()?,
        created_at: row.take()?,
        version: row.take()?,
    })
}
