//! Putting right what the office asked for (TRN-09): the details once more, by a deadline, behind the booking's link.

use std::collections::BTreeMap;

use acts::{
    BookingName, Fault,
    correct::{self, DetailCorrection},
    details_of,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::CorrectionMeans;
use people::{DetailFaults, DetailForm, DetailRules};
use stationery::{
    extract::PagePath,
    fields::{Field, Painter},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, status_of},
    visitor::Visitor,
};
use wire::ProblemCode;

use super::{BookingPaths, correction::CorrectionNotice, linked::LinkedBooking};

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

/// Shows what was said, to be put right.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    // What documents alone put right is no matter of details.
    let asked = linked.asked_to_correct(&visitor).await;
    if asked.is_some_and(|asked| asked.means == CorrectionMeans::Documents) {
        return Ok(Redirect::to(&linked.paths.documents()).into_response());
    }
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

/// Takes the correction, if it is right.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
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
