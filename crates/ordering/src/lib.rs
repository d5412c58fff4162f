//! Orders: what a buyer agreed to buy, line by line, and what it is paid with.

pub mod number;
pub mod order;
pub mod order_line;
pub mod status;

#[cfg(test)]
mod tests;
