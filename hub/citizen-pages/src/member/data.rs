//! Everything that is kept of somebody with an account, for them to take along, and its erasing on their wish (FLD-23).

use access::SESSION_COOKIE;
use acts::{
    AccountRefusal, Fault,
    erase_account::{self, AccountEnd, ErasureRoom},
    export_account::{self, AccountExport, AccountHistoryStep},
    requests::kept::{self, StayingRequest},
};
use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use body::AccountId;
use paths::Page;
use people::PROFILE;
use stationery::{
    account::{ConfirmedForm, wrong},
    account_history,
    form::OwnForm,
    frame::{FORGET, Frame, ok, page},
    login::button_of,
    new_password, problem,
    problem::WrongField,
    signed::{CitizenMember, MemberVisitor},
    visitor::Visitor,
};
use store::{StaffVerdict, Store};
use text::Dates;
use wire::ProblemCode;

#[derive(Template)]
#[template(path = "member/data.html")]
struct MemberDataPage {
    f: Frame,
    lines: Vec<(String, String)>,
    bookings: Vec<String>,
    /// The requests, each with its page and how many files are with it.
    requests: Vec<(String, String, String)>,
    /// What was decided about the account.
    history: Vec<String>,
}

async fn exported(member: &MemberVisitor) -> Result<AccountExport, Fault> {
    let state = &member.visitor.state;
    export_account::run(&state.ledger, &state.access, (&state.offices, &state.body), &member.session).await
}

/// As a page that prints well.
pub async fn get(CitizenMember(member): CitizenMember) -> Result<Response, Fault> {
    let AccountExport {
        user_name,
        email,
        joined,
        profile,
        known_elsewhere,
        staff_register,
        records_looks,
        requests,
        role_requests,
        conferences,
        bookings,
        history,
        account_looks,
        agents,
        language: _,
    } = exported(&member).await?;
    let voice = member.visitor.voice;
    let dates = member.visitor.dates_of_hub();
    let mut lines = vec![(voice.say("login-name"), user_name)];
    lines.extend(email.into_iter().chain(joined).map(|one| (voice.say("fact-email"), people::readable_address(&one))));
    let said = PROFILE.iter().map(|row| (voice.say(&format!("profile-{}", row.input)), row.readable(&profile)));
    lines.extend(said.filter(|(_, value)| !value.is_empty()));
    let elsewhere = known_elsewhere.into_iter().map(|one| {
        let name = button_of(&member.visitor, &one.provider, "").map_or(one.provider, |button| button.name);
        (voice.say("through-known"), format!("{name}: {}", one.subject))
    });
    lines.extend(elsewhere);
    lines.extend(staff_register.map(|(verdict, at)| {
        let said = match verdict {
            StaffVerdict::Yes => "through-register-yes",
            StaffVerdict::No => "through-register-no",
            StaffVerdict::Later => "through-register-later",
        };
        (voice.say("through-register"), format!("{} ({})", voice.say(said), dates.day_and_time(at.utc())))
    }));
    let looks = records_looks.iter().map(|at| (voice.say("look-records"), dates.day_and_time(at.utc())));
    lines.extend(looks);
    let seen = account_looks.iter().map(|at| (voice.say("member-looked-at"), dates.day_and_time(at.utc())));
    lines.extend(seen);
    lines.extend(agents.into_iter().map(|agent| (voice.say("member-agent"), agent.name)));
    let history = history.into_iter().map(|AccountHistoryStep { at, step, words }| {
        let more = words.map(|words| format!(" ({words})")).unwrap_or_default();
        format!("{}: {}{more}", dates.day_and_time(at.utc()), account_history::said(&step, voice))
    });
    let history = history.collect();
    let asked = role_requests.into_iter().map(|one| {
        let said = [Some(one.written.organisation), Some(one.written.phone), Some(one.written.purpose), one.reason];
        let said: Vec<String> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        (voice.say("role-title"), said.join(" · "))
    });
    lines.extend(asked.filter(|(_, value)| !value.is_empty()));
    let invited = conferences.into_iter().map(|one| {
        let when = one.from.map(|from| dates.day_and_time(from.utc())).unwrap_or_default();
        (voice.say("conferences-title"), format!("{} ({when})", voice.of_text(&one.title)))
    });
    lines.extend(invited);
    let bookings = bookings.iter().filter_map(|booking| booking.booking.clone());
    let bookings = bookings.map(|code| secrets::readable(&office::Reference(code))).collect();
    let requests = requests.into_iter().map(|one| {
        let files = voice.count("member-request-files", u64::try_from(one.files.len()).unwrap_or_default());
        (Page::RequestOne { request: one.id }.to_string(), one.number, files)
    });
    let requests = requests.collect();
    Ok(ok(&MemberDataPage { f: member.visitor.frame().staff("account"), lines, bookings, requests, history }))
}

