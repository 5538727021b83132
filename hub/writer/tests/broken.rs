//! What breaks fails alone: a command in its batch, an office among the others.

#![expect(clippy::unwrap_used, reason = "tests: an absence is a failure")]

use std::{
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
};

use chrono::{DateTime, Utc};
use office::{
    Audience, Booking, BookingEvent, BookingId, BookingLife, CancelledBy, Channel, Command, Event, EventKind,
    HouseEvent, Language, Needs, OfficeConfig, Party, PersonId, Promise, PublicId, Reference, ServiceId,
};
use store::{Actor, Append, Head, Person, Store};
use tokio::sync::Notify;
use uuid::Uuid;
use writer::{
    Belief, Clock, CommandRefusal, DueBoard, Metrics, OfficeBreakage, Offices, Ruling, Workbench, WriteError, Writer,
    WriterParts, load_all,
};

fn now() -> DateTime<Utc> {
    "2026-11-24T07:00:00Z".parse().unwrap()
}

/// The sample, under another name.
fn config(key: &str, number: u32) -> OfficeConfig {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../samples/kep.toml"));
    let mut config = office_file::read_all(&[file]).unwrap().remove(0).config;
    (config.key, config.number) = (key.to_owned(), number);
    config
}

/// A writer of two offices, and what it is asked through.
struct WriterHouse {
    writer: Writer,
    offices: Offices,
    metrics: Metrics,
    thread: std::thread::JoinHandle<Store>,
}

impl WriterHouse {
    fn open(path: &Path) -> Self {
        let store = Store::open(path).unwrap();
        let rows = store.office_rows(["one", "two"]).unwrap();
        let named: Vec<_> = ["one", "two"].map(str::to_owned).into_iter().zip(rows).collect();
        let loaded = load_all(path, &named).unwrap();
        let offices = Offices::new(loaded.iter().map(|loaded| Arc::clone(&loaded.handle)));
        let metrics = Metrics::new().unwrap();
        let clock = Clock::rehearse(now(), 0.001);
        let (writer, thread) = writer::start(WriterParts {
            store,
            offices: loaded,
            clock,
            belief: Belief::new(clock),
            due: DueBoard::default(),
            mail: Arc::new(Notify::new()),
            buried: Arc::new(Notify::new()),
            snapshots: tokio::sync::mpsc::unbounded_channel().0,
            metrics: metrics.clone(),
        })
        .unwrap();
        Self { writer, offices, metrics, thread }
    }

    async fn ask(&self, office: &str, command: Command) -> Result<Ruling, CommandRefusal> {
        self.writer.submit(office, Actor::Hub, None, command).await
    }

    async fn set_up(&self) {
        for (key, number) in [("one", 1), ("two", 2)] {
            self.ask(key, Command::Configure(Box::new(config(key, number)))).await.unwrap();
        }
    }

    fn close(self) {
        self.writer.stop();
        drop(self.thread.join().unwrap());
    }

    /// The numbers given in an office.
    fn numbers(&self, office: &str) -> Vec<String> {
        let office = self.offices.get(office).unwrap().read();
        office.visits.values().map(|visit| visit.number.to_string()).collect()
    }
}

fn ticket(number: u128) -> Command {
    Command::TakeTicket {
        service: ServiceId(3),
        public: PublicId(Uuid::from_u128(number)),
        persons: 1,
        cases: 1,
        priority: false,
        needs: Needs::default(),
        language: Language::El,
        could_not_book: true,
        told: None,
    }
}

/// Breaks off after it has decided, put a row beside, and had both handed to the store.
fn breaks_off(bench: &mut Workbench<'_>) -> Result<Ruling, office::Refusal> {
    let person = PersonId(Uuid::from_u128(7));
    bench.put_person(Person { id: person, name: Some("Μαρία".into()), email: None, phone: None });
    let decided = bench.decide(&ticket(66))?;
    assert!(bench.store().person(person).unwrap().is_some());
    bench.decide(&ticket(67))?;
    assert_eq!(decided.seq, 0, "and now it breaks");
    Ok(decided)
}

#[tokio::test]
async fn prom_10_a_command_that_breaks_fails_alone_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seira.db");
    let house = WriterHouse::open(&path);
    house.set_up().await;
    let batches = commits(&house.metrics);
    // While the first piece of work waits, all others gather behind it, for one commit.
    let (go, gate) = mpsc::channel::<()>();
    let held = house.writer.change(move |_| {
        let _ = gate.recv();
        Ok(())
    });
    let broken = house.writer.submit_with("one", Actor::Hub, None, breaks_off);
    let in_store = house.writer.change(|_| -> store::Stored<()> { panic!("a change of the store breaks") });
    let (held, first, broken, second, other, in_store, third, ()) = tokio::join!(
        held,
        house.ask("one", ticket(1)),
        broken,
        house.ask("one", ticket(2)),
        house.ask("two", ticket(3)),
        in_store,
        house.ask("one", ticket(4)),
        async { go.send(()).unwrap() },
    );
    held.unwrap();
    assert_eq!(broken, Err(CommandRefusal::ByHub(WriteError::Broken)));
    assert_eq!(in_store, Err(WriteError::Broken));
    let seqs = [first, second, third].map(|decided| decided.unwrap().seq);
    // A day is opened with the first ticket; nothing of the broken one is counted.
    assert_eq!(seqs, [3, 4, 5]);
    assert_eq!(other.unwrap().seq, 3);
    assert!(commits(&house.metrics) - batches <= 2, "they were in one batch with it");
    assert_eq!(house.numbers("one"), ["B001", "B002", "B003"]);
    assert_eq!(house.numbers("two"), ["B001"]);
    assert!(house.offices.aside().next().is_none(), "a command that breaks sets no office aside");
    house.ask("one", ticket(5)).await.unwrap();
    house.close();

    // On disk it is as in memory, and the rows that were put beside are not there.
    let verified = writer::verify(&path).unwrap();
    assert_eq!(verified.events, 6 + 3);
    let store = Store::open(&path).unwrap();
    assert!(store.person(PersonId(Uuid::from_u128(7))).unwrap().is_none());
    drop(store);
    let house = WriterHouse::open(&path);
    assert_eq!(house.numbers("one"), ["B001", "B002", "B003", "B004"]);
    house.close();
}

