//! A relay that takes every mail, and the shortest conversation that hands one over.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Takes every mail and counts.
pub struct Sink {
    /// Where it listens.
    pub port: u16,
    /// Mails so far.
    pub taken: Arc<AtomicUsize>,
    /// Connections at once, at most so far.
    pub most: Arc<AtomicUsize>,
    /// The last mail, as it came.
    pub last: Arc<Mutex<Vec<u8>>>,
}

impl Sink {
    /// A sink on a free port that answers at once.
    pub async fn start() -> Self {
        Self::after(None).await
    }

    /// The same, with a wait before each answer, as the way to a relay and its work make one.
    pub async fn after(wait: Option<Duration>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (taken, most, open) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let last = Arc::new(Mutex::new(Vec::new()));
        let sink = Self { port, taken: taken.clone(), most: most.clone(), last: last.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                most.fetch_max(open.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
                let (taken, open, last) = (taken.clone(), open.clone(), last.clone());
                tokio::spawn(async move {
                    let mut stream = BufReader::new(stream);
                    // A connection that breaks off is the sender's to mend.
                    let _ = take(&mut stream, wait, &taken, &last).await;
                    // Before it is hung up: whoever sees that may open the next.
                    open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        sink
    }
}

async fn take(
    stream: &mut BufReader<TcpStream>,
    wait: Option<Duration>,
    taken: &AtomicUsize,
    last: &Mutex<Vec<u8>>,
) -> std::io::Result<()> {
    stream.get_ref().set_nodelay(true)?;
    stream.write_all(b"220 sink\r\n").await?;
    let (mut line, mut in_data, mut mail, mut replies) = (Vec::new(), false, Vec::new(), Vec::new());
    loop {
        // What was asked together is answered together.
        if !stream.buffer().contains(&b'\n') && !replies.is_empty() {
            stream.write_all(&replies).await?;
            replies.clear();
        }
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        if let Some(wait) = wait.filter(|_| !in_data || line == b".\r\n") {
            tokio::time::sleep(wait).await;
        }
        if in_data {
            if line == b".\r\n" {
                in_data = false;
                std::mem::swap(&mut *last.lock().unwrap(), &mut mail);
                mail.clear();
                taken.fetch_add(1, Ordering::Relaxed);
                replies.extend_from_slice(b"250 taken\r\n");
            } else {
                mail.extend_from_slice(&line);
            }
            continue;
        }
        match line.get(..4).map(<[u8]>::to_ascii_uppercase).as_deref() {
            Some(b"DATA") => {
                in_data = true;
                replies.extend_from_slice(b"354 go on\r\n");
            }
            Some(b"EHLO") => replies.extend_from_slice(b"250-sink\r\n250 PIPELINING\r\n"),
            Some(b"QUIT") => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => replies.extend_from_slice(b"250 ok\r\n"),
        }
    }
}

/// The argument with which this benchmark is the bare loop.
pub const BARE: &str = "bare";

/// Hands over so many mails of these bytes on so many connections, in two round trips each and with nothing else: what any sender
/// needs at least. How long it took. It runs in a process of its own, as the service does: within the sink's no word would cross from one
/// process to the other, which is most of what a round trip costs.
pub async fn bare(port: u16, bytes: &[u8], mails: usize, connections: usize) -> Duration {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let mut command = tokio::process::Command::new(std::env::current_exe().unwrap());
    command.arg(BARE).arg(file.path()).args([port.to_string(), mails.to_string(), connections.to_string()]);
    let done = command.output().await.unwrap();
    assert!(done.status.success(), "the bare loop failed: {}", String::from_utf8_lossy(&done.stderr));
    Duration::from_micros(String::from_utf8(done.stdout).unwrap().trim().parse().unwrap())
}

/// The bare loop itself, with the arguments that [`bare`] gives it; prints how long it took in microseconds.
pub async fn bare_loop(arguments: &[String]) {
    let number = |index: usize| arguments[index].parse::<usize>().unwrap();
    let port = u16::try_from(number(1)).unwrap();
    let took = hand_over(port, &std::fs::read(&arguments[0]).unwrap(), number(2), number(3)).await;
    println!("{}", took.as_micros());
}

async fn hand_over(port: u16, bytes: &[u8], mails: usize, connections: usize) -> Duration {
    let mut content = bytes.to_vec();
    content.extend_from_slice(b".\r\n");
    let content = Arc::new(content);
    let begin = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let content = content.clone();
            tokio::spawn(async move {
                let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                stream.set_nodelay(true).unwrap();
                let mut stream = BufReader::new(stream);
                let mut reply = Vec::new();
                stream.read_until(b'\n', &mut reply).await.unwrap();
                let envelope = b"MAIL FROM:<status@example.test>\r\nRCPT TO:<reader@example.test>\r\nDATA\r\n".as_slice();
                let mail = || [(envelope, 3), (content.as_slice(), 1)];
                let hello = (b"EHLO bench\r\n".as_slice(), 2);
                for (said, replies) in [hello].into_iter().chain((0..mails / connections).flat_map(|_| mail())) {
                    stream.write_all(said).await.unwrap();
                    for _ in 0..replies {
                        reply.clear();
                        stream.read_until(b'\n', &mut reply).await.unwrap();
                        assert!(reply.starts_with(b"250") || reply.starts_with(b"354"), "{}", String::from_utf8_lossy(&reply));
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    begin.elapsed()
}
