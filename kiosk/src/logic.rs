//! The kiosk's frames: each frame's presses to the attendant, and the kiosk as it then stands to the screens.

use std::time::Duration;

use attendant::{Kiosk, SharedAttendant, Touches};
use bevy::prelude::*;
use link::LinkState;
use panel::{alarm::Alarm, clock::FrameTime, notes::NotePlayer};
use walk::{FingerTouch, KeypadKey, Press};

/// The attendant, who also listens on a thread of its own.
#[derive(Resource, Deref)]
pub struct AttendantInCommon(pub SharedAttendant);

/// The kiosk as it stands in this frame.
#[derive(Resource, Deref)]
pub struct KioskInFrame(pub Kiosk);

/// What was pressed since the last frame.
#[derive(Resource, Debug, Default)]
pub struct FingerPresses(pub Vec<Press>);

/// Keys of a scanner that types, as this frame brought them.
#[derive(Resource, Debug, Default)]
pub struct Keystrokes(pub Vec<char>);

/// What fingers did since the last frame, each with the name of the choice under it.
#[derive(Resource, Debug, Default)]
pub struct FingerTouches(pub Vec<(FingerTouch, Option<String>)>);

/// Keys of the keypad since the last frame, and its jack.
#[derive(Resource, Debug, Default)]
pub struct KeypadPresses {
    /// In their order.
    pub keys: Vec<KeypadKey>,
    /// A headset was plugged in, or out.
    pub headset: Option<bool>,
}

/// Who sounds the click and the two notes.
#[derive(Resource)]
pub struct Sounds(pub NotePlayer);

/// The walk's time in this frame: since the start of the program.
#[derive(Resource, Debug, Default, Clone, Copy)]
pub struct WalkTime(pub Duration);

/// The kiosk's logic.
pub struct KioskLogicPlugin;

/// When the logic runs: before screens change, so that a press is answered in its own frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct KioskLogic;

impl Plugin for KioskLogicPlugin {
    fn build(&self, app: &mut App) {
        let kiosk = app.world().resource::<AttendantInCommon>().lock().kiosk.clone();
        app.insert_resource(KioskInFrame(kiosk))
            .init_resource::<FingerPresses>()
            .init_resource::<FingerTouches>()
            .init_resource::<KeypadPresses>()
            .init_resource::<Keystrokes>()
            .init_resource::<WalkTime>()
            .add_systems(PreUpdate, (walk_on, set_alarm).chain().in_set(KioskLogic));
    }
}

fn walk_on(
    shared: Res<AttendantInCommon>,
    frame: Res<FrameTime>,
    mut time: ResMut<WalkTime>,
    mut kiosk: ResMut<KioskInFrame>,
    (mut presses, mut fingers): (ResMut<FingerPresses>, ResMut<FingerTouches>),
    (mut typed, mut keypad): (ResMut<Keystrokes>, ResMut<KeypadPresses>),
) {
    time.0 = shared.time_of(frame.at());
    let mut attendant = shared.lock();
    let KeypadPresses { keys, headset } = std::mem::take(&mut *keypad);
    let touches = Touches {
        presses: std::mem::take(&mut presses.0),
        typed: std::mem::take(&mut typed.0),
        keys,
        fingers: std::mem::take(&mut fingers.0),
        headset,
    };
    attendant.attend(touches, time.0);
    kiosk.0 = attendant.kiosk.clone();
}

fn set_alarm(
    shared: Res<AttendantInCommon>,
    frame: Res<FrameTime>,
    time: Res<WalkTime>,
    kiosk: Res<KioskInFrame>,
    mut alarm: ResMut<Alarm>,
) {
    let instant = frame.at();
    if let Some(clock) = kiosk.clock.filter(|_| !matches!(kiosk.walk.link(), LinkState::Pairing { .. })) {
        alarm.wake_at(clock.next_minute(instant));
    }
    if let Some(due) = shared.lock().next_due(time.0) {
        alarm.wake_at(instant + due.saturating_sub(time.0));
    }
}
