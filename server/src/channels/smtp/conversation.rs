//! One connection to the relay, from its greeting to QUIT. Every step accepts only the codes that mean what we hope for.

use std::net::SocketAddr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::wire::{Stream, Wire};
use super::{Mail, Relay};
use crate::config::SmtpSecurity;
use crate::domain::relay::{Fault, Outcome, Reply, Step};

/// What was looked at longer ago than this is looked at again before a mail goes: a relay may think for minutes.
const FRESH: Duration = Duration::from_millis(250);
/// Addresses of one relay that are tried.
const MOST_ADDRESSES: usize = 4;
/// Nobody waits long for a goodbye.
const GOODBYE: Duration = Duration::from_secs(2);
/// And less for the relay to hang up once it has answered that, as it has to at once (RFC 5321, 4.1.1.10).
const HANGING_UP: Duration = Duration::from_millis(250);

/// An open connection, greeted, protected and signed in.
pub(super) struct Conversation {
    wire: Wire,
    timeouts: super::Timeouts,
    /// What the relay can do, as its last EHLO said, in capitals.
    can: Vec<String>,
    /// Since when it is open.
    pub(super) opened: Instant,
    /// Since when it lies idle.
    pub(super) idle_since: Instant,
    /// Mails it carried.
    pub(super) carried: u32,
    /// Whether it runs over TLS.
    pub(super) protected: bool,
    /// Whether the next mail may use it: everything that was said was asked for and answered.
    pub(super) clean: bool,
    /// Whether the relay waits for something that does not come.
    owes: bool,
}

impl Conversation {
    /// Opens a connection.
    ///
    /// # Errors
    /// How it ended.
    pub(super) async fn open(relay: &Relay) -> Result<Self, Outcome> {
        let (tcp, local) = connect(relay).await?;
        let implicit = relay.security == SmtpSecurity::Implicit;
        let stream = if implicit { protect(relay, Box::new(tcp)).await? } else { Box::new(tcp) as Box<dyn Stream> };
        let now = Instant::now();
        let mut own = Self {
            wire: Wire::new(stream),
            timeouts: relay.timeouts,
            can: Vec::new(),
            opened: now,
            idle_since: now,
            carried: 0,
            protected: implicit,
            clean: true,
            owes: false,
        };
        own.hear(Step::Greeting, &[220], relay.timeouts.greeting).await?;
        own.hello(local).await?;
        if !implicit && relay.security != SmtpSecurity::None {
            if own.offers("STARTTLS") {
                own.ask(Step::Hello, "STARTTLS", &[220]).await?;
                let plain = own.wire.into_stream().ok_or(Outcome::Failed(Step::Tls, Fault::Garbled))?;
                own.wire = Wire::new(protect(relay, plain).await?);
                own.hello(local).await?;
                own.protected = true;
            } else if relay.security == SmtpSecurity::Required {
                return Err(Outcome::Failed(Step::Hello, Fault::Unprotected));
            }
        }
        if let Some((name, password)) = &relay.credentials {
            let stays_here = relay.security == SmtpSecurity::None && own.is_loopback(relay);
            if !own.protected && !stays_here {
                return Err(Outcome::Failed(Step::Login, Fault::Unprotected));
            }
            own.sign_in(name, &password.0).await?;
        }
        Ok(own)
    }

    /// Hands one mail over. `wanted` is asked at the last moment at which it can still be kept back.
    pub(super) async fn deliver<W: Future<Output = bool> + Send>(&mut self, mail: &Mail, wanted: &(impl Fn() -> W + Sync)) -> Outcome {
        self.clean = false;
        let outcome = self.hand_over(mail, wanted).await.unwrap_or_else(|ended| ended);
        self.carried += 1;
        self.idle_since = Instant::now();
        self.clean = match &outcome {
            _ if self.owes => false,
            Outcome::Accepted(_) => self.wire.is_quiet(),
            // The relay keeps the half of the mail it has until it is told to forget it.
            Outcome::Refused(_, reply) if reply.code != 421 => self.forget().await,
            Outcome::Withheld => self.forget().await,
            _ => false,
        };
        outcome
    }

