//! What the demonstration needs beside its record while it runs: a mail catcher, and targets that really answer and really fail.

pub mod catcher;
pub mod targets;

use std::sync::Arc;

use tokio::net::TcpListener;

use self::catcher::Catcher;
use crate::clock::Clock;
use crate::config::{Config, Smtp, SmtpSecurity};

/// The demonstration's surroundings, on loopback.
pub struct World {
    /// Keeps every mail.
    pub catcher: Arc<Catcher>,
    smtp: TcpListener,
    targets: TcpListener,
}

impl World {
    /// Takes two free ports.
    ///
    /// # Errors
    /// The system has none.
    pub async fn open() -> std::io::Result<Self> {
        let free = || TcpListener::bind("127.0.0.1:0");
        Ok(Self { catcher: Arc::default(), smtp: free().await?, targets: free().await? })
    }

    /// The settings with this world in them: its catcher is the relay, and its targets may be watched.
    ///
    /// # Errors
    /// The system does not tell its ports.
    pub fn settle(&self, config: Config) -> std::io::Result<Config> {
        let relay = self.smtp.local_addr()?;
        let smtp = Smtp {
            host: relay.ip().to_string(),
            port: relay.port(),
            security: SmtpSecurity::None,
            credentials: None,
            connections: 4,
            rate: 0,
            domain_rate: 0,
            from: "Meridian Cloud Status <status@meridian.example>".to_owned(),
            dkim: None,
            bounces: None,
        };
        Ok(Config { smtp: Some(smtp), allow_private_targets: vec![self.targets.local_addr()?.ip().into()], ..config })
    }

    /// Where the targets are.
    ///
    /// # Errors
    /// The system does not tell its ports.
    pub fn targets(&self) -> std::io::Result<String> {
        Ok(format!("http://{}", self.targets.local_addr()?))
    }

    /// Goes on until its task ends.
    pub async fn run(self, clock: Clock) {
        let targets = targets::router(clock.clone());
        tokio::join!(self.catcher.run(self.smtp, clock), async {
            if let Err(error) = axum::serve(self.targets, targets).await {
                tracing::warn!(%error, "the targets of the demonstration ended");
            }
        });
    }
}
