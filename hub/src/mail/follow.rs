//! Which mail follows from which event: the table is the office's (TRN-02); here it becomes rows of the outbox.

use chrono::{DateTime, Utc};
use office::{Event, Mail, Office};

use crate::store::Posted;

/// The mails that follow from an event, and when each goes out; `after` is the office as it is right after the event.
pub fn mails_after(after: &Office, event: &Event, seq: u64) -> Vec<(Posted, DateTime<Utc>)> {
    let due = |mail: &Mail| mail.later.map_or(event.at, |later| later.at);
    office::mails(after, event).iter().map(|mail| (posted(mail, seq), due(mail))).collect()
}

/// Ids alone: what the mail says is written when it is sent.
fn posted(mail: &Mail, seq: u64) -> Posted {
    Posted { seq: Some(seq), kind: kind(mail), about: serde_json::to_string(mail).unwrap_or_default() }
}

/// The kind's name in the outbox, e.g. `cancelled-by-office`.
fn kind(mail: &Mail) -> String {
    serde_json::to_value(mail.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use office::{BookingId, Language, MailKind, PersonId};

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
        };
        let row = posted(&mail, 7);
        assert_eq!((row.seq, row.kind.as_str()), (Some(7), "cancelled-by-office"));
        assert_eq!(serde_json::from_str::<Mail>(&row.about).unwrap(), mail);
    }
}
