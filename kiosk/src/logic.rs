//! The kiosk without a window: each frame's presses into the walk, and the walk as it then stands to the screens.

use std::time::Duration;

use bevy::prelude::*;
use panel::{alarm::Alarm, clock, link::Standing};

use crate::{
    attendant::{Kiosk, Shared, Touched},
    walk::Press,
};

/// What was pressed since the last frame.
#[derive(Resource, Debug, Default)]
pub struct Presses(pub Vec<Press>);

/// Keys of a scanner that types, as this frame brought them.
#[derive(Resource, Debug, Default)]
pub struct Typed(pub Vec<char>);

/// The walk's time in this frame: since the start of the program.
#[derive(Resource, Debug, Default, Clone, Copy)]
pub struct Now(pub Duration);

/// The kiosk's logic.
pub struct LogicPlugin;

/// When the logic runs: before screens change, so that a press is answered in its own frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Logic;

impl Plugin for LogicPlugin {
    fn build(&self, app: &mut App) {
        let kiosk = app.world().resource::<Shared>().lock().kiosk.clone();
        app.insert_resource(kiosk)
            .init_resource::<Presses>()
            .init_resource::<Typed>()
            .init_resource::<Now>()
            .add_systems(PreUpdate, (walk_on, set_alarm).chain().in_set(Logic));
    }
}

fn walk_on(
    shared: Res<Shared>,
    frame: Res<clock::Now>,
    mut now: ResMut<Now>,
    mut kiosk: ResMut<Kiosk>,
    mut presses: ResMut<Presses>,
    mut typed: ResMut<Typed>,
) {
    now.0 = shared.time_of(frame.at());
    let mut attendant = shared.lock();
    let touched = Touched { presses: std::mem::take(&mut presses.0), typed: std::mem::take(&mut typed.0) };
    attendant.attend(touched, now.0);
    *kiosk = attendant.kiosk.clone();
}

fn set_alarm(shared: Res<Shared>, frame: Res<clock::Now>, now: Res<Now>, kiosk: Res<Kiosk>, mut alarm: ResMut<Alarm>) {
    let instant = frame.at();
    if let Some(clock) = kiosk.clock.filter(|_| !matches!(kiosk.walk.link(), Standing::Pairing { .. })) {
        alarm.wake_at(clock.next_minute(instant));
    }
    if let Some(due) = shared.lock().next_due(now.0) {
        alarm.wake_at(instant + due.saturating_sub(now.0));
    }
}
