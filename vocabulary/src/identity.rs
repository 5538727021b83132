//! How much is known of who somebody is, and who vouches for it: two things, of which a service may ask for either or both.

use serde::{Deserialize, Serialize};

/// How much must be known of who somebody is (PLA-01). The higher holds the lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Somebody without an account.
    #[default]
    None,
    /// Registered alone, with an address that was proven (PLA-02).
    A,
    /// Certified at a desk, by showing an identity card or a passport (PLA-04).
    B,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Self; 3] = [Self::None, Self::A, Self::B];

    /// Its name in files and in what is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::A => "a",
            Self::B => "b",
        }
    }
}

/// Who vouches in this session for who somebody is (OMB-19). A wallet comes beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// Nobody but the hub, by a password.
    #[default]
    None,
    /// The state's tax service, through which they signed in.
    Taxisnet,
}

impl Assurance {
    /// Every assurance.
    pub const ALL: [Self; 2] = [Self::None, Self::Taxisnet];

    /// Its name in files and in what is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Taxisnet => "taxisnet",
        }
    }

    /// Whether nobody has to vouch; a file and an old journal have no word about it.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether this is enough where `wanted` is asked for.
    #[must_use]
    pub const fn satisfies(self, wanted: Self) -> bool {
        match wanted {
            Self::None => true,
            Self::Taxisnet => matches!(self, Self::Taxisnet),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pla_01_a_level_is_written_as_in_the_files_of_offices() {
        for level in Level::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.name());
        }
        for assurance in Assurance::ALL {
            assert_eq!(serde_json::to_value(assurance).unwrap(), assurance.name());
        }
        assert!(Level::None < Level::A && Level::A < Level::B);
    }

    #[test]
    fn omb_19_an_assurance_is_enough_for_itself_and_for_none() {
        assert!(Assurance::None.satisfies(Assurance::None) && Assurance::Taxisnet.satisfies(Assurance::None));
        assert!(Assurance::Taxisnet.satisfies(Assurance::Taxisnet) && !Assurance::None.satisfies(Assurance::Taxisnet));
    }
}
