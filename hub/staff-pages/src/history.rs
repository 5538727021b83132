//! The history of a citizen's account, in words: what happened, when, and what was written with it.

use body::{AccountEvent, AccountStep, DeskHelp, WordsId};
use store::AccountWords;
use text::{Dates, Voice};

/// Every step, in order.
pub fn history(events: &[AccountEvent], words: &[AccountWords], dates: Dates) -> Vec<String> {
    let written = |step: &AccountStep| {
        let id = words_of(step)?;
        words.iter().find(|one| one.id == id).and_then(|one| one.text.clone())
    };
    let line = |event: &AccountEvent| {
        let said = said(&event.step, dates.voice);
        let more = written(&event.step).map(|text| format!(" ({text})")).unwrap_or_default();
        format!("{}: {said}{more}", dates.day_and_time(event.at))
    };
    events.iter().map(line).collect()
}

/// Where what was written with a step is kept.
const fn words_of(step: &AccountStep) -> Option<WordsId> {
    match step {
        AccountStep::CertificateRevoked { because } | AccountStep::AccountBlocked { because } => Some(*because),
        AccountStep::LookedFirst { paper, .. }
        | AccountStep::AccountCertified { paper, .. }
        | AccountStep::HelpedAtDesk { paper, .. } => Some(paper.last),
        AccountStep::AccountOpened { .. }
        | AccountStep::LevelWished
        | AccountStep::WishDropped
        | AccountStep::ProofsMissed { .. }
        | AccountStep::CertificateEnded { .. }
        | AccountStep::AccountUnblocked
        | AccountStep::AccountJoined { .. }
        | AccountStep::AccountClosed
        | AccountStep::AccountAnonymised { .. } => None,
    }
}

/// What happened.
fn said(step: &AccountStep, voice: Voice) -> String {
    voice.say(match step {
        AccountStep::AccountOpened { .. } => "standing-opened",
        AccountStep::LevelWished => "standing-wished",
        AccountStep::WishDropped => "standing-wish-dropped",
        AccountStep::LookedFirst { .. } => "standing-looked-first",
        AccountStep::AccountCertified { .. } => "standing-certified",
        AccountStep::ProofsMissed { .. } => "standing-missing",
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
