//! Conferences, as stories of their days, and laws over whatever several coordinators do.

use std::collections::BTreeMap;

use body::{
    AccountId, AnnouncedWindows, AnswerGiven, Conference, ConferenceArrival, ConferenceCommand, ConferenceContext,
    ConferenceDoor, ConferenceEvent, ConferenceId, ConferencePhase, ConferenceRules, ConferenceSpan, ConferenceStep,
    Doer, Grant, GrantScope, MaintenanceId, MaintenanceWindow, OccupiedSpan, ParticipantId, Role, SeriesFlaw,
    SeriesPace, SeriesWish, UnitId, UpkeepCommand, UpkeepContext, WordsId,
    conference::{self, days, holiday, span_on, upkeep},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Athens;
use office::{Words, calendar::instant_from};
use proptest::prelude::*;
use uuid::Uuid;

use crate::town::municipality;

/// The coordinator of the organisation, two of units, an administrator, and somebody who is nothing.
const PEOPLE: [(&str, u32); 5] = [("org", 1), ("cleaning", 2), ("works", 3), ("admin", 4), ("maria", 5)];

fn grants(account: u32) -> Vec<Grant> {
    let of = |role, scope| vec![Grant::new(role, scope).unwrap()];
    match account {
        1 => of(Role::CoordinatorOfOrganisation, GrantScope::Body),
        2 => of(Role::CoordinatorOfUnit, GrantScope::Unit(UnitId(1))),
        3 => of(Role::CoordinatorOfUnit, GrantScope::Unit(UnitId(2))),
        4 => of(Role::Administrator, GrantScope::Body),
        _ => Vec::new(),
    }
}

fn rules() -> ConferenceRules {
    municipality().conferences.unwrap()
}

/// Everything that is planned.
#[derive(Default)]
struct Hall {
    conferences: BTreeMap<ConferenceId, Conference>,
    journal: Vec<(ConferenceId, ConferenceEvent)>,
    announced: AnnouncedWindows,
}

impl Hall {
    fn ask(
        &mut self,
        about: ConferenceId,
        by: Doer,
        now: DateTime<Utc>,
        command: &ConferenceCommand,
    ) -> Result<Vec<ConferenceEvent>, String> {
        let (rules, grants) = (rules(), by.account().map(|by| grants(by.0)).unwrap_or_default());
        let others: Vec<OccupiedSpan> = self.conferences.values().filter_map(OccupiedSpan::of).collect();
        let announced = &self.announced;
        let context =
            ConferenceContext { by, now, grants: &grants, rules: &rules, announced, zone: Athens, others: &others };
        let before = self.conferences.get(&about);
        let events = conference::decide(before, command, &context).map_err(|refusal| refusal.to_string())?;
        let after = events.iter().fold(before.cloned(), conference::apply);
        if let Some(after) = after {
            self.conferences.insert(about, after);
        }
        self.journal.extend(events.iter().cloned().map(|event| (about, event)));
        Ok(events)
    }

    /// One line: `12-01 09:00 org plans 1 for all 12-02 10:00 60m 5 -> planned`.
    fn line(&mut self, line: &str) {
        let (said, follows) = line.split_once("->").unwrap();
        let words: Vec<&str> = said.split_whitespace().collect();
        let now = at(words[0], words[1]);
        let by = match words[2] {
            "link" => Doer::Link,
            "hub" => Doer::Hub,
            name => Doer::Account(AccountId(PEOPLE.iter().find(|(one, _)| *one == name).unwrap().1)),
        };
        let about = ConferenceId(words[4].parse().unwrap());
        if words[3] == "at" {
            let arrival = match words.get(5) {
                Some(number) => ConferenceArrival::Participant(ParticipantId(number.parse().unwrap())),
                None => ConferenceArrival::Coordinator,
            };
            assert_eq!(door(self.conferences[&about].door(arrival, now)), follows.trim(), "{line}");
            return;
        }
        let span = |day: &str, time: &str, length: &str| {
            let minutes: i64 = length.trim_end_matches('m').parse().unwrap();
            let from = at(day, time);
            ConferenceSpan { from, until: from + TimeDelta::minutes(minutes) }
        };
        let person = || ParticipantId(words[5].parse().unwrap());
        let command = match words[3] {
            "plans" => ConferenceCommand::Plan {
                conference: about,
                series: None,
                unit: match words[6] {
                    "all" => None,
                    unit => Some(UnitId(unit.parse().unwrap())),
                },
                words: WordsId(Uuid::from_u128(1)),
                span: span(words[7], words[8], words[9]),
                places: words[10].parse().unwrap(),
            },
            "moves" => ConferenceCommand::Change {
                words: None,
                span: span(words[5], words[6], words[7]),
                places: words[8].parse().unwrap(),
            },
            "rewords" => {
                let stands = &self.conferences[&about];
                let words = Some(WordsId(Uuid::from_u128(2)));
                ConferenceCommand::Change { words, span: stands.span, places: stands.places }
            }
            "cancels" => ConferenceCommand::Cancel,
            "invites" => ConferenceCommand::Invite,
            "removes" => ConferenceCommand::Remove { participant: person() },
            "renews" => ConferenceCommand::RenewLink { participant: person() },
            "confirms" => ConferenceCommand::Answer { participant: person(), answer: AnswerGiven::Confirmed },
            "declines" => ConferenceCommand::Answer { participant: person(), answer: AnswerGiven::Declined },
            "enters" => ConferenceCommand::Enter { participant: person() },
            "locks" => ConferenceCommand::Lock,
            "unlocks" => ConferenceCommand::Unlock,
            "ends" => ConferenceCommand::End,
            other => panic!("nobody can do that: {other}"),
        };
        let told = match self.ask(about, by, now, &command) {
            Ok(events) if events.is_empty() => "nothing new".to_owned(),
            Ok(events) => events.iter().map(|event| tell(&event.step)).collect::<Vec<_>>().join(", "),
            Err(refusal) => format!("refused: {refusal}"),
        };
        assert_eq!(told, follows.trim(), "{line}");
    }
}

fn at(day: &str, time: &str) -> DateTime<Utc> {
    let local: NaiveDateTime = format!("2026-{day}T{time}:00").parse().unwrap();
    instant_from(Athens, local)
}

fn door(door: ConferenceDoor) -> String {
    let local = |at: DateTime<Utc>| at.with_timezone(&Athens).format("%H:%M").to_string();
    match door {
        ConferenceDoor::Waits { opens } => format!("waits until {}", local(opens)),
        ConferenceDoor::Open { closes } => format!("open until {}", local(closes)),
        ConferenceDoor::Locked => "locked".into(),
        ConferenceDoor::Removed => "removed".into(),
        ConferenceDoor::Cancelled => "cancelled".into(),
        ConferenceDoor::Over => "over".into(),
    }
}

fn tell(step: &ConferenceStep) -> String {
    match step {
        ConferenceStep::ConferencePlanned { .. } => "planned".into(),
        ConferenceStep::ConferenceMoved { .. } => "moved".into(),
        ConferenceStep::ConferenceReworded { .. } => "reworded".into(),
        ConferenceStep::ConferenceCancelled => "cancelled".into(),
        ConferenceStep::ParticipantInvited { participant } => format!("invited {participant}"),
        ConferenceStep::ParticipantRemoved { participant } => format!("removed {participant}"),
        ConferenceStep::LinkRenewed { participant, link } => format!("link {link} of {participant}"),
        ConferenceStep::ParticipantAnswered { participant, answer } => {
            format!("{participant} {answer:?}").to_lowercase()
        }
        ConferenceStep::ParticipantCame { participant } => format!("{participant} came"),
        ConferenceStep::ConferenceLocked => "locked".into(),
        ConferenceStep::ConferenceUnlocked => "unlocked".into(),
        ConferenceStep::ConferenceEnded => "ended".into(),
    }
}

fn check(lines: &str) -> Hall {
    let mut hall = Hall::default();
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| hall.line(line));
    // The journal, written and read again, tells it all.
    let mut retold: BTreeMap<ConferenceId, Conference> = BTreeMap::new();
    for (about, event) in &hall.journal {
        let event = serde_json::from_str(&serde_json::to_string(event).unwrap()).unwrap();
        let told = conference::apply(retold.remove(about), &event).unwrap();
        retold.insert(*about, told);
    }
    assert_eq!(retold, hall.conferences);
    hall
}

