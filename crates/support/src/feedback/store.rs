//! Rows of feedback.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::UserId;
use kernel::page::{Cursor, Page, PageRequest};
use kernel::{Fail, Transition};

use super::{Feedback, FeedbackId, FeedbackMachine, NewFeedback, State};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, page, page_updated, language, helpful, body, user_id, state, version, reply, \
             replied_by, created_at, replied_at from feedback where ",
            $rest
        )
    };
}

sql! {
    INSERT = "insert into feedback (id, page, page_updated, language, helpful, body, user_id, state, version, \
              reply, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ANY = select!("id = $1");
    FOR_AUTHOR = select!("id = $1 and user_id = $2");
    LIST_FOR_AUTHOR = select!("user_id = $1 and (created_at < $2 or (created_at = $2 and id < $3)) \
                               order by created_at desc, id desc limit $4");
    LIST_ANY = select!("($1 = '' or state = $1) and (created_at < $2 or (created_at = $2 and id < $3)) \
                        order by created_at desc, id desc limit $4");
    SAVE = "update feedback set state = $1, version = version + 1, reply = $2, replied_by = $3, replied_at = $4 \
            where id = $5 and state = $6 and version = $7";
}

/// Adds feedback.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Tx<'_>, feedback: &Feedback) -> Result<(), Fail> {
    let said = &feedback.said;
    tx.exec(
        &INSERT,
        &[
            &feedback.id,
            &said.page,
            &said.page_updated,
            &said.language,
            &said.helpful,
            &said.text,
            &said.user_id,
            &feedback.state,
            &feedback.version,
            &feedback.reply,
            &feedback.created_at,
        ],
    )?;
    Ok(())
}

/// Stores a decided step with its history; the row then stands after it.
///
/// # Errors
/// A conflict when the row changed meanwhile.
pub fn save(
    tx: &Tx<'_>,
    feedback: &mut Feedback,
    transition: Transition<FeedbackMachine>,
) -> Result<(), Fail> {
    tx.exec_one(
        &SAVE,
        &[
            &transition.to(),
            &feedback.reply,
            &feedback.replied_by,
            &feedback.replied_at,
            &feedback.id,
            &transition.from(),
            &transition.version(),
        ],
    )?;
    db::history::append(tx, feedback.id.as_str(), &transition)?;
    feedback.state = transition.to();
    feedback.version += 1;
    Ok(())
}

/// One of any reader, for the operator.
///
/// # Errors
/// Not found.
pub fn find_any(tx: &ReadTx<'_>, id: FeedbackId) -> Result<Feedback, Fail> {
    tx.load(&ANY, &[&id], read)
}

/// One of its author.
///
/// # Errors
/// Not found, also when it is another person's.
pub fn find_for_author(tx: &ReadTx<'_>, author: UserId, id: FeedbackId) -> Result<Feedback, Fail> {
    tx.load(&FOR_AUTHOR, &[&id, &author], read)
}

/// An author's feedback, newest first.
///
/// # Errors
/// The database's.
pub fn list_for_author(
    tx: &ReadTx<'_>,
    author: UserId,
    page: &PageRequest,
) -> Result<Page<Feedback>, Fail> {
    let (before, id) = (page.before_micros(), page.before_id());
    let rows = tx.many(
        &LIST_FOR_AUTHOR,
        &[&author, &before, &id, &page.fetch()],
        read,
    )?;
    Ok(Page::cut(rows, page, cursor))
}

/// Everybody's feedback, in one state or all, newest first, for the operator.
///
/// # Errors
/// The database's.
pub fn list_any(
    tx: &ReadTx<'_>,
    state: Option<State>,
    page: &PageRequest,
) -> Result<Page<Feedback>, Fail> {
    let (before, id) = (page.before_micros(), page.before_id());
    let state = state.map_or("", State::name);
    let rows = tx.many(&LIST_ANY, &[&state, &before, &id, &page.fetch()], read)?;
    Ok(Page::cut(rows, page, cursor))
}

fn cursor(feedback: &Feedback) -> Cursor {
    Cursor {
        at: feedback.created_at,
        id: feedback.id.to_string(),
    }
}

fn read(row: &Row<'_>) -> Result<Feedback, Fail> {
    Ok(Feedback {
        id: row.take()?,
        said: NewFeedback {
            page: row.take()?,
            page_updated: row.take()?,
            language: row.take()?,
            helpful: row.take()?,
            text: row.take()?,
            user_id: row.take()?,
        },
        state: row.take()?,
        version: row.take()?,
        reply: row.take()?,
        replied_by: row.take()?,
        created_at: row.take()?,
        replied_at: row.take()?,
    })
}
