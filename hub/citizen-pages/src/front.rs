//! The front page: what can be booked, when next, and what to bring (TRN-01, PET-01). Who knows what they want searches; what
//! most people come for stands above the groups, which are folded.

use std::cmp::Reverse;

use acts::Fault;
use askama::Template;
use axum::response::Response;
use paths::Page;
use serde::Deserialize;
use stationery::{
    barred::bar,
    extract::PageQuery,
    frame::{Frame, ok},
    houses::{HouseService, OfficeEntry, houses_with_times, search},
    visitor::Visitor,
};
use store::{ConferenceCount, ConferenceFigures};

/// Longest text that is searched for.
const WANTED_CHARACTERS_MAX: usize = 100;
/// So many services stand above the groups: as many as a phone shows without turning the page.
const FIRST_SERVICES: usize = 3;
/// A hub with no more services than this needs no folding, and nothing above its groups.
const UNFOLDED_MAX: usize = 3;

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage {
    f: Frame,
    /// What stands above the groups, and under which heading.
    first: Vec<FirstService>,
    first_heading: &'static str,
    offices: Vec<OfficeEntry>,
    /// Whether the groups are open.
    unfolded: bool,
    wanted: String,
    found: u16,
    /// The page on which a code from a message is typed, where the hub sends any.
    mobile: Option<String>,
    /// Some office gives numbers without a booking (FLD-30).
    walk_ins: bool,
    /// How many conferences there are, where the body holds any (PRE-09).
    counters: Option<Vec<CounterLine>>,
    feed: String,
}

/// A counter: its name, conferences, and those who took part.
struct CounterLine {
    name: String,
    conferences: u64,
    participants: u64,
}

/// The counters, where the body holds conferences.
async fn counters(visitor: &Visitor) -> Result<Option<Vec<CounterLine>>, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    if state.body.conferences.is_none() {
        return Ok(None);
    }
    let read = state.conferences.figures(&state.readers, &state.body, state.clock.now()).await;
    let (ConferenceFigures { in_all, today, now }, _) = read?;
    let line = |(id, count): (&str, ConferenceCount)| CounterLine {
        name: voice.say(id),
        conferences: count.conferences,
        participants: count.participants,
    };
    let counts = [("counters-in-all", in_all), ("counters-today", today), ("counters-now", now)];
    Ok(Some(counts.into_iter().map(line).collect()))
}

/// A service above the groups.
struct FirstService {
    name: String,
    /// Of which office, where there are several.
    office: Option<String>,
    /// That it is suspended, and until when.
    suspended: Option<String>,
    next_free: Option<String>,
    begin: String,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct SearchQuery {
    #[serde(default)]
    q: String,
}

/// Shows it.
pub async fn get(visitor: Visitor, PageQuery(query): PageQuery<SearchQuery>) -> Result<Response, Fault> {
    let wanted: String = query.q.trim().chars().take(WANTED_CHARACTERS_MAX).collect();
    let mut offices = houses_with_times(&visitor.state, visitor.voice);
    bar(&visitor, visitor.asker().await?, &mut offices);
    let all: usize = offices.iter().flat_map(|office| &office.groups).map(|group| group.services.len()).sum();
    let unfolded = !wanted.is_empty() || all <= UNFOLDED_MAX;
    let (first_heading, first) = if unfolded { ("front-some", Vec::new()) } else { first(&offices) };
    let walk_ins = offices.iter().any(|office| office.suspended.is_none());
    let found = if wanted.is_empty() { 0 } else { search(&mut offices, &wanted) };
    let found = u16::try_from(found).unwrap_or(u16::MAX);
    let mobile = visitor.state.sms.is_some().then(|| Page::Confirm.to_string());
    let counters = if wanted.is_empty() { counters(&visitor).await? } else { None };
    // Where the counters are followed.
    let (f, feed) = (visitor.frame(), format!("{}/feed", Page::Conferences));
    Ok(ok(&FrontPage { f, first, first_heading, offices, unfolded, wanted, found, mobile, walk_ins, counters, feed }))
}

/// The services that are booked most; where nothing is booked yet, the first of the file. Under which heading they stand.
fn first(offices: &[OfficeEntry]) -> (&'static str, Vec<FirstService>) {
    let several = offices.len() > 1;
    let of_office = |office: &'_ OfficeEntry| {
        let services = office
            .groups
            .iter()
            .flat_map(|group| &group.services)
            .filter(|one| !one.walk_in_only && one.barred.is_none());
        services
            .map(|service| (service.booked, shown(service, several.then(|| office.name.clone()))))
            .collect::<Vec<_>>()
    };
    let mut all: Vec<(u32, FirstService)> = offices.iter().flat_map(of_office).collect();
    let is_known = all.iter().any(|(booked, _)| *booked > 0);
    if is_known {
        all.retain(|(booked, _)| *booked > 0);
        // Stable: where two are booked alike, the file says which is first.
        all.sort_by_key(|(booked, _)| Reverse(*booked));
    }
    let heading = if is_known { "front-most-booked" } else { "front-some" };
    (heading, all.into_iter().take(FIRST_SERVICES).map(|(_, service)| service).collect())
}

fn shown(service: &HouseService, office: Option<String>) -> FirstService {
    let (name, begin) = (service.name.clone(), service.begin.clone());
    let (suspended, next_free) = (service.suspended.clone(), service.next_free.clone());
    FirstService { name, office, suspended, next_free, begin }
}

#[cfg(test)]
mod tests {
    use stationery::houses::HouseGroup;

    use super::*;

    fn service(key: &str, booked: u32, walk_in_only: bool) -> HouseService {
        HouseService {
            key: key.into(),
            name: key.into(),
            about: String::new(),
            spoken_of: String::new(),
            minutes: 10,
            channels: String::new(),
            booking_only: false,
            walk_in_only,
            needed: None,
            lead: String::new(),
            level: None,
            barred: None,
            next_free: None,
            booked,
            suspended: None,
            page: String::new(),
            times: String::new(),
            begin: String::new(),
        }
    }

    fn office(services: Vec<HouseService>) -> OfficeEntry {
        let groups = vec![HouseGroup { letter: 'A', name: String::new(), services }];
        OfficeEntry {
            key: String::new(),
            page: String::new(),
            name: "KEP".into(),
            emblem: None,
            address: String::new(),
            hours: Vec::new(),
            groups,
            suspended: None,
        }
    }

    fn names(first: &[FirstService]) -> Vec<&str> {
        first.iter().map(|one| one.name.as_str()).collect()
    }

    #[test]
    fn fld_29_what_is_booked_most_stands_first_and_what_nobody_books_does_not() {
        let offices = [
            office(vec![service("a", 2, false), service("b", 0, false), service("c", 9, false)]),
            office(vec![service("d", 2, false), service("e", 1, false), service("f", 0, true)]),
        ];
        let (heading, first) = first(&offices);
        assert_eq!((heading, names(&first)), ("front-most-booked", vec!["c", "a", "d"]));
        assert!(first.iter().all(|one| one.office.as_deref() == Some("KEP")), "several offices: whose it is");
    }

    #[test]
    fn fld_29_before_anybody_booked_the_file_says_what_stands_first_and_nobody_claims_more() {
        let offices = [office(vec![service("w", 0, true), service("a", 0, false), service("b", 0, false)])];
        let (heading, first) = first(&offices);
        assert_eq!((heading, names(&first)), ("front-some", vec!["a", "b"]));
        assert!(first.iter().all(|one| one.office.is_none()));
        assert!(super::first(&[]).1.is_empty());
    }
}
