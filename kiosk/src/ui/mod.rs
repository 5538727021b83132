//! The kiosk's window: it draws the face that the walk describes, anew when that has changed.

mod brush;
mod choices;
mod fingers;
mod frame;
mod guide;
mod meaning;
mod reading;
mod signs;

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
use panel::{
    alarm::Alarm,
    clock::FrameTime,
    kit::{Dress, Kit},
    notes::TouchNote,
    pictogram::PictogramAlbum,
    theme::{ScreenPalette, Token},
};
use walk::{
    Comfort, KioskFace, KioskScreen,
    face::{GuidePicture, Tone},
};
use wire::EmblemDots;

use self::{
    brush::FaceBrush,
    guide::{GuideStart, move_guides},
    meaning::Meaning,
};
use crate::{
    keypad::KeypadKeys,
    logic::{AttendantInCommon, FingerPresses, KeypadPresses, Keystrokes, KioskInFrame, KioskLogic, Sounds, WalkTime},
};

/// The kiosk's window.
pub struct KioskWindow;

impl Plugin for KioskWindow {
    fn build(&self, app: &mut App) {
        app.init_resource::<DrawnFace>()
            .init_resource::<GuideStart>()
            .init_resource::<fingers::FingerDown>()
            .add_observer(take_press)
            .add_observer(click)
            .configure_sets(PreUpdate, KioskLogic.after(PickingSystems::Last))
            .add_systems(PreUpdate, take_keys.before(KioskLogic))
            .add_systems(PreUpdate, fingers::take_fingers.after(PickingSystems::Last).before(KioskLogic))
            .add_systems(PreUpdate, draw_face.after(KioskLogic))
            .add_systems(Update, move_guides);
    }
}

/// What stands on the screen now.
#[derive(Resource, Debug, Default)]
struct DrawnFace {
    face: Option<KioskFace>,
    comfort: Comfort,
    focus: Option<String>,
    emblem: Option<EmblemDots>,
    root: Option<Entity>,
}

fn take_press(press: On<Activate>, buttons: Query<&Meaning>, mut presses: ResMut<FingerPresses>) {
    if let Ok(meaning) = buttons.get(press.entity) {
        presses.0.push(meaning.0.clone());
    }
}

/// A press clicks when the finger comes down, so that it is heard where it is felt.
fn click(press: On<Add, Pressed>, buttons: Query<(), With<Meaning>>, sounds: Res<Sounds>) {
    if buttons.contains(press.entity) {
        sounds.0.sound(TouchNote::Click);
    }
}

fn take_keys(
    mut keys: MessageReader<KeyboardInput>,
    keypad: Res<KeypadKeys>,
    mut typed: ResMut<Keystrokes>,
    mut pressed: ResMut<KeypadPresses>,
) {
    // A key that is held down counts once (K21).
    for key in keys.read().filter(|key| key.state == ButtonState::Pressed && !key.repeat) {
        if let Some(headset) = keypad.headset(key.key_code) {
            pressed.headset = Some(headset);
            continue;
        }
        if let Some(means) = keypad.key(key.key_code) {
            pressed.keys.push(means);
            continue;
        }
        match &key.logical_key {
            Key::Enter => typed.0.push('\r'),
            Key::Space => typed.0.push(' '),
            Key::Character(characters) => typed.0.extend(characters.chars()),
            _ => {}
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "a system of the engine is given what it needs one by one")]
fn draw_face(
    mut commands: Commands,
    (kiosk, now, frame): (Res<KioskInFrame>, Res<WalkTime>, Res<FrameTime>),
    shared: Res<AttendantInCommon>,
    mut drawn: ResMut<DrawnFace>,
    (mut guide, mut clear): (ResMut<GuideStart>, ResMut<ClearColor>),
    (kit, mut album, mut images): (Res<Kit>, ResMut<PictogramAlbum>, ResMut<Assets<Image>>),
    (mut alarm, sounds): (ResMut<Alarm>, Res<Sounds>),
    under_finger: Query<(), With<Pressed>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let (walk, now) = (&kiosk.walk, now.0);
    // Most answers come before a person could read "one moment": the screen before stays until then.
    let rest = walk.busy_since().map_or(Duration::ZERO, |since| (since + PATIENT).saturating_sub(now));
    let face = kiosk.face(now);
    if face.screen == KioskScreen::Wait && !rest.is_zero() {
        alarm.wake_at(Instant::now() + rest);
        return;
    }
    let comfort = walk.comfort();
    let focus = shared.lock().listener().reader().focus().map(str::to_owned);
    let emblem = kiosk.emblem.as_ref().map(|emblem| &emblem.dots);
    let same_dress = drawn.comfort == comfort && drawn.focus == focus && drawn.emblem.as_ref() == emblem;
    let before = drawn.face.as_ref();
    if same_dress && before == Some(&face) {
        return;
    }
    // A button is not taken from under a finger because a minute has passed.
    let only_time = before.is_some_and(|before| KioskFace { time: face.time.clone(), ..before.clone() } == face);
    if same_dress && only_time && !under_finger.is_empty() {
        return;
    }
    let same_scene = before.is_some_and(|before| before.scene == face.scene && before.screen == face.screen);
    if same_scene {
        guide.redrawn()
    } else {
        guide.begin(frame.at())
    }
    if went_well(before, &face) {
        sounds.0.sound(TouchNote::Success);
    }
    let palette = if comfort.contrast { ScreenPalette::Strong } else { ScreenPalette::Usual };
    let kit = Kit { language: face.language, dress: Dress { large: comfort.large, palette }, ..kit.clone() };
    clear.0 = kit.colour(Token::Page);
    if let Some(old) = drawn.root.take() {
        commands.entity(old).despawn();
    }
    let page = Node { width: percent(100), height: percent(100), flex_direction: FlexDirection::Column, ..default() };
    let mut brush =
        FaceBrush { kit, low: comfort.low, emblem, focus: focus.clone(), album: &mut album, images: &mut images };
    // The window is cleared to the colour of paper already; painting it anew would be the dearest part of a frame.
    let name = Name::new(format!("{:?}", face.screen));
    let root = commands.spawn((name, page)).with_children(|page| frame::draw(&mut brush, &face, page)).id();
    *drawn = DrawnFace { face: Some(face), comfort, focus, emblem: emblem.cloned(), root: Some(root) };
    // What is new in a frame may be whole only in the one after it.
    redraw.write(RequestRedraw);
}

/// A ticket is in somebody's hand, or somebody comes: that is heard.
fn went_well(before: Option<&KioskFace>, face: &KioskFace) -> bool {
    let printed = |face: &KioskFace| matches!(face.scene, Some(GuidePicture::Take(_)));
    let well = |face: &KioskFace| face.tone == Tone::Well;
    well(face) && before.is_none_or(|before| !well(before) || printed(before) != printed(face))
}
