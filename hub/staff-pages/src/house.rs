//! The house as a whole: suspend a service, a desk or the giving of tickets and resume in one press (FLD-30); after an
//! outage the roll call, and who was served on paper meanwhile (PROM-12).

use paths::Page;
use std::{collections::BTreeMap, sync::Arc};

use acts::{
    Fault,
    at_desk::{self, AtDesk},
    handed_in::{self, HandedInOrder},
    levels::find,
    roll_call::{self, RollCall},
    suspension::{self, OfficePart, SuspensionOrder},
};
use appraisal::office_figures;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use office::{
    CivilInstant, DeskId, HandInConflict, Office, OfficeConfig, Outcome, SuspensionScope, VisitState, Words, calendar,
};
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    page_actions,
    problem::{self, marks, of_field, status_of},
    signed::StaffVisitor,
    time_field::time_of,
    view::desk_name,
};
use text::{Dates, Voice, both};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

/// Reasons that are at hand, with their sentences.
const REASONS: [(&str, &str); 4] = [
    ("registry", "suspend-registry"),
    ("clerk", "suspend-clerk"),
    ("strike", "suspend-strike"),
    ("technical", "suspend-technical"),
];

#[derive(Template)]
#[template(path = "staff/house.html")]
struct HousePage {
    f: Frame,
    key: String,
    office: String,
    refusal: Option<String>,
    done: Option<String>,
    suspended: Vec<SuspensionRow>,
    scopes: Vec<(String, String)>,
    reasons: Vec<(&'static str, String)>,
    outages: Vec<String>,
    waiting: Vec<RollRow>,
    handed_in: Vec<HandInRow>,
    desks: Vec<(String, String)>,
    services: Vec<(String, String)>,
    commands: [String; 3],
    /// Where citizens' accounts are looked after, for who may.
    citizens: Option<String>,
    /// Where the office's figures are, for who may see them.
    figures: Option<String>,
    /// How well it was told how long people wait, once enough is known (NEW-12).
    told: Option<String>,
    /// What stood in a form that was refused.
    typed: HouseForm,
}

/// Where the house leads.
struct HouseLinks {
    citizens: Option<String>,
    figures: Option<String>,
}

struct SuspensionRow {
    scope: String,
    what: String,
    since: String,
    because: String,
    command: String,
}

/// An arrival that a kiosk handed in and that does not fit.
struct HandInRow {
    ticket: String,
    sentence: String,
    arrived_at: String,
    /// Whether a clerk can find their booking.
    can_find: bool,
    command: String,
}

struct RollRow {
    visit: String,
    number: String,
    service: String,
    since: String,
}

impl HousePage {
    /// Where a form of the page is sent.
    fn action(&self, action: HouseAction) -> String {
        Page::HouseAction { office: &self.key, action: action.name() }.to_string()
    }

    /// What stood in a field of a form that was refused.
    fn typed_in(&self, field: &str) -> &str {
        self.typed.text(field)
    }

    /// Whether somebody was ticked in a roll call that was refused.
    fn is_gone(&self, visit: &str) -> bool {
        !self.typed.text(&format!("gone-{visit}")).is_empty()
    }

    /// Whether a roll call was refused.
    fn was_called(&self) -> bool {
        self.typed.0.keys().any(|name| name.starts_with("gone-"))
    }

