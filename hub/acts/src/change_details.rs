//! Staff put right what was said with a booking, e.g. for a caller (FLD-14): who changed what and when is kept, and the
//! citizen is told (TRN-02).

use std::collections::BTreeSet;

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
    /// The booking.
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
        let mut fields = changed(&before, &after);
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
        Ok(DetailsAudit { fields })
    };
    turn.take("change-details", &asked, work).await
}

/// Whether the citizen was asked to put something right, and has not yet.
pub fn awaits_correction(booking: &Booking) -> bool {
    booking.correction.is_some_and(|asked| !matches!(asked.state, CorrectionState::Made { .. }))
}

/// Which fields of the form have another value.
fn changed(before: &Details, after: &Details) -> Vec<String> {
    let postal = |details: &Details| details.postal_address.clone().unwrap_or_default();
    let plain = [
        ("name", before.name != after.name),
        ("applicant", before.applicant != after.applicant),
        ("company", before.company != after.company),
        ("tax-number", before.tax_number != after.tax_number),
        ("phone", before.phone != after.phone),
        ("postal-address", postal(before) != postal(after)),
        ("identity", before.identity != after.identity),
    ];
    let plain = plain.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned());
    let keys: BTreeSet<&String> = before.fields.keys().chain(after.fields.keys()).collect();
    let own = keys.into_iter().filter(|key| before.fields.get(*key) != after.fields.get(*key));
    plain.chain(own.map(|key| format!("x-{key}"))).collect()
}

#[cfg(test)]
mod tests {
    use people::PostalAddress;

    use super::*;

    #[test]
    fn fld_14_a_change_is_known_by_its_fields() {
        let before = Details { name: "Μαρία".into(), phone: Some("+306940000000".into()), ..Details::default() };
        let mut after = before.clone();
        assert_eq!(changed(&before, &after), [] as [&str; 0]);
        after.name = "Μαρίνα".into();
        after.postal_address =
            Some(PostalAddress { town: "Άγιος Νικόλαος".into(), ..PostalAddress::default() });
        after.fields.insert("protocol".into(), "7".into());
        assert_eq!(changed(&before, &after), ["name", "postal-address", "x-protocol"]);
    }
}
