//! Agreements and acceptances in the database. There is no update: a version
//! and an acceptance stay as they were written.

use db::{ReadTx, Row, Tx, sql};
use kernel::Fail;
use kernel::id::OrganisationId;
use kernel::page::{Cursor, Page, PageRequest};

use super::{Acceptance, AcceptanceId, AcceptedAgreement, Agreement, AgreementId};

/// Versions in a history at most.
const MAX_LISTED: i64 = 100;

sql! {
    INSERT = "insert into agreement (id, code, version, title, title_zh, body, content_hash, seller_id, published_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_ID = "select id, code, version, title, title_zh, body, content_hash, seller_id, published_at from agreement where id = $1";
    VERSIONS = "select id, code, version, title, title_zh, body, content_hash, seller_id, published_at from agreement \
                where code = $1 order by version desc limit $2";
    ACCEPT = "insert into agreement_acceptance (id, agreement_id, user_id, organisation_id, order_id, product_id, address, accepted_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (order_id, agreement_id) do nothing";
    ACCEPTED = "select c.id, c.agreement_id, a.code, a.version, a.title, a.title_zh, c.user_id, c.order_id, c.product_id, \
                c.address, c.accepted_at from agreement_acceptance c join agreement a on a.id = c.agreement_id \
                where c.organisation_id = $1 and (c.accepted_at < $2 or (c.accepted_at = $2 and c.id < $3)) \
                order by c.accepted_at desc, c.id desc limit $4";
    ONE_ACCEPTED = "select c.id, c.agreement_id, a.code, a.version, a.title, a.title_zh, c.user_id, c.order_id, c.product_id, \
                    c.address, c.accepted_at from agreement_acceptance c join agreement a on a.id = c.agreement_id \
                    where c.organisation_id = $1 and c.id = $2";
}

/// A version, which everybody may read.
///
/// # Errors
/// "Not found".
pub fn find(tx: &ReadTx<'_>, id: AgreementId) -> Result<Agreement, Fail> {
    tx.load(&BY_ID, &[&id], agreement)
}

/// The current version of a code.
///
/// # Errors
/// The database's.
pub fn current(tx: &ReadTx<'_>, code: &str) -> Result<Option<Agreement>, Fail> {
    tx.one(&VERSIONS, &[&code, &1_i64], agreement)
}

/// All versions of a code, newest first, at most 100.
///
/// # Errors
/// The database's.
pub fn versions(tx: &ReadTx<'_>, code: &str) -> Result<Vec<Agreement>, Fail> {
    tx.many(&VERSIONS, &[&code, &MAX_LISTED], agreement)
}

/// Records an acceptance; a second one of the same version with the same order
/// changes nothing.
///
/// # Errors
/// The database's.
pub fn accept(tx: &Tx<'_>, acceptance: &Acceptance<'_>) -> Result<(), Fail> {
    tx.exec(
        &ACCEPT,
        &[
            &AcceptanceId::fresh(acceptance.at),
            &acceptance.agreement,
            &acceptance.user,
            &acceptance.organisation,
            &acceptance.order,
            &acceptance.product,
            &acceptance.address,
            &acceptance.at,
        ],
    )?;
    Ok(())
}

/// What an organisation accepted, newest first.
///
/// # Errors
/// The database's.
pub fn list_accepted(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    request: &PageRequest,
) -> Result<Page<AcceptedAgreement>, Fail> {
    let rows = tx.many(
        &ACCEPTED,
        &[
            &organisation,
            &request.before_micros(),
            &request.before_id(),
            &request.fetch(),
        ],
        accepted,
    )?;
    Ok(Page::cut(rows, request, |row| Cursor {
        at: row.at,
        id: row.id.to_string(),
    }))
}

/// One acceptance of an organisation with the text that was accepted.
///
/// # Errors
/// "Not found", also for another organisation's.
pub fn read_accepted(
    tx: &ReadTx<'_>,
    organisation: OrganisationId,
    id: AcceptanceId,
) -> Result<(AcceptedAgreement, Agreement), Fail> {
    let acceptance = tx.load(&ONE_ACCEPTED, &[&organisation, &id], accepted)?;
    let text = find(tx, acceptance.agreement)?;
    Ok((acceptance, text))
}

pub(super) fn insert(tx: &Tx<'_>, agreement: &Agreement) -> Result<(), Fail> {
    tx.exec_one(
        &INSERT,
        &[
            &agreement.id,
            &agreement.code,
            &agreement.version,
            &agreement.title,
            &agreement.title_zh,
            &agreement.body,
            &agreement.content_hash,
            &agreement.seller,
            &agreement.published_at,
        ],
    )
}

fn agreement(row: &Row<'_>) -> Result<Agreement, Fail> {
    Ok(Agreement {
        id: row.take()?,
        code: row.take()?,
        version: row.take()?,
        title: row.take()?,
        title_zh: row.take()?,
        body: row.take()?,
        content_hash: row.take()?,
        seller: row.take()?,
        published_at: row.take()?,
    })
}

fn accepted(row: &Row<'_>) -> Result<AcceptedAgreement, Fail> {
    Ok(AcceptedAgreement {
        id: row.take()?,
        agreement: row.take()?,
        code: row.take()?,
        version: row.take()?,
        title: row.take()?,
        title_zh: row.take()?,
        user: row.take()?,
        order: row.take()?,
        product: row.take()?,
        address: row.take()?,
        at: row.take()?,
    })
}
