//! The door: plain or TLS, one kind of connection for what stands behind it.
//!
//! TLS handshakes run in tasks of their own with a time limit, so that a client
//! that doesn't speak holds up nobody. A connection without progress is closed.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Sleep;
use tokio_rustls::server::TlsStream;

use crate::tls::Tls;

/// Longest handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Handshakes at once; further clients wait in the system's queue.
const HANDSHAKES: usize = 1_024;
/// Pause after the system had no connection to give, for example for lack of file handles.
const PAUSE: Duration = Duration::from_millis(200);

/// Takes connections.
#[derive(Debug)]
pub struct Listener {
    tcp: TcpListener,
    tls: Option<Tls>,
    handshakes: JoinSet<Option<(TlsStream<TcpStream>, SocketAddr)>>,
    idle_limit: Duration,
}

impl Listener {
    /// Over a bound socket; `idle_limit` must be longer than any work on a request.
    #[must_use]
    pub fn new(tcp: TcpListener, tls: Option<Tls>, idle_limit: Duration) -> Self {
        Self {
            tcp,
            tls,
            handshakes: JoinSet::new(),
            idle_limit,
        }
    }

    fn greet(&mut self, tls: &Tls, stream: TcpStream, peer: SocketAddr) {
        let acceptor = tls.acceptor();
        self.handshakes.spawn(async move {
            match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => Some((stream, peer)),
                // Scanners and closed tabs: nothing that an operator could act on.
                Ok(Err(error)) => {
                    tracing::debug!(%error, "a TLS handshake failed");
                    metrics::counter!("tls_handshakes_failed_total").increment(1);
                    None
                }
                Err(_) => {
                    metrics::counter!("tls_handshakes_failed_total").increment(1);
                    None
                }
            }
        });
    }
}

impl axum::serve::Listener for Listener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            let accepted = tokio::select! {
                Some(done) = self.handshakes.join_next() => {
                    if let Ok(Some((stream, peer))) = done {
                        return (Connection::new(Stream::Tls(Box::new(stream)), self.idle_limit), peer);
                    }
                    continue;
                }
                accepted = self.tcp.accept(), if self.handshakes.len() < HANDSHAKES => accepted,
            };
            match (accepted, self.tls.clone()) {
                (Ok((stream, peer)), tls) => {
                    // Answers are written whole; waiting to fill packets only delays them.
                    let _ = stream.set_nodelay(true);
                    match tls {
                        None => {
                            return (
                                Connection::new(Stream::Plain(stream), self.idle_limit),
                                peer,
                            );
                        }
                        Some(tls) => self.greet(&tls, stream, peer),
                    }
                }
                (Err(error), _) => {
                    tracing::warn!(%error, "a connection couldn't be taken");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

/// Who stands at the other end of a connection: a client or a proxy.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, Listener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// A connection that ends by itself when nothing moves on it.
#[derive(Debug)]
pub struct Connection {
    stream: Stream,
    idle: Pin<Box<Sleep>>,
    idle_limit: Duration,
}

#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Connection {
    fn new(stream: Stream, idle_limit: Duration) -> Self {
        Self {
            stream,
            idle: Box::pin(tokio::time::sleep(idle_limit)),
            idle_limit,
        }
    }

    fn moved(&mut self) {
        self.idle.set(tokio::time::sleep(self.idle_limit));
    }

    fn waits<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        self.idle
            .as_mut()
            .poll(cx)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let read = match &mut this.stream {
            Stream::Plain(stream) => Pin::new(stream).poll_read(cx, buffer),
            Stream::Tls(stream) => Pin::new(stream).poll_read(cx, buffer),
        };
        if read.is_pending() {
            return this.waits(cx);
        }
        this.moved();
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = match &mut this.stream {
            Stream::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Stream::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
        };
        if written.is_pending() {
            return this.waits(cx);
        }
        this.moved();
        written
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = match &mut this.stream {
            Stream::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Stream::Tls(stream) => Pin::new(stream).poll_flush(cx),
        };
        if flushed.is_pending() {
            this.waits(cx)
        } else {
            flushed
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let closed = match &mut this.stream {
            Stream::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Stream::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        };
        if closed.is_pending() {
            this.waits(cx)
        } else {
            closed
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = match &mut this.stream {
            Stream::Plain(stream) => Pin::new(stream).poll_write_vectored(cx, parts),
            Stream::Tls(stream) => Pin::new(stream).poll_write_vectored(cx, parts),
        };
        if written.is_pending() {
            return this.waits(cx);
        }
        this.moved();
        written
    }

    fn is_write_vectored(&self) -> bool {
        match &self.stream {
            Stream::Plain(stream) => stream.is_write_vectored(),
            Stream::Tls(stream) => stream.is_write_vectored(),
        }
    }
}
