//! Statements. Each is a named static made by [`sql!`](crate::sql), which also
//! lists it, so that a test can prepare every statement of the program on both
//! databases.

use std::sync::OnceLock;

/// A statement with parameters `$1`, `$2`, …
pub struct Sql {
    name: &'static str,
    text: &'static str,
    question_marks: OnceLock<String>,
}

impl Sql {
    /// Only for the macro.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            question_marks: OnceLock::new(),
        }
    }

    /// Where it stands: module path and name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The text with `$n`, as PostgreSQL takes it.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The text with `?n`, as SQLite takes it.
    pub(crate) fn sqlite_text(&self) -> &str {
        self.question_marks
            .get_or_init(|| to_question_marks(self.text))
    }
}

fn to_question_marks(text: &str) -> String {
    let mut rewritten = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let numbered = character == '$' && characters.peek().is_some_and(char::is_ascii_digit);
        rewritten.push(if numbered { '?' } else { character });
    }
    rewritten
}

#[doc(hidden)]
pub struct Listed(pub &'static Sql);
inventory::collect!(Listed);

/// Every statement of the program that must run on both databases.
pub fn all_statements() -> impl Iterator<Item = &'static Sql> {
    inventory::iter::<Listed>.into_iter().map(|listed| listed.0)
}

/// Defines statements: `sql! { FIND = "select … where id = $1"; }`
#[macro_export]
macro_rules! sql {
    ($($(#[$meta:meta])* $name:ident = $text:expr;)+) => {
        $(
            $(#[$meta])*
            static $name: $crate::Sql = $crate::Sql::new(concat!(module_path!(), "::", stringify!($name)), $text);
            $crate::__inventory::submit! { $crate::__Listed(&$name) }
        )+
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_parameters_are_rewritten_and_nothing_else() {
        assert_eq!(
            to_question_marks("a = $1 and b = $12 and c = '$'"),
            "a = ?1 and b = ?12 and c = '$'"
        );
    }
}
