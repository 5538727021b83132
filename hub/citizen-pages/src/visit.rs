//! The ticket's page, behind its QR code: the number, where it stands, who is ahead, where to go, leaving (FLD-12).

use std::sync::Arc;

use acts::{
    Fault, Turn,
    own_leave::{self, OwnLeave},
    own_wish::{self, OwnWish},
};
use appraisal::feedback;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
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
use wire::{Arrow, DeskLabel, ProblemCode, VisitStage, VisitView};
use writer::OfficeHandle;

use crate::visit_feedback::{FeedbackAsk, FeedbackForm, FeedbackPart};

/// Who will not be called sooner than after so many minutes may go out meanwhile.
const GO_OUT_MINUTES: u16 = 25;
/// And should be back so many minutes before the earliest moment that is foretold.
const BACK_MINUTES: u16 = 10;

#[derive(Template)]
#[template(path = "visit.html")]
struct VisitPage {
    f: Frame,
    number: String,
    stage_class: &'static str,
    headline: String,
    /// The call, while it stands.
    call: Option<CallMark>,
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
    /// Whether they may say that they leave.
    may_leave: bool,
    /// Whether they may say that they have not left after all.
    may_return: bool,
    own: String,
    /// What they thought of it, once it is over.
    feedback: FeedbackPart,
    refusal: Option<String>,
}

/// What a call shows besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CallMark {
    /// When it was called, in milliseconds: another one, and the same once more, is told apart by it.
    at: i64,
    /// The desk's number.
    desk: u16,
    /// Where it lies, as a sign.
    arrow: &'static str,
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
    leave: String,
}

