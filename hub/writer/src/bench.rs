//! Where a piece of work stands: one office as the commands before it left it, and the rows beside its journal.

use chrono::{DateTime, TimeDelta, Utc};
use office::{BookingId, Command, Event, NoteId, Office, PersonId, Refusal};
use uuid::Uuid;

use store::{
    Actor, Declared, DetailEdit, Entered, Entrusted, HoursEdit, Note, Person, Posted, Store, StoreError, Stored,
};

use crate::{
    command::Decided,
    error::WriteError,
    follow::{copy_for_served, mails_after},
    offices::OfficeHandle,
    past::Leaving,
    report::report_after,
};

/// The writer's own copy of an office, ahead of what readers see by the batch that is not committed yet.
#[derive(Debug)]
pub struct Working {
    /// The office.
    pub office: Office,
    /// The number of its newest event.
    pub seq: u64,
    /// The hash of that event's row.
    pub hash: [u8; 32],
    /// The hash of the newest row that is committed.
    pub committed_hash: [u8; 32],
    /// Events of this batch, to be published after the commit.
    pub fresh: Vec<Event>,
    /// Events that no snapshot holds that was made or asked for.
    pub since_snapshot: u64,
    /// Mails were put in.
    pub posted: bool,
}

/// One command's view of the writer.
#[derive(Debug)]
pub struct Workbench<'a> {
    pub(super) handle: &'a OfficeHandle,
    pub(super) working: &'a mut Working,
    pub(super) store: &'a Store,
    pub(super) now: DateTime<Utc>,
    pub(super) actor: Actor,
    pub(super) command: Option<Uuid>,
    pub(super) rows: Vec<SideRow>,
    pub(super) broken: Option<StoreError>,
}

/// A row that is written only if something was decided.
#[derive(Debug)]
pub(super) enum SideRow {
    Person(Person),
    Declared(Box<Declared>),
    Entered(Box<Entered>),
    DetailEdit(DetailEdit),
    AddressSetRight(PersonId),
    HoursEdit(HoursEdit),
    Note(Note),
    Served(PersonId, String),
    Entrusted(Box<Entrusted>),
    Mail(Posted, TimeDelta),
}

