//! What a ticket says, in the citizen's language, from what the hub answered.

use chrono::{DateTime, Timelike as _, Utc};
use chrono_tz::Tz;
use firmware_config::PrinterProfile;
use panel::words;
use ticket::{Fact, Page, Ticket};
use wire::{TicketAnswer, Words};

/// One printing of a ticket, by which staff tell a copy from its original.
#[derive(Debug, Clone, Copy)]
pub struct Print<'a> {
    /// What administrators call the kiosk.
    pub kiosk: &'a str,
    /// The hub's time.
    pub at: DateTime<Utc>,
    /// Whether the number had been given before, and so perhaps printed.
    pub is_copy: bool,
}

/// The printer's bytes for `answer`.
#[must_use]
pub fn bytes(answer: &TicketAnswer, office: &Words, zone: Tz, print: &Print<'_>, printer: &PrinterProfile) -> Vec<u8> {
    ticket::encode(&written(answer, office, zone, print), printer)
}

fn written(answer: &TicketAnswer, office: &Words, zone: Tz, print: &Print<'_>) -> Ticket {
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
        facts.push(Fact::new(say("ticket-expected"), words::say_wait(language, "ticket-minutes", wait)));
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
        mark: print.is_copy.then(|| say("ticket-copy")),
        job: job(print, zone),
    }
}

/// Kiosk and second: a kiosk prints one ticket at a time.
fn job(print: &Print<'_>, zone: Tz) -> String {
    let at = print.at.with_timezone(&zone);
    format!("{} {:02}:{:02}:{:02}", print.kiosk, at.hour(), at.minute(), at.second())
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

    fn print(is_copy: bool) -> Print<'static> {
        Print { kiosk: "Είσοδος", at: "2026-05-15T07:32:07Z".parse().unwrap(), is_copy }
    }

    #[test]
    fn a_copy_says_so_and_each_print_has_its_name() {
        let printed = |is_copy| {
            let zone = words::zone("Europe/Athens");
            written(&answer(Language::El), &Words::new("ΚΕΠ", "CSC"), zone, &print(is_copy))
        };
        assert_eq!((printed(true).mark.as_deref(), printed(false).mark), (Some("ΑΝΤΙΓΡΑΦΟ"), None));
        assert_eq!(printed(false).job, "Είσοδος 10:32:07");
    }

    #[test]
    fn a_wait_of_nothing_is_told_as_such() {
        let said = |from, to| words::say_wait(Language::El, "ticket-minutes", MinuteRange { from, to });
        assert_eq!(
            [said(0, 0), said(0, 5), said(5, 5), said(5, 15)],
            ["σχεδόν καμία", "έως 5 λεπτά", "περίπου 5 λεπτά", "5 έως 15 λεπτά"]
        );
    }

    fn check(language: Language, expect: &[&str]) {
        let office = Words::new("ΚΕΠ", "CSC");
        let ticket = written(&answer(language), &office, words::zone("Europe/Athens"), &print(false));
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