/// Says whether they may be called before their time, or that they leave or stay.
pub async fn post(
    PagePath(public): PagePath<String>,
    OwnForm { visitor, fields: form }: OwnForm<VisitForm>,
) -> Result<Response, Fault> {
    let id = Uuid::try_parse(&public).map_err(|_| ProblemCode::UnknownVisit)?;
    let handle = behind(&visitor, id)?;
    let turn = Turn { writer: &visitor.state.writer, office: handle, actor: Actor::Citizen, id: None };
    let early = match form.early.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    match form.leave.as_str() {
        "yes" => own_leave::run(turn, id, OwnLeave::Leave).await?,
        "undo" => own_leave::run(turn, id, OwnLeave::Undo).await?,
        _ => own_wish::run(turn, id, OwnWish { early, ..OwnWish::default() }).await.map(drop)?,
    }
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
    let (stage_class, headline, mut lines) = stage(&view, now, visitor.voice);
    let back = return_until(&handle.read(), id, now);
    if let Some(until) = back {
        lines = vec![visitor.voice.text("visit-return-until", "until", &dates.until(until, now))];
    }
    if let Some(until) = missed_until(&handle.read(), id, now) {
        lines = vec![visitor.voice.text("visit-missed-until", "until", &dates.until(until, now))];
    }
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
        call: call_mark(&view.stage),
        lines,
        service: visitor.voice.of_text(&view.service),
        office: visitor.voice.of_text(&view.office),
        booked: view.booked_for.map(|at| dates.time(at)),
        now: dates.time(now),
        anew,
        early: early(&handle.read(), id, now),
        may_leave: may_leave(&view.stage),
        may_return: back.is_some(),
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

/// Whether somebody may say that they leave: who waits, or waits to go on.
const fn may_leave(stage: &VisitStage) -> bool {
    match stage {
        VisitStage::Waiting { .. } | VisitStage::OnHold => true,
        VisitStage::Called { .. }
        | VisitStage::Serving { .. }
        | VisitStage::Finished
        | VisitStage::NoShow
        | VisitStage::Left
        | VisitStage::Unserved => false,
    }
}

/// Until when somebody who left may say that they have not, while there is time.
fn return_until(office: &Office, public: PublicId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let visit = office.visits.get(office.visits_by_public.get(&public)?)?;
    office.leave_undone_until(visit).filter(|until| now <= *until)
}

/// Until when somebody who missed their call has the next free turn, while there is time.
fn missed_until(office: &Office, public: PublicId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let visit = office.visits.get(office.visits_by_public.get(&public)?)?;
    office.back_in_time_until(visit).filter(|until| now <= *until)
}

/// What a call shows besides its words, while it stands.
fn call_mark(stage: &VisitStage) -> Option<CallMark> {
    let VisitStage::Called { desk, at } = stage else { return None };
    let arrow = match desk.arrow {
        Some(Arrow::Left) => "←",
        Some(Arrow::Right) => "→",
        Some(Arrow::Ahead) => "↑",
        Some(Arrow::Back) => "↓",
        None => "",
    };
    Some(CallMark { at: at.timestamp_millis(), desk: desk.number, arrow })
}

/// The way to a desk in words, for who does not see the sign; nothing, where the office has not said it.
fn way(label: &DeskLabel, voice: Voice) -> Option<String> {
    let id = match label.arrow? {
        Arrow::Left => "visit-way-left",
        Arrow::Right => "visit-way-right",
        Arrow::Ahead => "visit-way-ahead",
        Arrow::Back => "visit-way-back",
    };
    Some(voice.say(id))
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
            let out = expected_wait.filter(|wait| wait.from >= GO_OUT_MINUTES && stopped.is_none()).map(|wait| {
                let back = now + TimeDelta::minutes(i64::from(wait.from - BACK_MINUTES));
                voice.text("visit-may-go-out", "until", &Dates { voice, zone, now }.until(back, now))
            });
            let stay = if stopped.is_some() { None } else { Some(out.unwrap_or_else(|| voice.say("visit-stay"))) };
            let lines = stopped.into_iter().chain(wait).chain(stay).collect();
            ("waiting", headline, lines)
        }
        VisitStage::Called { desk: label, .. } => {
            let headline = voice.with("visit-called", "desk", desk(label, voice));
            ("called", headline, way(label, voice).into_iter().chain([voice.say("visit-called-hint")]).collect())
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
        let (class, headline, lines) = stage(&called, morning(), Voice(Language::En));
        assert_eq!((class, headline.as_str(), lines.len()), ("called", "Please go to desk 3", 1));
        let mark = call_mark(&called.stage).unwrap();
        assert_eq!((mark.desk, mark.arrow, mark.at), (3, "", morning().timestamp_millis()));
        assert!(!may_leave(&called.stage));
    }

    #[test]
    fn fld_12_the_way_to_the_desk_is_told_in_words_and_by_a_sign_where_the_office_says_it() {
        let check = |arrow, sign: &str, words: &str| {
            let label = DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: Some(arrow) };
            let called = view(VisitStage::Called { desk: label, at: morning() });
            let (_, _, lines) = stage(&called, morning(), Voice(Language::En));
            assert_eq!((lines[0].as_str(), lines.len()), (words, 2));
            assert_eq!(call_mark(&called.stage).unwrap().arrow, sign);
        };
        check(Arrow::Left, "←", "It is to the left as you face the board.");
        check(Arrow::Right, "→", "It is to the right as you face the board.");
        check(Arrow::Ahead, "↑", "It is straight on as you face the board.");
        check(Arrow::Back, "↓", "It is behind you as you face the board.");
    }

    #[test]
    fn fld_12_who_has_long_to_wait_is_told_until_when_they_may_go_out() {
        let check = |from, suspended: Option<SuspensionNote>, expect: &str| {
            let expected_wait = Some(MinuteRange { from, to: from + 30 });
            let stage_of = VisitStage::Waiting { people_ahead: 9, expected_wait, out_of_reach: false, suspended };
            let (_, _, lines) = stage(&view(stage_of), morning(), Voice(Language::El));
            assert!(lines.iter().any(|line| line.contains(expect)), "{lines:?}");
            lines.iter().any(|line| line.contains("βγείτε"))
        };
        // Ten in the morning there.
        assert!(check(45, None, "Επιστρέψτε έως τις 10:35"));
        assert!(check(25, None, "Επιστρέψτε έως τις 10:15"));
        assert!(!check(24, None, "Παρακαλούμε περιμένετε"));
        let stopped = SuspensionNote { until: None, because: Words::new("Βλάβη.", "A fault.") };
        assert!(!check(45, Some(stopped), "Βλάβη."));
    }
}