    /// Whether this was chosen in a form that was refused.
    fn is_typed(&self, field: &str, value: &str) -> bool {
        self.typed.text(field) == value
    }
}

/// What the address of the house asks besides.
#[derive(Debug, Default, Deserialize)]
pub struct HouseQuery {
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// How a visit on paper can have ended, as the form's list names it; nothing is chosen for whoever was there.
const OUTCOMES: [(&str, &str); 3] = [
    ("done", "paper-done"),
    ("documents-missing", "outcome-documents-missing"),
    ("not-possible", "outcome-not-possible"),
];

page_actions! {
    /// What a form of the house is for.
    HouseAction {
        /// Something is suspended.
        Suspend = "suspend",
        /// It goes on.
        Resume = "resume",
        /// Who is still there after an outage.
        RollCall = "roll-call",
        /// Somebody was served on paper.
        Paper = "paper",
        /// What a kiosk handed in was looked at.
        HandedIn = "handed-in",
    }
}

impl HouseAction {
    /// The sentence that it is done.
    const fn done(self) -> &'static str {
        match self {
            Self::Suspend => "house-suspended",
            Self::Resume => "house-resumed",
            Self::RollCall => "house-roll-called",
            Self::Paper => "house-paper-entered",
            Self::HandedIn => "house-handed-in-settled",
        }
    }
}

/// Leads to the house where one works.
pub async fn first(signed: StaffVisitor) -> Result<Redirect, Fault> {
    let mine = signed.visitor.state.offices.iter().find(|office| signed.session.works_in(office));
    let office = &mine.ok_or(ProblemCode::NotAllowed)?.key;
    Ok(Redirect::to(&Page::House { office }.to_string()))
}

/// Shows it.
pub async fn get(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(query): PageQuery<HouseQuery>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let links = links(&signed, handle).await?;
    show(&signed, (handle, links), query.done.parse::<HouseAction>().ok(), None, HouseForm::default())
}

/// Where else the house leads, for who may go there: to citizens' accounts, and to the figures.
async fn links(signed: &StaffVisitor, handle: &OfficeHandle) -> Result<HouseLinks, Fault> {
    let sees = office_figures::may_see(&signed.visitor.state.ledger, &signed.session, handle).await?;
    let figures = sees.then(|| Page::StaffFigures { office: &handle.key }.to_string());
    Ok(HouseLinks { citizens: citizens(signed, handle).await?, figures })
}

/// Where citizens' accounts are looked after, for who may.
async fn citizens(signed: &StaffVisitor, handle: &OfficeHandle) -> Result<Option<String>, Fault> {
    match find::may_look(signed.visitor.state.level_room(), &signed.session, handle).await.map_err(Fault::from) {
        Ok(()) => Ok(Some(Page::Citizens { office: &handle.key }.to_string())),
        Err(fault) if fault.code == ProblemCode::NotAllowed => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn show(
    signed: &StaffVisitor,
    (handle, links): (&OfficeHandle, HouseLinks),
    done: Option<HouseAction>,
    fault: Option<&Fault>,
    typed: HouseForm,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let office = handle.read();
    let config = office.config.as_ref().ok_or(ProblemCode::Unavailable)?;
    let dates = Dates { voice, zone: config.zone, now };
    let name = |service: &office::Service| (service.key.clone(), voice.of_text(&service.name));
    let services: Vec<(String, String)> = config.services.values().map(name).collect();
    let desks: Vec<(String, String)> =
        config.desks.keys().map(|desk| (desk.to_string(), desk_name(config, desk.0, voice))).collect();
    let outages = office.outages.iter().map(|outage| format!("{}–{}", dates.time(outage.from), dates.time(outage.to)));
    Ok(page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &HousePage {
            f: visitor
                .frame()
                .at(Page::House { office: &handle.key }.to_string())
                .staff("house")
                .marking(fault.map(marks).unwrap_or_default()),
            key: handle.key.to_string(),
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            done: done.map(|action| voice.say(action.done())),
            suspended: suspended(&office, config, now, dates),
            scopes: scopes(&services, &desks, voice),
            reasons: REASONS.map(|(value, id)| (value, voice.say(id))).into(),
            outages: outages.collect(),
            waiting: waiting(&office, config, dates),
            handed_in: handed_in(&office, dates),
            desks,
            services,
            commands: std::array::from_fn(|_| draw_id().to_string()),
            citizens: links.citizens,
            figures: links.figures,
            told: told(&office, voice),
            typed,
        },
    ))
}

/// How well what was told of waits has held.
fn told(office: &Office, voice: Voice) -> Option<String> {
    let (held, off, wide) = office.learnt.told.of_a_hundred()?;
    Some(voice.say_with("house-waits-told", [("held", held.into()), ("off", off.into()), ("wide", wide.into())]))
}

fn scopes(services: &[(String, String)], desks: &[(String, String)], voice: Voice) -> Vec<(String, String)> {
    let tickets = [("tickets".to_owned(), voice.say("suspend-tickets"))];
    let services = services.iter().map(|(key, name)| (format!("service:{key}"), name.clone()));
    let desks = desks.iter().map(|(number, name)| (format!("desk:{number}"), name.clone()));
    tickets.into_iter().chain(services).chain(desks).collect()
}

fn suspended(office: &Office, config: &OfficeConfig, now: DateTime<Utc>, dates: Dates) -> Vec<SuspensionRow> {
    let voice = dates.voice;
    let in_force = office.suspensions.iter().filter(|one| one.until.is_none_or(|until| now < until));
    let row = |one: &office::Suspension| {
        let (scope, what) = match one.scope {
            SuspensionScope::Tickets => ("tickets".to_owned(), voice.say("suspend-tickets")),
            SuspensionScope::Service(id) => {
                let service = config.services.get(&id);
                let key = service.map(|service| service.key.clone()).unwrap_or_default();
                (format!("service:{key}"), service.map(|service| voice.of_text(&service.name)).unwrap_or_default())
            }
            SuspensionScope::Desk(desk) => (format!("desk:{desk}"), desk_name(config, desk.0, voice)),
        };
        let since = match one.until {
            Some(until) => voice.say_with(
                "suspended-until",
                [("since", dates.until(one.since, now).into()), ("until", dates.until(until, now).into())],
            ),
            None => voice.with("suspended-since", "since", dates.until(one.since, now)),
        };
        SuspensionRow { scope, what, since, because: voice.of_text(&one.because), command: draw_id().to_string() }
    };
    in_force.map(row).collect()
}

/// What staff have to look at of that which kiosks handed in.
fn handed_in(office: &Office, dates: Dates) -> Vec<HandInRow> {
    let row = |note: &office::HandInNote| HandInRow {
        ticket: note.public.0.to_string(),
        sentence: views::hand_in_sentence(office, note, dates.voice),
        arrived_at: dates.time(note.arrived_at),
        can_find: match note.conflict {
            HandInConflict::NotKnown | HandInConflict::ServiceGone => note.visit.is_some(),
            HandInConflict::Cancelled { .. }
            | HandInConflict::Void
            | HandInConflict::Missed
            | HandInConflict::Moved
            | HandInConflict::HereAlready { .. }
            | HandInConflict::ServedOnPaper
            | HandInConflict::Renumbered
            | HandInConflict::DayOver => false,
        },
        command: draw_id().to_string(),
    };
    office.hand_in_notes.iter().map(row).collect()
}

/// Everybody who should be sitting in the room.
fn waiting(office: &Office, config: &OfficeConfig, dates: Dates) -> Vec<RollRow> {
    let visits = office.open_visits.iter().filter_map(|id| office.visits.get(id));
    let present = visits.filter(|visit| {
        !visit.is_remote() && matches!(visit.state, VisitState::Waiting { .. } | VisitState::Interrupted { .. })
    });
    let row = |visit: &office::Visit| RollRow {
        visit: visit.public.0.to_string(),
        number: visit.number.to_string(),
        service: config.services.get(&visit.service).map(|one| dates.voice.of_text(&one.name)).unwrap_or_default(),
        since: dates.time(visit.arrived_at),
    };
    present.map(row).collect()
}

/// The form of any of the actions, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct HouseForm(BTreeMap<String, String>);

/// What a form of the house asks.
#[derive(Debug, PartialEq, Eq)]
enum HouseOrder {
    /// Something is suspended or resumed.
    Suspension(SuspensionOrder),
    /// Some are gone.
    RollCall(RollCall),
    /// Somebody was served at a desk, on paper.
    Paper(DeskId, AtDesk),
    /// What a kiosk handed in was looked at.
    HandedIn(Uuid, HandedInOrder),
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, _)): PagePath<(String, String)>) -> Redirect {
    Redirect::to(&Page::House { office: &key }.to_string())
}

