//! What a ticket says, in the citizen's language, from what the hub answered.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use firmware_config::PrinterProfile;
use ticket::{DotPicture, Ticket, TicketFact, TicketPage};
use walk::place::{self, PlaceInLine};
use wire::{EmblemDots, Language, RebookingAnswer, Standing, TicketAnswer, Words};

/// One printing of a ticket, by which staff tell a copy from its original.
#[derive(Debug, Clone, Copy)]
pub struct TicketPrint<'a> {
    /// What administrators call the kiosk.
    pub kiosk: &'a str,
    /// The hub's time.
    pub at: DateTime<Utc>,
    /// Whether the number had been given before, and so perhaps printed.
    pub is_copy: bool,
    /// How the arrival stands to the promised time, for a booking.
    pub standing: Option<Standing>,
    /// What stands at the head.
    pub emblem: Option<&'a EmblemDots>,
    /// What the office has every ticket say besides.
    pub notes: &'a [Words],
}

/// The printer's bytes for `answer`.
#[must_use]
pub fn bytes(
    answer: &TicketAnswer,
    office: &Words,
    zone: Tz,
    print: &TicketPrint<'_>,
    printer: &PrinterProfile,
) -> Vec<u8> {
    ticket::encode(&written(answer, office, zone, print), printer)
}

/// The printer's bytes for a booking that has another time: its day and time large, and the code for the next check-in.
#[must_use]
pub fn slip(
    booked: &RebookingAnswer,
    office: &Words,
    zone: Tz,
    print: &TicketPrint<'_>,
    printer: &PrinterProfile,
) -> Vec<u8> {
    let language = booked.language;
    let own = |words: &Words| words.in_language(language).to_owned();
    let say = |id: &str| phrases::say(language, id);
    let time = |at| phrases::clock_time(at, zone, language);
    let slip = Ticket {
        emblem: print.emblem.map(picture),
        office: own(office),
        number_label: say("ticket-slip"),
        number: time(booked.start),
        service: own(&booked.service),
        service_second: String::new(),
        issued: format!("{}, {}", phrases::day(booked.at, zone, language), time(booked.at)),
        facts: vec![
            TicketFact::new(say("ticket-slip-day"), phrases::day(booked.start, zone, language)),
            TicketFact::new(say("ticket-slip-code"), booked.reference.clone()),
        ],
        instructions: vec![say("ticket-slip-bring")],
        notes: Vec::new(),
        page: Some(TicketPage { url: booked.code.clone(), caption: say("ticket-slip-scan") }),
        mark: None,
        job: job(print, zone, language),
    };
    ticket::encode(&slip, printer)
}

fn written(answer: &TicketAnswer, office: &Words, zone: Tz, print: &TicketPrint<'_>) -> Ticket {
    let language = answer.language;
    let own = |words: &Words| words.in_language(language).to_owned();
    let say = |id: &str| phrases::say(language, id);
    let issued =
        format!("{}, {}", phrases::day(answer.at, zone, language), phrases::clock_time(answer.at, zone, language));
    let mut instructions = Vec::new();
    let place = own(&answer.wait_where);
    if !place.is_empty() {
        instructions.push(place);
    }
    // Without the hub the board shows nothing: clerks call out.
    instructions.push(say(if answer.local { "ticket-we-call-local" } else { "ticket-we-call" }));
    Ticket {
        emblem: print.emblem.map(picture),
        office: own(office),
        number_label: say("ticket-number"),
        number: answer.number.clone(),
        service: own(&answer.service),
        service_second: greek(&answer.service, language),
        issued,
        facts: facts(answer, zone, print.standing),
        instructions,
        notes: print.notes.iter().map(own).collect(),
        page: Some(TicketPage { url: answer.page.clone(), caption: say("ticket-page") }),
        mark: mark(answer, print),
        job: job(print, zone, language),
    }
}

/// What a service is called in Greek, for staff who read the ticket of somebody who does not; nothing where it stands there already.
fn greek(service: &Words, language: Language) -> String {
    let greek = service.in_language(Language::El);
    if service.in_language(language) == greek { String::new() } else { greek.to_owned() }
}

/// An emblem as the printer's picture.
fn picture(dots: &EmblemDots) -> DotPicture {
    let mut picture = DotPicture::new(usize::from(dots.width()), usize::from(dots.rows()));
    for (x, y) in (0..dots.rows()).flat_map(|y| (0..dots.width()).map(move |x| (x, y))) {
        if dots.is_black(x, y) {
            picture.blacken(usize::from(x), usize::from(y));
        }
    }
    picture
}

