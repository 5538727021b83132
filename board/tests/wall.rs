//! The board without a window, its time turned by hand: calls in turn, a lost hub, and its return.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::{Duration, Instant};

use board::{Announcer, BoardHours, BoardLanguages, BoardPicture, BoardRoom, BoardState, Cue, LargeArea, QuietHours};
use chrono::{DateTime, TimeDelta, Utc};
use link::News;
use wire::{
    BoardCall, BoardView, DeskLabel, EmblemDots, FeedClock, Language, OfficeEmblem, OfficeState, SeenCalls, Upcoming,
    Words,
};

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
        hall_notice: None,
    }
}

fn room() -> BoardRoom {
    BoardRoom { calls: 4, soon: 5, notice_characters: 60, stacked: false }
}

/// A board on its wall, and what it has done since it was last looked at.
struct RoomWall {
    board: BoardState,
    at: Instant,
    rings: usize,
    kept: SeenCalls,
    picture: BoardPicture,
}

impl RoomWall {
    fn new() -> Self {
        Self::after(SeenCalls::default())
    }

    /// A board that was started again after it had announced these calls.
    fn after(kept: SeenCalls) -> Self {
        let at = Instant::now();
        let board = BoardState::new(Announcer::after(kept), BoardLanguages::both(Language::El), at);
        let mut wall = Self { board, at, rings: 0, kept, picture: BoardPicture::default() };
        wall.hears(News::Clock(FeedClock { now: noon(), speed: 1.0 }));
        wall
    }

    fn hears(&mut self, news: News<BoardView>) {
        let cues = self.board.take(news, self.at);
        self.follow(&cues);
    }

    fn follow(&mut self, cues: &[Cue]) {
        for cue in cues {
            match cue {
                Cue::Announce { .. } => self.rings += 1,
                Cue::Keep(seen) => self.kept = *seen,
            }
        }
    }

    fn shows(&mut self, view: BoardView) {
        self.hears(News::View { epoch: 1, view: Box::new(view) });
    }

    fn hub_shows(&mut self, calls: &[BoardCall]) {
        self.shows(view(calls));
    }

    /// Lets time pass and looks at the board.
    fn frame_after(&mut self, rest: Duration) -> &BoardPicture {
        self.at += rest;
        let cues = self.board.tick(self.at);
        self.follow(&cues);
        self.picture = BoardPicture::of(&self.board, room(), self.at);
        &self.picture
    }

    /// How often it has chimed since this was asked last.
    fn chimes(&mut self) -> usize {
        std::mem::take(&mut self.rings)
    }

    /// What stands large in each of the next seconds; `!` where it has just chimed.
    fn seconds(&mut self, count: usize) -> Vec<String> {
        let second = |wall: &mut Self| {
            let large = match &wall.frame_after(Duration::from_secs(1)).large {
                LargeArea::Call(row) => row.number.clone(),
                other => format!("{other:?}"),
            };
            format!("{large}{}", "!".repeat(wall.chimes()))
        };
        (0..count).map(|_| second(self)).collect()
    }
}

#[test]
fn fld_26_three_calls_in_one_second_are_all_shown_in_turn_and_each_chimes() {
    let mut wall = RoomWall::new();
    let calls = [call(1, "A001"), call(2, "B001"), call(3, "P001")];
    // As three messages within a second, and so as the hub's feed brings them.
    for known in 1..=3 {
        wall.hub_shows(&calls[..known]);
        wall.frame_after(Duration::from_millis(200));
    }
    assert_eq!(wall.chimes(), 1);
    let expect =
        ["A001", "A001", "A001", "B001!", "B001", "B001", "B001", "P001!", "P001", "P001", "P001", "P001", "P001"];
    assert_eq!(wall.seconds(expect.len()), expect);
    // After a restart none of them is announced again.
    assert_eq!(wall.kept, SeenCalls { epoch: 1, last: 3 });
    let mut again = RoomWall::after(wall.kept);
    again.hub_shows(&calls);
    again.frame_after(Duration::from_secs(1));
    assert_eq!(again.chimes(), 0);
}

