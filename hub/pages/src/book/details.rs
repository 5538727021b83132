//! Who comes (OMB-09). What is typed stays in memory until it is agreed to; nothing of it is on disk before (OMB-11).

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Asked, Channel, Command};

use super::{
    fields::{Field, Painter},
    hold::{Found, Hold, Shown, find},
    proven::Proven,
    times::fault_of,
    typed::{Faults, Form, Typed},
};
use crate::{
    agent::entrusted::entrust,
    form::Sent,
    frame::{Frame, page},
    problem,
};
use people::{Behalf, readable};
use secrets::{Holder, booking_link};
use store::{Actor, Agent};
use text::Voice;

#[derive(Template)]
#[template(path = "book/details.html")]
struct DetailsPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<Wrong>,
    held: Shown,
    action: String,
    behalf: Vec<BehalfChoice>,
    citizen: Vec<Field>,
    company: Vec<Field>,
    who: Vec<Field>,
    other: Vec<Field>,
    reached: Vec<Field>,
    postal: Vec<Field>,
    extra: Vec<Field>,
    needs: Vec<Need>,
    /// Something of the folded part was chosen: it is shown.
    opened: bool,
    /// What is to happen if they come late, where they come at all: whether it is the end of the day.
    if_late: Option<bool>,
    email: String,
}

struct Wrong {
    name: String,
    sentence: String,
}

struct BehalfChoice {
    value: &'static str,
    name: String,
    checked: bool,
}

struct Need {
    field: &'static str,
    name: String,
    checked: bool,
}

fn need(typed: &Typed, voice: Voice, field: &'static str) -> Need {
    Need { field, name: voice.say(&format!("{field}-label")), checked: typed.is_ticked(field) }
}

/// Asks for the details.
pub async fn get(proven: Proven, Path((key, booking)): Path<(String, String)>) -> Response {
    match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => {
            let typed = proven.visitor.state.drafts.get(&hold.draft);
            let typed = typed.or_else(|| proven.agent.as_ref().map(own_details)).unwrap_or_default();
            form(&proven, *hold, &typed, &Faults::new(), StatusCode::OK, None).await
        }
        Ok(Found::Lapsed(times, _)) => lapsed(&times),
        Ok(Found::Booked) => booked(&proven, &key, &booking, false),
        Err(fault) => problem::page_of_fault(&proven.visitor, &fault),
    }
}

/// What an agent need not type again: the details of the last booking in its own name, or those of its account.
fn own_details(agent: &Agent) -> Typed {
    let last = agent.profile.as_ref().and_then(|profile| serde_json::from_str(profile).ok());
    last.unwrap_or_else(|| {
        let field = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let mut fields = BTreeMap::from([field("behalf", "company"), field("company", &agent.name)]);
        fields.extend(agent.tax_number.as_ref().map(|tax| field("tax", tax)));
        fields.extend(agent.phone.as_ref().map(|phone| field("phone", &readable(phone))));
        Typed::new(fields)
    })
}

/// For whom one books: a citizen for themselves and others, an agent for itself or for a citizen.
fn behalf(proven: &Proven, typed: &Typed) -> Vec<BehalfChoice> {
    let voice = proven.visitor.voice;
    let choice = |value, id: &str, checked| BehalfChoice { value, name: voice.say(id), checked };
    if proven.agent.is_some() {
        let for_citizen = typed.is_for_citizen();
        return vec![choice("company", "behalf-agent", !for_citizen), choice("citizen", "behalf-citizen", for_citizen)];
    }
    let chosen = typed.behalf();
    vec![
        choice("oneself", "behalf-oneself", chosen == Behalf::Oneself),
        choice("other", "behalf-other", chosen == Behalf::Other),
        choice("company", "behalf-company", chosen == Behalf::Company),
    ]
}

/// To the times again; what was typed waits.
pub fn lapsed(times: &str) -> Response {
    Redirect::to(&format!("{times}&lapsed=1")).into_response()
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path((key, booking)): Path<(String, String)>) -> Redirect {
    Redirect::to(&format!("/book/{key}/hold/{booking}"))
}

async fn form(
    proven: &Proven,
    hold: Hold,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
    refusal: Option<String>,
) -> Response {
    let voice = proven.visitor.voice;
    let painter = Painter { typed, faults, voice: proven.visitor.state.texts.voice(hold.handle.row, voice) };
    let online = &hold.online;
    let is_called = hold.promise.channel == Channel::Telephone;
    let narrow = |field: Field| Field { narrow: true, ..field };
    let mut reached = Vec::new();
    if online.phone != Asked::No || is_called {
        let field = painter.field("phone", "phone", is_called || online.phone == Asked::Required);
        reached.push(narrow(Field { kind: "tel", autocomplete: "tel", ..field }));
    }
    let mut postal = Vec::new();
    if online.postal_address != Asked::No {
        let required = online.postal_address == Asked::Required;
        postal.push(Field { autocomplete: "street-address", ..painter.field("street", "street", required) });
        postal.push(narrow(Field { autocomplete: "postal-code", ..painter.field("postcode", "postcode", required) }));
        postal.push(Field { autocomplete: "address-level2", ..painter.field("town", "town", required) });
    }
    let mut extra: Vec<Field> = hold.service.fields.iter().map(|field| painter.extra(field)).collect();
    if online.identity != Asked::No {
        extra.push(narrow(painter.field("identity", "identity", false)));
    }
    let needs = ["need-sign-language", "need-other-language", "need-escort", "need-more-time"];
    let served_email = Field { kind: "email", ..painter.field("served-email", "served-email", false) };
    let citizen_email = || Field { kind: "email", ..painter.field("citizen-email", "citizen-email", true) };
    let citizen = proven.agent.iter().map(|_| citizen_email()).collect();
    let wrong = faults.iter().map(|(name, sentence)| Wrong { name: name.clone(), sentence: sentence.clone() });
    page(
        status,
        &DetailsPage {
            f: proven.visitor.frame().at(&hold.action),
            refusal,
            wrong: wrong.collect(),
            action: hold.action.clone(),
            behalf: behalf(proven, typed),
            citizen,
            company: vec![
                Field { autocomplete: "organization", ..painter.field("company", "company", true) },
                narrow(Field { kind: "digits", ..painter.field("tax", "tax", true) }),
            ],
            who: vec![painter.name()],
            other: vec![painter.field("applicant", "applicant", true), served_email],
            reached,
            postal,
            extra,
            opened: needs.iter().any(|need| typed.is_ticked(need)),
            needs: needs.map(|field| need(typed, voice, field)).into(),
            if_late: (hold.promise.channel == Channel::InPerson).then(|| typed.text("if-late") == "end-of-day"),
            held: hold.shown,
            email: proven.email().await,
        },
    )
}

