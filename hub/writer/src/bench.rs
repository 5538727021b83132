//! Where a piece of work stands: one office as the commands before it left it, and the rows beside its journal.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use office::{BookingId, Command, Event, NoteId, Office, PersonId, Refusal};
use uuid::Uuid;

use store::{
    Actor, AgentHandover, Append, AppendError, Batch, Declaration, DetailEdit, Head, HoursEdit, KeptAnswer, Note,
    OutboxEntry, Person, Row, StaffEntry, Store, Stored,
};

use crate::{
    command::Ruling,
    error::WriteError,
    figure_days::figure_day,
    follow::{copy_for_served, mails_after},
    past::LeavingBookings,
    report::report_after,
    working::WorkingOffice,
};

/// One command's view of the writer. What the command does is drafted here, and handed to the store as one value when the
/// command is over.
#[derive(Debug)]
pub struct Workbench<'a> {
    working: &'a mut WorkingOffice,
    batch: &'a Batch<'a>,
    now: DateTime<Utc>,
    /// Whether nobody knows if that is right.
    in_doubt: bool,
    actor: Actor,
    command: Option<Uuid>,
    /// Rows that are written only if something is decided.
    rows: Vec<Row>,
    /// In a cell, as a look into the store hands over what was drafted before it.
    draft: RefCell<Draft>,
}

/// What a command has done so far.
#[derive(Debug)]
struct Draft {
    /// Where the office's journal ends with what was handed over.
    head: Head,
    /// So many of the batch's fresh events of this office were handed over.
    handed: usize,
    /// Rows that were not handed over yet.
    rows: Vec<Row>,
    /// Handing over went wrong.
    broken: Option<AppendError>,
}

impl<'a> Workbench<'a> {
    /// For a command of this batch.
    pub(crate) fn new(
        working: &'a mut WorkingOffice,
        batch: &'a Batch<'a>,
        now: DateTime<Utc>,
        actor: Actor,
        command: Option<Uuid>,
    ) -> Self {
        // The office's time never goes back.
        let now = working.office.last_at.map_or(now, |last| now.max(last));
        let draft = Draft { head: working.head, handed: working.fresh.len(), rows: Vec::new(), broken: None };
        Self { working, batch, now, in_doubt: false, actor, command, rows: Vec::new(), draft: RefCell::new(draft) }
    }

    /// The same, while nobody knows if the time is right.
    pub(crate) fn in_doubt(self, in_doubt: bool) -> Self {
        Self { in_doubt, ..self }
    }

    /// The command is over: what it did goes to the store, with the answer that is kept.
    pub(crate) fn finish(self, answer: Option<KeptAnswer<'_>>) -> Result<(), AppendError> {
        self.hand_over(answer);
        let Draft { head, broken, .. } = self.draft.into_inner();
        self.working.head = head;
        broken.map_or(Ok(()), Err)
    }
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
    pub fn decide(&mut self, command: &Command) -> Result<Ruling, Refusal> {
        let decide = if self.in_doubt { office::decide_in_doubt } else { office::decide };
        let events = decide(&self.working.office, command, self.now)?;
        for event in &events {
            self.apply(event);
        }
        self.write_rows();
        Ok(Ruling { events, seq: self.working.seq })
    }

    /// Keeps a person, if the next command is accepted.
    pub fn put_person(&mut self, person: Person) {
        self.rows.push(Row::Person(person));
    }

    /// Keeps what a person declared, if the next command is accepted. The person is put before.
    pub fn put_declared(&mut self, declared: Declaration) {
        self.rows.push(Row::Declared(Box::new(declared)));
    }

    /// Keeps the address of the person served, if the next command is accepted. The person is put before.
    pub fn put_served(&mut self, person: PersonId, email: String) {
        self.rows.push(Row::Served(person, email));
    }

    /// Takes out what an agent left to a citizen.
    pub fn drop_entrusted(&mut self, office: u32, booking: BookingId) {
        self.draft.get_mut().rows.push(Row::EntrustedOver(office, booking));
    }

    /// Keeps what an agent leaves to a citizen, if the next command is accepted.
    pub fn put_entrusted(&mut self, entrusted: AgentHandover) {
        self.rows.push(Row::Entrusted(Box::new(entrusted)));
    }

    /// Keeps what staff or the citizen entered anew, if the next command is accepted. The person is put before.
    pub fn put_entered(&mut self, entered: StaffEntry) {
        self.rows.push(Row::Entered(Box::new(entered)));
    }

