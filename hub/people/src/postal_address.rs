//! Where post reaches somebody, and how its postcode is read.

use serde::{Deserialize, Serialize};

/// Where post reaches somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Street and number.
    pub street: String,
    /// Five digits in Greece.
    pub postcode: String,
    /// The town to which the postcode belongs.
    pub town: String,
}

/// A postcode as it stands on letters: «721 00».
pub fn readable_postcode(kept: &str) -> String {
    match kept.split_at_checked(3) {
        Some((area, rest)) if kept.len() == 5 && kept.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{area} {rest}")
        }
        _ => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_shown_as_on_letters() {
        assert_eq!(readable_postcode("72100"), "721 00");
        assert_eq!((readable_postcode("SW1A"), readable_postcode("αβγδε")), ("SW1A".into(), "αβγδε".into()));
    }
}
