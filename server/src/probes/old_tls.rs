//! Whether a target still speaks TLS 1.0 or 1.1, which our library does not: a greeting is sent, and the first bytes of the answer tell.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::channels::guard::connect::within;
use crate::channels::guard::{Connector, Target};

/// Longest wait for the answer.
const LONGEST: Duration = Duration::from_secs(3);
/// Suites of those days: with elliptic curves and RSA or ECDSA, and with RSA alone.
const SUITES: [u8; 14] = [0xc0, 0x13, 0xc0, 0x14, 0xc0, 0x09, 0xc0, 0x0a, 0, 0x2f, 0, 0x35, 0, 0x0a];
/// The curves `secp256r1` and `secp384r1`, and points in full.
const CURVES: [u8; 16] = [0, 10, 0, 6, 0, 4, 0, 23, 0, 24, 0, 11, 0, 2, 1, 0];

/// Whether the target takes up a conversation in TLS 1.1 or 1.0.
pub(super) async fn is_spoken(connector: &Connector, target: &Target, name: Option<&str>, deadline: Instant) -> bool {
    let Ok(connected) = connector.connect(target, deadline).await else { return false };
    within(deadline, LONGEST, greets(connected.stream, name)).await.unwrap_or(false)
}

async fn greets(mut stream: TcpStream, name: Option<&str>) -> bool {
    let mut answer = [0; 11];
    if stream.write_all(&hello(name)).await.is_err() || stream.read_exact(&mut answer).await.is_err() {
        return false;
    }
    // A record with a handshake in it, whose first message is a ServerHello of version 3.1 (TLS 1.0) or 3.2 (TLS 1.1).
    matches!(answer, [22, 3, _, _, _, 2, _, _, _, 3, 1 | 2])
}

/// A ClientHello that knows TLS 1.1 at best.
fn hello(name: Option<&str>) -> Vec<u8> {
    let mut extensions = CURVES.to_vec();
    if let Some(name) = name {
        // The extension, the list in it, and in that a host name.
        let entry = [&[0][..], &sized(name.as_bytes())].concat();
        extensions.extend([&[0, 0][..], &sized(&sized(&entry))].concat());
    }
    let random: [u8; 32] = rand::random();
    // Version, random bytes, no session, suites, no compression.
    let body = [&[3, 2][..], &random, &[0], &sized(&SUITES), &[1, 0], &sized(&extensions)].concat();
    let message = [&[1, 0][..], &sized(&body)].concat();
    [&[22, 3, 1][..], &sized(&message)].concat()
}

/// Bytes with their number before them. What is longer than that can say is cut; no greeting is.
fn sized(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let bytes = bytes.get(..usize::from(length)).unwrap_or(bytes);
    [&length.to_be_bytes()[..], bytes].concat()
}
