//! Finding a booking by reference, name or telephone: what is looked for is sent in a form, never in a link.

use office::{Audience, Booking, BookingLife, PersonId};
use people::phone_number;
use stationery::state::Pages;
use store::{Person, ReadError};
use text::bare;
use wire::BookingCode;
use writer::OfficeHandle;

/// A list shows no more.
const FOUND_MAX: usize = 50;
/// Longer than any name or code.
const TYPED_CHARACTERS_MAX: usize = 200;
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
    let terms = SearchTerms::of(typed);
    let mut bookings: Vec<Booking> = {
        let office = handle.read();
        let is_meant =
            |booking: &&Booking| is_listed(booking) || terms.reference.is_some() && is_awaited_of_agent(booking);
        office.bookings.values().filter(is_meant).cloned().collect()
    };
    bookings.sort_by_key(|booking| (booking.promise.start, booking.id));
    let people = people_of(state, &bookings).await?;
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

/// Whether an agent holds a time, or has left it to a citizen (TRN-07): whoever tells its code is found by it, and by nothing else.
const fn is_awaited_of_agent(booking: &Booking) -> bool {
    matches!(booking.life, BookingLife::Held { .. }) && matches!(booking.promise.audience, Audience::Agent(_))
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
    /// The reference, if a whole code was typed or scanned.
    reference: Option<String>,
    /// The words of a name, in any order.
    words: Vec<String>,
    /// A telephone number or some digits of one: as typed, as it is kept, and without the zeros that are dialled before it.
    digits: [String; 3],
}

impl SearchTerms {
    fn of(typed: &str) -> Self {
        let typed: String = typed.chars().take(TYPED_CHARACTERS_MAX).collect();
        let code: Option<BookingCode> = typed.trim().parse::<BookingCode>().ok();
        let dialled = digits(&typed);
        let kept = phone_number(&typed).map(|number| digits(&number)).unwrap_or_default();
        let inland = dialled.trim_start_matches('0').to_owned();
        Self {
            reference: code.map(|code| code.reference().to_owned()),
            words: bare(&typed).split_whitespace().map(str::to_owned).collect(),
            digits: [dialled, kept, inland],
        }
    }

    fn is(&self, booking: &Booking, person: Option<&Person>) -> bool {
        if self.reference.as_ref() == Some(&booking.reference.0) {
            return true;
        }
        let Some(person) = person else { return false };
        let letters: usize = self.words.iter().map(|word| word.chars().count()).sum();
        let named = letters >= LETTERS_MIN && person.name.as_deref().is_some_and(|name| self.are_of(&bare(name)));
        named || person.phone.as_deref().is_some_and(|phone| self.is_within(&digits(phone)))
    }

    /// Whether the digits that were typed are of a kept number.
    fn is_within(&self, kept: &str) -> bool {
        self.digits.iter().any(|digits| digits.len() >= DIGITS_MIN && kept.contains(digits))
    }

    /// Whether each word that was typed is in a name.
    fn are_of(&self, name: &str) -> bool {
        self.words.iter().all(|word| name.contains(word.as_str()))
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(typed: &str, name: &str) -> bool {
        SearchTerms::of(typed).are_of(&bare(name))
    }

    #[test]
    fn fld_29_a_name_is_found_as_it_is_typed_in_a_hurry() {
        for (typed, name) in [
            ("  ΠΑΠΑΔΌΠΟΥΛΟΣ   Γιάννης ", "Γιάννης Παπαδόπουλος"),
            ("παπαδοπουλ", "Ελένη Παπαδοπούλου"),
            ("γιωργ", "Γιω\u{301}ργος Ιωάννου"),
            ("muller", "Anna Müller"),
            ("ΠΑΠAΔΟΠ", "Παπαδόπουλος"),
        ] {
            assert!(found(typed, name), "{typed} {name}");
        }
        assert!(!found("ελενη γιωργος", "Ελένη Παπαδοπούλου"));
    }

    #[test]
    fn fld_29_a_number_is_found_with_and_without_what_is_dialled_before_it() {
        let kept = digits("+306940000000");
        for typed in ["694 000 0000", "0030694", "0030 694-000 0000", "+30 694", "6940000000", "0000000"] {
            assert!(SearchTerms::of(typed).is_within(&kept), "{typed}");
        }
        assert!(SearchTerms::of("0151 23456789").is_within(&digits("+4915123456789")));
        assert!(!SearchTerms::of("000").is_within(&kept) && !SearchTerms::of("6950").is_within(&kept));
    }

    #[test]
    fn fld_29_a_code_is_found_as_it_was_scanned_or_typed() {
        for typed in ["C2D3F4G5", "c2d3 f4g5", "Q1:7:261124:C2D3F4G5:RSVW2345", "ψ2δ3 φ4γ5"] {
            assert_eq!(SearchTerms::of(typed).reference.as_deref(), Some("C2D3F4G5"), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn fld_29_the_words_of_a_name_are_found_in_any_order(words in proptest::collection::vec("[Α-Ωα-ωά-ώA-Za-zÀ-ž]{2,9}", 1..4), turn in 0usize..4) {
            let name = words.join(" ");
            let mut typed = words.clone();
            let count = typed.len();
            typed.rotate_left(turn % count);
            prop_assert!(found(&typed.join("  ").to_uppercase(), &name));
        }
    }
}
