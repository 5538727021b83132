//! A time of day as people write it: a field of ours, in twenty-four hours in every browser. A browser's own field shows the
//! time in the browser's language: `09:30 AM` on a Greek page.

use acts::Fault;
use askama::Template;
use office::CivilTime;
use people::is_unseen;
use text::both;

use crate::{frame::Frame, problem::of_field};

/// What people put between hours and minutes.
const BETWEEN: [char; 4] = [':', '.', ',', ' '];

/// A field into which a time of day is typed.
#[derive(Template)]
#[template(path = "parts/time.html")]
struct TimeField<'a> {
    f: &'a Frame,
    name: &'a str,
    id: &'a str,
    label: &'a str,
    needed: bool,
    value: &'a str,
    /// The ids of what is said of the field.
    hints: String,
}

impl Frame {
    /// The field of a time that has to be given.
    pub fn time_needed(&self, name: &str, id: &str, label: &str, value: &str) -> String {
        self.time_field((name, id, label), value, true, "")
    }

    /// The field of a time that may be left out; what that means is said in the element with the last id.
    pub fn time_optional(&self, name: &str, id: &str, label: &str, value: &str, besides: &str) -> String {
        self.time_field((name, id, label), value, false, besides)
    }

    fn time_field(&self, (name, id, label): (&str, &str, &str), value: &str, needed: bool, besides: &str) -> String {
        let hints = format!("{id}-form {besides}").trim_end().to_owned();
        TimeField { f: self, name, id, label, needed, value, hints }.render().unwrap_or_default()
    }
}

/// A time as somebody typed it: `9:30`, `09.30`, `0930`, or `9` for the full hour.
pub fn clock_time(typed: &str) -> Option<CivilTime> {
    let typed: String = typed.chars().filter(|letter| !is_unseen(*letter)).collect();
    let typed = typed.trim();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minute) = match typed.split_once(BETWEEN) {
        Some((hour, minute)) => (hour, minute.trim_start()),
        None if typed.len() <= 2 => (typed, "00"),
        None => typed.split_at_checked(typed.len() - 2)?,
    };
    let is_one = is_number(hour) && hour.len() <= 2 && is_number(minute) && minute.len() == 2;
    is_one.then(|| format!("{hour:0>2}:{minute}").parse::<CivilTime>().ok()).flatten()
}

/// The time in a field with this id and label.
///
/// # Errors
/// What is no time is refused with the field's name and how a time is written.
pub fn time_of(id: &str, label: &str, typed: &str) -> Result<CivilTime, Fault> {
    clock_time(typed).ok_or_else(|| of_field(id, both(|voice| voice.with("time-wrong", "label", voice.say(label)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_15_a_time_is_read_as_people_write_it() {
        let read = |typed: &str| clock_time(typed).map(|time| time.time().format("%H:%M").to_string());
        for typed in
            ["9:30", "09:30", "0930", "930", "9.30", "09.30", "9,30", "9 30", " 9:30 ", "9: 30", "\u{200b}9:30"]
        {
            assert_eq!(read(typed).as_deref(), Some("09:30"), "{typed:?}");
        }
        assert_eq!((read("9").as_deref(), read("21").as_deref()), (Some("09:00"), Some("21:00")));
        assert_eq!((read("00:00").as_deref(), read("2359").as_deref()), (Some("00:00"), Some("23:59")));
        for typed in
            ["", "24:00", "9:60", "9:5", "09:30:15", "9:30 μμ", "9:30 AM", "-9:30", "12345", "αβγ", "9h30", "٩:٣٠", "ώ"]
        {
            assert_eq!(read(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn fld_15_what_is_no_time_is_said_with_the_fields_name() {
        let fault = time_of("arrived", "paper-arrived", "9:5").unwrap_err();
        assert_eq!(fault.place.as_deref(), Some("arrived"));
        let words = fault.words.unwrap();
        assert!(words.el.contains("Προσέλευση") && words.el.contains("09:30"), "{words:?}");
        assert!(words.en.contains("09:30") && !words.en.contains("Προσέλευση"), "{words:?}");
    }
}