/// Does it, and shows the house.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, action)): PagePath<(String, String)>,
    OwnForm { visitor: _, fields: form }: OwnForm<HouseForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    match act(&signed, handle, &action, &form).await {
        Ok(done) => {
            let next = Page::House { office: &key }.asking(format_args!("done={}", done.name()));
            Ok(Redirect::to(&next).into_response())
        }
        Err(fault) => {
            let links = links(&signed, handle).await?;
            show(&signed, (handle, links), None, Some(&fault), form)
        }
    }
}

/// Does what a form asks; says what it was.
async fn act(
    signed: &StaffVisitor,
    handle: &Arc<OfficeHandle>,
    action: &str,
    form: &HouseForm,
) -> Result<HouseAction, Fault> {
    let action = action.parse::<HouseAction>()?;
    let today = Today::of(handle, signed.visitor.state.clock.now())?;
    let turn = signed.turn(handle, form.text("command"));
    match form.order(action, today)? {
        HouseOrder::Suspension(order) => {
            suspension::run(turn, order).await.map_err(|fault| form.of_suspension(fault))?;
        }
        HouseOrder::RollCall(roll) => drop(roll_call::run(turn, roll).await?),
        HouseOrder::HandedIn(ticket, order) => {
            handed_in::run(turn, ticket, order)
                .await
                .map_err(|fault| Fault { place: Some(format!("reference-{ticket}")), ..fault })?;
        }
        HouseOrder::Paper(desk, press) => {
            drop(at_desk::run(turn, desk, press).await.map_err(HouseForm::of_paper)?);
        }
    }
    Ok(action)
}

