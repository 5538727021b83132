//! The ticket's page, behind its QR code: the number, where it stands, who is ahead (FLD-12).

use std::sync::Arc;

use acts::{
    Fault, Turn,
    own_wish::{self, OwnWish},
};
use appraisal::feedback;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{BookingNeed, Office, PublicId, VisitState};
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    problem::{marks, sentence},
    visitor::Visitor,
};
use store::Actor;
use text::{Dates, Voice, at_place};
use uuid::Uuid;
use wire::{DeskLabel, ProblemCode, VisitStage, VisitView};
use writer::OfficeHandle;

use crate::visit_feedback::{FeedbackAsk, FeedbackForm, FeedbackPart};

#[derive(Template)]
#[template(path = "visit.html")]
struct VisitPage {
    f: Frame,
    number: String,
    stage_class: &'static str,
    headline: String,
    lines: Vec<String>,
    service: String,
    office: String,
    booked: Option<String>,
    now: String,
    feed: String,
    /// Where another time is booked, for whom today does not reach.
    anew: Option<String>,
    /// Whether somebody who came early may be called before their time; none where that is no question.
    early: Option<EarlyAnswer>,
    own: String,
    /// What they thought of it, once it is over.
    feedback: FeedbackPart,
    refusal: Option<String>,
}

/// What was typed and cannot be taken.
struct VisitRefusal {
    /// Why, in the reader's language.
    sentence: String,
    /// The fields that it is about.
    marks: Vec<String>,
    /// What was typed.
    typed: FeedbackForm,
}

impl VisitPage {
    /// How long a sentence may be.
    fn letters_said(&self, ask: &FeedbackAsk) -> String {
        self.f.voice.with("feedback-text-hint", "letters", ask.letters)
    }
}

/// What was answered to the question whether somebody may be called before their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct EarlyAnswer(Option<bool>);

/// A form of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct VisitForm {
    early: String,
}

/// Says whether they may be called before their time.
pub async fn post(
    PagePath(public): PagePath<String>,
    OwnForm { visitor, fields: form }: OwnForm<VisitForm>,
) -> Result<Response, Fault> {
    let id = Uuid::try_parse(&public).map_err(|_| ProblemCode::UnknownVisit)?;
    let handle = behind(&visitor, id)?;
    let early = match form.early.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let turn = Turn { writer: &visitor.state.writer, office: handle, actor: Actor::Citizen, id: None };
    own_wish::run(turn, id, OwnWish { early, ..OwnWish::default() }).await?;
    Ok(Redirect::to(&Page::Visit { visit: id }.to_string()).into_response())
}

/// The office in which a visit is.
fn behind(visitor: &Visitor, id: Uuid) -> Result<&Arc<OfficeHandle>, ProblemCode> {
    let is_in = |handle: &&Arc<OfficeHandle>| handle.read().visits_by_public.contains_key(&PublicId(id));
    visitor.state.offices.going().find(is_in).ok_or(ProblemCode::UnknownVisit)
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath(public): PagePath<String>) -> Result<Redirect, Fault> {
    let visit = Uuid::try_parse(&public).map_err(|_| ProblemCode::UnknownVisit)?;
    Ok(Redirect::to(&Page::Visit { visit }.to_string()))
}

/// Takes what they thought of it.
pub async fn say(
    PagePath(public): PagePath<String>,
    OwnForm { visitor, fields: typed }: OwnForm<FeedbackForm>,
) -> Result<Response, Fault> {
    let visit = Uuid::try_parse(&public).map_err(|_| ProblemCode::UnknownVisit)?;
    let handle = behind(&visitor, visit)?;
    match typed.feedback() {
        Ok(said) => {
            feedback::run(&visitor.state.ledger, &visitor.state.key, handle, visit, said).await?;
            Ok(Redirect::to(&Page::Visit { visit }.to_string()).into_response())
        }
        Err(fault) => {
            let refused = VisitRefusal { sentence: sentence(&visitor, &fault), marks: marks(&fault), typed };
            show(visitor, &public, Some(refused)).await
        }
    }
}

/// Who is here before their time, waits, and may be asked.
fn early(office: &Office, public: PublicId, now: DateTime<Utc>) -> Option<EarlyAnswer> {
    let visit = office.visits.get(office.visits_by_public.get(&public)?)?;
    let waits = matches!(visit.state, VisitState::Waiting { .. });
    let ahead = visit.booked_for().is_some_and(|at| now < at);
    (waits && ahead).then_some(EarlyAnswer(visit.may_come_early))
}

