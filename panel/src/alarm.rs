//! Waking the event loop: from other threads when there is news, and at the instant when something is next due.
//!
//! The window is redrawn only when it is woken. So that nothing ticks without need, systems name the instants at which
//! they have something to do, and one thread sleeps until the earliest of them.

use std::{
    thread,
    time::{Duration, Instant},
};

use bevy::{prelude::*, winit::EventLoopProxyWrapper, winit::WinitUserEvent};
use crossbeam_channel::{RecvTimeoutError, Sender, unbounded};
use link::Wake;

use crate::clock::{FrameTime, read_clock};

/// Wakes the event loop from any thread; threads that know no window get the [`Wake`] in it.
#[derive(Resource, Clone)]
pub struct FrameWake(pub Wake);

impl FromWorld for FrameWake {
    /// The window's event loop, or nothing where there is no window.
    fn from_world(world: &mut World) -> Self {
        let Some(proxy) = world.get_resource::<EventLoopProxyWrapper>() else {
            return Self(Wake::new(|| ()));
        };
        let proxy = (**proxy).clone();
        // An event loop that has ended needs no frame.
        Self(Wake::new(move || {
            proxy.send_event(WinitUserEvent::WakeUp).ok();
        }))
    }
}

/// Collects when something is next due, and wakes the loop then.
#[derive(Resource)]
pub struct Alarm {
    to_sleeper: Sender<Instant>,
    wanted: Option<Instant>,
    set: Option<Instant>,
}

impl Alarm {
    fn start(wake: Wake) -> Self {
        let (to_sleeper, wanted) = unbounded::<Instant>();
        thread::spawn(move || {
            const FAR: Duration = Duration::from_secs(3600);
            let mut due: Option<Instant> = None;
            loop {
                let rest = due.map_or(FAR, |due| due.saturating_duration_since(Instant::now()));
                match wanted.recv_timeout(rest) {
                    Ok(next) => due = Some(next),
                    Err(RecvTimeoutError::Timeout) => {
                        if due.take().is_some() {
                            wake.now();
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self { to_sleeper, wanted: None, set: None }
    }

    /// Asks for a frame at `due`; the earliest wish of a frame holds, and wishes are made anew in each frame.
    pub fn wake_at(&mut self, due: Instant) {
        self.wanted = Some(self.wanted.map_or(due, |wanted| wanted.min(due)));
    }
}

fn set_alarm(mut alarm: ResMut<Alarm>) {
    let wanted = alarm.wanted.take();
    let past = alarm.set.is_some_and(|set| set <= Instant::now());
    if let Some(due) = wanted
        && (past || alarm.set != wanted)
    {
        // The sleeper lives as long as this resource.
        alarm.to_sleeper.send(due).ok();
        alarm.set = wanted;
    }
}

/// Gives [`FrameWake`], [`Alarm`] and [`FrameTime`].
pub struct AlarmPlugin;

impl Plugin for AlarmPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<FrameWake>().init_resource::<FrameTime>().add_systems(First, read_clock);
        let wake = app.world().resource::<FrameWake>().0.clone();
        app.insert_resource(Alarm::start(wake)).add_systems(Last, set_alarm);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_wish_wakes_the_loop_once() {
        let (woken, wakes) = unbounded();
        let mut alarm = Alarm::start(Wake::new(move || {
            let _ = woken.send(Instant::now());
        }));
        let start = Instant::now();
        alarm.wake_at(start + Duration::from_millis(80));
        alarm.wake_at(start + Duration::from_millis(40));
        let mut app = App::new();
        app.insert_resource(alarm).add_systems(Last, set_alarm);
        app.update();
        let at = wakes.recv_timeout(Duration::from_secs(5)).unwrap();
        assert!(at >= start + Duration::from_millis(40));
        assert!(wakes.try_recv().is_err());
    }
}
