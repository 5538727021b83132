//! The heart of the store: what one command does, in one value.

use chrono::{DateTime, Utc};
use office::Event;
use uuid::Uuid;

use crate::{
    actor::Actor,
    batch::Batch,
    commands::KeptAnswer,
    error::{AppendError, StaleJournal, Stored},
    head::Head,
    journal::Cause,
    rows::Row,
};

/// Everything that a command does in an office, as one value: these events, if the journal still ends where the command
/// was decided, with these rows beside them and this answer kept.
#[derive(Debug, Clone, Copy)]
pub struct Append<'a> {
    /// The office's row.
    pub office: u32,
    /// Where the journal ended when the command was decided.
    pub after: Head,
    /// What was decided, in the order in which it happened.
    pub events: &'a [Event],
    /// By whom the command was given.
    pub actor: Actor,
    /// The command's id, if it has one.
    pub command: Option<Uuid>,
    /// The rows beside the journal, in the order in which they are written.
    pub rows: &'a [Row],
    /// What the rows take for now.
    pub at: DateTime<Utc>,
    /// What the same command is answered again.
    pub answer: Option<KeptAnswer<'a>>,
}

impl Append<'_> {
    /// Nothing yet, by this one, at this time.
    pub const fn none(office: u32, after: Head, actor: Actor, at: DateTime<Utc>) -> Self {
        Self { office, after, events: &[], actor, command: None, rows: &[], at, answer: None }
    }
}

impl Batch<'_> {
    /// Carries out what a command does, and says where the office's journal ends then.
    ///
    /// # Errors
    /// [`StaleJournal`], if the journal ends elsewhere by now: nothing was written, and the batch may go on. A
    /// [`crate::StoreError`], if something cannot be written: the batch can only be undone then.
    pub fn append(&self, append: &Append<'_>) -> Result<Head, AppendError> {
        let (office, expected) = (append.office, append.after);
        let found = self.head(office)?;
        if found != expected {
            return Err(StaleJournal { office, expected, found }.into());
        }
        let head = self.write(append).inspect_err(|_| self.give_up())?;
        self.set_head(office, head);
        Ok(head)
    }

    fn write(&self, append: &Append<'_>) -> Stored<Head> {
        let cause = Cause { actor: append.actor, command: append.command };
        let head = self.append_events(append.office, append.after, append.events, cause)?;
        append.rows.iter().try_for_each(|row| row.write(self, append.office, append.at))?;
        if let Some(answer) = &append.answer {
            self.keep_answer(answer, append.actor, append.at)?;
        }
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use office::{EventKind, HouseEvent, PersonId};

    use super::*;
    use crate::{OutboxEntry, Person, Store, StoreError};

    const OFFICE: u32 = 1;

    fn event() -> Event {
        let at = DateTime::UNIX_EPOCH;
        Event { at, kind: EventKind::House(HouseEvent::OutageNoted { from: at }) }
    }

    fn events(count: usize) -> Vec<Event> {
        vec![event(); count]
    }

    fn append(after: Head, events: &[Event]) -> Append<'_> {
        Append { events, ..Append::none(OFFICE, after, Actor::Citizen, DateTime::UNIX_EPOCH) }
    }

    fn mail(seq: u64) -> Row {
        let posted = OutboxEntry { seq: Some(seq), kind: "confirmation".into(), about: "{}".into() };
        Row::Mail(posted, DateTime::UNIX_EPOCH)
    }

    fn mails(store: &Store) -> usize {
        store.mails_due(DateTime::UNIX_EPOCH, 100).unwrap().len()
    }

    #[test]
    fn a_command_is_carried_out_where_it_was_decided_and_refused_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seira.db");
        let store = Store::open(&path).unwrap();
        assert_eq!(store.office_rows(["kep"]).unwrap(), [OFFICE]);
        let id = PersonId(Uuid::from_u128(7));
        let person = Row::Person(Person { id, name: Some("Μαρία".into()), email: None, phone: None });
        let command = Uuid::from_u128(9);
        let answer = KeptAnswer { command, body_hash: &[1; 32], bytes: b"yes" };
        let rows = [person, mail(1)];

        let batch = store.batch().unwrap();
        let some = events(2);
        let whole = Append { command: Some(command), rows: &rows, answer: Some(answer), ..append(Head::NONE, &some) };
        let first = batch.append(&whole).unwrap();
        assert_eq!(first.seq, 2);
        assert!(batch.person(id).unwrap().is_some(), "what comes later in a batch sees what came before");
        let AppendError::Moved(moved) = batch.append(&whole).unwrap_err() else { panic!("it was carried out again") };
        assert_eq!(moved, StaleJournal { office: OFFICE, expected: Head::NONE, found: first });
        let second = batch.append(&append(first, &events(1))).unwrap();
        batch.commit().unwrap();
        assert_eq!((second.seq, mails(&store)), (3, 1));
        assert_eq!(store.command(command).unwrap().unwrap().answer, b"yes");

        let batch = store.batch().unwrap();
        let undone = batch.append(&Append { rows: &[mail(4)], ..append(second, &events(1)) }).unwrap();
        assert_eq!((undone.seq, mails(&batch)), (4, 2));
        drop(batch);
        assert_eq!((store.head(OFFICE).unwrap(), mails(&store)), (second, 1));

        // Another hub on the same file.
        let other = Store::open(&path).unwrap();
        let batch = other.batch().unwrap();
        let third = batch.append(&append(second, &events(1))).unwrap();
        batch.commit().unwrap();
        let batch = store.batch().unwrap();
        let refused = batch.append(&append(second, &events(1)));
        assert!(matches!(refused, Err(AppendError::Moved(StaleJournal { found, .. })) if found == third));
        batch.append(&append(third, &events(1))).unwrap();
        batch.commit().unwrap();
    }

    #[test]
    fn half_of_a_command_is_never_committed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        store.office_rows(["kep"]).unwrap();
        let batch = store.batch().unwrap();
        let twice = [mail(1), mail(1)];
        let refused = batch.append(&Append { rows: &twice, ..append(Head::NONE, &events(1)) });
        assert!(matches!(refused, Err(AppendError::Store(StoreError::Broken(_)))));
        assert!(batch.commit().is_err());
        assert_eq!((store.head(OFFICE).unwrap(), store.journal_rows().unwrap(), mails(&store)), (Head::NONE, 0, 0));
    }
}
