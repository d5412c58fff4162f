//! Money: the double-entry ledger and the top-ups that bring money in.

pub mod ledger;
pub mod top_up;

#[cfg(test)]
mod tests;
