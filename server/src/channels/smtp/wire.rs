//! Lines to and from a relay, each bounded in time and size.

use std::pin::Pin;
use std::time::Duration;

use tokio::io::{AsyncBufRead as _, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;

use crate::domain::relay::{Fault, Reply};

/// Bytes of one line of a reply; RFC 5321 allows 512.
const LONGEST_LINE: u64 = 4_096;
/// Lines of one reply; a relay with many extensions says some twenty.
const MOST_LINES: usize = 100;

/// What a conversation runs over: TCP, or TLS on it.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> Stream for S {}

/// The line to the relay.
pub(super) struct Wire(BufReader<Box<dyn Stream>>);

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self(BufReader::new(stream))
    }

    /// What it runs over, for TLS to begin on it; `None` where the other side has said more than it was asked, which must not be
    /// taken for something said under protection.
    pub(super) fn into_stream(self) -> Option<Box<dyn Stream>> {
        self.0.buffer().is_empty().then(|| self.0.into_inner())
    }

    /// Sends bytes.
    pub(super) async fn say(&mut self, bytes: &[u8], within: Duration) -> Result<(), Fault> {
        let said = async {
            self.0.get_mut().write_all(bytes).await?;
            self.0.get_mut().flush().await
        };
        timeout(within, said).await.map_err(|_| Fault::Timeout)?.map_err(|_| Fault::Closed)
    }

    /// One whole reply, every line of it. The lines of its text are those after the codes.
    pub(super) async fn reply(&mut self, within: Duration) -> Result<(Reply, Vec<String>), Fault> {
        timeout(within, self.lines()).await.map_err(|_| Fault::Timeout)?
    }

    async fn lines(&mut self) -> Result<(Reply, Vec<String>), Fault> {
        let mut code = None;
        let mut texts = Vec::new();
        while texts.len() < MOST_LINES {
            let line = self.line().await?;
            let (digits, rest) = line.split_at_checked(3).ok_or(Fault::Garbled)?;
            let number: u16 = digits.parse().map_err(|_| Fault::Garbled)?;
            if !(200..600).contains(&number) || code.is_some_and(|code| code != number) {
                return Err(Fault::Garbled);
            }
            code = Some(number);
            let (last, text) = match rest.as_bytes().first() {
                None => (true, ""),
                Some(b' ') => (true, rest),
                Some(b'-') => (false, rest),
                Some(_) => return Err(Fault::Garbled),
            };
            texts.push(text.get(1..).unwrap_or("").trim().to_owned());
            if last {
                return Ok((Reply::new(number, &texts.join(" ")), texts));
            }
        }
        Err(Fault::Garbled)
    }

    async fn line(&mut self) -> Result<String, Fault> {
        let mut line = Vec::new();
        (&mut self.0).take(LONGEST_LINE).read_until(b'\n', &mut line).await.map_err(|_| Fault::Closed)?;
        if line.pop() != Some(b'\n') {
            return Err(if line.len() + 1 >= LONGEST_LINE as usize { Fault::Garbled } else { Fault::Closed });
        }
        Ok(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned())
    }

    /// Whether nothing was said that nobody asked for, and the other side is still there, as far as is known at this instant. It is asked
    /// after every reply: waiting for a timer, even of no length, would be most of a mail's time.
    pub(super) fn is_quiet(&mut self) -> bool {
        let mut nothing_yet = std::task::Context::from_waker(std::task::Waker::noop());
        self.0.buffer().is_empty() && Pin::new(&mut self.0).poll_fill_buf(&mut nothing_yet).is_pending()
    }

    /// Waits until the other side has hung up.
    pub(super) async fn ended(&mut self, within: Duration) {
        let rest = async { while self.line().await.is_ok() {} };
        // Whoever does not hang up is hung up on.
        let _ = timeout(within, rest).await;
    }
}
