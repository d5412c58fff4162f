//! Rows of orders and payments.

use db::{ReadTx, Row, Tx, sql, unique_violation};
use kernel::id::{OrderId, OrganisationId};
use kernel::prelude::*;

use super::{Order, Payment};

kernel::codes! {
    /// The drawn order number is taken; draw again.
    Conflict NUMBER_TAKEN = "order-number-taken";
}

sql! {
    INSERT = "insert into orders (id, number, realm, type, buyer_id, user_id, currency, total_minor, contact_consent, refers_to, policy_version, created_at, expires_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    FIND_FOR_BUYER = "select id, number, realm, type, buyer_id, user_id, currency, total_minor, contact_consent, refers_to, policy_version, created_at, expires_at \
                      from orders where id = $1 and buyer_id = $2";
    FIND_ANY = "select id, number, realm, type, buyer_id, user_id, currency, total_minor, contact_consent, refers_to, policy_version, created_at, expires_at \
                from orders where id = $1";
    FIND_BY_NUMBER = "select id, number, realm, type, buyer_id, user_id, currency, total_minor, contact_consent, refers_to, policy_version, created_at, expires_at \
                      from orders where number = $1";
    INSERT_PAYMENT = "insert into payment (id, order_id, buyer_id, method, currency, amount_minor, paid_by, paid_at) \
                      values ($1, $2, $3, $4, $5, $6, $7, $8)";
    PAYMENT_AT = "select paid_at from payment where order_id = $1";
}

fn read(row: &Row<'_>) -> Result<Order, Fail> {
    let (id, number, realm, order_type, buyer, user) = (
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
    );
    let (currency, minor): (Currency, i64) = (row.take()?, row.take()?);
    Ok(Order {
        id,
        number,
        realm,
        order_type,
        buyer,
        user,
        total: Money::new(minor, currency),
        contact_consent: row.take()?,
        refers_to: row.take()?,
        policy_version: row.take()?,
        created_at: row.take()?,
        expires_at: row.take()?,
    })
}

/// Adds an order.
///
/// # Errors
/// [`NUMBER_TAKEN`]: draw another number in a new transaction.
pub fn insert(tx: &Tx<'_>, order: &Order) -> Result<(), Fail> {
    let added = tx.exec(
        &INSERT,
        &[
            &order.id,
            &order.number,
            &order.realm,
            &order.order_type,
            &order.buyer,
            &order.user,
            &order.total.currency,
            &order.total.minor,
            &order.contact_consent,
            &order.refers_to,
            &order.policy_version,
            &order.created_at,
            &order.expires_at,
        ],
    );
    match added {
        Err(fail) if unique_violation(&fail) == Some("orders__number") => {
            Err(Fail::new(NUMBER_TAKEN))
        }
        other => other.map(|_| ()),
    }
}

/// A buyer's order.
///
/// # Errors
/// "Not found", also for another buyer's.
pub fn find_for_buyer(tx: &ReadTx<'_>, buyer: OrganisationId, id: OrderId) -> Result<Order, Fail> {
    tx.load(&FIND_FOR_BUYER, &[&id, &buyer], read)
}

/// Any order, for the marketplace itself and its operators.
///
/// # Errors
/// "Not found".
pub fn find_any(tx: &ReadTx<'_>, id: OrderId) -> Result<Order, Fail> {
    tx.load(&FIND_ANY, &[&id], read)
}

/// An order by its number. Whoever asks must check whose it is.
///
/// # Errors
/// "Not found".
pub fn find_by_number(tx: &ReadTx<'_>, number: &str) -> Result<Order, Fail> {
    tx.load(&FIND_BY_NUMBER, &[&number], read)
}

/// Adds the payment of an order.
///
/// # Errors
/// The database's; an order has one payment.
pub fn insert_payment(tx: &Tx<'_>, payment: &Payment) -> Result<(), Fail> {
    tx.exec(
        &INSERT_PAYMENT,
        &[
            &payment.id,
            &payment.order,
            &payment.buyer,
            &payment.method,
            &payment.amount.currency,
            &payment.amount.minor,
            &payment.paid_by,
            &payment.paid_at,
        ],
    )?;
    Ok(())
}

/// When an order was paid, if it was.
///
/// # Errors
/// The database's.
pub fn payment_of(tx: &ReadTx<'_>, order: OrderId) -> Result<Option<Timestamp>, Fail> {
    tx.one(&PAYMENT_AT, &[&order], |row| row.take())
}
