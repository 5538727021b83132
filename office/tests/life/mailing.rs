//! TRN-02: every creation and every change of a booking sends a mail; the table of which.

use office::MailKind;

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
