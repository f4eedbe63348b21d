//! The HTTP probe: one request, the whole answer, and what a reader of it would find wrong (reliability N9, N10, N11).

use std::time::Duration;

use app::words::{Advice, HttpMethod, Monitor, MonitorSettings};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::header::{self, HeaderName, HeaderValue};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::handshake::{Handshake, Talk, Unshaken};
use super::{failure, micros};
use crate::channels::guard::connect::{is_own, within};
use crate::channels::guard::{ConnectError, Connector, Target};
use crate::domain::certificate::Certificate;
use crate::domain::evidence::{Internal, Observation, Outcome, Reason, Timings, excerpt};
use crate::domain::expectation::{self, Answer};

/// Longest wait for the first byte of an answer.
const FIRST_BYTE: Duration = Duration::from_secs(10);
/// Longest whole check, redirects included.
const TOTAL: Duration = Duration::from_secs(15);
/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// Bytes of a body that are read; then it is judged by what was read.
const BODY: usize = 1024 * 1024;

/// Asks once.
pub(super) async fn check(connector: &Connector, tls: &Handshake, monitor: &Monitor, now: DateTime<Utc>) -> Observation {
    let begun = Instant::now();
    let given = Duration::from_millis(u64::try_from(monitor.timeout_ms).unwrap_or(0));
    let mut check = Check {
        connector,
        tls,
        settings: &monitor.settings,
        deadline: begun + given.min(TOTAL),
        timings: Timings::default(),
        certificate: None,
        elsewhere: false,
        open: JoinSet::new(),
    };
    let result = check.run(&monitor.target).await;
    let (mut timings, certificate) = (check.timings, check.certificate);
    // Where it is to end was said by whoever expects it there.
    let advice = (check.elsewhere && monitor.settings.redirect_target.is_none()).then(|| vec![Advice::LeadsElsewhere]);
    timings.total_us = Some(micros(begun.elapsed()));
    match result {
        Ok(Heard { status, headers, body, whole, length, address }) => {
            let answer = Answer { status, headers: &headers, body: &body, whole, length, address: &address };
            let verdict = expectation::wrong(&monitor.settings, &answer);
            let outcome = verdict.map_or(Outcome::Good, Outcome::Bad);
            let excerpt = verdict.and_then(|_| excerpt(&body));
            Observation { at: now, outcome, http_status: Some(status), timings, excerpt, certificate, advice }
        }
        Err(Stopped { outcome, http_status }) => {
            Observation { at: now, outcome, http_status, timings, excerpt: None, certificate, advice: None }
        }
    }
}

/// What came back at the end of all redirects; [`Answer`] says what each is.
struct Heard {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    whole: bool,
    length: usize,
    address: String,
}

/// Why no answer can be judged.
struct Stopped {
    outcome: Outcome,
    http_status: Option<u16>,
}

impl From<Reason> for Stopped {
    fn from(reason: Reason) -> Self {
        Self { outcome: Outcome::Bad(reason), http_status: None }
    }
}

impl From<ConnectError> for Stopped {
    fn from(error: ConnectError) -> Self {
        Self { outcome: failure::of(&error), http_status: None }
    }
}

struct Check<'a> {
    connector: &'a Connector,
    tls: &'a Handshake,
    settings: &'a MonitorSettings,
    deadline: Instant,
    timings: Timings,
    /// What the last place showed that shows any.
    certificate: Option<Certificate>,
    /// Whether a redirect led to another host (reliability N10).
    elsewhere: bool,
    /// What drives the connections; they end with the check.
    open: JoinSet<()>,
}

