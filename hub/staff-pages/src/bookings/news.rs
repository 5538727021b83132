//! What was just done about a booking, as its page says once.

/// What can just have been done about a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookingNews {
    New,
    Papers,
    Correction,
    Corrected,
    Void,
    Warned,
    Cancel,
    Moved,
    Details,
    DetailsSame,
    MailAgain,
    NewLink,
    ToldCode,
    NewCode,
}

impl BookingNews {
    const ALL: [Self; 14] = [
        Self::New,
        Self::Papers,
        Self::Correction,
        Self::Corrected,
        Self::Void,
        Self::Warned,
        Self::Cancel,
        Self::Moved,
        Self::Details,
        Self::DetailsSame,
        Self::MailAgain,
        Self::NewLink,
        Self::ToldCode,
        Self::NewCode,
    ];

    /// Its name in a link, and the sentence that says so.
    const fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("new", "booking-done-new"),
            Self::Papers => ("papers", "booking-done-papers"),
            Self::Correction => ("correction", "booking-done-correction"),
            Self::Corrected => ("corrected", "booking-done-corrected"),
            Self::Void => ("void", "booking-done-void"),
            Self::Warned => ("warned", "booking-done-warned"),
            Self::Cancel => ("cancel", "booking-done-cancel"),
            Self::Moved => ("moved", "booking-done-moved"),
            Self::Details => ("details", "booking-done-details"),
            Self::DetailsSame => ("details-same", "booking-done-details-same"),
            Self::MailAgain => ("mail-again", "booking-done-mail-again"),
            Self::NewLink => ("new-link", "booking-done-new-link"),
            Self::ToldCode => ("told-code", "booking-done-told-code"),
            Self::NewCode => ("new-code", "booking-done-new-code"),
        }
    }

    /// As the page is asked for afterwards.
    pub fn query(self) -> String {
        format!("done={}", self.row().0)
    }

    /// The sentence that says so.
    pub const fn sentence(self) -> &'static str {
        self.row().1
    }

    /// The news with this name; nonsense is none.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.row().0 == name)
    }
}
