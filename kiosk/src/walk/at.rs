//! Where a citizen can be in the walk; each place carries exactly what belongs to it.

use std::time::Duration;

use bevy::prelude::States;
use chrono::{DateTime, Utc};
use wire::{CheckInRequest, ProblemCode, Standing, TicketAnswer, TicketRequest};

use super::Rules;

/// A place in the walk.
#[derive(Debug, Clone, PartialEq)]
pub enum At {
    /// Nobody is here, or somebody has just come.
    Welcome,
    /// Scans or types the code.
    Code {
        /// What was typed so far.
        typed: String,
    },
    /// The hub is asked to check in.
    CheckingIn {
        /// The intent.
        intent: u64,
        /// What was asked.
        request: CheckInRequest,
    },
    /// The booked time has passed: after the others, or anew?
    Late {
        /// The code.
        code: String,
        /// The time that has passed.
        booked_for: Option<DateTime<Utc>>,
    },
    /// Wants a new booking, and is asked whether today's is to be cancelled: it cannot be had back.
    GiveUp {
        /// The code.
        code: String,
        /// The time that has passed.
        booked_for: Option<DateTime<Utc>>,
    },
    /// The booking was given up.
    BookAnew,
    /// Chooses a service.
    Services {
        /// The page of the list.
        page: usize,
    },
    /// Reads what to bring and how long it takes.
    Service {
        /// The service's key.
        key: String,
    },
    /// The service wants a booking; who could not book says so.
    CouldNotBook {
        /// The service's key.
        key: String,
    },
    /// Is asked about help and priority service.
    Priority {
        /// The service's key.
        key: String,
        /// Says on their word that they could not book.
        could_not_book: bool,
    },
    /// The hub is asked for a ticket.
    TakingTicket {
        /// The intent.
        intent: u64,
        /// What was asked.
        request: TicketRequest,
    },
    /// Has a number.
    Given {
        /// Names the print.
        job: u64,
        /// The ticket.
        ticket: Box<TicketAnswer>,
        /// How the arrival stands to the promised time, for a booking.
        standing: Option<Standing>,
        /// Whether this booking was checked in before.
        again: bool,
        /// How the paper fares.
        paper: Paper,
    },
    /// Was told no, and what to do next.
    Refused {
        /// Why.
        code: ProblemCode,
        /// A time that the sentence speaks of.
        about: Option<DateTime<Utc>>,
        /// What can be tried again.
        retry: Option<Retry>,
    },
}

/// How the paper of a ticket fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    /// In the printer.
    Printing,
    /// In the citizen's hand.
    Printed,
    /// There is none: the number is on the screen.
    NotPrinted,
}

/// A command that was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retry {
    /// A check-in.
    CheckIn {
        /// Its intent.
        intent: u64,
        /// What was asked.
        request: CheckInRequest,
    },
    /// A ticket.
    Ticket {
        /// Its intent.
        intent: u64,
        /// What was asked.
        request: TicketRequest,
    },
}

/// A screen; each has a file and a plugin of its own.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Screen {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// Shows the code for the administrator.
    Pairing,
    /// The hub is away.
    Away,
    /// The office is closed.
    Closed,
    /// Tickets are suspended.
    Suspended,
    /// Have you an appointment?
    Welcome,
    /// Scan or type.
    Code,
    /// A moment, please.
    Wait,
    /// The time has passed.
    Late,
    /// Is today's booking to be cancelled?
    GiveUp,
    /// The booking was given up.
    BookAnew,
    /// Which service?
    Services,
    /// What to bring.
    Service,
    /// The service wants a booking.
    CouldNotBook,
    /// Help or priority service?
    Priority,
    /// The number.
    Given,
    /// No, and what to do next.
    Refused,
}

