//! Addresses that mail can go to, and those that were likely mistyped (FLD-33).

use email_address::EmailAddress;

use vocabulary::is_unseen;

/// Longest address, by RFC 5321.
const CHARACTERS_MAX: usize = 254;
/// Where most people of the country have their mail.
const DOMAINS: [&str; 14] = [
    "gmail.com",
    "hotmail.com",
    "hotmail.gr",
    "yahoo.gr",
    "yahoo.com",
    "outlook.com",
    "outlook.gr",
    "windowslive.com",
    "icloud.com",
    "live.com",
    "otenet.gr",
    "forthnet.gr",
    "sch.gr",
    "protonmail.com",
];
/// Addresses that look mistyped and are not.
const REAL: [&str; 6] = ["mail.com", "email.com", "gmx.com", "ymail.com", "hotmail.co.uk", "live.gr"];

/// Why mail cannot go to what somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFlaw {
    /// It has no form of an address.
    NoAddress,
    /// What stands before the @ has letters that most mail servers hand to nobody (RFC 6531).
    Letters,
}

impl AddressFlaw {
    /// The sentence that says so.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoAddress => "email-wrong",
            Self::Letters => "email-letters",
        }
    }
}

/// The address that was meant by what somebody typed or pasted: without blanks around it, and without the marks of no width that
/// come along when it is copied out of a document or a message; with the domain as every mail server takes it (RFC 5890), so that
/// one address is one, however its domain was written.
///
/// # Errors
/// Why mail cannot go there.
pub fn address(typed: &str) -> Result<String, AddressFlaw> {
    let is_left_out = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    // A control character is no slip of a hand.
    let is_around = |c: char| c.is_whitespace() || is_unseen(c) && !c.is_control();
    let plain: String =
        typed.trim_matches(|c| is_around(c) || is_left_out(c)).chars().filter(|c| !is_left_out(*c)).collect();
    let sent = as_sent(&plain).filter(|address| is_address(address)).ok_or(AddressFlaw::NoAddress)?;
    let is_sendable = sent.rsplit_once('@').is_some_and(|(user, _)| user.is_ascii());
    if is_sendable { Ok(sent) } else { Err(AddressFlaw::Letters) }
}

/// An address with its domain in the letters that every mail server takes; nothing, where that is no domain.
fn as_sent(plain: &str) -> Option<String> {
    // What is much longer is none.
    let (user, domain) = plain.rsplit_once('@').filter(|_| plain.len() <= CHARACTERS_MAX)?;
    if domain.is_ascii() {
        return Some(plain.to_owned());
    }
    Some(format!("{user}@{}", idna::domain_to_ascii_strict(domain).ok()?))
}

/// What is kept of an address that somebody types to find or sign in by; what is none finds nothing.
#[must_use]
pub fn address_as_kept(typed: &str) -> String {
    address(typed).unwrap_or_else(|_| typed.trim().to_owned()).to_lowercase()
}

/// An address as its owner writes it: with the domain in its own letters.
#[must_use]
pub fn readable_address(kept: &str) -> String {
    let Some((user, domain)) = kept.rsplit_once('@').filter(|(_, domain)| domain.contains("xn--")) else {
        return kept.to_owned();
    };
    match idna::domain_to_unicode(domain) {
        (own, Ok(())) => format!("{user}@{own}"),
        (_, Err(_)) => kept.to_owned(),
    }
}

/// Whether mail can go there: one address, with a domain that has a dot.
pub fn is_address(text: &str) -> bool {
    // Quoted and bracketed parts are of the standard, and of nobody's address.
    let is_plain = |c: char| !is_unseen(c) && !c.is_whitespace() && !"\"\\<>()[],;:".contains(c);
    text.len() <= CHARACTERS_MAX
        && text.chars().all(is_plain)
        && text.rsplit_once('@').is_some_and(|(user, domain)| {
            let has_place = domain.contains('.') || domain == "localhost";
            has_place && EmailAddress::is_valid_local_part(user) && EmailAddress::is_valid_domain(domain)
        })
}

/// The address that was likely meant, if this one is one slip away from a domain that many have.
pub fn likely_meant(email: &str) -> Option<String> {
    let (user, domain) = email.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    if DOMAINS.contains(&domain.as_str()) || REAL.contains(&domain.as_str()) {
        return None;
    }
    let meant = DOMAINS.iter().find(|known| is_one_slip(&domain, known))?;
    Some(format!("{user}@{meant}"))
}

/// Where no more than a country's own domains begin: whoever has one has all of what stands before it.
const SHARED_ENDS: [&str; 8] = ["ac", "co", "com", "edu", "gov", "mil", "net", "org"];

/// The domain that somebody had to register to have this address, where it is one of few people: whoever has a domain has as
/// many addresses as they like. None where so many people have their mail that it says nothing of who asks.
pub fn domain_of_few(email: &str) -> Option<String> {
    let domain = email.rsplit_once('@')?.1.to_lowercase();
    if DOMAINS.contains(&domain.as_str()) || REAL.contains(&domain.as_str()) {
        return None;
    }
    let parts: Vec<&str> = domain.split('.').filter(|part| !part.is_empty()).collect();
    let is_shared =
        matches!(parts.as_slice(), [.., second, country] if country.len() == 2 && SHARED_ENDS.contains(second));
    let registered = parts.len().saturating_sub(if is_shared { 3 } else { 2 });
    Some(parts.get(registered..)?.join("."))
}

