//! Lines to mail servers and gateways that everybody on their way can read: what goes over them are links that open bookings,
//! names, numbers and passwords.

/// What is to be written where a house goes without TLS.
pub const PLAIN_WORDS: &str = "I know that everybody on this network can read it";

/// Whether a line to a host may be plain: on the machine itself, or because somebody who knows what it means has written so.
///
/// # Errors
/// What to write: `key` is the section, `secure` how the line would be encrypted.
pub fn check(key: &str, host: &str, secure: &str, plain_words: Option<&str>) -> anyhow::Result<()> {
    match plain_words {
        _ if is_this_machine(host) => Ok(()),
        Some(PLAIN_WORDS) => Ok(()),
        Some(_) => anyhow::bail!("{key}.plain_within_house: write exactly \"{PLAIN_WORDS}\", if you do"),
        None => anyhow::bail!(
            "{key}: others can read on its way what goes to {host}, links and names and passwords. Write {secure}; or, in \
             [{key}],\n\nplain_within_house = \"{PLAIN_WORDS}\""
        ),
    }
}

/// Whether a host is the machine itself, by its name or address.
fn is_this_machine(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_own = |address: std::net::IpAddr| address.to_canonical().is_loopback();
    bare.parse().is_ok_and(is_own) || bare.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_plain_line_is_for_the_machine_itself_or_for_who_says_that_they_know() {
        let check = |host: &str, words| super::check("mail", host, "tls = \"tls\"", words).map_err(|no| no.to_string());
        for own in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"] {
            assert_eq!(check(own, None), Ok(()), "{own}");
        }
        for other in ["mail.house", "192.0.2.1", "10.0.0.1", "localhost.example.gr", "127.0.0.1.example.gr", "", "::2"]
        {
            let said = check(other, None).unwrap_err();
            assert!(said.contains(PLAIN_WORDS) && said.contains("tls = \"tls\""), "{said}");
            assert!(check(other, Some("yes")).unwrap_err().contains(PLAIN_WORDS));
            assert_eq!(check(other, Some(PLAIN_WORDS)), Ok(()));
        }
    }
}
