//! Verifying an address, and refusing to call one that isn't.

use db::Tx;
use kernel::state::Machine;
use kernel::{Fail, Timestamp, Who, codes};

use super::store;
use super::{AddressEvent, AddressMachine, AddressState, BaseUrl, InterfaceAddress};

codes! {
    /// The address isn't verified, so nothing may be sent to it.
    Conflict ADDRESS_NOT_VERIFIED = "address-not-verified";
}

/// Marks an address as the seller's own, on the operator's word. `why` stands
/// in its history.
///
/// # Errors
/// `not-in-this-state` when it is verified already;
/// [`CHANGED_MEANWHILE`](kernel::fail::CHANGED_MEANWHILE).
pub fn verified_by_operator(
    tx: &Tx<'_>,
    address: &mut InterfaceAddress,
    who: Who,
    why: &str,
    now: Timestamp,
) -> Result<(), Fail> {
    let event = AddressEvent::VerifiedByOperator;
    let transition = AddressMachine::transition(address.state, event, address.version, now, who)?;
    store::save(tx, address, transition.because(why))
}

impl InterfaceAddress {
    /// The base URL for a call.
    ///
    /// # Errors
    /// [`ADDRESS_NOT_VERIFIED`].
    pub fn verified_base_url(&self) -> Result<&BaseUrl, Fail> {
        match self.state {
            AddressState::Verified => Ok(&self.base_url),
            AddressState::Unverified => Err(Fail::new(ADDRESS_NOT_VERIFIED)),
        }
    }
}
