//! The world outside: sellers' servers, mail, stored files. Nothing here knows
//! the database or a rule of the business; whoever calls decides what an answer
//! means. No transaction may be open while one of these is awaited.

pub mod files;
pub mod live_gate;
pub mod mail;
pub mod network;
pub mod seller_http;
