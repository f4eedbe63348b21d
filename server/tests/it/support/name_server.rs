//! A name server on loopback, over UDP and TCP, that plays what a test asks for: records of any kind, and every way to fail.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hickory_resolver::proto::op::{Message, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CAA, CNAME, MX, NS, PTR, SOA, SRV, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;

/// What the server does with a question.
#[derive(Clone, Debug)]
pub enum Play {
    /// Answers with these records.
    Records(Vec<RData>),
    /// The name is there, but nothing of that kind.
    Nothing,
    /// There is no such name.
    NxDomain,
    /// The name is another name for one that is not there.
    AliasToNowhere,
    /// It cannot answer.
    ServFail,
    /// It does not want to answer.
    Refused,
    /// Another code.
    Code(ResponseCode),
    /// Says nothing.
    Silence,
    /// Says this, but only after a while.
    Late(Duration, Box<Play>),
    /// Says over UDP that there is more than fits, and this over TCP.
    OverTcp(Box<Play>),
    /// Says something that is not DNS.
    Garbage,
}

impl Play {
    /// Answers with one address.
    pub fn address(text: &str) -> Self {
        Self::Records(vec![record(if text.contains(':') { "AAAA" } else { "A" }, text)])
    }
}

/// A record as zones write it: `record("MX", "10 mail.example.com")`.
pub fn record(kind: &str, text: &str) -> RData {
    let part: Vec<&str> = text.split(' ').collect();
    let number = |at: usize| part[at].parse().expect("a number");
    match kind {
        "A" => RData::A(A(text.parse().expect("an IPv4 address"))),
        "AAAA" => RData::AAAA(AAAA(text.parse().expect("an IPv6 address"))),
        "CNAME" => RData::CNAME(CNAME(name(text))),
        "NS" => RData::NS(NS(name(text))),
        "PTR" => RData::PTR(PTR(name(text))),
        "MX" => RData::MX(MX::new(number(0), name(part[1]))),
        "SRV" => RData::SRV(SRV::new(number(0), number(1), number(2), name(part[3]))),
        "TXT" => RData::TXT(TXT::new(text.as_bytes().chunks(255).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect())),
        "SOA" => RData::SOA(SOA::new(name(part[0]), name(part[1]), u32::from(number(2)), 60, 60, 60, 60)),
        "CAA" => {
            let mut record = CAA::new_issue(number(0) > 0, None, Vec::new());
            record.value = part[2].trim_matches('"').as_bytes().to_vec();
            RData::CAA(record)
        }
        other => panic!("no record of kind {other} can be written"),
    }
}

fn name(text: &str) -> Name {
    let mut name = Name::from_ascii(text).expect("a name");
    name.set_fqdn(true);
    name
}

type Script = Arc<dyn Fn(&str, RecordType) -> Play + Send + Sync>;
type Asked = Arc<Mutex<Vec<(String, RecordType)>>>;

/// A name server. It ends with the test.
pub struct NameServer {
    /// Where it listens, over UDP and over TCP.
    pub address: SocketAddr,
    script: Arc<Mutex<Script>>,
    asked: Asked,
    _serving: JoinSet<()>,
}

impl NameServer {
    /// Does the same with every question.
    pub async fn new(play: Play) -> Self {
        Self::scripted(move |_, _| play.clone()).await
    }

    /// Does what the script says of a name, in small letters and without the dot at its end, and a kind of record.
    pub async fn scripted(script: impl Fn(&str, RecordType) -> Play + Send + Sync + 'static) -> Self {
        let (udp, tcp) = sockets().await;
        let address = udp.local_addr().expect("an address");
        let script: Arc<Mutex<Script>> = Arc::new(Mutex::new(Arc::new(script)));
        let asked = Asked::default();
        let server = Server { script: script.clone(), asked: asked.clone() };
        let mut serving = JoinSet::new();
        serving.spawn(over_udp(Arc::new(udp), server.clone()));
        serving.spawn(over_tcp(tcp, server));
        Self { address, script, asked, _serving: serving }
    }

