//! One conference, for those who plan and oversee it: who is invited and what they said, and everything that can be pressed.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, AnswerGiven, ConferenceDoor, ConferencePhase, ParticipantId, conference::holiday};
use coordination::conferences::{
    ConferenceFlaw, invite, list,
    manage::{self, ConferencePress},
    view,
};
use paths::Page;
use people::readable_address;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    page_actions,
    problem::WrongField,
    signed::MemberVisitor,
};
use uuid::Uuid;

use super::{
    form::{dates_of, field},
    guest::held_elsewhere,
    list::{standing, window_said},
};

#[derive(Template)]
#[template(path = "conferences/one.html")]
struct ConferencePage {
    f: Frame,
    id: Uuid,
    done: Option<String>,
    refusal: Option<String>,
    title: String,
    class: &'static str,
    standing: String,
    facts: Vec<(String, String)>,
    /// That it is in the way of maintenance.
    maintenance: Option<String>,
    description: String,
    /// Where a coordinator goes in, while they may; else what is said instead.
    address: Option<String>,
    /// The same, where the room is on a page of ours.
    room: Option<String>,
    door: String,
    is_ours: bool,
    is_manager: bool,
    is_ahead: bool,
    has_begun: bool,
    is_locked: bool,
    people: Vec<PersonLine>,
    /// The others of its series: page and time.
    series: Vec<(String, String)>,
    invited: String,
}

/// Somebody who is invited.
struct PersonLine {
    number: u16,
    name: String,
    email: String,
    answer: String,
    is_removed: bool,
}

page_actions! {
    /// What a form of a conference's page is for, and of the page of its room.
    ManagerAction {
        /// It will not be.
        Cancel = "cancel",
        /// It is over for everybody.
        End = "end",
        /// Nobody else goes in.
        Lock = "lock",
        /// Whoever is invited goes in again.
        Unlock = "unlock",
        /// Somebody is invited no more.
        Remove = "remove",
        /// Somebody gets another link.
        Renew = "renew",
        /// More are invited.
        Invite = "invite",
    }
}

impl ConferencePage {
    fn action(&self, action: ManagerAction) -> String {
        Page::ConferenceAction { conference: self.id, action: action.name() }.to_string()
    }

    fn change(&self) -> String {
        Page::ConferenceChange { conference: self.id }.to_string()
    }

    fn meeting(&self) -> String {
        Page::ConferenceMeeting { conference: self.id }.to_string()
    }

    fn copy(&self) -> String {
        Page::ConferenceNew.asking(format_args!("copy={}", self.id))
    }
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct ConferenceQuery {
    #[serde(default)]
    pub(super) done: String,
}

async fn shown(
    member: &MemberVisitor,
    public: Uuid,
    done: Option<String>,
    (wrong, invited): (Option<WrongField>, String),
) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (state, voice, by) = (&visitor.state, visitor.voice, AccountId(member.session.account.id));
    let dates = dates_of(visitor);
    let view = view::run(state.conferences(), (public, by)).await?.map_err(|flaw| flaw.fault(dates))?;
    let desk = list::desk(state.conferences(), by).await?;
    let conference = &view.row.conference;
    let (class, standing) = standing(conference, dates.now, voice);
    let unit = conference.unit.and_then(|unit| desk.unit(unit)).map(|name| voice.of_text(name));
    let greek = voice.say("greek-time");
    let mut facts = vec![
        (voice.say("conference-begins"), format!("{} {greek}", dates.day_and_time(conference.span.from))),
        (voice.say("conference-ends"), format!("{} {greek}", dates.day_and_time(conference.span.until))),
        (voice.say("conference-for"), unit.unwrap_or_else(|| voice.say("conference-for-organisation"))),
        (voice.say("conference-places"), conference.places.to_string()),
    ];
    let day = office::calendar::local_date(state.body.zone, conference.span.from);
    facts
        .extend(holiday(&state.body.calendar, day).map(|name| (voice.say("conference-holiday"), voice.of_text(&name))));
    let maintenance = view.maintenance.as_ref();
    let maintenance =
        maintenance.map(|window| voice.text("conference-in-maintenance", "when", &window_said(window, dates)));
    let held = held_elsewhere(visitor, &view.words);
    let room = held.is_none().then(|| Page::ConferenceCall { conference: public }.to_string());
    let is_ours = room.is_some();
    let (is_open, door) = match view.door {
        ConferenceDoor::Open { .. } => (true, voice.say("conference-door-open")),
        ConferenceDoor::Waits { opens } => {
            (false, voice.text("conference-door-coordinators", "when", &dates.day_and_time(opens)))
        }
        ConferenceDoor::Cancelled => (false, voice.say("conference-is-cancelled")),
        ConferenceDoor::Locked | ConferenceDoor::Removed | ConferenceDoor::Over => {
            (false, voice.say("conference-is-over"))
        }
    };
    let person = |one: &store::ConferenceParticipant| {
        let stands = conference.participants.get(&one.participant)?;
        let answer = match (stands.is_removed, stands.has_come, stands.answer) {
            (true, ..) => "conference-answer-removed",
            (_, true, _) => "conference-answer-came",
            (_, _, AnswerGiven::Confirmed) => "conference-answer-confirmed",
            (_, _, AnswerGiven::Declined) => "conference-answer-declined",
            (_, _, AnswerGiven::None) => "conference-answer-none",
        };
        Some(PersonLine {
            number: one.participant.0,
            name: one.name.clone().unwrap_or_default(),
            email: one.email.as_deref().map_or_else(|| voice.say("conference-person-erased"), readable_address),
            answer: voice.say(answer),
            is_removed: stands.is_removed,
        })
    };
    let people = view.people.iter().filter_map(person).collect();
    let series = view.series.iter().map(|(public, other)| {
        let href = Page::ConferenceOne { conference: *public }.to_string();
        (href, dates.day_and_time(other.span.from))
    });
    let series = series.collect();
    let is_planned = conference.phase == ConferencePhase::Planned;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let here = Page::ConferenceOne { conference: public }.to_string();
    let shown = ConferencePage {
        f: visitor.frame().staff("conferences").at(here).marking(marks),
        id: public,
        done,
        refusal,
        title: voice.of_text(&view.words.title),
        class,
        standing,
        facts,
        maintenance,
        description: voice.of_text(&view.words.description),
        address: held.filter(|_| is_open),
        room: room.filter(|_| is_open),
        is_ours,
        door,
        is_manager: view.is_manager,
        is_ahead: is_planned && dates.now < conference.span.until,
        has_begun: is_planned && dates.now >= conference.span.from && dates.now < conference.span.closes(),
        is_locked: conference.is_locked,
        people,
        series,
        invited,
    };
    Ok(page(status, &shown))
}

