//! Draws every screen of the kiosk on the display that is there, keeps a picture of each, and says what stands outside the
//! panel, too small, or out of reach.
//!
//! `album FOLDER WIDTHxHEIGHT el|en [large] [contrast] [low] [SCREEN…]`: these screens alone, if any is named.

#![expect(
    clippy::print_stdout,
    clippy::panic,
    clippy::unwrap_used,
    reason = "it tells whoever looks after the pictures"
)]

use std::{path::PathBuf, time::Duration};

use attendant::{Attendant, HubContact, Kiosk, MachineSetting, Peripherals, SharedAttendant};
use bevy::{
    prelude::*,
    render::view::screenshot::{Screenshot, save_to_disk},
    window::RequestRedraw,
};
use kiosk::{
    keypad::KeypadKeys,
    logic::{AttendantInCommon, KioskLogicPlugin, Sounds},
    ui::KioskWindow,
};
use link::{FarEnd, HubLink, News};
use panel::{clock::FrameTime, config::ScreenConfig, kit::Kit, notes::NotePlayer, window};
use walk::{DevicePlace, Ease, KioskWalk, WalkRules};
use wire::{EmblemDots, FeedClock, KioskView, Language, OfficeEmblem};

#[path = "../../walk/tests/scenes/mod.rs"]
#[expect(dead_code, reason = "other tests look at other parts of the scenes")]
mod scenes;

use scenes::Scene;

/// A guiding picture has come to rest after so long.
const RESTED: Duration = Duration::from_millis(1_500);

/// What is left to be drawn.
#[derive(Resource)]
struct Album {
    folder: PathBuf,
    scenes: Vec<Scene>,
    at: usize,
    step: u8,
    start: FrameTime,
    low: bool,
    faults: usize,
}

fn main() -> AppExit {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, size, language, more @ ..] = arguments.as_slice() else {
        panic!("album FOLDER WIDTHxHEIGHT el|en [large] [contrast] [low] [SCREEN…]");
    };
    let (width, height) = size.split_once('x').unwrap();
    let language = Language::of_tag(language).unwrap();
    let text = format!("width = {width}\nheight = {height}\npanel_inches = 21.5\nlanguage = \"{}\"", language.tag());
    let screen: ScreenConfig = toml::from_str(&text).unwrap();
    let (mut chosen, mut named) = (Vec::new(), Vec::new());
    for word in more {
        match word.as_str() {
            "large" => chosen.push(Ease::Large),
            "contrast" => chosen.push(Ease::Contrast),
            "low" => chosen.push(Ease::Low),
            name => named.push(name),
        }
    }
    let services = if screen.is_portrait() { 6 } else { 4 };
    let of_many = if screen.is_portrait() { services - 1 } else { services };
    let rules = WalkRules { services_on_a_page_of_many: of_many, ..WalkRules::new(language, services) };
    std::fs::create_dir_all(folder).unwrap();
    let mut app = window::open(&screen, "Seira · album", language);
    let (link, hub) = HubLink::loose();
    let walk = KioskWalk::new(rules.clone());
    let machine = MachineSetting { scanner: Some(DevicePlace::Below), slot: DevicePlace::Right, speaks: true };
    let mut kiosk = Kiosk::new(walk, "https://kep.example", "Είσοδος", machine);
    kiosk.emblem = Some(Box::new(sun()));
    tell_time(&hub);
    let attendant = Attendant::new(kiosk, HubContact::new(link), Peripherals::default());
    let start = FrameTime::by_hand();
    let mut scenes = scenes::all_with(&rules, &chosen);
    if let Some(unknown) = named.iter().find(|name| scenes.iter().all(|scene| scene.name != **name)) {
        panic!("no screen is called {unknown}");
    }
    scenes.retain(|scene| named.is_empty() || named.contains(&scene.name));
    let album = Album {
        folder: PathBuf::from(folder),
        scenes,
        at: 0,
        step: 0,
        start,
        low: chosen.contains(&Ease::Low),
        faults: 0,
    };
    let (silent, _) = crossbeam_channel::bounded(1);
    app.insert_resource(start)
        .insert_resource(AttendantInCommon(SharedAttendant::new(attendant)))
        .insert_resource(Sounds(NotePlayer::through(silent)))
        .init_resource::<KeypadKeys>()
        .insert_resource(album)
        .add_plugins((KioskLogicPlugin, KioskWindow))
        .add_systems(First, turn_page)
        .add_systems(Last, look);
    app.run()
}

