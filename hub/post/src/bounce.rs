//! A mail that came back, as a server reports it (RFC 3464): whether it failed for good, and which letter it was. Everything
//! in it may be hostile; only the token is believed, since nobody but the hub can make one.

use std::{fmt, panic::catch_unwind};

use mail_parser::{Message, MessageParser, MimeHeaders};

use super::EmailAddress;

/// Largest message that is looked at; a report stands at its beginning, before the mail that came back.
pub const MESSAGE_BYTES_MAX: usize = 256 * 1024;
/// A letter has one receiver; a report that speaks of more is looked at so far.
const GROUPS_MAX: usize = 16;
/// So many tokens are looked at.
const TOKENS_MAX: usize = 4;
/// Digits of a token.
const TOKEN_CHARACTERS: usize = 32;
/// Where a server may have written to whom the report came; who reports is nowhere believed.
const RECEIVERS: [&str; 4] = ["delivered-to", "x-original-to", "envelope-to", "to"];

/// What is set up for mails that come back.
#[derive(Debug)]
pub struct Bounces {
    /// The address, without a letter's token.
    pub address: EmailAddress,
    /// The hash of the token that `hub bounce` shows.
    pub token_hash: [u8; 32],
}

impl Bounces {
    /// The address to which one letter comes back.
    pub fn of_letter(&self, token: &str) -> Option<EmailAddress> {
        EmailAddress::new(format!("{}+{token}", self.address.user()), self.address.domain()).ok()
    }
}

/// A status as mail servers give it (RFC 3463), e.g. 5.1.1: no such mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailStatus {
    class: u16,
    subject: u16,
    detail: u16,
}

impl MailStatus {
    /// One that a test, or a list of all, begins with.
    pub const fn permanent(subject: u16, detail: u16) -> Self {
        Self { class: 5, subject, detail }
    }

    /// Out of a text such as `5.1.1`, or `5.1.1 (unknown user)`.
    pub fn of(text: &str) -> Option<Self> {
        let word = text.split_whitespace().next()?;
        let number = |text: &str| {
            let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse().ok()).flatten()
        };
        let mut parts = word.split('.').map(number);
        let status = Self { class: parts.next()??, subject: parts.next()??, detail: parts.next()?? };
        parts.next().is_none().then_some(status)
    }

    /// What is wrong, as far as somebody can do something about it.
    pub const fn trouble(self) -> DeliveryTrouble {
        match (self.subject, self.detail) {
            (1, _) | (2, 0 | 1) => DeliveryTrouble::NoMailbox,
            (2, 2) => DeliveryTrouble::Full,
            (7, _) => DeliveryTrouble::Unwanted,
            _ => DeliveryTrouble::Other,
        }
    }
}

impl fmt::Display for MailStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// Why nothing is delivered to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryTrouble {
    /// There is no such mailbox, or it is shut.
    NoMailbox,
    /// The mailbox takes no more.
    Full,
    /// The receiver's server does not want it: it looks like spam to it.
    Unwanted,
    /// Something else.
    Other,
}

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BounceVerdict {
    /// It failed for good.
    Failed(MailStatus),
    /// It is no report that something failed: an answer of somebody's holiday, advertising, anything.
    NoReport,
    /// A report of something else: it is late and tried again, or was delivered, or failed for now.
    NotForGood,
}

/// What a message says, and the tokens of the letters that it may be about.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// What it says.
    pub said: BounceVerdict,
    /// Tokens, as they stand there.
    pub tokens: Vec<String>,
}

/// Reads a message. One that breaks the parser says nothing: a mail server would bring a fault of ours again for days.
pub fn read(raw: &[u8], bounces: &Bounces) -> Report {
    let raw = raw.get(..MESSAGE_BYTES_MAX).unwrap_or(raw);
    let read = || {
        let message = MessageParser::default().parse(raw)?;
        Some(Report { said: said(&message), tokens: tokens(&message, bounces) })
    };
    let nothing = Report { said: BounceVerdict::NoReport, tokens: Vec::new() };
    catch_unwind(read).ok().flatten().unwrap_or(nothing)
}

