//! The processes that are measured: started here, stopped here by closing
//! their input or by their id, never by name.

use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use kernel::Stopwatch;

use super::client::Client;

/// Clock ticks per second of `/proc/PID/stat` on Linux.
const TICKS: f64 = 100.0;

/// The demo, as a process of its own.
pub(super) struct Demo {
    child: Child,
    /// Address to connect to.
    pub(super) address: String,
    /// Name that it goes by.
    pub(super) host: String,
    /// Time until it was ready.
    pub(super) started_in_s: f64,
    /// The buyer's e-mail and password.
    pub(super) buyer: (String, String),
}

impl Demo {
    /// Starts the demo with so many further products and waits until it is ready.
    pub(super) async fn start(data: &Path, products: u32) -> io::Result<Self> {
        let watch = Stopwatch::start();
        let mut child = Command::new(std::env::current_exe()?)
            .args([
                "demo",
                "--json",
                "--port",
                "0",
                "--seller-port",
                "0",
                "--measured-with",
            ])
            .arg(products.to_string())
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let line = first_line(&mut child)?;
        let ready: serde_json::Value = serde_json::from_str(&line).map_err(io::Error::other)?;
        let text = |path: &str| {
            ready
                .pointer(path)
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let host = text("/url").trim_start_matches("http://").to_owned();
        let port = host.rsplit(':').next().unwrap_or("80").to_owned();
        Ok(Self {
            child,
            address: format!("127.0.0.1:{port}"),
            host,
            started_in_s: watch.elapsed().as_secs_f64(),
            buyer: (
                text("/accounts/buyer/email"),
                text("/accounts/buyer/password"),
            ),
        })
    }

    /// Addresses of product pages, from the shop itself.
    pub(super) async fn product_paths(&self) -> io::Result<Vec<String>> {
        let mut client = Client::connect(&self.address, &self.host, "").await?;
        let mut paths = Vec::new();
        for page in [
            "/",
            "/search?q=",
            "/search?q=&page=2",
            "/search?q=&page=3",
            "/search?sort=newest",
        ] {
            let body = String::from_utf8_lossy(&client.get(page).await?.body).into_owned();
            for part in body.split("href=\"/products/").skip(1) {
                if let Some(slug) = part.split('"').next() {
                    paths.push(format!("/products/{slug}"));
                }
            }
        }
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// Size of a page.
    pub(super) async fn page_bytes(&self, path: &str) -> io::Result<usize> {
        let mut client = Client::connect(&self.address, &self.host, "").await?;
        Ok(client.get(path).await?.body.len())
    }

    /// A figure of `/metrics`: the sum over all labels of a name.
    pub(super) async fn metric(&self, name: &str) -> io::Result<f64> {
        let mut client = Client::connect(&self.address, &self.host, "").await?;
        let body = String::from_utf8_lossy(&client.get("/metrics").await?.body).into_owned();
        let lines = body.lines().filter(|line| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with([' ', '{']))
        });
        Ok(lines
            .filter_map(|line| line.rsplit(' ').next())
            .filter_map(|value| value.parse::<f64>().ok())
            .sum())
    }

    /// Memory that the process holds, in MB.
    pub(super) fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap_or_default();
        line.split_whitespace()
            .next()
            .and_then(|kb| kb.parse::<f64>().ok())
            .unwrap_or(0.0)
            / 1_024.0
    }

    /// Seconds of CPU that the process has used.
    pub(super) fn cpu_seconds(&self) -> f64 {
        cpu_seconds(self.child.id())
    }

    /// Asks it to stop and waits.
    pub(super) fn stop(mut self) -> io::Result<()> {
        end(&mut self.child)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = end(&mut self.child);
    }
}

/// Seconds of CPU of a process.
pub(super) fn cpu_seconds(id: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name in parentheses may hold blanks; fields are counted behind it.
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |index: usize| {
        fields
            .get(index)
            .and_then(|text| text.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / TICKS
}

/// A process that serves one page from memory.
pub(super) struct PageServer {
    child: Child,
    pub(super) address: String,
}

impl PageServer {
    pub(super) async fn start(bytes: usize) -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["bench", "--page-bytes"])
            .arg(bytes.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let address = first_line(&mut child)?.trim().to_owned();
        Ok(Self { child, address })
    }

    pub(super) fn stop(mut self) -> io::Result<()> {
        drop(self.child.stdin.take());
        self.child.wait().map(|_| ())
    }
}

impl Drop for PageServer {
    fn drop(&mut self) {
        let _ = end(&mut self.child);
    }
}

/// The first line that a child prints. Nothing else happens meanwhile, so it
/// may be waited for.
fn first_line(child: &mut Child) -> io::Result<String> {
    let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(output);
    let mut line = String::new();
    lines.read_line(&mut line)?;
    // Whatever it prints later must have a place to go.
    std::thread::spawn(move || io::copy(&mut lines, &mut io::sink()));
    Ok(line)
}

/// Resolves when the standard input closes.
pub(super) async fn input_closed() {
    let (closed, noticed) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = closed.send(());
    });
    let _ = noticed.await;
}

fn end(child: &mut Child) -> io::Result<()> {
    child.kill()?;
    child.wait().map(|_| ())
}
