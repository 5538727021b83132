//! The end of a booking: consent and a promise, or neither and nothing kept (OMB-11 to OMB-13).

use acts::{
    Fault, Turn,
    confirm::{self, Confirmation, ConfirmationOutcome},
    refuse_hold::{self, HoldRefusal},
};
use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use office::BookingId;
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, ok},
    visitor::link_limit,
};
use store::Actor;

use super::{
    details::{booked, lapsed},
    hold::{Hold, HoldCase, find},
    proven::{ProvenVisitor, no_proof_cookie},
    review::particulars,
};

#[derive(Template)]
#[template(path = "book/refused.html")]
struct RefusedPage {
    f: Frame,
}

/// What the button that books sends.
#[derive(Debug, Deserialize)]
pub struct ConsentForm {
    #[serde(default)]
    consent: String,
    /// Of the text that was read.
    #[serde(default)]
    version: String,
}

/// Books, or lets go.
pub async fn post(
    proven: ProvenVisitor,
    PagePath((key, booking)): PagePath<(String, String)>,
    OwnForm { visitor, fields: form }: OwnForm<ConsentForm>,
) -> Result<Response, Fault> {
    let agrees = form.consent == "yes";
    let hold: Hold = match find(&proven, &key, &booking)? {
        HoldCase::Held(hold) => *hold,
        HoldCase::Lapsed(times, _) if agrees => return Ok(lapsed(&times)),
        HoldCase::Lapsed(_, draft) => {
            let booking = draft.2;
            visitor.state.drafts.take(&draft);
            return refuse(&proven, &key, booking).await;
        }
        // Pressed twice: the booking is made.
        HoldCase::Booked => return booked(&proven, &key, &booking, true).await,
    };
    let state = &visitor.state;
    if !agrees {
        state.drafts.take(&hold.draft);
        return refuse(&proven, &key, hold.booking).await;
    }
    let Some(particulars) = particulars(&proven, &hold) else {
        return Ok(Redirect::to(&hold.href()).into_response());
    };
    let confirmation = Confirmation {
        booking: hold.booking,
        address: proven.address,
        particulars,
        notice: form.version,
        profile: proven.agent.as_ref().and_then(|_| state.drafts.get(&hold.draft)),
    };
    let words = state.texts.voice(hold.handle.row, visitor.voice);
    let turn = Turn { writer: &state.writer, office: &hold.handle, actor: Actor::Citizen, id: None };
    let outcome = match confirm::run(turn, link_limit(&visitor), &words, confirmation).await {
        Ok(outcome) => outcome,
        // Pressed twice at once: the other press has made the booking meanwhile.
        Err(_) if matches!(find(&proven, &key, &booking), Ok(HoldCase::Booked)) => {
            return booked(&proven, &key, &booking, true).await;
        }
        Err(fault) => return Err(fault),
    };
    match outcome {
        ConfirmationOutcome::Booked(_) => {
            state.drafts.take(&hold.draft);
            booked(&proven, &key, &booking, true).await
        }
        ConfirmationOutcome::NoticeChanged => {
            let review = Page::HoldReview { office: &key, booking: hold.booking };
            Ok(Redirect::to(&review.asking("changed=1")).into_response())
        }
    }
}

/// Nothing is kept of somebody who does not agree.
async fn refuse(proven: &ProvenVisitor, key: &str, booking: BookingId) -> Result<Response, Fault> {
    let state = &proven.visitor.state;
    let office = state.office(key)?;
    let turn = Turn { writer: &state.writer, office, actor: Actor::Citizen, id: None };
    refuse_hold::run(turn, &state.offices, HoldRefusal { booking, address: proven.address }).await?;
    let page = ok(&RefusedPage { f: proven.visitor.frame().at(Page::Front.to_string()) });
    Ok(([(header::SET_COOKIE, no_proof_cookie(state))], page).into_response())
}
