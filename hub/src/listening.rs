//! Where the hub may listen, and how: in plain words on the machine itself, elsewhere encrypted, or because somebody who knows
//! what it means has written so.

use std::net::SocketAddr;

use post::PLAIN_WORDS;

use crate::entrance::TlsConfig;

/// Whether the hub may listen there.
///
/// # Errors
/// What to write.
pub fn check(listen: SocketAddr, tls: Option<&TlsConfig>, plain_words: Option<&str>) -> Result<(), String> {
    match plain_words {
        _ if tls.is_some() || listen.ip().to_canonical().is_loopback() => Ok(()),
        Some(PLAIN_WORDS) => Ok(()),
        Some(_) => Err(format!("plain_http_within_house: write exactly \"{PLAIN_WORDS}\", if you do")),
        None => Err(format!(
            "listen: at {listen} others can read passwords and names on their way, since no [tls] is set. Write\n\n\
             [tls]\ncertificate = \"tls/certificate.pem\"\nkey = \"tls/key.pem\"\n\n\
             with the files of your certificate (`hub make-ca --name {}` makes some for a house without a public name); or \
             listen at 127.0.0.1 behind a proxy on this machine; or write\n\n\
             plain_http_within_house = \"{PLAIN_WORDS}\"",
            listen.ip()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_plain_http_is_for_the_machine_itself_or_for_who_says_that_they_know() {
        let check = |listen: &str, words: Option<&str>| super::check(listen.parse().unwrap(), None, words);
        for own in ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80", "[::ffff:127.0.0.1]:80"] {
            assert_eq!(check(own, None), Ok(()), "{own}");
        }
        for open in ["0.0.0.0:80", "[::]:80", "192.0.2.1:80"] {
            let said = check(open, None).unwrap_err();
            assert!(said.contains("[tls]") && said.contains(PLAIN_WORDS), "{said}");
            assert!(check(open, Some("yes")).unwrap_err().contains(PLAIN_WORDS));
            assert_eq!(check(open, Some(PLAIN_WORDS)), Ok(()));
            let tls = TlsConfig { certificate: "c".into(), key: "k".into() };
            assert_eq!(super::check(open.parse().unwrap(), Some(&tls), None), Ok(()));
        }
    }
}
