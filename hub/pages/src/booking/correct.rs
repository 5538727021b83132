//! Putting right what the office asked for (TRN-09): the details once more, by a deadline, behind the booking's link.

use std::collections::BTreeMap;

use acts::{
    BookingName, Fault,
    correct::{self, DetailCorrection},
};
use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Channel, CorrectionState, OnlineRules, Service};
use people::{DetailFaults, DetailForm, DetailRules};
use post::void_reason;
use text::Dates;
use wire::ProblemCode;

use super::{BookingPaths, manage::LinkedBooking};
use crate::{
    book::fields::{Field, Painter},
    form::Sent,
    frame::{Frame, page},
    problem::{self, status_of},
    visitor::Visitor,
};

pub use acts::details_of;

#[derive(Template)]
#[template(path = "booking/correct.html")]
struct CorrectPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<(String, String)>,
    paths: BookingPaths,
    when: String,
    service: String,
    asked: CorrectionNotice,
    behalf: &'static str,
    fields: Vec<Field>,
}

/// What is asked for, in words.
pub struct CorrectionNotice {
    /// What is the matter.
    pub why: String,
    /// What staff wrote.
    pub note: Option<String>,
    /// By when.
    pub until: String,
}

impl LinkedBooking {
    /// What the office asks to be put right, while it is waited for; also after a deadline that was tolerated.
    pub async fn asked_to_correct(&self, visitor: &Visitor) -> Option<CorrectionNotice> {
        let asked = self.booking.correction.filter(|_| self.is_open())?;
        match asked.state {
            CorrectionState::Awaited | CorrectionState::Lapsed { .. } => {}
            CorrectionState::Made { .. } => return None,
        }
        let (row, voice) = (self.handle.row, visitor.voice);
        let note = match asked.note {
            Some(note) => visitor.state.readers.read(move |store| store.note(row, note)).await.ok().flatten(),
            None => None,
        };
        Some(CorrectionNotice {
            why: void_reason(&self.config, asked.because, voice),
            note: note.and_then(|note| note.text),
            until: Dates { voice, zone: self.config.zone }.day_and_time(asked.until),
        })
    }
}

/// Shows what was said, to be put right.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link)?;
    let record = linked.record(&visitor).await;
    let typed = record.map(|record| DetailForm::of(&details_of(&record))).unwrap_or_default();
    Ok(show(&visitor, &linked, &typed, &DetailFaults::new(), None).await)
}

async fn show(
    visitor: &Visitor,
    linked: &LinkedBooking,
    typed: &DetailForm,
    faults: &DetailFaults,
    fault: Option<&Fault>,
) -> Response {
    let paths = linked.paths.clone();
    let Some(asked) = linked.asked_to_correct(visitor).await else {
        return Redirect::to(&paths.booking()).into_response();
    };
    let voice = visitor.state.texts.voice(linked.handle.row, visitor.voice);
    let status = match fault {
        Some(fault) => status_of(fault.code),
        None if faults.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (service, channel) = (linked.booking.promise.service, linked.booking.promise.channel);
    let painter = Painter { typed, faults, voice };
    let shown = CorrectPage {
        f: visitor.frame().at(paths.correct()),
        refusal: fault.map(|fault| problem::sentence(visitor, fault)),
        wrong: faults.clone(),
        when: linked.when(visitor),
        service: linked.service(visitor),
        asked,
        behalf: typed.behalf().name(),
        fields: painter.all(linked.config.services.get(&service), channel, &linked.config.rules.online),
        paths,
    };
    page(status, &shown)
}

/// Every field that a booking has.
pub fn fields(service: Option<&Service>, channel: Channel, online: &OnlineRules, painter: &Painter<'_>) -> Vec<Field> {
    painter.all(service, channel, online)
}

/// Takes the correction, if it is right.
pub async fn post(
    Path(link): Path<String>,
    Sent { visitor, fields }: Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link)?;
    let typed = DetailForm::new(fields);
    let promise = &linked.booking.promise;
    let service = linked.config.services.get(&promise.service).ok_or(ProblemCode::NotFound)?;
    let (channel, online) = (promise.channel, &linked.config.rules.online);
    let rules = DetailRules { service, channel, online, voice: visitor.voice };
    let details = match typed.checked(rules) {
        Ok(particulars) => particulars.details,
        Err(faults) => return Ok(show(&visitor, &linked, &typed, &faults, None).await),
    };
    let booking = BookingName::Number(linked.booking.id);
    match correct::run(linked.turn(&visitor), DetailCorrection { booking, details }).await {
        Ok(_) => Ok(Redirect::to(&linked.paths.done("corrected")).into_response()),
        Err(fault) if fault.code == ProblemCode::NotFound => Err(fault),
        Err(fault) => Ok(show(&visitor, &linked, &typed, &DetailFaults::new(), Some(&fault)).await),
    }
}
