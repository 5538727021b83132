//! What citizens do at a kiosk, one after the other: every screen on their ways, and the tickets that it prints.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use tests::{house::House, questions::QUESTIONS, wait};
use wire::{Availability, KioskService};

use crate::{
    day::{Codes, RefusedCodes},
    kiosks::Stand,
    labels::{LANGUAGES, Labels},
};

/// An idle kiosk asks after 45 s.
const IDLE: Duration = Duration::from_secs(60);
/// A question over the screen is drawn whole after so long.
const DRAWN: Duration = Duration::from_millis(400);

/// A part of the walk that begins at the first screen.
type Step<'a> = &'a mut dyn FnMut(&mut Stand) -> Result<()>;

/// The services by which the screens are met, as the office offers them at ten o'clock.
struct WalkedServices<'a> {
    /// One that gives numbers.
    open: &'a str,
    /// One that wants a booking.
    booked: &'a str,
}

impl<'a> WalkedServices<'a> {
    fn of(services: &'a [KioskService], labels: &Labels) -> Result<Self> {
        let open = services.iter().find(|service| matches!(service.availability, Availability::Now { .. }));
        let booked = services.iter().find(|service| service.availability == Availability::BookingRequired);
        Ok(Self {
            open: labels.own(&open.context("no service gives numbers")?.name),
            booked: labels.own(&booked.context("no service wants a booking")?.name),
        })
    }
}

