//! What a mail relay's answers mean: which of them are the recipient's, which are ours, which pass by themselves (reliability E7).

/// Where in a conversation something was said or went wrong, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The look-up of the relay's name.
    Lookup,
    /// The TCP connection.
    Connect,
    /// The TLS handshake.
    Tls,
    /// Its first words.
    Greeting,
    /// EHLO, and STARTTLS.
    Hello,
    /// AUTH.
    Login,
    /// MAIL FROM, or the RSET before it.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The mail and the dot after it.
    Content,
}

impl Step {
    /// As a recorded reason spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Greeting => "greeting",
            Self::Hello => "hello",
            Self::Login => "login",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Data => "data",
            Self::Content => "content",
        }
    }
}

/// An answer of the relay: its code, and its text on one line, cut to [`Reply::LONGEST`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Three digits.
    pub code: u16,
    /// What it said after them.
    pub text: String,
}

impl Reply {
    /// Characters of a reply that are kept.
    pub const LONGEST: usize = 500;

    /// A reply with its text cut, without characters that no reader sees.
    #[must_use]
    pub fn new(code: u16, text: &str) -> Self {
        Self { code, text: text.chars().filter(|c| !c.is_control()).take(Self::LONGEST).collect() }
    }

    /// The enhanced status code at the start of the text, such as (5, 1, 1) (RFC 3463).
    #[must_use]
    pub fn enhanced(&self) -> Option<(u16, u16, u16)> {
        let mut parts = self.text.split_whitespace().next()?.splitn(3, '.').map(str::parse);
        match (parts.next()?, parts.next()?, parts.next()?) {
            (Ok(class @ (2 | 4 | 5)), Ok(subject), Ok(detail)) => Some((class, subject, detail)),
            _ => None,
        }
    }

    /// The reply as it is kept: with every address in it masked, since it is shown to people.
    #[must_use]
    pub fn masked(&self) -> String {
        let words = self.text.split(' ').map(|word| if word.contains('@') { "…@…" } else { word });
        format!("{} {}", self.code, words.collect::<Vec<_>>().join(" "))
    }
}

/// Why a conversation could not go on, though nobody refused anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No answer in time.
    Timeout,
    /// The connection ended or could not be made.
    Closed,
    /// An answer that does not belong there.
    Garbled,
    /// No TLS where it is demanded, or none for a password.
    Unprotected,
    /// A certificate that proves nothing.
    Certificate,
    /// The relay knows no way to sign in that we know.
    NoLogin,
}

impl Fault {
    /// As a recorded reason spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Closed => "closed",
            Self::Garbled => "garbled",
            Self::Unprotected => "unprotected",
            Self::Certificate => "certificate",
            Self::NoLogin => "no_login",
        }
    }
}

/// How one try to hand over one mail ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The relay took it: the one answer that means so is 250 after the dot.
    Accepted(Reply),
    /// The relay said no.
    Refused(Step, Reply),
    /// It did not come to an answer, and the relay cannot have taken the mail.
    Failed(Step, Fault),
    /// The mail was handed over, and the answer was lost: the relay may or may not have taken it (RFC 1047).
    Unknown(Fault),
    /// Just before it was handed over, it turned out not to be wanted any more.
    Withheld,
}

/// What a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The address does not exist: it is told no more.
    Hard,
    /// The mailbox is full or closed for now.
    Soft,
    /// This mail is not wanted; another may be.
    Rejected,
    /// The relay does not want us: nothing more is sent for a while, and a person has to look.
    Policy,
    /// The relay wants us to be slower.
    Busy,
    /// Later.
    Later,
}

impl Class {
    /// As a recorded reason spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hard => "hard_bounce",
            Self::Soft => "soft_bounce",
            Self::Rejected => "rejected",
            Self::Policy => "policy",
            Self::Busy => "busy",
            Self::Later => "later",
        }
    }
}

/// What a refusal at that step means (reliability E5, E7).
#[must_use]
pub fn classify(step: Step, reply: &Reply) -> Class {
    let about_the_mail = matches!(step, Step::Recipient | Step::Content);
    match (reply.code, reply.enhanced()) {
        (421 | 451 | 454, _) => Class::Busy,
        (_, Some((_, 2, 2))) | (552, None | Some((_, 2, _))) if about_the_mail => Class::Soft,
        (400..=499, _) => Class::Later,
        // 5.1.7 and 5.1.8 are of the sender's address, whenever they are said (RFC 3463 3.2): Postfix waits until a recipient is named.
        (_, Some((5, 7, _) | (5, 1, 7 | 8))) => Class::Policy,
        // Until a recipient is named, a refusal can only be about us.
        _ if !about_the_mail => Class::Policy,
        (_, Some((5, 1 | 2, _))) => Class::Hard,
        (550 | 551 | 553 | 554, None) if step == Step::Recipient => Class::Hard,
        _ => Class::Rejected,
    }
}
