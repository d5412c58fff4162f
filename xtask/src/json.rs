//! A reader for the JSON that cargo prints. Numbers stay text: nobody here counts with them.

use std::iter::Peekable;
use std::str::Chars;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    /// Reads one value that fills the whole text.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader {
            rest: text.chars().peekable(),
        };
        let value = reader.value()?;
        reader.space();
        match reader.rest.next() {
            None => Ok(value),
            Some(extra) => Err(format!("`{extra}` after the end of the value")),
        }
    }

    /// A member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(member, _)| member == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a member that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; nothing for other values.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    fn space(&mut self) {
        while self.rest.next_if(char::is_ascii_whitespace).is_some() {}
    }

    fn value(&mut self) -> Result<Json, String> {
        self.space();
        match self.rest.peek() {
            Some('{') => self.object(),
            Some('[') => self.list(),
            Some('"') => self.text().map(Json::Text),
            Some(_) => self.word(),
            None => Err("the text ends where a value should be".to_owned()),
        }
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        match self.rest.next() {
            Some(found) if found == wanted => Ok(()),
            found => Err(format!("`{wanted}` expected, {found:?} found")),
        }
    }

    /// After an item: true when another follows, false at the closing sign.
    fn goes_on(&mut self, end: char) -> Result<bool, String> {
        self.space();
        match self.rest.next() {
            Some(',') => Ok(true),
            Some(found) if found == end => Ok(false),
            found => Err(format!("`,` or `{end}` expected, {found:?} found")),
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        self.expect('{')?;
        self.space();
        let mut members = Vec::new();
        if self.rest.next_if_eq(&'}').is_some() {
            return Ok(Json::Object(members));
        }
        loop {
            self.space();
            let name = self.text()?;
            self.space();
            self.expect(':')?;
            members.push((name, self.value()?));
            if !self.goes_on('}')? {
                return Ok(Json::Object(members));
            }
        }
    }

    fn list(&mut self) -> Result<Json, String> {
        self.expect('[')?;
        self.space();
        let mut items = Vec::new();
        if self.rest.next_if_eq(&']').is_some() {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            if !self.goes_on(']')? {
                return Ok(Json::List(items));
            }
        }
    }

    fn word(&mut self) -> Result<Json, String> {
        let mut word = String::new();
        let belongs = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        while let Some(c) = self.rest.next_if(belongs) {
            word.push(c);
        }
        match word.as_str() {
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Bool(true)),
            "false" => Ok(Json::Bool(false)),
            number if number.parse::<f64>().is_ok() => Ok(Json::Number(word)),
            _ => Err(format!("`{word}` is no value")),
        }
    }

    fn text(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(c) => text.push(c),
                None => return Err("a text has no end".to_owned()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        match self.rest.next() {
            Some('n') => Ok('\n'),
            Some('t') => Ok('\t'),
            Some('r') => Ok('\r'),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some(c @ ('"' | '\\' | '/')) => Ok(c),
            Some('u') => {
                let first = self.four_digits()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or_else(|| "a lone surrogate".to_owned());
                }
                self.expect('\\')?;
                self.expect('u')?;
                let second = self.four_digits()?;
                let low = second.checked_sub(0xdc00).ok_or("a lone surrogate")?;
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)
                    .ok_or_else(|| "a wrong surrogate".to_owned())
            }
            found => Err(format!("{found:?} after a backslash")),
        }
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        (0..4).try_fold(0, |value, _| {
            let digit = self.rest.next().and_then(|c| c.to_digit(16));
            digit
                .map(|digit| value * 16 + digit)
                .ok_or_else(|| "four hexadecimal digits expected".to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_and_escapes_are_read() {
        let value =
            Json::read(r#" {"a": [1, -2.5e3, true, null], "b": {"c": "\"\u4e2d\ud83d\ude00\n"}} "#);
        let value = value.unwrap();
        assert_eq!(value.get("a").unwrap().items().len(), 4);
        assert_eq!(value.get("b").unwrap().text("c"), Some("\"中😀\n"));
        assert_eq!(value.text("a"), None);
    }

    #[test]
    fn broken_text_is_refused() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\" 1}",
            "\"a",
            "nul",
            "1 2",
            r#""\ud800x""#,
        ] {
            assert!(Json::read(text).is_err(), "{text}");
        }
    }
}
