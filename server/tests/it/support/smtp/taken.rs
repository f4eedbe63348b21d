//! A mail as the relay took it.

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// MAIL FROM.
    pub from: String,
    /// RCPT TO.
    pub to: String,
    /// As sent, dots put right.
    pub raw: String,
    /// The connection it came on.
    pub connection: usize,
}

impl Taken {
    /// A header as one line, or nothing.
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        let found = head.split("\r\n").find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        });
        found.unwrap_or_default()
    }

    /// Its text, as a program shows it.
    pub fn text(&self) -> String {
        let message = mail_parser::MessageParser::default().parse(self.raw.as_bytes()).expect("a mail");
        message.body_text(0).expect("a text").replace("\r\n", "\n")
    }

    /// Its HTML.
    pub fn html(&self) -> String {
        let message = mail_parser::MessageParser::default().parse(self.raw.as_bytes()).expect("a mail");
        message.body_html(0).expect("HTML").replace("\r\n", "\n")
    }

    /// The path behind a label of its text.
    pub fn link(&self, label: &str) -> String {
        let (text, label) = (self.text(), format!("{label}:"));
        let mut behind = text.split(label.as_str()).skip(1).filter_map(|behind| behind.split_whitespace().next());
        let found = behind.find_map(|address| address.strip_prefix("https://status.example.test"));
        found.unwrap_or_else(|| panic!("{label:?} leads nowhere in {text}")).to_owned()
    }

    pub fn message_id(&self) -> String {
        self.header("Message-ID")
    }
}
