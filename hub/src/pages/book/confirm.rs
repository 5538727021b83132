//! The end of a booking: consent and a promise, or neither and nothing kept (OMB-11 to OMB-13).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use office::{Command, Needs, Party, PersonId};
use serde::Deserialize;

use super::{
    details::{Details, booked},
    hold::{Found, find},
    proven::Proven,
    times::fault_of,
};
use crate::{
    actor::Actor,
    codes::draw_id,
    pages::{
        form::Sent,
        frame::{Frame, ok},
        problem,
    },
    store::Person,
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
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    consent: String,
}

/// Books, or lets go.
pub async fn post(
    proven: Proven,
    Path((key, booking)): Path<(String, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let hold = match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => *hold,
        // Pressed twice: the booking is made.
        Ok(Found::Booked) => return booked(&proven, &key, &booking, true),
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let writer = &visitor.state.writer;
    if fields.consent != "yes" {
        let command = Command::ReleaseHold { booking: hold.booking };
        return match writer.submit(&key, Actor::Citizen, None, command).await {
            Ok(_) => ok(&RefusedPage { f: visitor.frame().at("/") }),
            Err(refused) => {
                let fault = fault_of(&hold.handle.read(), &refused);
                problem::page_of_fault(&visitor, &fault)
            }
        };
    }
    let details = Details { name: fields.name, phone: fields.phone };
    let Ok(details) = details.checked(visitor.voice) else { return Redirect::to(&hold.action).into_response() };
    let person = Person {
        id: PersonId(draw_id()),
        name: Some(details.name),
        email: Some(proven.email().await),
        phone: Some(details.phone).filter(|phone| !phone.is_empty()),
    };
    let party = Party {
        person: person.id,
        address: Some(proven.address),
        language: visitor.voice.office_language(),
        needs: Needs::default(),
        if_late: None,
    };
    let id = hold.booking;
    let confirmed = writer.submit_with(&key, Actor::Citizen, None, move |bench| {
        bench.put_person(person);
        bench.decide(&Command::Confirm { booking: id, party })
    });
    match confirmed.await {
        Ok(_) => booked(&proven, &key, &booking, true),
        Err(refused) => {
            let fault = fault_of(&hold.handle.read(), &refused);
            problem::page_of_fault(&visitor, &fault)
        }
    }
}
