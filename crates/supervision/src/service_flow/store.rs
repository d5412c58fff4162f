//! Rows of service flows. Each change writes its record in the same breath.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::{OrderLineId, OrganisationId, ServiceFlowId};
use kernel::{Fail, Timestamp, Transition, Who};

use super::ops::Reminder;
use super::{NewFlow, ServiceFlow, ServiceFlowMachine};
use crate::record::{self, Action, Statement};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, realm, order_line_id, order_id, buyer_id, seller_id, product_id, template, state, \
             version, delivery_due_at, request_rejections, delivery_rejections, enabled_at, accepted_at, \
             reminded_at, created_at, updated_at from service_flow where ",
            $rest
        )
    };
}

sql! {
    ACCEPTED_UNFINISHED = "select f.order_line_id, f.realm, f.accepted_at from service_flow f join order_line l on l.id = f.order_line_id \
                           where f.state = 'COMPLETED' and l.state = 'PAID' and f.accepted_at is not null order by f.accepted_at limit $1";
    INSERT = "insert into service_flow (id, realm, order_line_id, order_id, buyer_id, seller_id, product_id, \
              template, state, version, request_rejections, delivery_rejections, created_at, updated_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    ANY = select!("id = $1");
    FOR_BUYER = select!("id = $1 and buyer_id = $2");
    FOR_SELLER = select!("id = $1 and seller_id = $2");
    OF_LINE = select!("order_line_id = $1");
    SAVE = "update service_flow set state = $1, version = version + 1, delivery_due_at = $2, \
            request_rejections = $3, delivery_rejections = $4, enabled_at = $5, accepted_at = $6, \
            updated_at = $7 where id = $8 and state = $9 and version = $10";
    REMINDED = "update service_flow set reminded_at = $1 where id = $2 and state = $3 and version = $4";
}

/// Adds a flow, with its first record.
///
/// # Errors
/// The database's; a line can have only one flow.
pub fn insert(tx: &Tx<'_>, flow: &ServiceFlow) -> Result<(), Fail> {
    let about = &flow.about;
    tx.exec(
        &INSERT,
        &[
            &flow.id,
            &about.realm,
            &about.order_line_id,
            &about.order_id,
            &about.buyer_id,
            &about.seller_id,
            &about.product_id,
            &about.template,
            &flow.state,
            &flow.version,
            &flow.request_rejections,
            &flow.delivery_rejections,
            &flow.created_at,
            &flow.updated_at,
        ],
    )?;
    let silent = Statement::default();
    note(
        tx,
        flow,
        Action::Opened,
        Who::SYSTEM,
        flow.created_at,
        &silent,
    )
}

/// Stores a decided step with its history and its record; the row then stands
/// after it. `said` is what the step was decided on.
///
/// # Errors
/// A conflict when the row changed meanwhile.
pub fn save(
    tx: &Tx<'_>,
    flow: &mut ServiceFlow,
    transition: Transition<ServiceFlowMachine>,
    said: &Statement,
) -> Result<(), Fail> {
    tx.exec_one(
        &SAVE,
        &[
            &transition.to(),
            &flow.delivery_due_at,
            &flow.request_rejections,
            &flow.delivery_rejections,
            &flow.enabled_at,
            &flow.accepted_at,
            &flow.updated_at,
            &flow.id,
            &transition.from(),
            &transition.version(),
        ],
    )?;
    db::history::append(tx, flow.id.as_str(), &transition)?;
    flow.state = transition.to();
    flow.version += 1;
    let action = Action::from(transition.event());
    note(tx, flow, action, transition.who(), transition.at(), said)
}

/// Stores a reminder with its record.
///
/// # Errors
/// A conflict when the row changed meanwhile.
pub fn save_reminder(
    tx: &Tx<'_>,
    flow: &mut ServiceFlow,
    reminder: Reminder,
    said: &Statement,
) -> Result<(), Fail> {
    let guard = (&flow.id, &flow.state, &flow.version);
    tx.exec_one(&REMINDED, &[&reminder.at, guard.0, guard.1, guard.2])?;
    flow.reminded_at = Some(reminder.at);
    note(tx, flow, Action::Reminded, reminder.who, reminder.at, said)
}

/// One of any tenant: for the operator and for the marketplace itself.
///
/// # Errors
/// Not found.
pub fn find_any(tx: &ReadTx<'_>, id: ServiceFlowId) -> Result<ServiceFlow, Fail> {
    tx.load(&ANY, &[&id], read)
}

/// One of a buyer.
///
/// # Errors
/// Not found, also when it is another buyer's.
pub fn find_for_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    id: ServiceFlowId,
) -> Result<ServiceFlow, Fail> {
    tx.load(&FOR_BUYER, &[&id, &buyer], read)
}

/// One of a seller.
///
/// # Errors
/// Not found, also when it is another seller's.
pub fn find_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: ServiceFlowId,
) -> Result<ServiceFlow, Fail> {
    tx.load(&FOR_SELLER, &[&id, &seller], read)
}

/// The flow of a line, when it is supervised. The line was found in its scope.
///
/// # Errors
/// The database's.
pub fn of_line(tx: &ReadTx<'_>, line: OrderLineId) -> Result<Option<ServiceFlow>, Fail> {
    tx.one(&OF_LINE, &[&line], read)
}

/// Lines whose delivery was accepted and that aren't completed yet, for the
/// sweeper that looks for lost timers.
///
/// # Errors
/// The database's.
pub fn accepted_unfinished(
    tx: &ReadTx<'_>,
    limit: u32,
) -> Result<Vec<(OrderLineId, kernel::Realm, Timestamp)>, Fail> {
    tx.many(&ACCEPTED_UNFINISHED, &[&limit], |row| {
        Ok((row.take()?, row.take()?, row.take()?))
    })
}

fn note(
    tx: &Tx<'_>,
    flow: &ServiceFlow,
    action: Action,
    who: Who,
    at: Timestamp,
    said: &Statement,
) -> Result<(), Fail> {
    record::store::append(tx, flow.id, action, who, at, said)
}

fn read(row: &Row<'_>) -> Result<ServiceFlow, Fail> {
    Ok(ServiceFlow {
        id: row.take()?,
        about: NewFlow {
            realm: row.take()?,
            order_line_id: row.take()?,
            order_id: row.take()?,
            buyer_id: row.take()?,
            seller_id: row.take()?,
            product_id: row.take()?,
            template: row.take()?,
        },
        state: row.take()?,
        version: row.take()?,
        delivery_due_at: row.take()?,
        request_rejections: row.take()?,
        delivery_rejections: row.take()?,
        enabled_at: row.take()?,
        accepted_at: row.take()?,
        reminded_at: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
    })
}
