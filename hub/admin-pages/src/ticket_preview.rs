//! A ticket as paper would show it, with a number that nobody has: what an administrator sees before a text is kept (FLD-21). It
//! is made as a kiosk makes it and printed by the printer of software, so that what is seen is what comes out.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use office::OfficeConfig;
use paper::{Handling, Model, PlayedPrinter};
use text::{Dates, OfficeVoice, shipped};
use ticket::{Ticket, TicketFact, TicketPage};
use wire::Language;

/// The usual paper of 80 mm, with every line in the house's own letters.
const MODEL: &str = "generic-drawn";
/// What stands in the place of people ahead.
const SAMPLE_AHEAD: u64 = 2;

/// Black dots on white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketDrawing {
    /// Dots in a row.
    pub width: usize,
    /// How many rows of them.
    pub rows: usize,
    /// The black ones, as the path of an SVG: a thin line for each run of them.
    pub path: String,
}

/// The ticket of an office that says things so; nothing, if nobody plays its printer.
pub fn drawn(config: &OfficeConfig, said: &OfficeVoice, now: DateTime<Utc>) -> Option<TicketDrawing> {
    let (printer, model) = (firmware_config::printer(MODEL).ok()?, Model::named(MODEL)?);
    let mut machine = PlayedPrinter::new(model);
    machine.print(&ticket::encode(&sample(config, said, now), &printer));
    machine.suffer(Handling::Tear);
    let tickets = machine.take_tickets();
    let dots = tickets.first()?.sheet.dots();
    let mut path = String::new();
    for (y, row) in dots.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&true) {
                // Writing into a text does not fail.
                let _ = write!(path, "M{x} {y}h{}v1h-{}z", run.len(), run.len());
            }
            x += run.len();
        }
    }
    Some(TicketDrawing { width: usize::from(printer.width_dots), rows: dots.len(), path })
}

fn sample(config: &OfficeConfig, said: &OfficeVoice, now: DateTime<Utc>) -> Ticket {
    let voice = said.plain();
    let service = config.services.values().next();
    let name =
        |language: Language| service.map(|service| service.name.in_language(language).to_owned()).unwrap_or_default();
    let own = name(voice.0);
    let letter = config.groups.first().map_or('A', |group| group.letter);
    let dates = Dates { voice, zone: config.zone, now };
    Ticket {
        office: voice.of_text(&config.name),
        number_label: voice.say("ticket-number"),
        number: format!("{letter}042"),
        service_second: Some(name(Language::El)).filter(|greek| *greek != own).unwrap_or_default(),
        service: own,
        issued: dates.day_and_time(now),
        facts: vec![TicketFact::new(voice.say("ticket-ahead"), voice.with("ticket-people", "count", SAMPLE_AHEAD))],
        instructions: vec![voice.of_text(&config.wait_where), voice.say("ticket-we-call")],
        notes: shipped::TICKET.into_iter().map(|id| said.say(id)).collect(),
        page: Some(TicketPage { url: "HTTPS://SEIRA.EXAMPLE/V/".to_owned(), caption: voice.say("ticket-page") }),
        mark: Some(voice.say("ticket-rehearsal")),
        ..Ticket::default()
    }
}

#[cfg(test)]
mod tests {
    use text::{Edits, Voice};

    use super::*;

    #[test]
    fn fld_21_what_an_office_says_on_its_tickets_is_seen_in_the_picture() {
        let config = office_file::parse(include_str!("../../samples/kep.toml")).unwrap();
        let now = "2026-11-24T08:00:00Z".parse().unwrap();
        let edits = Edits::default();
        let drawn = |language, body: &str| {
            drawn(&config, &edits.voice_with(1, Voice(language), "ticket-missed", body), now).unwrap()
        };
        let (short, long) = (drawn(Language::El, "Ρωτήστε."), drawn(Language::El, &"Ρωτήστε στην υποδοχή. ".repeat(8)));
        assert!(long.rows > short.rows + 60, "{} and {}", long.rows, short.rows);
        assert!(short.path.starts_with('M') && short.path.len() > 10_000, "{}", short.path.len());
        let english = drawn(Language::En, "Ask at reception.");
        assert_ne!(english.path, short.path);
        assert_eq!(short.width, long.width);
    }
}