    /// From now on it does this with every question.
    pub fn plays(&self, play: Play) {
        *self.script.lock().expect("nobody broke it") = Arc::new(move |_, _| play.clone());
    }

    /// What it was asked, in order.
    pub fn asked(&self) -> Vec<(String, RecordType)> {
        self.asked.lock().expect("nobody broke it").clone()
    }
}

/// Both on the same port.
async fn sockets() -> (UdpSocket, TcpListener) {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
        // Somebody else may have that port over TCP.
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().expect("an address")).await {
            return (udp, tcp);
        }
    }
}

#[derive(Clone)]
struct Server {
    script: Arc<Mutex<Script>>,
    asked: Asked,
}

impl Server {
    /// The packet that answers; `None` for silence.
    async fn reply(&self, packet: &[u8], over_tcp: bool) -> Option<Vec<u8>> {
        let question = Message::from_vec(packet).ok()?;
        let query = question.queries.first()?;
        let asked = query.name().to_ascii().trim_end_matches('.').to_ascii_lowercase();
        self.asked.lock().expect("nobody broke it").push((asked.clone(), query.query_type()));
        let script = self.script.lock().expect("nobody broke it").clone();
        let mut play = script(&asked, query.query_type());
        let mut answer = Message::response(question.metadata.id, OpCode::Query);
        answer.add_query(query.clone());
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        loop {
            play = match play {
                Play::Late(wait, play) => {
                    tokio::time::sleep(wait).await;
                    *play
                }
                Play::OverTcp(_) if !over_tcp => {
                    answer.metadata.truncation = true;
                    return answer.to_vec().ok();
                }
                Play::OverTcp(play) => *play,
                Play::Silence => return None,
                Play::Garbage => return Some(b"this is not DNS".to_vec()),
                Play::Records(all) => {
                    answer.add_answers(all.into_iter().map(|data| Record::from_rdata(query.name().clone(), 60, data)));
                    break;
                }
                Play::AliasToNowhere => {
                    let alias = record("CNAME", "nowhere.example.com");
                    answer.add_answer(Record::from_rdata(query.name().clone(), 60, alias));
                    answer.metadata.response_code = ResponseCode::NXDomain;
                    break;
                }
                Play::Nothing => break,
                Play::NxDomain => Play::Code(ResponseCode::NXDomain),
                Play::ServFail => Play::Code(ResponseCode::ServFail),
                Play::Refused => Play::Code(ResponseCode::Refused),
                Play::Code(code) => {
                    answer.metadata.response_code = code;
                    break;
                }
            };
        }
        if answer.answers.is_empty() && matches!(answer.metadata.response_code, ResponseCode::NoError | ResponseCode::NXDomain) {
            // Who is responsible for it, and for how many seconds there is nothing.
            answer.add_authority(Record::from_rdata(Name::root(), 60, record("SOA", "ns.example.com hostmaster.example.com 1")));
        }
        answer.to_vec().ok()
    }
}

async fn over_udp(socket: Arc<UdpSocket>, server: Server) {
    let mut packet = [0; 4096];
    let mut answering = JoinSet::new();
    loop {
        let Ok((length, from)) = socket.recv_from(&mut packet).await else { continue };
        let (asked, socket, server) = (packet[..length].to_vec(), socket.clone(), server.clone());
        answering.spawn(async move {
            if let Some(reply) = server.reply(&asked, false).await {
                // Who asked may be gone.
                let _ = socket.send_to(&reply, from).await;
            }
        });
    }
}

async fn over_tcp(listener: TcpListener, server: Server) {
    let mut answering = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        answering.spawn(conversation(stream, server.clone()));
    }
}

async fn conversation(mut stream: TcpStream, server: Server) {
    while let Ok(length) = stream.read_u16().await {
        let mut asked = vec![0; usize::from(length)];
        if stream.read_exact(&mut asked).await.is_err() {
            return;
        }
        let Some(reply) = server.reply(&asked, true).await else { continue };
        let length = u16::try_from(reply.len()).expect("a short reply").to_be_bytes();
        if stream.write_all(&[&length[..], &reply].concat()).await.is_err() {
            return;
        }
    }
}
