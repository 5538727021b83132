//! Which mail follows from which event: the table is the office's (TRN-02); here it becomes rows of the outbox.

use chrono::{DateTime, NaiveDate, Utc};
use office::{AddressId, Event, Language, Mail, Office, PersonId, Words};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use secrets::{Holder, HolderLetter, ServedLink};
use store::OutboxEntry;

/// The mail that proves an address; what it is about is a [`secrets::Start`].
pub const START: &str = "start";
/// The mail that proves the address of a person for whom somebody else booked; about a [`secrets::ServedLink`].
pub const SERVED: &str = "served";
/// The mail that leaves an agent's booking to a citizen; about a [`secrets::EntrustedLink`].
pub const ENTRUSTED: &str = "entrusted";
/// The mail that invites an agent; about a [`secrets::Invitation`].
pub const INVITED: &str = "invited";

/// The mail that opens an account, or proves where its mails go; about a [`secrets::AccountLink`].
pub const ACCOUNT: &str = "account";

/// The mail that tells an applicant of a step of their request; about a [`RequestMail`].
pub const REQUEST: &str = "request";

/// The mail that tells the holder of an account of what was done to it; about a [`MemberMail`].
pub const MEMBER: &str = "member";

/// The mail that tells somebody invited to a conference of it; about a [`ConferenceMail`].
pub const CONFERENCE: &str = "conference";
/// The mail that reminds them of it, shortly before; about a [`ConferenceMail`].
pub const CONFERENCE_REMINDER: &str = "conference-reminder";
/// The mail that invites somebody to coordinate a unit; about a [`CoordinatorMail`].
pub const COORDINATOR: &str = "coordinator";

/// The mail that brings an office's figures of a month to who sees them; about a [`FiguresMail`].
pub const FIGURES: &str = "figures";

/// The mail that brings a holder the link that took the place of those before; about a [`secrets::HolderLetter`].
pub const NEW_LINK: &str = "new-link";
/// The mail that brings a holder a code; about a [`secrets::HolderLetter`].
pub const CODE: &str = "code";

/// The message that brings a code to the mobile of a citizen for whom an agent prepared a booking; about a
/// [`secrets::MobileLetter`].
pub const MOBILE_CODE: &str = "mobile-code";

/// The mails that follow from an event, and when each goes out; `after` is the office as it is right after the event.
pub fn mails_after(after: &Office, event: &Event, seq: u64) -> Vec<(OutboxEntry, DateTime<Utc>)> {
    office::mails(after, event).iter().map(|mail| (posted(mail, seq), mail.due(event.at))).collect()
}

/// Ids alone: what the mail says is written when it is sent.
fn posted(mail: &Mail, seq: u64) -> OutboxEntry {
    OutboxEntry { seq: Some(seq), kind: kind(mail), about: serde_json::to_string(mail).unwrap_or_default() }
}

/// What an outbox row about a booking holds: the mail that is owed, and to which of its people it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// To the person served, at their own proven address, and not to who booked (OMB-14).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub served: bool,
    /// Which mail it is, with what that needs.
    #[serde(flatten)]
    pub mail: Mail,
}

/// The same mail for the person served. It follows from no event by itself: who else is told is not the rules' affair.
pub fn copy_for_served(posted: &OutboxEntry) -> Option<(PersonId, OutboxEntry)> {
    let mail: Mail = serde_json::from_str(&posted.about).ok()?;
    let about = serde_json::to_string(&About { served: true, mail }).ok()?;
    Some((mail.person, OutboxEntry { seq: None, kind: posted.kind.clone(), about }))
}

/// Whose address a letter went to: the person, and whether it was that of the person served. None for letters to somebody
/// who has no booking yet, and to agents.
pub fn whose(kind: &str, about: &str) -> Option<(PersonId, bool)> {
    if kind == SERVED {
        return serde_json::from_str::<ServedLink>(about).ok().map(|link| (link.person, true));
    }
    if [NEW_LINK, CODE].contains(&kind) {
        let letter = serde_json::from_str::<HolderLetter>(about).ok()?;
        return Some((letter.person, letter.holder == Holder::Served));
    }
    serde_json::from_str::<About>(about).ok().map(|about| (about.mail.person, about.served))
}

