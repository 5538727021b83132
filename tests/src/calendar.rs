//! Calendar files, read by three libraries that are not the one that wrote them: Python's `icalendar` and `vobject`, and
//! `libical`, which reads for Evolution and others and knows what each method wants (RFC 5546).

use std::{
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::mail::{PYTHON, ReceivedMail};

/// Reads a calendar strictly three times, and prints the one event that it holds, on which the three agree.
const READER: &str = r#"
import gi, icalendar, json, sys, vobject
gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib
text = sys.stdin.buffer.read()
assert b"\r\n" in text and all(len(line) <= 75 for line in text.split(b"\r\n")), "lines end and fold by RFC 5545"
calendar = icalendar.Calendar.from_ical(text)
assert not calendar.errors, calendar.errors
events = calendar.walk("VEVENT")
assert len(events) == 1, len(events)
event = events[0]
assert not event.errors, event.errors
for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "ORGANIZER"):
    assert name in event, name
assert calendar["VERSION"] == "2.0" and "PRODID" in calendar
text_of = lambda name: str(event[name]) if name in event else None
own = {
    "method": str(calendar["METHOD"]), "uid": text_of("UID"), "sequence": text_of("SEQUENCE"), "status": text_of("STATUS"),
    "start": event["DTSTART"].to_ical().decode(), "end": event["DTEND"].to_ical().decode(),
    "summary": text_of("SUMMARY"), "place": text_of("LOCATION"), "link": text_of("URL"),
    "organizer": text_of("ORGANIZER"), "attendee": text_of("ATTENDEE"),
}

other = vobject.readOne(text.decode(), validate=True)
value = lambda name: getattr(other.vevent, name).value if name in other.vevent.contents else None
stamp = lambda name: value(name).strftime("%Y%m%dT%H%M%SZ")
read = {
    "method": other.method.value, "uid": value("uid"), "sequence": value("sequence"), "status": value("status"),
    "start": stamp("dtstart"), "end": stamp("dtend"), "summary": value("summary"), "place": value("location"),
    "link": value("url"), "organizer": value("organizer"), "attendee": value("attendee"),
}
assert read == own, f"vobject reads {read} instead of {own}"

third = ICalGLib.Component.new_from_string(text.decode())
assert third.check_restrictions() and third.count_errors() == 0, "what a method wants: " + third.as_ical_string()
inner = third.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
def first(component, name):
    found = component.get_first_property(getattr(ICalGLib.PropertyKind, name + "_PROPERTY"))
    return found.get_value_as_string() if found else None
read = {
    "method": first(third, "METHOD"), "uid": inner.get_uid(), "sequence": str(inner.get_sequence()),
    "status": first(inner, "STATUS"), "start": inner.get_dtstart().as_ical_string(), "end": inner.get_dtend().as_ical_string(),
    "summary": inner.get_summary(), "place": inner.get_location(), "link": first(inner, "URL"),
    "organizer": first(inner, "ORGANIZER"), "attendee": first(inner, "ATTENDEE"),
}
assert read == own, f"libical reads {read} instead of {own}"

print(json.dumps({
    "method": str(calendar["METHOD"]), "uid": text_of("UID"), "sequence": int(event["SEQUENCE"]),
    "status": text_of("STATUS"), "start": event["DTSTART"].dt.isoformat(), "end": event["DTEND"].dt.isoformat(),
    "summary": text_of("SUMMARY"), "place": text_of("LOCATION"), "link": text_of("URL"),
    "organizer": text_of("ORGANIZER"), "attendee": text_of("ATTENDEE"),
    "point": event["GEO"].to_ical() if "GEO" in event else None,
}))
"#;

/// The one event of a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CalendarEvent {
    /// `REQUEST` or `CANCEL`; `PUBLISH` where nobody is invited.
    pub method: String,
    /// Names the appointment for ever.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    /// `CONFIRMED` or `CANCELLED`.
    pub status: Option<String>,
    /// When it begins, with its offset.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// The title.
    pub summary: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The page about it.
    pub link: Option<String>,
    /// Who holds it.
    pub organizer: Option<String>,
    /// Who is invited.
    pub attendee: Option<String>,
    /// Where, on the map.
    pub point: Option<String>,
}

/// Reads the calendar file of a mail. A mailbox keeps lines as its machine has them; on their way they end as RFC 5322
/// wants it.
///
/// # Errors
/// When there is none, or anything is wrong with it.
pub fn of_mail(mail: &ReceivedMail) -> Result<CalendarEvent> {
    read(&mail.text("text/calendar")?.replace("\r\n", "\n").replace('\n', "\r\n"))
}

/// Reads a calendar file.
///
/// # Errors
/// When a library is not there, finds anything wrong with the file, or reads it otherwise than the others.
pub fn read(file: &str) -> Result<CalendarEvent> {
    let mut command = Command::new(PYTHON);
    command.args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context(PYTHON)?;
    child.stdin.take().context("a pipe")?.write_all(file.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{}\n{file}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("the reader prints JSON")
}
