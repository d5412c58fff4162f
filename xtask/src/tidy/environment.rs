//! Time and randomness come from `kernel`, settings from `server`: so that a test can hold
//! them, and a reader knows where they enter.

use super::Finding;
use super::dependencies::FOR_TESTS;
use super::source::words;
use super::tree::{RustFile, Tree};

/// What asks the system for the time or for chance.
const CLOCKS_AND_DICE: [&str; 12] = [
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Utc::now",
    "Local::now",
    "OffsetDateTime::now_utc",
    "Uuid::new_v4",
    "Uuid::now_v7",
    "getrandom",
    "rand::",
    "OsRng",
];

const SETTINGS: [&str; 4] = ["env::var", "env::var_os", "env::vars", "env::vars_os"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| !stands_alone(file))
        .flat_map(|file| check_file(&file))
        .collect()
}

/// The libraries are for others, the test crates and the benchmark measure real time.
fn stands_alone(file: &RustFile<'_>) -> bool {
    file.path.starts_with("libs/")
        || file.is_test()
        || FOR_TESTS.contains(&file.package)
        || file.package == "bench"
        || file.path.contains("/bench/")
        || file.path.ends_with("/bench.rs")
}

fn check_file(file: &RustFile<'_>) -> Vec<Finding> {
    let source = file.source();
    let mut findings = Vec::new();
    for (line, text) in source.lines() {
        let mut forbid = |names: &[&str], home: &str, instead: &str| {
            for name in names {
                if file.package != home && words(text, name).next().is_some() {
                    let sentence = format!("`{name}` is for `{home}` alone: {instead}");
                    findings.push(Finding::new(file.path, line, sentence));
                }
            }
        };
        forbid(
            &CLOCKS_AND_DICE,
            "kernel",
            "take the clock, the time or the random source as a parameter",
        );
        forbid(
            &SETTINGS,
            "server",
            "take the setting as a parameter from the configuration",
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let tree = Tree::of(&[(path, text)]);
        check(&tree)
            .into_iter()
            .map(|finding| finding.line)
            .collect()
    }

    #[test]
    fn only_the_kernel_asks_for_the_time() {
        let text = "let a = std::time::Instant::now();\nlet b = brand::name();\n\
                    let c = rand::random();\n#[cfg(test)]\nmod tests { use rand::x; }\n";
        assert_eq!(lines("crates/ordering/src/lib.rs", text), [1, 3]);
        assert!(lines("crates/kernel/src/clock.rs", text).is_empty());
        assert!(lines("libs/seller-sdk/src/lib.rs", text).is_empty());
        assert!(lines("crates/server/tests/it/main.rs", text).is_empty());
    }

    #[test]
    fn only_the_server_reads_the_environment() {
        let text = "let home = std::env::var(\"HOME\");\n";
        assert_eq!(lines("crates/web/src/lib.rs", text), [1]);
        assert!(lines("crates/server/src/config.rs", text).is_empty());
    }
}
