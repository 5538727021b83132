//! The window: opened on the configured panel, at rest until woken, `ready` after its first frame, gone on SIGTERM.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use bevy::{
    audio::AudioPlugin,
    log::{Level, LogPlugin},
    prelude::*,
    render::{RenderPlugin, pipelined_rendering::PipelinedRenderingPlugin},
    window::{
        CursorOptions, MonitorSelection, PresentMode, RequestRedraw, WindowMode, WindowPosition, WindowResolution,
    },
    winit::{UpdateMode, WinitSettings},
};
use heartbeat::Heartbeat;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    iterator::Signals,
};
use wire::Language;

use crate::{
    alarm::{AlarmPlugin, FrameWake},
    config::ScreenConfig,
    fonts::Fonts,
    kit::Kit,
    measure::Measure,
    pictogram::PictogramAlbum,
    sign_of_life::HeartbeatPlugin,
    theme::Token,
    widgets::WidgetsPlugin,
};

/// Nothing is drawn for so long if nothing happens.
const REST: Duration = Duration::from_secs(3600);

/// After so many frames the first whole picture stands on the screen.
const FRAMES_UNTIL_READY: u32 = 3;

/// What a device says in its log: its own rooms in sentences, all others only what is amiss.
const LOG_FILTER: &str = "warn,kiosk=info,display=info,panel=info,link=info,attendant=info,peripherals=info,board=info";

/// An app with its window, its fonts and its [`Kit`], which rests until it is woken.
pub fn open(screen: &ScreenConfig, title: &str, language: Language) -> App {
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(window(screen, title)),
                primary_cursor_options: Some(CursorOptions { visible: !screen.hide_pointer, ..default() }),
                ..default()
            })
            // A picture whose parts come in one by one is no first frame.
            .set(RenderPlugin { synchronous_pipeline_compilation: true, ..default() })
            .set(LogPlugin { level: Level::INFO, filter: LOG_FILTER.into(), ..default() })
            // Sound is opened when something is to be heard; a mixer that is always open never rests.
            .disable::<AudioPlugin>()
            .disable::<PipelinedRenderingPlugin>(),
    );
    let rest = UpdateMode::reactive_low_power(REST);
    app.insert_resource(WinitSettings { focused_mode: rest, unfocused_mode: rest })
        .insert_resource(ClearColor(Token::Page.colour()))
        .init_resource::<Fonts>()
        .init_resource::<PictogramAlbum>()
        .add_plugins((AlarmPlugin, HeartbeatPlugin, WidgetsPlugin));
    let letters = app.world().resource::<Fonts>().clone();
    let measure = Measure::new(screen.width, screen.height, screen.panel_inches);
    app.insert_resource(Kit::new(measure, letters, language))
        .add_systems(Startup, (open_eye, leave_on_signal))
        .add_systems(Last, (say_ready, leave.run_if(resource_exists::<StopFlag>)));
    app
}

fn window(screen: &ScreenConfig, title: &str) -> Window {
    Window {
        title: title.to_owned(),
        name: Some(title.to_owned()),
        resolution: WindowResolution::new(screen.width, screen.height).with_scale_factor_override(1.0),
        position: WindowPosition::At(IVec2::new(screen.x, screen.y)),
        mode: if screen.fill {
            WindowMode::BorderlessFullscreen(MonitorSelection::Current)
        } else {
            WindowMode::Windowed
        },
        present_mode: PresentMode::AutoNoVsync,
        decorations: false,
        resizable: false,
        ..default()
    }
}

fn open_eye(mut commands: Commands) {
    commands.spawn((Camera2d, Msaa::Off));
}

/// Says `ready` on standard output, once.
fn say_ready(mut frames: Local<u32>, mut redraw: MessageWriter<RequestRedraw>) {
    if *frames > FRAMES_UNTIL_READY {
        return;
    }
    *frames += 1;
    redraw.write(RequestRedraw);
    if *frames == FRAMES_UNTIL_READY {
        let mut out = io::stdout().lock();
        // Whoever started the program may have stopped listening; the screen goes on.
        drop(writeln!(out, "ready").and_then(|()| out.flush()));
        Heartbeat::of_environment().ready();
    }
}

fn leave_on_signal(wake: Res<FrameWake>, mut commands: Commands) {
    let asked = Arc::new(AtomicBool::new(false));
    match Signals::new([SIGTERM, SIGINT]) {
        Ok(mut signals) => {
            let (asked, wake) = (Arc::clone(&asked), wake.0.clone());
            thread::spawn(move || {
                for _ in signals.forever() {
                    asked.store(true, Ordering::Relaxed);
                    wake.now();
                }
            });
        }
        Err(error) => error!("signals are not heard: {error}"),
    }
    commands.insert_resource(StopFlag(asked));
}

#[derive(Resource)]
struct StopFlag(Arc<AtomicBool>);

fn leave(asked: Res<StopFlag>, mut exit: MessageWriter<AppExit>) {
    if asked.0.load(Ordering::Relaxed) {
        exit.write(AppExit::Success);
    }
}
