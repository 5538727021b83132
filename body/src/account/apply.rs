//! What each event changes in an account's standing.

use super::{AccountEvent, AccountLife, AccountStanding, AccountStep, Certificate, FirstLook};

/// Makes it so.
pub fn apply(standing: &mut AccountStanding, event: &AccountEvent) {
    standing.last_at = Some(event.at);
    match &event.step {
        AccountStep::AccountOpened { .. } | AccountStep::AccountUnblocked => standing.life = AccountLife::Open,
        AccountStep::LevelWished => standing.wished_at = Some(event.at),
        AccountStep::WishDropped => standing.wished_at = None,
        AccountStep::LookedFirst { cause, .. } => {
            if let Some(by) = event.by.account() {
                standing.first_look = Some(FirstLook { at: event.at, by });
                standing.keep_cause(*cause, by, true);
            }
        }
        AccountStep::AccountCertified { cause, paper, .. } => {
            if let Some(by) = event.by.account() {
                standing.certificate = Some(Certificate { at: event.at, by, paper: paper.kind });
                standing.first_look = None;
                standing.keep_cause(*cause, by, true);
            }
        }
        AccountStep::ProofsMissed { cause, .. } => {
            if let Some(by) = event.by.account() {
                standing.keep_cause(*cause, by, false);
            }
        }
        AccountStep::CertificateRevoked { .. } => {
            (standing.certificate, standing.first_look, standing.wished_at) = (None, None, None);
        }
        AccountStep::CertificateEnded { filled, .. } => {
            (standing.certificate, standing.first_look) = (None, None);
            standing.wished_at = standing.wished_at.filter(|_| *filled);
        }
        AccountStep::AccountBlocked { .. } => standing.life = AccountLife::Blocked,
        // What they were helped with stands elsewhere.
        AccountStep::HelpedAtDesk { .. } => {}
        AccountStep::AccountJoined { certificate, .. } => {
            if certificate.is_some() {
                (standing.certificate, standing.first_look) = (*certificate, None);
            }
        }
        AccountStep::AccountClosed => standing.life = AccountLife::Closed,
        AccountStep::AccountAnonymised { .. } => {
            standing.life = AccountLife::Anonymised;
            (standing.certificate, standing.first_look, standing.wished_at) = (None, None, None);
        }
    }
}
