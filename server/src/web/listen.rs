//! Our own connection layer (reliability W7): `axum::serve` never times out a client, so half a header would be held for ever.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::session::{Peer, network};

/// Longest wait for a complete request head; also for the first byte, and between requests of one connection.
const HEAD: Duration = Duration::from_secs(15);
/// Longest wait for a client that neither reads nor writes while it should.
const STALL: Duration = Duration::from_secs(30);
/// Longest life of a connection; the client opens another, which spreads them over processes.
const LIFE: Duration = Duration::from_secs(600);
/// Largest request head: reliability X56 asks for 16 kB of headers beside 8 kB of address.
const HEAD_BYTES: usize = 24 * 1024;
/// Wait after the system had no file descriptor for a new connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// Longest wait for running answers at the end.
const GRACE: Duration = Duration::from_secs(10);

/// Counts connections, all of them and by address.
#[derive(Debug)]
pub struct Connections {
    limit: usize,
    per_address: usize,
    open: AtomicUsize,
    by_address: Mutex<HashMap<IpAddr, usize>>,
    closed: Notify,
}

impl Connections {
    /// Takes at most `limit` connections, and `per_address` of one address (0: as many as there are).
    #[must_use]
    pub fn new(limit: usize, per_address: usize) -> Self {
        Self { limit, per_address, open: AtomicUsize::new(0), by_address: Mutex::default(), closed: Notify::new() }
    }

    /// How many are open.
    #[must_use]
    pub fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// How many are taken at most.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }

    fn admit(self: &Arc<Self>, peer: SocketAddr) -> Option<Admission> {
        let address = network(peer.ip());
        let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if self.open() >= self.limit {
            return None;
        }
        let held = by_address.entry(address).or_insert(0);
        if self.per_address > 0 && *held >= self.per_address {
            return None;
        }
        *held += 1;
        self.open.fetch_add(1, Ordering::Relaxed);
        Some(Admission { connections: self.clone(), address })
    }
}

/// A 304 has no length but that of the answer it stands for (RFC 9110 8.6); where HEAD is asked, the library says 0.
fn without_false_length(mut response: Response) -> Response {
    if response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().remove(CONTENT_LENGTH);
    }
    response
}

/// A counted connection; dropping it counts it out.
struct Admission {
    connections: Arc<Connections>,
    address: IpAddr,
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut by_address = self.connections.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = by_address.get_mut(&self.address) {
            *held -= 1;
            if *held == 0 {
                by_address.remove(&self.address);
            }
        }
        self.connections.open.fetch_sub(1, Ordering::Relaxed);
        self.connections.closed.notify_waiters();
    }
}

/// What answers a request before any route is looked for, where it can.
pub trait AtOnce: Fn(&Request<Incoming>) -> Option<Response> + Clone + Send + 'static {}

impl<F: Fn(&Request<Incoming>) -> Option<Response> + Clone + Send + 'static> AtOnce for F {}

/// Serves until `stop` says so, then lets running answers finish.
pub async fn serve(
    listener: TcpListener,
    (at_once, router): (impl AtOnce, Router),
    connections: Arc<Connections>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        // A refused connection is closed at once: the cheapest answer there is.
        let Some(admission) = connections.admit(peer) else { continue };
        let (answers, stop) = ((at_once.clone(), router.clone()), stop.clone());
        tokio::spawn(async move {
            connection(stream, Peer(peer.ip()), answers, stop).await;
            drop(admission);
        });
    }
    drop(listener);
    let drained = async {
        loop {
            let closed = connections.closed.notified();
            if connections.open() == 0 {
                break;
            }
            closed.await;
        }
    };
    if tokio::time::timeout(GRACE, drained).await.is_err() {
        tracing::info!(open = connections.open(), "connections were still open at the end");
    }
}

async fn connection(stream: TcpStream, peer: Peer, (at_once, router): (impl AtOnce, Router), mut stop: watch::Receiver<bool>) {
    // Answers are written whole: waiting for more only delays them. A socket that refuses the option is about to fail anyway.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_read_timeout(Some(STALL));
    stream.set_write_timeout(Some(STALL));
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        let answer = at_once(&request).ok_or_else(|| {
            request.extensions_mut().insert(peer);
            router.clone().oneshot(request.map(axum::body::Body::new))
        });
        async move {
            match answer {
                Ok(response) => Ok::<_, Infallible>(response),
                Err(on_its_way) => on_its_way.await.map(without_false_length),
            }
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES).keep_alive(true);
    let served = builder.serve_connection(TokioIo::new(Box::pin(stream)), service);
    tokio::pin!(served);
    let ended = tokio::select! {
        ended = served.as_mut() => Some(ended),
        _ = stop.wait_for(|stop| *stop) => None,
        () = tokio::time::sleep(LIFE) => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            served.as_mut().graceful_shutdown();
            match tokio::time::timeout(GRACE, served).await {
                Ok(ended) => ended,
                // A client that takes its time has had it.
                Err(_) => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
