//! Publishing a text as the next version, unless it is the current one.

use db::Tx;
use kernel::field::Fields;
use kernel::{Fail, Timestamp, codes};

use super::model::content_hash;
use super::store;
use super::{Agreement, AgreementForm, AgreementId};

codes! {
    /// The code isn't made of lower-case letters, digits and hyphens.
    Invalid AGREEMENT_CODE_INVALID = "agreement-code-invalid";
    /// The code belongs to another side's agreement.
    Invalid AGREEMENT_CODE_TAKEN = "agreement-code-taken";
}

const MAX_CODE: usize = 64;
const MAX_TITLE: usize = 200;
const MAX_BODY: usize = 200_000;

/// What publishing did.
#[derive(Debug, Clone)]
pub enum Published {
    /// The text is a new version.
    NewVersion(Agreement),
    /// The current version has this text already.
    Unchanged(Agreement),
}

impl Published {
    /// The version that holds the text.
    #[must_use]
    pub fn agreement(self) -> Agreement {
        match self {
            Self::NewVersion(agreement) | Self::Unchanged(agreement) => agreement,
        }
    }
}

/// Publishes a text.
///
/// # Errors
/// Trouble at `code`, `title`, `title_zh` and `body`.
pub fn publish(tx: &Tx<'_>, form: &AgreementForm<'_>, now: Timestamp) -> Result<Published, Fail> {
    let mut fields = Fields::new();
    let code = checked_code(&mut fields, form.code);
    let title = fields.required("title", form.title, MAX_TITLE);
    let title_zh = fields.optional("title_zh", form.title_zh, MAX_TITLE);
    let body = fields.required("body", form.body, MAX_BODY);
    fields.check()?;
    let content_hash = content_hash(&title, &title_zh, &body);
    let version = match store::current(tx, &code)? {
        None => 1,
        Some(latest) if latest.seller != form.seller => {
            return Err(Fail::field("code", AGREEMENT_CODE_TAKEN));
        }
        Some(latest) if latest.content_hash == content_hash => {
            return Ok(Published::Unchanged(latest));
        }
        Some(latest) => latest.version + 1,
    };
    let agreement = Agreement {
        id: AgreementId::fresh(now),
        code,
        version,
        title,
        title_zh,
        body,
        content_hash,
        seller: form.seller,
        published_at: now,
    };
    store::insert(tx, &agreement)?;
    Ok(Published::NewVersion(agreement))
}

fn checked_code(fields: &mut Fields, text: &str) -> String {
    let code = fields.required("code", text, MAX_CODE);
    let well_formed = code
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !well_formed && !fields.has("code") {
        fields.reject("code", AGREEMENT_CODE_INVALID);
    }
    code
}
