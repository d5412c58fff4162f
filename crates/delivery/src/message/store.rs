//! Rows of messages and of their calls.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::OrganisationId;
use kernel::page::{Cursor, Page, PageRequest};
use kernel::{Fail, Timestamp, Transition};

use super::{Attempt, Call, CallId, Filter, Message, MessageId, MessageMachine, NewMessage, ops};
use crate::instance::ExternalRef;

/// Calls of one message that its page shows, the newest.
const CALLS_SHOWN: u32 = 200;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, effect_key, realm, seller_id, product_id, order_number, line_number, \
             instance_id, activity, url, status, version, attempts, http_status, result_code, \
             exception, window_ends_at, next_call_at, first_call_at, last_call_at \
             from interface_message where ",
            $rest
        )
    };
}

sql! {
    COUNT_FAILED = "select count(*) from interface_call c join interface_message m on m.id = c.message_id \
                    where m.seller_id = $1 and m.last_call_at >= $2 and c.at >= $2 and c.exception <> '' and c.result_code <> '000004'";
    INSERT = "insert into interface_message (id, effect_key, realm, seller_id, product_id, order_number, \
              line_number, instance_id, activity, url, status, version, attempts, result_code, exception, \
              window_ends_at, first_call_at, last_call_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    BY_EFFECT = select!("effect_key = $1");
    ANY = select!("id = $1");
    FOR_SELLER = select!("id = $1 and seller_id = $2");
    LIST_FOR_SELLER = select!("seller_id = $1 and ($2 = '' or status = $2) and ($3 = '' or activity = $3) \
                               and ($4 = '' or order_number = $4 or line_number = $4) \
                               and ($5 = '' or instance_id = $5) \
                               and first_call_at >= $6 and first_call_at < $7 \
                               and (first_call_at < $8 or (first_call_at = $8 and id < $9)) \
                               order by first_call_at desc, id desc limit $10");
    SAVE = "update interface_message set status = $1, version = version + 1, instance_id = $2, attempts = $3, \
            http_status = $4, result_code = $5, exception = $6, next_call_at = $7, last_call_at = $8 \
            where id = $9 and status = $10 and version = $11";
    INSERT_CALL = "insert into interface_call (id, message_id, seller_id, at, duration_ms, request, response, \
                   http_status, result_code, exception) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    CALLS_FOR_SELLER = "select id, at, duration_ms, request, response, http_status, result_code, exception \
                        from interface_call where message_id = $1 and seller_id = $2 \
                        order by at desc, id desc limit $3";
    SWEEP = "delete from interface_call where id in \
             (select id from interface_call where at < $1 order by at, id limit $2)";
}

/// The message of an effect: the one that is there, or a new one.
///
/// # Errors
/// The database's.
pub fn begin(tx: &Tx<'_>, about: NewMessage, now: Timestamp) -> Result<Message, Fail> {
    if let Some(known) = find_by_effect(tx, &about.effect_key)? {
        return Ok(known);
    }
    let message = ops::begin(about, now);
    let about = &message.about;
    tx.exec(
        &INSERT,
        &[
            &message.id,
            &about.effect_key,
            &about.realm,
            &about.seller_id,
            &about.product_id,
            &about.order_number,
            &about.line_number,
            &ref_text(about),
            &about.activity,
            &about.url,
            &message.status,
            &message.version,
            &message.attempts,
            &message.result_code,
            &message.exception,
            &about.window_ends_at,
            &message.first_call_at,
            &message.last_call_at,
        ],
    )?;
    Ok(message)
}

/// Stores a decided step with its history; the row then stands after it.
///
/// # Errors
/// A conflict when the row changed meanwhile.
pub fn save(
    tx: &Tx<'_>,
    message: &mut Message,
    transition: Transition<MessageMachine>,
) -> Result<(), Fail> {
    tx.exec_one(
        &SAVE,
        &[
            &transition.to(),
            &ref_text(&message.about),
            &message.attempts,
            &message.http_status,
            &message.result_code,
            &message.exception,
            &message.next_call_at,
            &message.last_call_at,
            &message.id,
            &transition.from(),
            &transition.version(),
        ],
    )?;
    db::history::append(tx, message.id.as_str(), &transition)?;
    message.status = transition.to();
    message.version += 1;
    Ok(())
}