impl Stand {
    /// The whole walk in one language, with the office open. What goes wrong at one step spoils no other.
    pub fn walk(
        &mut self,
        labels: &Labels,
        codes: &Codes,
        refused: &RefusedCodes,
        services: &[KioskService],
    ) -> Result<()> {
        let offer = WalkedServices::of(services, labels)?;
        let steps: [(&str, Step<'_>); 12] = [
            ("a number", &mut |stand| stand.walk_in(labels, offer.open)),
            ("more than one", &mut |stand| stand.party_and_needs(labels, offer.open)),
            ("a booking that could not be made", &mut |stand| stand.could_not_book(labels, offer.booked)),
            ("an early booking", &mut |stand| stand.early(labels, codes)),
            ("a booking in time", &mut |stand| stand.in_time(labels, codes)),
            ("late, and served today", &mut |stand| stand.late_today(labels, codes)),
            ("late, and another time", &mut |stand| stand.late_anew(labels, codes)),
            ("refused codes", &mut |stand| stand.refused(labels, refused)),
            ("no paper", &mut |stand| stand.without_paper(labels, offer.open)),
            ("a fixed time", &mut |stand| stand.fixed_time(labels, offer.open)),
            ("help, and nobody there", &mut |stand| stand.help_and_idle(labels)),
            ("the screen made easier", &mut |stand| stand.easier(labels)),
        ];
        let mut failed = Vec::new();
        for (name, step) in steps {
            if let Err(error) = step(self) {
                failed.push(format!("kiosk {} in {}, {name}: {error:#}", self.hangs(), labels.tag));
            }
        }
        ensure!(failed.is_empty(), "{}", failed.join("\n"));
        Ok(())
    }

    fn walk_in(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.home(labels)?;
        self.keep("welcome", labels)?;
        self.choose(labels, "kiosk-have-booking", "kiosk-code-where")?;
        self.keep("code", labels)?;
        self.scan(labels, "22222222", "kiosk-refused-unknown-code")?;
        self.keep("refused-unknown-code", labels)?;
        self.choose(labels, "kiosk-number-instead", "kiosk-services")?;
        self.keep("services", labels)?;
        self.choose_words(service, &labels.start_of("kiosk-bring")?)?;
        self.keep("service", labels)?;
        let printed = self.printer().tickets()?.len();
        self.ask_for_number(labels, "kiosk-printed", true)?;
        self.keep("number", labels)?;
        self.keep_ticket(printed, "walk-in", labels)
    }

    /// From the screen of a service to the number, with no said to each question.
    fn ask_for_number(&mut self, labels: &Labels, at_last: &str, keep: bool) -> Result<()> {
        let asked: Vec<&str> = QUESTIONS.iter().map(|question| question.sentence).chain([at_last]).collect();
        self.choose(labels, "kiosk-take-number", asked[0])?;
        for (question, next) in QUESTIONS.iter().zip(&asked[1..]) {
            if keep {
                self.keep(question.picture, labels)?;
            }
            self.choose(labels, question.no, next)?;
        }
        Ok(())
    }

    /// From the first screen to that of a service.
    fn go_to_service(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.home(labels)?;
        self.choose(labels, "kiosk-no-booking", "kiosk-services")?;
        self.choose_words(service, &labels.start_of("kiosk-bring")?)
    }

    fn party_and_needs(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.go_to_service(labels, service)?;
        self.choose(labels, "kiosk-more-of-us", "kiosk-party")?;
        self.keep("party", labels)?;
        self.choose(labels, "kiosk-take-number", "kiosk-priority")?;
        self.choose(labels, "kiosk-priority-yes", "kiosk-needs")?;
        self.keep("needs", labels)
    }

    /// On whatever page of the list the service stands.
    fn could_not_book(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.home(labels)?;
        self.choose(labels, "kiosk-no-booking", "kiosk-services")?;
        let required = labels.start_of("kiosk-booking-required")?;
        if self.choose_words(service, &required).is_err() {
            self.choose(labels, "kiosk-page-next", "kiosk-services")?;
            self.keep("services-2", labels)?;
            self.choose_words(service, &required)?;
        }
        self.keep("could-not-book", labels)
    }

    /// Somebody early is asked whether they may be called before; then their number stands there.
    fn early(&mut self, labels: &Labels, codes: &Codes) -> Result<()> {
        self.home(labels)?;
        let printed = self.printer().tickets()?.len();
        self.scan(labels, &codes.early.code, "kiosk-call-early")?;
        // Its paper comes meanwhile.
        self.keep_ticket(printed, "early", labels)?;
        self.keep("early", labels)?;
        self.choose(labels, "kiosk-call-early-no", "kiosk-printed")?;
        self.keep("checked-in-early", labels)
    }

    /// In time, with a wish of their own; then the same code once more.
    fn in_time(&mut self, labels: &Labels, codes: &Codes) -> Result<()> {
        self.home(labels)?;
        let printed = self.printer().tickets()?.len();
        self.scan(labels, &codes.in_time.code, "kiosk-printed")?;
        self.choose(labels, "kiosk-wishes-say", "kiosk-wishes")?;
        self.keep("wishes", labels)?;
        self.choose(labels, "kiosk-back", "kiosk-printed")?;
        self.keep("checked-in", labels)?;
        self.keep_ticket(printed, "booked", labels)?;
        self.home(labels)?;
        let printed = self.printer().tickets()?.len();
        self.scan(labels, &codes.in_time.code, "kiosk-printed")?;
        self.keep("checked-in-again", labels)?;
        self.keep_ticket(printed, "copy", labels)
    }

    fn late_today(&mut self, labels: &Labels, codes: &Codes) -> Result<()> {
        self.home(labels)?;
        self.scan(labels, &codes.late[0].code, "kiosk-late")?;
        self.keep("late", labels)?;
        self.choose(labels, "kiosk-late-today", "kiosk-printed")?;
        self.keep("late-today", labels)
    }

    fn late_anew(&mut self, labels: &Labels, codes: &Codes) -> Result<()> {
        self.home(labels)?;
        self.scan(labels, &codes.late[1].code, "kiosk-late")?;
        self.choose(labels, "kiosk-late-anew", "kiosk-times-below")?;
        self.keep("times", labels)?;
        self.choose_first(labels, "kiosk-printed")?;
        self.keep("rebooked", labels)
    }

    /// One code after the other, as it may be scanned on every screen.
    fn refused(&mut self, labels: &Labels, refused: &RefusedCodes) -> Result<()> {
        self.home(labels)?;
        self.scan(labels, &refused.other_day.code, "kiosk-refused-other-day-at")?;
        self.keep("refused-other-day", labels)?;
        self.scan(labels, &refused.cancelled.code, "kiosk-refused-cancelled")?;
        self.keep("refused-cancelled", labels)
    }

    fn without_paper(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.go_to_service(labels, service)?;
        self.printer().interfere("paper out")?;
        let kept = self
            .ask_for_number(labels, "kiosk-not-printed", false)
            .and_then(|()| self.keep("number-without-paper", labels));
        // Whoever comes after finds paper, whatever became of this.
        self.printer().interfere("paper in")?;
        kept
    }

    /// Whoever has a number takes the first gap as a fixed time.
    fn fixed_time(&mut self, labels: &Labels, service: &str) -> Result<()> {
        self.go_to_service(labels, service)?;
        self.ask_for_number(labels, "kiosk-printed", false)?;
        self.choose(labels, "kiosk-fix-time", "kiosk-printed")?;
        self.keep("fixed-time", labels)
    }

    /// What somebody can do who does not know; a ring; and the question whether anybody is there, on a screen that changes
    /// for no other reason.
    fn help_and_idle(&mut self, labels: &Labels) -> Result<()> {
        self.home(labels)?;
        self.choose(labels, "kiosk-not-sure", "kiosk-not-sure-heading")?;
        self.keep("not-sure", labels)?;
        self.choose(labels, "kiosk-help-here", "kiosk-help-rung")?;
        self.keep("help-rung", labels)?;
        self.choose(labels, "kiosk-help-end", "kiosk-not-sure-heading")?;
        self.keep_as_asked(labels)
    }

    fn keep_as_asked(&mut self, labels: &Labels) -> Result<()> {
        self.look_up()?;
        // Taken once it is calm, so that only the question is another picture.
        let before = self.calm()?;
        let screen = self.screen()?;
        wait::until_within(IDLE + wait::PATIENCE, "the kiosk asks whether anybody is there", || {
            screen.picture().ok().filter(|now| !now.looks_like(&before))
        })?;
        wait::pass(DRAWN);
        let picture = screen.picture()?;
        self.keep_picture("still-there", labels, &picture)?;
        // It is heard by nobody, as a headset would be an answer: here it is read.
        let question = labels.start_of("kiosk-still-there")?;
        ensure!(
            picture.find(&question)?.is_some(),
            "still-there: «{question}» cannot be read, but: {}",
            picture.text()?
        );
        Ok(())
    }

    /// Read aloud, in large letters, in strong colours, low; it ends with the guest.
    fn easier(&mut self, labels: &Labels) -> Result<()> {
        self.home(labels)?;
        self.rest_on_the_second()?;
        self.keep_as_it_is("read-aloud", labels)?;
        let on = labels.say("kiosk-is-on")?;
        let off = labels.say("kiosk-is-off")?;
        for name in ["large", "contrast", "low"] {
            let said = labels.say(&format!("kiosk-{name}-said"))?;
            let (turned_on, turned_off) = (format!("{said}, {on}"), format!("{said}, {off}"));
            self.choose_words(said, &turned_on)?;
            self.keep(name, labels)?;
            self.choose_words(said, &turned_off)?;
        }
        // Whatever is still on goes with whoever leaves.
        self.choose(labels, "kiosk-not-sure", "kiosk-not-sure-heading")
    }

    /// A hub that takes its time, and one that does not answer at all.
    pub fn hub_is_stuck(&mut self, house: &mut House, labels: &Labels) -> Result<()> {
        self.home(labels)?;
        house.hub.process()?.signal(Signal::STOP)?;
        let seen = self.stuck(labels);
        house.hub.process()?.signal(Signal::CONT)?;
        seen?;
        self.home(&LANGUAGES[0])?;
        self.look_up()
    }

    fn stuck(&mut self, labels: &Labels) -> Result<()> {
        self.scan(labels, "22222222", "kiosk-wait-below")?;
        // Soon after, it goes on by itself.
        self.keep("wait", labels)
    }
}