/// The day on which a form is sent, in the office's zone.
#[derive(Debug, Clone, Copy)]
struct Today {
    zone: Tz,
    date: NaiveDate,
}

impl Today {
    fn of(handle: &OfficeHandle, now: DateTime<Utc>) -> Result<Self, ProblemCode> {
        let zone = handle.config(|config| config.zone).ok_or(ProblemCode::Configuration)?;
        Ok(Self { zone, date: calendar::local_date(zone, now) })
    }

    /// A time of today's, as it stands in the field with this id and label.
    fn at(self, id: &str, label: &str, time: &str) -> Result<CivilInstant, Fault> {
        let time = time_of(id, label, time)?.time();
        let at = CivilInstant::new(calendar::instant_from(self.zone, self.date.and_time(time)));
        at.ok_or_else(|| Fault::malformed(id.to_owned()))
    }
}

impl HouseForm {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// What the form asks.
    fn order(&self, action: HouseAction, today: Today) -> Result<HouseOrder, Fault> {
        Ok(match action {
            HouseAction::Suspend => HouseOrder::Suspension(self.suspension(today)?),
            HouseAction::Resume => HouseOrder::Suspension(SuspensionOrder::Resume { part: self.part()? }),
            HouseAction::RollCall => HouseOrder::RollCall(self.roll_call()),
            HouseAction::Paper => HouseOrder::Paper(desk(self.text("desk"))?, self.paper(today)?),
            HouseAction::HandedIn => self.handed_in()?,
        })
    }

