//! A server on this machine that gives every caller the same bytes, whatever it asks.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use tokio_rustls::TlsAcceptor;

use crate::authority::Authority;

pub(crate) struct Peer {
    pub(crate) port: u16,
    calls: Arc<AtomicUsize>,
    received: Mutex<mpsc::UnboundedReceiver<String>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Then {
    Close,
    Hang,
}

impl Peer {
    pub(crate) async fn answering(answer: &str) -> Self {
        Self::start(answer, Then::Close, None).await
    }

    pub(crate) async fn hanging_after(answer: &str) -> Self {
        Self::start(answer, Then::Hang, None).await
    }

    pub(crate) async fn answering_tls(answer: &str, authority: &Authority, name: &str) -> Self {
        Self::start(answer, Then::Close, Some(authority.acceptor(name))).await
    }

    async fn start(answer: &str, then: Then, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let calls = Arc::new(AtomicUsize::new(0));
        let (sender, received) = mpsc::unbounded_channel();
        let (answer, counter) = (answer.to_owned(), Arc::clone(&calls));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                match &tls {
                    None => serve(stream, &answer, then, &counter, &sender).await,
                    // A caller who doesn't trust the certificate goes away here.
                    Some(acceptor) => match acceptor.accept(stream).await {
                        Ok(stream) => serve(stream, &answer, then, &counter, &sender).await,
                        Err(_) => continue,
                    },
                }
            }
        });
        Self {
            port,
            calls,
            received: Mutex::new(received),
        }
    }

    pub(crate) fn url(&self, path_and_query: &str) -> String {
        format!("http://127.0.0.1:{}{path_and_query}", self.port)
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    pub(crate) async fn received(&self) -> String {
        self.received.lock().await.recv().await.unwrap()
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: &str,
    then: Then,
    calls: &AtomicUsize,
    sender: &mpsc::UnboundedSender<String>,
) {
    let mut request = Vec::new();
    let mut buffer = [0_u8; 4096];
    // All callers here send the body "{}".
    while !request.ends_with(b"\r\n\r\n{}") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
        }
    }
    calls.fetch_add(1, Ordering::SeqCst);
    let _ = sender.send(String::from_utf8(request).unwrap());
    // The caller may leave in the middle of an answer that is too long.
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.flush().await;
    if then == Then::Hang {
        let _ = stream.read(&mut buffer).await;
    } else {
        let _ = stream.shutdown().await;
    }
}

/// A port at which nobody listens.
pub(crate) async fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    listener.local_addr().unwrap().port()
}
