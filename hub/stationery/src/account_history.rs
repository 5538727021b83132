//! The history of a citizen's account, in words, for staff and for its owner: what happened, when, and what was written with it.

use body::{AccountEvent, AccountStep, DeskHelp};
use store::AccountWords;
use text::{Dates, Voice};

use crate::next_step::proof_name;

/// Every step, in order.
#[must_use]
pub fn history(events: &[AccountEvent], words: &[AccountWords], dates: Dates) -> Vec<String> {
    let written = |step: &AccountStep| {
        let id = step.words()?;
        words.iter().find(|one| one.id == id).and_then(|one| one.text.clone())
    };
    let line = |event: &AccountEvent| {
        let said = said(&event.step, dates.voice);
        let more = written(&event.step).map(|text| format!(" ({text})")).unwrap_or_default();
        format!("{}: {said}{more}", dates.day_and_time(event.at))
    };
    events.iter().map(line).collect()
}

/// Whether a step says where an account stands on the way to level B; the newest that does is the one that counts.
#[must_use]
pub const fn is_of_level(step: &AccountStep) -> bool {
    match step {
        AccountStep::LookedFirst { .. }
        | AccountStep::AccountCertified { .. }
        | AccountStep::ProofsMissed { .. }
        | AccountStep::CertificateRevoked { .. }
        | AccountStep::CertificateEnded { .. } => true,
        AccountStep::AccountOpened { .. }
        | AccountStep::LevelWished
        | AccountStep::WishDropped
        | AccountStep::AccountBlocked { .. }
        | AccountStep::AccountUnblocked
        | AccountStep::HelpedAtDesk { .. }
        | AccountStep::AccountJoined { .. }
        | AccountStep::AccountClosed
        | AccountStep::AccountAnonymised { .. } => false,
    }
}

/// What happened.
#[must_use]
pub fn said(step: &AccountStep, voice: Voice) -> String {
    voice.say(match step {
        AccountStep::AccountOpened { .. } => "standing-opened",
        AccountStep::LevelWished => "standing-wished",
        AccountStep::WishDropped => "standing-wish-dropped",
        AccountStep::LookedFirst { .. } => "standing-looked-first",
        AccountStep::AccountCertified { .. } => "standing-certified",
        AccountStep::ProofsMissed { no_paper, proofs, .. } => {
            let paper = no_paper.then_some("proof-paper");
            let missing: Vec<String> = paper
                .into_iter()
                .chain(proofs.iter().map(|proof| proof_name(*proof)))
                .map(|id| voice.say(id))
                .collect();
            return voice.text("standing-missing", "what", &missing.join(", "));
        }
        AccountStep::CertificateRevoked { .. } => "standing-revoked",
        AccountStep::CertificateEnded { .. } => "standing-ended",
        AccountStep::AccountBlocked { .. } => "standing-blocked",
        AccountStep::AccountUnblocked => "standing-unblocked",
        AccountStep::HelpedAtDesk { help: DeskHelp::NewAddress, .. } => "standing-new-address",
        AccountStep::HelpedAtDesk { help: DeskHelp::LostFactor, .. } => "standing-lost-factor",
        AccountStep::AccountJoined { .. } => "standing-joined",
        AccountStep::AccountClosed => "standing-closed",
        AccountStep::AccountAnonymised { .. } => "standing-anonymised",
    })
}
