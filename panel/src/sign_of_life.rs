//! The window's sign of life: a frame that was drawn tells whoever watches over the program.

use std::time::Instant;

use bevy::prelude::*;
use heartbeat::Heartbeat;

use crate::{alarm::Alarm, clock::FrameTime};

/// The line to whoever watches, and when the next sign is due.
#[derive(Resource)]
struct SignOfLife {
    heartbeat: Heartbeat,
    due: Option<Instant>,
}

/// Beats from the frames themselves, so that a window that hangs falls silent and is started again.
pub struct HeartbeatPlugin;

impl Plugin for HeartbeatPlugin {
    fn build(&self, app: &mut App) {
        let heartbeat = Heartbeat::of_environment();
        app.insert_resource(SignOfLife { heartbeat, due: None }).add_systems(Update, beat);
    }
}

fn beat(frame: Res<FrameTime>, mut sign: ResMut<SignOfLife>, mut alarm: ResMut<Alarm>) {
    let Some(every) = sign.heartbeat.every() else { return };
    let now = frame.at();
    if sign.due.is_none_or(|due| due <= now) {
        sign.heartbeat.beat();
        sign.due = Some(now + every);
    }
    if let Some(due) = sign.due {
        alarm.wake_at(due);
    }
}