/// Shows it.
pub async fn get(
    member: MemberVisitor,
    PagePath(public): PagePath<Uuid>,
    PageQuery(query): PageQuery<ConferenceQuery>,
) -> Result<Response, Fault> {
    let id = match query.done.as_str() {
        "planned" => Some("conference-done-planned"),
        "changed" => Some("conference-done-changed"),
        "yes" => Some("conference-done"),
        _ => None,
    };
    let done = id.map(|id| member.visitor.voice.say(id));
    shown(&member, public, done, (None, String::new())).await
}

/// Leads to the conference: a form is sent here, and nothing is shown.
pub async fn back(PagePath((conference, _)): PagePath<(Uuid, String)>) -> Redirect {
    Redirect::to(&Page::ConferenceOne { conference }.to_string())
}

/// What is pressed, and about whom.
#[derive(Debug, Default, Deserialize)]
pub struct PressForm {
    #[serde(default)]
    participant: String,
    #[serde(default)]
    invited: String,
    #[serde(default)]
    sure: String,
    /// Whether it was pressed beside the room, and leads back there.
    #[serde(default)]
    room: String,
}

/// Makes it so.
pub async fn post(
    member: MemberVisitor,
    PagePath((public, action)): PagePath<(Uuid, String)>,
    OwnForm { visitor, fields }: OwnForm<PressForm>,
) -> Result<Response, Fault> {
    let (room, dates) = (visitor.state.conferences(), dates_of(&visitor));
    let of = (public, AccountId(member.session.account.id));
    // What is no number is nobody's.
    let person = ParticipantId(fields.participant.parse::<u16>().unwrap_or_default());
    let press = match action.parse::<ManagerAction>()? {
        ManagerAction::Cancel => Some(ConferencePress::Cancel),
        ManagerAction::End => Some(ConferencePress::End),
        ManagerAction::Lock => Some(ConferencePress::Lock),
        ManagerAction::Unlock => Some(ConferencePress::Unlock),
        ManagerAction::Remove => Some(ConferencePress::Remove(person)),
        ManagerAction::Renew => Some(ConferencePress::Renew(person)),
        ManagerAction::Invite => None,
    };
    // What cannot be taken back is pressed twice on purpose.
    let needs_word = matches!(press, Some(ConferencePress::Cancel | ConferencePress::End));
    if needs_word && fields.sure != "yes" {
        let wrong = WrongField::new(visitor.voice.say("conference-sure-missing"), format!("sure-{action}"));
        return shown(&member, public, None, (Some(wrong), String::new())).await;
    }
    let done = match press {
        Some(press) => manage::run(room, of, press).await?,
        None => match invite::read(room, of.1, &fields.invited).await? {
            Ok(lines) => invite::run(room, of, lines, visitor.voice.0).await?,
            Err(flaw) => Err(flaw),
        },
    };
    match done {
        Ok(()) => {
            let one = match fields.room == "yes" {
                true => Page::ConferenceCall { conference: public }.to_string(),
                false => Page::ConferenceOne { conference: public }.asking("done=yes"),
            };
            Ok(Redirect::to(&one).into_response())
        }
        Err(flaw @ (ConferenceFlaw::NotFound | ConferenceFlaw::NotHeld | ConferenceFlaw::NoCoordinator)) => {
            Err(flaw.fault(dates))
        }
        Err(flaw @ ConferenceFlaw::Rule(body::ConferenceRefusal::NotYours, _)) => Err(flaw.fault(dates)),
        Err(flaw) => {
            let wrong = WrongField::new(flaw.said(dates), field(&flaw));
            shown(&member, public, None, (Some(wrong), fields.invited)).await
        }
    }
}
