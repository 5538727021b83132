//! A citizen tells the code from the message to a clerk, who types it (TRN-07): the booking that an agent prepared is final, as
//! if the citizen had typed it, and agreed to what is done with their data.

use office::BookingLife;
use people::DetailRules;
use text::{OfficeVoice, both};
use wire::ProblemCode;

use crate::{
    confirm::{self, Confirmation, ConfirmationOutcome},
    enter_mobile_code::{self, MobileEntry, MobileVerdict},
    fault::Fault,
    link_limit::LinkLimit,
    notice::Notice,
    take_over::EntrustedDraft,
    turn::Turn,
};

/// Judges the code, and makes the booking final. `words` are the office's, in the language of the message.
///
/// # Errors
/// A sentence where the code is wrong, or what the agent typed is not enough any more; the rules' no, or that the hub cannot write.
pub async fn run(turn: Turn<'_>, limit: LinkLimit, words: &OfficeVoice, entry: MobileEntry) -> Result<(), Fault> {
    // The booking has the command's id; what is only judged has none.
    let judging = Turn { id: None, ..turn.clone() };
    let verdict = enter_mobile_code::run(judging, limit.clone(), entry).await?;
    let MobileVerdict::Right(booking, EntrustedDraft { address, typed }) = verdict else {
        return Err(said("told-code-wrong", "told-code"));
    };
    let typed = typed.unwrap_or_default();
    let voice = words.plain();
    let asked = {
        let office = turn.office.read();
        let config = office.config.as_ref().ok_or(ProblemCode::Unavailable)?;
        let held = office.bookings.get(&booking).filter(|held| matches!(held.life, BookingLife::Held { .. }));
        let promise = &held.ok_or(ProblemCode::BookingExpired)?.promise;
        let service = config.services.get(&promise.service).ok_or(ProblemCode::UnknownService)?;
        let rules = DetailRules { service, channel: promise.channel, online: &config.rules.online, voice };
        let notice = Notice::of(config, words).version;
        typed.checked(rules).map(|particulars| (particulars, notice))
    };
    // What the office asks has changed since the agent typed: the citizen alone can say it.
    let (particulars, notice) = asked.map_err(|_| said("told-details-wrong", "told-code"))?;
    let confirmation = Confirmation { booking, address, particulars, notice, profile: None };
    match confirm::run(turn, limit, words, confirmation).await? {
        ConfirmationOutcome::Booked(_) => Ok(()),
        ConfirmationOutcome::NoticeChanged => Err(ProblemCode::Unavailable.into()),
    }
}

/// A refusal with a sentence of its own, about a field.
fn said(sentence: &str, id: &str) -> Fault {
    Fault { words: Some(both(|voice| voice.say(sentence))), ..Fault::malformed(id.to_owned()) }
}