#[test]
fn pre_08_a_conference_opens_at_its_time_and_not_before() {
    check(
        "
        12-01 09:00 org plans 1 for all 12-02 10:00 60m 5 -> planned
        12-01 09:01 org invites 1 -> invited 1
        12-01 09:02 org invites 1 -> invited 2
        12-01 09:03 link confirms 1 1 -> 1 confirmed
        12-01 09:03 link confirms 1 1 -> nothing new
        12-01 09:04 link declines 1 2 -> 2 declined
        12-02 09:49 org at 1 -> waits until 09:50
        12-02 09:50 org at 1 -> open until 11:30
        12-02 09:50 link at 1 1 -> waits until 10:00
        12-02 09:59 link enters 1 1 -> refused: it has not begun
        12-02 10:00 link at 1 1 -> open until 11:30
        12-02 10:00 link enters 1 1 -> 1 came
        12-02 10:01 link enters 1 1 -> nothing new
        12-02 10:02 org locks 1 -> locked
        12-02 10:02 org locks 1 -> nothing new
        12-02 10:03 link at 1 2 -> locked
        12-02 10:03 link enters 1 2 -> refused: it is locked
        12-02 10:03 link at 1 1 -> open until 11:30
        12-02 10:04 org unlocks 1 -> unlocked
        12-02 10:05 org removes 1 1 -> removed 1
        12-02 10:05 org removes 1 1 -> nothing new
        12-02 10:06 link at 1 1 -> removed
        12-02 10:06 link enters 1 1 -> refused: there is no such participant
        12-02 10:06 link confirms 1 1 -> refused: there is no such participant
        12-02 10:06 link at 1 9 -> removed
        12-02 10:07 link enters 1 2 -> 2 came
        12-02 11:00 link confirms 1 2 -> refused: it is over
        12-02 11:29 link at 1 2 -> open until 11:30
        12-02 11:30 link at 1 2 -> over
        12-02 11:30 org at 1 -> over
        ",
    );
}

