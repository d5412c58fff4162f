//! How a value stands in a database column: text, integer, bytes or null.
//! `db` moves these between both databases; nothing else may be stored.

use std::borrow::Cow;

/// One column of one row, or one parameter of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// UTF-8 text.
    Text(Cow<'a, str>),
    /// A 64-bit integer; booleans are 0 and 1, times are microseconds UTC.
    Int(i64),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
    /// No value.
    Null,
}

/// Something that can be a parameter of a statement.
pub trait AsValue {
    /// The column form.
    fn as_value(&self) -> Value<'_>;
}

/// Something that can be read back from a column.
pub trait FromValue: Sized {
    /// `None` when the column holds something else than this type writes.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl AsValue for str {
    fn as_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}
impl AsValue for String {
    fn as_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}
impl FromValue for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.into_owned()),
            Value::Int(_) | Value::Blob(_) | Value::Null => None,
        }
    }
}
impl AsValue for i64 {
    fn as_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}
impl FromValue for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number),
            Value::Text(_) | Value::Blob(_) | Value::Null => None,
        }
    }
}
impl AsValue for u32 {
    fn as_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}
impl FromValue for u32 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).and_then(|number| Self::try_from(number).ok())
    }
}
impl AsValue for bool {
    fn as_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}
impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match i64::from_value(value) {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        }
    }
}
impl AsValue for [u8] {
    fn as_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}
impl AsValue for Vec<u8> {
    fn as_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Some(bytes.into_owned()),
            Value::Text(_) | Value::Int(_) | Value::Null => None,
        }
    }
}
impl<T: AsValue> AsValue for Option<T> {
    fn as_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, AsValue::as_value)
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}
impl<T: AsValue + ?Sized> AsValue for &T {
    fn as_value(&self) -> Value<'_> {
        (**self).as_value()
    }
}