/// Stores a call and the step that it led to. Request and answer must have
/// been redacted; very long ones are cut.
///
/// # Errors
/// As [`save`].
pub fn save_attempt(
    tx: &Tx<'_>,
    message: &mut Message,
    attempt: &Attempt,
    transition: Transition<MessageMachine>,
) -> Result<(), Fail> {
    tx.exec(
        &INSERT_CALL,
        &[
            &CallId::fresh(attempt.at),
            &message.id,
            &message.about.seller_id,
            &attempt.at,
            &attempt.duration_ms,
            &ops::kept(&attempt.request),
            &ops::kept(&attempt.response),
            &attempt.http_status,
            &attempt.result_code,
            &attempt.exception,
        ],
    )?;
    save(tx, message, transition)
}

/// The message of an effect; for the tasks that call sellers.
///
/// # Errors
/// The database's.
pub fn find_by_effect(tx: &ReadTx<'_>, effect_key: &str) -> Result<Option<Message>, Fail> {
    tx.one(&BY_EFFECT, &[&effect_key], read)
}

/// Calls to a seller that failed since a moment.
///
/// # Errors
/// The database's.
pub fn count_failed_calls(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    since: Timestamp,
) -> Result<i64, Fail> {
    tx.load(&COUNT_FAILED, &[&seller, &since], |row| row.take())
}

/// One of any seller: for the operator and for the marketplace itself.
///
/// # Errors
/// Not found.
pub fn find_any(tx: &ReadTx<'_>, id: MessageId) -> Result<Message, Fail> {
    tx.load(&ANY, &[&id], read)
}

/// One of a seller.
///
/// # Errors
/// Not found, also when it is another seller's.
pub fn find_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: MessageId,
) -> Result<Message, Fail> {
    tx.load(&FOR_SELLER, &[&id, &seller], read)
}

/// A seller's messages, newest first.
///
/// # Errors
/// The database's.
pub fn list_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Message>, Fail> {
    let rows = tx.many(
        &LIST_FOR_SELLER,
        &[
            &seller,
            &filter.status.map_or("", super::Status::name),
            &filter.activity,
            &filter.order_number,
            &filter.external_ref,
            &filter.from.unwrap_or(Timestamp::ZERO),
            &filter.to.unwrap_or(Timestamp::from_micros(i64::MAX)),
            &page.before_micros(),
            &page.before_id(),
            &page.fetch(),
        ],
        read,
    )?;
    Ok(Page::cut(rows, page, |message| Cursor {
        at: message.first_call_at,
        id: message.id.to_string(),
    }))
}

/// The newest calls of a seller's message, newest first.
///
/// # Errors
/// The database's.
pub fn calls_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    message: MessageId,
) -> Result<Vec<Call>, Fail> {
    tx.many(
        &CALLS_FOR_SELLER,
        &[&message, &seller, &CALLS_SHOWN],
        |row| {
            Ok(Call {
                id: row.take()?,
                attempt: Attempt {
                    at: row.take()?,
                    duration_ms: row.take()?,
                    request: row.take()?,
                    response: row.take()?,
                    http_status: row.take()?,
                    result_code: row.take()?,
                    exception: row.take()?,
                },
            })
        },
    )
}

/// Deletes at most `limit` calls that are older than a moment; how many. The
/// messages stay: they hold what became of each effect, and no content.
///
/// # Errors
/// The database's.
pub fn sweep_calls(tx: &Tx<'_>, older_than: Timestamp, limit: u32) -> Result<u64, Fail> {
    tx.exec(&SWEEP, &[&older_than, &limit])
}

fn ref_text(about: &NewMessage) -> &str {
    about.external_ref.as_ref().map_or("", ExternalRef::as_str)
}

fn read(row: &Row<'_>) -> Result<Message, Fail> {
    let id = row.take()?;
    let (effect_key, realm, seller_id, product_id) =
        (row.take()?, row.take()?, row.take()?, row.take()?);
    let (order_number, line_number) = (row.take()?, row.take()?);
    let external_ref: String = row.take()?;
    let (activity, url) = (row.take()?, row.take()?);
    let (status, version, attempts) = (row.take()?, row.take()?, row.take()?);
    let (http_status, result_code, exception) = (row.take()?, row.take()?, row.take()?);
    let window_ends_at = row.take()?;
    Ok(Message {
        id,
        about: NewMessage {
            effect_key,
            realm,
            seller_id,
            product_id,
            order_number,
            line_number,
            external_ref: ExternalRef::parse(&external_ref),
            activity,
            url,
            window_ends_at,
        },
        status,
        version,
        attempts,
        http_status,
        result_code,
        exception,
        next_call_at: row.take()?,
        first_call_at: row.take()?,
        last_call_at: row.take()?,
    })
}
