//! What somebody says about themselves while they take a number or after it: company, cases, needs (FLD-32, FLD-34).

use wire::{Needs, TicketRequest};

/// Something that somebody can need (FLD-34).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonalNeed {
    /// Somebody who fetches them from their seat.
    Escort,
    /// Somebody who interprets into Greek sign language.
    SignLanguage,
    /// Another language than Greek.
    OtherLanguage,
    /// More time than planned.
    MoreTime,
}

impl PersonalNeed {
    /// Every need, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Escort, Self::SignLanguage, Self::OtherLanguage, Self::MoreTime];

    /// Its name among the buttons, and of its sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Escort => "escort",
            Self::SignLanguage => "sign-language",
            Self::OtherLanguage => "other-language",
            Self::MoreTime => "more-time",
        }
    }

    /// Whether it is among those that were said.
    #[must_use]
    pub const fn is_in(self, needs: &Needs) -> bool {
        match self {
            Self::Escort => needs.escort,
            Self::SignLanguage => needs.sign_language,
            Self::OtherLanguage => needs.other_language,
            Self::MoreTime => needs.more_time,
        }
    }

    /// Says it, or takes it back.
    pub const fn turn(self, needs: &mut Needs) {
        match self {
            Self::Escort => needs.escort = !needs.escort,
            Self::SignLanguage => needs.sign_language = !needs.sign_language,
            Self::OtherLanguage => needs.other_language = !needs.other_language,
            Self::MoreTime => needs.more_time = !needs.more_time,
        }
    }
}

/// What is counted of a party (FLD-32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyCount {
    /// How many persons come together.
    Persons,
    /// How many cases they bring.
    Cases,
}

impl PartyCount {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Persons, Self::Cases];

    /// No kiosk gives a number for more at once; reception does.
    pub const MOST: u8 = 9;

    /// Its name among the buttons, and of its sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Cases => "cases",
        }
    }

    /// How many are said.
    #[must_use]
    pub const fn of(self, request: &TicketRequest) -> u8 {
        match self {
            Self::Persons => request.persons,
            Self::Cases => request.cases,
        }
    }

    /// One more or one less, within what there is.
    pub fn change(self, request: &mut TicketRequest, more: bool) {
        let of = match self {
            Self::Persons => &mut request.persons,
            Self::Cases => &mut request.cases,
        };
        *of = if more { of.saturating_add(1).min(Self::MOST) } else { of.saturating_sub(1).max(1) };
    }
}
