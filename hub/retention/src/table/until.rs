//! Until when something is kept, in words: each with the number that the code goes by.

use access::SESSION_HOURS;
use office::OnlineRules;
use post::{GIVEN_UP_AFTER_DAYS, WARNINGS_KEPT};
use store::SNAPSHOTS_KEPT;

use crate::{
    AGENTS_KEPT, ANSWERS_KEPT_DAYS, AUDIT_KEPT, AUDIT_STRANGERS_MAX, BUCKETS_KEPT, CONFERENCES_KEPT, DRAFTS_KEPT,
    FEEDBACK_MARKS_KEPT, HEADS_KEPT, PRESSES_KEPT, REGISTRATIONS_KEPT, REQUEST_BOOKINGS_KEPT, REQUEST_VISITS_KEPT,
    unused::{UNUSED_MONTHS, WARNED},
};
use acts::{
    ACCOUNT_LINK_MINUTES, ADDRESS_UNDO_DAYS, ARRIVAL_MINUTES, WAY_MINUTES, invite_agent::INVITATION_DAYS,
    send_code::CODE_MINUTES,
};
use coordination::roles::invite::UNIT_INVITATION_DAYS;

/// Until when something is kept.
#[derive(Clone, Copy)]
pub(super) enum Until {
    /// So many days after the visit, or earlier on request; the office sets how many.
    AfterVisit,
    /// So many days after it was written; the same number.
    AfterWriting,
    /// So many days after it was sent or given up; the same number.
    AfterSending,
    /// Some hours after it was asked for, unless a booking stands on it.
    Unconfirmed,
    /// Until the citizen answers or the time lapses; the name as long as the booking's own details.
    Entrusted,
    /// As long as a code that was mailed is good.
    Code,
    /// As long as a time is kept for whoever has the mobile.
    MobileCode,
    /// As long as a link of an account is good.
    AccountLink,
    /// As long as whoever came through another and has no account may give an address.
    Arrival,
    /// As long as somebody may be on the way to a provider and back.
    Way,
    /// So many days after somebody registered, unless they activate the account.
    Registration,
    /// As long as commands are answered again.
    Answers,
    /// As long as the limits on links need it.
    Buckets,
    /// As long as a form that was answered is known as done.
    Presses,
    /// As long as the page of a ticket asks what somebody thought.
    FeedbackMark,
    /// As long as it is looked into who came in.
    Audit,
    /// As long as the signed heads of journals are shown.
    Heads,
    /// As long as nobody is to be warned of the same again.
    Warnings,
    /// As long as a member of staff is signed in.
    Session,
    /// Until newer ones take their place.
    Snapshots,
    /// Until an agent has been shut out for a year, or has not come for one.
    AgentGone,
    /// So many years after a request ended; its category says how many.
    Request,
    /// A file as long as the booking's details, or the request's texts; one that was never sent for hours.
    Files,
    /// So many days after a number was given for collecting a result.
    RequestVisits,
    /// So many days after an appointment was booked for a request.
    RequestBookings,
    /// So many days after a conference was over, or a request to be a coordinator was decided.
    Conference,
    /// So many days after somebody was invited to coordinate a unit, unless they accept.
    UnitInvitation,
    /// As long as a citizen uses their account; staff's has no end.
    Unused,
    /// Without an end.
    NoEnd,
}

