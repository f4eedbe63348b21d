//! A real HTTP target on loopback that does what a test tells it to, and counts who asks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

const LOOPBACK: &str = "127.0.0.1";
const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tls");

/// One of the certificates of tests/fixtures/tls.
pub fn certificate_named(name: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(format!("{CERTIFICATES}/{name}.pem")).expect("the certificate is there")
}

/// What the target does with whoever asks.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Answers with a status and a body.
    Status(u16, String),
    /// Redirects there.
    Redirect(String),
    /// Answers well, but only after a while.
    Slow(Duration),
    /// Reads the request and says nothing.
    Hang,
    /// Announces more of a body than it sends, and closes.
    HalfBody,
    /// Announces more of a body than it sends, and waits.
    HalfBodyHang,
    /// Cuts the connection without an answer.
    Reset,
    /// Closes the connection in good order without an answer.
    Close,
    /// Says something that is not HTTP.
    Garbage,
    /// Sends a body of that many bytes.
    Large(usize),
    /// Sends its body a byte at a time, for longer than anybody waits.
    Drip,
    /// Announces a chunk that is longer than what comes, and closes.
    BadChunk,
    /// Answers HEAD with one status and everything else with another.
    ByMethod {
        /// That of HEAD.
        head: u16,
        /// That of the rest.
        other: u16,
    },
    /// Fails so many times of a hundred, evenly spread.
    Sometimes(usize),
}

impl Answer {
    /// All is well.
    pub fn ok() -> Self {
        Self::Status(200, "all is well".to_owned())
    }

    /// What whoever comes with that number is answered.
    fn for_number(self, number: usize) -> Self {
        match self {
            // Steps that share no divisor with a hundred meet each of a hundred numbers once.
            Self::Sometimes(percent) if number * 37 % 100 < percent => Self::Status(500, "now and then".to_owned()),
            Self::Sometimes(_) => Self::ok(),
            other => other,
        }
    }
}

/// A target. It ends with the test.
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    answer: watch::Sender<Answer>,
    asked: Arc<AtomicUsize>,
    heads: Arc<std::sync::Mutex<Vec<String>>>,
    _serving: tokio::task::JoinSet<()>,
}

impl Target {
    /// Listens on a free port.
    pub async fn new(answer: Answer) -> Self {
        Self::start(LOOPBACK, answer, None).await
    }

    /// The same at another address of this machine.
    pub async fn at(host: &str, answer: Answer) -> Self {
        Self::start(host, answer, None).await
    }

    /// Speaks TLS with one of the certificates of tests/fixtures/tls.
    pub async fn tls(certificate: &str) -> Self {
        server::channels::guard::choose_cryptography();
        let key = PrivateKeyDer::from_pem_file(format!("{CERTIFICATES}/server.key")).expect("the key is there");
        let chain = vec![certificate_named(certificate)];
        let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).expect("they fit");
        Self::start(LOOPBACK, Answer::ok(), Some(TlsAcceptor::from(Arc::new(config)))).await
    }

    async fn start(host: &str, answer: Answer, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind((host, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (answer, told) = watch::channel(answer);
        let (asked, heads) = (Arc::new(AtomicUsize::new(0)), Arc::new(std::sync::Mutex::new(Vec::new())));
        let mut serving = tokio::task::JoinSet::new();
        let (counted, kept) = (asked.clone(), heads.clone());
        serving.spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                counted.fetch_add(1, Ordering::SeqCst);
                let (answer, kept, tls) = (told.borrow().clone().for_number(counted.load(Ordering::SeqCst)), kept.clone(), tls.clone());
                if matches!(answer, Answer::Reset) {
                    // Closing with this set sends RST instead of FIN.
                    stream.set_zero_linger().expect("the option is known");
                }
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, answer, kept).await,
                        // Whoever does not like the certificate leaves.
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, answer, kept).await;
                            }
                        }
                    }
                });
            }
        });
        Self { address, answer, asked, heads, _serving: serving }
    }

    /// From now on it does this.
    pub fn answers(&self, answer: Answer) {
        self.answer.send_replace(answer);
    }

    /// How many connections it saw.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// The requests it read, in order: their heads, and their bodies after them.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("nobody broke it").clone()
    }

    /// Its address as a monitor has it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, answer: Answer, heads: Arc<std::sync::Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let said = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let length = said.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    if stream.read_exact(&mut body).await.is_err() {
        return;
    }
    head.extend(body);
    heads.lock().expect("nobody broke it").push(String::from_utf8_lossy(&head).into_owned());
    let whole = |status: u16, more: &str, body: &str| {
        format!("HTTP/1.1 {status} Said\r\nContent-Length: {}\r\n{more}Connection: close\r\n\r\n{body}", body.len())
    };
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this";
    let text = match answer {
        Answer::Status(status, body) => whole(status, "", &body),
        Answer::Redirect(to) => whole(302, &format!("Location: {to}\r\n"), ""),
        Answer::Slow(wait) => {
            tokio::time::sleep(wait).await;
            whole(200, "", "at last")
        }
        Answer::Hang => return tokio::time::sleep(Duration::from_secs(60)).await,
        Answer::HalfBody => half.to_owned(),
        Answer::HalfBodyHang => {
            let _ = stream.write_all(half.as_bytes()).await;
            return tokio::time::sleep(Duration::from_secs(60)).await;
        }
        Answer::Reset | Answer::Close => return,
        Answer::Garbage => "SSH-2.0-OpenSSH_9.6\r\n\r\n".to_owned(),
        Answer::Large(bytes) => whole(200, "", &"x".repeat(bytes)),
        Answer::Drip => {
            let _ = stream.write_all(half.as_bytes()).await;
            for _ in 0..900 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                if stream.write_all(b".").await.is_err() {
                    return;
                }
            }
            return;
        }
        Answer::BadChunk => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nonly this".to_owned(),
        Answer::ByMethod { head, other } => whole(if said.starts_with("head ") { head } else { other }, "", ""),
        // Whoever came was given a number, and an answer for it.
        Answer::Sometimes(_) => whole(200, "", ""),
    };
    // Whoever asked may have gone.
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.shutdown().await;
}