impl At {
    /// The screen of this place.
    #[must_use]
    pub const fn screen(&self) -> Screen {
        match self {
            Self::Welcome => Screen::Welcome,
            Self::Code { .. } => Screen::Code,
            Self::CheckingIn { .. } | Self::TakingTicket { .. } => Screen::Wait,
            Self::Late { .. } => Screen::Late,
            Self::GiveUp { .. } => Screen::GiveUp,
            Self::BookAnew => Screen::BookAnew,
            Self::Services { .. } => Screen::Services,
            Self::Service { .. } => Screen::Service,
            Self::CouldNotBook { .. } => Screen::CouldNotBook,
            Self::Priority { .. } => Screen::Priority,
            Self::Given { .. } => Screen::Given,
            Self::Refused { .. } => Screen::Refused,
        }
    }

    /// The intent that waits for an answer.
    pub(super) const fn intent(&self) -> Option<u64> {
        match self {
            Self::CheckingIn { intent, .. } | Self::TakingTicket { intent, .. } => Some(*intent),
            _ => None,
        }
    }

    /// Whether the hub is being asked.
    pub(super) const fn is_busy(&self) -> bool {
        self.intent().is_some()
    }

    /// Whether it stays when the hub is lost: a number that was given, and a question that is under way.
    pub(super) const fn outlives_the_link(&self) -> bool {
        self.is_busy() || matches!(self, Self::Given { .. } | Self::Refused { retry: Some(_), .. })
    }

    /// Whether nobody can leave it: an answer is under way, or it is not yet known whether the number is on paper.
    pub(super) const fn holds_on(&self) -> bool {
        self.is_busy() || matches!(self, Self::Given { paper: Paper::Printing, .. })
    }

    /// Whether a number is on the screen and on no paper.
    pub(super) const fn keeps_a_number(&self) -> bool {
        matches!(self, Self::Given { paper: Paper::NotPrinted | Paper::Printing, .. })
    }

    /// After how long without a touch something happens; never, where nobody is or the hub is being asked.
    pub(super) const fn patience(&self, rules: &Rules) -> Option<Duration> {
        match self {
            Self::Welcome | Self::CheckingIn { .. } | Self::TakingTicket { .. } => None,
            Self::Given { paper: Paper::Printed, .. } => Some(rules.printed),
            Self::Given { paper: Paper::Printing, .. } => None,
            Self::Given { paper: Paper::NotPrinted, .. } => Some(rules.idle),
            Self::Code { .. }
            | Self::Late { .. }
            | Self::GiveUp { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::Service { .. }
            | Self::CouldNotBook { .. }
            | Self::Priority { .. }
            | Self::Refused { .. } => Some(rules.idle),
        }
    }

    /// Whether it goes home without asking first: the ticket is in hand.
    pub(super) const fn leaves_unasked(&self) -> bool {
        matches!(self, Self::Given { paper: Paper::Printed, .. })
    }

    /// One step back.
    pub(super) fn before(self) -> Self {
        match self {
            Self::Service { .. } | Self::CouldNotBook { .. } => Self::Services { page: 0 },
            Self::Priority { key, could_not_book: false } => Self::Service { key },
            Self::Priority { key, could_not_book: true } => Self::CouldNotBook { key },
            Self::Late { .. } => Self::Code { typed: String::new() },
            Self::GiveUp { code, booked_for } => Self::Late { code, booked_for },
            at @ (Self::CheckingIn { .. } | Self::TakingTicket { .. } | Self::Given { .. }) => at,
            Self::Welcome | Self::Code { .. } | Self::BookAnew | Self::Services { .. } | Self::Refused { .. } => {
                Self::Welcome
            }
        }
    }

    /// What can be tried again when there was no answer.
    pub(super) fn retry(&self) -> Option<Retry> {
        match self {
            Self::CheckingIn { intent, request } => Some(Retry::CheckIn { intent: *intent, request: request.clone() }),
            Self::TakingTicket { intent, request } => Some(Retry::Ticket { intent: *intent, request: request.clone() }),
            _ => None,
        }
    }
}
