//! The link to the person for whom somebody else booked (OMB-14): opening it changes nothing; a button has the mails of the
//! booking sent there too, another has the address forgotten.

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{BookingLife, Mail, MailKind};
use serde::Deserialize;

use crate::{
    form::Sent,
    frame::{Frame, ok, page},
    problem,
    visitor::Visitor,
};
use secrets::{Holder, ServedLink, booking_link, read_served};
use store::{Posted, Served};
use text::Dates;
use writer::About;

#[derive(Template)]
#[template(path = "booking/served.html")]
struct ServedPage {
    f: Frame,
    office: String,
    when: String,
    action: String,
}

#[derive(Template)]
#[template(path = "booking/served_over.html")]
struct OverPage {
    f: Frame,
    title: String,
    sentence: String,
}

/// A booking that stands, whose person served has not said anything yet.
struct Asked {
    link: ServedLink,
    row: u32,
    mail: Mail,
    office: String,
    when: String,
}

/// What the link leads to, or the page that says that it leads nowhere any more.
async fn asked(visitor: &Visitor, text: &str) -> Result<Asked, Response> {
    let over = || over(visitor, StatusCode::GONE, "served-over-title", "served-over");
    let link = read_served(&visitor.state.key, text).ok_or_else(over)?;
    let handle = visitor.state.office(&link.office).ok_or_else(over)?;
    let (office, when, language) = {
        let office = handle.read();
        let config = office.config.as_ref().ok_or_else(over)?;
        let booking = office.bookings.get(&link.booking).ok_or_else(over)?;
        let BookingLife::Confirmed { party } = &booking.life else { return Err(over()) };
        if party.person != link.person {
            return Err(over());
        }
        let dates = Dates { voice: visitor.voice, zone: config.zone };
        (visitor.voice.of_text(&config.name), dates.day_and_time(booking.promise.start), party.language)
    };
    let person = link.person;
    match visitor.state.readers.read(move |store| store.served(person)).await {
        Ok(Some(Served { proven: false, .. })) => {
            let mail = Mail { kind: MailKind::Confirmation, booking: link.booking, person, language, later: None };
            Ok(Asked { row: handle.row, link, mail, office, when })
        }
        Ok(Some(_) | None) => Err(over()),
        Err(_) => Err(problem::page_of(visitor, wire::ProblemCode::Unavailable)),
    }
}

fn over(visitor: &Visitor, status: StatusCode, title: &str, sentence: &str) -> Response {
    let f = visitor.frame().at("/");
    page(status, &OverPage { f, title: visitor.voice.say(title), sentence: visitor.voice.say(sentence) })
}

/// Shows the two buttons.
pub async fn get(visitor: Visitor, Path(text): Path<String>) -> Response {
    match asked(&visitor, &text).await {
        Ok(Asked { office, when, .. }) => {
            ok(&ServedPage { f: visitor.frame(), office, when, action: format!("/served/{text}") })
        }
        Err(fault) => fault.into_response(),
    }
}

/// Which button.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    answer: String,
}

/// Proves the address, or forgets it.
pub async fn post(Path(text): Path<String>, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let Asked { link, row, mail, .. } = match asked(&visitor, &text).await {
        Ok(asked) => asked,
        Err(fault) => return fault.into_response(),
    };
    let (state, person) = (&visitor.state, link.person);
    if fields.answer != "yes" {
        return match state.writer.change(move |store| store.forget_served(person)).await {
            Ok(_) => over(&visitor, StatusCode::OK, "served-forgotten-title", "served-forgotten"),
            Err(error) => problem::page_of_fault(&visitor, &error.into()),
        };
    }
    let Ok(about) = serde_json::to_string(&About { served: true, mail }) else {
        return problem::page_of(&visitor, wire::ProblemCode::Unavailable);
    };
    let now = state.clock.now();
    let proven = state.writer.change(move |store| {
        let proven = store.prove_served(person, now)?;
        if proven {
            // The booking as it stands goes there now, and what is still to come, e.g. reminders, at its time.
            store.post(row, &Posted { seq: None, kind: "confirmation".to_owned(), about: about.clone() }, now, now)?;
            store.copy_waiting_mails(person, now)?;
        }
        Ok(proven)
    });
    match proven.await {
        Ok(true) => {
            state.mail.notify_one();
            let own = booking_link(&state.key, &link.office, link.booking, Holder::Served);
            Redirect::to(&format!("{own}?served=1")).into_response()
        }
        Ok(false) => over(&visitor, StatusCode::GONE, "served-over-title", "served-over"),
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