/// Shows it.
pub async fn get(visitor: Visitor, PagePath(public): PagePath<String>) -> Result<Response, Fault> {
    show(visitor, &public, None).await
}

/// Shows it, with what was refused.
async fn show(visitor: Visitor, public: &str, refused: Option<VisitRefusal>) -> Result<Response, Fault> {
    let now = visitor.state.clock.now();
    let unknown = || {
        let words = Some(text::both(|voice| voice.say("visit-unknown")));
        Fault { words, ..ProblemCode::UnknownVisit.into() }
    };
    let id = Uuid::try_parse(public).map(PublicId).map_err(|_| unknown())?;
    let found = visitor.state.offices.going().find_map(|handle| {
        Some((handle, views::visit(visitor.state.outlooks.of(handle.row), &handle.read(), id, now)?))
    });
    // It may be one of an office that is set aside.
    let aside = visitor.state.offices.aside().next().map(|_| ProblemCode::OfficeSetAside);
    let (handle, view) = found.ok_or_else(|| aside.map_or_else(unknown, Fault::from))?;
    let zone = view.zone.parse::<chrono_tz::Tz>().unwrap_or(chrono_tz::Europe::Athens);
    let dates = Dates { voice: visitor.voice, zone, now };
    let (stage_class, headline, lines) = stage(&view, now, visitor.voice);
    let anew = is_offered_anew(&view.stage).then(|| anew(&handle.read(), id)).flatten();
    let typed = refused.as_ref().map(|refused| refused.typed.clone()).unwrap_or_default();
    let feedback = FeedbackPart::of(&visitor, handle, id.0, &typed).await?;
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let (refusal, marks) = refused.map(|refused| (refused.sentence, refused.marks)).unzip();
    let own = Page::Visit { visit: id.0 }.to_string();
    let answer = VisitPage {
        f: visitor.frame().of_office(&visitor.state, handle).at(&own).marking(marks.unwrap_or_default()),
        number: view.number,
        stage_class,
        headline,
        lines,
        service: visitor.voice.of_text(&view.service),
        office: visitor.voice.of_text(&view.office),
        booked: view.booked_for.map(|at| dates.time(at)),
        now: dates.time(now),
        anew,
        early: early(&handle.read(), id, now),
        feed: format!("{own}/feed"),
        own,
        feedback,
        refusal,
    };
    Ok(page(status, &answer))
}

/// Whether today does not reach somebody, or did not: another time is offered first (FLD-35).
const fn is_offered_anew(stage: &VisitStage) -> bool {
    match stage {
        VisitStage::Waiting { out_of_reach, .. } => *out_of_reach,
        VisitStage::Unserved => true,
        VisitStage::Called { .. }
        | VisitStage::Serving { .. }
        | VisitStage::OnHold
        | VisitStage::Finished
        | VisitStage::NoShow
        | VisitStage::Left => false,
    }
}

/// Where the same is booked; nowhere, where nobody books it.
fn anew(office: &Office, public: PublicId) -> Option<String> {
    let config = office.config.as_ref()?;
    let visit = office.visits.get(office.visits_by_public.get(&public)?)?;
    let service = config.services.get(&visit.service)?;
    let bookable = service.booking != BookingNeed::NotOffered;
    bookable.then(|| Page::Book.asking(format_args!("office={}&service={}", config.key, service.key)))
}

