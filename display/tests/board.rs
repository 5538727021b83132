//! The board's logic without a window, its time turned by hand: calls in turn, a lost hub, and its return.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use bevy::prelude::*;
use chrono::{DateTime, TimeDelta, Utc};
use crossbeam_channel::{Receiver, unbounded};
use display::{
    announce::Announcer,
    chime::Chime,
    keeper::Keeper,
    logic::{Board, FromHub, LargeArea, LogicPlugin, Outlets, Room, Shown},
};
use panel::{
    alarm::AlarmPlugin,
    clock::Now,
    link::{FarEnd, Link, News},
};
use wire::{BoardCall, BoardView, DeskLabel, FeedClock, Language, OfficeState, SeenCalls, Upcoming, Words};

fn noon() -> DateTime<Utc> {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn call(id: u64, number: &str) -> BoardCall {
    BoardCall {
        id,
        number: number.to_owned(),
        desk: DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: None },
        at: noon(),
        recall: false,
        booked_for: None,
        standing: true,
    }
}

fn view(calls: &[BoardCall]) -> BoardView {
    BoardView {
        office: Words::new("ΚΕΠ", "CSC"),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: noon(), serves_until: noon() },
        calls: calls.to_vec(),
        upcoming: vec![Upcoming { number: "A044".to_owned(), booked_for: None }],
        waiting: 1,
        notices: Vec::new(),
    }
}

fn room() -> Room {
    Room { calls: 4, upcoming: 4, columns: 2, notice_characters: 60, language: Language::El, stacked: false }
}

/// A board, the hub's end of its link, and whoever hears its chime.
struct Stage {
    app: App,
    hub: FarEnd<BoardView>,
    rings: Receiver<()>,
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (link, hub) = Link::loose();
        let (ring, rings) = unbounded();
        let (keeper, kept) = Keeper::start(folder.path());
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, AlarmPlugin))
            .insert_resource(Now::by_hand())
            .insert_resource(FromHub(link.news))
            .insert_resource(Outlets { chime: Chime::through(ring), keeper })
            .insert_resource(Board::new(Announcer::after(kept)))
            .insert_resource(room())
            .add_plugins(LogicPlugin);
        let stage = Self { app, hub, rings, folder };
        stage.hub.news.send(News::Clock(FeedClock { now: noon(), speed: 1.0 })).unwrap();
        stage
    }

    fn hub_shows(&self, calls: &[BoardCall]) {
        self.hub.news.send(News::View { epoch: 1, view: Box::new(view(calls)) }).unwrap();
    }

    /// Lets time pass and draws the next frame.
    fn frame_after(&mut self, rest: Duration) -> &Shown {
        self.app.world_mut().resource_mut::<Now>().turn(rest);
        self.app.update();
        self.app.world().resource::<Shown>()
    }

    /// What stands large in each of the next seconds; `!` where it has just chimed.
    fn seconds(&mut self, count: usize) -> Vec<String> {
        let second = |stage: &mut Self| {
            let large = match &stage.frame_after(Duration::from_secs(1)).large {
                LargeArea::Call(row) => row.number.clone(),
                other => format!("{other:?}"),
            };
            format!("{large}{}", "!".repeat(stage.rings.try_iter().count()))
        };
        (0..count).map(|_| second(self)).collect()
    }
}

#[test]
fn fld_26_three_calls_in_one_second_are_all_shown_in_turn_and_each_chimes() {
    let mut stage = Stage::new();
    let calls = [call(1, "A001"), call(2, "B001"), call(3, "P001")];
    // As three messages within a second, and so as the hub's feed brings them.
    for known in 1..=3 {
        stage.hub_shows(&calls[..known]);
        stage.frame_after(Duration::from_millis(200));
    }
    assert_eq!(stage.rings.try_iter().count(), 1);
    let expect =
        ["A001", "A001", "A001", "B001!", "B001", "B001", "B001", "P001!", "P001", "P001", "P001", "P001", "P001"];
    assert_eq!(stage.seconds(expect.len()), expect);
    // After a restart none of them is announced again.
    let seen = SeenCalls { epoch: 1, last: 3 };
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while Keeper::start(stage.folder.path()).1 != seen {
        assert!(std::time::Instant::now() < deadline, "what was announced was not kept");
        std::thread::yield_now();
    }
}

