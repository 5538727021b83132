//! The kiosk's window: one screen, one file, one plugin; drawn anew when what it shows has changed.

mod away;
mod book_anew;
mod closed;
mod code;
mod could_not_book;
mod estranged;
mod frame;
mod give_up;
mod given;
mod late;
mod meaning;
mod pairing;
mod pen;
mod question;
mod refused;
mod screen_state;
mod service;
mod services;
mod starting;
mod wait;
mod welcome;

use std::time::{Duration, Instant};

use attendant::PATIENT;
use bevy::{
    input::{ButtonState, keyboard::Key, keyboard::KeyboardInput},
    picking::PickingSystems,
    prelude::*,
    ui::Pressed,
    ui_widgets::Activate,
    window::RequestRedraw,
};
use link::LinkState;
use panel::alarm::Alarm;
use walk::{KioskScreen, Station};
use wire::{KioskView, Language};

use self::{meaning::Meaning, screen_state::ScreenState};
use crate::logic::{FingerPresses, Keystrokes, KioskInFrame, KioskLogic, WalkTime};

/// The kiosk's window.
pub struct KioskWindow;

impl Plugin for KioskWindow {
    fn build(&self, app: &mut App) {
        app.init_state::<ScreenState>()
            .init_resource::<ScreenFace>()
            .add_observer(take_press)
            .configure_sets(PreUpdate, KioskLogic.after(PickingSystems::Last))
            .add_systems(PreUpdate, take_keys.before(KioskLogic))
            .add_systems(PreUpdate, turn_face.after(KioskLogic))
            .add_plugins((
                (starting::plugin, pairing::plugin, away::plugin, estranged::plugin, closed::plugin),
                (welcome::plugin, code::plugin, wait::plugin, late::plugin, give_up::plugin, book_anew::plugin),
                (services::plugin, service::plugin, could_not_book::plugin, question::plugin),
                (given::plugin, refused::plugin),
            ));
    }
}

/// Everything that the screen shows; it is drawn anew when this changes.
#[derive(Resource, Debug, Default, Clone, PartialEq)]
struct ScreenFace {
    screen: KioskScreen,
    language: Language,
    station: Option<Station>,
    view: Option<KioskView>,
    link: LinkState,
    time: String,
    local: bool,
    countdown: Option<u64>,
}

fn take_press(press: On<Activate>, buttons: Query<&Meaning>, mut presses: ResMut<FingerPresses>) {
    if let Ok(meaning) = buttons.get(press.entity) {
        presses.0.push(meaning.0.clone());
    }
}

fn take_keys(mut keys: MessageReader<KeyboardInput>, mut typed: ResMut<Keystrokes>) {
    for key in keys.read().filter(|key| key.state == ButtonState::Pressed) {
        match &key.logical_key {
            Key::Enter => typed.0.push('\r'),
            Key::Space => typed.0.push(' '),
            Key::Character(characters) => typed.0.extend(characters.chars()),
            _ => {}
        }
    }
}

fn turn_face(
    kiosk: Res<KioskInFrame>,
    now: Res<WalkTime>,
    mut face: ResMut<ScreenFace>,
    mut next: ResMut<NextState<ScreenState>>,
    mut alarm: ResMut<Alarm>,
    under_finger: Query<(), With<Pressed>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let (walk, now) = (&kiosk.walk, now.0);
    let wanted = walk.screen();
    // Most answers come before a person could read "one moment": the screen before stays until then.
    let rest = walk.busy_since().map_or(Duration::ZERO, |since| (since + PATIENT).saturating_sub(now));
    if wanted == KioskScreen::Wait && !rest.is_zero() {
        alarm.wake_at(Instant::now() + rest);
        return;
    }
    let new = ScreenFace {
        screen: wanted,
        language: walk.language(),
        station: Some(walk.station().clone()),
        view: walk.view().cloned(),
        link: walk.link().clone(),
        time: kiosk.shown_time(),
        local: walk.is_local(),
        countdown: walk.countdown(now),
    };
    // A button is not taken from under a finger because a minute has passed.
    let same_place = new.screen == face.screen && new.language == face.language && new.station == face.station;
    if *face == new || (same_place && new.countdown == face.countdown && !under_finger.is_empty()) {
        return;
    }
    *face = new;
    // What is new in a frame may be whole only in the one after it.
    redraw.write(RequestRedraw);
    // The same screen again leaves and enters it: what was drawn goes, and is drawn anew.
    next.set(ScreenState(wanted));
}
