//! Certificates of every sort, made for the test that needs them, and targets that show them, or that spoil the handshake before it comes so
//! far.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use server::clock::Clock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// What is wrong with a certificate, or with what is shown beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing: an authority that is trusted signed it.
    None,
    /// It ended long ago.
    Expired,
    /// It begins in a hundred years.
    NotYetValid,
    /// It signed itself.
    SelfSigned,
    /// An authority signed it that nobody knows, and is shown beside it.
    UnknownAuthority,
    /// It is for another host.
    WrongHost,
    /// An authority between it and one that is trusted signed it, and is shown beside it.
    Intermediate,
    /// The same, and it is not shown.
    MissingIntermediate,
    /// It ends in so many days.
    EndsIn(i64),
}

/// How a handshake goes wrong before there is a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoiled {
    /// The target knows only versions of TLS that are not in use any more, and says so.
    OldProtocol,
    /// It answers in TLS 1.0.
    AnswersInOldProtocol,
    /// It refuses for another reason.
    Refused,
    /// It cuts the connection.
    Reset,
    /// It closes the connection in good order.
    Close,
    /// It says nothing.
    Silence,
    /// It speaks something else.
    Plain,
}

/// An authority that is trusted by whoever is told of it.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// A new one.
    pub fn new() -> Self {
        Self { issuer: authority("Tested Authority") }
    }

    /// What probes are told to trust.
    pub fn certificate(&self) -> CertificateDer<'static> {
        self.issuer.der().clone()
    }

    /// What a target of that host shows, its own certificate first, and the key of that.
    fn chain(&self, host: &str, flaw: Flaw) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
        let key = KeyPair::generate().expect("a key");
        let host = if flaw == Flaw::WrongHost { "other.example.com" } else { host };
        let mut leaf = CertificateParams::new(vec![host.to_owned()]).expect("a host");
        leaf.distinguished_name.push(DnType::CommonName, "Tested Target");
        match flaw {
            Flaw::Expired => (leaf.not_before, leaf.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1)),
            Flaw::NotYetValid => (leaf.not_before, leaf.not_after) = (date_time_ymd(2100, 1, 1), date_time_ymd(2101, 1, 1)),
            Flaw::EndsIn(days) => {
                let end = Self::end(days);
                let small = |number: u32| u8::try_from(number).expect("a day or a month");
                leaf.not_after = date_time_ymd(end.year(), small(end.month()), small(end.day()));
            }
            _ => {}
        }
        let chain = match flaw {
            Flaw::SelfSigned => vec![leaf.self_signed(&key).expect("it signs").der().clone()],
            Flaw::UnknownAuthority => {
                let stranger = authority("Unknown Authority");
                vec![leaf.signed_by(&key, &stranger).expect("it signs").der().clone(), stranger.der().clone()]
            }
            Flaw::Intermediate | Flaw::MissingIntermediate => {
                let between =
                    CertifiedIssuer::signed_by(authority_params("Authority Between"), KeyPair::generate().expect("a key"), &self.issuer);
                let between = between.expect("it signs");
                let mut chain = vec![leaf.signed_by(&key, &between).expect("it signs").der().clone()];
                chain.extend((flaw == Flaw::Intermediate).then(|| between.der().clone()));
                chain
            }
            _ => vec![leaf.signed_by(&key, &self.issuer).expect("it signs").der().clone()],
        };
        (chain, PrivatePkcs8KeyDer::from(key.serialize_der()).into())
    }

    /// When a certificate ends that ends in so many days: at midnight, so that it is a little less.
    pub fn end(days: i64) -> DateTime<Utc> {
        let day = (Clock::system().now() + TimeDelta::days(days)).date_naive();
        day.and_time(chrono::NaiveTime::MIN).and_utc()
    }
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    CertifiedIssuer::self_signed(authority_params(name), KeyPair::generate().expect("a key")).expect("it signs")
}

/// A target of TLS. It ends with the test.
pub struct TlsTarget {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it shows; nothing where it comes not so far.
    pub chain: Vec<CertificateDer<'static>>,
    _serving: JoinSet<()>,
}