#[test]
fn pre_06_pre_07_a_unit_s_coordinator_manages_their_own_and_the_organisation_s_all() {
    let hall = check(
        "
        12-01 09:00 cleaning plans 3 for all 12-03 10:00 60m 5 -> planned
        12-01 09:00 cleaning invites 3 -> invited 1
        12-01 09:00 works invites 3 -> refused: it is another coordinator's
        12-01 09:00 works plans 4 for all 12-04 10:00 60m 5 -> planned
        12-01 09:00 cleaning cancels 4 -> refused: it is another coordinator's
        12-01 09:00 org moves 4 12-04 11:00 60m 5 -> moved
        12-01 09:00 cleaning plans 1 for 2 12-02 10:00 60m 5 -> refused: they plan no conferences for it
        12-01 09:00 admin plans 1 for all 12-02 10:00 60m 5 -> refused: they plan no conferences for it
        12-01 09:00 maria plans 1 for 1 12-02 10:00 60m 5 -> refused: they plan no conferences for it
        12-01 09:00 cleaning plans 1 for 1 12-02 10:00 60m 5 -> planned
        12-01 09:01 works invites 1 -> refused: it is another coordinator's
        12-01 09:01 works cancels 1 -> refused: it is another coordinator's
        12-01 09:01 works locks 1 -> refused: it is another coordinator's
        12-01 09:01 works moves 1 12-03 10:00 60m 5 -> refused: it is another coordinator's
        12-01 09:01 maria cancels 1 -> refused: it is another coordinator's
        12-01 09:01 admin cancels 1 -> refused: it is another coordinator's
        12-01 09:02 cleaning invites 1 -> invited 1
        12-01 09:03 org invites 1 -> invited 2
        12-01 09:03 org renews 1 2 -> link 1 of 2
        12-01 09:04 org moves 1 12-02 11:00 45m 6 -> moved
        12-01 09:05 org rewords 1 -> reworded
        12-01 09:06 org plans 2 for all 12-02 10:00 60m 6 -> planned
        12-01 09:07 cleaning cancels 2 -> refused: it is another coordinator's
        12-01 09:08 org cancels 1 -> cancelled
        12-01 09:08 org cancels 1 -> nothing new
        12-01 09:09 cleaning invites 1 -> refused: it was cancelled
        12-01 09:09 link confirms 1 1 -> refused: it was cancelled
        12-01 09:09 link at 1 1 -> cancelled
        12-02 10:05 org ends 2 -> ended
        12-02 10:05 org ends 2 -> nothing new
        12-02 10:06 org at 2 -> over
        12-02 10:06 org cancels 2 -> refused: it is over
        ",
    );
    // One of the organisation is its planner's and the organisation's, whatever unit somebody else coordinates.
    let planned = &hall.conferences[&ConferenceId(3)];
    let admits = |account: u32| planned.admits_coordinator(AccountId(account), &grants(account));
    assert_eq!([1, 2, 3, 4, 5].map(admits), [true, true, false, false, false]);
    // Who coordinates nothing any more manages nothing any more.
    assert!(!planned.is_managed_by(AccountId(2), &[]));
}

