//! Staff put right what was said with a booking, e.g. for a caller (FLD-14): who changed what and when is kept, and the
//! citizen is told (TRN-02).

use office::{Booking, Command, CorrectedBy, CorrectionState};
use people::Details;
use serde::{Deserialize, Serialize};
use store::DetailEdit;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::BookingName,
    kept::{details_of, entered_with, person_with},
    party::person_of,
    turn::{Turn, decide},
};

/// The details as they are to be.
#[derive(Debug, Clone, Serialize)]
pub struct DetailsOrder {
    /// The booking whose details they are, by how it is known.
    pub booking: BookingName,
    /// What is right.
    pub details: Details,
    /// Where its mails go.
    pub email: Option<String>,
}

/// What a change of details came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailsAudit {
    /// The fields of the form that have another value since; where there are none, nothing happened.
    pub fields: Vec<String>,
}

/// Keeps other details; where the citizen was asked to put something right, that is done with it.
///
/// # Errors
/// A [`Fault`] where the rules say no, nothing is kept of the person any more, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: DetailsOrder) -> Result<DetailsAudit, Fault> {
    let (asked, office, account) = (order.clone(), turn.office.row, turn.account()?);
    let work = move |bench: &mut Workbench<'_>| {
        let DetailsOrder { booking, details, email } = order;
        let booking = booking.find(bench.office())?.clone();
        let person = person_of(&booking)?;
        let record = bench.stored(bench.store().record(person))?.ok_or(ProblemCode::UnknownCode)?;
        let before = details_of(&record);
        // Where the person served has mail was proven by itself, and is not asked again here.
        let after = Details { served_email: before.served_email.clone(), ..details };
        let lower = |email: &Option<String>| email.as_deref().map(str::to_lowercase);
        let another_address = lower(&email) != lower(&record.email);
        let mut fields = after.changed_since(&before);
        if another_address {
            fields.push("email".to_owned());
        }
        if fields.is_empty() {
            return Ok(DetailsAudit { fields });
        }
        let email = if another_address { email } else { record.email };
        bench.put_person(person_with(person, &after, email));
        bench.put_entered(entered_with(person, office, &booking, &after));
        bench.put_detail_edit(DetailEdit { person, account, fields: fields.clone() });
        if another_address {
            bench.put_address_set_right(person);
        }
        let command = if awaits_correction(&booking) {
            Command::Correct { booking: booking.id, by: CorrectedBy::Staff }
        } else {
            Command::ChangeDetails { booking: booking.id }
        };
        decide(bench, &command)?;
        if another_address {
            // Who has the mails of the address before is not who booked: their link ends. The mail of this change brings the new.
            bench.stored(bench.store().end_links(person, false))?;
        }
        Ok(DetailsAudit { fields })
    };
    turn.take("change-details", &asked, work).await
}

/// Whether the citizen was asked to put something right, and has not yet.
pub fn awaits_correction(booking: &Booking) -> bool {
    booking.correction.is_some_and(|asked| !matches!(asked.state, CorrectionState::Made { .. }))
}