    /// Keeps which details staff changed, if the next command is accepted.
    pub fn put_detail_edit(&mut self, edit: DetailEdit) {
        self.rows.push(Row::DetailEdit(edit));
    }

    /// The e-mail address of who booked is another: what did not reach them goes there, if the next command is accepted.
    pub fn put_address_set_right(&mut self, person: PersonId) {
        self.rows.push(Row::AddressSetRight(person));
    }

    /// Keeps a change of hours or closures for people to look at, if the next command is accepted.
    pub fn put_hours_edit(&mut self, edit: HoursEdit) {
        self.rows.push(Row::HoursEdit(edit));
    }

    /// Notes when a person's visit is now, so that what is kept of them is kept long enough.
    pub fn note_visit(&mut self, person: PersonId, at: DateTime<Utc>) {
        self.draft.get_mut().rows.push(Row::Visit(person, at));
    }

    /// Keeps a note, if the next command is accepted.
    pub fn put_note(&mut self, id: NoteId, author: Option<u32>, about: Option<PersonId>, text: String) {
        self.rows.push(Row::Note(Note { id, author, text: Some(text), about }));
    }

    /// Puts a mail in that follows from no event, e.g. the one that proves an address.
    pub fn post(&mut self, kind: &str, about: String) {
        self.rows.push(Row::Mail(OutboxEntry { seq: None, kind: kind.to_owned(), about }, self.now));
    }

    /// Writes the rows put so far, although nothing is decided.
    pub fn write_rows(&mut self) {
        self.working.posted |= self.rows.iter().any(|row| matches!(row, Row::Mail(..) | Row::AddressSetRight(_)));
        self.draft.get_mut().rows.append(&mut self.rows);
    }

    /// What the store answered; if it failed, nothing of this piece of work happens.
    ///
    /// # Errors
    /// That the hub cannot write.
    pub fn stored<T>(&mut self, answer: Stored<T>) -> Result<T, WriteError> {
        answer.map_err(|error| {
            self.draft.get_mut().broken = Some(error.into());
            WriteError::Unavailable
        })
    }

    /// The store, for look-ups, and for rows that this batch should carry too. It knows everything that this command has
    /// decided before.
    pub fn store(&self) -> &Store {
        self.hand_over(None);
        self.batch
    }

    fn apply(&mut self, event: &Event) {
        let leaving = LeavingBookings::before(&self.working.office, event);
        self.rows.extend(figure_day(&self.working.office, event).map(Row::FigureDay));
        office::apply(&mut self.working.office, event);
        self.rows.extend(leaving.after(&self.working.office).map(Row::Past));
        self.working.seq += 1;
        for (mail, due) in mails_after(&self.working.office, event, self.working.seq) {
            let due = self.now + (due - event.at);
            self.rows.extend(self.copy_for_served(&mail).map(|copy| Row::Mail(copy, due)));
            self.rows.push(Row::Mail(mail, due));
        }
        self.rows.extend(report_after(&self.working.office, event).map(|(visit, report)| match report {
            Some(body) => Row::Report(visit, body),
            None => Row::ReportOver(visit),
        }));
        self.working.fresh.push(event.clone());
    }

    /// The person served hears of the booking too, once their own address is proven (OMB-14). An address that this command
    /// itself has brought is not proven.
    fn copy_for_served(&self, mail: &OutboxEntry) -> Option<OutboxEntry> {
        let (person, copy) = copy_for_served(mail)?;
        let mut draft = self.draft.borrow_mut();
        if draft.rows.iter().any(|row| matches!(row, Row::Served(whose, _) if *whose == person)) {
            return None;
        }
        match self.batch.served(person) {
            Ok(served) => served.is_some_and(|served| served.proven).then_some(copy),
            Err(error) => {
                draft.broken = Some(error.into());
                None
            }
        }
    }

    /// Hands the store what was drafted since it was handed something last.
    fn hand_over(&self, answer: Option<KeptAnswer<'_>>) {
        let draft = &mut *self.draft.borrow_mut();
        let events = self.working.fresh.get(draft.handed..).unwrap_or_default();
        if draft.broken.is_some() || events.is_empty() && draft.rows.is_empty() && answer.is_none() {
            return;
        }
        let appended = self.batch.append(&Append {
            office: self.working.handle.row,
            after: draft.head,
            events,
            actor: self.actor,
            command: self.command,
            rows: &draft.rows,
            at: self.now,
            answer,
        });
        match appended {
            Ok(head) => {
                draft.head = head;
                draft.handed += events.len();
                draft.rows.clear();
            }
            Err(error) => draft.broken = Some(error),
        }
    }
}
