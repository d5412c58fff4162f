//! The words that every part of the marketplace shares: ids, money, time,
//! terms, failures, secrets, state machines. Pure: no database, no network, no
//! file. It is also the only place that asks the system for time or randomness.

pub mod clock;
pub mod crypt;
pub mod fail;
pub mod field;
pub mod id;
pub mod money;
pub mod names;
pub mod page;
pub mod policy;
pub mod random;
pub mod realm;
pub mod secret;
pub mod state;
pub mod term;
pub mod value;
pub mod who;

pub use clock::{Clock, Stopwatch, Timestamp, Zone};
pub use fail::{Code, Fail, FailKind, FieldError};
pub use money::{Currency, Money};
pub use realm::Realm;
pub use secret::Secret;
pub use state::{Illegal, Transition};
pub use who::Who;

/// What most files need; `use kernel::prelude::*`.
pub mod prelude {
    pub use crate::clock::{Clock, Timestamp, Zone};
    pub use crate::fail::{Code, Fail, FailKind, FieldError};
    pub use crate::field::Fields;
    pub use crate::money::{Currency, Money};
    pub use crate::realm::Realm;
    pub use crate::secret::Secret;
    pub use crate::state::{Illegal, Transition};
    pub use crate::who::Who;
}

#[doc(hidden)]
pub use inventory as __inventory;
#[doc(hidden)]
pub use serde as __serde;
