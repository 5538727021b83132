//! What an office learns from its days (NEW-11): how long things take, who comes when, and nothing of anybody.

use office::{Event, EventKind, HouseEvent, Office, ServiceId, ToldWait, ToldWaits, VisitEvent, apply};

use crate::script::check;

const CERTIFICATES: ServiceId = ServiceId(1);

/// A day that is over, by one more event.
fn closed(office: &Office) -> Office {
    let mut office = office.clone();
    let date = office.day.as_ref().unwrap().date;
    let at = office.last_at.unwrap();
    apply(&mut office, &Event { at, kind: HouseEvent::DayClosed { date }.into() });
    office
}

#[test]
fn new_11_an_office_learns_how_long_serving_really_takes_and_how_the_booked_come() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 B books certificates at 11:00
        08:00 open 1
        09:00 W1 walks in for certificates
        09:05 next at 1
        09:06 W1 appears
        09:36 finish W1
        09:52 A checks in
        10:00 next at 1
        10:00:30 A appears
        10:10:30 finish A
        ",
    );
    let learnt = &story.office.learnt;
    let lengths: Vec<i32> = learnt.lengths[&CERTIFICATES].values().collect();
    assert_eq!(lengths, [1_500, 500], "30 minutes and 10 of 20, in thousandths");
    assert_eq!(learnt.way.values().collect::<Vec<_>>(), [60, 30]);
    assert_eq!(learnt.lateness.values().collect::<Vec<_>>(), [-480], "A came eight minutes early");
    assert_eq!(learnt.today.values().copied().collect::<Vec<_>>(), [1], "one came without a booking");
    assert_eq!(learnt.waited.of, 1_000, "A was here in time, and was called at once");
    assert_eq!(learnt.waited.are, 0);
    let evening = closed(&story.office).learnt;
    assert_eq!(evening.usual_walk_ins(story.date, 18), 1_000, "from nine to half past nine");
    assert!(evening.today.is_empty());
    let middle = |lengths: &[i32]| lengths[lengths.len() / 2];
    assert!(evening.lengths_of(CERTIFICATES).is_sorted());
    assert!((600..=1_100).contains(&middle(evening.lengths_of(CERTIFICATES))), "two values lean on what is usual");
    assert_ne!(evening.lengths_of(CERTIFICATES), office::Learnt::default().lengths_of(CERTIFICATES));
}

#[test]
fn new_11_what_cannot_be_true_or_was_not_served_in_one_piece_teaches_nothing() {
    let story = check(
        "
        service certificates 20m
        service stamps 10m
        desk 1 serves certificates stamps
        08:00 open 1
        08:10 W1 walks in for certificates
        08:10 next at 1
        08:10 W1 appears
        11:10 finish W1
        11:10 W2 walks in for certificates
        11:10 amend W2 1 persons 1 cases 40m
        11:10 next at 1
        11:10 W2 appears
        11:50 finish W2
        11:51 W3 walks in for certificates
        11:51 next at 1
        11:52 W3 appears
        12:00 transfer W3 to stamps
        12:00 next at 1
        12:00 W3 appears
        12:05 finish W3
        12:06 W4 comes to desk 1 for certificates
        12:30 finish W4
        ",
    );
    assert!(story.office.learnt.lengths.is_empty(), "{:?}", story.office.learnt.lengths);
}

#[test]
fn new_11_old_days_fade_and_the_newest_values_are_kept() {
    let mut story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:10 W1 walks in for certificates
        08:10 next at 1
        08:10 W1 appears
        08:30 finish W1
        ",
    );
    let served: Vec<Event> = story.journal.iter().filter(|event| event.at >= story.at("08:10")).cloned().collect();
    for _ in 0..300 {
        for event in &served {
            apply(&mut story.office, event);
        }
    }
    assert_eq!(story.office.learnt.lengths[&CERTIFICATES].len(), 160);
    let mut office = closed(&story.office);
    let known = office.learnt.usual_walk_ins(story.date, 16);
    let later = story.date + chrono::Days::new(7 * 20);
    let at = office.last_at.unwrap() + chrono::TimeDelta::days(140);
    for kind in [HouseEvent::DayOpened { date: later }, HouseEvent::DayClosed { date: later }] {
        apply(&mut office, &Event { at, kind: kind.into() });
    }
    assert!(office.learnt.lengths.is_empty(), "nothing is known of the last four months");
    assert_eq!(office.learnt.usual_walk_ins(later, 16), known * 3 / 4, "nobody came on the same weekday");
}

#[test]
fn new_11_an_early_call_that_nobody_answers_costs_nothing_and_is_not_repeated_before_the_time() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 open 1
        09:30 A checks in
        09:31 next at 1 -> A to 1: early for 10:00
        09:33 A does not appear -> A put back; A says: early no
        09:34 next at 1 -> nobody: A is not called before 10:00
        09:35 A says early yes -> A says: early yes
        09:36 next at 1 -> A to 1: early for 10:00
        09:36 put back A
        09:37 A says early no -> A says: early no
        09:59 next at 1 -> nobody: A is not called before 10:00
        10:00 next at 1 -> A to 1: booked for 10:00, here since 09:30
        ",
    );
    let recalls = story.journal.iter().filter(|event| {
        matches!(event.kind, office::EventKind::Visit(VisitEvent::NoShow { .. } | VisitEvent::Recalled { .. }))
    });
    assert_eq!(recalls.count(), 0);
}

#[test]
fn new_12_what_was_told_of_a_wait_is_held_against_the_wait() {
    let story = check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 open 1
        08:10 W1 walks in for certificates
        08:30 next at 1 -> W1 to 1: walk-in, in turn
        ",
    );
    // The same day, had the ticket said this of the wait.
    let told = |from: u16, to: u16| {
        let mut office = Office::default();
        for event in &story.journal {
            let mut event = event.clone();
            if let EventKind::Visit(VisitEvent::TicketTaken(visit)) = &mut event.kind {
                visit.told_wait = Some(ToldWait { from, to });
            }
            apply(&mut office, &event);
        }
        office.learnt.told
    };
    let one = ToldWaits { told: 1_000, held: 1_000, off_minutes: 0, wide_minutes: 10_000 };
    assert_eq!(told(15, 25), one, "twenty minutes");
    assert_eq!(told(20, 20), ToldWaits { wide_minutes: 0, ..one }, "both ends belong to it");
    assert_eq!(told(0, 10), ToldWaits { held: 0, off_minutes: 15_000, ..one }, "a quarter of an hour off its middle");
    assert_eq!(story.office.learnt.told, ToldWaits::default(), "nothing was told");
    assert_eq!(one.of_a_hundred(), None, "one is too few");
    let many = ToldWaits { told: 100_000, held: 81_000, off_minutes: 520_000, wide_minutes: 1_570_000 };
    assert_eq!(many.of_a_hundred(), Some((81, 5, 16)));
}
