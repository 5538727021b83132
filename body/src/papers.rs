//! What is shown at a desk, and what is certified by it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};
use thiserror::Error;

use crate::WordsId;

/// A paper that says who somebody is (PLA-03, PLA-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperKind {
    /// A Greek identity card.
    IdentityCard,
    /// A passport of any country.
    Passport,
}

impl PaperKind {
    /// Both kinds of paper that are taken.
    pub const ALL: [Self; 2] = [Self::IdentityCard, Self::Passport];

    /// Its name in what is kept and in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IdentityCard => "identity-card",
            Self::Passport => "passport",
        }
    }
}

/// What is no paper that says who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("neither an identity card nor a passport")]
pub struct NoPaperKind;

impl FromStr for PaperKind {
    type Err = NoPaperKind;

    fn from_str(text: &str) -> Result<Self, NoPaperKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(NoPaperKind)
    }
}

/// What is noted of a paper that was shown: its kind, and where its last three characters are kept. Never a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityPaper {
    /// Whether it was an identity card or a passport.
    pub kind: PaperKind,
    /// Its [`LastThree`], beside the journal: they are the person's, and go with them.
    pub last: WordsId,
}

/// What must be shown beside a [`PaperKind`] before somebody is certified (PET-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// It says which tax number somebody has.
    TaxNumber,
    /// It says which tax office somebody belongs to.
    TaxOffice,
    /// Of the postal address.
    Address,
}

impl Proof {
    /// Every proof that a body can ask for.
    pub const ALL: [Self; 3] = [Self::TaxNumber, Self::TaxOffice, Self::Address];
}

/// A field that must be filled before somebody is certified, and that is as certified from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertifiedField {
    /// First and last name.
    Name,
    /// The number by which the tax register knows somebody (ΑΦΜ).
    TaxNumber,
    /// Where somebody belongs for taxes (ΔΟΥ).
    TaxOffice,
    /// The postal address.
    Address,
}

impl CertifiedField {
    /// Every field that is certified.
    pub const ALL: [Self; 4] = [Self::Name, Self::TaxNumber, Self::TaxOffice, Self::Address];
}

/// The last three characters of a paper's number: enough to tell two papers apart, and too little to be anybody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct LastThree(String);

/// What are no last three characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("write the last three letters or digits of the paper's number")]
pub struct NoLastThree;

impl LastThree {
    /// As they are kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LastThree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for LastThree {
    type Err = NoLastThree;

    /// Letters may be Greek or Latin, small or capital: those that look alike are one.
    fn from_str(text: &str) -> Result<Self, NoLastThree> {
        let kept: Vec<char> = text.trim().chars().map(latin).collect();
        let is_whole =
            kept.len() == 3 && kept.iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || is_greek(*c));
        is_whole.then(|| Self(kept.into_iter().collect())).ok_or(NoLastThree)
    }
}

impl<'de> Deserialize<'de> for LastThree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A capital; a Greek one that looks like a Latin one as that.
fn latin(c: char) -> char {
    const TWINS: [(char, char); 14] = [
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Ζ', 'Z'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Υ', 'Y'),
        ('Χ', 'X'),
    ];
    let mut capitals = c.to_uppercase();
    let capital = match (capitals.next(), capitals.next()) {
        (Some(one), None) => one,
        _ => c,
    };
    TWINS.iter().find(|(greek, _)| *greek == capital).map_or(capital, |(_, latin)| *latin)
}

/// A Greek capital without a Latin twin.
fn is_greek(c: char) -> bool {
    matches!(c, 'Γ' | 'Δ' | 'Θ' | 'Λ' | 'Ξ' | 'Π' | 'Σ' | 'Φ' | 'Ψ' | 'Ω')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pla_04_the_last_three_characters_are_three_and_alike_letters_are_one() {
        let three = |text: &str| text.parse::<LastThree>().map(|three| three.0);
        assert_eq!(three("456"), Ok("456".into()));
        assert_eq!(three(" αβ1 "), Ok("AB1".into()));
        assert_eq!(three("ΑΒ1"), three("ab1"));
        assert_eq!(three("Σ12"), Ok("Σ12".into()));
        for wrong in ["", "12", "1234", "1 2", "12-", "ß12", "日12", "\u{0}12", "١٢٣"] {
            assert_eq!(three(wrong), Err(NoLastThree), "{wrong:?}");
        }
        assert!(serde_json::from_str::<LastThree>("\"1234\"").is_err());
    }
}
