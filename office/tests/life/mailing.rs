//! TRN-02: every creation and every change of a booking sends a mail; the table of which.

use chrono::{DateTime, TimeDelta, Utc};
use office::{Mail, MailKind};

use crate::script::check;

/// The kinds of mail that a script's journal asks for, in order.
fn mails_of(script: &str) -> Vec<MailKind> {
    let story = check(script);
    let mut office = office::Office::default();
    let mut kinds = Vec::new();
    for event in &story.journal {
        office::apply(&mut office, event);
        kinds.extend(office::mails(&office, event).into_iter().map(|mail| mail.kind));
    }
    kinds
}

const OFFICE: &str = "
    service certificates 20m telephone
    desk 1 serves certificates
    strict late void
    rule remote_attempts_max 1
    rule overtime_minutes 0
";

#[test]
fn fld_25_whoever_was_served_with_a_booking_is_asked_how_it_was_where_the_office_wants_to_know() {
    let script = format!(
        "{OFFICE}\n08:00 open 1\n 08:00 A books certificates at 10:00\n 10:00 A checks in\n 10:00 next at 1\n 10:01 A appears\n\n \
         10:10 finish A"
    );
    let story = check(&script);
    let asked = |wants: bool| {
        let mut office = office::Office::default();
        let mut kinds = Vec::new();
        for event in &story.journal {
            office::apply(&mut office, event);
            if let Some(config) = &mut office.config {
                config.rules.online.opinion_mail = wants;
            }
            kinds.extend(office::mails(&office, event).into_iter().map(|mail| mail.kind));
        }
        kinds
    };
    assert_eq!(asked(false), [MailKind::Confirmation]);
    assert_eq!(asked(true), [MailKind::Confirmation, MailKind::Opinion]);
}

#[test]
fn trn_02_each_change_of_a_booking_has_its_mail() {
    let cases: &[(&str, &[MailKind])] = &[
        ("08:00 A books certificates at 10:00", &[MailKind::Confirmation]),
        ("08:00 A holds certificates at 10:00\n 08:01 A releases", &[]),
        ("08:00 A holds certificates at 10:00\n 08:01 A confirms", &[MailKind::Confirmation]),
        ("08:00 A books certificates at 10:00\n 08:01 A moves to 11:00", &[MailKind::Confirmation, MailKind::Moved]),
        ("08:00 A books certificates at 10:00\n 08:01 A cancels", &[MailKind::Confirmation, MailKind::Cancelled]),
        (
            "08:00 A books certificates at 10:00\n 08:01 office cancels A\n 08:02 A takes 11:00",
            &[MailKind::Confirmation, MailKind::CancelledByOffice, MailKind::Moved],
        ),
        (
            "08:00 A books certificates at 10:00\n 08:01 change details of A",
            &[MailKind::Confirmation, MailKind::DetailsChanged],
        ),
        ("08:00 A books certificates at 10:00\n 08:01 void A", &[MailKind::Confirmation, MailKind::Void]),
        (
            "08:00 A books certificates at 10:00\n 08:01 ask A to correct until 09:00\n 08:02 A corrects",
            &[MailKind::Confirmation, MailKind::CorrectionAsked, MailKind::Corrected],
        ),
        (
            "08:00 A books certificates at 10:00\n 08:01 ask A to correct until 09:00\n 09:00 time passes",
            &[MailKind::Confirmation, MailKind::CorrectionAsked, MailKind::Void],
        ),
        (
            "08:00 open 1\n 08:00 A books certificates at 10:00\n 10:30 A checks in late book-anew",
            &[MailKind::Confirmation, MailKind::CancelledByLateness],
        ),
        (
            "08:00 open 1\n 08:00 A books certificates at 10:00\n 14:00 time passes -> A missed",
            &[MailKind::Confirmation, MailKind::Missed],
        ),
        (
            "08:00 A books certificates at 10:00\n on 2026-11-25\n 00:00 time passes",
            &[MailKind::Confirmation, MailKind::CancelledByOffice],
        ),
        (
            "08:00 A books certificates at 10:00\n 10:00 A checks in\n on 2026-11-25\n 00:00 time passes",
            &[MailKind::Confirmation, MailKind::WillNotBeReached, MailKind::NotServed],
        ),
        (
            "08:00 open 1\n 08:00 A books certificates at 10:00 by telephone\n 10:00 call A to 1\n 10:01 A does not answer",
            &[MailKind::Confirmation, MailKind::Missed],
        ),
        ("08:00 W1 walks in for certificates\n on 2026-11-25\n 00:00 time passes", &[]),
    ];
    for (script, expected) in cases {
        assert_eq!(&mails_of(&format!("{OFFICE}\n{script}")), expected, "{script}");
    }
}

#[test]
fn trn_02_trn_12_tolerated_details_are_a_warning() {
    let script = "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:01 void A
    ";
    assert_eq!(mails_of(script), [MailKind::Confirmation, MailKind::DetailsWarning]);
}

