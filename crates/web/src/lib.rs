//! The pages of KooGallery: shop, consoles and Help Center, rendered on the server.

pub mod assets;
pub mod ui;
