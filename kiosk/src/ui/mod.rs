//! The kiosk's window: one screen, one file, one plugin; drawn anew when what it shows has changed.

mod away;
mod book_anew;
mod closed;
mod code;
mod could_not_book;
mod frame;
mod give_up;
mod given;
mod late;
mod pairing;
mod priority;
mod refused;
mod service;
mod services;
mod starting;
mod wait;
mod welcome;

use std::time::{Duration, Instant};

use bevy::{
    ecs::system::SystemParam,
    input::{ButtonState, keyboard::Key, keyboard::KeyboardInput},
    picking::PickingSystems,
    prelude::*,
    ui::Pressed,
    ui_widgets::Activate,
    window::RequestRedraw,
};
use panel::{alarm::Alarm, kit::Kit, link, picture, words};
use wire::{KioskView, Language};

use self::frame::Top;
use crate::{
    attendant::{Kiosk, PATIENT},
    logic::{Logic, Now, Presses, Typed},
    walk::{At, Press, Screen},
};

/// What a button means.
#[derive(Component, Debug, Clone)]
pub struct Does(pub Press);

/// The kiosk's window.
pub struct UiPlugin;

impl Plugin for UiPlugin {
    fn build(&self, app: &mut App) {
        app.init_state::<Screen>()
            .init_resource::<Face>()
            .add_observer(take_press)
            .configure_sets(PreUpdate, Logic.after(PickingSystems::Last))
            .add_systems(PreUpdate, take_keys.before(Logic))
            .add_systems(PreUpdate, turn_face.after(Logic))
            .add_plugins((
                (starting::plugin, pairing::plugin, away::plugin, closed::plugin),
                (welcome::plugin, code::plugin, wait::plugin, late::plugin, give_up::plugin, book_anew::plugin),
                (services::plugin, service::plugin, could_not_book::plugin, priority::plugin),
                (given::plugin, refused::plugin),
            ));
    }
}

/// Everything that the screen shows; it is drawn anew when this changes.
#[derive(Resource, Debug, Default, Clone, PartialEq)]
struct Face {
    screen: Screen,
    language: Language,
    at: Option<At>,
    view: Option<KioskView>,
    link: link::Standing,
    time: String,
    countdown: Option<u64>,
}

fn take_press(press: On<Activate>, buttons: Query<&Does>, mut presses: ResMut<Presses>) {
    if let Ok(does) = buttons.get(press.entity) {
        presses.0.push(does.0.clone());
    }
}

fn take_keys(mut keys: MessageReader<KeyboardInput>, mut typed: ResMut<Typed>) {
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
    kiosk: Res<Kiosk>,
    now: Res<Now>,
    mut face: ResMut<Face>,
    mut next: ResMut<NextState<Screen>>,
    mut alarm: ResMut<Alarm>,
    under_finger: Query<(), With<Pressed>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let (walk, now) = (&kiosk.walk, now.0);
    let wanted = walk.screen();
    // Most answers come before a person could read "one moment": the screen before stays until then.
    let rest = walk.busy_since().map_or(Duration::ZERO, |since| (since + PATIENT).saturating_sub(now));
    if wanted == Screen::Wait && !rest.is_zero() {
        alarm.wake_at(Instant::now() + rest);
        return;
    }
    let new = Face {
        screen: wanted,
        language: walk.language(),
        at: Some(walk.at().clone()),
        view: walk.view().cloned(),
        link: walk.link().clone(),
        time: kiosk.shown_time(),
        countdown: walk.countdown(now),
    };
    // A button is not taken from under a finger because a minute has passed.
    let same_place = new.screen == face.screen && new.language == face.language && new.at == face.at;
    if *face == new || (same_place && new.countdown == face.countdown && !under_finger.is_empty()) {
        return;
    }
    *face = new;
    // What is new in a frame may be whole only in the one after it.
    redraw.write(RequestRedraw);
    // The same screen again leaves and enters it: what was drawn goes, and is drawn anew.
    next.set(wanted);
}

/// A QR code and the side on which it is sharp.
#[derive(Debug, Clone)]
struct Code {
    image: Handle<Image>,
    side: f32,
}

/// What drawing needs.
#[derive(SystemParam)]
struct Pen<'w, 's> {
    commands: Commands<'w, 's>,
    kit: Res<'w, Kit>,
    kiosk: Res<'w, Kiosk>,
    now: Res<'w, Now>,
    images: ResMut<'w, Assets<Image>>,
}

impl Pen<'_, '_> {
    /// The kit in the language of whoever stands here.
    fn kit(&self) -> Kit {
        Kit { language: self.kiosk.walk.language(), ..self.kit.clone() }
    }

    fn say(&self, id: &str) -> String {
        words::say(self.kiosk.walk.language(), id)
    }

    fn say_with(&self, id: &str, name: &'static str, value: impl Into<String>) -> String {
        words::say_with(self.kiosk.walk.language(), id, &[(name, value.into().into())])
    }

    /// The time of `at`, with its day where that is not today.
    fn moment(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        words::moment(at, self.kiosk.hub_now(), self.kiosk.zone(), self.kiosk.walk.language())
    }

    fn top(&self) -> Top {
        let (kiosk, language) = (&self.kiosk, self.kiosk.walk.language());
        Top {
            office: kiosk.walk.view().map(|view| view.office.in_language(language).to_owned()).unwrap_or_default(),
            time: kiosk.shown_time(),
            countdown: kiosk.walk.countdown(self.now.0),
        }
    }

    /// A QR code of `text` of about `side` pixels, or nothing where it fits into none.
    fn qr(&mut self, text: &str, side: f32) -> Option<Code> {
        let image = picture::qr(text).ok()?;
        let side = picture::sharp_side(&image, side);
        Some(Code { image: self.images.add(image), side })
    }
}
