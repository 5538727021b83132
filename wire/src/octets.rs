//! Bytes that hub and devices hand each other: keys, numbers, signatures, certificates; as hexadecimal digits.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A certificate, or a chain of reasons to refuse one, is no longer than this.
const CERTIFICATE_BYTES_MAX: usize = 8 * 1024;

/// Exactly so many bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Octets<const N: usize>(pub [u8; N]);

/// What was written are not so many bytes in hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoOctets;

impl fmt::Display for NoOctets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not so many bytes in hexadecimal digits")
    }
}

/// Writes them.
pub(crate) fn write_digits(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// Reads them, if they are at most so many.
pub(crate) fn read_digits(digits: &str, most: usize) -> Result<Vec<u8>, NoOctets> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).ok_or(NoOctets);
    if !digits.len().is_multiple_of(2) || digits.len() > 2 * most {
        return Err(NoOctets);
    }
    digits.as_bytes().chunks_exact(2).map(|two| Ok(digit(two[0])? << 4 | digit(two[1])?)).collect()
}

impl<const N: usize> fmt::Display for Octets<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits(&self.0, f)
    }
}

impl<const N: usize> fmt::Debug for Octets<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits(&self.0, f)
    }
}

impl<const N: usize> FromStr for Octets<N> {
    type Err = NoOctets;

    fn from_str(digits: &str) -> Result<Self, NoOctets> {
        read_digits(digits, N)?.try_into().map(Self).map_err(|_| NoOctets)
    }
}

impl<const N: usize> Serialize for Octets<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Octets<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A certificate (DER).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateBytes(Vec<u8>);

impl CertificateBytes {
    /// These bytes; nothing where they are none, or more than any certificate has.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (1..=CERTIFICATE_BYTES_MAX).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for CertificateBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_digits(&self.0, f)
    }
}

impl Serialize for CertificateBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CertificateBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let bytes = read_digits(&digits, CERTIFICATE_BYTES_MAX).map_err(de::Error::custom)?;
        Self::new(bytes).ok_or_else(|| de::Error::custom(NoOctets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_strictly() {
        assert_eq!("00ff".parse(), Ok(Octets([0, 255])));
        assert_eq!("00FF".parse(), Ok(Octets([0, 255])));
        for wrong in ["", "00", "00f", "00ff00", "00 f", "+0ff", "00fg", "éé"] {
            assert_eq!(wrong.parse::<Octets<2>>(), Err(NoOctets), "{wrong}");
        }
        assert!(serde_json::from_str::<CertificateBytes>("\"\"").is_err());
        assert!(serde_json::from_str::<CertificateBytes>(&format!("\"{}\"", "00".repeat(9_000))).is_err());
    }
}