/// As JSON, for programs: with everything that was said with each booking.
pub async fn json(CitizenMember(member): CitizenMember) -> Result<Response, Fault> {
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
    /// What stays, and until when.
    stays: Vec<String>,
    /// Who decides about that.
    decides: String,
}

#[derive(Template)]
#[template(path = "member/erased.html")]
struct MemberErasedPage {
    f: Frame,
    title: String,
    sentences: Vec<String>,
}

async fn shown(visitor: &Visitor, account: AccountId, refusal: Option<WrongField>) -> Result<Response, Fault> {
    let (voice, body) = (visitor.voice, visitor.state.body.clone());
    let dates = Dates { voice, zone: body.zone, now: visitor.state.clock.now() };
    let asked = body.clone();
    let staying = visitor.state.readers.read(move |store: &Store| kept::staying(store, &asked, account)).await?;
    let said = |one: StayingRequest| {
        let category = body.categories.get(&one.category).map(|of| voice.of_text(&of.name)).unwrap_or_default();
        let (number, category) = (("number", one.number.into()), ("category", category.into()));
        match one.until {
            Some(day) => {
                let day = ("day", dates.the_date_and_year(day).into());
                voice.say_with("member-stays-until", [number, category, day])
            }
            None => voice.say_with("member-stays-open", [number, category, ("n", u64::from(one.years).into())]),
        }
    };
    let stays = staying.into_iter().map(said).collect();
    let values = [("body", voice.of_text(&body.name).into()), ("email", body.contact_email.clone().into())];
    let decides = voice.say_with("member-stays-decides", values);
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(refusal);
    let f = visitor.frame().staff("account").marking(marks);
    Ok(page(status, &MemberErasePage { f, refusal, stays, decides }))
}

/// Asks whether it is meant, and for the password.
pub async fn ask(CitizenMember(member): CitizenMember) -> Result<Response, Fault> {
    shown(&member.visitor, AccountId(member.session.account.id), None).await
}

/// Erases the account, with every booking of its address.
pub async fn erase(
    CitizenMember(member): CitizenMember,
    OwnForm { visitor, fields }: OwnForm<ConfirmedForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let room = ErasureRoom { ledger: &state.ledger, offices: &state.offices, uploads: &state.uploads };
    let (own, account) = (new_password::own(&visitor, fields.own), AccountId(member.session.account.id));
    let (title, sentences) = match erase_account::run(&state.access, room, &member.session, own).await {
        Ok(AccountEnd::Erased) => ("erased-title", vec!["member-erased"]),
        Ok(AccountEnd::Closed) => ("member-closed-title", vec!["member-closed", "member-closed-mails"]),
        Err(AccountRefusal::Fault(fault)) if fault.code == ProblemCode::ChangeTooLate => {
            let wrong = WrongField::new(problem::sentence(&visitor, &fault), "");
            return shown(&visitor, account, Some(wrong)).await;
        }
        Err(refusal) => return shown(&visitor, account, Some(wrong(refusal, visitor.voice, "erase")?)).await,
    };
    let gone = [(header::SET_COOKIE, state.cookies().forget(SESSION_COOKIE))];
    let f = visitor.frame().at(Page::Front.to_string()).signed_out();
    let sentences = sentences.into_iter().map(|id| visitor.voice.say(id)).collect();
    let shown = MemberErasedPage { f, title: visitor.voice.say(title), sentences };
    Ok((gone, [FORGET], ok(&shown)).into_response())
}
