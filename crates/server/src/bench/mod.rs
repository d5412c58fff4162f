//! `koogallery bench`: what this machine can do at most, and what the program
//! does of it. Everything is measured in one run, so that the ratios hold
//! whatever else the machine is doing; nothing here passes or fails.

mod client;
mod orders;
mod process;
mod raw;

use std::io::{self, Write};

use axum::Router;
use axum::routing::get;
use kernel::Stopwatch;

use self::client::{Load, pages};
use self::process::{Demo, PageServer};
use crate::error::CommandError;
use crate::opened::runtime;

/// How much is measured.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BenchOptions {
    /// Products in the catalogue.
    #[arg(long, default_value_t = 10_000)]
    pub(crate) products: u32,
    /// Connections at once.
    #[arg(long, default_value_t = 16)]
    pub(crate) clients: usize,
    /// Seconds for each measurement.
    #[arg(long, default_value_t = 5)]
    pub(crate) seconds: u64,
    /// Serves a page of so many bytes from memory; used by the benchmark itself.
    #[arg(long, hide = true)]
    pub(crate) page_bytes: Option<usize>,
}

/// Runs the benchmark and prints its figures.
///
/// # Errors
/// A sentence when a process can't be started or doesn't answer.
pub(crate) fn run(options: &BenchOptions, out: &mut dyn Write) -> Result<(), CommandError> {
    let runtime = runtime()?;
    match options.page_bytes {
        Some(bytes) => runtime.block_on(serve_page(bytes, out)).map_err(broken),
        None => runtime.block_on(measure(options, out)),
    }
}

fn broken(error: io::Error) -> CommandError {
    CommandError::because("the benchmark can't go on", error)
}

async fn measure(options: &BenchOptions, out: &mut dyn Write) -> Result<(), CommandError> {
    let folder = tempfile::tempdir().map_err(broken)?;
    let mut report = Report { out };
    report.title("Limits of this machine")?;
    let sync = raw::disk_sync(folder.path(), 500).map_err(broken)?;
    report.latency("4 KiB written and synced", &sync)?;
    let commits = raw::grouped_commits(folder.path(), options.clients, options.seconds)
        .await
        .map_err(|fail| CommandError::of("the bare commits failed", &fail))?;
    report.rate("bare grouped commits", "commits", &commits)?;

    let data = folder.path().join("demo");
    let demo = Demo::start(&data, options.products).await.map_err(broken)?;
    report.line(
        "start with a new catalogue",
        &format!(
            "{:.1} s for {} products",
            demo.started_in_s, options.products
        ),
    )?;
    let memory_page = reading(options, &demo, &mut report).await?;
    report.line(
        "page from memory, for comparison",
        &format!("{memory_page:.0} requests/s"),
    )?;
    orders::measure(options, &demo, commits.per_second(), &mut report).await?;
    report.line(
        "memory of the server and the sample seller after the run",
        &format!("{:.0} MB", demo.resident_mb()),
    )?;
    demo.stop().map_err(broken)?;

    let again = Demo::start(&data, 0).await.map_err(broken)?;
    report.line(
        "start of the second run",
        &format!("{:.2} s", again.started_in_s),
    )?;
    report.line(
        "memory after that start",
        &format!("{:.0} MB", again.resident_mb()),
    )?;
    again.stop().map_err(broken)
}

/// Product page and search, each beside a page of the same size from memory.
async fn reading(
    options: &BenchOptions,
    demo: &Demo,
    report: &mut Report<'_>,
) -> Result<f64, CommandError> {
    report.title("Reading")?;
    let mut floor = 0.0;
    let searches = [
        "crm",
        "backup",
        "secure",
        "invoice",
        "team chat",
        "cloud",
        "data",
        "analytics",
        "monitor",
        "sign",
    ];
    let search_paths: Vec<String> = searches
        .iter()
        .map(|word| format!("/search?q={}", word.replace(' ', "+")))
        .collect();
    for (what, paths) in [
        ("product page", demo.product_paths().await.map_err(broken)?),
        ("search", search_paths),
    ] {
        // Once each without counting: caches fill as they do in a running shop.
        pages(&demo.address, &demo.host, &paths, 2, 1)
            .await
            .map_err(broken)?;
        let load = pages(
            &demo.address,
            &demo.host,
            &paths,
            options.clients,
            options.seconds,
        )
        .await
        .map_err(broken)?;
        let bytes = demo
            .page_bytes(paths.first().map_or("/", String::as_str))
            .await
            .map_err(broken)?;
        let server = PageServer::start(bytes).await.map_err(broken)?;
        let memory = pages(
            &server.address,
            "localhost",
            &["/".to_owned()],
            options.clients,
            options.seconds,
        )
        .await
        .map_err(broken)?;
        server.stop().map_err(broken)?;
        report.rate(what, "requests", &load)?;
        let share = if memory.per_second() > 0.0 {
            100.0 * load.per_second() / memory.per_second()
        } else {
            0.0
        };
        report.line(
            &format!("{what} beside {bytes} bytes from memory"),
            &format!("{share:.0} % of {:.0} requests/s", memory.per_second()),
        )?;
        floor = memory.per_second();
    }
    Ok(floor)
}

/// Where figures go.
pub(crate) struct Report<'o> {
    out: &'o mut dyn Write,
}

impl Report<'_> {
    fn title(&mut self, text: &str) -> Result<(), CommandError> {
        writeln!(self.out, "\n{text}").map_err(broken)
    }

    pub(crate) fn line(&mut self, what: &str, figure: &str) -> Result<(), CommandError> {
        writeln!(self.out, "  {what:<58} {figure}").map_err(broken)
    }

    pub(in crate::bench) fn rate(
        &mut self,
        what: &str,
        unit: &str,
        load: &Load,
    ) -> Result<(), CommandError> {
        let failures = if load.failures > 0 {
            format!(", {} FAILED", load.failures)
        } else {
            String::new()
        };
        let figure = format!(
            "{:.0} {unit}/s, p50 {:.2} ms, p99 {:.2} ms{failures}",
            load.per_second(),
            load.percentile_ms(50),
            load.percentile_ms(99)
        );
        self.line(what, &figure)
    }

    fn latency(&mut self, what: &str, load: &Load) -> Result<(), CommandError> {
        self.line(
            what,
            &format!(
                "p50 {:.2} ms, p99 {:.2} ms",
                load.percentile_ms(50),
                load.percentile_ms(99)
            ),
        )
    }
}

/// The child that serves one page from memory, until its input closes.
async fn serve_page(bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    let page: &'static str = "x".repeat(bytes).leak();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    writeln!(out, "{}", listener.local_addr()?)?;
    out.flush()?;
    let router = Router::new().route("/", get(move || async move { axum::response::Html(page) }));
    axum::serve(listener, router)
        .with_graceful_shutdown(process::input_closed())
        .await
}

/// Seconds that something took, for the report.
pub(crate) async fn timed<T>(work: impl Future<Output = T>) -> (T, f64) {
    let watch = Stopwatch::start();
    let done = work.await;
    (done, watch.elapsed().as_secs_f64())
}
