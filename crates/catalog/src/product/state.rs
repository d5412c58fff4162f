use kernel::state::Machine;

kernel::names! {
    /// Whether a product can be bought. Hiding is a flag beside it: a hidden
    /// product is on sale for whoever has its link.
    pub enum ProductState {
        /// Not yet on sale.
        Draft = "DRAFT",
        /// On sale.
        OnSale = "ON_SALE",
        /// Taken off for good; what was bought stays valid.
        Removed = "REMOVED",
    }
}

kernel::names! {
    /// What happens to a product.
    pub enum ProductEvent {
        /// It goes on sale.
        List = "LIST",
        /// It is taken off for good.
        Remove = "REMOVE",
    }
}

/// The machine of products.
#[derive(Debug, Clone, Copy)]
pub struct ProductMachine;

impl Machine for ProductMachine {
    const NAME: &'static str = "product";
    type State = ProductState;
    type Event = ProductEvent;

    fn next(state: ProductState, event: ProductEvent) -> Option<ProductState> {
        use ProductEvent as E;
        use ProductState as S;
        match (state, event) {
            (S::Draft, E::List) => Some(S::OnSale),
            (S::Draft | S::OnSale, E::Remove) => Some(S::Removed),
            (S::OnSale, E::List) | (S::Removed, E::List | E::Remove) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_product_never_comes_back() {
        for event in [ProductEvent::List, ProductEvent::Remove] {
            assert_eq!(ProductMachine::next(ProductState::Removed, event), None);
        }
    }
}
