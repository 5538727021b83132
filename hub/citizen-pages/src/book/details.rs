//! Who comes (OMB-09). What is typed stays in memory until it is agreed to; nothing of it is on disk before (OMB-11).

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault, Turn, booking_key,
    entrust::{self, CitizenReach},
    extend_hold::{self, HoldExtension},
    last_typed, own_profile,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{BookingId, Channel};
use people::{Behalf, Detail, DetailFaults, DetailForm, DetailGroup, NEEDS, phone_flaw, phone_number};
use secrets::{Holder, booking_link};
use stationery::{
    extract::PagePath,
    fields::{Field, Painter},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, status_of},
};
use store::{Actor, Agent};
use wire::ProblemCode;

use super::{
    hold::{Hold, HoldBox, HoldCase, find},
    proven::ProvenVisitor,
};
use crate::agent::entrusted;

#[derive(Template)]
#[template(path = "book/details.html")]
struct DetailsPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<(String, String)>,
    held: HoldBox,
    action: String,
    behalf: Vec<BehalfChoice>,
    citizen: Vec<Field>,
    /// What is said above them.
    citizen_confirms: &'static str,
    company: Vec<Field>,
    who: Vec<Field>,
    other: Vec<Field>,
    reached: Vec<Field>,
    postal: Vec<Field>,
    extra: Vec<Field>,
    needs: Vec<NeedBox>,
    /// Something of the folded part was chosen: it is shown.
    opened: bool,
    /// What is to happen if they come late, where they come at all: whether it is the end of the day.
    if_late: Option<bool>,
    /// Where the confirmation goes.
    reached_at: String,
}

struct BehalfChoice {
    value: &'static str,
    name: String,
    checked: bool,
}

struct NeedBox {
    field: &'static str,
    name: String,
    checked: bool,
}

/// Asks for the details.
pub async fn get(
    proven: ProvenVisitor,
    PagePath((key, booking)): PagePath<(String, String)>,
) -> Result<Response, Fault> {
    match find(&proven, &key, &booking)? {
        HoldCase::Held(hold) => {
            let typed = proven.visitor.state.drafts.get(&hold.draft);
            let typed = match typed.or_else(|| proven.agent.as_ref().map(own_details)) {
                Some(typed) => typed,
                None => of_member(&proven).await?,
            };
            Ok(form(&proven, *hold, &typed, &DetailFaults::new(), None).await)
        }
        HoldCase::Lapsed(times, _) => Ok(lapsed(&times)),
        HoldCase::Booked => booked(&proven, &key, &booking, false).await,
    }
}

/// What an agent need not type again: the details of the last booking in its own name, or those of its account.
fn own_details(agent: &Agent) -> DetailForm {
    last_typed(agent).unwrap_or_else(|| {
        let known = [
            (Detail::Company, Some(&agent.name)),
            (Detail::TaxNumber, agent.tax_number.as_ref()),
            (Detail::Phone, agent.phone.as_ref()),
        ];
        let form = DetailForm::default().with("behalf", Behalf::Company.name().to_owned());
        let known = known.into_iter().filter_map(|(detail, kept)| Some((detail.row(), kept?)));
        known.fold(form, |form, (row, kept)| form.with(row.input, row.kind.readable(kept)))
    })
}

/// What a citizen with an account need not type again.
async fn of_member(proven: &ProvenVisitor) -> Result<DetailForm, Fault> {
    let visitor = &proven.visitor;
    let Some(session) = &visitor.member else { return Ok(DetailForm::default()) };
    let profile = own_profile::read(&visitor.state.readers, session).await?;
    Ok(DetailForm::of(&profile.as_details()))
}

/// For whom one books: a citizen for themselves and others, an agent for itself or for a citizen.
fn behalf(proven: &ProvenVisitor, typed: &DetailForm) -> Vec<BehalfChoice> {
    let voice = proven.visitor.voice;
    let choice = |value, id: &str, checked| BehalfChoice { value, name: voice.say(id), checked };
    if proven.agent.is_some() {
        let for_citizen = typed.is_for_citizen();
        return vec![choice("company", "behalf-agent", !for_citizen), choice("citizen", "behalf-citizen", for_citizen)];
    }
    let chosen = typed.behalf();
    let all =
        [(Behalf::Oneself, "behalf-oneself"), (Behalf::Other, "behalf-other"), (Behalf::Company, "behalf-company")];
    all.into_iter().map(|(one, id)| choice(one.name(), id, one == chosen)).collect()
}

/// To the times again; what was typed waits.
pub fn lapsed(times: &str) -> Response {
    Redirect::to(&format!("{times}&lapsed=1")).into_response()
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, booking)): PagePath<(String, String)>) -> Redirect {
    match booking.parse::<u64>().map(BookingId) {
        Ok(booking) => Redirect::to(&Page::Hold { office: &key, booking }.to_string()),
        Err(_) => Redirect::to(&Page::Book.to_string()),
    }
}