    fn suspension(&self, today: Today) -> Result<SuspensionOrder, Fault> {
        let until = Some(self.text("until")).filter(|time| !time.is_empty());
        let until = until.map(|time| today.at("until", "suspend-until", time)).transpose()?;
        let own = Words { el: self.text("el").to_owned(), en: self.text("en").to_owned() };
        // What is said in English alone would not be said at all.
        if own.el.is_empty() && !own.en.is_empty() {
            return Err(of_field("el", both(|voice| voice.say("suspend-greek-missing"))));
        }
        let chosen = REASONS.iter().find(|(value, _)| *value == self.text("because"));
        let because = match chosen {
            Some((_, sentence)) if own.el.is_empty() => {
                let words = both(|voice| voice.say(sentence));
                Words { el: words.el, en: words.en }
            }
            Some(_) | None => own,
        };
        Ok(SuspensionOrder::Suspend { part: self.part()?, until, because })
    }

    /// The part that is meant, as the form's list spells it: `tickets`, `service:KEY`, `desk:N`.
    fn part(&self) -> Result<OfficePart, Fault> {
        let name = self.text("scope");
        match name.split_once(':') {
            None if name == "tickets" => Ok(OfficePart::Tickets),
            Some(("service", key)) => Ok(OfficePart::Service(key.to_owned())),
            Some(("desk", number)) => Ok(OfficePart::Desk(desk(number)?)),
            Some(_) | None => Err(of_field("scope", both(|voice| voice.say("suspend-scope-wrong")))),
        }
    }

    /// A suspension's refusal with the field that it is about.
    fn of_suspension(&self, fault: Fault) -> Fault {
        let place = |id: &str, fault: Fault| Fault { place: Some(id.to_owned()), ..fault };
        match fault.code {
            ProblemCode::ReasonNeeded => {
                place("el", Fault { words: Some(both(|voice| voice.say("closures-because-missing"))), ..fault })
            }
            ProblemCode::UnknownService | ProblemCode::UnknownDesk => place("scope", fault),
            ProblemCode::TooFarAhead => place("until", fault),
            // The rules say no to nothing else of it but an end that has passed.
            ProblemCode::Malformed if fault.place.is_none() && !self.text("until").is_empty() => {
                let said = |voice: Voice| voice.with("time-past", "label", voice.say("suspend-until"));
                place("until", Fault { words: Some(both(said)), ..fault })
            }
            _ => fault,
        }
    }

    /// A refusal of a visit on paper with the fields that it is about.
    fn of_paper(fault: Fault) -> Fault {
        let place = match fault.code {
            ProblemCode::Malformed | ProblemCode::TooLongAgo => "arrived paper-from paper-to",
            ProblemCode::UnknownService => "paper-service",
            ProblemCode::UnknownVisit | ProblemCode::NotCallable => "paper-number",
            ProblemCode::UnknownDesk | ProblemCode::NotServedHere => "paper-desk",
            _ => return fault,
        };
        Fault { place: Some(place.to_owned()), ..fault }
    }

    /// What a kiosk handed in was looked at, or their booking is found.
    fn handed_in(&self) -> Result<HouseOrder, Fault> {
        let ticket = Uuid::try_parse(self.text("ticket")).map_err(|_| ProblemCode::UnknownVisit)?;
        let reference = self.text("reference");
        let order = if reference.is_empty() {
            HandedInOrder::Settle
        } else {
            HandedInOrder::FindBooking { reference: reference.to_owned() }
        };
        Ok(HouseOrder::HandedIn(ticket, order))
    }

    /// Those whose box is ticked are gone.
    fn roll_call(&self) -> RollCall {
        let ticked = self.0.keys().filter_map(|name| name.strip_prefix("gone-"));
        RollCall { gone: ticked.filter_map(|visit| Uuid::try_parse(visit).ok()).collect() }
    }