#[test]
fn prom_08_a_lost_hub_is_shown_with_its_time_and_what_is_old_is_not_shown_as_current() {
    let mut wall = RoomWall::new();
    wall.hub_shows(&[call(1, "A001")]);
    let shown = wall.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "A001"), "{shown:?}");
    assert!(!shown.stale);
    wall.hears(News::Lost { since: noon() + TimeDelta::seconds(2) });
    let shown = wall.frame_after(Duration::from_secs(4));
    assert_eq!(shown.large, LargeArea::Lost(Words::new("12:00", "12:00")));
    assert!(shown.stale, "the lists say that they are old");
    assert_eq!(wall.chimes(), 1);
    // Back at once, and what was announced is not announced again.
    wall.hub_shows(&[call(1, "A001")]);
    let shown = wall.frame_after(Duration::from_millis(10));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "A001"), "{shown:?}");
    assert!(!shown.stale);
    assert_eq!(wall.chimes(), 0);
}

#[test]
fn new_14_the_offices_emblem_is_part_of_what_is_seen_also_while_the_hub_is_lost_and_goes_with_it() {
    let mut wall = RoomWall::new();
    wall.hub_shows(&[]);
    assert_eq!(wall.frame_after(Duration::from_secs(1)).emblem, None);
    let mut dots = EmblemDots::white(16, 8).unwrap();
    dots.blacken(3, 3);
    let emblem = OfficeEmblem { picture: "/emblems/1.png".to_owned(), width: 384, height: 192, dots: dots.clone() };
    wall.hears(News::Emblem(Some(Box::new(emblem))));
    assert_eq!(wall.frame_after(Duration::from_secs(1)).emblem.as_ref(), Some(&dots));
    wall.hears(News::Lost { since: noon() });
    assert_eq!(wall.frame_after(Duration::from_secs(1)).emblem.as_ref(), Some(&dots));
    wall.hears(News::Emblem(None));
    assert_eq!(wall.frame_after(Duration::from_secs(1)).emblem, None);
}

#[test]
fn fld_26_a_board_is_dark_and_quiet_by_the_clock_of_its_hub_where_the_office_is() {
    let mut wall = RoomWall::new();
    wall.hub_shows(&[]);
    assert!(!wall.frame_after(Duration::from_secs(1)).is_night);
    // Ten in the morning by the hub is noon in Athens, whatever this machine's clock says.
    let hours = BoardHours::new("12:05", "06:00").unwrap();
    let quiet = [QuietHours { hours, share: 0.25 }];
    wall.board = wall.board.dark_in(Some(hours));
    assert!(!wall.frame_after(Duration::from_secs(60)).is_night);
    assert_eq!(wall.board.loudness(&quiet, wall.at), 1.0);
    assert!(wall.frame_after(Duration::from_secs(300)).is_night);
    assert_eq!(wall.board.loudness(&quiet, wall.at), 0.25);
}

#[test]
fn fld_26_what_the_office_says_to_the_hall_takes_the_room_of_rows_and_of_no_call() {
    let mut wall = RoomWall::new();
    let notice = Words::new("Την Παρασκευή κλείνουμε στις 12:00.", "On Friday we close at 12:00.");
    let calls: Vec<BoardCall> =
        (1..=6).map(|id| BoardCall { standing: false, ..call(id, &format!("A{id:03}")) }).collect();
    wall.shows(view(&calls));
    wall.frame_after(Duration::from_secs(1));
    let bare = wall.frame_after(Duration::from_secs(90)).calls.len();
    wall.shows(BoardView { hall_notice: Some(notice.clone()), ..view(&calls) });
    let shown = wall.frame_after(Duration::from_secs(1));
    assert_eq!((shown.hall_notice.as_ref(), shown.calls.len()), (Some(&notice), bare - 1), "{shown:?}");
    assert_eq!(shown.notices, []);
}

