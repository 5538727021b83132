//! Who has a place: connections counted in all and by network, and who leaves when one comes too many.
//!
//! A connection is a newcomer until its first head is read, and then a citizen's or the household's (staff who are signed in,
//! paired devices). Some places are reserved: citizens never hold them, so that they are there for newcomers, among whom the
//! household is before it has said so. A newcomer who finds no place is given the place of a connection that only waits:
//! first of one that sleeps between two requests, then of the one that has been longest about its first head, or about the
//! body of a citizen's request. What is at work, held open feeds among it, and what is the household's never has to leave. All this holds once for each network and once
//! for the whole, so that one network alone cannot crowd another out, nor citizens a device that shares their network.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use tokio::sync::Notify;

use access::{LimitsConfig, Network};

/// How many connections may be held.
#[derive(Debug, Clone, Copy)]
struct Capacity {
    /// By everybody together.
    all: usize,
    /// By citizens.
    citizens: usize,
}

/// Whose a connection is, as far as it has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuestKind {
    /// It has not finished its first head.
    Newcomer,
    /// Anybody's.
    Citizen,
    /// Of staff who are signed in, or of a paired device.
    Household,
    /// Of a device within the house that asks to be let in, or waits for it. It has a place as the household has, for as long as it waits:
    /// then it is a newcomer again.
    Applicant,
}

/// What a connection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pursuit {
    /// It has waited for a request since then.
    Waits(Instant),
    /// A request is on the way.
    Works,
    /// A request is on the way whose body has not come since then.
    AwaitsBody(Instant),
}

/// For what a connection waits that may be asked to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// For the next request.
    Sleep,
    /// For the rest of its first head.
    Head,
    /// For the rest of a body.
    Body,
}

/// A connection, as the places know it.
#[derive(Debug, Clone)]
struct Guest {
    network: Option<Network>,
    kind: GuestKind,
    pursuit: Pursuit,
    leave: Arc<Notify>,
}

impl Guest {
    /// For what it waits, and since when, if it may be asked to leave.
    const fn wait(&self) -> Option<(Wait, Instant)> {
        match (self.kind, self.pursuit) {
            (GuestKind::Newcomer, Pursuit::Waits(since)) => Some((Wait::Head, since)),
            (GuestKind::Citizen, Pursuit::Waits(since)) => Some((Wait::Sleep, since)),
            (GuestKind::Citizen, Pursuit::AwaitsBody(since)) => Some((Wait::Body, since)),
            // For a newcomer alone: its place is none of those that citizens may have.
            (GuestKind::Applicant, Pursuit::AwaitsBody(since)) => Some((Wait::Head, since)),
            (GuestKind::Newcomer, Pursuit::AwaitsBody(_))
            | (GuestKind::Applicant, Pursuit::Waits(_))
            | (GuestKind::Household, _)
            | (_, Pursuit::Works) => None,
        }
    }
}

/// The connections of one network, or all.
#[derive(Debug, Default)]
struct Hall {
    all: usize,
    citizens: usize,
    sleeps: BTreeSet<(Instant, u64)>,
    heads: BTreeSet<(Instant, u64)>,
    bodies: BTreeSet<(Instant, u64)>,
}

impl Hall {
    fn add(&mut self, id: u64, guest: &Guest) {
        self.all += 1;
        self.citizens += usize::from(guest.kind == GuestKind::Citizen);
        if let Some((wait, since)) = guest.wait() {
            self.waiting(wait).insert((since, id));
        }
    }

    fn remove(&mut self, id: u64, guest: &Guest) {
        self.all -= 1;
        self.citizens -= usize::from(guest.kind == GuestKind::Citizen);
        if let Some((wait, since)) = guest.wait() {
            self.waiting(wait).remove(&(since, id));
        }
    }

    const fn waiting(&mut self, wait: Wait) -> &mut BTreeSet<(Instant, u64)> {
        match wait {
            Wait::Sleep => &mut self.sleeps,
            Wait::Head => &mut self.heads,
            Wait::Body => &mut self.bodies,
        }
    }