#[test]
fn pre_06_times_places_and_windows_have_their_bounds() {
    check(
        "
        12-01 09:00 org plans 1 for all 12-02 10:00 14m 5 -> refused: it is too short
        12-01 09:00 org plans 1 for all 12-02 10:00 1441m 5 -> refused: it is too long
        12-01 09:00 org plans 1 for all 12-02 10:00 -5m 5 -> refused: it is too long
        12-01 09:00 org plans 1 for all 12-01 08:44 60m 5 -> refused: it would have begun already
        12-01 09:00 org plans 1 for all 12-02 10:00 60m 1 -> refused: from 2 to 8 people take part
        12-01 09:00 org plans 1 for all 12-02 10:00 60m 9 -> refused: from 2 to 8 people take part
        12-01 09:00 org plans 1 for all 12-24 19:30 31m 5 -> refused: nobody confers from 2026-12-24 20:00:00 to 2026-12-25 06:00:00
        12-01 09:00 org plans 1 for all 12-24 19:30 30m 2 -> planned
        12-01 09:00 org plans 2 for all 12-01 08:45 1440m 2 -> planned
        12-01 09:01 org moves 2 12-01 08:50 60m 2 -> refused: it has begun
        12-01 09:01 org moves 2 12-01 08:45 15m 2 -> refused: it would have begun already
        12-01 09:02 org moves 2 12-01 08:45 60m 3 -> moved
        12-01 09:02 org invites 2 -> invited 1
        12-01 09:02 org invites 2 -> invited 2
        12-01 09:02 org invites 2 -> invited 3
        12-01 09:02 org invites 2 -> refused: there are 3 places
        12-01 09:03 org moves 2 12-01 08:45 60m 2 -> refused: there are 2 places
        12-01 09:04 org removes 2 1 -> removed 1
        12-01 09:05 org invites 2 -> invited 4
        12-01 09:45 org invites 2 -> refused: it is over
        12-01 09:46 org moves 2 12-01 08:45 90m 3 -> refused: it is over
        ",
    );
}