    /// Somebody who was served on paper, with the true times.
    fn paper(&self, today: Today) -> Result<AtDesk, Fault> {
        let at = |name: &str, id: &str, label: &str| today.at(id, label, self.text(name));
        Ok(AtDesk::EnterOutageVisit {
            service: self.text("service").to_owned(),
            number: Some(self.text("number")).filter(|number| !number.is_empty()).map(str::to_owned),
            arrived_at: at("arrived", "arrived", "paper-arrived")?,
            served_from: at("from", "paper-from", "paper-from")?,
            served_to: at("to", "paper-to", "paper-to")?,
            outcome: match self.text("outcome") {
                "done" => Outcome::Done,
                "not-possible" => Outcome::NotPossible,
                "documents-missing" => Outcome::DocumentsMissing,
                // How it ended is nobody's guess.
                _ => return Err(of_field("outcome", both(|voice| voice.say("paper-outcome-wrong")))),
            },
        })
    }
}

fn desk(number: &str) -> Result<DeskId, ProblemCode> {
    number.parse::<u16>().map(DeskId).map_err(|_| ProblemCode::UnknownDesk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(action: HouseAction, fields: &[(&str, &str)]) -> Result<HouseOrder, Fault> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        HouseForm(fields.collect()).order(action, Today { zone: chrono_tz::Europe::Athens, date })
    }

    fn at(time: &str) -> CivilInstant {
        format!("2026-11-24T{time}:00Z").parse().unwrap()
    }

    #[test]
    fn fld_30_a_part_is_suspended_for_a_chosen_reason_or_in_own_words() {
        let suspend = |fields: &[(&str, &str)]| match order(HouseAction::Suspend, fields).unwrap() {
            HouseOrder::Suspension(SuspensionOrder::Suspend { part, until, because }) => (part, until, because),
            other => panic!("{other:?}"),
        };
        let (part, until, because) = suspend(&[("scope", "desk:2"), ("until", "10:45"), ("because", "strike")]);
        assert_eq!((part, until), (OfficePart::Desk(DeskId(2)), Some(at("08:45"))));
        assert!(!because.el.is_empty() && !because.en.is_empty());
        let own = [("scope", "tickets"), ("because", "strike"), ("el", "Βλάβη"), ("en", "")];
        let (part, until, because) = suspend(&own);
        assert_eq!((part, until), (OfficePart::Tickets, None));
        assert_eq!(because, Words { el: "Βλάβη".to_owned(), en: String::new() });
        let wrong = [("scope", "nothing"), ("scope", "desk:x")];
        let codes = wrong.map(|field| order(HouseAction::Resume, &[field]).unwrap_err().code);
        assert_eq!(codes, [ProblemCode::Malformed, ProblemCode::UnknownDesk]);
    }

    #[test]
    fn prom_12_who_is_gone_and_who_was_served_on_paper() {
        let visit = Uuid::from_u128(7);
        let ticked = format!("gone-{visit}");
        let gone = order(HouseAction::RollCall, &[(&ticked, "yes"), ("gone-x", "yes")]).unwrap();
        assert_eq!(gone, HouseOrder::RollCall(RollCall { gone: vec![visit] }));
        let fields = [
            ("desk", "1"),
            ("service", "signature"),
            ("arrived", "10:02"),
            ("from", "10:05"),
            ("to", "10:12"),
            ("outcome", "done"),
        ];
        let paper = AtDesk::EnterOutageVisit {
            service: "signature".to_owned(),
            number: None,
            arrived_at: at("08:02"),
            served_from: at("08:05"),
            served_to: at("08:12"),
            outcome: Outcome::Done,
        };
        assert_eq!(order(HouseAction::Paper, &fields).unwrap(), HouseOrder::Paper(DeskId(1), paper));
        assert_eq!(order(HouseAction::Paper, &fields[..4]).unwrap_err().code, ProblemCode::Malformed);
        for outcome in [None, Some(""), Some("dne"), Some("Done")] {
            let ended = fields[..5].iter().copied().chain(outcome.map(|outcome| ("outcome", outcome)));
            let fault = order(HouseAction::Paper, &ended.collect::<Vec<_>>()).unwrap_err();
            assert_eq!(fault.place.as_deref(), Some("outcome"), "{outcome:?}");
        }
    }
}