fn said(message: &Message<'_>) -> BounceVerdict {
    let is_report = message.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("multipart")
            && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
            && kind.attribute("report-type").is_some_and(|kind| kind.eq_ignore_ascii_case("delivery-status"))
    });
    // A mail that came back may itself be a report; only what this one says counts.
    let status = message.parts.iter().find(|part| {
        part.is_content_type("message", "delivery-status") || part.is_content_type("message", "global-delivery-status")
    });
    let Some(status) = status.filter(|_| is_report) else { return BounceVerdict::NoReport };
    let text = String::from_utf8_lossy(status.contents()).replace("\r\n", "\n");
    let groups = text.split("\n\n").filter(|group| !group.trim().is_empty()).take(GROUPS_MAX);
    let failed = groups.filter_map(|group| {
        let group = format!("{}\n\n", group.trim_start_matches('\n'));
        let fields = MessageParser::default().parse_headers(group.as_bytes())?;
        let field = |name: &'static str| fields.header_raw(name).map(|text| text.trim().to_owned());
        let action = field("Action")?;
        let is_failed = action.split_whitespace().next()?.eq_ignore_ascii_case("failed");
        MailStatus::of(&field("Status")?).filter(|status| is_failed && status.class == 5)
    });
    failed.map(BounceVerdict::Failed).next().unwrap_or(BounceVerdict::NotForGood)
}