    /// The citizen who leaves for another: one who sleeps, else the one who has been longest about a body.
    fn leaves_for_a_citizen(&self) -> Option<u64> {
        self.sleeps.first().or_else(|| self.bodies.first()).map(|(_, id)| *id)
    }

    /// Who leaves for a newcomer: one who sleeps, else the one who has been longest about a head or a body.
    fn leaves_for_a_newcomer(&self) -> Option<u64> {
        let about = self.heads.first().into_iter().chain(self.bodies.first()).min();
        self.sleeps.first().or(about).map(|(_, id)| *id)
    }
}

/// Who is in, by connection, and how many of each network.
#[derive(Debug, Default)]
struct GuestBook {
    last: u64,
    guests: HashMap<u64, Guest>,
    whole: Hall,
    networks: HashMap<Network, Hall>,
}

impl GuestBook {
    fn add(&mut self, id: u64, guest: Guest) {
        self.whole.add(id, &guest);
        if let Some(network) = guest.network {
            self.networks.entry(network).or_default().add(id, &guest);
        }
        self.guests.insert(id, guest);
    }

    fn remove(&mut self, id: u64) -> Option<Guest> {
        let guest = self.guests.remove(&id)?;
        self.whole.remove(id, &guest);
        if let Some(network) = guest.network
            && let Some(hall) = self.networks.get_mut(&network)
        {
            hall.remove(id, &guest);
            if hall.all == 0 {
                self.networks.remove(&network);
            }
        }
        Some(guest)
    }

    /// Sends a guest away; its place is free at once.
    fn dismiss(&mut self, id: u64) {
        if let Some(guest) = self.remove(id) {
            guest.leave.notify_one();
        }
    }

    /// Makes room for one more; says whether there is.
    fn make_room(&mut self, network: Option<Network>, kind: GuestKind, limits: &Capacities) -> bool {
        let of_network = network.map(|network| (Some(network), limits.network));
        // The network's own guests leave first: they may be the ones who fill the whole.
        for (place, capacity) in of_network.into_iter().chain([(None, limits.whole)]) {
            let hall = match place {
                Some(network) => self.networks.get(&network),
                None => Some(&self.whole),
            };
            let Some(hall) = hall else { continue };
            let all_full = hall.all >= capacity.all;
            let citizens_full = kind == GuestKind::Citizen && hall.citizens >= capacity.citizens;
            let leaves = match (citizens_full, all_full) {
                (true, _) => hall.leaves_for_a_citizen(),
                (false, true) => hall.leaves_for_a_newcomer(),
                (false, false) => continue,
            };
            match leaves {
                Some(id) => self.dismiss(id),
                None => return false,
            }
        }
        true
    }
}

/// How many there are of each.
#[derive(Debug, Clone, Copy)]
struct Capacities {
    whole: Capacity,
    network: Capacity,
}

/// The places of this hub.
#[derive(Debug)]
pub struct Places {
    capacities: Capacities,
    book: Mutex<GuestBook>,
}

impl Places {
    /// As many as the limits say, and no more than `files` can be held.
    pub fn new(limits: &LimitsConfig, files: usize) -> Self {
        let capacity = |all: usize, reserved: usize| {
            let fits = all.min(files).max(2);
            // Where fewer fit, as large a part of them is reserved.
            let reserved = (reserved * fits).div_ceil(all.max(1)).min(fits - 1);
            Capacity { all: fits, citizens: fits - reserved }
        };
        let whole = capacity(limits.connections_max, limits.connections_reserved);
        let network = capacity(limits.connections_per_network_max, limits.connections_per_network_reserved);
        Self { capacities: Capacities { whole, network }, book: Mutex::default() }
    }

    /// A connection comes in; none, if nobody can leave for it. Without a network where a proxy stands before many.
    pub fn enter(self: &Arc<Self>, network: Option<Network>) -> Option<Berth> {
        let leave = Arc::new(Notify::new());
        let mut book = self.book();
        if !book.make_room(network, GuestKind::Newcomer, &self.capacities) {
            return None;
        }
        book.last += 1;
        let id = book.last;
        let pursuit = Pursuit::Waits(Instant::now());
        book.add(id, Guest { network, kind: GuestKind::Newcomer, pursuit, leave: Arc::clone(&leave) });
        drop(book);
        Some(Berth { places: Arc::clone(self), id, entered_from: network, leave })
    }

