//! `cargo xtask test`: everything that must hold before a change lands.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::folders::Folders;
use crate::postgres::PrivatePostgres;
use crate::tally::Tally;
use crate::{Outcome, assets, browser, run, tidy, tools};

pub(crate) fn run(folders: &Folders, arguments: &[String]) -> Outcome {
    let options = Options::from(arguments)?;
    let mut report = Report::default();
    // First, because a missing tool shouldn't be news after ten minutes.
    let postgres = options
        .postgres
        .then(|| report.step("PostgreSQL", start_postgres));
    let chromium = options
        .browser
        .then(|| report.step("Chromium", tools::chromium));

    if options.filter.is_none() {
        checks(folders, &mut report);
    }
    report.step("assets", || assets::bundle(folders));
    let connection = postgres
        .iter()
        .flatten()
        .map(PrivatePostgres::connection)
        .next();
    let counts = Counts::new()?;
    report.tests("tests", || {
        cargo_tests(folders, &options, connection, &counts.folder)
    });
    if let Some(Some(chromium)) = &chromium {
        let filter = options.filter.as_deref();
        report.tests("browser", || browser::run(folders, chromium, filter));
    }
    drop(postgres);

    let counts = counts.read();
    if postgres_was_idle(&options, &counts) {
        report.fail("PostgreSQL was there, but no test ran on it");
    }
    report.close(&options, &counts)
}

#[derive(Debug, PartialEq, Eq)]
struct Options {
    postgres: bool,
    browser: bool,
    filter: Option<String>,
}

impl Options {
    fn from(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self {
            postgres: true,
            browser: true,
            filter: None,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--without" {
                match arguments.next().map(String::as_str) {
                    Some("postgres") => options.postgres = false,
                    Some("browser") => options.browser = false,
                    _ => return Err("`--without` takes `postgres` or `browser`".to_owned()),
                }
            } else if argument.starts_with('-') || options.filter.is_some() {
                return Err(format!(
                    "`{argument}` isn't understood: test [--without postgres] \
                     [--without browser] [FILTER]"
                ));
            } else {
                options.filter = Some(argument.clone());
            }
        }
        Ok(options)
    }
}

fn checks(folders: &Folders, report: &mut Report) {
    report.step("format", || {
        run::to_end(
            run::cargo(folders).args(["fmt", "--all", "--check"]),
            "cargo fmt --check",
        )
    });
    report.step("licences", || tidy::licences(folders));
    report.step("tidy", || tidy::rules(folders));
    report.step("clippy", || {
        let mut command = run::cargo(folders);
        command
            .args(["clippy", "--workspace", "--all-targets"])
            .args(["--", "-D", "warnings"]);
        run::to_end(&mut command, "clippy")
    });
}

fn start_postgres() -> Outcome<PrivatePostgres> {
    PrivatePostgres::start(&tools::postgres()?)
}

fn cargo_tests(
    folders: &Folders,
    options: &Options,
    postgres: Option<&str>,
    counts: &Path,
) -> Outcome<(Tally, bool)> {
    let mut command = run::cargo(folders);
    command
        .args(["test", "--workspace", "--no-fail-fast"])
        .args(&options.filter)
        .env("KOOGALLERY_TEST_COUNTS", counts)
        .env_remove("KOOGALLERY_TEST_POSTGRES");
    if let Some(connection) = postgres {
        command.env("KOOGALLERY_TEST_POSTGRES", connection);
    }
    let mut tally = Tally::default();
    let succeeded = run::watched(&mut command, "cargo test", |line| tally.see_cargo(line))?;
    Ok((tally, succeeded))
}

/// A folder where each database test leaves a line, in a file named after its database.
struct Counts {
    folder: PathBuf,
}

