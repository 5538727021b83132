//! How far from now the times of a command may lie, by what each of them means. What comes in is of the years 1900 to 2200;
//! a promise in 2150 would be kept, counted and walked past all the same, and a desk that is open until then never closes.
//!
//! Every command has its line here, so that a new one is asked for its times.

use chrono::{DateTime, Datelike, Duration, NaiveDateTime, NaiveTime, Utc};

use crate::{Command, DeskId, OfficeConfig, Refusal, calendar};

/// A time can be promised so far ahead: ten years, more than any horizon of a service.
pub(crate) const BOOKED_AHEAD_DAYS_MAX: i64 = 3_653;
/// A visit on paper is entered so long after it, at most: what is older is no longer known to the minute.
pub(crate) const PAPER_BACK_DAYS_MAX: i64 = 30;
/// A desk is open, and a break lasts, for so long at most: each belongs to one day, which the night ends.
pub(crate) const AT_DESK_AHEAD_HOURS_MAX: i64 = 24;
/// A suspension with an end lasts so long at most: two years. What is longer is until further notice.
pub(crate) const SUSPENDED_DAYS_MAX: i64 = 731;
/// Closures and other hours are decided so far ahead at most: as far as times can be promised.
pub(crate) const CALENDAR_AHEAD_DAYS_MAX: i64 = BOOKED_AHEAD_DAYS_MAX;
/// A hub was away for so long at most: a database that old is another house's.
pub(crate) const OUTAGE_BACK_DAYS_MAX: i64 = 3_653;
/// Visits in one roll call, at most: as many as a house may hold.
pub(crate) const ROLL_CALL_MAX: usize = u16::MAX as usize;
/// Services delivered in one visit, at most: more than an office has in its list of a day.
pub(crate) const DELIVERED_MAX: usize = 100;
/// A kiosk says of so many blocks of numbers at most that it holds them.
pub(crate) const HOLDINGS_MAX: usize = 200;

/// Refuses times that lie too far from now, and lists that are too long, whatever else is asked.
pub(crate) fn check(command: &Command, now: DateTime<Utc>) -> Result<(), Refusal> {
    let now = CheckMoment(now);
    match command {
        Command::Suspend { until: Some(until), .. } => now.ahead(*until, Duration::days(SUSPENDED_DAYS_MAX)),
        Command::NoteOutage { from } => now.back(*from, Duration::days(OUTAGE_BACK_DAYS_MAX)),
        Command::Hold { wanted, .. } | Command::Book { wanted, .. } => now.promised(wanted.start),
        Command::Move { start, .. } | Command::ChooseAnew { start, .. } | Command::FixTime { start, .. } => {
            now.promised(*start)
        }
        Command::AskCorrection { until, .. } => now.promised(*until),
        Command::EnterOutageVisit { arrived_at, served_from, served_to, .. } => {
            [arrived_at, served_from, served_to].into_iter().try_for_each(|at| now.on_paper(*at))
        }
        Command::OpenDesk { until: Some(until), .. } | Command::StartBreak { until: Some(until), .. } => {
            now.ahead(*until, Duration::hours(AT_DESK_AHEAD_HOURS_MAX))
        }
        Command::RollCall { gone } => count(gone.len(), ROLL_CALL_MAX),
        Command::LeaseNumbers { holds, .. } => count(holds.len(), HOLDINGS_MAX),
        Command::Finish { delivered, .. } => count(delivered.len(), DELIVERED_MAX),
        // The calendar of a configuration is looked at where it is taken over.
        Command::Configure(_)
        | Command::Tick
        | Command::Suspend { until: None, .. }
        | Command::Resume { .. }
        | Command::ExtendHold { .. }
        | Command::ReleaseHold { .. }
        | Command::Entrust { .. }
        | Command::Confirm { .. }
        | Command::Cancel { .. }
        | Command::Void { .. }
        | Command::Correct { .. }
        | Command::ChangeDetails { .. }
        | Command::CheckIn { .. }
        | Command::TakeTicket { .. }
        | Command::RingForHelp { .. }
        | Command::AcceptHelp { .. }
        | Command::EndHelp { .. }
        | Command::Wish { .. }
        | Command::ServeDirect { .. }
        | Command::ReturnNumbers { .. }
        // What is of another day is noted, whichever day that was.
        | Command::HandIn { .. }
        | Command::FindBooking { .. }
        | Command::SettleConflict { .. }
        | Command::Admit { .. }
        | Command::ChooseLate { .. }
        | Command::Amend { .. }
        | Command::SetNote { .. }
        | Command::Leave { .. }
        | Command::UndoLeave { .. }
        | Command::ComeBack { .. }
        | Command::OpenDesk { until: None, .. }
        | Command::StartBreak { until: None, .. }
        | Command::EndBreak { .. }
        | Command::HandOverDesk { .. }
        | Command::CloseDesk { .. }
        | Command::SetReady { .. }
        | Command::CallNext { .. }
        | Command::CallVisit { .. }
        | Command::UndoStep { .. }
        | Command::Recall { .. }
        | Command::PutBack { .. }
        | Command::Appeared { .. }
        | Command::NoShow { .. }
        | Command::AttemptFailed { .. }
        | Command::Interrupt { .. }
        | Command::Park { .. }
        | Command::Transfer { .. }
        | Command::RecordShown { .. }
        | Command::LackDocuments { .. } => Ok(()),
    }
}

