//! Whether an address may be called.

use kernel::state::Machine;

kernel::names! {
    /// Where an address stands.
    pub enum AddressState {
        /// Nothing is sent to it.
        Unverified = "UNVERIFIED",
        /// It belongs to the seller and may be called.
        Verified = "VERIFIED",
    }
}

kernel::names! {
    /// What happens to an address.
    pub enum AddressEvent {
        /// The operator knows that the site is the seller's.
        VerifiedByOperator = "verified_by_operator",
    }
}

/// The machine of addresses.
pub enum AddressMachine {}

impl Machine for AddressMachine {
    const NAME: &'static str = "interface_address";
    type State = AddressState;
    type Event = AddressEvent;

    fn next(state: AddressState, event: AddressEvent) -> Option<AddressState> {
        match (state, event) {
            (AddressState::Unverified, AddressEvent::VerifiedByOperator) => {
                Some(AddressState::Verified)
            }
            (AddressState::Verified, AddressEvent::VerifiedByOperator) => None,
        }
    }
}
