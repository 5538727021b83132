//! The stand-in itself: decides by what it knows, and folds its own records.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wire::{
    Afterwards, Availability, CheckInAnswer, CheckInRequest, HandIn, HandInKind, KioskView, KioskWord, Language,
    LateChoice, LeaseRequest, NumberRange, OfficeState, Problem, ProblemCode, ProvidedBooking, ProvidedState,
    ReceiptCode, Standing, TicketAnswer, TicketRequest, Words,
};

use crate::{
    codes::{self, CodeMeaning},
    larder::Larder,
    numbers::NumberStock,
    record::StandInRecord,
};

/// The letter of booked visits, as the hub gives it (FLD-40).
const BOOKED_LETTER: char = 'P';

/// The kiosk as an office of its own.
#[derive(Debug, Clone, Default)]
pub struct StandIn {
    larder: Option<Larder>,
    stock: NumberStock,
    /// What the hub has, or takes under no circumstances.
    done: BTreeSet<Uuid>,
    last_at: Option<DateTime<Utc>>,
}

/// What was decided: first the record goes to the disk, then the answer to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalAnswer<T> {
    /// What happened; none, where nothing new did.
    pub record: Option<StandInRecord>,
    /// What the person is told.
    pub answer: T,
}

impl StandIn {
    /// As its records left it.
    #[must_use]
    pub fn from_records(records: impl IntoIterator<Item = StandInRecord>) -> Self {
        let mut stand_in = Self::default();
        for record in records {
            stand_in.apply(record);
        }
        stand_in
    }

    /// What the hub has sent last.
    #[must_use]
    pub const fn larder(&self) -> Option<&Larder> {
        self.larder.as_ref()
    }

    /// The hub has sent something newer; or nothing of it holds any more.
    pub fn fill(&mut self, larder: Option<Larder>) {
        self.larder = larder;
    }

    /// Whether it can go on without the hub: it knows the day, and has numbers of it.
    #[must_use]
    pub fn is_ready(&self, now: DateTime<Utc>) -> bool {
        let Some(larder) = &self.larder else { return false };
        let today = larder.date_of(self.time(now));
        larder.day(today).is_some() && self.stock.has(today)
    }

    /// The menu, without what nobody can know.
    #[must_use]
    pub fn menu(&self, now: DateTime<Utc>) -> Option<KioskView> {
        self.larder.as_ref().map(|larder| larder.menu_at(self.time(now)))
    }