    /// Sends whoever waits longest away, because the machine has no room for one more; says whether somebody leaves.
    pub fn make_room(&self) -> bool {
        let mut book = self.book();
        let leaves = book.whole.leaves_for_a_newcomer();
        leaves.into_iter().for_each(|id| book.dismiss(id));
        leaves.is_some()
    }

    fn book(&self) -> MutexGuard<'_, GuestBook> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place, given back when dropped.
#[derive(Debug)]
pub struct Berth {
    places: Arc<Places>,
    id: u64,
    entered_from: Option<Network>,
    leave: Arc<Notify>,
}

impl Berth {
    /// A request's head is read: whose it is, and from which network. Says whether there is a place for it.
    pub fn begins(&self, kind: GuestKind, network: Network) -> bool {
        let mut book = self.places.book();
        let Some(before) = book.remove(self.id) else { return false };
        let leave = Arc::clone(&before.leave);
        let has_place = book.make_room(Some(network), kind, &self.places.capacities);
        let after = if has_place {
            Guest { network: Some(network), kind, pursuit: Pursuit::Works, leave }
        } else {
            // It is told so, and then closed.
            Guest { pursuit: Pursuit::Works, ..before }
        };
        book.add(self.id, after);
        has_place
    }

    /// The request is done with; the connection waits for another.
    pub fn waits(&self) {
        let mut book = self.places.book();
        if let Some(guest) = book.remove(self.id) {
            let pursuit = Pursuit::Waits(Instant::now());
            let kind = if guest.kind == GuestKind::Applicant { GuestKind::Newcomer } else { guest.kind };
            book.add(self.id, Guest { network: self.entered_from, kind, pursuit, ..guest });
        }
    }

    /// The body of the request at work has not come whole, from its beginning on.
    pub fn awaits_body(&self, since: Instant) {
        self.turn_to(|now| matches!(now, Pursuit::Works).then_some(Pursuit::AwaitsBody(since)));
    }

    /// It has, or nobody wants it any more.
    pub fn has_body(&self) {
        self.turn_to(|now| matches!(now, Pursuit::AwaitsBody(_)).then_some(Pursuit::Works));
    }

    fn turn_to(&self, next: impl FnOnce(Pursuit) -> Option<Pursuit>) {
        let mut book = self.places.book();
        let next = book.guests.get(&self.id).and_then(|guest| next(guest.pursuit));
        if let Some(pursuit) = next
            && let Some(guest) = book.remove(self.id)
        {
            book.add(self.id, Guest { pursuit, ..guest });
        }
    }