impl Check<'_> {
    async fn run(&mut self, address: &str) -> Result<Heard, Stopped> {
        let first = Target::parse(address).map_err(|_| Reason::RefusedTarget)?;
        let mut seen = vec![first.clone()];
        let mut target = first.clone();
        let mut method = self.settings.method;
        loop {
            let own = target.same_origin(&first);
            let response = self.ask(&target, method, own).await?;
            let status = response.status();
            let expected = self.settings.expected_statuses.contains(&status.as_u16());
            if expected || !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
                return self.read(response, &target).await;
            }
            let stop = |reason| Stopped { outcome: Outcome::Bad(reason), http_status: Some(status.as_u16()) };
            let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            let next = location.and_then(|location| target.redirect(location).ok()).ok_or_else(|| stop(Reason::Redirects))?;
            if seen.len() > REDIRECTS || seen.contains(&next) || (target.is_https() && !next.is_https()) {
                return Err(stop(Reason::Redirects));
            }
            self.elsewhere |= next.host() != first.host();
            seen.push(next.clone());
            target = next;
            method = redirected(method, status.as_u16());
        }
    }

    /// Asks there. What may hold secrets is sent only where they belong (`own`).
    async fn ask(&mut self, target: &Target, method: HttpMethod, own: bool) -> Result<Response<Incoming>, Stopped> {
        let connected = self.connector.connect(target, self.deadline).await?;
        self.timings.dns_us = connected.resolving.map(micros);
        self.timings.connect_us = Some(micros(connected.connecting));
        self.timings.tls_us = None;
        let request = self.request(target, method, own)?;
        if !target.is_https() {
            return self.send(connected.stream, request).await;
        }
        let begun = Instant::now();
        let shaken = match self.tls.shake(Talk::Web, target.host(), connected.stream, self.deadline).await {
            Ok(shaken) => shaken,
            Err(Unshaken { outcome, certificate }) => {
                self.certificate = certificate;
                return Err(Stopped { outcome, http_status: None });
            }
        };
        self.timings.tls_us = Some(micros(begun.elapsed()));
        self.certificate = shaken.certificate;
        if let Some(expected) = self.settings.certificate_sha256.as_deref().filter(|_| own)
            && !self.certificate.as_ref().is_some_and(|shown| shown.is(expected))
        {
            return Err(Reason::Certificate.into());
        }
        let stream = shaken.stream;
        self.send(stream, request).await
    }

    fn request(&self, target: &Target, method: HttpMethod, own: bool) -> Result<Request<Full<Bytes>>, Stopped> {
        let sends = !matches!(method, HttpMethod::Get | HttpMethod::Head);
        let body = self.settings.body.clone().filter(|_| own && sends).unwrap_or_default();
        let request = Request::builder().method(method.as_str()).uri(target.path_and_query());
        let mut request = request.body(Full::new(body.into())).map_err(|_| Reason::RefusedTarget)?;
        let headers = request.headers_mut();
        headers.insert(header::HOST, HeaderValue::try_from(target.host_header()).map_err(|_| Reason::RefusedTarget)?);
        headers.insert(header::USER_AGENT, HeaderValue::from_static(concat!("Allclear/", env!("CARGO_PKG_VERSION"))));
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        // They may hold secrets, which are meant for one place only.
        for (name, value) in self.settings.headers.iter().filter(|_| own) {
            // Both were checked when the monitor was made.
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                headers.insert(name, value);
            }
        }
        Ok(request)
    }

    async fn send<S>(&mut self, stream: S, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Stopped>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let begun = Instant::now();
        let open = &mut self.open;
        let exchange = async {
            let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
            // What goes wrong with the connection shows in the answer.
            open.spawn(async { drop(connection.await) });
            sender.send_request(request).await
        };
        let response =
            within(self.deadline, FIRST_BYTE, exchange).await.map_err(|_| Reason::Timeout)?.map_err(|error| head_failed(&error))?;
        self.timings.first_byte_us = Some(micros(begun.elapsed()));
        Ok(response)
    }

    async fn read(&self, response: Response<Incoming>, target: &Target) -> Result<Heard, Stopped> {
        let status = response.status().as_u16();
        let text = |(name, value): (&HeaderName, &HeaderValue)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned());
        let headers = response.headers().iter().map(text).collect();
        let mut incoming = response.into_body();
        let (mut body, mut length) = (Vec::new(), 0);
        // Enough to see that there is more than there may be.
        let most = self.settings.max_body_bytes.and_then(|most| usize::try_from(most).ok()).map_or(BODY, |most| most.max(BODY));
        let whole = loop {
            let frame = match within(self.deadline, TOTAL, incoming.frame()).await {
                Ok(frame) => frame,
                Err(_) => return Err(Stopped { outcome: Outcome::Bad(Reason::Timeout), http_status: Some(status) }),
            };
            match frame {
                None => break true,
                Some(Err(_)) => break false,
                Some(Ok(frame)) => {
                    let data = frame.into_data().unwrap_or_default();
                    let room = BODY - body.len();
                    body.extend_from_slice(data.get(..room).unwrap_or(&data));
                    length += data.len();
                    if length > most || (body.len() >= BODY && self.settings.max_body_bytes.is_none()) {
                        break true;
                    }
                }
            }
        };
        Ok(Heard { status, headers, body, whole, length, address: target.as_str().to_owned() })
    }
}

/// How a redirect is followed: what was sent is not sent again unless the answer says so (RFC 9110, 15.4).
const fn redirected(method: HttpMethod, status: u16) -> HttpMethod {
    match (method, status) {
        (HttpMethod::Head, _) | (_, 307 | 308) => method,
        (HttpMethod::Post, 301 | 302) | (_, 303) => HttpMethod::Get,
        _ => method,
    }
}

/// The class of a failure before the body.
fn head_failed(error: &hyper::Error) -> Stopped {
    let io = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    if io.is_some_and(is_own) {
        return Stopped { outcome: Outcome::Internal(Internal::Resources), http_status: None };
    }
    if error.is_parse() { Reason::BadResponse.into() } else { Reason::Reset.into() }
}
