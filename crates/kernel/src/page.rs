//! Keyset paging: a list continues after the last row seen, so page ten
//! thousand costs what page one costs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::Timestamp;

/// Rows on a page when the URL doesn't say.
pub const DEFAULT_LIMIT: u32 = 20;
/// Rows on a page at most.
pub const MAX_LIMIT: u32 = 100;

/// The place after which a list goes on: sort time and id of the last row seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Sort key of the last row.
    pub at: Timestamp,
    /// Id of the last row, which breaks ties.
    pub id: String,
}

impl Cursor {
    /// The form that stands in a URL.
    #[must_use]
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}:{}", self.at.micros(), self.id))
    }

    /// Reads what [`Cursor::encode`] wrote; a broken cursor is `None`.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let raw = URL_SAFE_NO_PAD.decode(text).ok()?;
        let raw = String::from_utf8(raw).ok()?;
        let (at, id) = raw.split_once(':')?;
        Some(Self {
            at: Timestamp::from_micros(at.parse().ok()?),
            id: id.to_owned(),
        })
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// Continue after this row; from the start when none.
    pub after: Option<Cursor>,
    /// Rows wanted, 1 to [`MAX_LIMIT`]; 0 means [`DEFAULT_LIMIT`].
    pub limit: u32,
}

impl PageRequest {
    /// From the two query parameters of a list's URL.
    #[must_use]
    pub fn new(after: Option<&str>, limit: Option<u32>) -> Self {
        Self {
            after: after.and_then(Cursor::decode),
            limit: limit.unwrap_or(0),
        }
    }

    /// Rows wanted, within bounds.
    #[must_use]
    pub fn limit(&self) -> u32 {
        match self.limit {
            0 => DEFAULT_LIMIT,
            wanted => wanted.min(MAX_LIMIT),
        }
    }

    /// `limit` for the statement: one more, which tells whether a next page exists.
    #[must_use]
    pub fn fetch(&self) -> i64 {
        i64::from(self.limit()) + 1
    }

    /// Sort key for "newest first": rows before this time, or far in the future.
    #[must_use]
    pub fn before_micros(&self) -> i64 {
        self.after
            .as_ref()
            .map_or(i64::MAX, |cursor| cursor.at.micros())
    }

    /// Id that breaks ties, empty from the start.
    #[must_use]
    pub fn before_id(&self) -> &str {
        self.after.as_ref().map_or("", |cursor| cursor.id.as_str())
    }
}

/// A part of a list and where it goes on.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Cursor of the next page; `None` at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Cuts the extra row that [`PageRequest::fetch`] asked for and keeps the
    /// cursor of the last row shown.
    #[must_use]
    pub fn cut(mut rows: Vec<T>, request: &PageRequest, key: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(request.limit()).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more {
            rows.last().map(|row| key(row).encode())
        } else {
            None
        };
        Self { rows, next }
    }

    /// The same page with other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(change).collect(),
            next: self.next,
        }
    }
}