/// What stands in the bar at the head: that it is good for nothing, or was printed before.
fn mark(answer: &TicketAnswer, print: &TicketPrint<'_>) -> Option<String> {
    let say = |id: &str| phrases::say(answer.language, id);
    let marks = [(answer.rehearsal, "ticket-rehearsal"), (print.is_copy, "ticket-copy")];
    let marks: Vec<String> = marks.iter().filter(|(holds, _)| *holds).map(|(_, id)| say(id)).collect();
    (!marks.is_empty()).then(|| marks.join(" · "))
}

/// The promised time and the place in the line.
fn facts(answer: &TicketAnswer, zone: Tz, standing: Option<Standing>) -> Vec<TicketFact> {
    let language = answer.language;
    let say = |id: &str| phrases::say(language, id);
    let time = |at| phrases::clock_time(at, zone, language);
    let promised = place::promised(answer, standing).map(|at| TicketFact::new(say("ticket-booked-for"), time(at)));
    let mut facts: Vec<TicketFact> = promised.into_iter().collect();
    match PlaceInLine::of(answer, standing) {
        PlaceInLine::AtAbout(at) => {
            let about = phrases::say_with(language, "ticket-call-about", &[("time", time(at).into())]);
            facts.push(TicketFact::new(say("ticket-call"), about));
        }
        PlaceInLine::AfterAll => facts.push(TicketFact::new(say("ticket-call"), say("ticket-call-after-all"))),
        PlaceInLine::Unknown => {}
        PlaceInLine::InLine { ahead, wait } => {
            let people = phrases::say_with(language, "ticket-people", &[("count", ahead.into())]);
            facts.push(TicketFact::new(say("ticket-ahead"), people));
            let minutes = |wait| phrases::say_wait(language, "ticket-minutes", wait);
            facts.extend(wait.map(|wait| TicketFact::new(say("ticket-expected"), minutes(wait))));
        }
    }
    facts
}

/// Kiosk and second: a kiosk prints one ticket at a time.
fn job(print: &TicketPrint<'_>, zone: Tz, language: Language) -> String {
    let time = phrases::clock_time_to_second(print.at, zone, language);
    phrases::say_with(language, "ticket-job", &[("kiosk", print.kiosk.to_owned().into()), ("time", time.into())])
}