    /// Whoever comes later came later, whatever the machine's clock does. To the millisecond, as it is kept and handed in.
    fn time(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let now = DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now);
        self.last_at.map_or(now, |last| last.max(now))
    }

    /// Makes a record so.
    pub fn apply(&mut self, record: StandInRecord) {
        match record {
            StandInRecord::Leased(range) => self.stock.add(range),
            StandInRecord::Dropped(range) => self.stock.drop_block(range),
            StandInRecord::Returned(range) => {
                for arrival in self.stock.forget(range) {
                    self.done.remove(&arrival.visit);
                }
            }
            StandInRecord::Came { range, arrival } => {
                self.last_at = Some(self.time(arrival.arrived_at));
                self.stock.give(range, arrival);
            }
            StandInRecord::HandedIn(visit) | StandInRecord::SetAside { visit, .. } => {
                self.done.insert(visit);
            }
        }
    }

    /// The record could not be kept: its number was told to nobody, and is not tried again.
    pub fn spoil(&mut self, record: &StandInRecord) {
        if let StandInRecord::Came { range, arrival } = record {
            self.stock.spoil(*range, &arrival.number);
        }
    }

    /// What the hub has to be told next: the earliest arrival that it does not have.
    #[must_use]
    pub fn next_hand_in(&self) -> Option<&HandIn> {
        let open = self.stock.given().map(|(_, arrival)| arrival).filter(|arrival| !self.done.contains(&arrival.visit));
        open.min_by(|one, other| (one.arrived_at, &one.number).cmp(&(other.arrived_at, &other.number)))
    }

    /// What it holds and gives back, as the hub is told.
    #[must_use]
    pub fn lease_request(&self) -> LeaseRequest {
        LeaseRequest { holds: self.stock.held().collect(), gives_back: self.stock.dropped().collect() }
    }

    /// Blocks that are to be dropped, since a higher one of their day was given.
    #[must_use]
    pub fn outdated(&self) -> Vec<NumberRange> {
        self.stock.outdated()
    }

    /// Blocks of days that are over, of which everything is handed in: burnt at the hub, and of no use here.
    #[must_use]
    pub fn over(&self, now: DateTime<Utc>) -> Vec<NumberRange> {
        let Some(larder) = &self.larder else { return Vec::new() };
        self.stock.over(larder.date_of(self.time(now)), |arrival| self.done.contains(&arrival.visit))
    }

    /// The records that are still of use: with them alone it would be as it is. Days that are over leave it once everything
    /// of them is handed in.
    #[must_use]
    pub fn records(&self, now: DateTime<Utc>) -> Vec<StandInRecord> {
        let over = self.over(now);
        let is_kept = |range: &NumberRange| !over.contains(range);
        let held = self.stock.held().filter(is_kept).map(StandInRecord::Leased);
        let dropped = self.stock.dropped().filter(is_kept).map(StandInRecord::Dropped);
        let given = self.stock.given().filter(|(range, _)| is_kept(range));
        let given: Vec<StandInRecord> = given
            .flat_map(|(range, arrival)| {
                let done = self.done.contains(&arrival.visit).then_some(StandInRecord::HandedIn(arrival.visit));
                [StandInRecord::Came { range, arrival: arrival.clone() }].into_iter().chain(done)
            })
            .collect();
        held.chain(dropped).chain(given).collect()
    }

    /// Somebody shows a code. `visit` is drawn for them; `asked_before` is the key under which the hub was asked for the same.
    ///
    /// # Errors
    /// Why they cannot be checked in, in the hub's own words.
    pub fn check_in(
        &self,
        request: &CheckInRequest,
        (visit, asked_before): (Uuid, Option<Uuid>),
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<LocalAnswer<CheckInAnswer>, Box<Problem>> {
        let now = self.time(now);
        let larder = self.larder.as_ref().ok_or_else(|| refusal(ProblemCode::Unavailable, None))?;
        if request.code.parse::<ReceiptCode>().is_ok() {
            return Err(refusal(ProblemCode::Unavailable, None));
        }
        let meaning = codes::read(larder, &request.code, now).map_err(|code| refusal(code, None))?;
        let language = request.language.unwrap_or(language);
        let (reference, booking) = match meaning {
            CodeMeaning::Listed(booking) => (booking.reference.clone(), Some(booking)),
            CodeMeaning::Vouched { reference } => (reference, None),
        };
        let here = booking.and_then(|booking| here_already(larder, booking, language));
        let before = here.or_else(|| self.given_before(larder, &reference, booking, language, now));
        if let Some(answer) = before {
            return Ok(LocalAnswer { record: None, answer });
        }
        let told = booking.map_or(Ok(KioskWord::Nothing), |booking| judge(booking, request.late, now))?;
        let came = HandInKind::Booked { reference, told };
        let (record, ticket) = self.give(larder, BOOKED_LETTER, (visit, asked_before), language, came, now)?;
        let service = booking.and_then(|booking| larder.service(&booking.service));
        let ticket = TicketAnswer {
            service: service.map(|service| service.name.clone()).unwrap_or_default(),
            booked_for: booking.map(|booking| booking.start),
            ..ticket
        };
        let standing = booking.map_or(Standing::InTime, |booking| standing(larder, booking, told, now));
        Ok(LocalAnswer { record: Some(record), answer: CheckInAnswer { standing, ticket, again: false } })
    }

    /// Somebody without a booking wants a number.
    ///
    /// # Errors
    /// Why they cannot have one, in the hub's own words.
    pub fn take_ticket(
        &self,
        request: &TicketRequest,
        (visit, asked_before): (Uuid, Option<Uuid>),
        now: DateTime<Utc>,
    ) -> Result<LocalAnswer<TicketAnswer>, Box<Problem>> {
        let now = self.time(now);
        let larder = self.larder.as_ref().ok_or_else(|| refusal(ProblemCode::Unavailable, None))?;
        let menu = larder.menu_at(now);
        match menu.state {
            OfficeState::Open { .. } => {}
            OfficeState::Closed { opens_at, .. } => return Err(refusal(ProblemCode::TicketsClosed, opens_at)),
            OfficeState::Suspended { until, .. } => return Err(refusal(ProblemCode::Suspended, until)),
        }
        let service = menu.services.iter().find(|service| service.key == request.service);
        let service = service.ok_or_else(|| refusal(ProblemCode::UnknownService, None))?;
        match service.availability {
            Availability::Now { .. } => {}
            Availability::BookingRequired if request.could_not_book => {}
            Availability::BookingRequired => return Err(refusal(ProblemCode::BookingRequired, None)),
            Availability::NoTimeLeft => return Err(refusal(ProblemCode::NoTimeLeft, None)),
            Availability::Suspended { until } => return Err(refusal(ProblemCode::Suspended, until)),
        }
        let TicketRequest { persons, cases, priority, needs, language, .. } = *request;
        let came = HandInKind::WalkIn { service: request.service.clone(), persons, cases, priority, needs };
        let (record, ticket) = self.give(larder, service.letter, (visit, asked_before), language, came, now)?;
        let answer = TicketAnswer { service: service.name.clone(), ..ticket };
        Ok(LocalAnswer { record: Some(record), answer })
    }

    /// A number for somebody who comes now.
    fn give(
        &self,
        larder: &Larder,
        letter: char,
        (visit, asked_before): (Uuid, Option<Uuid>),
        language: Language,
        came: HandInKind,
        now: DateTime<Utc>,
    ) -> Result<(StandInRecord, TicketAnswer), Box<Problem>> {
        let next = self.stock.next(larder.date_of(now), letter);
        let (range, number) = next.ok_or_else(|| refusal(ProblemCode::TooManyTickets, None))?;
        let ticket = ticket(larder, visit, &number, language, now);
        let arrival = HandIn { visit, number, arrived_at: now, language, asked_before, came };
        Ok((StandInRecord::Came { range, arrival }, ticket))
    }

    /// The answer for a code that was shown here before, on this day.
    fn given_before(
        &self,
        larder: &Larder,
        reference: &str,
        booking: Option<&ProvidedBooking>,
        language: Language,
        now: DateTime<Utc>,
    ) -> Option<CheckInAnswer> {
        let today = larder.date_of(now);
        let (_, arrival) = self.stock.given().find(|(range, arrival)| {
            let named = match &arrival.came {
                HandInKind::Booked { reference, .. } => Some(reference.as_str()),
                HandInKind::WalkIn { .. } => None,
            };
            named == Some(reference) && range.date.date() == today
        })?;
        let ticket = ticket(larder, arrival.visit, &arrival.number, language, arrival.arrived_at);
        Some(match booking {
            Some(booking) => again(larder, booking, ticket),
            None => CheckInAnswer { standing: Standing::InTime, ticket, again: true },
        })
    }
}

