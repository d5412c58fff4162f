//! The rules of the house that the compiler can't hold: one file for each.

mod capabilities;
mod dependencies;
mod environment;
mod imports;
mod length;
mod licences;
mod links;
mod locks;
mod migrations;
mod privacy;
mod source;
mod sql;
mod texts;
mod tree;

use crate::Outcome;
use crate::folders::Folders;
use tree::Tree;

/// A broken rule, at its place.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: String,
    /// From 1.
    line: usize,
    /// What is wrong and what to do.
    sentence: String,
}

impl Finding {
    fn new(path: &str, line: usize, sentence: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            sentence: sentence.into(),
        }
    }
}

/// `cargo xtask tidy`.
pub(crate) fn run(folders: &Folders) -> Outcome {
    rules(folders)?;
    licences(folders)?;
    println!("tidy");
    Ok(())
}

/// Checks the checkout's files. Prints each finding; the error only counts them.
pub(crate) fn rules(folders: &Folders) -> Outcome {
    let tree = Tree::of_checkout(&folders.root)?;
    let private = privacy::private_names();
    for warning in length::check(&tree) {
        println!(
            "warning: {}:{}: {}",
            warning.path, warning.line, warning.sentence
        );
    }
    let findings = [
        dependencies::check(&tree),
        imports::check(&tree),
        sql::check(&tree),
        environment::check(&tree),
        migrations::check(&tree),
        capabilities::check(&tree),
        links::check(&tree),
        privacy::check(&tree, &private),
        texts::check(&tree),
        locks::check(&tree),
    ];
    answer(findings.into_iter().flatten().collect())
}

/// Checks the licences and origins of all packages that this machine would build.
pub(crate) fn licences(folders: &Folders) -> Outcome {
    answer(licences::check(folders)?)
}

fn answer(findings: Vec<Finding>) -> Outcome {
    for finding in &findings {
        println!("{}:{}: {}", finding.path, finding.line, finding.sentence);
    }
    match findings.len() {
        0 => Ok(()),
        1 => Err("a rule of the house is broken".to_owned()),
        count => Err(format!("rules of the house are broken at {count} places")),
    }
}
