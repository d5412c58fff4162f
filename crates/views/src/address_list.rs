//! Interface addresses of all sellers, for the operator who verifies them.

use accounts::interface_address::{AddressState, InterfaceAddressId};
use db::{ReadTx, Row, sql};
use kernel::id::OrganisationId;
use kernel::page::{Cursor, Page, PageRequest};
use kernel::prelude::*;

/// An address with the name of its seller.
#[derive(Debug, Clone)]
pub struct AddressRow {
    /// The address.
    pub address: InterfaceAddressId,
    /// Scheme and domain.
    pub base_url: String,
    /// The seller.
    pub seller: OrganisationId,
    /// The seller's name.
    pub seller_name: String,
    /// Whether it may be called.
    pub state: AddressState,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was verified.
    pub verified_at: Option<Timestamp>,
}

sql! {
    LIST = "select a.id, a.base_url, a.seller_id, o.name, a.state, a.created_at, a.verified_at \
            from interface_address a join organisation o on o.id = a.seller_id where (a.state = $1 or $1 = '') \
            and (a.created_at < $2 or (a.created_at = $2 and a.id < $3)) order by a.created_at desc, a.id desc limit $4";
    ONE = "select a.id, a.base_url, a.seller_id, o.name, a.state, a.created_at, a.verified_at \
           from interface_address a join organisation o on o.id = a.seller_id where a.id = $1";
}

fn read(row: &Row<'_>) -> Result<AddressRow, Fail> {
    Ok(AddressRow {
        address: row.take()?,
        base_url: row.take()?,
        seller: row.take()?,
        seller_name: row.take()?,
        state: row.take()?,
        created_at: row.take()?,
        verified_at: row.take()?,
    })
}

/// Addresses in one state or all, newest first.
///
/// # Errors
/// The database's.
pub fn load(
    tx: &ReadTx<'_>,
    state: Option<AddressState>,
    request: &PageRequest,
) -> Result<Page<AddressRow>, Fail> {
    let state = state.map_or("", AddressState::name);
    let rows = tx.many(
        &LIST,
        &[
            &state,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.created_at,
        id: row.address.to_string(),
    }))
}

/// One address.
///
/// # Errors
/// "Not found".
pub fn one(tx: &ReadTx<'_>, id: InterfaceAddressId) -> Result<AddressRow, Fail> {
    tx.load(&ONE, &[&id], read)
}