impl Workbench<'_> {
    /// The office, with everything that the commands before this one decided.
    pub const fn office(&self) -> &Office {
        &self.working.office
    }

    /// The office's time: the hub's, and never before the newest event (PROM-10).
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Decides a command, and makes it so: its events and the rows put so far are written in this transaction.
    ///
    /// # Errors
    /// A [`Refusal`] where the rules say no; nothing has changed then.
    pub fn decide(&mut self, command: &Command) -> Result<Decided, Refusal> {
        let events = office::decide(&self.working.office, command, self.now)?;
        for event in &events {
            self.append(event);
        }
        self.write_rows();
        Ok(Decided { events, seq: self.working.seq })
    }

    /// Keeps a person, if the next command is accepted.
    pub fn put_person(&mut self, person: Person) {
        self.rows.push(SideRow::Person(person));
    }

    /// Keeps what a person declared, if the next command is accepted. The person is put before.
    pub fn put_declared(&mut self, declared: Declared) {
        self.rows.push(SideRow::Declared(Box::new(declared)));
    }

    /// Keeps the address of the person served, if the next command is accepted. The person is put before.
    pub fn put_served(&mut self, person: PersonId, email: String) {
        self.rows.push(SideRow::Served(person, email));
    }

    /// Takes out what an agent left to a citizen.
    pub fn drop_entrusted(&mut self, office: u32, booking: BookingId) {
        let known = self.store.entrusted(office, booking);
        let dropped = match known {
            Ok(Some(_)) => self.store.drop_entrusted(office, booking),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        self.note_error(dropped);
    }

    /// Keeps what an agent leaves to a citizen, if the next command is accepted.
    pub fn put_entrusted(&mut self, entrusted: Entrusted) {
        self.rows.push(SideRow::Entrusted(Box::new(entrusted)));
    }

    /// Keeps what staff or the citizen entered anew, if the next command is accepted. The person is put before.
    pub fn put_entered(&mut self, entered: Entered) {
        self.rows.push(SideRow::Entered(Box::new(entered)));
    }

    /// Keeps which details staff changed, if the next command is accepted.
    pub fn put_detail_edit(&mut self, edit: DetailEdit) {
        self.rows.push(SideRow::DetailEdit(edit));
    }

    /// The e-mail address of who booked is another: what did not reach them goes there, if the next command is accepted.
    pub fn put_address_set_right(&mut self, person: PersonId) {
        self.rows.push(SideRow::AddressSetRight(person));
    }

    /// Keeps a change of hours or closures for people to look at, if the next command is accepted.
    pub fn put_hours_edit(&mut self, edit: HoursEdit) {
        self.rows.push(SideRow::HoursEdit(edit));
    }

    /// Notes when a person's visit is now, so that what is kept of them is kept long enough.
    pub fn note_visit(&mut self, person: PersonId, at: DateTime<Utc>) {
        let noted = self.store.note_visit(person, at);
        self.note_error(noted);
    }

    /// Keeps a note, if the next command is accepted.
    pub fn put_note(&mut self, id: NoteId, author: Option<u32>, about: Option<PersonId>, text: String) {
        self.rows.push(SideRow::Note(Note { id, author, text: Some(text), about }));
    }

    /// Puts a mail in that follows from no event, e.g. the one that proves an address.
    pub fn post(&mut self, kind: &str, about: String) {
        self.rows.push(SideRow::Mail(Posted { seq: None, kind: kind.to_owned(), about }, TimeDelta::zero()));
    }

    /// Writes the rows put so far, although nothing is decided.
    pub fn write_rows(&mut self) {
        for row in std::mem::take(&mut self.rows) {
            let office = self.handle.row;
            let written = match row {
                SideRow::Person(person) => self.store.put_person(&person, self.now),
                SideRow::Declared(declared) => self.store.put_declared(&declared),
                SideRow::Served(person, email) => self.store.put_served(person, &email),
                SideRow::Entrusted(entrusted) => self.store.put_entrusted(&entrusted),
                SideRow::Entered(entered) => self.store.put_entered(&entered),
                SideRow::DetailEdit(edit) => self.store.put_detail_edit(&edit, self.now),
                SideRow::AddressSetRight(person) => {
                    self.working.posted = true;
                    self.store.address_set_right(person, self.now).map(drop)
                }
                SideRow::HoursEdit(edit) => self.store.put_hours_edit(office, &edit, self.now),
                SideRow::Note(note) => self.store.put_note(office, &note, self.now),
                SideRow::Mail(mail, after) => {
                    self.working.posted = true;
                    self.store.post(office, &mail, self.now, self.now + after)
                }
            };
            self.note_error(written);
        }
    }

    /// What the store answered; if it failed, nothing of this piece of work happens.
    ///
    /// # Errors
    /// That the hub cannot write.
    pub fn stored<T>(&mut self, answer: Stored<T>) -> Result<T, WriteError> {
        answer.map_err(|error| {
            self.broken = Some(error);
            WriteError::Unavailable
        })
    }

    /// The store, for rows that this batch should carry too.
    pub const fn store(&self) -> &Store {
        self.store
    }

    fn append(&mut self, event: &Event) {
        let seq = self.working.seq + 1;
        let office = self.handle.row;
        match self.store.append(office, seq, &self.working.hash, event, self.actor, self.command) {
            Ok(hash) => self.working.hash = hash,
            Err(error) => self.broken = Some(error),
        }
        let leaving = Leaving::before(&self.working.office, event);
        office::apply(&mut self.working.office, event);
        let kept = leaving.after(&self.working.office).try_for_each(|past| self.store.keep_past(office, &past));
        self.note_error(kept);
        for (mail, due) in mails_after(&self.working.office, event, seq) {
            self.copy_for_served(&mail, due - event.at);
            self.rows.push(SideRow::Mail(mail, due - event.at));
        }
        self.working.seq = seq;
        let report = report_after(&self.working.office, event);
        let kept = match report {
            Some((visit, Some(body))) => self.store.keep_report(office, visit, &body),
            Some((visit, None)) => self.store.drop_report(office, visit),
            None => Ok(()),
        };
        self.note_error(kept);
        self.working.fresh.push(event.clone());
    }

    /// The person served hears of the booking too, once their own address is proven (OMB-14).
    fn copy_for_served(&mut self, mail: &Posted, after: TimeDelta) {
        let Some((person, copy)) = copy_for_served(mail) else { return };
        match self.store.served(person) {
            Ok(Some(served)) if served.proven => self.rows.push(SideRow::Mail(copy, after)),
            Ok(_) => {}
            Err(error) => self.broken = Some(error),
        }
    }

    fn note_error<T>(&mut self, result: Stored<T>) {
        if let Err(error) = result {
            self.broken = Some(error);
        }
    }
}