impl TlsTarget {
    /// One that shows a certificate for 127.0.0.1, and answers HTTP with "all is well".
    pub async fn new(authority: &Authority, flaw: Flaw) -> Self {
        Self::named(authority, "127.0.0.1", flaw).await
    }

    /// One that shows a certificate for that host.
    pub async fn named(authority: &Authority, host: &str, flaw: Flaw) -> Self {
        server::channels::guard::choose_cryptography();
        let (chain, key) = authority.chain(host, flaw);
        let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain.clone(), key).expect("they fit");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Self::serving(chain, move |stream| welcome(stream, acceptor.clone())).await
    }

    /// The same, and it still answers in TLS 1.0 whoever knows nothing better.
    pub async fn of_old(authority: &Authority, flaw: Flaw) -> Self {
        server::channels::guard::choose_cryptography();
        let (chain, key) = authority.chain("127.0.0.1", flaw);
        let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain.clone(), key).expect("they fit");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Self::serving(chain, move |stream| {
            let acceptor = acceptor.clone();
            async move {
                // The version in the greeting itself stands behind the heads of the record and of the message.
                let mut head = [0; 11];
                while stream.peek(&mut head).await.is_ok_and(|length| (1..head.len()).contains(&length)) {}
                let is_old = head[9] == 3 && head[10] < 3;
                if is_old { spoil(stream, Spoiled::AnswersInOldProtocol).await } else { welcome(stream, acceptor).await }
            }
        })
        .await
    }

    /// One whose handshakes fail.
    pub async fn spoiled(how: Spoiled) -> Self {
        Self::serving(Vec::new(), move |stream| spoil(stream, how)).await
    }

    async fn serving<F>(chain: Vec<CertificateDer<'static>>, serve: impl Fn(TcpStream) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let mut guests = JoinSet::new();
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                guests.spawn(serve(stream));
            }
        });
        Self { address, chain, _serving: serving }
    }

    /// Its address as an HTTP monitor has it.
    pub fn url(&self) -> String {
        format!("https://{}/", self.address)
    }
}

async fn welcome(stream: TcpStream, acceptor: TlsAcceptor) {
    // Whoever does not like the certificate leaves, and whoever came to see it too.
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let mut asked = [0; 4096];
    if stream.read(&mut asked).await.is_ok_and(|length| length > 0) {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\nall is well").await;
        let _ = stream.shutdown().await;
    }
}

async fn spoil(mut stream: TcpStream, how: Spoiled) {
    if how == Spoiled::Reset {
        // Closing with this set sends RST instead of FIN.
        stream.set_zero_linger().expect("the option is known");
    }
    let mut hello = [0; 4096];
    let _ = stream.read(&mut hello).await;
    let said: &[u8] = match how {
        // Alerts in a record of TLS 1.0: fatal, protocol_version; fatal, handshake_failure.
        Spoiled::OldProtocol => &[21, 3, 1, 0, 2, 2, 70],
        Spoiled::Refused => &[21, 3, 3, 0, 2, 2, 40],
        Spoiled::AnswersInOldProtocol => &old_hello(),
        Spoiled::Plain => b"220 mail.example.com ESMTP\r\n",
        Spoiled::Reset | Spoiled::Close => return,
        Spoiled::Silence => return tokio::time::sleep(Duration::from_secs(60)).await,
    };
    let _ = stream.write_all(said).await;
    let _ = stream.shutdown().await;
    // Until whoever asked has read it.
    let _ = stream.read(&mut hello).await;
}

/// A ServerHello of TLS 1.0 that chooses `TLS_RSA_WITH_AES_128_CBC_SHA`.
fn old_hello() -> Vec<u8> {
    let mut body = vec![3, 1];
    body.extend([7; 32]);
    body.extend([0, 0, 0x2f, 0]);
    let length = u8::try_from(body.len()).expect("a short hello");
    let record = [&[2, 0, 0, length][..], &body].concat();
    let length = u8::try_from(record.len()).expect("a short hello");
    [&[22, 3, 1, 0, length][..], &record].concat()
}