/// How the page looks, its headline, and what stands below.
fn stage(view: &VisitView, now: DateTime<Utc>, voice: Voice) -> (&'static str, String, Vec<String>) {
    let plain = |class, id: &str, hint: &str| (class, voice.say(id), vec![voice.say(hint)]);
    match &view.stage {
        VisitStage::Waiting { out_of_reach: true, .. } => {
            plain("over", "visit-out-of-reach", "visit-out-of-reach-hint")
        }
        VisitStage::Waiting { people_ahead, expected_wait, suspended, out_of_reach: false } => {
            let headline = match people_ahead {
                0 => voice.say("visit-next"),
                ahead => voice.count("visit-ahead", *ahead),
            };
            let wait = expected_wait.map(|wait| match wait.from {
                0 => voice.with("visit-wait-short", "to", wait.to.max(1)),
                from => voice.say_with("visit-wait", [("from", from.into()), ("to", wait.to.into())]),
            });
            let zone = view.zone.parse::<chrono_tz::Tz>().unwrap_or(chrono_tz::Europe::Athens);
            let stopped = suspended.as_ref().map(|one| {
                let said = match one.until {
                    Some(until) => {
                        voice.text("suspended-service-until", "until", &Dates { voice, zone, now }.until(until, now))
                    }
                    None => voice.say("suspended-service"),
                };
                format!("{said} {} {}", voice.of_text(&one.because), voice.say("suspended-waits"))
            });
            let stay = if stopped.is_some() { None } else { Some(voice.say("visit-stay")) };
            let lines = stopped.into_iter().chain(wait).chain(stay).collect();
            ("waiting", headline, lines)
        }
        VisitStage::Called { desk: label, .. } => {
            let headline = voice.with("visit-called", "desk", desk(label, voice));
            ("called", headline, vec![voice.say("visit-called-hint")])
        }
        VisitStage::Serving { desk: label } => {
            ("serving", voice.with("visit-serving", "desk", desk(label, voice)), Vec::new())
        }
        VisitStage::OnHold => plain("waiting", "visit-on-hold", "visit-on-hold-hint"),
        VisitStage::Finished => plain("over", "visit-finished", "visit-finished-hint"),
        VisitStage::NoShow => plain("over", "visit-no-show", "visit-no-show-hint"),
        VisitStage::Left => plain("over", "visit-left", "visit-left-hint"),
        VisitStage::Unserved => plain("over", "visit-unserved", "visit-unserved-hint"),
    }
}

fn desk(label: &DeskLabel, voice: Voice) -> String {
    at_place(voice, &voice.of_text(&label.word), label.number)
}

#[cfg(test)]
mod tests {
    use wire::{Language, MinuteRange, SuspensionNote, Words};

    use super::*;

    fn view(stage: VisitStage) -> VisitView {
        VisitView {
            office: Words::new("ΚΕΠ", "CSC"),
            zone: "Europe/Athens".into(),
            number: "A042".into(),
            service: Words::default(),
            booked_for: None,
            stage,
        }
    }

    fn morning() -> DateTime<Utc> {
        "2026-11-24T08:00:00Z".parse().unwrap()
    }

    fn waiting(out_of_reach: bool, suspended: Option<SuspensionNote>) -> VisitView {
        let expected_wait = Some(MinuteRange { from: 10, to: 20 }).filter(|_| !out_of_reach);
        view(VisitStage::Waiting { people_ahead: 3, expected_wait, out_of_reach, suspended })
    }

    #[test]
    fn fld_12_the_page_says_who_is_ahead_and_how_long() {
        let (class, headline, lines) = stage(&waiting(false, None), morning(), Voice(Language::El));
        assert_eq!((class, headline.as_str()), ("waiting", "Προηγούνται 3 άτομα"));
        assert_eq!(lines[0], "Εκτιμώμενος χρόνος αναμονής: 10 έως 20 λεπτά");
    }

    #[test]
    fn fld_35_fld_30_whom_today_will_not_reach_and_who_waits_for_what_is_suspended_is_told_so() {
        let unreached = waiting(true, None);
        let (_, headline, lines) = stage(&unreached, morning(), Voice(Language::En));
        assert_eq!(headline, "We will not get to you today");
        assert!(is_offered_anew(&unreached.stage) && !lines.contains(&"Please wait; we will call you.".to_owned()));
        let until = Some("2026-11-24T08:45:00Z".parse().unwrap());
        let stopped = waiting(false, Some(SuspensionNote { until, because: Words::new("Βλάβη.", "A fault.") }));
        let (_, headline, lines) = stage(&stopped, morning(), Voice(Language::En));
        assert_eq!(headline, "3 people ahead of you");
        assert_eq!(lines[0], "This service is not given at present, until 10:45. A fault. Your place is kept.");
        assert!(!is_offered_anew(&stopped.stage));
    }

    #[test]
    fn a_call_names_the_desk() {
        let label = DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: None };
        let called = view(VisitStage::Called { desk: label, at: morning() });
        let (class, headline, _) = stage(&called, morning(), Voice(Language::En));
        assert_eq!((class, headline.as_str()), ("called", "Please go to desk 3"));
    }
}
