//! `cargo xtask demo`: from a checkout to a running shop.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::folders::Folders;
use crate::{Outcome, assets, run};

pub(crate) fn run(folders: &Folders, arguments: &[String]) -> Outcome {
    let plan = Plan::from(arguments);
    assets::bundle(folders)?;
    build(folders, plan.release)?;
    let profile = if plan.release { "release" } else { "debug" };
    let mut demo = Command::new(folders.program(profile));
    demo.arg("demo").args(&plan.passed_on);
    if !plan.names_data {
        std::fs::create_dir_all(&folders.demo_data)
            .map_err(|error| format!("{} can't be made: {error}", folders.demo_data.display()))?;
        demo.arg("--data").arg(&folders.demo_data);
    }
    // In our place, so that signals and the exit code are the demo's own.
    Err(format!("the demo can't be started: {}", demo.exec()))
}

/// Builds the program alone, in the dev profile unless `release`.
pub(crate) fn build(folders: &Folders, release: bool) -> Outcome {
    let mut command = run::cargo(folders);
    command.args(["build", "--package", "server", "--bin", "koogallery"]);
    if release {
        command.arg("--release");
    }
    run::to_end(&mut command, "cargo build")
}

#[derive(Debug, PartialEq, Eq)]
struct Plan {
    release: bool,
    names_data: bool,
    passed_on: Vec<String>,
}

impl Plan {
    fn from(arguments: &[String]) -> Self {
        let is_data = |argument: &String| argument == "--data" || argument.starts_with("--data=");
        Self {
            release: arguments.iter().any(|argument| argument == "--release"),
            names_data: arguments.iter().any(is_data),
            passed_on: arguments
                .iter()
                .filter(|argument| *argument != "--release")
                .cloned()
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn release_is_ours_and_the_rest_is_the_demos() {
        let arguments = ["--port", "8080", "--release", "--data=here"].map(String::from);
        let plan = Plan::from(&arguments);
        assert!(plan.release && plan.names_data);
        assert_eq!(plan.passed_on, ["--port", "8080", "--data=here"]);
    }
}
