//! A mail relay that can be told to misbehave: at each step of a conversation, for each mail, in every way that one does in the field
//! (reliability T3). It keeps what it took and counts its connections.

mod taken;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::{TlsAcceptor, TlsStream};

pub use taken::Taken;

/// The authority that vouches for the relay's certificate, for tests that believe it.
pub const AUTHORITY: &[u8] = include_bytes!("../../fixtures/smtp/authority.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../fixtures/smtp/certificate.pem");
const KEY: &[u8] = include_bytes!("../../fixtures/smtp/key.pem");

/// Where in a conversation the relay is about to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the dot.
    Content,
    Rset,
    Quit,
}

/// What the script is asked about.
#[derive(Clone, Debug)]
pub struct Moment {
    pub phase: Phase,
    /// Number of the connection, from 1.
    pub connection: usize,
    /// Number of the mail among all that were begun, from 1; 0 before the first.
    pub mail: usize,
    /// The recipient, once it is known.
    pub to: String,
    /// The command; the name and password of AUTH, decoded, as `|name|password`; after the dot, the mail.
    pub line: String,
}

/// What the relay does instead of its usual answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// What a good relay says.
    Usual,
    /// These bytes; the end of the line is added. A mail counts as taken where they begin with 250.
    Say(String),
    /// The usual, later.
    Late(Duration),
    /// Nothing, for as long as the other side waits.
    Hang,
    /// The connection ends.
    Close,
    /// The connection is reset.
    Reset,
    /// Half of the usual line, and then the end.
    Half,
    /// After the dot: the mail is taken, but the connection ends before anybody is told.
    TakeAndClose,
}

/// Says what it likes.
pub fn say(text: &str) -> Answer {
    Answer::Say(text.to_owned())
}

type Script = Box<dyn Fn(&Moment) -> Answer + Send + Sync>;

struct State {
    script: Script,
    offers: Offers,
    taken: Mutex<Vec<Taken>>,
    connections: AtomicUsize,
    open: AtomicUsize,
    most: AtomicUsize,
    begun: AtomicUsize,
    protected: AtomicUsize,
}

/// A relay that runs until it is dropped.
pub struct SmtpServer {
    pub port: u16,
    state: Arc<State>,
    _tasks: JoinSet<()>,
}

/// What a relay offers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offers {
    pub starttls: bool,
    pub login: bool,
    /// TLS from the first byte.
    pub implicit: bool,
    /// Commands that come together are answered one after the other.
    pub pipelining: bool,
}

impl SmtpServer {
    /// A good one, in plain text.
    pub async fn good() -> Self {
        Self::new(Offers::default(), |_| Answer::Usual).await
    }

    /// One that follows a script.
    pub async fn scripted(script: impl Fn(&Moment) -> Answer + Send + Sync + 'static) -> Self {
        Self::new(Offers::default(), script).await
    }

    /// One that offers more, and follows a script.
    pub async fn new(offers: Offers, script: impl Fn(&Moment) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(State {
            script: Box::new(script),
            offers,
            taken: Mutex::default(),
            connections: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            begun: AtomicUsize::new(0),
            protected: AtomicUsize::new(0),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, state.clone()));
        Self { port, state, _tasks: tasks }
    }

    /// Its address as configuration has it, without TLS.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// What it took, in order.
    pub fn mails(&self) -> Vec<Taken> {
        self.state.taken.lock().expect("no panic").clone()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.state.taken.lock().expect("no panic").len()
    }

    /// The addresses that were sent to, sorted.
    pub fn recipients(&self) -> Vec<String> {
        let mut all: Vec<String> = self.mails().into_iter().map(|mail| mail.to).collect();
        all.sort();
        all
    }

    /// Connections ever made.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Most connections at once.
    pub fn most_at_once(&self) -> usize {
        self.state.most.load(Ordering::SeqCst)
    }

