//! The attendant without a window, its time turned by hand: idleness, a lost hub, and a number that is taken.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use attendant::{Attendant, HubContact, Kiosk, MachineSetting, Peripherals, Touches};
use chrono::{DateTime, Utc};
use link::{CommandReply, FarEnd, HubLink, News};
use walk::{KeypadKey, KioskScreen, KioskWalk, Press, PrintState, Question, Station, WalkRules};
use wire::{
    Availability, EmblemDots, KioskService, KioskView, Language, OfficeEmblem, OfficeState, TicketAnswer, Words,
};

fn noon() -> DateTime<Utc> {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn view() -> KioskView {
    KioskView {
        office: Words::new("ΚΕΠ", "CSC"),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: noon(), serves_until: noon() },
        services: vec![KioskService {
            key: "signature".to_owned(),
            letter: 'B',
            group: Words::new("Υπογραφές", "Signatures"),
            name: Words::new("Βεβαίωση γνησίου υπογραφής", "Certification of signature"),
            planned_minutes: 5,
            documents: Vec::new(),
            expected_wait: None,
            availability: Availability::Now { first_gap_at: None },
            pictogram: wire::Pictogram::default(),
            information: false,
        }],
        booked_delay_max_minutes: 5,
        late_in_gaps: false,
        notices: Vec::new(),
        booking_page: "https://kep.example/book".to_owned(),
        promise: Words::default(),
        priority_grounds: Words::default(),
        hours: Vec::new(),
        help_where: Words::default(),
        help: Vec::new(),
        ticket_notes: Vec::new(),
    }
}

fn ticket() -> TicketAnswer {
    TicketAnswer {
        visit: uuid::Uuid::nil(),
        number: "B001".to_owned(),
        service: Words::default(),
        at: noon(),
        booked_for: None,
        people_ahead: 0,
        expected_wait: None,
        first_gap_at: None,
        wait_where: Words::default(),
        page: "https://kep.example/v/1".to_owned(),
        language: Language::El,
        rehearsal: false,
        local: false,
    }
}

/// A kiosk without printer and scanner, and the hub's end of its link.
struct LoneKiosk {
    attendant: Attendant,
    now: Duration,
    hub: FarEnd<KioskView>,
}

impl LoneKiosk {
    fn open() -> Self {
        let (link, hub) = HubLink::loose();
        let walk = KioskWalk::new(WalkRules::new(Language::El, 6));
        let kiosk = Kiosk::new(walk, "http://10.0.0.2:8080", "Είσοδος", MachineSetting::default());
        let attendant = Attendant::new(kiosk, HubContact::new(link), Peripherals::default());
        let mut lone = Self { attendant, now: Duration::ZERO, hub };
        lone.hub_is_there();
        assert_eq!(lone.after(1), KioskScreen::Welcome);
        lone
    }

    fn hub_is_there(&self) {
        self.hub.news.send(News::View { epoch: 1, view: Box::new(view()) }).unwrap();
    }

    /// A second later, a round with these presses.
    fn round(&mut self, presses: Vec<Press>) {
        self.now += Duration::from_secs(1);
        self.attendant.attend(Touches { presses, ..Touches::default() }, self.now);
    }

    /// Lets seconds pass, a round each, and tells the screen.
    fn after(&mut self, seconds: u32) -> KioskScreen {
        for _ in 0..seconds {
            self.round(Vec::new());
        }
        self.attendant.kiosk.walk.screen()
    }

    /// A second later somebody presses.
    fn press(&mut self, press: Press) -> KioskScreen {
        self.round(vec![press]);
        self.attendant.kiosk.walk.screen()
    }

    fn countdown(&self) -> Option<u64> {
        self.attendant.kiosk.walk.countdown(self.now)
    }
}

