//! Agreements that buyers tick, and who accepted which text when (B-25, B-26).
//!
//! Invariants:
//! - a published version never changes: another text is the next version;
//! - an acceptance names the version, the person, the organisation, the order,
//!   the product, the time and the network address, and is only added;
//! - an agreement's code stays with the side that published it first.
//!
//! Published by the operator (user agreements) or for a seller (its product
//! service agreements); accepted by buyers when they order.

mod model;
mod publish;
mod store;

pub use model::{
    Acceptance, AcceptanceId, AcceptedAgreement, Agreement, AgreementForm, AgreementId,
};
pub use publish::{AGREEMENT_CODE_INVALID, AGREEMENT_CODE_TAKEN, Published, publish};
pub use store::{accept, current, find, list_accepted, read_accepted, versions};
