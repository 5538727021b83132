//! What the mail server takes for the time: many say it in their greeting (RFC 5321, 4.2, leaves the text to them).

use std::time::Duration;

use chrono::{DateTime, Utc};
use office::CivilInstant;
use tokio::{io::AsyncReadExt, net::TcpStream, time::timeout};

use crate::mail_config::{MailConfig, MailTransport, SmtpTls};

/// A server greets within seconds, or not at all.
const GREETS_WITHIN: Duration = Duration::from_secs(5);
/// A line of a reply is no longer (RFC 5321, 4.5.3.1.5).
const GREETING_BYTES_MAX: usize = 512;

/// The date in the mail server's greeting; none from a server that says none, or speaks in secret from the first byte on.
pub async fn server_date(config: &MailConfig) -> Option<DateTime<Utc>> {
    if config.transport != MailTransport::Smtp || config.tls == SmtpTls::Tls {
        return None;
    }
    let greeting = async {
        let mut server = TcpStream::connect((config.host.as_str(), config.port)).await.ok()?;
        let mut greeting = Vec::with_capacity(GREETING_BYTES_MAX);
        while greeting.len() < GREETING_BYTES_MAX && !greeting.contains(&b'\n') {
            if server.read_buf(&mut greeting).await.ok()? == 0 {
                break;
            }
        }
        Some(greeting)
    };
    let greeting = timeout(GREETS_WITHIN, greeting).await.ok()??;
    date_in(&String::from_utf8_lossy(&greeting))
}

/// A date as mails have it, anywhere in a line.
fn date_in(line: &str) -> Option<DateTime<Utc>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    words.windows(6).find_map(|date| CivilInstant::from_rfc2822(&date.join(" ")).ok()).map(CivilInstant::utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_10_a_greeting_says_the_time() {
        let at: DateTime<Utc> = "2026-11-28T21:00:05Z".parse().unwrap();
        for greeting in [
            "220 mx.example.gr ESMTP Exim 4.96 Sat, 28 Nov 2026 23:00:05 +0200\r\n",
            "220 mx.example.gr ESMTP Sendmail 8.17; Sat, 28 Nov 2026 21:00:05 GMT\r\n",
            "220 MX Microsoft ESMTP MAIL Service ready at Sat, 28 Nov 2026 22:00:05 +0100 and waiting\r\n",
        ] {
            assert_eq!(date_in(greeting), Some(at), "{greeting}");
        }
        assert_eq!(date_in("220 mx.example.gr ESMTP Postfix (Debian/GNU)\r\n"), None);
        assert_eq!(date_in("220 Sat, 28 Nov 2026\r\n"), None);
    }
}
