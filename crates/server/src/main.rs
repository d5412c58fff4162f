//! `koogallery`

fn main() {}
