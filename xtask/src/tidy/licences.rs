//! Whose work we build with, and under which terms.

use super::Finding;
use crate::folders::Folders;
use crate::json::Json;
use crate::{Outcome, run};

/// Licences under which code may go into an Apache-2.0 binary. All are permissive but MPL-2.0,
/// whose conditions end at its own files.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages that must not come in, and why.
const BANNED: [(&str, &str); 2] = [
    (
        "openssl-sys",
        "TLS is rustls: the binary has to run without the system's libraries",
    ),
    ("native-tls", "TLS is rustls: the same on every system"),
];

/// The one registry, by the name that cargo writes into Cargo.lock.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Asks cargo which packages a build on this machine takes in, and judges each.
pub(super) fn check(folders: &Folders) -> Outcome<Vec<Finding>> {
    let version = run::output_of(run::cargo(folders).arg("-vV"), "cargo -vV")?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or("cargo -vV doesn't name the host")?;
    let mut command = run::cargo(folders);
    command
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(["--filter-platform", host]);
    let metadata = run::output_of(&mut command, "cargo metadata --locked")?;
    let metadata =
        Json::read(&metadata).map_err(|error| format!("cargo's metadata are no JSON: {error}"))?;
    let packages = metadata
        .get("packages")
        .map(Json::items)
        .unwrap_or_default();
    if packages.is_empty() {
        return Err("cargo's metadata name no packages".to_owned());
    }
    Ok(packages.iter().flat_map(judge).collect())
}

fn judge(package: &Json) -> Vec<Finding> {
    let name = package.text("name").unwrap_or_default();
    let version = package.text("version").unwrap_or_default();
    let mut findings = Vec::new();
    let mut broken = |sentence: String| findings.push(Finding::new("Cargo.lock", 1, sentence));
    if let Some((_, reason)) = BANNED.iter().find(|(banned, _)| *banned == name) {
        broken(format!(
            "`{name}` must not come in ({reason}): find who asks for it with `cargo tree -i {name}`"
        ));
    }
    // A package without a source is our own.
    if let Some(source) = package.text("source").filter(|source| *source != REGISTRY) {
        broken(format!(
            "`{name}` comes from {source}: take packages from crates.io only"
        ));
    }
    match package.text("license") {
        Some(terms) if is_allowed(terms) => {}
        Some(terms) => broken(format!(
            "`{name}` {version} has the licence `{terms}`, which isn't on the list in \
             xtask/src/tidy/licences.rs: take another package, or decide in an ADR"
        )),
        None => broken(format!(
            "`{name}` {version} names no licence: take another package"
        )),
    }
    findings
}

/// Whether a licence expression can be met with allowed licences alone.
fn is_allowed(expression: &str) -> bool {
    // Old packages write a slash for OR.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Terms { rest: &words };
    reader.any() && reader.rest.is_empty()
}

struct Terms<'a> {
    rest: &'a [&'a str],
}

impl<'a> Terms<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn next_if(&mut self, word: &str) -> bool {
        let is_next = self.rest.first() == Some(&word);
        if is_next {
            self.next();
        }
        is_next
    }

    fn any(&mut self) -> bool {
        let mut answer = self.all();
        while self.next_if("OR") {
            answer |= self.all();
        }
        answer
    }

    fn all(&mut self) -> bool {
        let mut answer = self.one();
        while self.next_if("AND") {
            answer &= self.one();
        }
        answer
    }

    fn one(&mut self) -> bool {
        if self.next_if("(") {
            let answer = self.any();
            return self.next_if(")") && answer;
        }
        let Some(name) = self.next() else {
            return false;
        };
        if self.next_if("WITH") {
            let exception = self.next().unwrap_or_default();
            return ALLOWED.contains(&format!("{name} WITH {exception}").as_str());
        }
        ALLOWED.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_needs_one_allowed_licence_and_a_sum_needs_all() {
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "MIT AND",
            "",
            "MIT)",
            "MIT WITH x",
        ] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }

    #[test]
    fn other_sources_and_banned_packages_are_found() {
        let package = r#"{"name": "openssl-sys", "version": "1.0.0", "license": null,
            "source": "git+https://example.com/x"}"#;
        assert_eq!(judge(&Json::read(package).unwrap()).len(), 3);
        let ours =
            r#"{"name": "kernel", "version": "0.1.0", "license": "Apache-2.0", "source": null}"#;
        assert!(judge(&Json::read(ours).unwrap()).is_empty());
    }
}
