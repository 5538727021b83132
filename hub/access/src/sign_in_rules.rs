//! `[sign_in]`: of whom a second factor is demanded.

use serde::Deserialize;
use store::Account;

/// How staff sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInConfig {
    /// Of whom a second factor is demanded; everybody else may have one.
    pub second_factor: FactorDemand,
}

/// Of whom a second factor is demanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactorDemand {
    /// Of nobody.
    Optional,
    /// Of who runs offices.
    #[default]
    Administrators,
    /// Of all staff.
    Everybody,
}

/// How staff sign in to this hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRules {
    /// By password alone: nothing here is real.
    Rehearsal,
    /// As the house has set it.
    Real(SignInConfig),
}

impl SignInRules {
    /// Whether somebody with this account is asked for the second factor that they have.
    pub const fn asks(self, account: &Account) -> bool {
        match self {
            Self::Rehearsal => false,
            Self::Real(_) => account.has_factor(),
        }
    }

    /// Whether somebody with this account has to have a second factor.
    pub fn demands(self, account: &Account) -> bool {
        match self {
            Self::Rehearsal => false,
            Self::Real(config) => match config.second_factor {
                FactorDemand::Optional => false,
                FactorDemand::Administrators => account.is_admin(),
                FactorDemand::Everybody => account.is_staff(),
            },
        }
    }

    /// Whether a session that was begun by a password alone goes on.
    pub fn is_enough(self, account: &Account, two_steps: bool) -> bool {
        two_steps || !self.demands(account)
    }
}
