//! Rows of operation records and of the files in them.

use db::{ReadTx, Tx, sql};
use kernel::id::{FileId, OrganisationId, ServiceFlowId};
use kernel::{Fail, Timestamp, Who};

use super::{Action, HandedOver, Record, RecordId, Statement};

sql! {
    LAST_NUMBER = "select coalesce(max(number), 0) from service_flow_record where flow_id = $1";
    INSERT = "insert into service_flow_record (id, flow_id, number, at, side, user_id, action, body) \
              values ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_FILE = "insert into service_flow_file (record_id, file_id, kind) values ($1, $2, $3)";
    FOR_BUYER = "select r.id, r.number, r.at, r.side, r.user_id, r.action, r.body \
                 from service_flow_record r join service_flow f on f.id = r.flow_id \
                 where r.flow_id = $1 and f.buyer_id = $2 order by r.number";
    FOR_SELLER = "select r.id, r.number, r.at, r.side, r.user_id, r.action, r.body \
                  from service_flow_record r join service_flow f on f.id = r.flow_id \
                  where r.flow_id = $1 and f.seller_id = $2 order by r.number";
    ANY = "select id, number, at, side, user_id, action, body from service_flow_record \
           where flow_id = $1 order by number";
    FILES = "select h.record_id, h.file_id, h.kind, o.name, o.size_bytes \
             from service_flow_file h join service_flow_record r on r.id = h.record_id \
             join file o on o.id = h.file_id where r.flow_id = $1 order by h.kind, o.created_at, o.id";
    FILE_FOR_BUYER = "select f.id from service_flow_file h \
                      join service_flow_record r on r.id = h.record_id \
                      join service_flow f on f.id = r.flow_id \
                      where h.file_id = $1 and f.buyer_id = $2 order by f.id limit 1";
    FILE_FOR_SELLER = "select f.id from service_flow_file h \
                       join service_flow_record r on r.id = h.record_id \
                       join service_flow f on f.id = r.flow_id \
                       where h.file_id = $1 and f.seller_id = $2 order by f.id limit 1";
}

/// Adds a record; called by the flow's store alone.
pub(crate) fn append(
    tx: &Tx<'_>,
    flow: ServiceFlowId,
    action: Action,
    who: Who,
    at: Timestamp,
    said: &Statement,
) -> Result<(), Fail> {
    let last: i64 = tx.load(&LAST_NUMBER, &[&flow], |row| row.take())?;
    let id = RecordId::fresh(at);
    tx.exec(
        &INSERT,
        &[
            &id,
            &flow,
            &(last + 1),
            &at,
            &who.side(),
            &who.user(),
            &action,
            &said.text(),
        ],
    )?;
    for (file, kind) in said.files() {
        tx.exec(&INSERT_FILE, &[&id, file, kind])?;
    }
    Ok(())
}

/// The records of a buyer's flow, oldest first; none when it is another's.
///
/// # Errors
/// The database's.
pub fn list_for_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    flow: ServiceFlowId,
) -> Result<Vec<Record>, Fail> {
    with_files(tx, flow, tx.many(&FOR_BUYER, &[&flow, &buyer], read)?)
}

/// The records of a seller's flow, oldest first; none when it is another's.
///
/// # Errors
/// The database's.
pub fn list_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    flow: ServiceFlowId,
) -> Result<Vec<Record>, Fail> {
    with_files(tx, flow, tx.many(&FOR_SELLER, &[&flow, &seller], read)?)
}

/// The records of any flow, oldest first, for the operator.
///
/// # Errors
/// The database's.
pub fn list_any(tx: &ReadTx<'_>, flow: ServiceFlowId) -> Result<Vec<Record>, Fail> {
    with_files(tx, flow, tx.many(&ANY, &[&flow], read)?)
}

/// A flow of a buyer in which a file was handed over: the right to download it.
///
/// # Errors
/// Not found.
pub fn flow_of_file_for_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    file: FileId,
) -> Result<ServiceFlowId, Fail> {
    tx.load(&FILE_FOR_BUYER, &[&file, &buyer], |row| row.take())
}

/// A flow of a seller in which a file was handed over: the right to download it.
///
/// # Errors
/// Not found.
pub fn flow_of_file_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    file: FileId,
) -> Result<ServiceFlowId, Fail> {
    tx.load(&FILE_FOR_SELLER, &[&file, &seller], |row| row.take())
}

fn with_files(
    tx: &ReadTx<'_>,
    flow: ServiceFlowId,
    mut records: Vec<Record>,
) -> Result<Vec<Record>, Fail> {
    if records.is_empty() {
        return Ok(records);
    }
    let files: Vec<(RecordId, HandedOver)> = tx.many(&FILES, &[&flow], |row| {
        let record = row.take()?;
        let handed_over = HandedOver {
            file: row.take()?,
            kind: row.take()?,
            name: row.take()?,
            size_bytes: row.take()?,
        };
        Ok((record, handed_over))
    })?;
    for (owner, file) in files {
        if let Some(record) = records.iter_mut().find(|record| record.id == owner) {
            record.files.push(file);
        }
    }
    Ok(records)
}

fn read(row: &db::Row<'_>) -> Result<Record, Fail> {
    Ok(Record {
        id: row.take()?,
        number: row.take()?,
        at: row.take()?,
        side: row.take()?,
        user: row.take()?,
        action: row.take()?,
        text: row.take()?,
        files: Vec::new(),
    })
}