    /// Waits until somebody else needs the place more.
    pub async fn must_leave(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Berth {
    fn drop(&mut self) {
        drop(self.places.book().remove(self.id));
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use tokio::time::{Duration, timeout};

    use super::*;

    fn network(last: u8) -> Network {
        Network::of(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)))
    }

    fn places(all: usize, reserved: usize, of_network: usize) -> Arc<Places> {
        let limits = LimitsConfig {
            connections_max: all,
            connections_reserved: reserved,
            connections_per_network_max: of_network,
            connections_per_network_reserved: 0,
            ..LimitsConfig::default()
        };
        Arc::new(Places::new(&limits, 10_000))
    }

    async fn is_sent_away(berth: &Berth) -> bool {
        timeout(Duration::from_millis(1), berth.must_leave()).await.is_ok()
    }

    #[tokio::test]
    async fn prom_13_whoever_is_longest_about_its_head_leaves_for_a_newcomer() {
        let places = places(4, 1, 4);
        let slow: Vec<Berth> = (0..40).filter_map(|nth| places.enter(Some(network(nth % 10)))).collect();
        assert_eq!(slow.len(), 40, "each found a place");
        assert!(is_sent_away(&slow[0]).await && is_sent_away(&slow[35]).await);
        assert!(!is_sent_away(&slow[36]).await, "the last four are there");
    }

    #[tokio::test]
    async fn prom_13_a_network_has_no_more_than_its_places_and_others_keep_theirs() {
        let places = places(8, 1, 3);
        let honest = places.enter(Some(network(1))).unwrap();
        let flood: Vec<Berth> = (0..100).filter_map(|_| places.enter(Some(network(2)))).collect();
        assert_eq!(flood.len(), 100);
        assert!(!is_sent_away(&honest).await, "the flood competes with itself alone");
        assert!(is_sent_away(&flood[96]).await && !is_sent_away(&flood[97]).await);
    }

    #[tokio::test]
    async fn prom_13_citizens_at_work_leave_the_reserved_places_to_the_household() {
        let places = places(6, 2, 6);
        let enter = |nth| places.enter(Some(network(nth)));
        let citizens: Vec<Berth> = (0..4).filter_map(enter).collect();
        assert!(citizens.iter().enumerate().all(|(nth, berth)| berth.begins(GuestKind::Citizen, network(nth as u8))));
        let fifth = enter(9).unwrap();
        assert!(!fifth.begins(GuestKind::Citizen, network(9)), "no place, and nobody sleeps");
        drop(fifth);
        let staff = [enter(10).unwrap(), enter(11).unwrap()];
        assert!(staff.iter().all(|berth| berth.begins(GuestKind::Household, network(10))));
        assert!(enter(12).is_none(), "all are at work");
        citizens[2].waits();
        let device = enter(12).unwrap();
        assert!(is_sent_away(&citizens[2]).await, "who sleeps leaves");
        assert!(!citizens[2].begins(GuestKind::Citizen, network(2)), "and comes too late with the next request");
        staff[0].waits();
        assert!(device.begins(GuestKind::Household, network(12)));
        assert!(enter(13).is_none(), "staff do not leave while they think");
    }

    #[tokio::test]
    async fn prom_13_a_device_that_waits_to_be_let_in_has_a_place_while_it_waits() {
        let places = places(4, 2, 4);
        let enter = |nth| places.enter(Some(network(nth)));
        let citizens: Vec<Berth> = (0..2).filter_map(enter).collect();
        assert!(citizens.iter().enumerate().all(|(nth, berth)| berth.begins(GuestKind::Citizen, network(nth as u8))));
        let installer = enter(8).unwrap();
        assert!(installer.begins(GuestKind::Applicant, network(8)), "citizens have taken none of these places");
        let another = enter(9).unwrap();
        assert!(another.begins(GuestKind::Applicant, network(9)));
        assert!(enter(10).is_none(), "it does not leave while it waits");
        installer.waits();
        assert!(enter(10).is_some());
        assert!(is_sent_away(&installer).await, "between two requests it keeps no place from anybody");
    }

    #[tokio::test]
    async fn prom_13_whoever_is_longest_about_a_body_leaves_for_another_citizen() {
        let places = places(5, 1, 5);
        let enter = |nth| places.enter(Some(network(nth))).unwrap();
        let begun = Instant::now();
        let slow: Vec<Berth> = (0..4).map(enter).collect();
        for (nth, berth) in slow.iter().enumerate() {
            assert!(berth.begins(GuestKind::Citizen, network(nth as u8)));
            berth.awaits_body(begun + Duration::from_secs(nth as u64));
        }
        slow[0].has_body();
        let next = enter(9);
        assert!(next.begins(GuestKind::Citizen, network(9)));
        assert!(is_sent_away(&slow[1]).await && !is_sent_away(&slow[0]).await, "the first has its body by now");
        // What is done with waits for another request; a body that is dropped late changes nothing of that.
        slow[2].waits();
        slow[2].has_body();
        assert!(enter(10).begins(GuestKind::Citizen, network(10)));
        assert!(is_sent_away(&slow[2]).await);
    }

    #[test]
    fn where_fewer_files_can_be_open_there_are_fewer_places() {
        let limits = LimitsConfig { connections_max: 1_000, connections_reserved: 100, ..LimitsConfig::default() };
        let places = Places::new(&limits, 100);
        assert_eq!((places.capacities.whole.all, places.capacities.whole.citizens), (100, 90));
    }
}
