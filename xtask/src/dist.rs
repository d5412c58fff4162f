//! `cargo xtask dist`: one self-contained binary.

use std::fs;

use crate::folders::Folders;
use crate::{Outcome, assets, demo};

pub(crate) fn run(folders: &Folders) -> Outcome {
    assets::bundle(folders)?;
    demo::build(folders, true)?;
    let folder = folders.root.join("dist");
    let binary = folder.join("koogallery");
    let copied = fs::create_dir_all(&folder).and_then(|()| {
        // A running program's file can't be overwritten, but it can be replaced.
        let fresh = folder.join(".koogallery-new");
        let size = fs::copy(folders.program("release"), &fresh)?;
        fs::rename(&fresh, &binary)?;
        Ok(size)
    });
    let size = copied.map_err(|error| format!("dist/koogallery can't be written: {error}"))?;
    println!("dist/koogallery: {}", megabytes(size));
    Ok(())
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50_000) / 100_000;
    format!("{}.{} MB ({bytes} bytes)", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::megabytes;

    #[test]
    fn sizes_are_rounded_to_a_tenth() {
        assert_eq!(megabytes(61_949_999), "61.9 MB (61949999 bytes)");
        assert_eq!(megabytes(61_950_000), "62.0 MB (61950000 bytes)");
    }
}
