//! What screens show: one file per screen, each with its own read-only
//! statements over all contexts. Nothing here can write: it only ever gets a
//! [`db::ReadTx`]. Every list takes the tenant as an argument and goes on by
//! keyset.

pub mod accepted_agreements;
pub mod account_list;
pub mod address_list;
pub mod agreement_text;
pub mod audit_list;
pub mod balance;
pub mod line_name;
pub mod line_products;
pub mod operator_overview;
pub mod order_details;
pub mod order_list;
pub mod payment;
pub mod possible_orphans;
pub mod purchased_apps;
pub mod seller_overview;
pub mod supervision_details;
pub mod supervision_list;
pub mod task_list;
pub mod top_up_list;
