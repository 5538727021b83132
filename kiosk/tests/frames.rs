//! The kiosk's frames without a window: a press and what the hub says are answered in the next frame.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use attendant::{Attendant, HubContact, Kiosk, MachineSetting, Peripherals, SharedAttendant};
use bevy::prelude::*;
use kiosk::logic::{AttendantInCommon, FingerPresses, KioskInFrame, KioskLogicPlugin};
use link::{HubLink, News};
use panel::{alarm::AlarmPlugin, clock::FrameTime};
use walk::{KioskScreen, KioskWalk, Press, WalkRules};
use wire::{KioskView, Language, OfficeState, Words};

fn view() -> KioskView {
    let noon = "2026-11-24T10:00:00Z".parse().unwrap();
    KioskView {
        office: Words::new("ΚΕΠ", "CSC"),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: noon, serves_until: noon },
        services: Vec::new(),
        booked_delay_max_minutes: 5,
        late_in_gaps: false,
        notices: Vec::new(),
        booking_page: String::new(),
        promise: Words::default(),
        priority_grounds: Words::default(),
        hours: Vec::new(),
        help_where: Words::default(),
        help: Vec::new(),
        ticket_notes: Vec::new(),
    }
}

#[test]
fn a_press_and_what_the_hub_says_are_answered_in_the_next_frame() {
    let (link, hub) = HubLink::loose();
    let kiosk = Kiosk::new(
        KioskWalk::new(WalkRules::new(Language::El, 6)),
        "http://10.0.0.2:8080",
        "Είσοδος",
        MachineSetting::default(),
    );
    let attendant = Attendant::new(kiosk, HubContact::new(link), Peripherals::default());
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, AlarmPlugin))
        .insert_resource(FrameTime::by_hand())
        .insert_resource(AttendantInCommon(SharedAttendant::new(attendant)))
        .add_plugins(KioskLogicPlugin);
    let mut next_frame = |press: Option<Press>| {
        app.world_mut().resource_mut::<FingerPresses>().0.extend(press);
        app.world_mut().resource_mut::<FrameTime>().turn(Duration::from_secs(1));
        app.update();
        app.world().resource::<KioskInFrame>().walk.screen()
    };
    assert_eq!(next_frame(None), KioskScreen::Starting);
    hub.news.send(News::View { epoch: 1, view: Box::new(view()) }).unwrap();
    assert_eq!(next_frame(None), KioskScreen::Welcome);
    assert_eq!(next_frame(Some(Press::HaveBooking)), KioskScreen::Code);
    hub.news.send(News::Lost { since: "2026-11-24T10:00:00Z".parse().unwrap() }).unwrap();
    assert_eq!(next_frame(None), KioskScreen::Away);
}