#[test]
fn fld_26_a_screen_over_a_desk_shows_and_announces_calls_to_it_alone() {
    let mut wall = RoomWall::new();
    wall.board = wall.board.of_desks(vec![2]);
    let at_desk = |id, number, desk| {
        let call = call(id, number);
        BoardCall { desk: DeskLabel { number: desk, ..call.desk.clone() }, ..call }
    };
    wall.hub_shows(&[at_desk(1, "A001", 1), at_desk(2, "A002", 3)]);
    let shown = wall.frame_after(Duration::from_secs(1));
    assert_eq!(shown.large, LargeArea::Quiet, "{shown:?}");
    assert!(shown.calls.is_empty() && shown.soon.is_empty(), "{shown:?}");
    assert_eq!(wall.chimes(), 0);
    wall.hub_shows(&[at_desk(1, "A001", 1), at_desk(2, "A002", 3), at_desk(3, "A003", 2)]);
    let shown = wall.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "A003"), "{shown:?}");
    assert_eq!(wall.chimes(), 1);
}

#[test]
fn under_closed_no_call_of_the_morning_looks_as_if_it_still_stood() {
    let mut wall = RoomWall::new();
    wall.hub_shows(&[BoardCall { standing: false, ..call(1, "A001") }]);
    wall.frame_after(Duration::from_secs(1));
    let shown = wall.frame_after(Duration::from_secs(60));
    assert_eq!(shown.calls.len(), 1, "{shown:?}");
    let state = OfficeState::Closed { opens_at: None, because: None };
    let closed = BoardView { state, upcoming: Vec::new(), waiting: 0, ..view(&[call(1, "A001")]) };
    let closed = BoardView { calls: vec![BoardCall { standing: false, ..call(1, "A001") }], ..closed };
    wall.hears(News::View { epoch: 1, view: Box::new(closed) });
    let shown = wall.frame_after(Duration::from_secs(1));
    assert!(matches!(shown.large, LargeArea::Closed { .. }), "{shown:?}");
    assert!(shown.calls.is_empty(), "{shown:?}");
}

#[test]
fn a_call_made_while_the_hub_was_lost_is_announced_when_it_is_back() {
    let mut wall = RoomWall::new();
    wall.hub_shows(&[call(1, "A001")]);
    wall.frame_after(Duration::from_secs(1));
    wall.hears(News::Lost { since: noon() });
    wall.frame_after(Duration::from_secs(8));
    assert_eq!(wall.chimes(), 1);
    wall.hub_shows(&[call(1, "A001"), call(2, "B002")]);
    let shown = wall.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "B002"), "{shown:?}");
    assert_eq!(wall.chimes(), 1);
}

#[test]
fn fld_30_while_no_new_numbers_are_given_those_who_have_one_are_called() {
    let mut wall = RoomWall::new();
    let because = Some(Words::new("Διακοπή του δικτύου.", "The network is down."));
    let state = OfficeState::Suspended { until: Some(noon() + TimeDelta::minutes(64)), because };
    let suspended = |calls: &[BoardCall]| BoardView { state: state.clone(), ..view(calls) };
    wall.hears(News::View { epoch: 1, view: Box::new(suspended(&[])) });
    let shown = wall.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Suspended { .. }), "{shown:?}");
    assert_eq!(shown.notices, [], "the large area says it all");
    wall.hears(News::View { epoch: 1, view: Box::new(suspended(&[call(1, "A001")])) });
    let shown = wall.frame_after(Duration::from_secs(1));
    assert!(matches!(&shown.large, LargeArea::Call(row) if row.number == "A001"), "{shown:?}");
    let line = Words::new(
        "Δεν δίνονται νέοι αριθμοί έως τις 13:04. Διακοπή του δικτύου.",
        "No new numbers are given until 13:04. The network is down.",
    );
    assert_eq!(shown.notices, [line]);
}

