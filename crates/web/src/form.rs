//! What a browser sends: queries, forms and uploads, taken as they come and
//! checked by the use cases.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;
use flows::HandedOver;
use kernel::page::PageRequest;
use kernel::prelude::*;

use crate::failure::Failed;

/// Pairs of a form at most; more is no form of ours.
const MOST_PAIRS: usize = 400;

kernel::codes! {
    /// The request body isn't a form.
    Invalid FORM_UNREADABLE = "form-unreadable";
}

/// Named values: of a query, or of a form without files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values(Vec<(String, String)>);

impl Values {
    /// Reads the form `a=b&c=d`.
    pub(crate) fn parse(text: &str) -> Self {
        let decoded = |part: &str| {
            let spaced = part.replace('+', " ");
            let text = percent_encoding::percent_decode_str(&spaced)
                .decode_utf8_lossy()
                .into_owned();
            // No database of ours keeps a NUL, and no person types one.
            text.replace('\0', "")
        };
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        };
        Self(
            text.split('&')
                .filter(|part| !part.is_empty())
                .take(MOST_PAIRS)
                .map(pair)
                .collect(),
        )
    }

    /// The first value of a name; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.pairs()
            .find(|(found, _)| *found == name)
            .map_or("", |(_, value)| value)
    }

    /// All values of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.pairs()
            .filter(|(found, _)| *found == name)
            .map(|(_, value)| value.to_owned())
            .collect()
    }

    /// Values of all names with a prefix, by the rest of the name.
    pub(crate) fn under(&self, prefix: &str) -> Vec<(String, String)> {
        self.pairs()
            .filter_map(|(name, value)| {
                Some((name.strip_prefix(prefix)?.to_owned(), value.to_owned()))
            })
            .collect()
    }

    /// Whether a box is ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        matches!(self.text(name), "true" | "on" | "1")
    }

    /// A password, kept from logs.
    pub(crate) fn secret(&self, name: &str) -> Secret<String> {
        Secret::new(self.text(name).to_owned())
    }

    /// The form's idempotency key; a fresh one for a form without.
    pub(crate) fn key(&self) -> String {
        match self.text("idempotency_key") {
            "" => kernel::random::token(),
            key => key.chars().take(100).collect(),
        }
    }

    /// Which part of a list is wanted.
    pub(crate) fn page(&self) -> PageRequest {
        PageRequest::new(Some(self.text("after")), self.text("limit").parse().ok())
    }

    /// All pairs.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The query of an address.
pub(crate) type Query = Values;

/// A form without files.
pub(crate) struct Form(pub(crate) Values);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failed;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| Fail::new(FORM_UNREADABLE).caused_by(error))?;
        let text = std::str::from_utf8(&body)
            .map_err(|error| Fail::new(FORM_UNREADABLE).caused_by(error))?;
        Ok(Self(Values::parse(text)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Values {
    type Rejection = Failed;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

/// A form with files. Empty file fields are left out.
pub(crate) struct Upload {
    pub(crate) values: Values,
    pub(crate) files: Vec<HandedOver>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failed;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        let unreadable = |error: axum::extract::multipart::MultipartError| {
            Fail::new(FORM_UNREADABLE).caused_by(error)
        };
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|error| Fail::new(FORM_UNREADABLE).caused_by(error))?;
        let (mut values, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(unreadable)?;
                    if !(name.is_empty() && bytes.is_empty()) {
                        files.push(HandedOver { field, name, bytes });
                    }
                }
                None => values.push((field, part.text().await.map_err(unreadable)?)),
            }
            if values.len() + files.len() > MOST_PAIRS {
                return Err(Fail::new(FORM_UNREADABLE).into());
            }
        }
        Ok(Self {
            values: Values(values),
            files,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let values = Values::parse("name=A+%26+B&tick=true&o.size=big&o.speed=slow&name=C");
        assert_eq!(values.text("name"), "A & B");
        assert_eq!(values.all("name").len(), 2);
        assert!(values.ticked("tick"));
        assert_eq!(values.under("o.").len(), 2);
    }
}
