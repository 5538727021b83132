//! The bookings of one day, put to desks; and whether one more fits in.

use super::demand::{Demand, TimeAnswer};
use super::fronts::{Classes, Front, ways_max};
use super::lanes::{Lanes, bits};
use super::roster::RosterDesks;

/// The bookings of one day, each at one desk for its whole length.
#[derive(Default)]
pub(super) struct DayPlan {
    /// By start. Those displaced are not among them.
    demands: Vec<Demand>,
    /// Bookings that no desk is left for, since desks were taken away after they were promised: going by start, and by
    /// number among equals, those that cannot be put beside the ones before them. Nothing is offered that meets one and
    /// could use its desks; the rest of the day goes on.
    displaced: Vec<Demand>,
    /// The demands in another order.
    order: Vec<Demand>,
    /// Which demand each desk serves at which time.
    lanes: Lanes,
    /// The exact answer's ground, made when it is first needed: for the demands from the first number on.
    exact: Option<(usize, FrontStretch)>,
    /// Sets of desks that nobody tells apart on this day.
    alike: Vec<RosterDesks>,
}

/// The fronts of a stretch of demands that begins and ends with every desk idle.
struct FrontStretch {
    classes: Classes,
    ways_max: usize,
    /// Before each demand, and after the last.
    fronts: Vec<Front>,
    /// Of each front, a way that leads to the end.
    alive: Vec<usize>,
}

impl DayPlan {
    /// Puts the demands of a day, which are in order of start, to desks. `alike` are the sets of desks of which every
    /// demand takes whole ones.
    pub fn lay(&mut self, demands: &[Demand], desks: usize, alike: impl FnOnce(&mut Vec<RosterDesks>)) {
        self.demands.clear();
        self.demands.extend_from_slice(demands);
        self.displaced.clear();
        self.exact = None;
        self.alike.clear();
        alike(&mut self.alike);
        if !self.lay_rarest_first(desks) && !self.lay_by_start(desks) {
            self.lay_exactly(desks);
        }
    }

    /// Those first that fewest desks can take: so that rare desks are not used up by what others could take.
    fn lay_rarest_first(&mut self, desks: usize) -> bool {
        let able = |demand: &Demand| demand.desks.count_ones();
        self.lanes.clear(desks);
        if self.demands.is_sorted_by_key(able) {
            return self.demands.iter().all(|demand| self.lanes.make_room(*demand));
        }
        self.order.clear();
        self.order.extend_from_slice(&self.demands);
        self.order.sort_by_key(able);
        self.order.iter().all(|demand| self.lanes.make_room(*demand))
    }

    /// Another order: by start.
    fn lay_by_start(&mut self, desks: usize) -> bool {
        self.lanes.clear(desks);
        self.demands.iter().all(|demand| self.lanes.append(*demand, demand.desks) || self.lanes.make_room(*demand))
    }

    /// The quick ways have failed: finds who is displaced, if anybody, and a way for all others.
    fn lay_exactly(&mut self, desks: usize) {
        let (exact, kept, displaced) = FrontStretch::new(&self.demands, &self.alike, self.ways_max());
        (self.demands, self.displaced) = (kept, displaced);
        self.lanes.clear(desks);
        for (number, demand) in self.demands.iter().enumerate() {
            let (_, place) = exact.fronts[number + 1].step(exact.alive[number + 1]);
            self.lanes.append(*demand, exact.classes.of(place));
        }
    }

    /// Every desk that matters is in one of the sets.
    fn ways_max(&self) -> usize {
        ways_max(self.demands.len(), self.alike.iter().map(|set| set.count_ones() as usize).sum())
    }

    /// The same as [`DayPlan::fits`], where no question is about an earlier start than the one before, since the demands
    /// were laid.
    pub fn fits_next(&mut self, wanted: &Demand) -> TimeAnswer {
        if self.displaced.is_empty() && self.lanes.any_is_free_next(wanted) {
            return TimeAnswer::Free;
        }
        self.fits(wanted)
    }

