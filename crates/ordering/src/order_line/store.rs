//! Rows of order lines.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::{OrderId, OrderLineId, OrganisationId};
use kernel::prelude::*;
use kernel::term::Period;

use super::{LineMachine, LineState, NewLine, OrderLine};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, number, order_id, realm, order_type, buyer_id, state, version, created_at, paid_at, completed_at, ",
            "seller_id, product_id, product_version, sku_code, product_code, product_name, quantity, period_type, period_count, ",
            "supervised, contract, currency, list_minor, net_minor, tax_minor, gross_minor, frozen from order_line ",
            $rest
        )
    };
}

sql! {
    INSERT = "insert into order_line (id, number, order_id, realm, order_type, buyer_id, state, version, created_at, paid_at, completed_at, \
              seller_id, product_id, product_version, sku_code, product_code, product_name, quantity, period_type, period_count, \
              supervised, contract, currency, list_minor, net_minor, tax_minor, gross_minor, frozen) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)";
    SAVE = "update order_line set state = $4, version = version + 1, paid_at = $5, completed_at = $6 where id = $1 and state = $2 and version = $3";
    OF_ORDER = select!("where order_id = $1 order by number");
    FIND_FOR_BUYER = select!("where id = $1 and buyer_id = $2");
    FIND_FOR_SELLER = select!("where id = $1 and seller_id = $2");
    FIND_ANY = select!("where id = $1");
    FIND_BY_NUMBER = select!("where number = $1");
    UNPAID_EXPIRED = "select l.order_id from order_line l join orders o on o.id = l.order_id \
                      where l.state = 'PENDING_PAYMENT' and o.expires_at <= $1 order by o.expires_at limit $2";
}

fn read(row: &Row<'_>) -> Result<OrderLine, Fail> {
    let (id, number, order, realm, order_type, buyer) = (
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
    );
    let (state, version, created_at, paid_at, completed_at) = (
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
        row.take()?,
    );
    let terms = read_terms(row)?;
    Ok(OrderLine {
        id,
        number,
        order,
        realm,
        order_type,
        buyer,
        terms,
        state,
        version,
        created_at,
        paid_at,
        completed_at,
    })
}

fn read_terms(row: &Row<'_>) -> Result<NewLine, Fail> {
    let (seller, product, product_version) = (row.take()?, row.take()?, row.take()?);
    let (sku_code, product_code, product_name, quantity) =
        (row.take()?, row.take()?, row.take()?, row.take()?);
    let period = Period {
        unit: row.take()?,
        count: row.take()?,
    };
    let (supervised, contract) = (row.take()?, row.take()?);
    let currency: Currency = row.take()?;
    let money = || Ok::<_, Fail>(Money::new(row.take()?, currency));
    let (list, net, tax, gross) = (money()?, money()?, money()?, money()?);
    let frozen: String = row.take()?;
    let frozen = serde_json::from_str(&frozen).map_err(Fail::bug)?;
    Ok(NewLine {
        seller,
        product,
        product_version,
        sku_code,
        product_code,
        product_name,
        quantity,
        period,
        supervised,
        contract,
        list,
        net,
        tax,
        gross,
        frozen,
    })
}

/// Adds a line.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Tx<'_>, line: &OrderLine) -> Result<(), Fail> {
    let terms = &line.terms;
    let frozen = serde_json::to_string(&terms.frozen).map_err(Fail::bug)?;
    tx.exec(
        &INSERT,
        &[
            &line.id,
            &line.number,
            &line.order,
            &line.realm,
            &line.order_type,
            &line.buyer,
            &line.state,
            &line.version,
            &line.created_at,
            &line.paid_at,
            &line.completed_at,
            &terms.seller,
            &terms.product,
            &terms.product_version,
            &terms.sku_code,
            &terms.product_code,
            &terms.product_name,
            &terms.quantity,
            &terms.period.unit,
            &terms.period.count,
            &terms.supervised,
            &terms.contract,
            &terms.gross.currency,
            &terms.list.minor,
            &terms.net.minor,
            &terms.tax.minor,
            &terms.gross.minor,
            &frozen,
        ],
    )?;
    Ok(())
}

/// Stores a change of state with its history row; the line as it stands then.
///
/// # Errors
/// Conflict when somebody changed the line meanwhile.
pub fn save(
    tx: &Tx<'_>,
    line: &OrderLine,
    transition: &Transition<LineMachine>,
) -> Result<OrderLine, Fail> {
    let reached = |state: LineState, before: Option<Timestamp>| {
        if transition.to() == state {
            Some(transition.at())
        } else {
            before
        }
    };
    let mut after = line.clone();
    after.state = transition.to();
    after.version = transition.version() + 1;
    after.paid_at = reached(LineState::Paid, line.paid_at);
    after.completed_at = reached(LineState::Completed, line.completed_at);
    tx.exec_one(
        &SAVE,
        &[
            &line.id,
            &transition.from(),
            &transition.version(),
            &after.state,
            &after.paid_at,
            &after.completed_at,
        ],
    )?;
    db::history::append(tx, line.id.as_str(), transition)?;
    Ok(after)
}

/// The lines of an order. Whoever asks has the order, so whose it is is known.
///
/// # Errors
/// The database's.
pub fn of_order(tx: &ReadTx<'_>, order: OrderId) -> Result<Vec<OrderLine>, Fail> {
    tx.many(&OF_ORDER, &[&order], read)
}

/// A buyer's line.
///
/// # Errors
/// "Not found", also for another buyer's.
pub fn find_for_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    id: OrderLineId,
) -> Result<OrderLine, Fail> {
    tx.load(&FIND_FOR_BUYER, &[&id, &buyer], read)
}

/// A line of a seller's product.
///
/// # Errors
/// "Not found", also for another seller's.
pub fn find_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: OrderLineId,
) -> Result<OrderLine, Fail> {
    tx.load(&FIND_FOR_SELLER, &[&id, &seller], read)
}

/// Any line, for the marketplace itself and its operators.
///
/// # Errors
/// "Not found".
pub fn find_any(tx: &ReadTx<'_>, id: OrderLineId) -> Result<OrderLine, Fail> {
    tx.load(&FIND_ANY, &[&id], read)
}

/// A line by its number. Whoever asks must check whose it is.
///
/// # Errors
/// "Not found".
pub fn find_by_number(tx: &ReadTx<'_>, number: &str) -> Result<OrderLine, Fail> {
    tx.load(&FIND_BY_NUMBER, &[&number], read)
}

/// Orders that nobody paid in time, for the sweeper.
///
/// # Errors
/// The database's.
pub fn unpaid_expired(tx: &ReadTx<'_>, now: Timestamp, most: u32) -> Result<Vec<OrderId>, Fail> {
    tx.many(&UNPAID_EXPIRED, &[&now, &most], |row| row.take())
}
