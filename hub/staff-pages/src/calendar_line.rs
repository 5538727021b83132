//! What staff changed of an office's calendar, in a line: a closure, or other hours (FLD-15).

use chrono::NaiveTime;
use office::{Closure, HoursChange, OfficeConfig};
use stationery::{houses::hours, view::desk_name};
use text::Dates;

/// «Τρίτη 24 Νοεμβρίου, 08:00–12:00 · Θυρίδα 1»
pub fn closure_line(config: &OfficeConfig, closure: &Closure, dates: Dates) -> String {
    let voice = dates.voice;
    let (day, to) = (closure.from.date(), closure.to);
    let whole_day = closure.from.time() == NaiveTime::MIN && to.time() == NaiveTime::MIN;
    let hours = if whole_day {
        voice.say("closures-whole-day")
    } else {
        format!("{}–{}", closure.from.format("%H:%M"), to.format("%H:%M"))
    };
    let what = closure.desk.map_or_else(|| voice.say("closures-office"), |desk| desk_name(config, desk.0, voice));
    format!("{}, {hours} · {what}", dates.date(day))
}

/// «από Δευτέρα 30 Νοεμβρίου · Όλη η υπηρεσία · Δευ–Παρ 10:00–18:00»
pub fn hours_line(config: &OfficeConfig, change: &HoursChange, dates: Dates) -> String {
    let voice = dates.voice;
    let when = match change.last {
        Some(last) if last == change.first => dates.date(change.first),
        Some(last) => {
            let values = [("first", dates.date(change.first).into()), ("last", dates.date(last).into())];
            voice.say_with("hours-between", values)
        }
        None => voice.text("hours-from", "first", &dates.date(change.first)),
    };
    let whose = change.desk.map_or_else(|| voice.say("closures-office"), |desk| desk_name(config, desk.0, voice));
    let is = if change.spans.is_empty() { voice.say("hours-closed") } else { hours(&change.spans, voice).join(", ") };
    format!("{when} · {whose} · {is}")
}