#[test]
fn prom_10_in_the_hour_that_comes_twice_the_board_says_which_it_is() {
    for (day, words) in [("2026-10-25", "Κυριακή 25 Οκτωβρίου"), ("2027-10-31", "Κυριακή 31 Οκτωβρίου")]
    {
        for (hour, el, en) in [(0, "θερινή ώρα", "summer time"), (1, "χειμερινή ώρα", "winter time")]
        {
            let at: DateTime<Utc> = format!("{day}T0{hour}:30:00Z").parse().unwrap();
            let mut wall = RoomWall::new();
            wall.hears(News::Clock(FeedClock { now: at, speed: 1.0 }));
            let booked = |number: &str| Upcoming { number: number.to_owned(), booked_for: Some(at) };
            let upcoming = vec![booked("P001"), booked("P002")];
            let call = BoardCall { booked_for: Some(at), ..call(1, "P003") };
            let view = BoardView { upcoming, ..view(&[call]) };
            wall.hears(News::View { epoch: 1, view: Box::new(view) });
            let shown = wall.frame_after(Duration::from_secs(1));
            let said = Words::new(format!("03:30 ({el})"), format!("03:30 ({en})"));
            assert_eq!((shown.time.as_str(), shown.day.el.as_str()), ("03:30", format!("{words}, {el}").as_str()));
            let LargeArea::Call(row) = &shown.large else { panic!("{shown:?}") };
            assert_eq!(row.booked.as_ref(), Some(&said));
            assert!(shown.soon.iter().all(|next| next.booked.as_ref() == Some(&said)));
            wall.hears(News::Lost { since: at });
            assert_eq!(wall.frame_after(Duration::from_secs(1)).large, LargeArea::Lost(said));
        }
    }
}

#[test]
fn fld_40_five_are_named_who_are_called_soon_with_their_time_or_without_an_appointment() {
    let mut wall = RoomWall::new();
    let next = |number: &str, minutes: Option<i64>| Upcoming {
        number: number.to_owned(),
        booked_for: minutes.map(|minutes| noon() + TimeDelta::minutes(minutes)),
    };
    let upcoming: Vec<Upcoming> =
        [("A001", None), ("P001", Some(5)), ("A002", None), ("A003", None), ("P002", Some(9)), ("A004", None)]
            .into_iter()
            .map(|(number, minutes)| next(number, minutes))
            .collect();
    wall.shows(BoardView { upcoming, ..view(&[]) });
    let shown = wall.frame_after(Duration::from_secs(1));
    let rows: Vec<(&str, Option<&str>)> = shown
        .soon
        .iter()
        .map(|row| (row.number.as_str(), row.booked.as_ref().map(|words| words.el.as_str())))
        .collect();
    let expect = [("A001", None), ("P001", Some("12:05")), ("A002", None), ("A003", None), ("P002", Some("12:09"))];
    assert_eq!(rows, expect);
}

#[test]
fn sentences_stand_in_each_language_for_eight_seconds_in_turn() {
    let mut wall = RoomWall::new();
    wall.hub_shows(&[]);
    let spoken: Vec<Language> = (0..4).map(|_| wall.frame_after(Duration::from_secs(4)).language).collect();
    assert_eq!(spoken, [Language::El, Language::En, Language::En, Language::El]);
}

#[test]
fn calls_that_wait_for_their_turn_are_counted() {
    let mut wall = RoomWall::new();
    wall.hub_shows(&[call(1, "A001"), call(2, "B001"), call(3, "P001")]);
    assert_eq!(wall.frame_after(Duration::from_secs(1)).more, 2);
    assert_eq!(wall.frame_after(Duration::from_secs(4)).more, 1);
    assert_eq!(wall.frame_after(Duration::from_secs(4)).more, 0);
}
