use kernel::prelude::*;
use kernel::state::Machine;

use super::{Product, ProductEvent, ProductMachine};

kernel::codes! {
    /// A product without a released version can't go on sale.
    Conflict NOT_RELEASED = "product-not-released";
    /// Another product has this address already.
    Conflict SLUG_TAKEN = "product-slug-taken";
}

impl Product {
    /// Puts it on sale.
    ///
    /// # Errors
    /// [`NOT_RELEASED`] without a version; not in this state when it is on
    /// sale already or was removed.
    pub fn list(&self, now: Timestamp, who: Who) -> Result<Transition<ProductMachine>, Fail> {
        let transition = self.apply(ProductEvent::List, now, who)?;
        if self.current_version() == 0 {
            return Err(Fail::new(NOT_RELEASED));
        }
        Ok(transition)
    }

    /// Takes it off sale for good. The reason is added with
    /// [`Transition::because`].
    ///
    /// # Errors
    /// Not in this state when it was removed before.
    pub fn remove(&self, now: Timestamp, who: Who) -> Result<Transition<ProductMachine>, Fail> {
        self.apply(ProductEvent::Remove, now, who)
    }

    fn apply(
        &self,
        event: ProductEvent,
        now: Timestamp,
        who: Who,
    ) -> Result<Transition<ProductMachine>, Fail> {
        Ok(ProductMachine::transition(
            self.state(),
            event,
            self.version(),
            now,
            who,
        )?)
    }
}
