//! How long the kiosk waits, and for what.

use std::time::Duration;

use wire::Language;

/// Times of the walk.
#[derive(Debug, Clone)]
pub struct WalkRules {
    /// The language that the next citizen sees first.
    pub language: Language,
    /// How many services stand on a page.
    pub services_on_a_page: usize,
    /// How many, where there is more than one page and the way to the next takes room too.
    pub services_on_a_page_of_many: usize,
    /// Without a touch for so long it asks whether anybody is there.
    pub idle: Duration,
    /// So long it asks; one touch says yes (K32: at least 20 s).
    pub ask: Duration,
    /// After so long with the ticket in hand it goes home.
    pub printed: Duration,
    /// A number that is on no paper stays so long unless somebody says that they noted it (NEW-04).
    pub noted: Duration,
    /// So long somebody who rang waits before they are told where to go.
    pub help: Duration,
    /// Whoever is read to needs so many times the time.
    pub listening_factor: u32,
    /// A number that is on no paper stays at least so long.
    pub number_least: Duration,
    /// The same button again within this time is the same touch (K22: up to 0.5 s).
    pub same_press: Duration,
    /// The same, for a key, which people do press twice.
    pub same_key: Duration,
    /// A touch within this time of a new screen was meant for the one before.
    pub settle: Duration,
}

impl WalkRules {
    /// The usual times.
    #[must_use]
    pub const fn new(language: Language, services_on_a_page: usize) -> Self {
        Self {
            language,
            services_on_a_page,
            services_on_a_page_of_many: services_on_a_page,
            idle: Duration::from_secs(45),
            ask: Duration::from_secs(20),
            printed: Duration::from_secs(15),
            noted: Duration::from_secs(180),
            help: Duration::from_secs(60),
            listening_factor: 4,
            number_least: Duration::from_secs(30),
            same_press: Duration::from_millis(500),
            same_key: Duration::from_millis(150),
            settle: Duration::from_millis(200),
        }
    }
}
