//! Rows of notices. All finders take the reader.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::UserId;
use kernel::page::{Cursor, Page, PageRequest};
use kernel::{Fail, Timestamp};

use super::{NewNotice, Notice, NoticeId};

sql! {
    INSERT = "insert into notice (id, user_id, side, kind, args, link, created_at) \
              values ($1, $2, $3, $4, $5, $6, $7)";
    LIST = "select id, user_id, side, kind, args, link, created_at, read_at from notice \
            where user_id = $1 and (created_at < $2 or (created_at = $2 and id < $3)) \
            order by created_at desc, id desc limit $4";
    FOR_USER = "select id, user_id, side, kind, args, link, created_at, read_at from notice \
                where id = $1 and user_id = $2";
    UNREAD = "select cast(count(*) as bigint) from notice where user_id = $1 and read_at is null";
    MARK_READ = "update notice set read_at = $3 where id = $1 and user_id = $2 and read_at is null";
    MARK_ALL_READ = "update notice set read_at = $2 where user_id = $1 and read_at is null";
}

/// Adds a notice.
///
/// # Errors
/// The database's; a bug when the link leaves the site.
pub fn insert(tx: &Tx<'_>, new: &NewNotice, now: Timestamp) -> Result<NoticeId, Fail> {
    new.check()?;
    let id = NoticeId::fresh(now);
    let args = serde_json::to_string(&new.args).map_err(Fail::bug)?;
    tx.exec(
        &INSERT,
        &[
            &id,
            &new.user_id,
            &new.side,
            &new.kind,
            &args,
            &new.link,
            &now,
        ],
    )?;
    Ok(id)
}

/// A person's notices, newest first.
///
/// # Errors
/// The database's.
pub fn list_for_user(
    tx: &ReadTx<'_>,
    user: UserId,
    page: &PageRequest,
) -> Result<Page<Notice>, Fail> {
    let (before, id) = (page.before_micros(), page.before_id());
    let rows = tx.many(&LIST, &[&user, &before, &id, &page.fetch()], read)?;
    Ok(Page::cut(rows, page, |notice| Cursor {
        at: notice.created_at,
        id: notice.id.to_string(),
    }))
}

/// One of a person.
///
/// # Errors
/// Not found, also when it is another person's.
pub fn find_for_user(tx: &ReadTx<'_>, user: UserId, id: NoticeId) -> Result<Notice, Fail> {
    tx.load(&FOR_USER, &[&id, &user], read)
}

/// How many a person hasn't read.
///
/// # Errors
/// The database's.
pub fn unread_count(tx: &ReadTx<'_>, user: UserId) -> Result<i64, Fail> {
    tx.load(&UNREAD, &[&user], |row| row.take())
}

/// Marks one of a person as read; a second time changes nothing.
///
/// # Errors
/// The database's.
pub fn mark_read(tx: &Tx<'_>, user: UserId, id: NoticeId, now: Timestamp) -> Result<(), Fail> {
    tx.exec(&MARK_READ, &[&id, &user, &now])?;
    Ok(())
}

/// Marks all of a person as read; how many that were.
///
/// # Errors
/// The database's.
pub fn mark_all_read(tx: &Tx<'_>, user: UserId, now: Timestamp) -> Result<u64, Fail> {
    tx.exec(&MARK_ALL_READ, &[&user, &now])
}

fn read(row: &Row<'_>) -> Result<Notice, Fail> {
    let id = row.take()?;
    let (user_id, side, kind) = (row.take()?, row.take()?, row.take()?);
    let args: String = row.take()?;
    Ok(Notice {
        id,
        about: NewNotice {
            user_id,
            side,
            kind,
            args: serde_json::from_str(&args).map_err(Fail::bug)?,
            link: row.take()?,
        },
        created_at: row.take()?,
        read_at: row.take()?,
    })
}