#[test]
fn prom_08_a_lost_hub_is_shown_with_its_time_and_what_is_old_is_not_shown_as_current() {
    let mut stage = Stage::new();
    stage.hub_shows(&[call(1, "A001")]);
    let shown = stage.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "A001"), "{shown:?}");
    assert!(!shown.stale);
    stage.hub.news.send(News::Lost { since: noon() + TimeDelta::seconds(2) }).unwrap();
    let shown = stage.frame_after(Duration::from_secs(4));
    assert_eq!(shown.large, LargeArea::Lost("12:00".to_owned()));
    assert!(shown.stale, "the lists say that they are old");
    assert_eq!(stage.rings.try_iter().count(), 1);
    // Back at once, and what was announced is not announced again.
    stage.hub_shows(&[call(1, "A001")]);
    let shown = stage.frame_after(Duration::from_millis(10));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "A001"), "{shown:?}");
    assert!(!shown.stale);
    assert_eq!(stage.rings.try_iter().count(), 0);
}

#[test]
fn under_closed_no_call_of_the_morning_looks_as_if_it_still_stood() {
    let mut stage = Stage::new();
    stage.hub_shows(&[BoardCall { standing: false, ..call(1, "A001") }]);
    stage.frame_after(Duration::from_secs(1));
    let shown = stage.frame_after(Duration::from_secs(60));
    assert_eq!(shown.calls.len(), 1, "{shown:?}");
    let state = OfficeState::Closed { opens_at: None, because: None };
    let closed = BoardView { state, upcoming: Vec::new(), waiting: 0, ..view(&[call(1, "A001")]) };
    let closed = BoardView { calls: vec![BoardCall { standing: false, ..call(1, "A001") }], ..closed };
    stage.hub.news.send(News::View { epoch: 1, view: Box::new(closed) }).unwrap();
    let shown = stage.frame_after(Duration::from_secs(1));
    assert!(matches!(shown.large, LargeArea::Closed { .. }), "{shown:?}");
    assert!(shown.calls.is_empty(), "{shown:?}");
}

#[test]
fn a_call_made_while_the_hub_was_lost_is_announced_when_it_is_back() {
    let mut stage = Stage::new();
    stage.hub_shows(&[call(1, "A001")]);
    stage.frame_after(Duration::from_secs(1));
    stage.hub.news.send(News::Lost { since: noon() }).unwrap();
    stage.frame_after(Duration::from_secs(8));
    assert_eq!(stage.rings.try_iter().count(), 1);
    stage.hub_shows(&[call(1, "A001"), call(2, "B002")]);
    let shown = stage.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "B002"), "{shown:?}");
    assert_eq!(stage.rings.try_iter().count(), 1);
}

#[test]
fn fld_30_while_no_new_numbers_are_given_those_who_have_one_are_called() {
    let mut stage = Stage::new();
    let because = Some(Words::new("Διακοπή του δικτύου.", "The network is down."));
    let state = OfficeState::Suspended { until: Some(noon() + TimeDelta::minutes(64)), because };
    let suspended = |calls: &[BoardCall]| BoardView { state: state.clone(), ..view(calls) };
    stage.hub.news.send(News::View { epoch: 1, view: Box::new(suspended(&[])) }).unwrap();
    let shown = stage.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Suspended { .. }), "{shown:?}");
    assert_eq!(shown.notices, [], "the large area says it all");
    stage.hub.news.send(News::View { epoch: 1, view: Box::new(suspended(&[call(1, "A001")])) }).unwrap();
    let shown = stage.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "A001"), "{shown:?}");
    let line = Words::new(
        "Δεν δίνονται νέοι αριθμοί έως τις 13:04. Διακοπή του δικτύου.",
        "No new numbers are given until 13:04. The network is down.",
    );
    assert_eq!(shown.notices, [line]);
}

#[test]
fn next_numbers_fill_their_columns_row_by_row() {
    let mut stage = Stage::new();
    let next = |number: &str, minutes: Option<i64>| Upcoming {
        number: number.to_owned(),
        booked_for: minutes.map(|minutes| noon() + TimeDelta::minutes(minutes)),
    };
    // Two columns and four rows; a promised time takes a row for itself.
    let upcoming: Vec<Upcoming> =
        [("A001", None), ("P001", Some(5)), ("A002", None), ("A003", None), ("P002", Some(9))]
            .into_iter()
            .chain([("A004", None)])
            .map(|(number, minutes)| next(number, minutes))
            .collect();
    let view = BoardView { upcoming, ..view(&[]) };
    stage.hub.news.send(News::View { epoch: 1, view: Box::new(view) }).unwrap();
    let shown = stage.frame_after(Duration::from_secs(1));
    let numbers: Vec<&str> = shown.upcoming.iter().map(|next| next.number.as_str()).collect();
    assert_eq!(numbers, ["A001", "P001", "A002", "A003", "P002"]);
}