impl Until {
    /// The same in a sentence, in Greek and in English.
    pub(super) fn said(self) -> [String; 2] {
        let OnlineRules { personal_data_days, unconfirmed_hours, agent_confirm_hours, .. } = OnlineRules::default();
        match self {
            Self::AfterVisit => [
                format!("{personal_data_days} ημέρες μετά την επίσκεψη (`personal_data_days`), ή νωρίτερα με αίτημα"),
                format!("{personal_data_days} days after the visit (`personal_data_days`), or earlier on request"),
            ],
            Self::AfterWriting => [
                format!("{personal_data_days} ημέρες μετά την εγγραφή (`personal_data_days`)"),
                format!("{personal_data_days} days after it was written (`personal_data_days`)"),
            ],
            Self::AfterSending => [
                format!(
                    "{personal_data_days} ημέρες (`personal_data_days`), αφού σταλεί ή εγκαταλειφθεί· δοκιμάζεται έως \
                     {GIVEN_UP_AFTER_DAYS} ημέρες"
                ),
                format!(
                    "{personal_data_days} days (`personal_data_days`), once sent or given up; it is tried for \
                     {GIVEN_UP_AFTER_DAYS} days"
                ),
            ],
            Self::Unconfirmed => [
                format!("{unconfirmed_hours} ώρες (`unconfirmed_hours`) χωρίς ραντεβού· αλλιώς όσο το ραντεβού"),
                format!("{unconfirmed_hours} hours (`unconfirmed_hours`) without a booking; else as long as that"),
            ],
            Self::Entrusted => [
                format!("έως την απάντηση του πολίτη· το όνομα έως {personal_data_days} ημέρες (`personal_data_days`)"),
                format!("until the citizen answers; the name for {personal_data_days} days (`personal_data_days`)"),
            ],
            Self::Code => [
                format!("{CODE_MINUTES} λεπτά· η γραμμή έως την επόμενη νύχτα"),
                format!("{CODE_MINUTES} minutes; the row until the next night"),
            ],
            Self::Request => [
                "όσα έτη ορίζει η κατηγορία μετά το τέλος του αιτήματος (`retention_years`)".to_owned(),
                "as many years after the request's end as its category says (`retention_years`)".to_owned(),
            ],
            Self::Files => {
                let hours = DRAFTS_KEPT.num_hours();
                [
                    format!(
                        "ραντεβού: {personal_data_days} ημέρες μετά την επίσκεψη (`personal_data_days`), ή νωρίτερα με αίτημα· \
                         αίτημα: όσα έτη τα κείμενά του· ό,τι δεν υποβλήθηκε: {hours} ώρες"
                    ),
                    format!(
                        "of a booking: {personal_data_days} days after the visit (`personal_data_days`), or earlier on request; of \
                         a request: as many years as its texts; what was never submitted: {hours} hours"
                    ),
                ]
            }
            Self::RequestVisits => {
                let days = REQUEST_VISITS_KEPT.num_days();
                [format!("{days} ημέρες μετά την επίσκεψη"), format!("{days} days after the visit")]
            }
            Self::RequestBookings => {
                let days = REQUEST_BOOKINGS_KEPT.num_days();
                [format!("{days} ημέρες αφότου κλείστηκε"), format!("{days} days after it was booked")]
            }
            Self::Conference => {
                let days = CONFERENCES_KEPT.num_days();
                [
                    format!("{days} ημέρες μετά τη λήξη της τηλεδιάσκεψης, ή μετά την απόφαση για το αίτημα"),
                    format!("{days} days after the conference was over, or the request was decided"),
                ]
            }
            Self::UnitInvitation => [
                format!("{UNIT_INVITATION_DAYS} ημέρες, ή έως ότου γίνει δεκτή· η γραμμή έως την επόμενη νύχτα"),
                format!("{UNIT_INVITATION_DAYS} days, or until it is accepted; the row until the next night"),
            ],
            Self::Registration => {
                let days = REGISTRATIONS_KEPT.num_days();
                [format!("{days} ημέρες μετά την εγγραφή"), format!("{days} days after registering")]
            }
            Self::MobileCode => [
                format!("όσο κρατείται η ώρα, έως {agent_confirm_hours} ώρες (`agent_confirm_hours`)"),
                format!("as long as the time is kept, up to {agent_confirm_hours} hours (`agent_confirm_hours`)"),
            ],
            Self::Arrival => [
                format!("{ARRIVAL_MINUTES} λεπτά· η γραμμή έως την επόμενη νύχτα"),
                format!("{ARRIVAL_MINUTES} minutes; the row until the next night"),
            ],
            Self::Way => [
                format!("{WAY_MINUTES} λεπτά· η γραμμή έως την επόμενη σύνδεση"),
                format!("{WAY_MINUTES} minutes; the row until the next sign-in"),
            ],
            Self::AccountLink => [
                format!(
                    "{ACCOUNT_LINK_MINUTES} λεπτά, μια πρόσκληση {INVITATION_DAYS} ημέρες, η αναίρεση αλλαγής διεύθυνσης \
                     {ADDRESS_UNDO_DAYS} ημέρες· η γραμμή έως την επόμενη νύχτα"
                ),
                format!(
                    "{ACCOUNT_LINK_MINUTES} minutes, an invitation {INVITATION_DAYS} days, to take a change of address back \
                     {ADDRESS_UNDO_DAYS} days; the row until the next night"
                ),
            ],
            Self::Answers => [format!("{ANSWERS_KEPT_DAYS} ημέρες"), format!("{ANSWERS_KEPT_DAYS} days")],
            Self::Buckets => {
                let days = BUCKETS_KEPT.num_days();
                [format!("{days} ημέρες"), format!("{days} days")]
            }
            Self::Presses => {
                let days = PRESSES_KEPT.num_days();
                [format!("{days} ημέρες"), format!("{days} days")]
            }
            Self::FeedbackMark => {
                let days = FEEDBACK_MARKS_KEPT.num_days();
                [format!("{days} ημέρα"), format!("{days} day")]
            }
            Self::Audit => {
                let days = AUDIT_KEPT.num_days();
                [
                    format!("{days} ημέρες· των αγνώστων οι νεότερες {AUDIT_STRANGERS_MAX} γραμμές"),
                    format!("{days} days; of strangers the newest {AUDIT_STRANGERS_MAX} rows"),
                ]
            }
            Self::Heads => {
                let days = HEADS_KEPT.num_days();
                [format!("{days} ημέρες"), format!("{days} days")]
            }
            Self::Warnings => {
                let days = WARNINGS_KEPT.num_days();
                [format!("{days} ημέρες"), format!("{days} days")]
            }
            Self::Session => [
                format!("{SESSION_HOURS} ώρες, ή έως την αποσύνδεση"),
                format!("{SESSION_HOURS} hours, or until signing out"),
            ],
            Self::Snapshots => [
                format!("τα {SNAPSHOTS_KEPT} νεότερα κάθε γραφείου"),
                format!("the newest {SNAPSHOTS_KEPT} of each office"),
            ],
            Self::AgentGone => {
                let days = AGENTS_KEPT.num_days();
                [
                    format!("{days} ημέρες αφού αποκλειστεί, ή αφού προσκληθεί χωρίς να έρθει"),
                    format!("{days} days after they were shut out, or invited and did not come"),
                ]
            }
            Self::Unused => {
                let days = WARNED.num_days();
                [
                    format!(
                        "του πολίτη {UNUSED_MONTHS} μήνες μετά την τελευταία σύνδεση, με προειδοποίηση {days} ημέρες πριν, ή \
                         νωρίτερα με αίτημα· του προσωπικού **χωρίς τέλος**"
                    ),
                    format!(
                        "a citizen's {UNUSED_MONTHS} months after the last sign-in, with a warning {days} days before, or earlier \
                         on request; staff's **without an end**"
                    ),
                ]
            }
            Self::NoEnd => ["**χωρίς τέλος**".to_owned(), "**without an end**".to_owned()],
        }
    }
}
