//! The end of a booking: consent and a promise (OMB-11 to OMB-13).

use office::{AddressId, AgentId, Audience, Booking, BookingId, Command, Party, PersonId};
use people::{DetailForm, Particulars};
use secrets::{ServedLink, draw_id};
use serde::{Deserialize, Serialize};
use store::{Consent, Declaration};
use text::OfficeVoice;
use wire::ProblemCode;
use writer::{SERVED, Workbench};

use crate::{
    fault::Fault,
    find::BookingName,
    hold::is_not_anothers,
    kept::{json, kept_typed, person_with},
    link_limit::LinkLimit,
    notice::Notice,
    turn::{Turn, decide},
};

/// A kept time that its person makes final.
#[derive(Debug, Clone, Serialize)]
pub struct Confirmation {
    /// The kept time.
    pub booking: BookingId,
    /// For whom it is kept.
    pub address: AddressId,
    /// What they said, as it was found right.
    pub particulars: Particulars,
    /// The version of the privacy notice that they read and agreed to.
    pub notice: String,
    /// What an agent who books in their own name typed: the next form holds it already.
    pub profile: Option<DetailForm>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConfirmationOutcome {
    /// The booking stands.
    Booked(Box<Booking>),
    /// The privacy notice is another since it was read: nobody agrees to what they have not read, and nothing was kept.
    NoticeChanged,
}

/// Books. `words` are the office's, in the language of who books.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(
    turn: Turn<'_>,
    limit: LinkLimit,
    words: &OfficeVoice,
    confirmation: Confirmation,
) -> Result<ConfirmationOutcome, Fault> {
    let notice = turn.office.config(|config| Notice::of(config, words)).ok_or(ProblemCode::Unavailable)?;
    if notice.version != confirmation.notice {
        return Ok(ConfirmationOutcome::NoticeChanged);
    }
    let asked = confirmation.clone();
    let office = OfficeName { key: turn.office.key.to_string(), row: turn.office.row };
    let voice = words.plain();
    let work = move |bench: &mut Workbench<'_>| {
        let Confirmation { booking, address, particulars, notice: _, profile } = confirmation;
        let Particulars { mut details, needs, if_late } = particulars;
        is_not_anothers(bench.office(), booking, address)?;
        let kept = bench.stored(bench.store().notice(&notice.version))?;
        if !notice.may_be_kept_beside(kept.as_deref()) {
            tracing::error!(version = notice.version, "two texts of the privacy notice have one version");
            return Err(ProblemCode::InternalError.into());
        }
        let held = BookingName::Number(booking).find(bench.office())?.promise.clone();
        // An address that was forgotten since proves nothing any more.
        let email = bench.stored(bench.store().address(address))?.map(|address| address.email);
        if email.is_none() {
            // A code to the mobile has proven who it is; messages go there, unless another number was given.
            let code = bench.stored(bench.store().mobile_code(office.row, booking))?;
            let code = code.filter(|code| code.owner == address).ok_or(ProblemCode::NotSignedIn)?;
            details.phone = details.phone.or(Some(code.phone));
        }
        // The same address has the mails anyway.
        details.served_email = details.served_email.filter(|served| Some(served) != email.as_ref());
        let (person, language) = (PersonId(draw_id()), voice.0);
        bench.put_person(person_with(person, &details, email));
        bench.put_declared(Declaration {
            person,
            office: office.row,
            booking: booking.0,
            visit_at: held.start,
            details: json(&details),
            consent: Consent {
                version: notice.version.clone(),
                language: voice.tag().to_owned(),
                text: notice.text(),
                at: bench.now(),
            },
        });
        if let Some(served) = details.served_email {
            // Who is mailed without having asked is not flooded: past the limit the booking stands, and no mail goes there.
            let may = limit.take(bench, &served).is_ok();
            bench.put_served(person, served);
            if may {
                let link = ServedLink { office: office.key, booking, person, language };
                bench.post(SERVED, serde_json::to_string(&link).unwrap_or_default());
            }
        }
        let party = Party { person, address: Some(address), language, needs, if_late };
        decide(bench, &Command::Confirm { booking, party })?;
        if let Audience::Agent(agent) = held.audience {
            settle(bench, office.row, booking, (agent, profile))?;
        }
        let booked = BookingName::Number(booking).find(bench.office())?.clone();
        Ok(ConfirmationOutcome::Booked(Box::new(booked)))
    };
    turn.take("confirm", &asked, work).await
}

/// The office, as links and the store name it.
struct OfficeName {
    key: String,
    row: u32,
}

/// What is left to note of an agent's booking once it stands: its details for the next time, or that the citizen's are the
/// booking's now.
fn settle(
    bench: &mut Workbench<'_>,
    row: u32,
    booking: BookingId,
    (AgentId(agent), profile): (AgentId, Option<DetailForm>),
) -> Result<(), Fault> {
    let noted = match profile {
        Some(typed) => bench.store().put_agent_profile(agent, &kept_typed(&typed.as_profile())),
        None => bench.store().settle_entrusted(row, booking),
    };
    Ok(bench.stored(noted)?)
}