    async fn hand_over<W: Future<Output = bool> + Send>(
        &mut self,
        mail: &Mail,
        wanted: &(impl Fn() -> W + Sync),
    ) -> Result<Outcome, Outcome> {
        let goes = if self.offers("PIPELINING") { self.announce_at_once(mail, wanted).await? } else { self.announce(mail, wanted).await? };
        if !goes {
            return Ok(Outcome::Withheld);
        }
        // Until the dot at the end is written, the relay cannot have taken it.
        self.wire.say(&stuffed(&mail.bytes), self.timeouts.command).await.map_err(|fault| Outcome::Failed(Step::Content, fault))?;
        match self.wire.reply(self.timeouts.content).await {
            Ok((reply, _)) if reply.code == 250 => Ok(Outcome::Accepted(reply)),
            Ok((reply, _)) if reply.code >= 400 => Err(Outcome::Refused(Step::Content, reply)),
            Ok(_) => Err(Outcome::Unknown(Fault::Garbled)),
            Err(fault) => Err(Outcome::Unknown(fault)),
        }
    }

    /// Says from whom and to whom a mail goes, step by step, and that it comes; false where it is not wanted any more.
    async fn announce<W: Future<Output = bool> + Send>(&mut self, mail: &Mail, wanted: &(impl Fn() -> W + Sync)) -> Result<bool, Outcome> {
        self.ask(Step::Sender, &format!("MAIL FROM:<{}>", mail.from), &[250]).await?;
        self.ask(Step::Recipient, &format!("RCPT TO:<{}>", mail.to), &[250, 251]).await?;
        if !wanted().await {
            return Ok(false);
        }
        let begun = Instant::now();
        self.ask(Step::Data, "DATA", &[354]).await?;
        let goes = begun.elapsed() < FRESH || wanted().await;
        // It waits for the mail: where none comes, the connection ends.
        self.owes = !goes;
        Ok(goes)
    }

    /// The same in one round trip, to a relay that offers it (RFC 2920). Each of the three is answered, whatever became of those before it.
    async fn announce_at_once<W: Future<Output = bool> + Send>(
        &mut self,
        mail: &Mail,
        wanted: &(impl Fn() -> W + Sync),
    ) -> Result<bool, Outcome> {
        if !wanted().await {
            return Ok(false);
        }
        let begun = Instant::now();
        let lines = format!("MAIL FROM:<{}>\r\nRCPT TO:<{}>\r\nDATA\r\n", mail.from, mail.to);
        self.wire.say(lines.as_bytes(), self.timeouts.command).await.map_err(|fault| Outcome::Failed(Step::Sender, fault))?;
        // From here on it may wait for the mail.
        self.owes = true;
        let mut refused = None;
        for (step, codes) in [(Step::Sender, &[250][..]), (Step::Recipient, &[250, 251]), (Step::Data, &[354])] {
            match self.answer(step, codes, self.timeouts.command).await {
                Ok(_) => {}
                Err(refusal @ Outcome::Refused(..)) => {
                    self.owes = step != Step::Data;
                    refused.get_or_insert(refusal);
                }
                Err(failed) => return Err(refused.unwrap_or(failed)),
            }
        }
        if let Some(refused) = refused {
            // Where it waits for a mail although nobody is to get it, the connection ends here, and the mail with it.
            self.owes |= !self.wire.is_quiet();
            return Err(refused);
        }
        if !self.wire.is_quiet() {
            return Err(Outcome::Failed(Step::Data, Fault::Garbled));
        }
        let goes = begun.elapsed() < FRESH || wanted().await;
        self.owes = !goes;
        Ok(goes)
    }

    /// Whether a parked connection can carry another mail.
    pub(super) fn is_alive(&mut self) -> bool {
        self.clean && self.wire.is_quiet()
    }

    /// Says goodbye, as is polite. What comes back does not matter any more; but until the relay has hung up, it may count this
    /// connection beside the one that comes after it.
    pub(super) async fn quit(mut self) {
        if self.wire.say(b"QUIT\r\n", GOODBYE).await.is_ok() && self.wire.reply(GOODBYE).await.is_ok() {
            self.wire.ended(HANGING_UP).await;
        }
    }

    async fn forget(&mut self) -> bool {
        self.ask(Step::Sender, "RSET", &[250]).await.is_ok()
    }

    async fn hello(&mut self, local: SocketAddr) -> Result<(), Outcome> {
        // A client without a name of its own says its address (RFC 5321, 4.1.4).
        let own = match local.ip().to_canonical() {
            std::net::IpAddr::V4(ip) => format!("[{ip}]"),
            std::net::IpAddr::V6(ip) => format!("[IPv6:{ip}]"),
        };
        let (_, texts) = self.exchange(Step::Hello, &format!("EHLO {own}"), &[250]).await?;
        self.can = texts.iter().skip(1).map(|text| text.to_ascii_uppercase()).collect();
        Ok(())
    }

