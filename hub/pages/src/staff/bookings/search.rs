//! Finding a booking by reference, name or telephone: what is looked for is sent in a form, never in a link.

use office::{Booking, BookingLife, PersonId};
use store::{Person, ReadError};
use text::bare;
use writer::OfficeHandle;

use crate::state::Pages;

/// A list shows no more.
const FOUND_MAX: usize = 50;
/// Fewer letters than this would find half the town.
const LETTERS_MIN: usize = 2;
/// Fewer digits than this are no telephone number.
const DIGITS_MIN: usize = 4;

/// The bookings whose person is known by what was typed, by time.
///
/// # Errors
/// If the people cannot be read.
pub async fn find(
    state: &Pages,
    handle: &OfficeHandle,
    typed: &str,
) -> Result<Vec<(Booking, Option<Person>)>, ReadError> {
    let mut bookings: Vec<Booking> = {
        let office = handle.read();
        office.bookings.values().filter(|booking| is_listed(booking)).cloned().collect()
    };
    bookings.sort_by_key(|booking| (booking.promise.start, booking.id));
    let people = people_of(state, &bookings).await?;
    let terms = SearchTerms::of(typed);
    let known = bookings.into_iter().zip(people);
    Ok(known.filter(|(booking, person)| terms.is(booking, person.as_ref())).take(FOUND_MAX).collect())
}

/// Whether staff see a booking in lists: not while somebody only holds the time.
pub const fn is_listed(booking: &Booking) -> bool {
    match booking.life {
        BookingLife::Held { .. } | BookingLife::Expired { .. } => false,
        BookingLife::Confirmed { .. }
        | BookingLife::Arrived { .. }
        | BookingLife::Fixed { .. }
        | BookingLife::Cancelled { .. }
        | BookingLife::Void { .. }
        | BookingLife::Missed { .. } => true,
    }
}

/// To whom these bookings are promised, in their order.
///
/// # Errors
/// If the people cannot be read.
pub async fn people_of(state: &Pages, bookings: &[Booking]) -> Result<Vec<Option<Person>>, ReadError> {
    let ids: Vec<Option<PersonId>> =
        bookings.iter().map(|booking| booking.life.party().map(|party| party.person)).collect();
    let read = move |store: &store::Store| {
        ids.into_iter().map(|id| id.map(|id| store.person(id)).transpose().map(Option::flatten)).collect()
    };
    state.readers.read(read).await
}

/// What somebody looks for.
struct SearchTerms {
    reference: String,
    name: String,
    digits: String,
}

impl SearchTerms {
    fn of(typed: &str) -> Self {
        let reference: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
        Self { reference: reference.to_uppercase(), name: plain(typed), digits: digits(typed) }
    }

    fn is(&self, booking: &Booking, person: Option<&Person>) -> bool {
        if booking.reference.0 == self.reference {
            return true;
        }
        let Some(person) = person else { return false };
        let named = self.name.chars().count() >= LETTERS_MIN
            && person.name.as_deref().is_some_and(|name| plain(name).contains(&self.name));
        let called = self.digits.len() >= DIGITS_MIN
            && person.phone.as_deref().is_some_and(|phone| digits(phone).contains(&self.digits));
        named || called
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A name as people type it in a hurry, one blank between its words.
fn plain(text: &str) -> String {
    bare(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_29_a_name_is_found_as_it_is_typed_in_a_hurry() {
        assert_eq!(plain("  ΠΑΠΑΔΌΠΟΥΛΟΣ   Γιάννης "), plain("Παπαδοπουλος ΓΙΑΝΝΗΣ"));
        assert!(plain("Ελένη Παπαδοπούλου").contains(&plain("παπαδοπουλ")));
        assert_eq!(digits("+30 694-000 0000"), "306940000000");
    }
}
