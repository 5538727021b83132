//! Staff book for a caller (FLD-14): at once, out of the whole capacity.

use office::{
    Audience, Booking, Channel, CivilInstant, Command, Language, LateChoice, Needs, Party, PersonId, TimeWish,
};
use people::{AddressFlaw, Details, address, is_unseen, phone_number};
use secrets::draw_id;
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    draw::with_reference,
    fault::Fault,
    find::{booking_of, service_of},
    kept::{entered_with, person_with},
    refusals::refusal_in,
    turn::Turn,
};

/// Longest name of a person.
const NAME_CHARACTERS_MAX: usize = 200;
/// Longest e-mail address, by RFC 5321.
const EMAIL_CHARACTERS_MAX: usize = 254;
/// Longest telephone number.
const PHONE_CHARACTERS_MAX: usize = 40;

/// What a caller asks for, and what they say of themselves.
#[derive(Debug, Clone, Serialize)]
pub struct CallerWish {
    /// The service's key.
    pub service: String,
    /// In which way.
    pub channel: Channel,
    /// A free time of those that staff can have.
    pub start: CivilInstant,
    /// How many persons come.
    pub persons: u8,
    /// With how many cases.
    pub cases: u8,
    /// Their name, their number, and the answers to the service's own fields.
    pub details: Details,
    /// Where the confirmation goes.
    pub email: Option<String>,
    /// The language of every mail about it.
    pub language: Language,
    /// What the person needs (FLD-34).
    pub needs: Needs,
    /// What is to happen if they are late (TRN-05).
    pub if_late: Option<LateChoice>,
}

impl CallerWish {
    /// The wish as it is kept, if what was said of the caller can be: a number can be called, an address written to, and
    /// who has an appointment by telephone has a number.
    fn checked(mut self) -> Result<Self, Fault> {
        let wrong = |place: &str| Fault::malformed(place.to_owned());
        let too_long = |text: &str, most: usize| text.chars().count() > most;
        let line = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        self.details.name = line(self.details.name).ok_or_else(|| wrong("name"))?;
        self.email = self.email.filter(|email| !email.trim().is_empty());
        self.details.phone = self.details.phone.and_then(line);
        if self.details.name.chars().any(is_unseen) {
            return Err(wrong("name"));
        }
        if too_long(&self.details.name, NAME_CHARACTERS_MAX)
            || self.email.as_deref().is_some_and(|email| too_long(email, EMAIL_CHARACTERS_MAX))
            || self.details.phone.as_deref().is_some_and(|phone| too_long(phone, PHONE_CHARACTERS_MAX))
        {
            return Err(ProblemCode::TooLarge.into());
        }
        if let Some(email) = &mut self.email {
            let flawed = |flaw: AddressFlaw| Fault { words: Some(text::words(flaw.sentence(), &[])), ..wrong("email") };
            *email = address(email).map_err(flawed)?.to_lowercase();
        }
        match &mut self.details.phone {
            Some(phone) => *phone = phone_number(phone).ok_or_else(|| wrong("phone"))?,
            None if self.channel == Channel::Telephone => return Err(wrong("phone")),
            None => {}
        }
        Ok(self)
    }
}

/// Books; gives the booking.
///
/// It is not counted for the limit of an address (FLD-17): that limit keeps the public from hoarding times, and its address
/// is one that somebody proved to have. What a caller spells out is not proven, and a member of staff has judged already.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, wish: CallerWish) -> Result<Booking, Fault> {
    let wish = wish.checked()?;
    let (asked, office) = (wish.clone(), turn.office.row);
    let work = move |bench: &mut Workbench<'_>| {
        let CallerWish { service, channel, start, persons, cases, details, email, language, needs, if_late } = wish;
        let service = service_of(bench.office(), &service)?;
        let wanted = TimeWish { service, channel, start: start.utc(), persons, cases, audience: Audience::Internal };
        let party = Party { person: PersonId(draw_id()), address: None, language, needs, if_late };
        let person = party.person;
        let reference = with_reference(bench, |reference| Command::Book { reference, wanted, party: party.clone() })
            .map_err(|refusal| refusal_in(bench.office(), &refusal))?;
        // The booking has its number by now.
        let booking = booking_of(bench.office(), &reference.0)?.clone();
        bench.put_person(person_with(person, &details, email));
        bench.put_entered(entered_with(person, office, &booking, &details));
        bench.write_rows();
        Ok(booking)
    };
    turn.take("book-for-caller", &asked, work).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(name: &str, phone: &str, email: &str, channel: Channel) -> Result<CallerWish, Fault> {
        let given = |text: &str| Some(text.to_owned());
        let wish = CallerWish {
            service: "address".into(),
            channel,
            start: "2026-11-24T08:00:00Z".parse().unwrap(),
            persons: 1,
            cases: 1,
            details: Details { name: name.into(), phone: given(phone), ..Details::default() },
            email: given(email),
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        };
        wish.checked()
    }

    #[test]
    fn fld_14_what_is_said_of_a_caller_is_kept_in_one_way() {
        let right = wish(" Μαρία ", "694 000 0000", "Maria@Example.gr", Channel::InPerson).unwrap();
        assert_eq!(right.details.name, "Μαρία");
        assert_eq!(right.details.phone.as_deref(), Some("+306940000000"));
        assert_eq!(right.email.as_deref(), Some("maria@example.gr"));
        let bare = wish("Μαρία", " ", "", Channel::InPerson).unwrap();
        assert_eq!((bare.details.phone, bare.email), (None, None));
        assert!(wish("Μαρία", "", "", Channel::Telephone).is_err(), "who is called needs a number");
        for (name, phone, email) in
            [("", "", ""), ("Μα\nρία", "", ""), ("Μαρία", "12", ""), ("Μαρία", "", "no address"), ("α\u{202e}", "", "")]
        {
            let fault = wish(name, phone, email, Channel::InPerson).unwrap_err();
            assert_eq!(fault.code, ProblemCode::Malformed, "{name:?} {phone:?} {email:?}");
        }
        let long = wish(&"α".repeat(10_000), "", "", Channel::InPerson).unwrap_err();
        assert_eq!(long.code, ProblemCode::TooLarge);
    }
}
