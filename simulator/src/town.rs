//! Random offices: services, desks, hours and rules, from the plain to the odd.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, Weekday};
use chrono_tz::Europe::Athens;
use office::{
    Assurance, BookingNeed, Calendar, Channel, Clerk, ClerkId, Closure, Desk, DeskId, EarlyClose, Group, Hours,
    HoursChange, Level, OfficeConfig, OrderMode, Release, Rule, Rules, RulesPhase, Service, ServiceId, Shift,
    WeeklySpan, Words,
};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

const ALL_WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// What a day of the simulator is about.
#[derive(Debug, Clone)]
pub struct Town {
    /// The office.
    pub config: OfficeConfig,
    /// The local day that is played.
    pub date: NaiveDate,
    /// Serving begins and ends, local.
    pub hours: (NaiveTime, NaiveTime),
}

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

fn weekly(from: NaiveTime, to: NaiveTime) -> WeeklySpan {
    WeeklySpan { days: ALL_WEEK.to_vec(), from, to }
}

/// A word of no meaning, in both languages.
#[must_use]
pub fn text() -> Words {
    Words::new("Δοκιμή", "Trial")
}

/// Draws an office and a day. One day in ten is one on which the clocks change, and the office works that night.
pub fn draw(dice: &mut ChaCha8Rng) -> Town {
    let night = dice.random_bool(0.1);
    let date = if night {
        let (month, day) = if dice.random_bool(0.5) { (3, 29) } else { (10, 25) };
        NaiveDate::from_ymd_opt(2026, month, day)
    } else {
        NaiveDate::from_ymd_opt(2026, dice.random_range(1..=12), dice.random_range(2..=28))
    };
    let hours = if night { (clock(1, 0), clock(6, 0)) } else { (clock(8, 0), clock(dice.random_range(11..=14), 0)) };
    let services: BTreeMap<ServiceId, Service> =
        (1..=dice.random_range(1..=4)).map(|id| (ServiceId(id), service(dice, id))).collect();
    let clerks: BTreeMap<ClerkId, Clerk> = (1..=5).map(|id| (ClerkId(id), clerk(dice, hours))).collect();
    let mut desks: BTreeMap<DeskId, Desk> =
        (1..=dice.random_range(1..=4)).map(|id| (DeskId(id), desk(dice, id, &services, hours))).collect();
    // Somebody serves everything, so that every service has its desk.
    if let Some(desk) = desks.get_mut(&DeskId(1)) {
        desk.services = services.keys().copied().collect();
    }
    let date = date.unwrap_or_default();
    let mut config = OfficeConfig {
        key: "town".into(),
        number: 1,
        name: text(),
        address: text(),
        contact_email: "help@example.org".into(),
        contact_phone: "2100000000".into(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: text(),
        desk_word: text(),
        zone: Athens,
        groups: vec![
            Group { key: "a".into(), letter: 'A', name: text() },
            Group { key: "b".into(), letter: 'B', name: text() },
        ],
        services,
        desks,
        clerks,
        hours: Hours { serving: vec![weekly(hours.0, hours.1)], ..Hours::default() },
        calendar: Calendar { greek_public_sector: false, ..Calendar::default() },
        rules: rules(dice, date),
    };
    if !night && dice.random_bool(0.3) {
        config.hours.tickets =
            vec![weekly(clock(7, 45), clock(hours.1.format("%H").to_string().parse().unwrap_or(12) - 1, 30))];
    }
    Town { config, date, hours }
}

/// A change such as administrators make while the office runs (TRN-11).
pub fn change(dice: &mut ChaCha8Rng, config: &OfficeConfig, date: NaiveDate) -> OfficeConfig {
    let mut changed = config.clone();
    match dice.random_range(0..9) {
        8 => {
            let desk = dice.random_bool(0.5).then(|| DeskId(dice.random_range(1..=4)));
            let desk = desk.filter(|desk| config.desks.contains_key(desk));
            let spans = vec![weekly(clock(dice.random_range(7..10), 0), clock(dice.random_range(11..15), 30))];
            let last = dice.random_bool(0.5).then_some(date);
            changed.calendar.hours_changes.push(HoursChange { first: date, last, desk, spans, because: text() });
        }
        0 => changed.rules = rules(dice, date),
        1 => {
            let from = date.and_time(clock(dice.random_range(8..12), 0));
            let to = from + chrono::TimeDelta::minutes(dice.random_range(10..90));
            let desk = dice.random_bool(0.7).then(|| DeskId(dice.random_range(1..=4)));
            let desk = desk.filter(|desk| config.desks.contains_key(desk));
            changed.calendar.closures.push(Closure { from, to, desk, because: text(), by_staff: false });
        }
        2 => {
            let at = clock(dice.random_range(10..13), 30);
            changed.calendar.early_closes.push(EarlyClose { date, at, because: text() });
        }
        3 => {
            let id = ServiceId(dice.random_range(1..=4));
            changed.services.remove(&id);
            for desk in changed.desks.values_mut() {
                desk.services.retain(|service| *service != id);
            }
        }
        4 => {
            changed.desks.remove(&DeskId(dice.random_range(1..=4)));
        }
        5 => {
            // A mistake: a desk serves what the office does not have.
            if let Some(desk) = changed.desks.values_mut().next() {
                desk.services.push(ServiceId(99));
            }
        }
        6 => {
            for service in changed.services.values_mut() {
                service.planned_minutes = dice.random_range(5..=30);
            }
        }
        _ => {
            let all: Vec<ServiceId> = changed.services.keys().copied().collect();
            if let Some(desk) = changed.desks.values_mut().last() {
                desk.services = all.into_iter().filter(|_| dice.random_bool(0.7)).collect();
            }
        }
    }
    changed
}

fn service(dice: &mut ChaCha8Rng, id: u16) -> Service {
    let mut channels = BTreeSet::from([Channel::InPerson]);
    if dice.random_bool(0.4) {
        channels.insert(Channel::Telephone);
    }
    let booking = match dice.random_range(0..10) {
        0 => BookingNeed::NotOffered,
        1 | 2 => BookingNeed::Required,
        _ => BookingNeed::Preferred,
    };
    let staged = dice.random_bool(0.15);
    let releases = if staged { vec![(30, 60), (0, 40)] } else { Vec::new() };
    Service {
        key: format!("s{id}"),
        group: if id.is_multiple_of(2) { "b".into() } else { "a".into() },
        catalogue: None,
        name: text(),
        about: text(),
        planned_minutes: [8, 10, 12, 15, 20, 30][dice.random_range(0..6)],
        minutes_per_further_person: dice.random_range(0..=5),
        minutes_per_further_case: dice.random_range(0..=10),
        channels,
        booking,
        documents: Vec::new(),
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: [5, 10, 15][dice.random_range(0..3)],
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: [0, 0, 30, 120][dice.random_range(0..4)],
        horizon_days: dice.random_range(1..=30),
        releases: releases.into_iter().map(|(days_ahead, percent)| Release { days_ahead, percent }).collect(),
        change_until_minutes: [0, 0, 60][dice.random_range(0..3)],
        fields: Vec::new(),
        forms: Vec::new(),
    }
}

fn clerk(dice: &mut ChaCha8Rng, hours: (NaiveTime, NaiveTime)) -> Clerk {
    let end =
        if dice.random_bool(0.3) { hours.1 - chrono::TimeDelta::minutes(dice.random_range(0..90)) } else { hours.1 };
    Clerk { hours: vec![weekly(hours.0, end)], label: text() }
}

fn desk(
    dice: &mut ChaCha8Rng,
    id: u16,
    services: &BTreeMap<ServiceId, Service>,
    hours: (NaiveTime, NaiveTime),
) -> Desk {
    let shift = Shift {
        days: ALL_WEEK.to_vec(),
        from: hours.0,
        to: hours.1,
        first: None,
        last: None,
        public: dice.random_bool(0.8),
        clerk: dice.random_bool(0.5).then(|| ClerkId(u32::from(id))),
    };
    let mut serves: Vec<ServiceId> = services.keys().copied().filter(|_| dice.random_bool(0.6)).collect();
    if serves.is_empty() {
        serves.extend(services.keys().next());
    }
    Desk { services: serves, direction: None, shifts: vec![shift] }
}

fn rules(dice: &mut ChaCha8Rng, date: NaiveDate) -> Rules {
    let mut rules = Rules {
        grace_minutes: dice.random_range(0..=15),
        check_in_early_minutes: [0, 0, 0, 45][dice.random_range(0..4)],
        early_call_minutes: dice.random_range(0..=20),
        wait_max_minutes: [20, 45, 90][dice.random_range(0..3)],
        booked_delay_max_minutes: [0, 5, 10][dice.random_range(0..3)],
        priority_head_start_minutes: dice.random_range(0..=40),
        priority_in_a_row_max: dice.random_range(1..=3),
        overtaken_max: dice.random_range(1..=5),
        order: if dice.random_bool(0.7) { OrderMode::Futures } else { OrderMode::Sentence },
        shorter_may_pass: dice.random_bool(0.3),
        late_in_gaps: dice.random_bool(0.5),
        end_of_day_in_gaps: dice.random_bool(0.5),
        recalls_before_no_show: dice.random_range(0..=2),
        no_show_return_minutes: dice.random_range(1..=20),
        hold_minutes: dice.random_range(2..=6),
        hold_extensions_max: dice.random_range(0..=2),
        holds_per_address_max: dice.random_range(1..=3),
        bookings_per_address_max: dice.random_range(2..=6),
        waiting_max: [10, 25, 200][dice.random_range(0..3)],
        ..Rules::default()
    };
    rules.online.agent_bookings_per_day_max = dice.random_range(1..=4);
    rules.online.agents_share_percent = [0, 3, 10, 100][dice.random_range(0..4)];
    rules.online.agent_confirm_hours = dice.random_range(1..=3);
    for rule in [Rule::Late, Rule::NoShow, Rule::Void, Rule::Documents, Rule::WalkIn] {
        if dice.random_bool(0.6) {
            rules.phases.push(RulesPhase { rule, strict_from: date });
        }
    }
    rules
}
