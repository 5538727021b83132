//! Which call stands large on the board, for how long, and when it flashes and chimes. Pure: time is an argument.
//!
//! Calls that come within one second are shown in turn, each for its time, and none is lost. A recall is a call of its
//! own. What stands large is always a call that still stands, or the one just announced. Where calls are spoken, the next one
//! comes on when the room has heard the one before to its end, so that picture and voice say the same.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use wire::{BoardCall, SeenCalls};

/// While others wait for it, a call keeps the large area for so long.
pub const TURN: Duration = Duration::from_secs(4);

/// A call whose person has come keeps the large area for so long all the same.
pub const REST: Duration = Duration::from_secs(10);

/// The ground of a new call is reversed for so long.
pub const FLASH: Duration = Duration::from_secs(4);

/// A repeated call pulses for so long.
pub const PULSES: Duration = Duration::from_secs(5);

/// Half a pulse. One pulse a second, well below the three flashes of WCAG 2.3.1.
pub const PULSE_HALF: Duration = Duration::from_millis(500);

/// A call that waited longer for its turn, and was answered meanwhile, is no longer announced.
pub const QUEUED_LONG: Duration = Duration::from_secs(30);

/// A call whose end nobody has heard of makes room after so long: a sound card that hangs stops no board.
pub const SPEECH_MOST: Duration = Duration::from_secs(25);

/// While so many others wait for their turn, a call is spoken in one language.
const CROWD: usize = 3;

/// What the outside has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cue {
    /// Let the room hear a call.
    Announce {
        /// What is called, and where to.
        call: Box<BoardCall>,
        /// Whether many others wait for their turn.
        is_crowded: bool,
    },
    /// Keep on disk which calls were announced, so that a restart repeats none.
    Keep(SeenCalls),
}

/// The call on the large area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LargeCall {
    /// What was called, and where to.
    pub call: BoardCall,
    since: Instant,
    /// Whether it was announced here; a call found standing at the start is only shown.
    announced: bool,
}

/// The state of announcing.
#[derive(Debug, Default)]
pub struct Announcer {
    taken: SeenCalls,
    /// Calls that wait for their turn, and since when.
    queue: VecDeque<(BoardCall, Instant)>,
    large: Option<LargeCall>,
    standing: Vec<BoardCall>,
    lost: bool,
    /// Whether the outside says when the room has heard a call to its end.
    aloud: bool,
    /// The call that the room is hearing, and since when.
    sounding: Option<(u64, Instant)>,
}

impl Announcer {
    /// Goes on after those calls that were announced before a restart.
    pub fn after(kept: SeenCalls) -> Self {
        Self { taken: kept, ..Self::default() }
    }

    /// Where calls are heard: the next one waits until [`Self::heard`] tells of the end of the one before.
    #[must_use]
    pub fn aloud(mut self) -> Self {
        self.aloud = true;
        self
    }

    /// The room has heard a call to its end, or will not hear it.
    pub fn heard(&mut self, call: u64) {
        self.sounding = self.sounding.filter(|(sounding, _)| *sounding != call);
    }

    /// Takes the calls of a new view. `now` is the hub's time, `at` this machine's.
    pub fn take(&mut self, epoch: u64, calls: &[BoardCall], now: DateTime<Utc>, at: Instant) -> Vec<Cue> {
        if epoch != self.taken.epoch {
            self.queue.clear();
            self.large = None;
        }
        let fresh = self.taken.take(epoch, calls, now);
        self.queue.extend(fresh.into_iter().map(|call| (call.clone(), at)));
        self.standing = calls.iter().filter(|call| call.standing).cloned().collect();
        if self.lost {
            self.lost = false;
            // What was taken long ago and is over is no longer announced.
            let standing = &self.standing;
            self.queue.retain(|(queued, _)| standing.iter().any(|call| call.id == queued.id));
        }
        if let Some(large) = &mut self.large
            && let Some(call) = calls.iter().find(|call| call.id == large.call.id)
        {
            large.call = call.clone();
        }
        self.tick(at)
    }

    /// The hub is lost: nothing is announced until it is back.
    pub const fn lose(&mut self) {
        self.lost = true;
    }

