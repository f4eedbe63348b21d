//! Monitors: what is checked, and what the checks mean.

wire_enum! {
    /// One kind of check.
    MonitorKind {
        /// An HTTP or HTTPS request.
        Http = "http",
        /// A TCP connection.
        Tcp = "tcp",
        /// A name look-up.
        Dns = "dns",
        /// A TLS handshake and its certificate.
        Tls = "tls",
        /// An ICMP echo.
        Ping = "ping",
        /// A push from the watched side.
        Heartbeat = "heartbeat",
    }
}

wire_enum! {
    /// What a monitor's results mean (reliability N1).
    Verdict {
        /// Good.
        Up = "up",
        /// Failed, not yet confirmed.
        Suspect = "suspect",
        /// Failed, confirmed.
        Down = "down",
        /// Good again, not yet confirmed.
        Recovering = "recovering",
        /// Not measured.
        Unknown = "unknown",
        /// Inside a window of planned work.
        Maintenance = "maintenance",
    }
}