/// An emblem as an office could have it: a sun of eight rays.
fn sun() -> OfficeEmblem {
    const SIDE: u16 = 96;
    let mut dots = EmblemDots::white(SIDE, SIDE).unwrap();
    for (x, y) in (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y))) {
        let (across, down) = (f32::from(x) - 47.5, f32::from(y) - 47.5);
        let (far, turn) = (across.hypot(down), down.atan2(across));
        if far < 22.0 || (27.0..47.0).contains(&far) && (turn * 4.0).cos() > 0.7 {
            dots.blacken(x, y);
        }
    }
    OfficeEmblem { picture: String::new(), width: SIDE, height: SIDE, dots }
}

/// The hub's clock shows the morning of the scenes.
fn tell_time(hub: &FarEnd<KioskView>) {
    hub.news.send(News::Clock(FeedClock { now: scenes::morning(), speed: 1.0 })).ok();
}

/// Puts the next scene before the window.
fn turn_page(album: Res<Album>, shared: Res<AttendantInCommon>, mut frame: ResMut<FrameTime>) {
    let Some(scene) = album.scenes.get(album.at) else { return };
    let mut time = album.start;
    time.turn(scene.now);
    if album.step == 0 {
        shared.lock().kiosk.walk = scene.walk.clone();
    } else {
        time.turn(RESTED);
    }
    *frame = time;
}

/// Looks at what was drawn, and keeps it.
fn look(
    mut album: ResMut<Album>,
    mut commands: Commands,
    kit: Res<Kit>,
    nodes: Query<(&Name, &ComputedNode, &UiGlobalTransform), With<bevy::ui_widgets::Button>>,
    texts: Query<(&Text, &ComputedNode, &UiGlobalTransform)>,
    mut redraw: MessageWriter<RequestRedraw>,
    mut exit: MessageWriter<AppExit>,
) {
    redraw.write(RequestRedraw);
    let Some(scene) = album.scenes.get(album.at) else {
        if album.step > 6 {
            let failed = album.faults > 0;
            exit.write(if failed { AppExit::error() } else { AppExit::Success });
        }
        album.step += 1;
        return;
    };
    let name = scene.name;
    album.step += 1;
    match album.step {
        5 => {
            let mut faults = Vec::new();
            let (width, height, least) = (kit.measure.width, kit.measure.height, kit.measure.px(19.5));
            let reach = if album.low { height * 0.55 } else { 0.0 };
            for (button, node, place) in &nodes {
                let (half, at) = (node.size() / 2.0, place.translation);
                let (from, to) = (at - half, at + half);
                if from.x < -1.0 || from.y < -1.0 || to.x > width + 1.0 || to.y > height + 1.0 {
                    faults.push(format!("{button} stands outside: {from} to {to}"));
                }
                if from.y < reach - 1.0 {
                    faults.push(format!("{button} is out of low reach: from {}", from.y));
                }
                if node.size().x < least || node.size().y < least {
                    faults.push(format!("{button} is too small: {}", node.size()));
                }
            }
            for (text, node, place) in &texts {
                let (half, at) = (node.size() / 2.0, place.translation);
                let (from, to) = (at - half, at + half);
                if from.x < -1.0 || from.y < -1.0 || to.x > width + 1.0 || to.y > height + 1.0 {
                    faults.push(format!("«{}» runs outside: {from} to {to}", text.0));
                }
            }
            for fault in &faults {
                println!("{name}: {fault}");
            }
            album.faults += faults.len();
            let file = album.folder.join(format!("{name}.png"));
            commands.spawn(Screenshot::primary_window()).observe(save_to_disk(file));
        }
        8 => {
            album.at += 1;
            album.step = 0;
        }
        _ => {}
    }
}
