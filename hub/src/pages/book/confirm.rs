//! The end of a booking: consent and a promise, or neither and nothing kept (OMB-11 to OMB-13).

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use office::{AddressId, Audience, Command, Party, PersonId};
use serde::Deserialize;
use wire::ProblemCode;

use super::{
    details::{booked, lapsed},
    guard::may_ask,
    hold::{Found, Hold, find},
    proven::{Proven, no_proof_cookie},
    review::right,
    times::fault_of,
    typed::{Right, Typed},
};
use crate::{
    actor::Actor,
    codes::draw_id,
    mail::SERVED,
    pages::{
        form::Sent,
        frame::{Frame, ok},
        links::ServedLink,
        notice::Notice,
        problem,
    },
    state::AppState,
    store::{Consent, Declared, Person},
};

#[derive(Template)]
#[template(path = "book/refused.html")]
struct RefusedPage {
    f: Frame,
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    consent: String,
    /// Of the text that was read.
    #[serde(default)]
    version: String,
}

/// Books, or lets go.
pub async fn post(
    proven: Proven,
    Path((key, booking)): Path<(String, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let hold = match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => *hold,
        Ok(Found::Lapsed(times, _)) if fields.consent == "yes" => return lapsed(&times),
        Ok(Found::Lapsed(_, draft)) => {
            visitor.state.drafts.take(&draft);
            return refused(&proven).await;
        }
        // Pressed twice: the booking is made.
        Ok(Found::Booked) => return booked(&proven, &key, &booking, true),
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    if fields.consent != "yes" {
        visitor.state.drafts.take(&hold.draft);
        let (row, booking) = (hold.handle.row, hold.booking);
        let released = visitor.state.writer.submit_with(&key, Actor::Citizen, None, move |bench| {
            // What an agent typed for them goes too.
            bench.drop_entrusted(row, booking);
            bench.decide(&Command::ReleaseHold { booking })
        });
        return match released.await {
            Ok(_) => refused(&proven).await,
            Err(no) => problem::page_of_fault(&visitor, &fault_of(&hold.handle.read(), &no)),
        };
    }
    let Some(right) = right(&proven, &hold) else { return Redirect::to(&hold.action).into_response() };
    let words = visitor.state.texts.voice(hold.handle.row, visitor.voice);
    let Some(notice) = hold.handle.config(|config| Notice::of(config, &words)) else {
        return problem::page_of(&visitor, ProblemCode::Unavailable);
    };
    if notice.version != fields.version {
        // The text is another since: nobody agrees to what they have not read.
        return Redirect::to(&format!("{}/review?changed=1", hold.action)).into_response();
    }
    let confirmed = confirm(&proven, &hold, right, notice).await;
    match confirmed {
        Ok(()) => {
            let typed = visitor.state.drafts.take(&hold.draft);
            settle(&proven, &hold, typed.as_ref()).await;
            booked(&proven, &key, &booking, true)
        }
        Err(fault) => problem::page_of_fault(&visitor, &fault),
    }
}

/// What is left to note of an agent's booking once it stands: its details for the next time, or that the citizen's are the
/// booking's now. Nothing hangs on it: what cannot be noted is typed again, and erased by its age.
async fn settle(proven: &Proven, hold: &Hold, typed: Option<&Typed>) {
    if !matches!(hold.promise.audience, Audience::Agent(_)) {
        return;
    }
    let profile = typed.and_then(|typed| serde_json::to_string(&typed.as_profile()).ok());
    let own = proven.agent.as_ref().map(|agent| agent.id).zip(profile);
    let (row, booking) = (hold.handle.row, hold.booking);
    let noted = proven.visitor.state.writer.change(move |store| match &own {
        Some((agent, profile)) => store.put_agent_profile(*agent, profile),
        None => store.settle_entrusted(row, booking),
    });
    if let Err(error) = noted.await {
        tracing::error!(%error, "an agent's booking is not noted as settled");
    }
}

async fn confirm(proven: &Proven, hold: &Hold, right: Right, notice: Notice) -> Result<(), crate::api::Fault> {
    let Right { mut details, needs, if_late } = right;
    let state = &proven.visitor.state;
    let voice = proven.visitor.voice;
    let email = proven.email().await;
    // The same address has the mails anyway.
    details.served_email = details.served_email.filter(|served| *served != email);
    let served = details.served_email.clone();
    let person = Person {
        id: PersonId(draw_id()),
        name: Some(details.name.clone()),
        email: Some(email),
        phone: details.phone.clone(),
    };
    let declared = Declared {
        person: person.id,
        office: hold.handle.row,
        booking: hold.booking.0,
        visit_at: hold.promise.start,
        details: serde_json::to_string(&details).unwrap_or_default(),
        consent: Consent {
            version: notice.version.clone(),
            language: voice.tag().to_owned(),
            text: notice.text(),
            at: state.clock.now(),
        },
    };
    let party = Party { person: person.id, address: Some(proven.address), language: voice.0, needs, if_late };
    let id = hold.booking;
    let link = ServedLink { office: hold.handle.key.to_string(), booking: id, person: person.id, language: voice.0 };
    let about = serde_json::to_string(&link).unwrap_or_default();
    let (key, limits, from) = (state.key.clone(), state.config.limits, proven.visitor.from);
    let confirmed = state.writer.submit_with(&hold.handle.key, Actor::Citizen, None, move |bench| {
        bench.put_person(person);
        bench.put_declared(declared);
        if let Some(served) = served {
            // Who is mailed without having asked is not flooded: past the limit the booking stands, and no mail goes there.
            let now = bench.now();
            let may = may_ask(bench.store(), &key, &limits, (&served, from), now).unwrap_or(false);
            bench.put_served(link.person, served);
            if may {
                bench.post(SERVED, about);
            }
        }
        bench.decide(&Command::Confirm { booking: id, party })
    });
    confirmed.await.map(drop).map_err(|refused| fault_of(&hold.handle.read(), &refused))
}

/// Nothing is kept of somebody who does not agree: not the address either, unless another booking stands on it.
async fn refused(proven: &Proven) -> Response {
    let state = &proven.visitor.state;
    if !has_bookings(state, proven.address) {
        let address = proven.address;
        let forgotten = state.writer.change(move |store| store.forget_address(address)).await;
        if let Err(error) = forgotten {
            return problem::page_of_fault(&proven.visitor, &error.into());
        }
    }
    let page = ok(&RefusedPage { f: proven.visitor.frame().at("/") });
    ([(header::SET_COOKIE, no_proof_cookie())], page).into_response()
}

/// Whether an address has a booking or a kept time in any office.
fn has_bookings(state: &AppState, address: AddressId) -> bool {
    state.offices.iter().any(|office| {
        let office = office.read();
        office.bookings_by_address.get(&address).is_some_and(|bookings| !bookings.is_empty())
    })
}