/// Whether one letter was left out, doubled, changed, or swapped with the next.
fn is_one_slip(typed: &str, known: &str) -> bool {
    let (typed, known): (Vec<char>, Vec<char>) = (typed.chars().collect(), known.chars().collect());
    let same = typed.iter().zip(&known).take_while(|(a, b)| a == b).count();
    let (rest, meant) = (&typed[same..], &known[same..]);
    let after = |letters: &[char], count: usize| letters.get(count..).map(<[char]>::to_vec);
    let left_out = meant.len() == rest.len() + 1 && after(meant, 1).as_deref() == Some(rest);
    let doubled = rest.len() == meant.len() + 1 && after(rest, 1).as_deref() == Some(meant);
    let changed = rest.len() == meant.len() && after(rest, 1) == after(meant, 1);
    let swapped = rest.len() == meant.len()
        && rest.len() >= 2
        && rest[0] == meant[1]
        && rest[1] == meant[0]
        && rest[2..] == meant[2..];
    left_out || doubled || changed || swapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_03_whoever_has_a_domain_is_one_and_a_provider_is_many() {
        let of = |email: &str| domain_of_few(email);
        for one in ["a@example.gr", "b@Mail.Example.GR", "c@a.b.c.example.gr."] {
            assert_eq!(of(one).as_deref(), Some("example.gr"), "{one}");
        }
        assert_eq!(of("a@x.example.com.gr").as_deref(), Some("example.com.gr"));
        assert_eq!(of("a@kep.gov.gr").as_deref(), Some("kep.gov.gr"));
        assert_eq!(of("a@mail.example.com").as_deref(), Some("example.com"));
        assert_eq!(of("a@localhost").as_deref(), Some("localhost"));
        for many in ["a@gmail.com", "a@Yahoo.gr", "a@sch.gr", "a@gmx.com"] {
            assert_eq!(of(many), None, "{many}");
        }
    }

    #[test]
    fn an_address_is_one_address() {
        assert!(is_address("maria@example.gr"));
        assert!(is_address("maria+kep@sub.example.gr"));
        for wrong in [
            "",
            "maria",
            "maria@",
            "@example.gr",
            "a b@example.gr",
            "maria@example",
            "a@b.gr, c@d.gr",
            "a@b.gr\nBcc: c@d.gr",
            "\"<script>\"@b.gr",
            "a@[127.0.0.1]",
            "a\u{202e}@b.gr",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
        assert!(!is_address(&format!("{}@example.gr", "a".repeat(10_000))));
    }

    #[test]
    fn fld_33_marks_without_width_that_were_copied_along_are_left_out() {
        for mark in [
            '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{202c}', '\u{2060}', '\u{feff}', '\u{a0}',
            '\t',
        ] {
            assert_eq!(
                address(&format!("{mark}maria@example.gr {mark}")).as_deref(),
                Ok("maria@example.gr"),
                "{mark:?}"
            );
        }
        assert_eq!(address("maria\u{200b}@exam\u{ad}ple.gr").as_deref(), Ok("maria@example.gr"));
        let turned = address("maria\u{202e}@example.gr");
        assert_eq!(turned, Err(AddressFlaw::NoAddress), "what turns the writing round is not guessed at");
    }

    #[test]
    fn fld_33_a_domain_is_kept_as_every_server_takes_it_and_shown_as_it_is_written() {
        for (typed, kept) in [
            ("maria@παράδειγμα.ελ", "maria@xn--hxajbheg2az3al.xn--qxam"),
            ("maria@ΠΑΡΆΔΕΙΓΜΑ.ελ", "maria@xn--hxajbheg2az3al.xn--qxam"),
            ("m@münchen.de", "m@xn--mnchen-3ya.de"),
            ("m@mu\u{308}nchen.de", "m@xn--mnchen-3ya.de"),
            ("m@例え.jp", "m@xn--r8jz45g.jp"),
            ("m@xn--mnchen-3ya.de", "m@xn--mnchen-3ya.de"),
        ] {
            assert_eq!(address(typed).as_deref(), Ok(kept), "{typed}");
            assert_eq!(address(&readable_address(kept)).as_deref(), Ok(kept), "{typed}");
        }
        assert_eq!(readable_address("m@xn--mnchen-3ya.de"), "m@münchen.de");
        assert_eq!(readable_address("m@xn--zzzzzzzz.de"), "m@xn--zzzzzzzz.de", "what is none stays as it is");
        assert_eq!(address_as_kept(" M@MÜNCHEN.de"), "m@xn--mnchen-3ya.de");
    }

    #[test]
    fn fld_33_what_cannot_be_sent_has_its_own_reason() {
        for typed in ["μαρία@example.gr", "jürgen@example.de", "用户@example.com", "μαρία@παράδειγμα.ελ"]
        {
            assert_eq!(address(typed), Err(AddressFlaw::Letters), "{typed}");
        }
        for none in ["", "μαρία", "μαρία@", "maria@παράδειγμα", "maria@-παράδειγμα.ελ", &"α".repeat(100_000)]
        {
            assert_eq!(address(none), Err(AddressFlaw::NoAddress), "{none}");
        }
    }

    #[test]
    fn fld_33_likely_slips_are_questioned() {
        for typed in ["gmial.com", "gmal.com", "gmaill.com", "gnail.com", "gmail.con", "GMIAL.com"] {
            assert_eq!(likely_meant(&format!("maria@{typed}")).as_deref(), Some("maria@gmail.com"), "{typed}");
        }
        assert_eq!(likely_meant("maria@yaho.gr").as_deref(), Some("maria@yahoo.gr"));
        for right in ["gmail.com", "example.gr", "kep.gov.gr", "mail.com", "gmx.com"] {
            assert_eq!(likely_meant(&format!("maria@{right}")), None, "{right}");
        }
    }
}
