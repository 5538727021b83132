//! The kiosk's logic without a window, its time turned by hand: idleness, a lost hub, and a number that is taken.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use bevy::prelude::*;
use chrono::{DateTime, Utc};
use kiosk::{
    attendant::{Attendant, Devices, Hub, Kiosk, Shared},
    logic::{LogicPlugin, Now as WalkNow, Presses},
    walk::{At, Paper, Press, Rules, Screen, Walk},
};
use panel::{
    alarm::AlarmPlugin,
    clock::Now,
    link::{FarEnd, Link, News, Reply},
};
use wire::{Availability, KioskService, KioskView, Language, OfficeState, TicketAnswer, Words};

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
        }],
        booked_delay_max_minutes: 5,
        late_in_gaps: false,
        notices: Vec::new(),
        booking_page: "https://kep.example/book".to_owned(),
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
    }
}

/// A kiosk without printer and scanner, and the hub's end of its link.
struct Stage {
    app: App,
    hub: FarEnd<KioskView>,
}

impl Stage {
    fn open() -> Self {
        let (link, hub) = Link::loose();
        let kiosk = Kiosk::new(Walk::new(Rules::new(Language::El, 6)), "http://10.0.0.2:8080", "Είσοδος", false);
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, AlarmPlugin))
            .insert_resource(Now::by_hand())
            .insert_resource(Shared::new(Attendant::new(kiosk, Hub::new(link), Devices::default())))
            .add_plugins(LogicPlugin);
        let mut stage = Self { app, hub };
        stage.hub_is_there();
        assert_eq!(stage.after(1), Screen::Welcome);
        stage
    }

    fn hub_is_there(&self) {
        self.hub.news.send(News::View { epoch: 1, view: Box::new(view()) }).unwrap();
    }

    /// Lets seconds pass, a frame each, and tells the screen.
    fn after(&mut self, seconds: u32) -> Screen {
        for _ in 0..seconds {
            self.app.world_mut().resource_mut::<Now>().turn(Duration::from_secs(1));
            self.app.update();
        }
        self.kiosk().walk.screen()
    }

    /// A second later somebody presses.
    fn press(&mut self, press: Press) -> Screen {
        self.app.world_mut().resource_mut::<Presses>().0.push(press);
        self.after(1)
    }

    fn kiosk(&self) -> &Kiosk {
        self.app.world().resource::<Kiosk>()
    }

    fn countdown(&self) -> Option<u64> {
        self.kiosk().walk.countdown(self.app.world().resource::<WalkNow>().0)
    }
}

#[test]
fn k32_after_45_idle_seconds_it_asks_and_20_later_goes_home() {
    let mut stage = Stage::open();
    assert_eq!(stage.press(Press::HaveBooking), Screen::Code);
    assert_eq!((stage.after(44), stage.countdown()), (Screen::Code, None));
    assert_eq!((stage.after(1), stage.countdown()), (Screen::Code, Some(20)));
    assert_eq!((stage.after(19), stage.countdown()), (Screen::Code, Some(1)));
    assert_eq!((stage.after(1), stage.countdown()), (Screen::Welcome, None));
}

#[test]
fn k32_a_touch_says_that_somebody_is_still_there() {
    let mut stage = Stage::open();
    stage.press(Press::NoBooking);
    stage.after(50);
    assert!(stage.countdown().is_some());
    assert_eq!((stage.press(Press::StillHere), stage.countdown()), (Screen::Services, None));
    assert_eq!((stage.after(44), stage.countdown()), (Screen::Services, None));
}

#[test]
fn a_lost_hub_is_shown_in_the_next_frame_and_its_return_too() {
    let mut stage = Stage::open();
    stage.press(Press::HaveBooking);
    stage.hub.news.send(News::Lost { since: noon() }).unwrap();
    assert_eq!(stage.after(1), Screen::Away);
    stage.hub_is_there();
    assert_eq!(stage.after(1), Screen::Welcome);
}

#[test]
fn a_number_that_no_printer_takes_stays_on_the_screen() {
    let mut stage = Stage::open();
    for press in [Press::NoBooking, Press::Service("signature".to_owned()), Press::TakeNumber] {
        stage.press(press);
    }
    stage.press(Press::Priority(false));
    let ask = stage.hub.asks.try_recv().unwrap();
    assert_eq!(ask.path, "offices/{office}/tickets");
    let answer = Ok(serde_json::to_value(ticket()).unwrap());
    stage.hub.replies.send(Reply { key: ask.key, answer }).unwrap();
    assert_eq!(stage.after(1), Screen::Given);
    assert!(matches!(stage.kiosk().walk.at(), At::Given { paper: Paper::NotPrinted, .. }));
    assert_eq!(stage.after(40), Screen::Given);
}

#[test]
fn telephones_are_sent_where_the_hub_says() {
    let stage = Stage::open();
    assert_eq!(stage.kiosk().booking_page(), "https://kep.example/book");
}
