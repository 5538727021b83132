//! The office set up, changed while it runs, and partly suspended.

use office::{ConfigProblem, OfficeConfig};

use crate::script::{check, plain_service, small_office};

#[test]
fn trn_11_a_change_while_the_office_runs_keeps_what_waits() {
    check(
        "
        service certificates 20m
        service passports 20m
        desk 1 serves certificates
        desk 2 serves passports
        08:00 A books certificates at 10:00
        08:00 open 1
        08:01 W1 walks in for certificates -> W1 is A001
        08:02 W2 walks in for passports -> W2 is B001
        08:03 service certificates 30m -> configured
        08:03 service certificates 30m -> nothing
        08:04 desk 1 serves certificates passports -> configured
        08:05 state W1 -> waits since 08:01, walk-in
        08:05 booking A -> confirmed at 10:00
        08:06 next at 1
        08:07 W1 appears
        08:08 next at 1 finish -> W1 done; W2 to 1: walk-in, in turn
        08:09 without service passports -> refused: service in use
        ",
    );
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        desk 2 serves certificates
        08:00 open 1
        08:01 without desk 1 -> refused: desk in use
        ",
    );
}

#[test]
fn fld_30_a_service_is_suspended_and_resumed_in_one_press() {
    check(
        "
        service certificates 20m
        service passports 20m
        desk 1 serves certificates passports
        08:00 open 1
        08:01 W1 walks in for certificates
        08:02 suspend service certificates -> service 1 suspended
        08:02 W2 walks in for certificates -> refused: suspended
        08:02 A books certificates at 10:00 -> refused: suspended
        08:03 W3 walks in for passports
        08:04 next at 1 -> W3 to 1: walk-in, in turn
        08:04 put back W3
        08:05 state W1 -> waits since 08:01, walk-in
        08:06 resume service certificates -> service 1 resumed
        08:06 resume service certificates -> refused: not suspended
        08:07 next at 1 -> W1 to 1: walk-in, in turn
        ",
    );
}

#[test]
fn fld_30_a_suspension_ends_by_itself_at_its_time() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 suspend tickets until 09:00 -> tickets suspended until 09:00
        08:01 W1 walks in for certificates -> refused: suspended until 09:00
        08:02 suspend tickets until 08:30 -> tickets suspended until 08:30
        08:03 suspend tickets until 08:00 -> refused: impossible times
        08:30 time passes -> tickets resumed
        08:30 W1 walks in for certificates -> W1 is A001
        08:31 suspend desk 1
        08:31 open 1 -> refused: suspended
        ",
    );
}

#[test]
fn fld_30_check_in_goes_on_while_tickets_are_suspended() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 A books certificates at 10:00
        08:00 suspend tickets
        09:50 A checks in -> A is P001, booked for 10:00
        ",
    );
}

#[test]
fn an_outage_lies_behind() {
    check(
        "
        service certificates 20m
        desk 1 serves certificates
        08:00 outage since 08:00 -> refused: impossible times
        ",
    );
}

/// An office with one service in one group, and nothing wrong with it.
fn sound() -> OfficeConfig {
    let mut config = small_office();
    config.groups.push(office::Group { key: "papers".into(), letter: 'A', name: office::Words::new("α", "a") });
    config.services.insert(office::ServiceId(1), plain_service("certificates", "papers", 20));
    let desk = office::Desk { services: vec![office::ServiceId(1)], direction: None, shifts: Vec::new() };
    config.desks.insert(office::DeskId(1), desk);
    config
}

#[test]
fn every_fault_of_a_configuration_names_its_key() {
    type Spoil = fn(&mut OfficeConfig);
    let cases: &[(Spoil, &str)] = &[
        (|c| c.key.clear(), "key: must not be empty"),
        (|c| c.name.en.clear(), "name: must not be empty"),
        (|c| c.groups.push(office::Group { letter: 'B', ..c.groups[0].clone() }), "groups: `papers` stands twice"),
        (|c| c.groups[0].letter = 'P', "groups.papers.letter: `P` is none of A B E Z H K M N T Y X"),
        (|c| c.groups[0].letter = 'O', "groups.papers.letter: `O` is none of A B E Z H K M N T Y X"),
        (
            |c| c.groups.push(office::Group { key: "other".into(), letter: 'A', name: office::Words::default() }),
            "groups.other.letter: the letter A stands for two groups",
        ),
        (|c| service(c).group = "nothing".into(), "services.1.group: there is no group `nothing`"),
        (|c| service(c).planned_minutes = 0, "services.1.planned_minutes: must be from 1 to 480"),
        (|c| service(c).planned_minutes = 481, "services.1.planned_minutes: must be from 1 to 480"),
        (|c| service(c).grid_minutes = 0, "services.1.grid_minutes: must be from 1 to 480"),
        (|c| service(c).horizon_days = 401, "services.1.horizon_days: must be from 0 to 400"),
        (|c| service(c).channels.clear(), "services.1.channels: needs a channel"),
        (
            |c| service(c).releases = vec![office::Release { days_ahead: 30, percent: 60 }],
            "services.1.releases: the shares add up to 60, not to 100",
        ),
        (
            |c| drop(c.services.insert(office::ServiceId(2), plain_service("certificates", "papers", 5))),
            "services: `certificates` stands twice",
        ),
        (|c| desk(c).services.push(office::ServiceId(9)), "desks.1.services: there is no service 9"),
        (|c| desk(c).services.push(office::ServiceId(1)), "desks.1.services: `certificates` stands twice"),
        (|c| desk(c).services.clear(), "desks.1.services: must not be empty"),
        (
            |c| {
                let span = &mut c.hours.serving[0];
                std::mem::swap(&mut span.from, &mut span.to);
            },
            "hours.serving.0: must begin before it ends",
        ),
        (|c| c.hours.serving[0].days.clear(), "hours.serving.0.days: must name a weekday"),
        (|c| c.rules.wait_max_minutes = 0, "rules.wait_max_minutes: must be from 1 to 1440"),
        (
            |c| {
                let name = office::Words::default();
                c.calendar.local_holidays.push(office::LocalHoliday { month: 2, day: 30, name });
            },
            "calendar.local_holidays.0: is no date of the calendar",
        ),
    ];
    sound().check().unwrap();
    for (spoil, expected) in cases {
        let mut config = sound();
        spoil(&mut config);
        let faults = config.check().unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told, [*expected]);
    }
    let bad = office::ConfigFault { path: "rules".into(), problem: ConfigProblem::Empty };
    assert_eq!(bad.to_string(), "rules: must not be empty");
}

fn service(config: &mut OfficeConfig) -> &mut office::Service {
    config.services.get_mut(&office::ServiceId(1)).unwrap()
}

fn desk(config: &mut OfficeConfig) -> &mut office::Desk {
    config.desks.get_mut(&office::DeskId(1)).unwrap()
}

#[test]
fn a_configuration_that_contradicts_itself_is_refused() {
    let mut config = sound();
    config.desks.get_mut(&office::DeskId(1)).unwrap().services.clear();
    let command = office::Command::Configure(Box::new(config));
    let now = chrono::DateTime::UNIX_EPOCH;
    let office = office::Office::default();
    assert_eq!(office::decide(&office, &command, now), Err(office::Refusal::BadConfiguration));
    assert_eq!(office::decide(&office, &office::Command::Tick, now), Err(office::Refusal::NotConfigured));
}