#[tokio::test]
async fn prom_10_a_thousand_broken_commands_take_nothing_from_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seira.db");
    let house = WriterHouse::open(&path);
    house.set_up().await;
    for round in 0..20_u128 {
        let broken = (0..8).map(|_| house.writer.submit_with("one", Actor::Hub, None, breaks_off));
        let broken: Vec<_> = broken.map(Box::pin).collect();
        let all = async {
            for one in broken {
                assert_eq!(one.await, Err(CommandRefusal::ByHub(WriteError::Broken)));
            }
        };
        let ((), same, other) =
            tokio::join!(all, house.ask("one", ticket(100 + round)), house.ask("two", ticket(200 + round)));
        same.unwrap();
        other.unwrap();
    }
    assert_eq!((house.numbers("one").len(), house.numbers("two").len()), (20, 20));
    house.close();
    writer::verify(&path).unwrap();
}

fn commits(metrics: &Metrics) -> u64 {
    let text = metrics.text();
    let line = text.lines().find(|line| line.starts_with("seira_commit_seconds_count")).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

/// A journal at which this version's fold breaks: a booking that was changed as often as its counter can tell, and once more.
fn events_that_break() -> Vec<Event> {
    let party = Party {
        person: PersonId(Uuid::from_u128(1)),
        address: None,
        language: Language::El,
        needs: Needs::default(),
        if_late: None,
    };
    let promise = Promise {
        service: ServiceId(5),
        channel: Channel::InPerson,
        start: "2026-11-25T08:00:00Z".parse().unwrap(),
        minutes: 20,
        persons: 1,
        cases: 1,
        audience: Audience::Internal,
    };
    let booking = Booking {
        id: BookingId(1),
        reference: Reference("CDFGJLQR".into()),
        promise,
        sequence: u32::MAX,
        correction: None,
        life: BookingLife::Confirmed { party },
    };
    let cancelled = BookingEvent::Cancelled {
        booking: BookingId(1),
        by: CancelledBy::Staff,
        cools_until: now(),
        first_choice: None,
    };
    let kinds: [EventKind; 3] = [
        HouseEvent::Configured(Box::new(config("one", 1))).into(),
        BookingEvent::Booked(Box::new(booking)).into(),
        cancelled.into(),
    ];
    kinds.into_iter().map(|kind| Event { at: now(), kind }).collect()
}

#[tokio::test]
async fn prom_10_an_office_whose_fold_breaks_is_set_aside_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seira.db");
    let store = Store::open(&path).unwrap();
    let rows = store.office_rows(["one", "two"]).unwrap();
    let batch = store.batch().unwrap();
    let events = events_that_break();
    batch.append(&Append { events: &events, ..Append::none(rows[0], Head::NONE, Actor::Hub, now()) }).unwrap();
    batch.commit().unwrap();
    drop(store);

    let house = WriterHouse::open(&path);
    let one = house.offices.get("one").unwrap();
    assert_eq!(one.aside(), Some(OfficeBreakage::Fold));
    assert_eq!(house.ask("one", ticket(1)).await, Err(CommandRefusal::ByHub(WriteError::SetAside)));
    assert_eq!(one.next_due(now(), false), None);
    house.ask("two", Command::Configure(Box::new(config("two", 2)))).await.unwrap();
    house.ask("two", ticket(2)).await.unwrap();
    assert_eq!(house.numbers("two"), ["B001"]);
    house.close();

    // Its journal is as it was: what is repaired starts from there.
    let store = Store::open_to_read(&path).unwrap();
    let moment = store.moment().unwrap();
    let mut kept = 0;
    moment
        .events(rows[0], 0, u64::MAX, |_| {
            kept += 1;
            Ok::<_, anyhow::Error>(())
        })
        .unwrap();
    assert_eq!(kept, events.len());
}

#[test]
fn prom_10_what_breaks_under_guard_sets_its_office_aside() {
    let handle = writer::OfficeHandle::new("one", 1, office::Office::default(), 0);
    assert_eq!(handle.guarded(OfficeBreakage::View, || 7), Some(7));
    assert_eq!(handle.aside(), None);
    let changes = handle.changes();
    assert_eq!(handle.guarded(OfficeBreakage::View, || -> u8 { panic!("a view breaks") }), None);
    assert_eq!(handle.aside(), Some(OfficeBreakage::View));
    assert!(changes.has_changed().unwrap(), "who reads looks up, and is told");
    assert_eq!(handle.guarded(OfficeBreakage::View, || 7), None, "nothing more is asked of it");
    assert_eq!(handle.config(|config| config.number), None);
}