/// When reminders go out that a script's journal asks for, in order.
fn reminders_of(script: &str) -> Vec<String> {
    let story = check(script);
    let mut office = office::Office::default();
    let mut at = Vec::new();
    for event in &story.journal {
        office::apply(&mut office, event);
        at.extend(
            office::mails(&office, event).into_iter().filter_map(|mail| mail.later).map(|later| later.at.to_rfc3339()),
        );
    }
    at
}

#[test]
fn fld_13_a_reminder_is_owed_the_day_before_in_the_offices_zone() {
    let day_after = "08:00 A books certificates at 10:00 on 2026-11-26";
    let today = "08:00 A books certificates at 10:00";
    assert_eq!(reminders_of(&format!("{OFFICE}\n{today}")), [] as [&str; 0], "what is today needs none");
    assert_eq!(reminders_of(&format!("{OFFICE}\n{day_after}")), ["2026-11-25T08:00:00+00:00"]);
    let moved = format!("{OFFICE}\n{day_after}\n 08:01 A moves to 10:00 on 2026-11-27");
    assert_eq!(reminders_of(&moved), ["2026-11-25T08:00:00+00:00", "2026-11-26T08:00:00+00:00"]);
}

/// Kinds of mail, and in which of the [`MOMENTS`] each has still a meaning.
const MEANINGS: [(MailKind, &str); 16] = [
    (MailKind::Confirmation, "y-------"),
    (MailKind::Moved, "y-------"),
    (MailKind::MovedByOffice, "y-------"),
    (MailKind::Reminder, "y-------"),
    (MailKind::Cancelled, "yyyyyyyy"),
    (MailKind::CancelledByOffice, "---yyyyy"),
    (MailKind::CancelledByLateness, "yyyyyyyy"),
    (MailKind::Void, "yyyyyyyy"),
    (MailKind::CorrectionAsked, "y-------"),
    (MailKind::Corrected, "y-------"),
    (MailKind::DetailsChanged, "y-------"),
    (MailKind::DetailsWarning, "y-------"),
    (MailKind::Missed, "yyyyyyyy"),
    (MailKind::WillNotBeReached, "yyyyyy-y"),
    (MailKind::NotServed, "yyyyyyyy"),
    (MailKind::Opinion, "--y-----"),
];

/// Moments at which a mail about a booking at ten could leave: what a script tells until then, and how many minutes after ten
/// it is. The last is long after, when nobody knows the booking any more.
const MOMENTS: [(&str, i64); 8] = [
    ("", -1),
    ("", 0),
    ("10:00 A checks in", -15),
    ("09:00 A cancels", -15),
    ("09:00 void A", -15),
    ("14:00 time passes", 4 * 60),
    ("14:00 time passes", 12 * 60),
    ("", 7 * 24 * 60),
];

#[test]
fn trn_02_nothing_leaves_that_has_lost_its_meaning() {
    let mut kinds = MEANINGS.map(|(kind, _)| kind);
    kinds.sort_unstable();
    let mut all = MailKind::ALL;
    all.sort_unstable();
    assert_eq!(kinds, all, "each kind has its row");
    for (nth, (told, minutes)) in MOMENTS.iter().enumerate() {
        let story = check(&format!("{OFFICE}\n 08:00 open 1\n 08:00 A books certificates at 10:00\n {told}"));
        let mut office = office::Office::default();
        story.journal.iter().for_each(|event| office::apply(&mut office, event));
        let booking = office.bookings.values().next().unwrap();
        let now = booking.promise.start + TimeDelta::minutes(*minutes);
        let known = (nth + 1 < MOMENTS.len()).then_some(booking);
        for (kind, meanings) in MEANINGS {
            let has = meanings.as_bytes()[nth] == b'y';
            assert_eq!(kind.has_meaning(known, now), has, "{kind:?} after «{told}», {minutes} minutes after its time");
        }
    }
}

#[test]
fn fld_13_nobody_is_reminded_within_six_hours_of_having_chosen_the_time() {
    // What was booked at this time for ten tomorrow is reminded of at ten today, or not at all.
    for (booked, too_soon) in [("03:59", false), ("04:00", false), ("04:01", true), ("09:55", true)] {
        let story = check(&format!("{OFFICE}\n {booked} A books certificates at 10:00 on 2026-11-25"));
        let mut office = office::Office::default();
        let mut reminded = 0;
        for event in &story.journal {
            office::apply(&mut office, event);
            for mail in office::mails(&office, event) {
                let is_reminder = mail.kind == MailKind::Reminder;
                reminded += usize::from(is_reminder);
                assert_eq!(mail.reminds_too_soon(event.at), is_reminder && too_soon, "{booked}: {mail:?}");
                // No other kind waits for anything, and a reminder that is owed at once is none.
                let at_once = Mail { later: None, ..mail };
                assert!(!at_once.reminds_too_soon(event.at) && !at_once.reminds_too_soon(DateTime::<Utc>::MAX_UTC));
            }
        }
        assert_eq!(reminded, 1, "{booked}");
    }
}