#[cfg(test)]
mod tests {
    use wire::MinuteRange;

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
            rehearsal: false,
            local: false,
        }
    }

    fn print(is_copy: bool) -> TicketPrint<'static> {
        let at = "2026-05-15T07:32:07Z".parse().unwrap();
        TicketPrint { kiosk: "Είσοδος", at, is_copy, standing: Some(Standing::InTime), emblem: None, notes: &[] }
    }

    #[test]
    fn a_copy_says_so_and_each_print_has_its_name() {
        let printed = |is_copy| {
            let zone = phrases::zone("Europe/Athens");
            written(&answer(Language::El), &Words::new("ΚΕΠ", "CSC"), zone, &print(is_copy))
        };
        assert_eq!((printed(true).mark.as_deref(), printed(false).mark), (Some("ΑΝΤΙΓΡΑΦΟ"), None));
        let rehearsed = TicketAnswer { rehearsal: true, ..answer(Language::El) };
        let zone = phrases::zone("Europe/Athens");
        let marks = [false, true].map(|is_copy| written(&rehearsed, &Words::default(), zone, &print(is_copy)).mark);
        assert_eq!(marks.each_ref().map(Option::as_deref), [Some("ΔΟΚΙΜΗ"), Some("ΔΟΚΙΜΗ · ΑΝΤΙΓΡΑΦΟ")]);
        assert_eq!(printed(false).job, "Εκδοτήριο: Είσοδος · εκτύπωση 10:32:07");
    }

    #[test]
    fn fld_21_a_ticket_says_what_the_office_has_every_ticket_say_and_the_service_in_greek_too() {
        let notes = [Words::new("Ισχύει μόνο σήμερα.", "Good for today only.")];
        let zone = phrases::zone("Europe/Athens");
        let said = |language| {
            let print = TicketPrint { notes: &notes, ..print(false) };
            let ticket = written(&answer(language), &Words::default(), zone, &print);
            (ticket.service, ticket.service_second, ticket.notes.join(" "))
        };
        let own = |service: &str, second: &str, notes: &str| (service.to_owned(), second.to_owned(), notes.to_owned());
        assert_eq!(said(Language::El), own("Βεβαίωση", "", "Ισχύει μόνο σήμερα."));
        assert_eq!(said(Language::En), own("Certificate", "Βεβαίωση", "Good for today only."));
    }

    #[test]
    fn new_14_the_offices_emblem_is_on_its_tickets_dot_by_dot() {
        let mut dots = EmblemDots::white(10, 3).unwrap();
        dots.blacken(9, 2);
        let mut expect = DotPicture::new(10, 3);
        expect.blacken(9, 2);
        let zone = phrases::zone("Europe/Athens");
        let with = TicketPrint { emblem: Some(&dots), ..print(false) };
        assert_eq!(written(&answer(Language::El), &Words::default(), zone, &with).emblem, Some(expect));
        assert_eq!(written(&answer(Language::El), &Words::default(), zone, &print(false)).emblem, None);
    }

    #[test]
    fn a_wait_of_nothing_is_told_as_such() {
        let said = |from, to| phrases::say_wait(Language::El, "ticket-minutes", MinuteRange { from, to });
        assert_eq!(
            [said(0, 0), said(0, 5), said(5, 5), said(5, 15)],
            ["σχεδόν καμία", "έως 5 λεπτά", "περίπου 5 λεπτά", "5 έως 15 λεπτά"]
        );
        assert_eq!(
            [said(110, 110), said(50, 75), said(60, 120)],
            ["περίπου 1 ώρα και 50 λεπτά", "50 λεπτά έως 1 ώρα και 15 λεπτά", "1 ώρα έως 2 ώρες"]
        );
    }

    /// Label and value of each fact, for somebody who came so.
    fn told(answer: &TicketAnswer, standing: Standing) -> Vec<String> {
        let facts = facts(answer, phrases::zone("Europe/Athens"), Some(standing));
        facts.into_iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect()
    }

    #[test]
    fn who_comes_early_is_told_their_time_and_not_the_line() {
        let (el, en) = (answer(Language::El), answer(Language::En));
        assert_eq!(told(&el, Standing::Early), ["Ραντεβού: 10:45", "Ώρα κλήσης: περ. 10:45"]);
        assert_eq!(told(&en, Standing::Early), ["Appointment: 10:45", "Call: at about 10:45"]);
    }

    #[test]
    fn prom_10_in_the_hour_that_comes_twice_the_ticket_says_which_it_is() {
        for day in ["2026-10-25", "2027-10-31"] {
            for (hour, clock) in [(0, "θερινή ώρα"), (1, "χειμερινή ώρα")] {
                let at: DateTime<Utc> = format!("{day}T0{hour}:30:07Z").parse().unwrap();
                let answer = TicketAnswer { at, booked_for: Some(at), ..answer(Language::El) };
                let print = TicketPrint { at, ..print(false) };
                let zone = phrases::zone("Europe/Athens");
                let ticket = written(&answer, &Words::new("ΚΕΠ", "CSC"), zone, &print);
                assert!(ticket.issued.ends_with(&format!(", 03:30 ({clock})")), "{}", ticket.issued);
                assert!(ticket.job.ends_with(&format!("03:30:07 ({clock})")), "{}", ticket.job);
                let early = told(&answer, Standing::Early);
                let call = format!("Ώρα κλήσης: περ. 03:30 ({clock})");
                assert_eq!(early, [format!("Ραντεβού: 03:30 ({clock})"), call]);
            }
        }
    }

    #[test]
    fn trn_05_a_missed_time_is_promised_no_more() {
        let el = answer(Language::El);
        assert_eq!(told(&el, Standing::LateEndOfDay), ["Πριν από εσάς: 1 άτομο", "Αναμονή: 5 έως 15 λεπτά"]);
        let unknown = TicketAnswer { expected_wait: None, people_ahead: 0, ..el };
        assert_eq!(told(&unknown, Standing::LateEndOfDay), ["Ώρα κλήσης: στο τέλος"]);
        assert_eq!(told(&unknown, Standing::LateInGaps), ["Πριν από εσάς: κανείς"]);
    }

    #[test]
    fn what_a_ticket_tells_is_short_enough_for_large_letters() {
        // On 80 mm of paper, with two spaces between label and value.
        const COLUMNS: usize = 24;
        for language in Language::ALL {
            let answer = TicketAnswer { people_ahead: 100, ..answer(language) };
            let unknown = TicketAnswer { expected_wait: None, ..answer.clone() };
            for (answer, standing) in
                [(&answer, Standing::InTime), (&answer, Standing::Early), (&unknown, Standing::LateEndOfDay)]
            {
                for line in told(answer, standing) {
                    assert!(line.chars().count() <= COLUMNS, "{line}");
                }
            }
        }
    }

    fn check(language: Language, expect: &[&str]) {
        let office = Words::new("ΚΕΠ", "CSC");
        let ticket = written(&answer(language), &office, phrases::zone("Europe/Athens"), &print(false));
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
                "Πριν από εσάς: 1 άτομο",
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
