//! What the engines report, in this program's words: how the transaction goes
//! on, and what the caller is told. The texts of causes never hold values of
//! rows, since they go to the log.

use std::error::Error;

use kernel::codes;
use kernel::fail::{self, Fail};

codes! {
    /// A unique constraint refused the row; the name of the constraint is given.
    Conflict ALREADY_EXISTS = "already-exists";
    /// The closure, or one statement of it, worked longer than any may.
    Unavailable TOOK_TOO_LONG = "took-too-long";
}

/// What went wrong first in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Poison {
    /// The engine asks to run it again.
    Retry,
    /// The disk is full or fails.
    Storage,
    /// The connection is gone.
    Connection,
    /// Anything else; the closure's own error stands.
    Other,
}

impl Poison {
    /// What the caller of a poisoned transaction is told, whatever the closure
    /// made of the error: trouble of the database must not look like a decision.
    pub(crate) fn verdict(self, own: Option<Fail>) -> Fail {
        let code = match (self, own) {
            (Self::Other, Some(own)) => return own,
            (Self::Other, None) => {
                return Fail::bug("a closure went on after a database error");
            }
            (Self::Storage, Some(own)) if own.is(fail::STORAGE_FAILED) => return own,
            (Self::Storage, _) => fail::STORAGE_FAILED,
            (Self::Retry | Self::Connection, Some(own)) if own.is(fail::BUSY) => return own,
            (Self::Retry | Self::Connection, _) => fail::BUSY,
        };
        Fail::new(code).caused_by("a closure hid an error of the database")
    }
}

/// Name of the unique constraint that refused a row: `table__column__column`.
#[must_use]
pub fn unique_violation(fail: &Fail) -> Option<&str> {
    if !fail.is(ALREADY_EXISTS) {
        return None;
    }
    fail.args()
        .iter()
        .find(|(name, _)| *name == "constraint")
        .map(|(_, value)| value.as_str())
}

pub(crate) fn describe_sqlite(error: rusqlite::Error) -> (Poison, Fail) {
    use rusqlite::ErrorCode::{
        CannotOpen, ConstraintViolation, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull,
        NotADatabase, OperationInterrupted, OutOfMemory, ReadOnly, SystemIoFailure,
    };
    match (error.sqlite_error_code(), &error) {
        (Some(ConstraintViolation), rusqlite::Error::SqliteFailure(_, Some(message))) => {
            let fail = match message.strip_prefix("UNIQUE constraint failed: ") {
                Some(columns) => {
                    Fail::new(ALREADY_EXISTS).with("constraint", constraint_name(columns))
                }
                None => Fail::bug(error),
            };
            (Poison::Other, fail)
        }
        (
            Some(
                DiskFull | SystemIoFailure | OutOfMemory | CannotOpen | ReadOnly | DatabaseCorrupt
                | NotADatabase,
            ),
            _,
        ) => (
            Poison::Storage,
            Fail::new(fail::STORAGE_FAILED).caused_by(error),
        ),
        (Some(DatabaseBusy | DatabaseLocked), _) => {
            (Poison::Other, Fail::new(fail::BUSY).caused_by(error))
        }
        (Some(OperationInterrupted), _) => (Poison::Other, Fail::new(TOOK_TOO_LONG)),
        _ => (Poison::Other, Fail::bug(error)),
    }
}

/// `table.a, table.b` as `table__a__b`, the name that PostgreSQL reports.
fn constraint_name(columns: &str) -> String {
    let mut name = String::new();
    for column in columns.split(", ") {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if name.is_empty() {
            name.push_str(table);
        }
        name.push_str("__");
        name.push_str(column);
    }
    name
}

/// Whether a COMMIT that failed may be found done after a crash: when the sync
/// failed, the whole transaction may stand in the log. Without room, or when a
/// write failed, its last frame is missing.
pub(crate) fn sqlite_commit_is_doubtful(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    match error.sqlite_error() {
        Some(failure) => {
            failure.code == rusqlite::ErrorCode::SystemIoFailure
                && failure.extended_code != ffi::SQLITE_IOERR_WRITE
        }
        None => true,
    }
}