/// The kind's name in the outbox, e.g. `cancelled-by-office`.
fn kind(mail: &Mail) -> String {
    serde_json::to_value(mail.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What a mail with the figures of a month is about: numbers alone. What it says is counted when it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresMail {
    /// The account whose holder sees them.
    pub account: u32,
    /// The first day of the month.
    pub first: NaiveDate,
    /// The language in which they are told.
    pub language: Language,
}

/// What a mail about a request is about: ids alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestMail {
    /// How the outside names the request.
    pub request: Uuid,
    /// The applicant's account.
    pub account: u32,
    /// The language in which they are told.
    pub language: Language,
    /// Of what they are told.
    pub news: RequestNews,
}

/// Of what an applicant is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestNews {
    /// It was submitted: the receipt.
    Submitted,
    /// It has its official number.
    Numbered,
    /// Somebody works on it.
    Assigned,
    /// Another unit has it.
    HandedOver,
    /// It is another body's, and went there.
    Forwarded,
    /// They are asked something.
    Asked,
    /// It was accepted.
    Accepted,
    /// It was refused.
    Refused,
    /// What was asked for has been done.
    Done,
    /// The result is there.
    Ready,
    /// The result was handed out.
    Collected,
    /// The result was posted.
    Posted,
    /// An appointment is proposed.
    VisitProposed,
    /// It was closed.
    Closed,
}

/// What a mail to the holder of an account is about: a number, and nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberMail {
    /// The account whose holder is told.
    pub account: u32,
    /// The language in which they are told.
    pub language: Language,
    /// Of what they are told.
    pub news: MemberNews,
}

/// Of what the holder of an account is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberNews {
    /// Staff let nobody in.
    Blocked,
    /// Staff let them in again.
    Unblocked,
    /// At a desk their second factor was taken away.
    FactorTaken,
    /// Nobody has used it for long: it goes unless somebody signs in before then.
    Unused {
        /// The hour at which it goes, at the earliest.
        until: DateTime<Utc>,
    },
    /// They were certified, and have level B (PLA-04).
    Certified,
    /// A clerk certified them first, and a second has still to look.
    LookedFirst,
    /// A clerk said what is missing; their page has it.
    ProofsMissing,
    /// Their certification was taken back; their page says why.
    CertificateRevoked,
    /// Level B was closed for something (PLA-07).
    LevelClosed {
        /// For what, as its page calls it.
        what: Words,
        /// What users are told.
        notice: Words,
    },
    /// It was opened again.
    LevelOpened {
        /// The name of the category or service, in both languages.
        what: Words,
    },
    /// Another account of theirs was joined to it.
    Joined,
    /// And the account that had this address is gone into it: told there, for whoever would not know of it otherwise.
    JoinedAway {
        /// Where the account that is gone was written to.
        address: AddressId,
    },
    /// Somebody asks to be a coordinator, which they may decide (PRE-05).
    RoleAsked,
    /// They are a coordinator.
    RoleApproved,
    /// They are not, and their page says why.
    RoleRefused,
}

/// What a mail to somebody invited to a conference is about: numbers alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConferenceMail {
    /// The conference's number in the hub.
    pub conference: u64,
    /// Whom it goes to, by their number in it.
    pub participant: u16,
    /// Of what they are told.
    pub news: ConferenceNews,
    /// The conference as it stood then: a reminder of another time is none.
    pub sequence: u32,
}

/// Of what somebody invited to a conference is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConferenceNews {
    /// They are invited.
    Invited,
    /// It is at another time, or is called otherwise.
    Changed,
    /// It will not be.
    Cancelled,
    /// Their invitation was taken back.
    Removed,
    /// They have a new link.
    NewLink,
    /// It begins soon.
    Reminder,
    /// It is a meeting of a collective body, to which they belong (PRE-10).
    Meeting,
    /// The minutes of that meeting wait for their signature.
    Minutes,
}

/// What a mail is about that invites somebody to coordinate a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinatorMail {
    /// Drawn with it, and good until it is used or taken back.
    pub invitation: Uuid,
}

#[cfg(test)]
mod tests {
    use office::{BookingId, Language, MailKind};

    use super::*;

    #[test]
    fn trn_02_the_outbox_holds_ids_and_nothing_else() {
        let person = PersonId(uuid::Uuid::nil());
        let mail = Mail {
            kind: MailKind::CancelledByOffice,
            booking: BookingId(12),
            person,
            language: Language::En,
            later: None,
            was: None,
        };
        let row = posted(&mail, 7);
        assert_eq!((row.seq, row.kind.as_str()), (Some(7), "cancelled-by-office"));
        assert_eq!(serde_json::from_str::<Mail>(&row.about).unwrap(), mail);
        assert_eq!(super::whose("cancelled-by-office", &row.about), Some((person, false)));
        assert_eq!(super::whose(START, "{\"address\":1}"), None);
        let (whose, copy) = copy_for_served(&row).unwrap();
        assert_eq!((whose, copy.seq), (person, None));
        assert_eq!(super::whose("cancelled-by-office", &copy.about), Some((person, true)));
        assert_eq!(serde_json::from_str::<About>(&copy.about).unwrap(), About { served: true, mail });
        assert_eq!(serde_json::from_str::<About>(&row.about).unwrap(), About { served: false, mail });
    }
}