/// The form, as it was typed.
pub type Fields = BTreeMap<String, String>;

/// Keeps what is right and goes on to the last check, or says what is wrong.
pub async fn post(
    proven: Proven,
    Path((key, booking)): Path<(String, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let typed = Typed::new(fields);
    let hold = match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => *hold,
        Ok(Found::Lapsed(times, draft)) => {
            visitor.state.drafts.keep(draft, typed);
            return lapsed(&times);
        }
        Ok(Found::Booked) => return booked(&proven, &key, &booking, false),
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let rules =
        Form { service: &hold.service, channel: hold.promise.channel, online: &hold.online, voice: visitor.voice };
    let mut checked = typed.checked(rules);
    visitor.state.drafts.keep(hold.draft.clone(), typed.clone());
    if proven.agent.is_some() && typed.is_for_citizen() {
        match (checked, citizen_email(&proven, &typed)) {
            (Ok(_), Ok(email)) => return leave_to_citizen(&proven, hold, &typed, email).await,
            (Ok(_), Err(fault)) => checked = Err(vec![fault]),
            (Err(faults), Ok(_)) => checked = Err(faults),
            (Err(faults), Err(fault)) => checked = Err(faults.into_iter().chain([fault]).collect()),
        }
    }
    match checked {
        Ok(_) => Redirect::to(&format!("{}/review", hold.action)).into_response(),
        Err(faults) => form(&proven, hold, &typed, &faults, StatusCode::UNPROCESSABLE_ENTITY, None).await,
    }
}

/// The citizen's own address, which is not the agent's.
fn citizen_email(proven: &Proven, typed: &Typed) -> Result<String, (String, String)> {
    let voice = proven.visitor.voice;
    let wrong = |id: &str| ("citizen-email".to_owned(), voice.say(id));
    let email = typed.citizen_email().ok_or_else(|| wrong("email-wrong"))?;
    let is_own = proven.agent.as_ref().is_some_and(|agent| agent.email == email);
    if is_own { Err(wrong("citizen-email-own")) } else { Ok(email) }
}

/// An agent's booking for a citizen is the citizen's to make final (TRN-07).
async fn leave_to_citizen(proven: &Proven, hold: Hold, typed: &Typed, email: String) -> Response {
    match entrust(proven, &hold, typed, email).await {
        Ok(()) => {
            proven.visitor.state.drafts.take(&hold.draft);
            Redirect::to(&format!("/agent?entrusted={}", hold.booking)).into_response()
        }
        Err(fault) => {
            let sentence = problem::sentence(&proven.visitor, &fault);
            let status = crate::problem::status_of(fault.code);
            form(proven, hold, typed, &Faults::new(), status, Some(sentence)).await
        }
    }
}

/// Keeps the time once more as long (WCAG 2.2.1), with what is typed so far.
pub async fn extend(
    proven: Proven,
    Path((key, booking)): Path<(String, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let is_review = fields.get("from").is_some_and(|from| from == "review");
    let typed = Typed::new(fields);
    let hold = match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => *hold,
        Ok(Found::Lapsed(times, draft)) => {
            if !is_review {
                visitor.state.drafts.keep(draft, typed);
            }
            return lapsed(&times);
        }
        Ok(Found::Booked) => return booked(&proven, &key, &booking, false),
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    if !is_review {
        visitor.state.drafts.keep(hold.draft.clone(), typed.clone());
    }
    let command = Command::ExtendHold { booking: hold.booking };
    match visitor.state.writer.submit(&key, Actor::Citizen, None, command).await {
        Ok(_) if is_review => Redirect::to(&format!("{}/review", hold.action)).into_response(),
        Ok(_) => Redirect::to(&hold.action).into_response(),
        Err(refused) => {
            let fault = fault_of(&hold.handle.read(), &refused);
            let sentence = problem::sentence(&visitor, &fault);
            let status = crate::problem::status_of(fault.code);
            form(&proven, hold, &typed, &Faults::new(), status, Some(sentence)).await
        }
    }
}

/// To the page of the booking that it became.
pub fn booked(proven: &Proven, key: &str, booking: &str, fresh: bool) -> Response {
    let Ok(id) = booking.parse() else { return problem::page_of(&proven.visitor, wire::ProblemCode::NotFound) };
    let link = booking_link(&proven.visitor.state.key, key, office::BookingId(id), Holder::Applicant);
    let link = if fresh { format!("{link}?new=1") } else { link };
    Redirect::to(&link).into_response()
}
