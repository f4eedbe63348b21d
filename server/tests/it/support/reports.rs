//! Reports as mail servers and providers write them.

/// A report of one mail to one recipient (RFC 3464).
#[derive(Clone, Debug)]
pub struct Dsn<'a> {
    /// Whom it is sent to: the return address of the mail.
    pub to: &'a str,
    pub recipient: &'a str,
    pub action: &'a str,
    pub status: &'a str,
    pub diagnostic: &'a str,
}

impl<'a> Dsn<'a> {
    /// The mailbox does not exist.
    pub const fn hard(to: &'a str, recipient: &'a str) -> Self {
        Self { to, recipient, action: "failed", status: "5.1.1", diagnostic: "smtp; 550 5.1.1 User unknown" }
    }

    /// The mailbox is full.
    pub const fn full(to: &'a str, recipient: &'a str) -> Self {
        Self { status: "5.2.2", diagnostic: "smtp; 552 5.2.2 Mailbox full", ..Self::hard(to, recipient) }
    }

    /// The mail as a server hands it to a program, with lines that end as on its system.
    pub fn mail(&self) -> Vec<u8> {
        let Self { to, recipient, action, status, diagnostic } = self;
        format!(
            "From MAILER-DAEMON  Mon Nov 23 10:00:00 2026\n\
             Return-Path: <>\n\
             Delivered-To: {to}\n\
             Received: by mx.example.test (Postfix) id 4XyZ; Mon, 23 Nov 2026 10:00:00 +0000 (UTC)\n\
             From: MAILER-DAEMON@mx.example.test (Mail Delivery System)\n\
             Subject: Undelivered Mail Returned to Sender\n\
             To: {to}\n\
             Auto-Submitted: auto-replied\n\
             MIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type=delivery-status;\n\
             \tboundary=\"4XyZ.1795428000/mx.example.test\"\n\
             \n\
             This is a MIME-encapsulated message.\n\
             \n\
             --4XyZ.1795428000/mx.example.test\n\
             Content-Description: Notification\n\
             Content-Type: text/plain; charset=us-ascii\n\
             \n\
             I'm sorry to have to inform you that your message could not be delivered.\n\
             \n\
             --4XyZ.1795428000/mx.example.test\n\
             Content-Description: Delivery report\n\
             Content-Type: message/delivery-status\n\
             \n\
             Reporting-MTA: dns; mx.example.test\n\
             X-Postfix-Queue-ID: 4XyZ\n\
             Arrival-Date: Mon, 23 Nov 2026 09:59:58 +0000 (UTC)\n\
             \n\
             Final-Recipient: rfc822; {recipient}\n\
             Original-Recipient: rfc822;{recipient}\n\
             Action: {action}\n\
             Status: {status}\n\
             Remote-MTA: dns; mail.example.test\n\
             Diagnostic-Code: {diagnostic}\n\
             \n\
             --4XyZ.1795428000/mx.example.test\n\
             Content-Description: Undelivered Message Headers\n\
             Content-Type: text/rfc822-headers\n\
             \n\
             From: Example Status <status@example.test>\n\
             To: {recipient}\n\
             Subject: [Example] Requests fail\n\
             \n\
             --4XyZ.1795428000/mx.example.test--\n"
        )
        .into_bytes()
    }
}

/// A complaint (RFC 5965) about a mail that came from `sender` and went to `recipient`, sent to the address agreed on with the provider.
pub fn complaint(kind: &str, sender: &str, recipient: &str) -> Vec<u8> {
    format!(
        "From: <abuse@provider.example>\r\n\
         To: <feedback@example.test>\r\n\
         Subject: FW: [Example] Requests fail\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=\"part1_13d.2e68ed54\"\r\n\
         \r\n\
         --part1_13d.2e68ed54\r\n\
         Content-Type: text/plain; charset=\"US-ASCII\"\r\n\
         \r\n\
         This is an email abuse report.\r\n\
         \r\n\
         --part1_13d.2e68ed54\r\n\
         Content-Type: message/feedback-report\r\n\
         \r\n\
         Feedback-Type: {kind}\r\n\
         User-Agent: SomeGenerator/1.0\r\n\
         Version: 1\r\n\
         Original-Mail-From: <{sender}>\r\n\
         Original-Rcpt-To: <{recipient}>\r\n\
         \r\n\
         --part1_13d.2e68ed54\r\n\
         Content-Type: message/rfc822\r\n\
         \r\n\
         From: Example Status <status@example.test>\r\n\
         \r\n\
         Requests fail.\r\n\
         --part1_13d.2e68ed54--\r\n"
    )
    .into_bytes()
}
