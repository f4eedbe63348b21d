//! A name server that says what a test wants, over UDP on loopback, and remembers what it was asked.

use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    A,
    Ptr,
    Mx,
    Txt,
    Aaaa,
    Other(u16),
}

impl Kind {
    fn of(number: u16) -> Self {
        match number {
            1 => Self::A,
            12 => Self::Ptr,
            15 => Self::Mx,
            16 => Self::Txt,
            28 => Self::Aaaa,
            other => Self::Other(other),
        }
    }
}

/// One answer.
#[derive(Clone, Debug)]
pub enum Say {
    /// Exchanges; the name of nobody is empty.
    Mx(Vec<(u16, &'static str)>),
    /// Addresses.
    A(Vec<[u8; 4]>),
    /// Texts.
    Txt(Vec<String>),
    /// Names.
    Ptr(Vec<&'static str>),
    /// The name is there, but nothing of that kind.
    Nothing,
    /// There is no such name.
    NoName,
    /// SERVFAIL.
    Failure,
    /// No answer at all.
    Silence,
}

type Asked = Arc<Mutex<Vec<(String, Kind)>>>;

/// A name server that runs until it is dropped. It has a thread of its own, so that it answers whatever a test waits for.
pub struct DnsServer {
    pub address: SocketAddr,
    asked: Asked,
    over: Arc<AtomicBool>,
}

impl DnsServer {
    /// Answers as the script has it, for names in small letters and without the dot at their end.
    pub fn scripted(script: impl Fn(&str, Kind) -> Say + Send + 'static) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
        let address = socket.local_addr().expect("an address");
        let (asked, over) = (Asked::default(), Arc::new(AtomicBool::new(false)));
        let (memory, end) = (asked.clone(), over.clone());
        std::thread::spawn(move || {
            let mut packet = [0; 2048];
            while let Ok((length, from)) = socket.recv_from(&mut packet) {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let (name, kind, end_of_question) = question(&packet[..length]);
                memory.lock().expect("no panic").push((name.clone(), kind));
                if let Some(reply) = reply(&packet[..end_of_question], &script(&name, kind)) {
                    // Who asked may be gone.
                    let _ = socket.send_to(&reply, from);
                }
            }
        });
        Self { address, asked, over }
    }

    /// One for which every domain takes mail, shared by all tests to which names do not matter.
    pub fn of_everybody() -> SocketAddr {
        static EVERYBODY: OnceLock<DnsServer> = OnceLock::new();
        EVERYBODY.get_or_init(|| Self::scripted(|_, _| Say::Mx(vec![(10, "mail.example.test")]))).address
    }

    /// What it was asked, in order.
    pub fn asked(&self) -> Vec<(String, Kind)> {
        self.asked.lock().expect("no panic").clone()
    }
}

impl Drop for DnsServer {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let wake = UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.send_to(b"over", self.address));
        wake.expect("loopback takes it");
    }
}

/// The name and kind asked for, and where the question ends.
fn question(packet: &[u8]) -> (String, Kind, usize) {
    let mut labels = Vec::new();
    let mut at = 12;
    while packet[at] != 0 {
        let end = at + 1 + usize::from(packet[at]);
        labels.push(String::from_utf8_lossy(&packet[at + 1..end]).to_ascii_lowercase());
        at = end;
    }
    let kind = Kind::of(u16::from_be_bytes([packet[at + 1], packet[at + 2]]));
    (labels.join("."), kind, at + 5)
}

fn name(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for label in text.split('.').filter(|label| !label.is_empty()) {
        out.push(u8::try_from(label.len()).expect("a short label"));
        out.extend_from_slice(label.as_bytes());
    }
    out.push(0);
    out
}

/// The packet that answers; `None` for silence.
fn reply(asked: &[u8], say: &Say) -> Option<Vec<u8>> {
    let (code, records): (u8, Vec<(u16, Vec<u8>)>) = match say {
        Say::Silence => return None,
        Say::Failure => (2, Vec::new()),
        Say::NoName => (3, Vec::new()),
        Say::Nothing => (0, Vec::new()),
        Say::Mx(all) => (0, all.iter().map(|(order, host)| (15, [&order.to_be_bytes()[..], &name(host)].concat())).collect()),
        Say::A(all) => (0, all.iter().map(|address| (1, address.to_vec())).collect()),
        Say::Ptr(all) => (0, all.iter().map(|host| (12, name(host))).collect()),
        Say::Txt(all) => (0, all.iter().map(|text| (16, strings(text))).collect()),
    };
    let is_empty = records.is_empty() && code != 2;
    let count = u16::try_from(records.len()).expect("few records").to_be_bytes();
    // The id, that this is an answer and that asking further is possible, and how many of each part there are.
    let mut out = vec![asked[0], asked[1], 0x81, 0x80 | code, 0, 1, count[0], count[1], 0, u8::from(is_empty), 0, 0];
    out.extend_from_slice(&asked[12..]);
    for (kind, data) in records {
        // The name is the one at the start of the question.
        record(&mut out, &[0xc0, 12], kind, &data);
    }
    if is_empty {
        // Who is responsible for it, and for how many seconds there is nothing.
        let times = [1_u32, 60, 60, 60, 60].map(u32::to_be_bytes).concat();
        record(&mut out, &[0], 6, &[&[0, 0][..], &times].concat());
    }
    Some(out)
}

fn record(out: &mut Vec<u8>, name: &[u8], kind: u16, data: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(&kind.to_be_bytes());
    out.extend_from_slice(&[0, 1, 0, 0, 0, 60]);
    out.extend_from_slice(&u16::try_from(data.len()).expect("short data").to_be_bytes());
    out.extend_from_slice(data);
}

/// A text in pieces of at most 255 bytes.
fn strings(text: &str) -> Vec<u8> {
    let pieces = text.as_bytes().chunks(255);
    pieces.flat_map(|piece| std::iter::once(u8::try_from(piece.len()).expect("a short piece")).chain(piece.iter().copied())).collect()
}