    /// Connections that were protected by TLS.
    pub fn protected(&self) -> usize {
        self.state.protected.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut conversations = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        stream.set_nodelay(true).expect("a socket option");
        let number = state.connections.fetch_add(1, Ordering::SeqCst) + 1;
        let open = state.open.fetch_add(1, Ordering::SeqCst) + 1;
        state.most.fetch_max(open, Ordering::SeqCst);
        let state = state.clone();
        conversations.spawn(async move {
            // How the other side ends a conversation is what the test looks at, on its own side.
            let _ = converse(stream, number, &state).await;
            state.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {
    /// Makes the end of the connection an abrupt one.
    fn reset(&self);
}

impl Stream for TcpStream {
    fn reset(&self) {
        self.set_zero_linger().expect("a socket option");
    }
}

impl Stream for TlsStream<Box<dyn Stream>> {
    fn reset(&self) {
        self.get_ref().0.reset();
    }
}

fn acceptor() -> TlsAcceptor {
    server::channels::guard::choose_cryptography();
    let chain = vec![CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate")];
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).expect("they belong together");
    TlsAcceptor::from(Arc::new(config))
}

/// The conversation is over.
struct Over;

impl From<std::io::Error> for Over {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

struct Side<'a> {
    stream: BufReader<Box<dyn Stream>>,
    state: &'a State,
    moment: Moment,
    from: String,
}

impl Side<'_> {
    /// Answers as the script has it, and tells what was said.
    async fn answer(&mut self, phase: Phase, usual: &str) -> Result<String, Over> {
        self.moment.phase = phase;
        let said = match (self.state.script)(&self.moment) {
            Answer::Usual => usual.to_owned(),
            Answer::Say(text) => text,
            Answer::Late(wait) => {
                tokio::time::sleep(wait).await;
                usual.to_owned()
            }
            Answer::Hang => std::future::pending().await,
            Answer::Close => return Err(Over),
            Answer::Reset => {
                self.stream.get_ref().reset();
                return Err(Over);
            }
            Answer::Half => {
                self.write(&usual[..usual.len() / 2], "").await?;
                return Err(Over);
            }
            Answer::TakeAndClose => {
                self.keep();
                return Err(Over);
            }
        };
        if phase == Phase::Content && said.starts_with("250") {
            self.keep();
        }
        self.write(&said, "\r\n").await?;
        Ok(said)
    }

    async fn write(&mut self, text: &str, end: &str) -> Result<(), Over> {
        self.stream.write_all(format!("{text}{end}").as_bytes()).await?;
        self.stream.flush().await?;
        Ok(())
    }

    async fn line(&mut self) -> Result<String, Over> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).await?;
        if read == 0 { Err(Over) } else { Ok(line.trim_end_matches(['\r', '\n']).to_owned()) }
    }

    /// Reads a mail up to its dot.
    async fn content(&mut self) -> Result<String, Over> {
        let mut raw = String::new();
        loop {
            let line = self.line().await?;
            if line == "." {
                return Ok(raw);
            }
            raw.push_str(line.strip_prefix('.').unwrap_or(&line));
            raw.push_str("\r\n");
        }
    }

    /// Keeps the mail, before anybody is told: a test that hears of it finds it.
    fn keep(&mut self) {
        let (from, to, raw) = (self.from.clone(), self.moment.to.clone(), self.moment.line.clone());
        self.state.taken.lock().expect("no panic").push(Taken { from, to, raw, connection: self.moment.connection });
    }

    async fn protect(self) -> Result<Self, Over> {
        let Side { stream, state, moment, from } = self;
        let stream = acceptor().accept(stream.into_inner()).await?;
        state.protected.fetch_add(1, Ordering::SeqCst);
        let stream: Box<dyn Stream> = Box::new(TlsStream::from(stream));
        Ok(Side { stream: BufReader::new(stream), state, moment, from })
    }
}

fn address(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

fn decoded(text: &str) -> String {
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("what AUTH sends is base64");
    String::from_utf8(bytes).expect("it is text").replace('\0', "|")
}

async fn converse(stream: TcpStream, number: usize, state: &State) -> Result<(), Over> {
    let moment = Moment { phase: Phase::Greeting, connection: number, mail: 0, to: String::new(), line: String::new() };
    let stream: Box<dyn Stream> = Box::new(stream);
    let mut side = Side { stream: BufReader::new(stream), state, moment, from: String::new() };
    if state.offers.implicit {
        side = side.protect().await?;
    }
    let mut protected = state.offers.implicit;
    let (mut begun, mut addressed) = (false, false);
    side.answer(Phase::Greeting, "220 relay.example.test ESMTP").await?;
    loop {
        let line = side.line().await?;
        let command = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        side.moment.line.clone_from(&line);
        match command.as_str() {
            "EHLO" => {
                let mut usual = "250-relay.example.test at your service\r\n".to_owned();
                if state.offers.starttls && !protected {
                    usual.push_str("250-STARTTLS\r\n");
                }
                if state.offers.login {
                    usual.push_str("250-AUTH PLAIN LOGIN\r\n");
                }
                if state.offers.pipelining {
                    usual.push_str("250-PIPELINING\r\n");
                }
                side.answer(Phase::Ehlo, &format!("{usual}250 8BITMIME")).await?;
            }
            "STARTTLS" => {
                if side.answer(Phase::StartTls, "220 go ahead").await?.starts_with("220") {
                    side = side.protect().await?;
                    protected = true;
                }
            }
            "AUTH" => {
                side.moment.line = decoded(line.split_whitespace().nth(2).unwrap_or_default());
                side.answer(Phase::Auth, "235 2.7.0 welcome").await?;
            }
            "MAIL" => {
                side.from = address(&line);
                side.moment.mail = state.begun.fetch_add(1, Ordering::SeqCst) + 1;
                side.moment.to.clear();
                begun = side.answer(Phase::Mail, "250 2.1.0 ok").await?.starts_with("250");
                addressed = false;
            }
            "RCPT" if !begun => drop(side.answer(Phase::Rcpt, "503 5.5.1 from whom").await?),
            "RCPT" => {
                side.moment.to = address(&line);
                addressed |= side.answer(Phase::Rcpt, "250 2.1.5 ok").await?.starts_with("25");
            }
            "DATA" if !addressed => drop(side.answer(Phase::Data, "503 5.5.1 to whom").await?),
            "DATA" => {
                if side.answer(Phase::Data, "354 go").await?.starts_with("354") {
                    let raw = side.content().await?;
                    side.moment.line.clone_from(&raw);
                    side.answer(Phase::Content, "250 2.0.0 taken").await?;
                }
            }
            "RSET" => {
                side.answer(Phase::Rset, "250 2.0.0 forgotten").await?;
            }
            "QUIT" => {
                side.answer(Phase::Quit, "221 bye").await?;
                return Ok(());
            }
            _ => side.write("502 5.5.1 unknown", "\r\n").await?,
        }
    }
}