async fn form(
    proven: &ProvenVisitor,
    hold: Hold,
    typed: &DetailForm,
    faults: &DetailFaults,
    fault: Option<&Fault>,
) -> Response {
    let voice = proven.visitor.voice;
    let painter = Painter { typed, faults, voice: proven.visitor.state.texts.voice(hold.handle.row, voice) };
    let group = |group| painter.group(group, hold.promise.channel, &hold.online);
    let mut extra: Vec<Field> = hold.service.fields.iter().map(|field| painter.extra(field)).collect();
    extra.extend(group(DetailGroup::Identity));
    let citizen = proven.agent.iter().flat_map(|_| citizen_fields(proven, &painter)).collect();
    let needs =
        NEEDS.map(|need| NeedBox { field: need.input, name: need.said(voice), checked: typed.is_ticked(need.input) });
    let status = match fault {
        Some(fault) => status_of(fault.code),
        None if faults.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = DetailsPage {
        f: proven.visitor.frame().at(hold.href()),
        refusal: fault.map(|fault| problem::sentence(&proven.visitor, fault)),
        wrong: faults.clone(),
        action: hold.href(),
        behalf: behalf(proven, typed),
        citizen,
        citizen_confirms: if proven.visitor.state.sms.is_some() {
            "citizen-confirms-mobile"
        } else {
            "citizen-confirms"
        },
        company: group(DetailGroup::Company),
        who: group(DetailGroup::Who),
        other: group(DetailGroup::Other),
        reached: group(DetailGroup::Reached),
        postal: group(DetailGroup::Postal),
        extra,
        opened: needs.iter().any(|need| need.checked),
        needs: needs.into(),
        if_late: (hold.promise.channel == Channel::InPerson).then(|| typed.text("if-late") == "end-of-day"),
        held: hold.shown,
        reached_at: proven.reach().await.said(voice, "details-email", "details-mobile"),
    };
    page(status, &shown)
}

/// Where a citizen is reached for whom an agent books: by mail, or by a code to a mobile where the hub has a way to one.
fn citizen_fields(proven: &ProvenVisitor, painter: &Painter<'_>) -> Vec<Field> {
    let has_sms = proven.visitor.state.sms.is_some();
    let (id, label) = ("citizen-email", if has_sms { "citizen-email-or-mobile" } else { "citizen-email" });
    let email = Field { kind: "email", ..painter.field(id, label, !has_sms) };
    let mobile = || Field { kind: "tel", ..painter.field("citizen-mobile", "citizen-mobile", false) };
    [Some(email), has_sms.then(mobile)].into_iter().flatten().collect()
}

/// Keeps what is right and goes on to the last check, or says what is wrong.
pub async fn post(
    proven: ProvenVisitor,
    PagePath((key, booking)): PagePath<(String, String)>,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let typed = DetailForm::new(fields);
    let found = match find(&proven, &key, &booking) {
        Ok(found) => found,
        Err(fault) => return left_before(&proven, &key, &booking).await?.ok_or(fault),
    };
    let hold = match found {
        HoldCase::Held(hold) => *hold,
        HoldCase::Lapsed(times, draft) => {
            visitor.state.drafts.keep(draft, typed);
            return Ok(lapsed(&times));
        }
        HoldCase::Booked => return booked(&proven, &key, &booking, false).await,
    };
    let is_for_citizen = proven.agent.is_some() && typed.is_for_citizen();
    // A mobile to which the code goes is the citizen's telephone, where no other was given.
    let typed = match typed.text("phone").trim() {
        "" if is_for_citizen => {
            let mobile = typed.text("citizen-mobile").to_owned();
            typed.with("phone", mobile)
        }
        _ => typed,
    };
    let mut faults = typed.checked(hold.rules(visitor.voice)).err().unwrap_or_default();
    visitor.state.drafts.keep(hold.draft.clone(), typed.clone());
    let mut citizen = None;
    if is_for_citizen {
        match citizen_reach(&proven, &typed) {
            Ok(reach) => citizen = Some(reach),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Ok(form(&proven, hold, &typed, &faults, None).await);
    }
    match citizen {
        Some(reach) => Ok(leave_to_citizen(&proven, hold, &typed, reach).await),
        None => Ok(Redirect::to(&hold.review()).into_response()),
    }
}

/// The citizen's own address, which is not the agent's.
fn citizen_email(proven: &ProvenVisitor, typed: &DetailForm) -> Result<String, (String, String)> {
    let voice = proven.visitor.voice;
    let wrong = |id: &str| ("citizen-email".to_owned(), voice.say(id));
    let email = typed.citizen_email().map_err(|flaw| wrong(flaw.sentence()))?;
    let is_own = proven.agent.as_ref().is_some_and(|agent| agent.email == email);
    if is_own { Err(wrong("citizen-email-own")) } else { Ok(email) }
}

/// How the citizen is reached: by mail, if an address was given; else on a mobile of theirs that may be written to.
fn citizen_reach(proven: &ProvenVisitor, typed: &DetailForm) -> Result<CitizenReach, (String, String)> {
    let state = &proven.visitor.state;
    let has_email = !typed.text("citizen-email").trim().is_empty();
    let Some(sms) = state.sms.as_ref().filter(|_| !has_email) else {
        return citizen_email(proven, typed).map(CitizenReach::Mail);
    };
    let voice = proven.visitor.voice;
    let of_mobile = |id: &str| ("citizen-mobile".to_owned(), voice.say(id));
    // The telephone of the details is as good, if it is a mobile.
    let (number, is_own_field) = match typed.text("citizen-mobile").trim() {
        "" => (typed.text("phone").trim(), false),
        mobile => (mobile, true),
    };
    let flaw = phone_flaw(number).filter(|_| is_own_field);
    if let Some(flaw) = flaw {
        return Err(of_mobile(flaw.sentence()));
    }
    let kept = phone_number(number).and_then(|number| sms.mobile(&number));
    let Some(mobile) = kept else {
        return Err(if is_own_field {
            of_mobile("citizen-mobile-not-written-to")
        } else {
            ("citizen-email".to_owned(), voice.say("citizen-reach-missing"))
        });
    };
    let is_own = proven.agent.as_ref().is_some_and(|agent| agent.phone.as_ref() == Some(&mobile));
    if is_own { Err(of_mobile("citizen-mobile-own")) } else { Ok(CitizenReach::Mobile(mobile)) }
}

/// An agent's booking for a citizen is the citizen's to make final (TRN-07).
async fn leave_to_citizen(proven: &ProvenVisitor, hold: Hold, typed: &DetailForm, to: CitizenReach) -> Response {
    match entrusted::entrust(proven, &hold, typed, to).await {
        Ok(()) => {
            proven.visitor.state.drafts.take(&hold.draft);
            let done = format!("entrusted={}", hold.booking);
            Redirect::to(&Page::Agent.asking(done)).into_response()
        }
        Err(fault) => form(proven, hold, typed, &DetailFaults::new(), Some(&fault)).await,
    }
}

/// What an agent has left to a citizen already is not theirs to fill in any more: pressed twice, it is left.
async fn left_before(proven: &ProvenVisitor, key: &str, booking: &str) -> Result<Option<Response>, Fault> {
    let (Some(agent), Ok(booking)) = (&proven.agent, booking.parse::<u64>().map(BookingId)) else { return Ok(None) };
    let state = &proven.visitor.state;
    let is_left = entrust::is_left(&state.ledger, state.office(key)?, agent.id, booking).await?;
    Ok(is_left.then(|| Redirect::to(&Page::Agent.asking(format_args!("entrusted={booking}"))).into_response()))
}

/// Keeps the time once more as long (WCAG 2.2.1), with what is typed so far.
pub async fn extend(
    proven: ProvenVisitor,
    PagePath((key, booking)): PagePath<(String, String)>,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let is_review = fields.get("from").is_some_and(|from| from == "review");
    let typed = DetailForm::new(fields);
    let state = &visitor.state;
    let hold = match find(&proven, &key, &booking)? {
        HoldCase::Held(hold) => *hold,
        HoldCase::Lapsed(times, draft) => {
            if !is_review {
                state.drafts.keep(draft, typed);
            }
            return Ok(lapsed(&times));
        }
        HoldCase::Booked => return booked(&proven, &key, &booking, false).await,
    };
    if !is_review {
        state.drafts.keep(hold.draft.clone(), typed.clone());
    }
    let turn = Turn { writer: &state.writer, office: &hold.handle, actor: Actor::Citizen, id: None };
    match extend_hold::run(turn, HoldExtension { booking: hold.booking, owner: proven.address }).await {
        Ok(_) if is_review => Ok(Redirect::to(&hold.review()).into_response()),
        Ok(_) => Ok(Redirect::to(&hold.href()).into_response()),
        Err(fault) => Ok(form(&proven, hold, &typed, &DetailFaults::new(), Some(&fault)).await),
    }
}

/// To the page of the booking that it became.
pub async fn booked(proven: &ProvenVisitor, key: &str, booking: &str, fresh: bool) -> Result<Response, Fault> {
    let id = booking.parse::<u64>().map(BookingId).map_err(|_| ProblemCode::NotFound)?;
    let state = &proven.visitor.state;
    let handle = state.office(key)?;
    let booking = handle.read().bookings.get(&id).cloned().ok_or(ProblemCode::NotFound)?;
    let opens = booking_key::run(&state.readers, handle, &booking, Holder::Applicant).await?;
    let link = booking_link(&state.key, &opens);
    let link = if fresh { format!("{link}?new=1") } else { link };
    Ok(Redirect::to(&link).into_response())
}
