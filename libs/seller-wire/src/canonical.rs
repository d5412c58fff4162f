//! The one JSON form that is signed: members sorted by name at every level, members with null left
//! out, no white space, non-ASCII as it is, `/` not escaped (section 2.2 of the contract).

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The text is not JSON, or JSON but not an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnObject;

impl fmt::Display for NotAnObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The body is not a JSON object in UTF-8.")
    }
}

impl std::error::Error for NotAnObject {}

/// The canonical form of a body: the form that is sent and signed.
///
/// # Errors
/// When the body is not a JSON object in UTF-8.
pub fn canonical_json(body: &[u8]) -> Result<String, NotAnObject> {
    Ok(read(body)?.text(Order::Sorted))
}

/// What a received signature may have been made over: the canonical form, or, as the reference
/// implementation has it, one in which only the outermost members are sorted and the inner ones are
/// as they came. What we send is the same in both.
pub(crate) fn signed_forms(body: &[u8]) -> Result<[String; 2], NotAnObject> {
    let tree = read(body)?;
    Ok([tree.text(Order::Sorted), tree.text(Order::SortedOutside)])
}

pub(crate) fn canonical(value: &Value) -> String {
    Tree::from(value).text(Order::Sorted)
}

fn read(body: &[u8]) -> Result<Tree, NotAnObject> {
    match serde_json::from_slice(body) {
        Ok(tree @ Tree::Object(_)) => Ok(tree),
        Ok(_) | Err(_) => Err(NotAnObject),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Members of every object ascending by name.
    Sorted,
    /// Members of this object ascending by name, of inner ones as they came.
    SortedOutside,
    AsTheyCame,
}

/// A JSON value that knows the order of its members, whether or not some crate of the program switches
/// on the JSON library's own order. Members with null are not kept.
enum Tree {
    Scalar(Value),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let kept = members.iter().filter(|(_, value)| !value.is_null());
                Self::Object(
                    kept.map(|(name, value)| (name.clone(), Self::from(value)))
                        .collect(),
                )
            }
            scalar => Self::Scalar(scalar.clone()),
        }
    }
}

impl Tree {
    fn text(&self, order: Order) -> String {
        let mut out = String::new();
        self.write(order, &mut out);
        out
    }

    fn write(&self, order: Order, out: &mut String) {
        match self {
            Self::Scalar(Value::String(text)) => write_string(text, out),
            Self::Scalar(scalar) => out.push_str(&scalar.to_string()),
            Self::Array(items) => {
                out.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    item.write(order.inside(), out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if order != Order::AsTheyCame {
                    members.sort_by(|left, right| left.0.cmp(&right.0));
                }
                out.push('{');
                for (position, (name, value)) in members.into_iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    write_string(name, out);
                    out.push(':');
                    value.write(order.inside(), out);
                }
                out.push('}');
            }
        }
    }
}

impl Order {
    fn inside(self) -> Self {
        match self {
            Self::Sorted => Self::Sorted,
            Self::SortedOutside | Self::AsTheyCame => Self::AsTheyCame,
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element()? {
            read.push(item);
        }
        Ok(Tree::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let mut read: Vec<(String, Tree)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        while let Some((name, value)) = members.next_entry::<String, Tree>()? {
            // Of a repeated name the last value counts, as everywhere else.
            match places.get(&name).and_then(|place| read.get_mut(*place)) {
                Some(earlier) => earlier.1 = value,
                None => {
                    places.insert(name.clone(), read.len());
                    read.push((name, value));
                }
            }
        }
        read.retain(|(_, value)| !matches!(value, Tree::Scalar(Value::Null)));
        Ok(Tree::Object(read))
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}
