//! Other ways of calling people, as plain rules, to compare with.

/// Somebody in the house. Times in seconds of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimulatedWaiter {
    /// Number within the day.
    pub number: usize,
    /// The booked time, of those who have one.
    pub booked: Option<i64>,
    /// When they came.
    pub arrived: i64,
}

/// A way of calling people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// By arrival, whoever has a booking.
    FirstCome,
    /// Whoever is booked and due, then walk-ins by arrival, then those who came early for their booking.
    BookedFirst,
    /// Whoever is booked and here, then walk-ins by arrival.
    BookedFirstEarlyToo,
    /// The rule of Munich's open system (`reference/eappointment.md` 1.11).
    Munich,
}

/// Munich reckons two minutes ahead when it asks whether an appointment is due.
const MUNICH_AHEAD_SECONDS: i64 = 120;

/// Those who come early are called at most so long before their time.
const EARLY_SECONDS: i64 = 15 * 60;

impl Policy {
    /// Whom to call now.
    #[must_use]
    pub fn next(self, waiting: &[SimulatedWaiter], now: i64) -> Option<usize> {
        let first = |of: &dyn Fn(&SimulatedWaiter) -> Option<i64>| {
            waiting.iter().filter_map(|waiter| Some((of(waiter)?, waiter.arrived, waiter.number))).min()
        };
        let number = |found: Option<(i64, i64, usize)>| found.map(|(_, _, number)| number);
        let walk_in = first(&|waiter| waiter.booked.is_none().then_some(waiter.arrived));
        let due = |ahead: i64| {
            first(&move |waiter| waiter.booked.filter(|booked| *booked <= now + ahead).map(|b| b.max(waiter.arrived)))
        };
        match self {
            Self::FirstCome => number(first(&|waiter| Some(waiter.arrived))),
            Self::BookedFirst => number(due(0).or(walk_in).or_else(|| due(EARLY_SECONDS))),
            Self::BookedFirstEarlyToo => number(due(EARLY_SECONDS).or(walk_in)),
            Self::Munich => {
                // By the appointment's time, not by arrival; a pick whose time has not come leaves the desk without
                // anybody, although walk-ins wait.
                let by_time = first(&|w| w.booked.filter(|booked| *booked <= now + MUNICH_AHEAD_SECONDS));
                match by_time {
                    Some((booked, _, number)) => (booked <= now).then_some(number),
                    None => number(walk_in),
                }
            }
        }
    }
}