    /// Lets time pass.
    pub fn tick(&mut self, at: Instant) -> Vec<Cue> {
        if self.lost {
            return Vec::new();
        }
        let rested = |large: &LargeCall, time| !large.announced || at.duration_since(large.since) >= time;
        let is_silent = self.sounding.is_none_or(|(_, since)| at.duration_since(since) >= SPEECH_MOST);
        if is_silent
            && self.large.as_ref().is_none_or(|large| rested(large, TURN))
            && let Some(call) = self.next_in_queue(at)
        {
            let kept = SeenCalls { epoch: self.taken.epoch, last: call.id };
            self.sounding = self.aloud.then_some((call.id, at));
            let heard = Cue::Announce { call: Box::new(call.clone()), is_crowded: self.queue.len() >= CROWD };
            self.large = Some(LargeCall { call, since: at, announced: true });
            return vec![Cue::Keep(kept), heard];
        }
        let over = self.large.as_ref().is_none_or(|large| !large.call.standing && rested(large, REST));
        if over {
            let newest = self.standing.iter().max_by_key(|call| call.id);
            self.large = newest.map(|call| LargeCall { call: call.clone(), since: at, announced: false });
        }
        Vec::new()
    }

    /// The next to announce. Whose person has come while others were announced for long needs no announcing any more, so
    /// that a crowd of calls never makes the board late for those that still stand.
    fn next_in_queue(&mut self, at: Instant) -> Option<BoardCall> {
        while let Some((call, since)) = self.queue.pop_front() {
            let stands = self.standing.iter().any(|other| other.id == call.id);
            if stands || at.duration_since(since) <= QUEUED_LONG {
                return Some(call);
            }
        }
        None
    }

    /// When [`Self::tick`] or the flash has something to do next.
    pub fn next_due(&self, at: Instant) -> Option<Instant> {
        if self.lost {
            return None;
        }
        // While the room hears a call, its end is told from outside.
        let heard = self.sounding.map(|(_, since)| since + SPEECH_MOST);
        let waits = !self.queue.is_empty();
        let Some(large) = self.large.as_ref().filter(|large| large.announced) else {
            return heard.filter(|due| waits && *due > at);
        };
        let passed = at.duration_since(large.since);
        let flash = match large.call.recall {
            true => (passed < PULSES).then(|| large.since + PULSE_HALF * (halves(passed) + 1)),
            false => Some(large.since + FLASH),
        };
        let turn = waits.then(|| heard.unwrap_or(large.since + TURN));
        let rest = (!large.call.standing).then_some(large.since + REST);
        [flash, turn, rest].into_iter().flatten().filter(|due| *due > at).min()
    }

    /// What stands large.
    pub const fn large(&self) -> Option<&LargeCall> {
        self.large.as_ref()
    }

    /// Whether the ground of the large area is reversed just now: for a while under a new call, by turns under a repeated
    /// one, and at rest it is not.
    pub fn is_lit(&self, at: Instant) -> bool {
        self.large.as_ref().filter(|large| large.announced && !self.lost).is_some_and(|large| {
            let passed = at.duration_since(large.since);
            match large.call.recall {
                true => passed < PULSES && halves(passed).is_multiple_of(2),
                false => passed < FLASH,
            }
        })
    }

    /// How long ago the large call began to come on; none for one that was found standing.
    pub fn age(&self, at: Instant) -> Option<Duration> {
        self.large.as_ref().filter(|large| large.announced).map(|large| at.duration_since(large.since))
    }

    /// How many more wait for their turn on the large area.
    pub fn more(&self) -> usize {
        self.queue.len()
    }

