//! What a ticket says, in the citizen's language, from what the hub answered.

use chrono_tz::Tz;
use firmware_config::PrinterProfile;
use panel::words;
use ticket::{Fact, Page, Ticket};
use wire::{TicketAnswer, Words};

/// The printer's bytes for `answer`.
#[must_use]
pub fn bytes(answer: &TicketAnswer, office: &Words, zone: Tz, printer: &PrinterProfile) -> Vec<u8> {
    ticket::encode(&written(answer, office, zone), printer)
}

fn written(answer: &TicketAnswer, office: &Words, zone: Tz) -> Ticket {
    let language = answer.language;
    let own = |words: &Words| words.in_language(language).to_owned();
    let say = |id: &str| words::say(language, id);
    let mut facts = Vec::new();
    let issued = format!("{}, {}", words::day(answer.at, zone, language), words::clock_time(answer.at, zone));
    if let Some(at) = answer.booked_for {
        facts.push(Fact::new(say("ticket-booked-for"), words::clock_time(at, zone)));
    }
    let people = words::say_with(language, "ticket-people", &[("count", answer.people_ahead.into())]);
    facts.push(Fact::new(say("ticket-ahead"), people));
    if let Some(wait) = answer.expected_wait {
        let places = [("from", wait.from.into()), ("to", wait.to.into())];
        facts.push(Fact::new(say("ticket-expected"), words::say_with(language, "ticket-minutes", &places)));
    }
    let mut instructions = Vec::new();
    let place = own(&answer.wait_where);
    if !place.is_empty() {
        instructions.push(place);
    }
    instructions.push(say("ticket-we-call"));
    Ticket {
        office: own(office),
        number_label: say("ticket-number"),
        number: answer.number.clone(),
        service: own(&answer.service),
        issued,
        facts,
        instructions,
        page: Some(Page { url: answer.page.clone(), caption: say("ticket-page") }),
        mark: None,
        job: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use wire::{Language, MinuteRange};

    use super::*;

    fn answer(language: Language) -> TicketAnswer {
        TicketAnswer {
            visit: uuid::Uuid::nil(),
            number: "A042".to_owned(),
            service: Words::new("Βεβαίωση", "Certificate"),
            at: "2026-05-15T07:32:00Z".parse().unwrap(),
            booked_for: Some("2026-05-15T07:45:00Z".parse().unwrap()),
            people_ahead: 1,
            expected_wait: Some(MinuteRange { from: 5, to: 15 }),
            first_gap_at: None,
            wait_where: Words::new("Περιμένετε στο ισόγειο.", "Please wait on the ground floor."),
            page: "http://h/v/1".to_owned(),
            language,
        }
    }

    fn check(language: Language, expect: &[&str]) {
        let office = Words::new("ΚΕΠ", "CSC");
        let ticket = written(&answer(language), &office, words::zone("Europe/Athens"));
        let facts = ticket.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value));
        let said: Vec<String> =
            std::iter::once(ticket.issued.clone()).chain(facts).chain(ticket.instructions.iter().cloned()).collect();
        assert_eq!(said, expect);
    }

    #[test]
    fn a_ticket_speaks_the_citizens_language() {
        check(
            Language::El,
            &[
                "Παρασκευή 15 Μαΐου, 10:32",
                "Ραντεβού: 10:45",
                "Προηγούνται: 1 άτομο",
                "Αναμονή: 5 έως 15 λεπτά",
                "Περιμένετε στο ισόγειο.",
                "Θα σας καλέσουμε με τον αριθμό σας στον πίνακα.",
            ],
        );
        check(
            Language::En,
            &[
                "Friday 15 May, 10:32",
                "Appointment: 10:45",
                "Ahead of you: 1 person",
                "Wait: 5 to 15 minutes",
                "Please wait on the ground floor.",
                "We will call you by your number on the board.",
            ],
        );
    }
}