    fn offers(&self, extension: &str) -> bool {
        self.can.iter().any(|can| can.split_whitespace().next() == Some(extension))
    }

    fn is_loopback(&self, relay: &Relay) -> bool {
        let ip = relay.host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
        ip.map_or(relay.host == "localhost", |ip| ip.to_canonical().is_loopback())
    }

    async fn sign_in(&mut self, name: &str, password: &str) -> Result<(), Outcome> {
        let ways: Vec<&str> = self.can.iter().filter(|can| can.starts_with("AUTH")).flat_map(|can| can.split([' ', '=']).skip(1)).collect();
        if ways.contains(&"PLAIN") {
            let proof = STANDARD.encode(format!("\0{name}\0{password}"));
            self.ask(Step::Login, &format!("AUTH PLAIN {proof}"), &[235]).await?;
        } else if ways.contains(&"LOGIN") {
            self.ask(Step::Login, "AUTH LOGIN", &[334]).await?;
            self.ask(Step::Login, &STANDARD.encode(name), &[334]).await?;
            self.ask(Step::Login, &STANDARD.encode(password), &[235]).await?;
        } else {
            return Err(Outcome::Failed(Step::Login, Fault::NoLogin));
        }
        Ok(())
    }

    async fn ask(&mut self, step: Step, line: &str, codes: &[u16]) -> Result<Reply, Outcome> {
        self.exchange(step, line, codes).await.map(|(reply, _)| reply)
    }

    async fn exchange(&mut self, step: Step, line: &str, codes: &[u16]) -> Result<(Reply, Vec<String>), Outcome> {
        let within = self.timeouts.command;
        self.wire.say(format!("{line}\r\n").as_bytes(), within).await.map_err(|fault| Outcome::Failed(step, fault))?;
        self.hear(step, codes, within).await
    }

    /// A reply of one of these codes, and nothing after it that nobody asked for.
    async fn hear(&mut self, step: Step, codes: &[u16], within: Duration) -> Result<(Reply, Vec<String>), Outcome> {
        let answer = self.answer(step, codes, within).await?;
        if self.wire.is_quiet() { Ok(answer) } else { Err(Outcome::Failed(step, Fault::Garbled)) }
    }

    /// A reply of one of these codes.
    async fn answer(&mut self, step: Step, codes: &[u16], within: Duration) -> Result<(Reply, Vec<String>), Outcome> {
        let (reply, texts) = self.wire.reply(within).await.map_err(|fault| Outcome::Failed(step, fault))?;
        if codes.contains(&reply.code) {
            return Ok((reply, texts));
        }
        Err(if reply.code >= 400 { Outcome::Refused(step, reply) } else { Outcome::Failed(step, Fault::Garbled) })
    }
}

async fn connect(relay: &Relay) -> Result<(TcpStream, SocketAddr), Outcome> {
    let failed = |step| move |fault| Outcome::Failed(step, fault);
    let host = relay.host.trim_matches(['[', ']']);
    let found = timeout(relay.timeouts.lookup, lookup_host((host, relay.port))).await;
    let addresses = found.map_err(|_| Fault::Timeout).and_then(|found| found.map_err(|_| Fault::Closed)).map_err(failed(Step::Lookup))?;
    let mut last = Fault::Closed;
    for address in addresses.take(MOST_ADDRESSES) {
        match timeout(relay.timeouts.connect, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                let ready = stream.set_nodelay(true).and_then(|()| stream.local_addr());
                let local = ready.map_err(|_| Outcome::Failed(Step::Connect, Fault::Closed))?;
                return Ok((stream, local));
            }
            Ok(Err(_)) => last = Fault::Closed,
            Err(_) => last = Fault::Timeout,
        }
    }
    Err(Outcome::Failed(Step::Connect, last))
}

async fn protect(relay: &Relay, plain: Box<dyn Stream>) -> Result<Box<dyn Stream>, Outcome> {
    let failed = |fault| Outcome::Failed(Step::Tls, fault);
    let host = relay.host.trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(|_| failed(Fault::Certificate))?;
    let connector = TlsConnector::from(relay.tls.clone());
    match timeout(relay.timeouts.tls, connector.connect(name, plain)).await {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        // What is not a broken line is a certificate or a protocol that does not hold.
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::InvalidData => Err(failed(Fault::Certificate)),
        Ok(Err(_)) => Err(failed(Fault::Closed)),
        Err(_) => Err(failed(Fault::Timeout)),
    }
}

/// The mail as DATA carries it: a dot at the start of a line is doubled, and a line of one dot ends it.
fn stuffed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}