    /// The calls for the list, newest first: one row a number, without the large one and those not yet announced. While
    /// the hub is lost nothing stands large, and the list has all that is known.
    ///
    /// Where there are more than `rows`, calls that still stand are kept before those that are over.
    pub fn list<'a>(&self, calls: &'a [BoardCall], rows: usize) -> Vec<&'a BoardCall> {
        let hidden = |call: &&BoardCall| {
            let stands_large = self.large.as_ref().is_some_and(|large| large.call.number == call.number);
            !self.lost && (stands_large || self.queue.iter().any(|(queued, _)| queued.id == call.id))
        };
        let mut newest: Vec<&BoardCall> = calls.iter().filter(|call| !hidden(call)).collect();
        newest.sort_by_key(|call| std::cmp::Reverse(call.id));
        let mut numbers = std::collections::BTreeSet::new();
        newest.retain(|call| numbers.insert(call.number.as_str()));
        newest.sort_by_key(|call| std::cmp::Reverse((call.standing, call.id)));
        newest.truncate(rows);
        newest.sort_by_key(|call| std::cmp::Reverse(call.id));
        newest
    }
}

/// How many halves of a pulse have passed.
const fn halves(passed: Duration) -> u32 {
    (passed.as_millis() / PULSE_HALF.as_millis()) as u32
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use wire::{DeskLabel, Words};

    use super::*;

    const NOON: &str = "2026-11-24T10:00:00Z";

    fn noon() -> DateTime<Utc> {
        NOON.parse().unwrap()
    }

    fn call(id: u64, number: &str, seconds_ago: i64) -> BoardCall {
        BoardCall {
            id,
            number: number.to_owned(),
            desk: DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: None },
            at: noon() - TimeDelta::seconds(seconds_ago),
            recall: false,
            booked_for: None,
            standing: true,
        }
    }

    fn over(mut call: BoardCall) -> BoardCall {
        call.standing = false;
        call
    }

    fn is_announced(cues: &[Cue]) -> bool {
        cues.iter().any(|cue| matches!(cue, Cue::Announce { .. }))
    }

    fn announced(call: BoardCall) -> Cue {
        Cue::Announce { call: Box::new(call), is_crowded: false }
    }

    /// One line a second: what stands large (`!` when it has just chimed).
    fn play(announcer: &mut Announcer, start: Instant, seconds: u64, mut cues: Vec<Cue>) -> Vec<String> {
        let mut lines = Vec::new();
        for second in 0..seconds {
            if second > 0 {
                cues = announcer.tick(start + Duration::from_secs(second));
            }
            let number = announcer.large().map_or("-", |large| large.call.number.as_str());
            let chimed = if is_announced(&cues) { "!" } else { "" };
            lines.push(format!("{number}{chimed}"));
        }
        lines
    }

    #[test]
    fn fld_26_three_calls_in_one_second_are_all_shown_in_turn() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        let cues = announcer.take(1, &[call(1, "A001", 1), call(2, "B001", 0), call(3, "P001", 0)], noon(), start);
        assert_eq!(
            play(&mut announcer, start, 14, cues),
            [
                "A001!", "A001", "A001", "A001", "B001!", "B001", "B001", "B001", "P001!", "P001", "P001", "P001",
                "P001", "P001"
            ]
        );
    }

    #[test]
    fn thirty_calls_in_ten_seconds_are_all_shown_in_order_and_the_rest_is_counted() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        let mut shown = Vec::new();
        for tenth in 0..1_300 {
            let at = start + Duration::from_millis(100) * tenth;
            let come = u64::from(tenth / 3 + 1).min(30);
            let calls: Vec<BoardCall> = (1..=come).map(|id| call(id, &format!("A{id:03}"), 0)).collect();
            let cues = if tenth % 3 == 0 { announcer.take(1, &calls, noon(), at) } else { announcer.tick(at) };
            if is_announced(&cues) {
                shown.push((announcer.large().unwrap().call.id, at, announcer.more()));
            }
        }
        assert_eq!(shown.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), (1..=30).collect::<Vec<_>>());
        assert!(shown.windows(2).all(|two| two[1].1 - two[0].1 >= TURN), "{shown:?}");
        assert_eq!(shown.iter().map(|(.., more)| *more).max(), Some(26));
        assert_eq!(announcer.more(), 0);
    }

    #[test]
    fn a_recall_flashes_and_chimes_again() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        announcer.take(1, &[call(1, "A001", 0)], noon(), start);
        let later = start + Duration::from_secs(20);
        assert!(!announcer.is_lit(later));
        let recall = BoardCall { recall: true, ..call(2, "A001", 0) };
        let cues = announcer.take(1, &[over(call(1, "A001", 0)), recall], noon(), later);
        assert!(is_announced(&cues));
        assert!(announcer.is_lit(later) && announcer.large().unwrap().call.recall);
    }

    #[test]
    fn a_new_call_reverses_the_ground_once() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        announcer.take(1, &[call(1, "A001", 0)], noon(), start);
        assert!(announcer.is_lit(start) && announcer.is_lit(start + FLASH - Duration::from_millis(1)));
        assert!(!announcer.is_lit(start + FLASH));
        assert_eq!(announcer.next_due(start), Some(start + FLASH));
        assert_eq!(announcer.next_due(start + FLASH), None);
    }

    #[test]
    fn a_repeated_call_pulses_once_a_second_for_its_time_and_then_rests() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        announcer.take(1, &[BoardCall { recall: true, ..call(1, "A001", 0) }], noon(), start);
        let mut changes = 0;
        let mut at = start;
        while let Some(due) = announcer.next_due(at) {
            assert!(due > at && due - at >= Duration::from_millis(400), "too fast: {:?}", due - at);
            changes += u32::from(announcer.is_lit(at) != announcer.is_lit(due));
            at = due;
        }
        assert_eq!((changes, at - start), (9, PULSES));
    }

    #[test]
    fn prom_08_nothing_is_announced_twice_over_a_reconnection_or_a_restart() {
        let calls = [call(1, "A001", 2), call(2, "A002", 1)];
        let mut announcer = Announcer::default();
        let start = Instant::now();
        let cues = announcer.take(7, &calls, noon(), start);
        assert_eq!(cues, [Cue::Keep(SeenCalls { epoch: 7, last: 1 }), announced(calls[0].clone())]);
        announcer.lose();
        assert_eq!(announcer.take(7, &calls, noon(), start + Duration::from_secs(1)), []);
        // The second call had not been shown when the power went: it is announced after the restart, the first is not.
        let mut restarted = Announcer::after(SeenCalls { epoch: 7, last: 1 });
        let cues = restarted.take(7, &calls, noon(), start);
        assert_eq!(cues, [Cue::Keep(SeenCalls { epoch: 7, last: 2 }), announced(calls[1].clone())]);
    }

    #[test]
    fn card_04_the_next_call_comes_on_when_the_room_has_heard_the_one_before_and_never_over_it() {
        let mut announcer = Announcer::default().aloud();
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let cues = announcer.take(1, &[call(1, "A001", 0), call(2, "A002", 0)], noon(), start);
        assert!(is_announced(&cues));
        // Longer than a turn: the voice still speaks, and nothing is due but that it hangs.
        assert_eq!(announcer.tick(after(8)), []);
        assert_eq!((announcer.large().unwrap().call.id, announcer.more()), (1, 1));
        assert_eq!(announcer.next_due(after(8)), Some(start + SPEECH_MOST));
        // The end of a call that is not the one which sounds changes nothing.
        announcer.heard(7);
        assert_eq!(announcer.tick(after(8)), []);
        announcer.heard(1);
        assert!(is_announced(&announcer.tick(after(9))));
        assert_eq!(announcer.large().unwrap().call.id, 2);
        // A voice that is done early leaves the call its turn.
        announcer.take(1, &[call(1, "A001", 0), call(2, "A002", 0), call(3, "A003", 0)], noon(), after(10));
        announcer.heard(2);
        assert_eq!(announcer.tick(after(11)), []);
        assert_eq!(announcer.next_due(after(11)), Some(after(9) + TURN));
        assert!(is_announced(&announcer.tick(after(13))));
        // Of the third nobody hears the end; and the hub begins to count anew meanwhile.
        assert_eq!(announcer.take(2, &[call(4, "A004", 0)], noon(), after(20)), []);
        assert!(is_announced(&announcer.tick(after(13) + SPEECH_MOST)));
        assert_eq!(announcer.large().unwrap().call.id, 4);
    }

    #[test]
    fn while_many_wait_for_their_turn_a_call_says_so() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        let crowd: Vec<BoardCall> = (1..=5).map(|id| call(id, &format!("A{id:03}"), 0)).collect();
        let mut cues = announcer.take(1, &crowd, noon(), start);
        let mut crowded = Vec::new();
        for turn in 1..=5 {
            crowded.extend(cues.iter().filter_map(|cue| match cue {
                Cue::Announce { is_crowded, .. } => Some(*is_crowded),
                Cue::Keep(_) => None,
            }));
            cues = announcer.tick(start + TURN * turn);
        }
        assert_eq!(crowded, [true, true, false, false, false]);
    }

    #[test]
    fn an_old_call_that_still_stands_is_shown_without_a_sound() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        assert_eq!(announcer.take(1, &[call(4, "A004", 300)], noon(), start), []);
        assert_eq!(announcer.large().unwrap().call.number, "A004");
        assert!(!announcer.is_lit(start));
        assert_eq!(announcer.next_due(start), None);
    }

    #[test]
    fn a_call_whose_person_came_makes_room_for_one_that_still_stands() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        announcer.take(1, &[call(1, "A001", 0)], noon(), start);
        announcer.take(1, &[call(1, "A001", 0), call(2, "A002", 0)], noon(), start + Duration::from_secs(5));
        announcer.take(1, &[call(1, "A001", 0), over(call(2, "A002", 0))], noon(), start + Duration::from_secs(7));
        assert_eq!(announcer.large().unwrap().call.number, "A002");
        announcer.tick(start + Duration::from_secs(15));
        assert_eq!(announcer.large().unwrap().call.number, "A001");
        announcer.take(
            1,
            &[over(call(1, "A001", 0)), over(call(2, "A002", 0))],
            noon(),
            start + Duration::from_secs(16),
        );
        assert_eq!(announcer.large(), None);
    }

    #[test]
    fn a_crowd_of_calls_never_makes_the_board_late() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        let crowd: Vec<BoardCall> = (1..=100).map(|id| call(id, &format!("A{id:03}"), 0)).collect();
        announcer.take(1, &crowd, noon(), start);
        // All but the last were answered; after half a minute only that one is still worth announcing.
        let answered = |call: &BoardCall| if call.id < 100 { over(call.clone()) } else { call.clone() };
        let answered: Vec<BoardCall> = crowd.iter().map(answered).collect();
        let later = start + Duration::from_secs(31);
        announcer.take(1, &answered, noon(), later);
        assert_eq!(announcer.large().unwrap().call.number, "A100");
    }

    #[test]
    fn a_lost_hub_announces_nothing() {
        let mut announcer = Announcer::default();
        let start = Instant::now();
        announcer.take(1, &[call(1, "A001", 0), call(2, "A002", 0)], noon(), start);
        announcer.lose();
        assert_eq!(announcer.tick(start + Duration::from_secs(9)), []);
        assert!(!announcer.is_lit(start));
        assert_eq!(announcer.next_due(start), None);
        let back = start + Duration::from_secs(60);
        // A002 was answered meanwhile: it is not announced as if it were new.
        assert_eq!(announcer.take(1, &[call(1, "A001", 60), over(call(2, "A002", 60))], noon(), back), []);
    }

    #[test]
    fn the_list_keeps_standing_calls_and_one_row_a_number() {
        let mut announcer = Announcer::default();
        let calls = [
            call(1, "A001", 400),
            over(call(2, "A002", 390)),
            over(call(3, "A003", 380)),
            call(4, "A001", 370),
            over(call(5, "A005", 360)),
            call(6, "A006", 350),
        ];
        announcer.take(1, &calls, noon(), Instant::now());
        assert_eq!(announcer.large().unwrap().call.id, 6);
        let list = |rows| announcer.list(&calls, rows).iter().map(|call| call.id).collect::<Vec<_>>();
        assert_eq!(list(9), [5, 4, 3, 2]);
        assert_eq!(list(2), [5, 4]);
        assert_eq!(list(1), [4]);
        announcer.lose();
        let known = announcer.list(&calls, 9);
        assert_eq!(known.first().map(|call| call.id), Some(6), "what stood large is the newest that is known");
    }
}
