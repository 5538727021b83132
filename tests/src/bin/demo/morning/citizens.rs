//! Those who come, with a booking and without, and those who book on the pages.

use std::{path::PathBuf, sync::PoisonError, time::Duration};

use anyhow::{Context, Result};
use rand::{RngExt as _, seq::IndexedRandom as _};
use tests::{booking::Citizen, http::Client, mail::ReceivedMail, staff::OFFICE, wait};
use wire::{Availability, CheckInAnswer, Standing};

use super::{BookedGuest, Morning};

/// Minutes of the hub's clock between two people who come without a booking, at most.
const BETWEEN_WALK_INS_MINUTES_MAX: f64 = 6.0;
/// How many of them wait at the door when it opens.
const AT_THE_DOOR: usize = 4;
/// Minutes between two people who book on the pages.
const BETWEEN_BOOKINGS_MINUTES: f64 = 25.0;
/// One in so many asks for help or priority service.
const PRIORITY_ONE_IN: u32 = 15;
/// How long the kiosk with the window keeps one citizen at the least: who comes meanwhile takes the other one.
const AT_THE_KIOSK: Duration = Duration::from_millis(800);

impl Morning<'_> {
    /// Everybody with a booking comes at their time and shows the code at the kiosk.
    pub fn booked_citizens(&self, expected: Vec<BookedGuest>) {
        for one in expected {
            self.clock.wait_until(one.comes_at, self.stage.stop);
            if self.is_over() {
                return;
            }
            if let Err(error) = self.check_in(&one) {
                eprintln!("check-in: {error:#}");
            }
        }
    }

    fn check_in(&self, one: &BookedGuest) -> Result<()> {
        self.stage.scanner.lock().unwrap_or_else(PoisonError::into_inner).scan(&one.code, "\r")?;
        wait::pass(AT_THE_KIOSK);
        // Whom the kiosk with the window could not attend to goes to the other one; for the others it changes nothing.
        let answer = self.stage.kiosk.check_in(&one.code)?;
        if answer.status >= 300 {
            let problem = answer.problem()?;
            self.told.say(&format!("a booked citizen is told: {}", problem.detail));
            return Ok(());
        }
        let answer: CheckInAnswer = answer.json()?;
        let time = one.start.with_timezone(&chrono_tz::Europe::Athens).format("%H:%M");
        let standing = match answer.standing {
            Standing::Early => "early",
            Standing::InTime => "in time",
            Standing::LateInGaps | Standing::LateEndOfDay => "late",
        };
        self.told.say(&format!("{} checks in, {standing} for {time}", answer.ticket.number));
        Ok(())
    }

    /// People without a booking come all morning.
    pub fn walk_ins(&self) {
        let mut dice = Self::dice(1);
        let mut at_the_door = AT_THE_DOOR;
        self.until_stopped("the door", || {
            self.walk_in(&mut dice)?;
            at_the_door = at_the_door.saturating_sub(1);
            self.minutes(if at_the_door > 0 { 0.2 } else { dice.random_range(0.5..BETWEEN_WALK_INS_MINUTES_MAX) });
            Ok(())
        });
    }

    fn walk_in(&self, dice: &mut impl rand::Rng) -> Result<()> {
        let services = self.stage.kiosk.view()?.services;
        let open: Vec<_> =
            services.iter().filter(|service| matches!(service.availability, Availability::Now { .. })).collect();
        // The shorter a service takes, the more people come for it.
        let Ok(service) = open.choose_weighted(dice, |service| 1.0 / f64::from(service.planned_minutes.max(1))) else {
            return Ok(());
        };
        let mut request = tests::house::ticket_request(&service.key);
        request.priority = dice.random_range(0..PRIORITY_ONE_IN) == 0;
        let answer = self.stage.kiosk.client().post(&tests::house::tickets_path(), &request)?;
        let ticket: wire::TicketAnswer = answer.json()?;
        self.told.say(&format!("{} takes a number: {}", ticket.number, ticket.service.en));
        Ok(())
    }

    /// Now and then somebody books on the pages, by the link in the mail.
    pub fn bookings_on_the_pages(&self, base: &str) {
        let mut nth = 0;
        self.until_stopped("booking on the pages", || {
            self.minutes(if nth == 0 { 2.0 } else { BETWEEN_BOOKINGS_MINUTES });
            nth += 1;
            if self.is_over() {
                return Ok(());
            }
            let (email, citizen) = (format!("polites{nth}@example.gr"), Client::new(base));
            self.book_on_the_pages(&email, &Citizen::new(citizen, &email), base)
        });
    }

    fn book_on_the_pages(&self, email: &str, citizen: &Citizen, base: &str) -> Result<()> {
        const SERVICE: &str = "driving-licence";
        citizen.ask_for_link()?;
        citizen.open_link(&self.mail_to(email)?.link(&format!("{base}/book/start/"))?)?;
        let times = citizen.times(OFFICE, SERVICE)?;
        let time = times.last().context("no free time on the pages")?;
        let held = citizen.held(&citizen.press_time(OFFICE, SERVICE, time)?)?;
        citizen.confirm(&held, "Ελένη Παπαδοπούλου")?;
        self.told.say(&format!("somebody books on the pages; the mails lie in {}", self.stage.mails.display()));
        Ok(())
    }

    fn mail_to(&self, email: &str) -> Result<ReceivedMail> {
        wait::until(&format!("a mail to {email}"), || {
            let files = std::fs::read_dir(self.stage.mails).ok()?;
            let mut mails: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
            mails.retain(|path| path.extension().is_some_and(|end| end == "eml"));
            mails.sort();
            // The newest are read first: what was waited for came a moment ago.
            mails
                .iter()
                .rev()
                .take(5)
                .filter_map(|path| ReceivedMail::read(path).ok())
                .find(|mail| mail.to.contains(email))
        })
    }
}
