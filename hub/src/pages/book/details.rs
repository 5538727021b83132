//! Who comes (OMB-09): the name, and a telephone number for who likes. Nothing is kept before consent.

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::Command;
use serde::Deserialize;

use super::{
    hold::{Found, Hold, find},
    proven::Proven,
    times::fault_of,
};
use crate::{
    actor::Actor,
    pages::{
        form::Sent,
        frame::{Frame, ok, page},
        links::booking_link,
        problem,
    },
    text::Voice,
};

/// Longest name.
pub const NAME_CHARACTERS_MAX: usize = 200;
/// Shortest and longest telephone number.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 10..=15;

#[derive(Template)]
#[template(path = "book/details.html")]
struct DetailsPage {
    f: Frame,
    wrong: Vec<Wrong>,
    name_wrong: Option<String>,
    phone_wrong: Option<String>,
    when: String,
    service: String,
    office: String,
    held_until: String,
    action: String,
    name: String,
    phone: String,
    email: String,
}

struct Wrong {
    name: &'static str,
    sentence: String,
}

#[derive(Template)]
#[template(path = "book/review.html")]
struct ReviewPage {
    f: Frame,
    service: String,
    when: String,
    office: String,
    address: String,
    name: String,
    phone: String,
    email: String,
    held_until: String,
    action: String,
}

/// What somebody wrote about themselves.
#[derive(Debug, Default, Deserialize)]
pub struct Details {
    /// The name.
    #[serde(default)]
    pub name: String,
    /// The telephone number, if any.
    #[serde(default)]
    pub phone: String,
}

/// What is wrong with the details, field by field.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Faults {
    name: Option<String>,
    phone: Option<String>,
}

impl Details {
    /// With blanks put right, or what is wrong.
    pub fn checked(self, voice: Voice) -> Result<Self, (Self, Faults)> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let phone = self.phone.trim().to_owned();
        let characters = name.chars().count();
        let mut faults = Faults::default();
        if name.is_empty() || name.chars().any(char::is_control) {
            faults.name = Some(voice.say("name-missing"));
        } else if characters > NAME_CHARACTERS_MAX {
            faults.name = Some(voice.with("name-long", "n", NAME_CHARACTERS_MAX));
        }
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let is_number = phone.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.'));
        let is_good = phone.is_empty() || (is_number && PHONE_DIGITS.contains(&digits));
        if !is_good {
            faults.phone = Some(voice.say("phone-wrong"));
        }
        // What is far too long is not sent back whole.
        let cut = |text: String, most: usize| text.chars().take(most).collect();
        let shown = Self { name: cut(name, NAME_CHARACTERS_MAX), phone: cut(phone, 40) };
        if faults == Faults::default() { Ok(shown) } else { Err((shown, faults)) }
    }
}

/// Asks for the details.
pub async fn get(proven: Proven, Path((key, booking)): Path<(String, String)>) -> Response {
    match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => ok(&form(&proven, *hold, Details::default(), Faults::default()).await),
        Ok(Found::Booked) => booked(&proven, &key, &booking, false),
        Err(fault) => problem::page_of_fault(&proven.visitor, &fault),
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path((key, booking)): Path<(String, String)>) -> Redirect {
    Redirect::to(&format!("/book/{key}/hold/{booking}"))
}

async fn form(proven: &Proven, hold: Hold, details: Details, faults: Faults) -> DetailsPage {
    let Faults { name: name_wrong, phone: phone_wrong } = faults;
    let wrong = [("name", &name_wrong), ("phone", &phone_wrong)];
    let wrong = wrong.into_iter().filter_map(|(name, wrong)| Some(Wrong { name, sentence: wrong.clone()? })).collect();
    DetailsPage {
        f: proven.visitor.frame().at(&hold.action),
        wrong,
        name_wrong,
        phone_wrong,
        when: hold.when,
        service: hold.service,
        office: hold.office,
        held_until: hold.until,
        action: hold.action,
        name: details.name,
        phone: details.phone,
        email: proven.email().await,
    }
}

/// Shows everything once more, with the privacy notice (OMB-10). The details stand in the page alone, and nowhere here.
pub async fn post(
    proven: Proven,
    Path((key, booking)): Path<(String, String)>,
    Sent { visitor, fields }: Sent<Details>,
) -> Response {
    let hold = match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => *hold,
        Ok(Found::Booked) => return booked(&proven, &key, &booking, false),
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    match fields.checked(visitor.voice) {
        Ok(details) => ok(&ReviewPage {
            f: visitor.frame().at(&hold.action),
            service: hold.service,
            when: hold.when,
            office: hold.office,
            address: hold.address,
            name: details.name,
            phone: details.phone,
            email: proven.email().await,
            held_until: hold.until,
            action: hold.action,
        }),
        Err((shown, faults)) => page(StatusCode::UNPROCESSABLE_ENTITY, &form(&proven, hold, shown, faults).await),
    }
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Keeps the time once more as long (WCAG 2.2.1).
pub async fn extend(
    proven: Proven,
    Path((key, booking)): Path<(String, String)>,
    Sent { visitor, fields: Nothing {} }: Sent<Nothing>,
) -> Response {
    let hold = match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => *hold,
        Ok(Found::Booked) => return booked(&proven, &key, &booking, false),
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let command = Command::ExtendHold { booking: hold.booking };
    match visitor.state.writer.submit(&key, Actor::Citizen, None, command).await {
        Ok(_) => Redirect::to(&hold.action).into_response(),
        Err(refused) => {
            let fault = fault_of(&hold.handle.read(), &refused);
            problem::page_of_fault(&visitor, &fault)
        }
    }
}

/// To the page of the booking that it became.
pub fn booked(proven: &Proven, key: &str, booking: &str, fresh: bool) -> Response {
    let Ok(id) = booking.parse() else { return problem::page_of(&proven.visitor, wire::ProblemCode::NotFound) };
    let link = booking_link(&proven.visitor.state.key, key, office::BookingId(id));
    let link = if fresh { format!("{link}?new=1") } else { link };
    Redirect::to(&link).into_response()
}

#[cfg(test)]
mod tests {
    use wire::Language;

    use super::*;

    fn check(name: &str, phone: &str) -> Result<Details, (Details, Faults)> {
        Details { name: name.to_owned(), phone: phone.to_owned() }.checked(Voice(Language::El))
    }

    #[test]
    fn omb_09_a_name_is_needed_and_a_phone_is_not() {
        assert_eq!(check("  Μαρία   Παπαδοπούλου ", "").unwrap().name, "Μαρία Παπαδοπούλου");
        assert_eq!(check("Μαρία", "+30 694 000 0000").unwrap().phone, "+30 694 000 0000");
        assert!(check("", "").is_err());
        assert!(check("Μαρία", "12").is_err());
        assert!(check("Μαρία", "όχι").is_err());
    }

    #[test]
    fn a_name_of_10_000_characters_is_refused_kindly_and_cut() {
        let (shown, faults) = check(&"Α".repeat(10_000), "").unwrap_err();
        assert_eq!(shown.name.chars().count(), NAME_CHARACTERS_MAX);
        assert!(faults.name.unwrap().contains("200"));
    }
}
