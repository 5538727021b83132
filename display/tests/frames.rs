//! The board's frames without a window: what the hub says is seen in the next frame, chimes, and is kept on disk.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::{Duration, Instant};

use bevy::prelude::*;
use board::{Announcer, BoardLanguages, BoardRoom, BoardState, LargeArea, SeenKeeper};
use crossbeam_channel::unbounded;
use display::{
    hall::{HallReport, HallSound},
    logic::{BoardKnowledge, BoardLine, BoardLogicPlugin, BoardSight, Outlets, WindowRoom},
};
use link::{HubLink, News};
use panel::{alarm::AlarmPlugin, clock::FrameTime};
use wire::{BoardCall, BoardView, DeskLabel, Language, OfficeState, SeenCalls, Words};

fn view() -> BoardView {
    let noon = "2026-11-24T10:00:00Z".parse().unwrap();
    BoardView {
        office: Words::new("ΚΕΠ", "CSC"),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: noon, serves_until: noon },
        calls: vec![BoardCall {
            id: 1,
            number: "A001".to_owned(),
            desk: DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: None },
            at: noon,
            recall: false,
            booked_for: None,
            standing: true,
        }],
        upcoming: Vec::new(),
        waiting: 1,
        notices: Vec::new(),
        hall_notice: None,
    }
}

#[test]
fn what_the_hub_says_is_seen_in_the_next_frame_chimes_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (link, hub) = HubLink::loose();
    let (sound, sounds) = unbounded();
    let (tell, reports) = unbounded();
    let (keeper, kept) = SeenKeeper::start(folder.path());
    let room = BoardRoom { calls: 4, soon: 4, notice_characters: 60, stacked: false };
    let languages = BoardLanguages::only(Language::El);
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, AlarmPlugin))
        .insert_resource(FrameTime::by_hand())
        .insert_resource(BoardLine(link))
        .insert_resource(Outlets { hall: HallSound::through(sound, reports), quiet: Vec::new(), keeper })
        .insert_resource(BoardKnowledge(BoardState::new(Announcer::after(kept).aloud(), languages, Instant::now())))
        .insert_resource(WindowRoom(room))
        .add_plugins(BoardLogicPlugin);
    let clock = wire::FeedClock { now: "2026-11-24T10:00:00Z".parse().unwrap(), speed: 1.0 };
    hub.news.send(News::Clock(clock)).unwrap();
    hub.news.send(News::View { epoch: 1, view: Box::new(view()) }).unwrap();
    app.world_mut().resource_mut::<FrameTime>().turn(Duration::from_secs(1));
    app.update();
    let sight = app.world().resource::<BoardSight>();
    assert!(matches!(&sight.large, LargeArea::Call(row) if row.number == "A001"), "{:?}", sight.large);
    let heard = sounds.try_iter().map(|heard| heard.call.number).collect::<Vec<_>>();
    assert_eq!(heard, ["A001"]);
    let seen = SeenCalls { epoch: 1, last: 1 };
    let deadline = Instant::now() + Duration::from_secs(20);
    while SeenKeeper::start(folder.path()).1 != seen {
        assert!(Instant::now() < deadline, "what was announced was not kept");
        std::thread::yield_now();
    }
    // It is shown, which the clerk is told. Nobody heard it: staff are told, once.
    let report = HallReport { call: 1, is_silent: true, is_speechless: false, is_spoken: false };
    for _ in 0..2 {
        tell.send(report).unwrap();
        app.update();
    }
    let reported: Vec<String> = hub.commands.try_iter().map(|command| command.body.to_string()).collect();
    assert_eq!(reported, [r#"{"call":1,"is_spoken":false}"#, r#"{"faults":["sound-failed"]}"#]);
}
