//! Logs and metrics of the process.
//!
//! Invariant: neither holds a query string, a body, a parameter of a statement
//! or a secret. What libraries would tell about those at their chatty levels
//! can't be switched on.

use std::io::IsTerminal as _;
use std::sync::{Mutex, PoisonError};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::Directive;

use crate::config::Log;
use crate::error::CommandError;

/// Libraries that would log headers, bodies or parameters at `debug` or `trace`.
const HELD_BACK: [&str; 11] = [
    "h2",
    "hyper",
    "hyper_util",
    "lettre",
    "object_store",
    "postgres",
    "reqwest",
    "rustls",
    "tokio_postgres",
    "tokio_rustls",
    "tower_http",
];

/// Seconds: upper borders of the buckets of every histogram of durations.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// Counts: upper borders of the buckets of every other histogram.
const COUNTS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

static METRICS: Mutex<Option<PrometheusHandle>> = Mutex::new(None);

/// Starts logging to standard error, and lets a panic be logged instead of
/// printed. A second call in a process changes nothing.
///
/// # Errors
/// A sentence when `log.level` or `log.format` can't be used.
pub fn start(log: &Log) -> Result<(), CommandError> {
    let filter = filter(&log.level)?;
    let colours = std::io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours)
        .with_writer(std::io::stderr);
    let started = match log.format.as_str() {
        "json" => builder
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .try_init(),
        "text" => builder.try_init(),
        other => {
            return Err(CommandError::new(format!(
                "log.format: \"{other}\" is neither \"json\" nor \"text\""
            )));
        }
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(log_panic));
    }
    Ok(())
}

fn filter(level: &str) -> Result<EnvFilter, CommandError> {
    let mut filter = EnvFilter::try_new(level).map_err(|error| {
        CommandError::because(format!("log.level: \"{level}\" can't be used"), error)
    })?;
    for library in HELD_BACK {
        let directive: Directive = format!("{library}=info")
            .parse()
            .map_err(|error| CommandError::because("a built-in log level can't be used", error))?;
        filter = filter.add_directive(directive);
    }
    Ok(filter)
}

fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("without a message");
    let (file, line) = panic
        .location()
        .map_or(("unknown", 0), |place| (place.file(), place.line()));
    tracing::error!(file, line, message, "a part of the program panicked");
}

/// The metrics of this process; the first call starts counting.
///
/// # Errors
/// When another recorder was installed in this process.
pub fn metrics() -> Result<PrometheusHandle, CommandError> {
    let mut started = METRICS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = started.as_ref() {
        return Ok(handle.clone());
    }
    let failed = |error| CommandError::because("metrics can't be counted", error);
    let handle = builder()
        .map_err(failed)?
        .install_recorder()
        .map_err(failed)?;
    *started = Some(handle.clone());
    Ok(handle)
}

fn builder() -> Result<PrometheusBuilder, metrics_exporter_prometheus::BuildError> {
    use metrics_exporter_prometheus::Matcher;
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("seconds".to_owned()), &SECONDS)?
        .set_buckets(&COUNTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setting_makes_a_library_tell_what_it_sends() {
        let filter = filter("trace,tokio_postgres=trace,hyper=debug")
            .unwrap()
            .to_string();
        for library in HELD_BACK {
            assert!(filter.contains(&format!("{library}=info")), "{filter}");
        }
        assert!(!filter.contains("tokio_postgres=trace"), "{filter}");
    }

    #[test]
    fn a_senseless_level_is_named() {
        let refused = filter("info,=,").unwrap_err().to_string();
        assert!(refused.contains("log.level"), "{refused}");
    }

    #[test]
    fn metrics_are_rendered_with_buckets() {
        let recorder = builder().unwrap().build_recorder();
        let handle = recorder.handle();
        metrics::with_local_recorder(&recorder, || {
            metrics::histogram!("http_request_seconds").record(0.004)
        });
        assert!(
            handle
                .render()
                .contains("http_request_seconds_bucket{le=\"0.005\"} 1"),
            "{}",
            handle.render()
        );
    }
}
