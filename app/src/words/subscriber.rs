//! Subscribers and what is handed to them.

wire_enum! {
    /// Where a subscription stands.
    SubscriberState {
        /// Not confirmed yet.
        Pending = "pending",
        /// Confirmed.
        Active = "active",
        /// Not reachable; kept, not told.
        Quarantined = "quarantined",
        /// Left.
        Unsubscribed = "unsubscribed",
    }
}

wire_enum! {
    /// The way to a subscriber.
    Channel {
        /// E-mail.
        Email = "email",
        /// A signed HTTP request.
        Webhook = "webhook",
        /// A Slack channel.
        Slack = "slack",
        /// A Teams channel.
        Teams = "teams",
        /// A Discord channel.
        Discord = "discord",
    }
}

wire_enum! {
    /// Where one delivery stands (design §4, reliability Q3).
    DeliveryState {
        /// To be sent.
        Pending = "pending",
        /// Being sent.
        Sending = "sending",
        /// Accepted by the other side.
        Sent = "sent",
        /// Given up.
        Failed = "failed",
        /// No longer wanted.
        Cancelled = "cancelled",
        /// Handed over, answer lost.
        Unknown = "unknown",
    }
}