/// Refuses what staff newly decide for too far ahead, or for what is over already: a closure, or other hours. What stands
/// already may stay, and an office's own file may plan shifts for as long as it likes.
///
/// # Errors
/// [`Refusal::TooFarAhead`], [`Refusal::AlreadyOver`].
pub fn check_calendar(before: Option<&OfficeConfig>, config: &OfficeConfig, now: DateTime<Utc>) -> Result<(), Refusal> {
    let known = before.map(|config| &config.calendar);
    let is_new = |standing: bool| !standing;
    let now = CheckMoment(now);
    let at = |local: NaiveDateTime| {
        now.ahead(calendar::instant_from(config.zone, local), Duration::days(CALENDAR_AHEAD_DAYS_MAX))
    };
    for closure in config.calendar.closures.iter().filter(|closure| closure.by_staff) {
        if is_new(known.is_some_and(|known| known.closures.contains(closure))) {
            at(closure.from)?;
            at(closure.to)?;
            now.not_over((before, config), closure.to, closure.desk)?;
        }
    }
    for change in &config.calendar.hours_changes {
        if is_new(known.is_some_and(|known| known.hours_changes.contains(change))) {
            [Some(change.first), change.last]
                .into_iter()
                .flatten()
                .try_for_each(|day| at(day.and_time(NaiveTime::MIN)))?;
            if let Some(next) = change.last.and_then(|last| last.succ_opt()) {
                now.not_over((before, config), next.and_time(NaiveTime::MIN), change.desk)?;
            }
        }
    }
    Ok(())
}

/// The moment against which times are held.
#[derive(Clone, Copy)]
struct CheckMoment(DateTime<Utc>);

impl CheckMoment {
    /// At most so far ahead.
    fn ahead(self, at: DateTime<Utc>, most: Duration) -> Result<(), Refusal> {
        let latest = self.0.checked_add_signed(most).unwrap_or(DateTime::<Utc>::MAX_UTC);
        if at > latest { Err(Refusal::TooFarAhead { latest }) } else { Ok(()) }
    }

    /// At most so long ago.
    fn back(self, at: DateTime<Utc>, most: Duration) -> Result<(), Refusal> {
        let earliest = self.0.checked_sub_signed(most).unwrap_or(DateTime::<Utc>::MIN_UTC);
        if at < earliest { Err(Refusal::TooLongAgo { earliest }) } else { Ok(()) }
    }

    /// What ends then has something of it ahead: it does not end before now, nor today, after the last hour of today.
    fn not_over(
        self,
        (before, config): (Option<&OfficeConfig>, &OfficeConfig),
        end: NaiveDateTime,
        desk: Option<DeskId>,
    ) -> Result<(), Refusal> {
        // An office that is set up for the first time, of a backup for example, has its history with it.
        let Some(before) = before else { return Ok(()) };
        let today = calendar::local_date(config.zone, self.0);
        let is_over = calendar::instant_to(config.zone, end) <= self.0;
        let tomorrow = today.succ_opt().unwrap_or(today).and_time(NaiveTime::MIN);
        let is_past_hours = end <= tomorrow
            && self.last_hour(before, desk).is_some()
            && [before, config].into_iter().all(|config| !self.serves_still(config, desk));
        if is_over || is_past_hours { Err(Refusal::AlreadyOver) } else { Ok(()) }
    }

    /// Whether somebody is served today after now: by a desk, or by the office.
    fn serves_still(self, config: &OfficeConfig, desk: Option<DeskId>) -> bool {
        self.last_hour(config, desk).is_some_and(|end| end > self.0)
    }

    /// When serving ends today.
    fn last_hour(self, config: &OfficeConfig, desk: Option<DeskId>) -> Option<DateTime<Utc>> {
        let today = calendar::local_date(config.zone, self.0);
        let of_office = calendar::day(config, today).serving.iter().map(|(_, to)| *to).max();
        let Some(desk) = desk else { return of_office };
        let weekday = today.weekday();
        let shifts = calendar::weekly_desk(config, today, desk);
        let of_desk = shifts.iter().filter(|shift| shift.days.contains(&weekday)).map(|shift| {
            // A shift that ends before it begins ends on the next day.
            let day = if shift.to <= shift.from { today.succ_opt().unwrap_or(today) } else { today };
            calendar::instant_to(config.zone, day.and_time(shift.to))
        });
        of_desk.max()
    }

    /// A time that is promised. That it lies ahead at all is a rule of its own.
    fn promised(self, at: DateTime<Utc>) -> Result<(), Refusal> {
        self.ahead(at, Duration::days(BOOKED_AHEAD_DAYS_MAX))
    }

    /// A time of a visit on paper. That it is over, and of today, is a rule of its own.
    fn on_paper(self, at: DateTime<Utc>) -> Result<(), Refusal> {
        self.back(at, Duration::days(PAPER_BACK_DAYS_MAX))
    }
}

const fn count(length: usize, most: usize) -> Result<(), Refusal> {
    if length > most { Err(Refusal::BadCount) } else { Ok(()) }
}