#[test]
fn new_05_each_key_means_the_screen_that_the_key_before_it_has_left() {
    let mut lone = LoneKiosk::open();
    lone.now += Duration::from_secs(1);
    lone.attendant.attend(Touches { headset: Some(true), ..Touches::default() }, lone.now);
    // A slow frame brings them all at once: the second door, and on the next screen the first service.
    let keys = [KeypadKey::Down, KeypadKey::Down, KeypadKey::Choose, KeypadKey::Down, KeypadKey::Choose];
    lone.attendant.attend(Touches { keys: keys.to_vec(), ..Touches::default() }, lone.now);
    assert!(matches!(lone.attendant.kiosk.walk.station(), Station::Service { key } if key == "signature"));
    assert_eq!(lone.attendant.face.screen, KioskScreen::Service);
}

#[test]
fn k32_after_45_idle_seconds_it_asks_and_20_later_goes_home() {
    let mut lone = LoneKiosk::open();
    assert_eq!(lone.press(Press::HaveBooking), KioskScreen::Code);
    assert_eq!((lone.after(44), lone.countdown()), (KioskScreen::Code, None));
    assert_eq!((lone.after(1), lone.countdown()), (KioskScreen::Code, Some(20)));
    assert_eq!((lone.after(19), lone.countdown()), (KioskScreen::Code, Some(1)));
    assert_eq!((lone.after(1), lone.countdown()), (KioskScreen::Welcome, None));
}

#[test]
fn k32_a_touch_says_that_somebody_is_still_there() {
    let mut lone = LoneKiosk::open();
    lone.press(Press::NoBooking);
    lone.after(50);
    assert!(lone.countdown().is_some());
    assert_eq!((lone.press(Press::StillHere), lone.countdown()), (KioskScreen::Services, None));
    assert_eq!((lone.after(44), lone.countdown()), (KioskScreen::Services, None));
}

#[test]
fn a_lost_hub_is_shown_in_the_next_round_and_its_return_too() {
    let mut lone = LoneKiosk::open();
    lone.press(Press::HaveBooking);
    lone.hub.news.send(News::Lost { since: noon() }).unwrap();
    assert_eq!(lone.after(1), KioskScreen::Away);
    lone.hub_is_there();
    assert_eq!(lone.after(1), KioskScreen::Welcome);
}

#[test]
fn new_14_the_emblem_is_as_the_hub_told_it_last() {
    let mut lone = LoneKiosk::open();
    let emblem = || {
        let dots = EmblemDots::white(8, 8).unwrap();
        Some(Box::new(OfficeEmblem { picture: "/emblems/1.png".to_owned(), width: 8, height: 8, dots }))
    };
    for told in [emblem(), None, emblem()] {
        lone.hub.news.send(News::Emblem(told.clone())).unwrap();
        assert_eq!((lone.after(1), &lone.attendant.kiosk.emblem), (KioskScreen::Welcome, &told));
    }
    lone.hub.news.send(News::Lost { since: noon() }).unwrap();
    assert_eq!(lone.after(1), KioskScreen::Away);
    assert_eq!(lone.attendant.kiosk.emblem, emblem(), "what is printed meanwhile has it");
}

#[test]
fn a_number_that_no_printer_takes_stays_on_the_screen() {
    let mut lone = LoneKiosk::open();
    for press in [Press::NoBooking, Press::Service("signature".to_owned()), Press::TakeNumber] {
        lone.press(press);
    }
    for question in Question::ALL {
        lone.press(Press::Answer(*question, false));
    }
    let command = lone.hub.commands.try_recv().unwrap();
    assert_eq!(command.path, "offices/{office}/tickets");
    let answer = Ok(serde_json::to_value(ticket()).unwrap());
    lone.hub.replies.send(CommandReply { key: command.key, answer }).unwrap();
    assert_eq!(lone.after(1), KioskScreen::Given);
    assert!(matches!(lone.attendant.kiosk.walk.station(), Station::Given { print: PrintState::NotPrinted, .. }));
    assert_eq!(lone.after(40), KioskScreen::Given);
}

#[test]
fn telephones_are_sent_where_the_hub_says() {
    let lone = LoneKiosk::open();
    assert_eq!(lone.attendant.kiosk.booking_page(), "https://kep.example/book");
}