/// An administrator asks about maintenance, while so many conferences lie in it.
fn upkeep(hall: &mut Hall, (now, by, touched): (DateTime<Utc>, u32, u32), command: &UpkeepCommand) -> String {
    let grants = grants(by);
    let context = UpkeepContext { by: Doer::Account(AccountId(by)), now, grants: &grants, zone: Athens, touched };
    match upkeep::decide(&hall.announced, command, &context) {
        Ok(events) if events.is_empty() => "nothing new".to_owned(),
        Ok(events) => {
            events.iter().for_each(|event| upkeep::apply(&mut hall.announced, event));
            "done".to_owned()
        }
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn pre_06_an_administrator_announces_maintenance_and_nothing_is_planned_in_it_until_it_is_ended() {
    let mut hall = Hall::default();
    let local = |day: &str, time: &str| format!("2026-{day}T{time}:00").parse::<NaiveDateTime>().unwrap();
    let window = |from: &str, to: &str| MaintenanceWindow {
        from: local("12-10", from),
        to: local("12-10", to),
        because: Words::new("Αναβάθμιση", "Upgrade"),
    };
    let announce = |window: MaintenanceWindow, is_sure: bool| UpkeepCommand::Announce { window, is_sure };
    let (now, admin) = (at("12-01", "09:00"), 4);
    let noon = window("12:00", "14:00");
    for other in [1, 2, 5] {
        let refused = upkeep(&mut hall, (now, other, 0), &announce(noon.clone(), true));
        assert_eq!(refused, "only an administrator of the body announces maintenance");
    }
    let without = MaintenanceWindow { because: Words::new("Αναβάθμιση", " "), ..noon.clone() };
    let long = MaintenanceWindow { because: Words::new("α".repeat(301), "Upgrade"), ..noon.clone() };
    let month = MaintenanceWindow { to: local("12-31", "14:00"), from: local("11-20", "14:00"), ..noon.clone() };
    for (wrong, said) in [
        (without, "a reason in both languages is needed"),
        (long, "the reason is too long"),
        (window("14:00", "14:00"), "it ends before it begins"),
        (month, "it takes longer than 31 days"),
    ] {
        assert_eq!(upkeep(&mut hall, (now, admin, 0), &announce(wrong, true)), said);
    }
    let past = upkeep(&mut hall, (at("12-10", "14:00"), admin, 0), &announce(noon.clone(), true));
    assert_eq!(past, "it would be over already");
    assert_eq!(upkeep(&mut hall, (now, admin, 2), &announce(noon.clone(), false)), "2 conferences are planned then");
    assert_eq!(upkeep(&mut hall, (now, admin, 2), &announce(noon.clone(), true)), "done");
    assert_eq!(upkeep(&mut hall, (now, admin, 2), &announce(noon, true)), "nothing new");
    for line in [
        "12-01 09:00 org plans 1 for all 12-10 11:00 61m 5 -> refused: nobody confers from 2026-12-10 12:00:00 to 2026-12-10 14:00:00",
        "12-01 09:00 org plans 1 for all 12-10 11:00 60m 5 -> planned",
        "12-01 09:01 org moves 1 12-10 13:59 60m 5 -> refused: nobody confers from 2026-12-10 12:00:00 to 2026-12-10 14:00:00",
    ] {
        hall.line(line);
    }
    let end = |number: u32| UpkeepCommand::End { maintenance: MaintenanceId(number) };
    assert_eq!(upkeep(&mut hall, (now, admin, 0), &end(2)), "there is no such window");
    assert_eq!(upkeep(&mut hall, (now, 1, 0), &end(1)), "only an administrator of the body announces maintenance");
    assert_eq!(upkeep(&mut hall, (now, admin, 0), &end(1)), "done");
    assert_eq!(upkeep(&mut hall, (now, admin, 0), &end(1)), "nothing new");
    hall.line("12-01 09:02 org moves 1 12-10 13:00 60m 5 -> moved");
    assert_eq!(hall.announced.iter().count(), 0);
}

#[test]
fn pre_06_capacity_is_never_oversold_and_what_is_given_up_can_be_had() {
    check(
        "
        12-01 09:00 org plans 1 for all 12-02 10:00 60m 5 -> planned
        12-01 09:00 org plans 2 for all 12-02 10:30 60m 8 -> refused: 7 places are left at 2026-12-02 08:20:00 UTC
        12-01 09:00 org plans 2 for all 12-02 10:30 60m 7 -> planned
        12-01 09:00 org plans 3 for all 12-02 11:00 60m 2 -> refused: as many conferences as can be are held at 2026-12-02 08:50:00 UTC
        12-01 09:00 org plans 3 for all 12-02 11:40 60m 2 -> planned
        12-01 09:01 org cancels 1 -> cancelled
        12-01 09:02 org moves 3 12-02 10:30 60m 5 -> moved
        12-01 09:03 org moves 3 12-02 10:30 60m 6 -> refused: 5 places are left at 2026-12-02 08:20:00 UTC
        ",
    );
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn pre_06_a_series_is_all_or_none_and_says_which_months_have_no_such_day() {
    let wish = |pace, times| SeriesWish { pace, times };
    assert_eq!(
        days(day("2026-10-19"), wish(SeriesPace::Weekly, 3)).unwrap(),
        [day("2026-10-19"), day("2026-10-26"), day("2026-11-02")]
    );
    assert_eq!(
        days(day("2026-11-30"), wish(SeriesPace::Monthly, 3)).unwrap(),
        [day("2026-11-30"), day("2026-12-30"), day("2027-01-30")]
    );
    let missing = days(day("2026-12-31"), wish(SeriesPace::Monthly, 5));
    assert_eq!(missing, Err(SeriesFlaw::NoSuchDay { months: vec![day("2027-02-01"), day("2027-04-01")] }));
    for times in [0, 11, 255] {
        assert_eq!(days(day("2026-10-19"), wish(SeriesPace::Weekly, times)), Err(SeriesFlaw::Times));
    }
    assert_eq!(days(day("2026-12-31"), wish(SeriesPace::Monthly, 1)).unwrap(), [day("2026-12-31")]);
}

#[test]
fn pre_06_between_summer_and_winter_the_hour_on_the_wall_stays() {
    let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let spans: Vec<ConferenceSpan> = days(day("2026-10-19"), SeriesWish { pace: SeriesPace::Weekly, times: 2 })
        .unwrap()
        .into_iter()
        .map(|day| span_on(Athens, day, ten, 90))
        .collect();
    // The clocks go back on 25 October 2026.
    assert_eq!(spans[0].from.to_string(), "2026-10-19 07:00:00 UTC");
    assert_eq!(spans[1].from.to_string(), "2026-10-26 08:00:00 UTC");
    assert!(spans.iter().all(|span| span.until - span.from == TimeDelta::minutes(90)));
    // Over the hour that comes twice it still takes as long.
    let night = span_on(Athens, day("2026-10-25"), NaiveTime::from_hms_opt(2, 30, 0).unwrap(), 120);
    assert_eq!(night.until - night.from, TimeDelta::minutes(120));
}

#[test]
fn pre_06_holidays_have_their_names() {
    let calendar = municipality().calendar;
    assert_eq!(holiday(&calendar, day("2026-12-25")).unwrap().el, "Χριστούγεννα");
    assert!(holiday(&calendar, day("2026-12-28")).is_none());
    assert!(holiday(&office::Calendar::default(), day("2026-12-25")).is_none());
}

/// What somebody does: who, what, about which conference, and numbers.
type Throw = (u8, u8, u8, u8, u8);

fn command(about: ConferenceId, now: DateTime<Utc>, throw: Throw) -> ConferenceCommand {
    let (_, what, _, a, b) = throw;
    let from = now + TimeDelta::minutes(i64::from(a) * 5 - 30);
    let span = ConferenceSpan { from, until: from + TimeDelta::minutes(i64::from(b % 20) * 10) };
    let (places, participant) = (u16::from(b % 10), ParticipantId(u16::from(a % 4)));
    let words = WordsId(Uuid::from_u128(b.into()));
    match what {
        0..=5 => {
            let unit = [None, Some(UnitId(1)), Some(UnitId(2))][usize::from(b % 3)];
            ConferenceCommand::Plan { conference: about, series: None, unit, words, span, places }
        }
        6..=8 => ConferenceCommand::Change { words: (a % 2 == 0).then_some(words), span, places },
        9 => ConferenceCommand::Cancel,
        10..=12 => ConferenceCommand::Invite,
        13 => ConferenceCommand::Remove { participant },
        14 => ConferenceCommand::RenewLink { participant },
        15 | 16 => ConferenceCommand::Answer { participant, answer: AnswerGiven::Confirmed },
        17 => ConferenceCommand::Enter { participant },
        18 => ConferenceCommand::Lock,
        19 => ConferenceCommand::Unlock,
        _ => ConferenceCommand::End,
    }
}

/// At no moment are there more rooms or people than the configuration gives.
fn never_oversold(hall: &Hall) {
    let spans: Vec<OccupiedSpan> = hall.conferences.values().filter_map(OccupiedSpan::of).collect();
    let rules = rules();
    for moment in spans.iter().map(|span| span.from) {
        let there = spans.iter().filter(|span| span.from <= moment && moment < span.until);
        let (rooms, people) = there.fold((0, 0), |(rooms, people), span| (rooms + 1, people + u32::from(span.places)));
        assert!(rooms <= u32::from(rules.rooms) && people <= rules.participants, "{rooms} rooms, {people} people");
    }
}

/// So many kinds of commands there are.
const COMMANDS: usize = 11;

/// A new kind does not compile until it has a number, and then stands in the list of those that are tried.
const fn kind_of(command: &ConferenceCommand) -> usize {
    match command {
        ConferenceCommand::Plan { .. } => 0,
        ConferenceCommand::Change { .. } => 1,
        ConferenceCommand::Cancel => 2,
        ConferenceCommand::Invite => 3,
        ConferenceCommand::Remove { .. } => 4,
        ConferenceCommand::RenewLink { .. } => 5,
        ConferenceCommand::Answer { .. } => 6,
        ConferenceCommand::Enter { .. } => 7,
        ConferenceCommand::Lock => 8,
        ConferenceCommand::Unlock => 9,
        ConferenceCommand::End => COMMANDS - 1,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn pre_06_whatever_coordinators_do_nothing_is_oversold(
        throws in prop::collection::vec((0_u8..5, 0_u8..21, 0_u8..12, any::<u8>(), any::<u8>()), 1..80),
    ) {
        let mut hall = Hall::default();
        let mut now = at("12-01", "09:00");
        for throw in throws {
            now += TimeDelta::minutes(i64::from(throw.3 % 16));
            let about = ConferenceId(throw.2.into());
            let command = command(about, now, throw);
            let by = match &command {
                ConferenceCommand::Answer { .. } | ConferenceCommand::Enter { .. } => Doer::Link,
                _ => Doer::Account(AccountId(u32::from(throw.0) + 1)),
            };
            let before = hall.conferences.get(&about).cloned();
            let is_refused = hall.ask(about, by, now, &command).is_err();
            never_oversold(&hall);
            let after = hall.conferences.get(&about);
            if is_refused {
                prop_assert_eq!(before.as_ref(), after);
            } else if !matches!(command, ConferenceCommand::Invite | ConferenceCommand::RenewLink { .. } | ConferenceCommand::Change { .. }) {
                let again = hall.ask(about, by, now, &command);
                prop_assert_eq!(again, Ok(Vec::new()), "the same again");
            }
            if let (Some(before), Some(after)) = (before, hall.conferences.get(&about)) {
                prop_assert!(after.last_at >= before.last_at && after.sequence >= before.sequence);
                prop_assert_eq!((before.id, before.coordinator, before.unit), (after.id, after.coordinator, after.unit));
                prop_assert!(after.invited() <= usize::from(after.places));
                if before.phase != ConferencePhase::Planned {
                    prop_assert_eq!(before.phase, after.phase);
                }
                for (id, was) in &before.participants {
                    let is = after.participants[id];
                    prop_assert!(is.link >= was.link && (is.is_removed || !was.is_removed) && (is.has_come || !was.has_come));
                }
            }
        }
    }

    #[test]
    fn prom_10_conferences_at_every_edge_are_decided(
        seconds in prop_oneof![any::<i64>(), 1_790_000_000_i64..1_800_000_000],
        from in any::<i64>(),
        until in any::<i64>(),
        places in any::<u16>(),
        number in any::<u16>(),
    ) {
        let instant = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let edges = [instant(seconds), instant(from), instant(until), DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];
        let words = WordsId(Uuid::nil());
        let id = ConferenceId(u64::MAX);
        // One as an older hub may have written it, at whatever time.
        for (nth, edge) in edges.into_iter().enumerate() {
            let span = ConferenceSpan { from: edge, until: edges[(nth + 1) % edges.len()] };
            let planned = ConferenceStep::ConferencePlanned {
                conference: id, series: None, unit: None, coordinator: AccountId(1), words, span, places,
            };
            let event = ConferenceEvent { at: edge, by: Doer::Account(AccountId(1)), step: planned };
            let old = conference::apply(None, &event).unwrap();
            let (rules, own, announced) = (rules(), grants(1), &AnnouncedWindows::default());
            let others = [OccupiedSpan::new(ConferenceId(1), span, places)];
            for now in edges {
                let by = Doer::Account(AccountId(1));
                let context =
                    ConferenceContext { by, now, grants: &own, rules: &rules, announced, zone: Athens, others: &others };
                let participant = ParticipantId(number);
                let commands = [
                    ConferenceCommand::Plan { conference: id, series: None, unit: None, words, span, places },
                    ConferenceCommand::Change { words: Some(words), span, places },
                    ConferenceCommand::Cancel,
                    ConferenceCommand::Invite,
                    ConferenceCommand::Remove { participant },
                    ConferenceCommand::RenewLink { participant },
                    ConferenceCommand::Answer { participant, answer: AnswerGiven::Declined },
                    ConferenceCommand::Enter { participant },
                    ConferenceCommand::Lock,
                    ConferenceCommand::Unlock,
                    ConferenceCommand::End,
                ];
                assert_eq!(commands.iter().map(kind_of).collect::<std::collections::BTreeSet<_>>().len(), COMMANDS);
                for command in commands {
                    for state in [None, Some(&old)] {
                        if let Ok(events) = conference::decide(state, &command, &context) {
                            let _ = events.iter().fold(state.cloned(), conference::apply);
                        }
                    }
                }
                let _ = (old.door(ConferenceArrival::Coordinator, now), old.turns_at(now));
            }
        }
    }
}
