//! What a command writes beside the journal.

use chrono::{DateTime, Utc};
use office::{BookingId, PersonId};

use crate::{
    agents::AgentHandover,
    detail_edits::DetailEdit,
    error::Stored,
    figure_days::FigureDay,
    file::Store,
    hours_edits::HoursEdit,
    outbox::OutboxEntry,
    past::PastRow,
    people::{Declaration, Note, Person, StaffEntry},
};

/// A row beside the journal, in the office of its command and at its time.
#[derive(Debug)]
pub enum Row {
    /// A person who booked, or who is served.
    Person(Person),
    /// What a person declared; after the person.
    Declared(Box<Declaration>),
    /// What staff or the citizen entered anew; after the person.
    Entered(Box<StaffEntry>),
    /// The address of the person served; after the person who booked.
    Served(PersonId, String),
    /// When a person's visit is now: what is kept of them is kept long enough.
    Visit(PersonId, DateTime<Utc>),
    /// Which details staff changed.
    DetailEdit(DetailEdit),
    /// A person's e-mail address is another: what did not reach them goes there.
    AddressSetRight(PersonId),
    /// What an agent leaves to a citizen.
    Entrusted(Box<AgentHandover>),
    /// What an agent left to a citizen, by office and booking, is nobody's to decide any more.
    EntrustedOver(u32, BookingId),
    /// A change of hours or closures.
    HoursEdit(HoursEdit),
    /// A note that staff wrote.
    Note(Note),
    /// A mail, and when it goes out.
    Mail(OutboxEntry, DateTime<Utc>),
    /// An agent's booking that is over.
    Past(PastRow),
    /// The report of a visit that is over, by the visit's number.
    Report(u64, String),
    /// A visit is not over after all.
    ReportOver(u64),
    /// A day that is closed, for figures.
    FigureDay(FigureDay),
}

impl Row {
    /// Writes the row into its table.
    pub(crate) fn write(&self, store: &Store, office: u32, at: DateTime<Utc>) -> Stored<()> {
        match self {
            Self::Person(person) => store.put_person(person, at),
            Self::Declared(declared) => store.put_declared(declared),
            Self::Entered(entered) => store.put_entered(entered),
            Self::Served(person, email) => store.put_served(*person, email),
            Self::Visit(person, at) => store.note_visit(*person, *at),
            Self::DetailEdit(edit) => store.put_detail_edit(edit, at),
            Self::AddressSetRight(person) => store.address_set_right(*person, at).map(drop),
            Self::Entrusted(entrusted) => store.put_entrusted(entrusted),
            Self::EntrustedOver(office, booking) => store.drop_entrusted(*office, *booking),
            Self::HoursEdit(edit) => store.put_hours_edit(office, edit, at),
            Self::Note(note) => store.put_note(office, note, at),
            Self::Mail(mail, due) => store.post(office, mail, at, *due),
            Self::Past(past) => store.keep_past(office, past),
            Self::Report(visit, body) => store.keep_report(office, *visit, body),
            Self::ReportOver(visit) => store.drop_report(office, *visit),
            Self::FigureDay(day) => store.keep_figure_day(office, day),
        }
    }
}