pub(crate) fn describe_postgres(error: &postgres::Error) -> (Poison, Fail) {
    let cause = postgres_cause(error);
    let Some(database) = error.as_db_error() else {
        return if is_lost(error) {
            (Poison::Connection, Fail::new(fail::BUSY).caused_by(cause))
        } else {
            (Poison::Other, Fail::bug(cause))
        };
    };
    // SQLSTATE, PostgreSQL manual, appendix A.
    match database.code().code() {
        "23505" => {
            let name = database.constraint().unwrap_or_default();
            let fail = Fail::new(ALREADY_EXISTS).with("constraint", name);
            (Poison::Other, fail)
        }
        "40001" | "40P01" | "55P03" => (Poison::Retry, Fail::new(fail::BUSY).caused_by(cause)),
        "57014" => (Poison::Other, Fail::new(TOOK_TOO_LONG).caused_by(cause)),
        "25P03" | "40003" | "53300" | "57P01" | "57P02" | "57P03" | "57P05" => {
            (Poison::Connection, Fail::new(fail::BUSY).caused_by(cause))
        }
        state if state.starts_with("08") => {
            (Poison::Connection, Fail::new(fail::BUSY).caused_by(cause))
        }
        // Resources, limits of the system, a standby that takes no writes.
        state if state.starts_with("53") || state.starts_with("58") || state == "25006" => (
            Poison::Storage,
            Fail::new(fail::STORAGE_FAILED).caused_by(cause),
        ),
        _ => (Poison::Other, Fail::bug(cause)),
    }
}

/// What a COMMIT that failed means. Only an answer of the server that refuses
/// it proves that nothing happened.
pub(crate) fn describe_postgres_commit(error: &postgres::Error) -> (Poison, Fail) {
    let unknown = || Fail::new(fail::OUTCOME_UNKNOWN).caused_by(postgres_cause(error));
    match (error.as_db_error(), describe_postgres(error)) {
        (None, (poison, _)) | (Some(_), (poison @ Poison::Connection, _)) => (poison, unknown()),
        (Some(_), told) => told,
    }
}

/// Whether the connection broke, rather than this program misusing it.
fn is_lost(error: &postgres::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if cause.is::<std::io::Error>() {
            return true;
        }
        source = cause.source();
    }
    error.is_closed()
}

/// The client's error says "db error" alone; its sources say which. Details of
/// the server are left out, since they quote the row.
pub(crate) fn postgres_cause(error: &postgres::Error) -> String {
    if let Some(database) = error.as_db_error() {
        let (code, message) = (database.code().code(), database.message());
        return format!("PostgreSQL {code}: {message}");
    }
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    fn sqlite(extended_code: i32) -> rusqlite::Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(extended_code), None)
    }

    #[test]
    fn a_commit_is_doubtful_only_when_its_sync_failed() {
        assert!(sqlite_commit_is_doubtful(&sqlite(ffi::SQLITE_IOERR_FSYNC)));
        assert!(!sqlite_commit_is_doubtful(&sqlite(ffi::SQLITE_IOERR_WRITE)));
        assert!(!sqlite_commit_is_doubtful(&sqlite(ffi::SQLITE_FULL)));
    }

    #[test]
    fn a_closure_cannot_turn_trouble_of_the_database_into_a_decision() {
        let told = Poison::Storage.verdict(Some(Fail::not_found()));
        assert!(told.is(fail::STORAGE_FAILED), "{told}");
        assert!(Poison::Retry.verdict(None).is(fail::BUSY));
        let own = Poison::Other.verdict(Some(Fail::not_found()));
        assert!(own.is(fail::NOT_FOUND));
    }

    #[test]
    fn trouble_with_the_file_is_a_storage_failure() {
        for code in [
            ffi::SQLITE_FULL,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_READONLY,
            ffi::SQLITE_CORRUPT,
        ] {
            assert_eq!(describe_sqlite(sqlite(code)).0, Poison::Storage);
        }
        let (_, interrupted) = describe_sqlite(sqlite(ffi::SQLITE_INTERRUPT));
        assert!(interrupted.is(TOOK_TOO_LONG));
    }
}