    /// Whether one more fits in: all of them, this one included, each at one desk that serves it, for its whole length.
    pub fn fits(&mut self, wanted: &Demand) -> TimeAnswer {
        let taken = TimeAnswer::Taken { until: wanted.from + 1, desks: wanted.desks };
        if wanted.desks == 0 || self.displaced.iter().any(|d| d.meets(wanted) && d.desks & wanted.desks != 0) {
            return taken;
        }
        if bits(wanted.desks).any(|desk| self.lanes.is_free(desk, wanted)) {
            return TimeAnswer::Free;
        }
        let first = self.demands.partition_point(|demand| demand.from <= wanted.from);
        let inside = self.demands[first..].iter().take_while(|demand| demand.from < wanted.to);
        let instants = std::iter::once(wanted.from).chain(inside.map(|demand| demand.from));
        if let Some(answer) = instants.into_iter().find_map(|at| self.lanes.full_at(at, wanted.desks)) {
            return answer;
        }
        if self.lanes.could_make_room(*wanted) || self.fits_exactly(wanted) { TimeAnswer::Free } else { taken }
    }

    /// The exact answer: every way of putting those to desks that are tied to this time by a chain of overlaps.
    fn fits_exactly(&mut self, wanted: &Demand) -> bool {
        let begun = self.demands.partition_point(|demand| demand.from < wanted.from);
        let (mut first, mut idle_from) = (0, i64::MIN);
        for (number, demand) in self.demands[..begun].iter().enumerate() {
            if idle_from <= demand.from {
                first = number;
            }
            idle_from = idle_from.max(demand.to);
        }
        let mut after = begun;
        while let Some(demand) = self.demands.get(after).filter(|next| next.from < idle_from.max(wanted.to)) {
            idle_from = idle_from.max(demand.to);
            after += 1;
        }
        let chain = &self.demands[first..after];
        if self.exact.as_ref().is_none_or(|(at, exact)| *at != first || exact.fronts.len() <= chain.len()) {
            self.exact = Some((first, FrontStretch::new(chain, &self.alike, self.ways_max()).0));
        }
        // Fewer fronts than bookings: too many ways to follow them all (`ways_max`), so nothing more is promised.
        self.exact.as_ref().is_some_and(|(_, exact)| exact.fronts.len() > chain.len() && exact.fits(chain, wanted))
    }
}

impl FrontStretch {
    /// Builds the fronts of demands; tells apart those that can be put, and those that cannot.
    fn new(demands: &[Demand], alike: &[RosterDesks], ways_max: usize) -> (Self, Vec<Demand>, Vec<Demand>) {
        let classes = Classes::new(alike);
        let mut fronts = vec![Front::start(classes.desks())];
        let (mut kept, mut displaced) = (Vec::with_capacity(demands.len()), Vec::new());
        for demand in demands {
            let mut next = Front::default();
            fronts[fronts.len() - 1].advance(demand, &classes, ways_max, &mut next);
            if next.is_empty() {
                displaced.push(*demand);
            } else {
                kept.push(*demand);
                fronts.push(next);
            }
        }
        let mut alive = vec![0; fronts.len()];
        for at in (1..fronts.len()).rev() {
            alive[at - 1] = fronts[at].step(alive[at]).0;
        }
        (Self { classes, ways_max, fronts, alive }, kept, displaced)
    }

    /// From the ways before it, through it, until a way is as good as one that is known to end well.
    fn fits(&self, demands: &[Demand], wanted: &Demand) -> bool {
        let first = demands.partition_point(|demand| demand.from < wanted.from);
        let (mut now, mut next) = (Front::default(), Front::default());
        self.fronts[first].advance(wanted, &self.classes, self.ways_max, &mut now);
        let mut from = wanted.from;
        for (at, demand) in demands.iter().enumerate().skip(first) {
            if now.is_empty() {
                return false;
            }
            if now.betters(self.fronts[at].way(self.alive[at], self.classes.desks()), from) {
                return true;
            }
            now.advance(demand, &self.classes, self.ways_max, &mut next);
            std::mem::swap(&mut now, &mut next);
            from = demand.from;
        }
        !now.is_empty()
    }
}
