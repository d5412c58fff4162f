//! A small HTTP/1.1 client for load on loopback: one connection, kept alive,
//! no allocation beyond its buffers, so that the generator costs little beside
//! what it measures.

use std::io;

use kernel::Stopwatch;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection.
pub(super) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    host: String,
    cookie: String,
}

/// An answer.
pub(super) struct Reply {
    /// HTTP status.
    pub(super) status: u16,
    /// Where to go on, empty when nowhere.
    pub(super) location: String,
    /// A cookie that was set, `name=value`, empty when none.
    pub(super) cookie: String,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Client {
    /// Connects to `address`; `host` is the name that the server goes by.
    pub(super) async fn connect(address: &str, host: &str, cookie: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(128 * 1024),
            host: host.to_owned(),
            cookie: cookie.to_owned(),
        })
    }

    /// Fetches a page.
    pub(super) async fn get(&mut self, path: &str) -> io::Result<Reply> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
            self.host, self.cookie
        );
        self.exchange(request.as_bytes()).await
    }

    /// Sends a form.
    pub(super) async fn post(&mut self, path: &str, form: &str) -> io::Result<Reply> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.host,
            self.cookie,
            form.len()
        );
        self.exchange(request.as_bytes()).await
    }

    async fn exchange(&mut self, request: &[u8]) -> io::Result<Reply> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head_end = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.fill().await?;
        };
        let head =
            String::from_utf8_lossy(self.buffer.get(..head_end).unwrap_or_default()).into_owned();
        let length = header(&head, "content-length").and_then(|value| value.parse::<usize>().ok());
        let body = match length {
            Some(length) => {
                while self.buffer.len() < head_end + length {
                    self.fill().await?;
                }
                self.buffer
                    .get(head_end..head_end + length)
                    .unwrap_or_default()
                    .to_vec()
            }
            None if header(&head, "transfer-encoding") == Some("chunked") => {
                while !self.buffer.ends_with(b"0\r\n\r\n") {
                    self.fill().await?;
                }
                self.buffer.get(head_end..).unwrap_or_default().to_vec()
            }
            None => Vec::new(),
        };
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or(0);
        let cookie = header(&head, "set-cookie")
            .and_then(|value| value.split(';').next())
            .unwrap_or_default();
        Ok(Reply {
            status,
            location: header(&head, "location").unwrap_or_default().to_owned(),
            cookie: cookie.to_owned(),
            body,
        })
    }

    async fn fill(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// What a load brought.
#[derive(Debug, Default)]
pub(super) struct Load {
    /// Requests that were answered as expected.
    pub(super) requests: u64,
    /// Requests that weren't.
    pub(super) failures: u64,
    /// How long it went on, in seconds.
    pub(super) seconds: f64,
    latencies_us: Vec<u32>,
}

impl Load {
    /// Answered requests per second.
    pub(super) fn per_second(&self) -> f64 {
        if self.seconds > 0.0 {
            number(self.requests) / self.seconds
        } else {
            0.0
        }
    }

    /// A percentile of the latency in milliseconds, for example 99.
    pub(super) fn percentile_ms(&self, percent: usize) -> f64 {
        let mut sorted = self.latencies_us.clone();
        sorted.sort_unstable();
        let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(index).map_or(0.0, |us| f64::from(*us) / 1_000.0)
    }

    pub(super) fn note(&mut self, watch: Stopwatch, good: bool) {
        if good {
            self.requests += 1;
            self.latencies_us
                .push(u32::try_from(watch.elapsed().as_micros()).unwrap_or(u32::MAX));
        } else {
            self.failures += 1;
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.requests += other.requests;
        self.failures += other.failures;
        self.latencies_us.extend(other.latencies_us);
    }
}

/// A count as a figure of a report.
pub(super) fn number(count: u64) -> f64 {
    // Reports need no more than 32 bits.
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// Asks for pages of a list, round robin, from so many connections for so long.
pub(super) async fn pages(
    address: &str,
    host: &str,
    paths: &[String],
    clients: usize,
    seconds: u64,
) -> io::Result<Load> {
    let watch = Stopwatch::start();
    let mut running = Vec::new();
    for offset in 0..clients {
        let (address, host, paths) = (address.to_owned(), host.to_owned(), paths.to_vec());
        running.push(tokio::spawn(async move {
            let mut client = Client::connect(&address, &host, "").await?;
            let mut load = Load::default();
            for path in paths.iter().cycle().skip(offset * 7) {
                if watch.elapsed().as_secs() >= seconds {
                    break;
                }
                let one = Stopwatch::start();
                let reply = client.get(path).await?;
                load.note(one, reply.status == 200);
            }
            Ok::<_, io::Error>(load)
        }));
    }
    let mut load = Load::default();
    for one in running {
        load.join(one.await.map_err(io::Error::other)??);
    }
    load.seconds = watch.elapsed().as_secs_f64();
    Ok(load)
}
