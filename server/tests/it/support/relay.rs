//! A plain relay in front of two targets on loopback: it passes connections on to the one or the other, refuses them, or lets them wait
//! without an answer, and changes its mind when it is told to.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It goes there.
    To(SocketAddr),
    /// Nobody listens.
    Refused,
    /// Nobody answers: the queue of the listener is full, so that the system drops who asks for more.
    Silent,
}

/// A relay. It ends with the test.
pub struct Relay {
    /// Where it listens.
    pub address: SocketAddr,
    /// What serves the way it is on.
    serving: Mutex<JoinSet<()>>,
}

impl Relay {
    /// On a free port.
    pub async fn new(way: Way) -> Self {
        let listener = listen(([127, 0, 0, 1], 0).into(), 64);
        let address = listener.local_addr().expect("an address");
        let relay = Self { address, serving: Mutex::default() };
        relay.serve(listener, way);
        relay
    }

    /// From now on it does this.
    pub async fn turn(&self, way: Way) {
        let mut before = std::mem::take(&mut *self.serving.lock().expect("nobody broke it"));
        before.shutdown().await;
        match way {
            Way::Refused => {}
            Way::Silent => {
                let listener = listen(self.address, 1);
                let mut waiting = Vec::new();
                while let Ok(Ok(one)) = timeout(Duration::from_millis(100), TcpStream::connect(self.address)).await {
                    waiting.push(one);
                }
                self.serving.lock().expect("nobody broke it").spawn(async move {
                    let _held = (listener, waiting);
                    std::future::pending::<()>().await;
                });
            }
            Way::To(_) => self.serve(listen(self.address, 64), way),
        }
    }

    fn serve(&self, listener: TcpListener, way: Way) {
        let Way::To(target) = way else { return };
        self.serving.lock().expect("nobody broke it").spawn(async move {
            let mut passing = JoinSet::new();
            loop {
                let Ok((mut guest, _)) = listener.accept().await else { continue };
                passing.spawn(async move {
                    let Ok(mut there) = TcpStream::connect(target).await else { return };
                    if copy_bidirectional(&mut guest, &mut there).await.is_err() {
                        // What was cut there is cut here.
                        guest.set_zero_linger().expect("the option is known");
                    }
                });
            }
        });
    }
}

fn listen(address: SocketAddr, queue: u32) -> TcpListener {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_reuseaddr(true).expect("the option is known");
    socket.bind(address).expect("the port is ours");
    socket.listen(queue).expect("it listens")
}
