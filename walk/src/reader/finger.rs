//! What a finger means while the screen is read: it explores, taps twice, or strokes.

use std::time::Duration;

/// What a finger does, in millimetres from the screen's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FingerTouch {
    /// It came down.
    Down(f32, f32),
    /// It slid there without leaving the glass.
    Moved(f32, f32),
    /// It left.
    Lifted(f32, f32),
}

/// Times and lengths by which touches are told apart.
#[derive(Debug, Clone, Copy)]
pub struct FingerRules {
    /// A finger that rests so long anywhere begins the reading.
    pub hold: Duration,
    /// A finger that stays longer than this explores; before, it may be a tap or a stroke.
    pub explore: Duration,
    /// Two taps within this time are one gesture.
    pub double: Duration,
    /// A stroke is at least so long, in millimetres.
    pub stroke_mm: f32,
    /// A tap moves no further than this, in millimetres.
    pub still_mm: f32,
}

impl Default for FingerRules {
    fn default() -> Self {
        Self {
            hold: Duration::from_secs(3),
            explore: Duration::from_millis(300),
            double: Duration::from_millis(600),
            stroke_mm: 25.0,
            still_mm: 12.0,
        }
    }
}

/// What a finger means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FingerMeaning {
    /// It came down: what is being said stops.
    Down,
    /// It rested for long: the screen is to be read.
    BeginReading,
    /// It wants to know what is under it.
    Explore,
    /// Two short touches: what was read last is chosen.
    DoubleTap,
    /// The next choice.
    StrokeRight,
    /// One step back, or to the first screen.
    StrokeLeft,
    /// Once more.
    StrokeUp,
    /// The next choice too: who strokes down means on.
    StrokeDown,
}

/// A finger as far as it has come.
#[derive(Debug, Clone, Default)]
pub(super) struct FingerTrack {
    rules: FingerRules,
    down: Option<FingerStart>,
    last_tap: Option<Duration>,
    began: bool,
}

#[derive(Debug, Clone, Copy)]
struct FingerStart {
    at: Duration,
    from: (f32, f32),
    moved_mm: f32,
    /// It was told already what is under it while it rests.
    rested: bool,
}

impl FingerTrack {
    /// Whether this touch began the reading, so that its end means nothing else.
    pub const fn has_begun_reading(&self) -> bool {
        self.began
    }

    pub fn take(&mut self, touch: FingerTouch, now: Duration, listening: bool) -> Option<FingerMeaning> {
        match touch {
            FingerTouch::Down(x, y) => {
                self.down = Some(FingerStart { at: now, from: (x, y), moved_mm: 0.0, rested: false });
                self.began = false;
                listening.then_some(FingerMeaning::Down)
            }
            FingerTouch::Moved(x, y) => {
                let start = self.down.as_mut()?;
                start.moved_mm = start.moved_mm.max((x - start.from.0).hypot(y - start.from.1));
                let explores = listening && now.saturating_sub(start.at) >= self.rules.explore;
                explores.then_some(FingerMeaning::Explore)
            }
            FingerTouch::Lifted(x, y) => {
                let start = self.down.take()?;
                if !listening || self.began {
                    return None;
                }
                self.ended(start, (x, y), now)
            }
        }
    }

    fn ended(&mut self, start: FingerStart, (x, y): (f32, f32), now: Duration) -> Option<FingerMeaning> {
        if now.saturating_sub(start.at) >= self.rules.explore {
            self.last_tap = None;
            return None;
        }
        let (dx, dy) = (x - start.from.0, y - start.from.1);
        if dx.hypot(dy) >= self.rules.stroke_mm {
            self.last_tap = None;
            return Some(match (dx.abs() > dy.abs(), dx > 0.0, dy > 0.0) {
                (true, true, _) => FingerMeaning::StrokeRight,
                (true, false, _) => FingerMeaning::StrokeLeft,
                (false, _, true) => FingerMeaning::StrokeDown,
                (false, _, false) => FingerMeaning::StrokeUp,
            });
        }
        if start.moved_mm > self.rules.still_mm {
            return None;
        }
        let second = self.last_tap.is_some_and(|last| now.saturating_sub(last) <= self.rules.double);
        self.last_tap = (!second).then_some(now);
        second.then_some(FingerMeaning::DoubleTap)
    }

    pub fn tick(&mut self, now: Duration, listening: bool) -> Option<FingerMeaning> {
        let start = self.down.as_mut()?;
        let rested = now.saturating_sub(start.at);
        if listening {
            let explores = rested >= self.rules.explore && !self.began && !start.rested;
            start.rested |= explores;
            return explores.then_some(FingerMeaning::Explore);
        }
        if rested >= self.rules.hold && start.moved_mm <= self.rules.still_mm && !self.began {
            self.began = true;
            return Some(FingerMeaning::BeginReading);
        }
        None
    }

    pub fn next_due(&self, listening: bool) -> Option<Duration> {
        let start = self.down.filter(|start| !(self.began || listening && start.rested))?;
        Some(start.at + if listening { self.rules.explore } else { self.rules.hold })
    }
}
