//! Whether the anchors that the operator named can be reached.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Longest wait for one of them.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many of these `host:port` can be connected to. Nothing is said to them.
pub async fn answering(anchors: &[String]) -> usize {
    let mut asked = JoinSet::new();
    for anchor in anchors.iter().cloned() {
        asked.spawn(async move { matches!(timeout(PATIENCE, TcpStream::connect(anchor)).await, Ok(Ok(_))) });
    }
    asked.join_all().await.into_iter().filter(|answered| *answered).count()
}
