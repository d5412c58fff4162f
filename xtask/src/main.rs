//! The project's commands, as `cargo xtask COMMAND`. Only the standard library,
//! so that a fresh machine has them after a second of compiling.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks on its standard streams"
)]

mod assets;
mod bench;
mod browser;
mod demo;
mod diagrams;
mod dist;
mod folders;
mod guard;
mod json;
mod postgres;
mod run;
mod tally;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use folders::Folders;

/// What a command ends with: nothing, or the sentence that says what to do.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
Commands of this project (cargo xtask COMMAND):

  demo [--release] [ARGS]   bundle the pages' assets, build, start `koogallery demo ARGS`;
                            data stay in the user's state folder unless --data DIR is given
  test [--without postgres] [--without browser] [FILTER]
                            everything that must hold before a change lands; with a FILTER
                            only the tests whose names contain it, without the other checks
  dist                      release build: one self-contained binary, dist/koogallery
  tidy                      the rules of the house that the compiler can't hold, and licences
  bench [ARGS]              release build, then `koogallery bench ARGS`
  diagrams [--check]        render the state machines to docs/states, or compare with it
  help                      this text

Builds go to the user's cache folder, koogallery/target, unless CARGO_TARGET_DIR is set.
CHROMIUM names the browser for the tests when it isn't on the PATH.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    if matches!(command, "help" | "--help" | "-h") {
        print!("{HELP}");
        return Ok(());
    }
    let folders = Folders::find()?;
    match command {
        "demo" => demo::run(&folders, rest),
        "test" => test::run(&folders, rest),
        "dist" => no_arguments(command, rest).and_then(|()| dist::run(&folders)),
        "tidy" => no_arguments(command, rest).and_then(|()| tidy::run(&folders)),
        "bench" => bench::run(&folders, rest),
        "diagrams" => diagrams::run(&folders, rest),
        other => Err(format!(
            "there is no command `{other}`; `cargo xtask help` lists them"
        )),
    }
}

fn no_arguments(command: &str, rest: &[String]) -> Outcome {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(format!("`{command}` takes no arguments, got `{extra}`")),
    }
}
