//! `cargo xtask bench`: the program's own benchmark, in release.

use crate::folders::Folders;
use crate::{Outcome, assets, run};

pub(crate) fn run(folders: &Folders, arguments: &[String]) -> Outcome {
    assets::bundle(folders)?;
    let mut command = run::cargo(folders);
    command
        .args(["run", "--release", "--package", "server"])
        .args(["--bin", "koogallery", "--", "bench"])
        .args(arguments);
    run::to_end(&mut command, "the benchmark")
}
