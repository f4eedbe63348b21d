//! A relay that delivers nothing: it keeps the last mails so that they can be read on a page of the demonstration.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use app::pages::mailbox::Mail;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::clock::Clock;

/// Mails kept; older ones go.
const KEPT: usize = 200;
/// Largest mail taken. Ours are below 100 kB.
const LARGEST: usize = 1024 * 1024;

/// The mails caught so far, newest first.
#[derive(Debug, Default)]
pub struct Catcher {
    mails: Mutex<Caught>,
}

#[derive(Debug, Default)]
struct Caught {
    mails: VecDeque<Arc<Mail>>,
    count: u64,
}

impl Catcher {
    /// All that are kept, newest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Arc<Mail>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).mails.iter().cloned().collect()
    }

    /// The mail of that number.
    #[must_use]
    pub fn mail(&self, number: u64) -> Option<Arc<Mail>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).mails.iter().find(|mail| mail.number == number).cloned()
    }

    /// Takes mails until it is dropped with its task.
    pub async fn run(self: Arc<Self>, listener: TcpListener, clock: Clock) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let (catcher, clock) = (self.clone(), clock.clone());
                    tokio::spawn(async move {
                        if let Err(error) = catcher.take(stream, &clock).await {
                            tracing::debug!(%error, "a connection to the mail catcher ended early");
                        }
                    });
                }
                Err(error) => tracing::warn!(%error, "the mail catcher could not take a connection"),
            }
        }
    }

    async fn take(&self, stream: TcpStream, clock: &Clock) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 demo\r\n").await?;
        let mut line = Vec::new();
        let mut data: Option<Vec<u8>> = None;
        loop {
            line.clear();
            if stream.read_until(b'\n', &mut line).await? == 0 {
                return Ok(());
            }
            let answer: &[u8] = if let Some(mail) = &mut data {
                if line != b".\r\n" {
                    // A dot at the start of a line was doubled on the way (RFC 5321 4.5.2).
                    mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
                    if mail.len() > LARGEST {
                        return stream.write_all(b"552 too large\r\n").await;
                    }
                    continue;
                }
                self.keep(mail, clock);
                data = None;
                b"250 caught\r\n"
            } else {
                match line.get(..4).map(<[u8]>::to_ascii_uppercase).as_deref() {
                    Some(b"DATA") => {
                        data = Some(Vec::new());
                        b"354 go on\r\n"
                    }
                    Some(b"QUIT") => return stream.write_all(b"221 bye\r\n").await,
                    Some(b"EHLO" | b"HELO" | b"MAIL" | b"RCPT" | b"RSET" | b"NOOP") => b"250 ok\r\n",
                    _ => b"500 not here\r\n",
                }
            };
            stream.write_all(answer).await?;
        }
    }

    fn keep(&self, bytes: &[u8], clock: &Clock) {
        let Some(parsed) = mail_parser::MessageParser::default().parse(bytes) else { return };
        let to = parsed.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default().to_owned();
        let mut caught = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        caught.count += 1;
        let mail = Mail {
            number: caught.count,
            at: clock.now(),
            to,
            subject: parsed.subject().unwrap_or_default().to_owned(),
            text: parsed.body_text(0).unwrap_or_default().into_owned(),
            html: parsed.body_html(0).unwrap_or_default().into_owned(),
        };
        caught.mails.push_front(Arc::new(mail));
        caught.mails.truncate(KEPT);
    }
}
