//! Everything that is kept of somebody with an account, for them to take along, and its erasing on their wish (FLD-23).

use access::SESSION_COOKIE;
use acts::{
    AccountRefusal, Fault,
    erase_account::{self, AccountEnd, ErasureRoom},
    export_account::{self, AccountExport},
};
use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use paths::Page;
use people::PROFILE;
use stationery::{
    account::{ConfirmedForm, wrong},
    form::OwnForm,
    frame::{FORGET, Frame, ok, page},
    login::button_of,
    new_password, problem,
    problem::WrongField,
    signed::MemberVisitor,
    visitor::Visitor,
};
use text::Dates;
use wire::ProblemCode;

#[derive(Template)]
#[template(path = "member/data.html")]
struct MemberDataPage {
    f: Frame,
    lines: Vec<(String, String)>,
    bookings: Vec<String>,
}

async fn exported(member: &MemberVisitor) -> Result<AccountExport, Fault> {
    let state = &member.visitor.state;
    if member.session.is_staff() {
        return Err(ProblemCode::NotAllowed.into());
    }
    export_account::run(&state.ledger, &state.access, &state.offices, &member.session).await
}

/// As a page that prints well.
pub async fn get(member: MemberVisitor) -> Result<Response, Fault> {
    let AccountExport { user_name, email, profile, known_elsewhere, staff_register, records_looks, bookings } =
        exported(&member).await?;
    let voice = member.visitor.voice;
    let mut lines = vec![(voice.say("login-name"), user_name)];
    lines.extend(email.map(|email| (voice.say("fact-email"), people::readable_address(&email))));
    let said = PROFILE.iter().map(|row| (voice.say(&format!("profile-{}", row.input)), row.readable(&profile)));
    lines.extend(said.filter(|(_, value)| !value.is_empty()));
    let elsewhere = known_elsewhere.into_iter().map(|one| {
        let name = button_of(&member.visitor, &one.provider, "").map_or(one.provider, |button| button.name);
        (voice.say("through-known"), format!("{name}: {}", one.subject))
    });
    lines.extend(elsewhere);
    lines.extend(staff_register.map(|(verdict, at)| {
        let said = match verdict.as_str() {
            "yes" => "through-register-yes",
            "no" => "through-register-no",
            _ => "through-register-later",
        };
        let zone = member.visitor.state.offices.iter().find_map(|office| office.config(|config| config.zone));
        let zone = zone.unwrap_or(chrono_tz::Europe::Athens);
        let dates = Dates { voice, zone, now: member.visitor.state.clock.now() };
        (voice.say("through-register"), format!("{} ({})", voice.say(said), dates.day_and_time(at.utc())))
    }));
    let dates = member.visitor.dates_of_hub();
    let looks = records_looks.iter().map(|at| (voice.say("look-records"), dates.day_and_time(at.utc())));
    lines.extend(looks);
    let bookings = bookings.iter().filter_map(|booking| booking.booking.clone());
    let bookings = bookings.map(|code| secrets::readable(&office::Reference(code))).collect();
    Ok(ok(&MemberDataPage { f: member.visitor.frame().staff("account"), lines, bookings }))
}

/// As JSON, for programs: with everything that was said with each booking.
pub async fn json(member: MemberVisitor) -> Result<Response, Fault> {
    let export = exported(&member).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"my-data.json\"")),
    ];
    Ok((headers, Json(export)).into_response())
}

#[derive(Template)]
#[template(path = "member/erase.html")]
struct MemberErasePage {
    f: Frame,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "member/erased.html")]
struct MemberErasedPage {
    f: Frame,
    sentence: String,
}

fn shown(visitor: &Visitor, refusal: Option<WrongField>) -> Response {
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(refusal);
    page(status, &MemberErasePage { f: visitor.frame().staff("account").marking(marks), refusal })
}

/// Asks whether it is meant, and for the password.
pub async fn ask(member: MemberVisitor) -> Result<Response, Fault> {
    if member.session.is_staff() {
        return Err(ProblemCode::NotAllowed.into());
    }
    Ok(shown(&member.visitor, None))
}

/// Erases the account, with every booking of its address.
pub async fn erase(
    member: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<ConfirmedForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let room = ErasureRoom { ledger: &state.ledger, offices: &state.offices, uploads: &state.uploads };
    let own = new_password::own(&visitor, fields.own);
    let sentence = match erase_account::run(&state.access, room, &member.session, own).await {
        Ok(AccountEnd::Erased) => "member-erased",
        Ok(AccountEnd::Closed) => "member-closed",
        Err(AccountRefusal::Fault(fault)) if fault.code == ProblemCode::ChangeTooLate => {
            return Ok(shown(&visitor, Some(WrongField::new(problem::sentence(&visitor, &fault), ""))));
        }
        Err(refusal) => return Ok(shown(&visitor, Some(wrong(refusal, visitor.voice, "erase")?))),
    };
    let gone = [(header::SET_COOKIE, state.cookies().forget(SESSION_COOKIE))];
    let f = visitor.frame().at(Page::Front.to_string()).signed_out();
    Ok((gone, [FORGET], ok(&MemberErasedPage { f, sentence: visitor.voice.say(sentence) })).into_response())
}