impl Counts {
    fn new() -> Outcome<Self> {
        let name = format!("koogallery-test-counts-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)
            .map_err(|error| format!("{} can't be made: {error}", folder.display()))?;
        Ok(Self { folder })
    }

    fn read(&self) -> BTreeMap<String, usize> {
        let Ok(files) = fs::read_dir(&self.folder) else {
            return BTreeMap::new();
        };
        files
            .flatten()
            .map(|file| {
                let lines = fs::read_to_string(file.path()).map_or(0, |text| text.lines().count());
                (file.file_name().to_string_lossy().into_owned(), lines)
            })
            .collect()
    }
}

impl Drop for Counts {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// True when a whole run had a PostgreSQL that no test used: then the tests have lost their way
/// to it, which must not look like success.
fn postgres_was_idle(options: &Options, counts: &BTreeMap<String, usize>) -> bool {
    options.postgres
        && options.filter.is_none()
        && counts.get("postgres").copied().unwrap_or_default() == 0
}

#[derive(Default)]
struct Report {
    steps: Vec<Step>,
    tally: Tally,
    failures: Vec<String>,
}

struct Step {
    name: String,
    succeeded: bool,
    duration: Duration,
}

impl Report {
    /// Runs one step and says what came of it. The run goes on after a failure.
    fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Outcome<T>) -> Option<T> {
        println!("\n== {name}");
        let begin = Instant::now();
        let result = work();
        let duration = begin.elapsed();
        self.steps.push(Step {
            name: name.to_owned(),
            succeeded: result.is_ok(),
            duration,
        });
        match result {
            Ok(value) => {
                println!("== {name}: ok, {}", seconds(duration));
                Some(value)
            }
            Err(sentence) => {
                println!("== {name}: FAILED, {}: {sentence}", seconds(duration));
                self.fail(&format!("{name}: {sentence}"));
                None
            }
        }
    }

    /// Like `step`, for a test runner: its tests are counted one by one.
    fn tests(&mut self, name: &str, work: impl FnOnce() -> Outcome<(Tally, bool)>) {
        let mut tally = Tally::default();
        self.step(name, || {
            let (seen, succeeded) = work()?;
            tally = seen;
            match (succeeded, seen.failed) {
                (true, _) => Ok(()),
                (false, 0) => Err("it ended before its tests did".to_owned()),
                (false, failed) => Err(format!("failed tests: {failed}")),
            }
        });
        self.tally.add(tally);
    }

    fn fail(&mut self, sentence: &str) {
        self.failures.push(sentence.to_owned());
    }

    /// Prints the summary, closing with the line that machines read.
    fn close(mut self, options: &Options, counts: &BTreeMap<String, usize>) -> Outcome {
        if self.tally == Tally::default() && options.filter.is_none() {
            self.fail("no test ran");
        }
        println!();
        for step in &self.steps {
            let word = if step.succeeded { "ok" } else { "FAILED" };
            println!("{:<12} {word:<7} {:>9}", step.name, seconds(step.duration));
        }
        for (database, tests) in counts {
            println!("tests on {database}: {tests}");
        }
        for (asked, name) in [(options.postgres, "postgres"), (options.browser, "browser")] {
            if !asked {
                println!("left out as told: {name}");
            }
        }
        for failure in &self.failures {
            println!("failed: {failure}");
        }
        // A check that failed without a failed test counts as one.
        let broken = u64::try_from(self.failures.len()).unwrap_or(u64::MAX);
        let failed = self.tally.failed.max(broken);
        println!("{} passed, {failed} failed", self.tally.passed);
        match failed {
            0 => Ok(()),
            _ => Err("the project isn't in order; see the lines `failed:` above".to_owned()),
        }
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(words: &[&str]) -> Outcome<Options> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Options::from(&words)
    }

    #[test]
    fn what_is_left_out_has_to_be_named() {
        let told = options(&["--without", "browser", "paying_twice"]).unwrap();
        assert!(told.postgres && !told.browser);
        assert_eq!(told.filter.as_deref(), Some("paying_twice"));
        assert!(options(&["--without", "tests"]).is_err());
        assert!(options(&["--quick"]).is_err());
    }

    #[test]
    fn a_whole_run_without_a_test_on_postgres_is_a_failure() {
        let whole = options(&[]).unwrap();
        let without = options(&["--without", "postgres"]).unwrap();
        let only_sqlite = BTreeMap::from([("sqlite".to_owned(), 9)]);
        let both = BTreeMap::from([("sqlite".to_owned(), 9), ("postgres".to_owned(), 9)]);
        assert!(postgres_was_idle(&whole, &only_sqlite));
        assert!(!postgres_was_idle(&whole, &both));
        assert!(!postgres_was_idle(&without, &only_sqlite));
    }

    #[test]
    fn a_failing_step_does_not_end_the_run_but_fails_it() {
        let mut report = Report::default();
        assert_eq!(
            report.step("one", || Outcome::<()>::Err("no".to_owned())),
            None
        );
        assert_eq!(report.step("two", || Ok(2)), Some(2));
        report.tests("three", || {
            Ok((
                Tally {
                    passed: 1,
                    failed: 0,
                },
                true,
            ))
        });
        assert!(
            report
                .close(&options(&[]).unwrap(), &BTreeMap::new())
                .is_err()
        );
    }
}
