//! What staff changed of an office's calendar, in a line: a closure, or other hours (FLD-15).

use acts::Fault;
use chrono::{NaiveDate, NaiveTime};
use office::{Closure, DeskId, EarlyClose, HoursChange, OfficeConfig, calendar};
use stationery::{houses::hours, view::desk_name};
use text::Dates;
use wire::ProblemCode;

/// A desk by its number in the list of a form.
///
/// # Errors
/// `unknown-desk`, about that list.
pub fn desk_named(number: &str) -> Result<DeskId, Fault> {
    let desk = number.parse::<u16>().map(DeskId);
    desk.map_err(|_| Fault { place: Some("desk".to_owned()), ..ProblemCode::UnknownDesk.into() })
}

/// What differs on a day from the hours of its weekday, in lines: that nobody is served, what is closed for a part of it, and
/// which hours hold instead. It does not matter who decided it: staff, the office's own file, or a holiday.
pub fn day_lines(config: &OfficeConfig, day: NaiveDate, dates: Dates) -> Vec<String> {
    let voice = dates.voice;
    let hours = calendar::day(config, day);
    let because = hours.because.as_ref().map(|because| voice.of_text(because)).unwrap_or_default();
    let is_closed = hours.serving.is_empty();
    let mut lines = Vec::new();
    if is_closed && because.is_empty() {
        lines.push(voice.say("bookings-day-closed"));
    } else if is_closed {
        lines.push(voice.text("bookings-day-closed-because", "because", &because));
    }
    let next = day.succ_opt().unwrap_or(day);
    let touches =
        |closure: &&Closure| closure.from < next.and_time(NaiveTime::MIN) && day.and_time(NaiveTime::MIN) < closure.to;
    let parts: Vec<&Closure> = config.calendar.closures.iter().filter(touches).collect();
    let shown = parts.iter().filter(|closure| !(is_closed && closure.desk.is_none()));
    lines.extend(shown.map(|closure| {
        let what = closure_line(config, closure, dates);
        voice
            .say_with("bookings-day-part", [("what", what.into()), ("because", voice.of_text(&closure.because).into())])
    }));
    let is_of_closure = parts.iter().any(|closure| hours.because.as_ref() == Some(&closure.because));
    if !is_closed && !because.is_empty() && !is_of_closure {
        let spans = hours.serving.iter().map(|(from, to)| format!("{}–{}", dates.time(*from), dates.time(*to)));
        let spans = spans.collect::<Vec<_>>().join(", ");
        lines.push(voice.say_with("bookings-day-hours", [("hours", spans.into()), ("because", because.into())]));
    }
    lines
}

/// «Τρίτη 24 Νοεμβρίου, έως 12:00 · Όλη η υπηρεσία»
pub fn early_line(early: &EarlyClose, dates: Dates) -> String {
    let values = [("day", dates.date(early.date).into()), ("time", early.at.format("%H:%M").to_string().into())];
    dates.voice.say_with("closures-early", values)
}

/// «Τρίτη 24 Νοεμβρίου, 08:00–12:00 · Θυρίδα 1»
pub fn closure_line(config: &OfficeConfig, closure: &Closure, dates: Dates) -> String {
    let voice = dates.voice;
    let Closure { from, to, .. } = closure;
    let (first, ends_at_midnight) = (from.date(), to.time() == NaiveTime::MIN);
    let last = if ends_at_midnight { to.date().pred_opt().unwrap_or(to.date()) } else { to.date() };
    let is_of_whole_days = from.time() == NaiveTime::MIN && ends_at_midnight;
    let clock = |time: NaiveTime| time.format("%H:%M").to_string();
    let when = match (first == last, is_of_whole_days) {
        (true, true) => format!("{}, {}", dates.date(first), voice.say("closures-whole-day")),
        (true, false) => format!("{}, {}–{}", dates.date(first), clock(from.time()), clock(to.time())),
        (false, true) => {
            let values = [("first", dates.date(first).into()), ("last", dates.date(last).into())];
            voice.say_with("hours-between", values)
        }
        (false, false) => {
            let [begins, ends] = [from, to].map(|at| format!("{}, {}", dates.date(at.date()), clock(at.time())));
            format!("{begins} – {ends}")
        }
    };
    let what = closure.desk.map_or_else(|| voice.say("closures-office"), |desk| desk_name(config, desk.0, voice));
    format!("{when} · {what}")
}

/// «από τη Δευτέρα 30 Νοεμβρίου · Όλη η υπηρεσία · Δευ–Παρ 10:00–18:00»
pub fn hours_line(config: &OfficeConfig, change: &HoursChange, dates: Dates) -> String {
    let voice = dates.voice;
    let when = match change.last {
        Some(last) if last == change.first => dates.date(change.first),
        Some(last) => {
            let values = [("first", dates.date(change.first).into()), ("last", dates.date(last).into())];
            voice.say_with("hours-between", values)
        }
        None => voice.text("hours-from", "first", &dates.the_date(change.first)),
    };
    let whose = change.desk.map_or_else(|| voice.say("closures-office"), |desk| desk_name(config, desk.0, voice));
    let is = if change.spans.is_empty() { voice.say("hours-closed") } else { hours(&change.spans, voice).join(", ") };
    format!("{when} · {whose} · {is}")
}
