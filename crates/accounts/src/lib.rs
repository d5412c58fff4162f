//! People, organisations and what proves who they are: users with passwords and
//! two-step verification, memberships with roles and rights, sessions, mailed
//! links, counted attempts, the keys and addresses that sellers connect with,
//! agreements and their acceptance, the policy profile and the key ring's canary.
//!
//! Nothing here sends mail or calls anybody; `flows` puts the pieces together.

pub mod access_key;
pub mod actor;
pub mod agreement;
pub mod api_credential;
pub mod attempt;
pub mod canary;
pub mod country;
pub mod interface_address;
pub mod one_time_link;
pub mod organisation;
pub mod policy;
pub mod seller;
pub mod session;
pub mod token;
pub mod user;

pub use canary::rotate_page;
pub use country::Country;