/// What stands after `bounces+` in the addresses to which the message came.
fn tokens(message: &Message<'_>, bounces: &Bounces) -> Vec<String> {
    let mark = format!("{}+", bounces.address.user().to_ascii_lowercase());
    let mut tokens: Vec<String> = Vec::new();
    for (name, value) in message.headers_raw() {
        if !RECEIVERS.iter().any(|one| one.eq_ignore_ascii_case(name)) {
            continue;
        }
        let value = value.to_ascii_lowercase();
        for rest in value.split(&mark).skip(1).take(TOKENS_MAX) {
            let token = rest.get(..TOKEN_CHARACTERS).filter(|_| rest.as_bytes().get(TOKEN_CHARACTERS) == Some(&b'@'));
            if let Some(token) = token.filter(|token| !tokens.iter().any(|one| one == token)) {
                tokens.push(token.to_owned());
            }
        }
    }
    tokens.truncate(TOKENS_MAX);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef0123456789abcdef";

    fn bounces() -> Bounces {
        Bounces { address: "bounces@kep.example.gr".parse().unwrap(), token_hash: [0; 32] }
    }

    /// As a mail server writes it.
    fn report(action: &str, status: &str) -> String {
        format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.gr (Mail Delivery System)\r\nTo: \
             bounces+{TOKEN}@kep.example.gr\r\nAuto-Submitted: auto-replied\r\nSubject: Undelivered Mail Returned to \
             Sender\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\t\
             boundary=\"edge/mx.example.gr\"\r\n\r\nThis is a MIME-encapsulated message.\r\n\r\n--edge/mx.example.gr\r\n\
             Content-Description: Notification\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry to have to \
             inform you\r\n\r\n--edge/mx.example.gr\r\nContent-Description: Delivery report\r\nContent-Type: \
             message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.gr\r\nArrival-Date: Tue, 24 Nov 2026 10:00:00 \
             +0200\r\n\r\nFinal-Recipient: rfc822; maria@example.gr\r\nAction: {action}\r\nStatus: \
             {status}\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n    <maria@example.gr>: user unknown\r\n\r\n\
             --edge/mx.example.gr\r\nContent-Description: Undelivered Message\r\nContent-Type: \
             message/rfc822\r\n\r\nFrom: kep@example.gr\r\nTo: maria@example.gr\r\nSubject: Your \
             appointment\r\n\r\nHello\r\n\r\n--edge/mx.example.gr--\r\n"
        )
    }

    fn said_of(text: &str) -> BounceVerdict {
        read(text.as_bytes(), &bounces()).said
    }

    #[test]
    fn fld_33_a_report_says_what_failed_and_of_which_letter() {
        let read = read(report("failed", "5.1.1").as_bytes(), &bounces());
        assert_eq!(
            read,
            Report { said: BounceVerdict::Failed(MailStatus::permanent(1, 1)), tokens: vec![TOKEN.to_owned()] }
        );
        let shouted = report("Failed (for good)", "5.2.2 (mailbox full)").to_uppercase().replace("EDGE", "edge");
        assert_eq!(
            said_of(&shouted.replace("MX.EXAMPLE", "mx.example")),
            BounceVerdict::Failed(MailStatus::permanent(2, 2))
        );
        let plain = report("failed", "5.1.1").replace("\r\n", "\n");
        assert_eq!(said_of(&plain), BounceVerdict::Failed(MailStatus::permanent(1, 1)), "as a pipe gives it");
        let delivered = report("failed", "5.1.1").replace("To: bounces", "Delivered-To: bounces");
        assert_eq!(super::read(delivered.as_bytes(), &bounces()).tokens, [TOKEN]);
    }

    #[test]
    fn fld_33_what_is_no_failure_for_good_is_none() {
        for (action, status) in [
            ("delayed", "4.4.7"),
            ("delayed", "5.1.1"),
            ("failed", "4.2.2"),
            ("failed", "2.0.0"),
            ("relayed", "5.1.1"),
            ("failed", "5"),
            ("failed", "5.1"),
            ("failed", "5.1.1.1"),
            ("failed", "5.9999.1"),
            ("failed", "five"),
            ("failed", ""),
            ("", "5.1.1"),
        ] {
            assert_eq!(said_of(&report(action, status)), BounceVerdict::NotForGood, "{action} {status}");
        }
        let right = report("failed", "5.1.1");
        for other in [
            right.replace("report-type=delivery-status", "report-type=disposition-notification"),
            right.replace("multipart/report", "multipart/mixed"),
            right.replace("message/delivery-status", "text/plain"),
            right.replace("Content-Type: multipart", "X-Type: multipart"),
            "Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                .to_owned(),
            String::new(),
            "\u{0}\u{1}\u{2}".repeat(1_000),
            "a".repeat(2_000_000),
            "\n\n".repeat(500_000),
            "Content-Type: multipart/report; boundary=a\r\n\r\n".to_owned() + &"--a\r\n".repeat(50_000),
        ] {
            assert_eq!(said_of(&other), BounceVerdict::NoReport, "{:.200}", other);
        }
        // One that came back within another's report says nothing of ours.
        let inner =
            right.replace("message/rfc822\r\n\r\n", &format!("message/rfc822\r\n\r\n{}", report("failed", "5.7.1")));
        assert_eq!(said_of(&inner), BounceVerdict::Failed(MailStatus::permanent(1, 1)));
    }

    #[test]
    fn new_14_a_message_that_breaks_the_parser_is_no_report() {
        // Found by fuzzing: the library's own assertion fails.
        let broken = include_bytes!("../../../fuzz/corpus/bounce_reports/broken-off-within-a-part");
        assert_eq!(read(broken, &bounces()).said, BounceVerdict::NoReport);
    }

    #[test]
    fn fld_33_a_token_is_looked_for_where_the_report_came_to_and_nowhere_else() {
        let right = report("failed", "5.1.1");
        let none: [String; 0] = [];
        for other in [
            right.replace("To: bounces+", "Subject: bounces+"),
            right.replace("bounces+", "bounces-"),
            right.replace(TOKEN, &TOKEN[..31]),
            right.replace(TOKEN, &format!("{TOKEN}0")),
            right.replace(TOKEN, "ααααααααααααααααααααααααααααααααα"),
        ] {
            assert_eq!(read(other.as_bytes(), &bounces()).tokens, none, "{:.300}", other);
        }
        let many: String = (0..500).map(|number| format!("To: bounces+{number:032x}@kep.example.gr\r\n")).collect();
        assert_eq!(read((many + &right).as_bytes(), &bounces()).tokens.len(), TOKENS_MAX);
    }
}