/// The answer for a booking whose person is here already, as the hub had said.
fn here_already(larder: &Larder, booking: &ProvidedBooking, language: Language) -> Option<CheckInAnswer> {
    let ProvidedState::Here { visit, number } = &booking.state else { return None };
    let ticket = ticket(larder, *visit, number, language, larder.heard_at);
    Some(again(larder, booking, ticket))
}

/// What a person with a booking of the list is told at `now`.
fn judge(booking: &ProvidedBooking, late: Option<LateChoice>, now: DateTime<Utc>) -> Result<KioskWord, Box<Problem>> {
    match &booking.state {
        ProvidedState::Over { because } => Err(refusal(*because, None)),
        // Answered before; whoever is here is not late.
        ProvidedState::Here { .. } => Ok(KioskWord::InTime),
        ProvidedState::Expected { opens_at: Some(at), .. } if now < *at => {
            Err(refusal(ProblemCode::TicketsClosed, Some(*at)))
        }
        ProvidedState::Expected { in_time_until, afterwards, .. } => {
            if in_time_until.is_none_or(|until| now <= until) {
                return Ok(KioskWord::InTime);
            }
            match (afterwards, late) {
                (Afterwards::KeepsPlace, _) => Ok(KioskWord::InTime),
                (Afterwards::IsServedLate, _) | (Afterwards::IsAsked, Some(LateChoice::EndOfDay)) => {
                    Ok(KioskWord::Late)
                }
                (Afterwards::IsAsked, None) => Err(refusal(ProblemCode::LateChoiceNeeded, Some(booking.start))),
                // Nothing is cancelled that only the hub can cancel.
                (Afterwards::IsAsked, Some(LateChoice::BookAnew)) => Err(refusal(ProblemCode::Unavailable, None)),
            }
        }
    }
}

fn standing(larder: &Larder, booking: &ProvidedBooking, told: KioskWord, now: DateTime<Utc>) -> Standing {
    let early_until = match &booking.state {
        ProvidedState::Expected { early_until, .. } => Some(*early_until),
        ProvidedState::Here { .. } | ProvidedState::Over { .. } => None,
    };
    match told {
        KioskWord::Late if larder.menu.late_in_gaps => Standing::LateInGaps,
        KioskWord::Late => Standing::LateEndOfDay,
        KioskWord::InTime | KioskWord::Nothing if early_until.is_some_and(|until| now < until) => Standing::Early,
        KioskWord::InTime | KioskWord::Nothing => Standing::InTime,
    }
}

/// The same ticket again.
fn again(larder: &Larder, booking: &ProvidedBooking, ticket: TicketAnswer) -> CheckInAnswer {
    let service = larder.service(&booking.service).map(|service| service.name.clone()).unwrap_or_default();
    let ticket = TicketAnswer { service, booked_for: Some(booking.start), ..ticket };
    CheckInAnswer { standing: Standing::InTime, ticket, again: true }
}

fn ticket(larder: &Larder, visit: Uuid, number: &str, language: Language, at: DateTime<Utc>) -> TicketAnswer {
    TicketAnswer {
        visit,
        number: number.to_owned(),
        service: Words::default(),
        at,
        booked_for: None,
        people_ahead: 0,
        expected_wait: None,
        first_gap_at: None,
        wait_where: larder.provisions.wait_where.clone(),
        page: format!("{}{visit}", larder.provisions.visit_page),
        language,
        rehearsal: larder.provisions.rehearsal,
        local: true,
    }
}

/// A no, as the hub would say it.
#[must_use]
pub fn problem(code: ProblemCode, at: Option<DateTime<Utc>>) -> Problem {
    Problem {
        r#type: format!("urn:seira:problem:{}", code.name()),
        title: code.name(),
        status: code.status(),
        detail: String::new(),
        code,
        at,
        language: None,
        wait: None,
    }
}

fn refusal(code: ProblemCode, at: Option<DateTime<Utc>>) -> Box<Problem> {
    Box::new(problem(code, at))
}
