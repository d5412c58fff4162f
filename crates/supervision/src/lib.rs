//! Service supervision: the record of a delivery that two people make to each
//! other, and the guarantee that money waits until the buyer has accepted.

pub mod record;
pub mod service_flow;
pub mod upload;
