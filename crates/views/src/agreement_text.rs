//! The text of a published agreement: what a buyer reads before ticking it.

use accounts::agreement::{self, Agreement, AgreementId};
use db::ReadTx;
use kernel::prelude::*;

/// A published version, which everybody may read.
///
/// # Errors
/// "Not found".
pub fn load(tx: &ReadTx<'_>, id: AgreementId) -> Result<Agreement, Fail> {
    agreement::find(tx, id)
}
