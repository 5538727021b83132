//! One request with everything that happened to it and was written: for the applicant, or for staff who may read it.

use std::collections::BTreeMap;

use body::{Action, CaseEvent, CaseStep, WordsId};
use office::BookingId;
use people::Profile;
use store::{FilePurpose, RequestFile, RequestRow, RequestWords, Store, Stored};

use super::{RequestErrand, RequestRefusal, RequestRoom, step::staff_may};
use crate::{fault::Fault, own_profile};

/// One request, as somebody may see it.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// As it is now.
    pub row: RequestRow,
    /// What happened, in order.
    pub events: Vec<CaseEvent>,
    /// What was written; without what is for staff alone, where the applicant reads it.
    pub words: Vec<RequestWords>,
    /// What was sent with it, and the result where it is a file; nothing that is chosen and not sent.
    pub files: Vec<RequestFile>,
    /// Who asks, as far as they said it; for staff alone.
    pub applicant: Option<Profile>,
    /// The bookings that were made for it, by office, whether they stand or not.
    pub bookings: Vec<(u32, BookingId)>,
}

impl RequestView {
    /// What was filled in, by the names of the fields; none where it was erased.
    #[must_use]
    pub fn answers(&self) -> Option<BTreeMap<String, String>> {
        let submitted = |event: &CaseEvent| match &event.step {
            CaseStep::CaseSubmitted { words, .. } => Some(*words),
            _ => None,
        };
        serde_json::from_str(self.text(self.events.iter().find_map(submitted)?)?).ok()
    }

    /// A text that an event names.
    #[must_use]
    pub fn text(&self, id: WordsId) -> Option<&str> {
        self.words.iter().find(|words| words.id == id)?.text.as_deref()
    }
}

/// The applicant's view.
///
/// # Errors
/// That the hub cannot read.
pub async fn own(
    room: RequestRoom<'_>,
    RequestErrand { request: public, by }: RequestErrand,
) -> Result<Result<RequestView, RequestRefusal>, Fault> {
    let viewed = room.ledger.readers.read(move |store| {
        let Some(row) = store.request(public)?.filter(|row| row.case.account == by) else {
            return Ok(Err(RequestRefusal::NotFound));
        };
        let mut view = view(store, row)?;
        view.words.retain(|words| !words.internal);
        Ok(Ok(view))
    });
    Ok(viewed.await?)
}

/// The view of staff who may read it.
///
/// # Errors
/// That the hub cannot read.
pub async fn staff(
    room: RequestRoom<'_>,
    RequestErrand { request: public, by }: RequestErrand,
) -> Result<Result<RequestView, RequestRefusal>, Fault> {
    let viewed = room.ledger.readers.read(move |store| {
        let Some(row) = store.request(public)? else { return Ok(Err(RequestRefusal::NotFound)) };
        if let Err(refusal) = staff_may(store, by, Action::ReadRequests, &row)? {
            return Ok(Err(refusal));
        }
        let mut view = view(store, row)?;
        view.applicant = own_profile::kept(store, view.row.case.account.0)?;
        Ok(Ok(view))
    });
    Ok(viewed.await?)
}

fn view(store: &Store, row: RequestRow) -> Stored<RequestView> {
    let (events, words) = (store.request_events(row.case.id)?, store.request_words(row.case.id)?);
    let mut files = store.request_files(row.public)?;
    files.retain(|file| file.purpose != FilePurpose::Draft);
    let bookings = store.bookings_of_request(row.public)?;
    Ok(RequestView { row, events, words, files, applicant: None, bookings })
}
