//! The room of a booking by teleconference, for the clerk: beside the desk's page, with what a host may do about it. The look
//! is kept first (FLD-22): whoever comes in sees the citizen.

use std::collections::BTreeMap;

use acts::{Fault, LookGrant, LookKind};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::BookingLife;
use paths::Page;
use people::readable;
use secrets::{CallPass, HelperPass, HostPass, draw_id, helper_pass, host_pass};
use stationery::{
    call::CallBox,
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    page_actions,
    problem::{self, marks, status_of},
    signed::StaffVisitor,
};

use super::known::KnownBooking;
use teleconference::{CallChange, CallParty, CallStanding, CallStep, RoomEnd, change};

page_actions! {
    /// What a host can do about a room.
    CallAction {
        /// A link is made for a helper.
        Invite = "invite",
        /// It ends.
        TakeBack = "take-back",
        /// Who booked is shown out.
        RemoveApplicant = "remove-applicant",
        /// Whoever the booking is for is shown out.
        RemoveServed = "remove-served",
        /// The interpreter or other helper is shown out.
        RemoveHelper = "remove-helper",
        /// Nobody comes in any more, and who is in it is told so.
        End = "end",
        /// It goes on by telephone.
        Telephone = "telephone",
        /// It opens again.
        Reopen = "reopen",
        /// It is held at an address that is typed.
        Elsewhere = "elsewhere",
        /// It is held where the body's rooms are.
        Here = "here",
    }
}

impl CallAction {
    fn step(self, fields: &BTreeMap<String, String>) -> CallStep {
        match self {
            Self::Elsewhere => CallStep::Elsewhere(fields.get("address").map_or("", |typed| typed.trim()).to_owned()),
            Self::Here => CallStep::Here,
            Self::Invite => CallStep::Invite,
            Self::TakeBack => CallStep::TakeBack,
            Self::RemoveApplicant => CallStep::Remove(CallParty::Applicant),
            Self::RemoveServed => CallStep::Remove(CallParty::Served),
            Self::RemoveHelper => CallStep::Remove(CallParty::Helper),
            Self::End => CallStep::End,
            Self::Telephone => CallStep::Telephone,
            Self::Reopen => CallStep::Reopen,
        }
    }
}

#[derive(Template)]
#[template(path = "staff/call.html")]
struct StaffCallPage {
    f: Frame,
    call: CallBox,
    office: String,
    reference: String,
    readable: String,
    back: String,
    when: String,
    service: String,
    refusal: Option<String>,
    /// The link of a helper, if one is invited.
    helper: Option<String>,
    /// Somebody else is served than who booked.
    served: bool,
    /// It was ended, or went on by telephone, by a press here.
    ended: bool,
    by_telephone: bool,
    /// The visit is done, or the time over.
    over: bool,
    phone: Option<String>,
    /// The address that was named for this one, or typed and refused.
    address: String,
    /// An address was named for this one.
    is_elsewhere: bool,
    commands: [String; 10],
}

impl StaffCallPage {
    /// Where a form of the page is sent.
    fn action(&self, action: CallAction) -> String {
        let (office, reference, action) = (&*self.office, &*self.reference, action.name());
        Page::StaffCallAction { office, reference, action }.to_string()
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((office, reference, _)): PagePath<(String, String, String)>) -> Redirect {
    Redirect::to(&Page::StaffCall { office: &office, reference: &reference }.to_string())
}

/// Shows it.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    show(&signed, &known, None).await
}

/// Does something about it.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, reference, action)): PagePath<(String, String, String)>,
    OwnForm { visitor: _, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    let step = action.parse::<CallAction>()?.step(&fields);
    let typed = fields.get("address").cloned().unwrap_or_default();
    let turn = known.turn(&signed, fields.get("command").map_or("", String::as_str));
    let done = change(&signed.visitor.state.calls, turn, CallChange { booking: known.name(), step }).await;
    match done {
        Ok(()) => Ok(Redirect::to(&room_of(&known).to_string()).into_response()),
        Err(fault) => show(&signed, &known, Some((&fault, typed))).await,
    }
}

/// Where the room of a booking is.
fn room_of(known: &KnownBooking) -> Page<'_> {
    Page::StaffCall { office: &known.config.key, reference: &known.booking.reference.0 }
}

async fn show(signed: &StaffVisitor, known: &KnownBooking, wrong: Option<(&Fault, String)>) -> Result<Response, Fault> {
    let (fault, typed) = wrong.map_or((None, String::new()), |(fault, typed)| (Some(fault), typed));
    let (visitor, account) = (&signed.visitor, signed.session.account.id);
    let (state, voice) = (&visitor.state, visitor.voice);
    let (office, booking) = (known.config.key.clone(), known.booking.id);
    let pass = HostPass { office: office.clone(), booking, account };
    let text = host_pass(&state.key, &pass);
    let standing = state.calls.standing(&CallPass::Host(pass)).await?;
    // One room is one look, however often its page is drawn.
    let look = LookGrant::new(account, known.handle.row, LookKind::Call);
    let occasion = Some(known.booking.promise.start.timestamp_millis().cast_unsigned() ^ booking.0);
    LookGrant { booking: Some(booking), occasion, ..look }.keep(&state.ledger).await?;
    let person = known.person();
    let record = match person {
        Some(person) => state.readers.read(move |store| Ok((store.record(person)?, store.served(person)?))).await?,
        None => (None, None),
    };
    let CallStanding { doors, .. } = &standing;
    let helper = doors.helper.map(|version| {
        let pass = helper_pass(&state.key, &HelperPass { office: office.clone(), booking, version });
        state.url(&Page::HelperCall { pass: &pass }.to_string())
    });
    let end = standing.over(known.now);
    let ended = matches!(end, Some(RoomEnd::ForAll | RoomEnd::ByTelephone));
    let wrong = fault.map(marks).unwrap_or_default();
    Ok(page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &StaffCallPage {
            f: visitor.frame().at(room_of(known).to_string()).staff("bookings").marking(wrong),
            call: CallBox::of(visitor, &text, &standing),
            office,
            reference: known.booking.reference.0.clone(),
            readable: secrets::readable(&known.booking.reference),
            back: known.page().to_string(),
            when: known.when(voice),
            service: known.service_name(voice),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            helper,
            served: record.1.is_some_and(|served| served.proven),
            ended,
            by_telephone: doors.by_telephone,
            over: (end.is_some() && !ended)
                || !matches!(known.booking.life, BookingLife::Confirmed { .. } | BookingLife::Arrived { .. }),
            phone: record.0.and_then(|record| record.phone).as_deref().map(readable),
            is_elsewhere: doors.address.is_some(),
            address: if typed.is_empty() { doors.address.clone().unwrap_or_default() } else { typed },
            commands: std::array::from_fn(|_| draw_id().to_string()),
        },
    ))
}
