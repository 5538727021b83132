//! Where a citizen can be in the walk; each place carries exactly what belongs to it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use wire::{CheckInRequest, ProblemCode, Standing, TicketAnswer, TicketRequest};

use crate::{question::Question, rules::WalkRules};

/// A place in the walk.
#[derive(Debug, Clone, PartialEq)]
pub enum Station {
    /// Nobody is here, or somebody has just come.
    Welcome,
    /// Scans or types the code.
    Code {
        /// What was typed so far.
        typed: String,
    },
    /// The hub is asked to check in.
    CheckingIn {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: CheckInRequest,
    },
    /// The booked time has passed: after the others, or anew?
    Late {
        /// The code of the booking, as it was typed or read.
        code: String,
        /// The time that has passed.
        booked_for: Option<DateTime<Utc>>,
    },
    /// Wants a new booking, and is asked whether today's is to be cancelled: it cannot be had back.
    GiveUp {
        /// The code of the booking, as it was typed or read.
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
    /// Is asked something before the ticket.
    Question {
        /// Which question is asked.
        question: Question,
        /// What the hub will be asked for, with the answers so far. Its language is that of whoever answers last.
        request: TicketRequest,
    },
    /// The hub is asked for a ticket.
    TakingTicket {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: TicketRequest,
    },
    /// Has a number.
    Given {
        /// Names the print.
        job: u64,
        /// What is printed and shown.
        ticket: Box<TicketAnswer>,
        /// How the arrival stands to the promised time, for a booking.
        standing: Option<Standing>,
        /// Whether this booking was checked in before.
        again: bool,
        /// How its printing fares.
        print: PrintState,
    },
    /// Was told no, and what to do next.
    Refused {
        /// The reason, as the hub names it.
        code: ProblemCode,
        /// A time that the sentence speaks of.
        about: Option<DateTime<Utc>>,
        /// What can be tried again.
        retry: Option<Retry>,
    },
}

/// How the printing of a ticket fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintState {
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
    /// Somebody wanted to check in.
    CheckIn {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: CheckInRequest,
    },
    /// Somebody wanted a ticket.
    Ticket {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: TicketRequest,
    },
}

/// A screen; each has a file of its own in `kiosk/src/ui`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum KioskScreen {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// Shows the code for the administrator.
    Pairing,
    /// The hub is away.
    Away,
    /// Whoever answers is not the kiosk's hub, or does not know it.
    Estranged,
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
    /// A question of the table.
    Question,
    /// The number.
    Given,
    /// No, and what to do next.
    Refused,
}

impl Station {
    /// The screen of this place.
    #[must_use]
    pub const fn screen(&self) -> KioskScreen {
        match self {
            Self::Welcome => KioskScreen::Welcome,
            Self::Code { .. } => KioskScreen::Code,
            Self::CheckingIn { .. } | Self::TakingTicket { .. } => KioskScreen::Wait,
            Self::Late { .. } => KioskScreen::Late,
            Self::GiveUp { .. } => KioskScreen::GiveUp,
            Self::BookAnew => KioskScreen::BookAnew,
            Self::Services { .. } => KioskScreen::Services,
            Self::Service { .. } => KioskScreen::Service,
            Self::CouldNotBook { .. } => KioskScreen::CouldNotBook,
            Self::Question { .. } => KioskScreen::Question,
            Self::Given { .. } => KioskScreen::Given,
            Self::Refused { .. } => KioskScreen::Refused,
        }
    }

    /// The key of the service that was chosen and is not yet asked for.
    pub(crate) const fn chosen(&self) -> Option<&String> {
        match self {
            Self::Service { key } | Self::CouldNotBook { key } => Some(key),
            Self::Question { request, .. } => Some(&request.service),
            Self::Welcome
            | Self::Code { .. }
            | Self::CheckingIn { .. }
            | Self::Late { .. }
            | Self::GiveUp { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::TakingTicket { .. }
            | Self::Given { .. }
            | Self::Refused { .. } => None,
        }
    }

    /// The intent that waits for an answer.
    pub(crate) const fn intent(&self) -> Option<u64> {
        match self {
            Self::CheckingIn { intent, .. } | Self::TakingTicket { intent, .. } => Some(*intent),
            _ => None,
        }
    }

    /// Whether the hub is being asked.
    pub(crate) const fn is_busy(&self) -> bool {
        self.intent().is_some()
    }

    /// Whether it stays when the hub is lost: a number that was given, and a question that is under way.
    pub(crate) const fn outlives_the_link(&self) -> bool {
        self.is_busy() || matches!(self, Self::Given { .. } | Self::Refused { retry: Some(_), .. })
    }

    /// Whether nobody can leave it: an answer is under way, or it is not yet known whether the number is on paper.
    pub(crate) const fn holds_on(&self) -> bool {
        self.is_busy() || matches!(self, Self::Given { print: PrintState::Printing, .. })
    }

    /// Whether a number is on the screen and on no paper.
    pub(crate) const fn keeps_a_number(&self) -> bool {
        matches!(self, Self::Given { print: PrintState::NotPrinted | PrintState::Printing, .. })
    }

    /// After how long without a touch something happens; never, where nobody is or the hub is being asked.
    pub(crate) const fn patience(&self, rules: &WalkRules) -> Option<Duration> {
        match self {
            Self::Welcome | Self::CheckingIn { .. } | Self::TakingTicket { .. } => None,
            Self::Given { print: PrintState::Printed, .. } => Some(rules.printed),
            Self::Given { print: PrintState::Printing, .. } => None,
            Self::Given { print: PrintState::NotPrinted, .. } => Some(rules.idle),
            Self::Code { .. }
            | Self::Late { .. }
            | Self::GiveUp { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::Service { .. }
            | Self::CouldNotBook { .. }
            | Self::Question { .. }
            | Self::Refused { .. } => Some(rules.idle),
        }
    }

    /// Whether it goes home without asking first: the ticket is in hand.
    pub(crate) const fn leaves_unasked(&self) -> bool {
        matches!(self, Self::Given { print: PrintState::Printed, .. })
    }

    /// One step back.
    pub(crate) fn before(self) -> Self {
        match self {
            Self::Service { .. } | Self::CouldNotBook { .. } => Self::Services { page: 0 },
            Self::Question { question, request } => match question.before() {
                Some(question) => Self::Question { question, request },
                None if request.could_not_book => Self::CouldNotBook { key: request.service },
                None => Self::Service { key: request.service },
            },
            Self::Late { .. } => Self::Code { typed: String::new() },
            Self::GiveUp { code, booked_for } => Self::Late { code, booked_for },
            station @ (Self::CheckingIn { .. } | Self::TakingTicket { .. } | Self::Given { .. }) => station,
            Self::Welcome | Self::Code { .. } | Self::BookAnew | Self::Services { .. } | Self::Refused { .. } => {
                Self::Welcome
            }
        }
    }

    /// What can be tried again when there was no answer.
    pub(crate) fn retry(&self) -> Option<Retry> {
        match self {
            Self::CheckingIn { intent, request } => Some(Retry::CheckIn { intent: *intent, request: request.clone() }),
            Self::TakingTicket { intent, request } => Some(Retry::Ticket { intent: *intent, request: request.clone() }),
            _ => None,
        }
    }
}
