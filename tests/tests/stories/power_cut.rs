//! kill -9 at random moments under load: everything acknowledged is there, no number twice, `hub verify` is content.
//!
//! Shows PROM-03.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tests::{
    house::{House, ticket_request, tickets_path},
    http::Client,
    hub::Setting,
    staff::{OFFICE, Staff},
    wait,
};
use uuid::Uuid;
use wire::{FloorView, TicketAnswer};

/// How often the power is cut, with each kind of disk.
const CUTS: usize = 100;
const CLIENTS: usize = 4;
const LIFE_MS_MAX: u64 = 400;

/// A ticket that was acknowledged, and how far its holder's leaving went.
#[derive(Debug, Clone)]
struct TicketFate {
    ticket: TicketAnswer,
    leaving: LeavingStage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeavingStage {
    /// Asked for, and not known to be done.
    Asked,
    /// Acknowledged.
    Done,
}

/// What was acknowledged, by the name of the ticket's command.
type Acknowledged = Mutex<BTreeMap<Uuid, TicketFate>>;

#[test]
fn prom_03_what_was_acknowledged_survives_power_cuts() -> Result<()> {
    survive(&[])
}

#[test]
fn prom_03_what_was_acknowledged_survives_on_a_disk_that_keeps_only_what_was_synced() -> Result<()> {
    let layer = lost_writes()?;
    survive(&["env", &format!("LD_PRELOAD={}", layer.display()), "LOST_WRITES_FOLDER=."])
}

fn survive(wrapper: &[&str]) -> Result<()> {
    let mut house = House::open(Setting::tuesday("10:00")?)?;
    let service = house.plain_kiosk()?.open_service()?.key;
    let staff = Staff::admin(&house.hub)?;
    house.hub.stop()?;
    let folder = format!("LOST_WRITES_FOLDER={}", house.hub.folder().display());
    let words: Vec<&str> =
        wrapper.iter().map(|word| if word.starts_with("LOST_WRITES_FOLDER") { &folder } else { *word }).collect();
    house.hub.wrap(&words);

    let acknowledged = Acknowledged::default();
    let seed: u64 = rand::random();
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    for cut in 0..CUTS {
        house.hub.run().with_context(|| format!("seed {seed}, after {cut} cuts"))?;
        let life = Duration::from_millis(dice.random_range(0..LIFE_MS_MAX));
        load_until_the_cut(&mut house, staff.client(), &service, &acknowledged, life)?;
    }

    house.hub.wrap(&[]);
    house.hub.verify().with_context(|| format!("seed {seed}"))?;
    house.hub.run()?;
    let acknowledged = acknowledged.into_inner().map_err(|_| anyhow::anyhow!("a client fell over"))?;
    ensure!(acknowledged.len() > CUTS, "hardly any load: {} tickets", acknowledged.len());
    all_there(&house, &staff, &service, &acknowledged).with_context(|| format!("seed {seed}"))
}

/// Each client takes tickets and gives them up again until the hub is dead. What counts is an answer that arrived whole.
fn load_until_the_cut(
    house: &mut House,
    client: &Client,
    service: &str,
    acknowledged: &Acknowledged,
    life: Duration,
) -> Result<()> {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    // A dead hub does not answer; that is what the story is about.
                    let _ = come_and_go(client, service, acknowledged);
                }
            });
        }
        wait::pass(life);
        let killed = house.hub.kill();
        over.store(true, Ordering::Relaxed);
        killed
    })
}

fn come_and_go(client: &Client, service: &str, acknowledged: &Acknowledged) -> Result<()> {
    let name = Uuid::from_u128(rand::random());
    let ticket: TicketAnswer = client.post_named(&tickets_path(), &ticket_request(service), name)?.json()?;
    let note = |leaving| {
        let given = TicketFate { ticket: ticket.clone(), leaving };
        acknowledged.lock().map(|mut all| all.insert(name, given)).map_err(|_| anyhow::anyhow!("poisoned"))
    };
    note(LeavingStage::Asked)?;
    let path = format!("/api/v1/offices/{OFFICE}/visits/{}/leave", ticket.visit);
    let answer = client.post(&path, &serde_json::json!({}))?;
    ensure!(answer.status == 200, "{}", answer.body);
    note(LeavingStage::Done)?;
    Ok(())
}

fn all_there(house: &House, staff: &Staff, service: &str, acknowledged: &BTreeMap<Uuid, TicketFate>) -> Result<()> {
    let mut numbers = BTreeMap::new();
    for (name, given) in acknowledged {
        let ticket = &given.ticket;
        if let Some(other) = numbers.insert(&ticket.number, ticket.visit) {
            ensure!(other == ticket.visit, "{} was given to {other} and to {}", ticket.number, ticket.visit);
        }
        let again: TicketAnswer =
            staff.client().post_named(&tickets_path(), &ticket_request(service), *name)?.json()?;
        ensure!(again == *ticket, "{name} was answered with {ticket:?}, and now with {again:?}");
    }
    let floor: FloorView = Staff::admin(&house.hub)?.floor()?;
    let there: BTreeMap<Uuid, &str> = floor.visits.iter().map(|visit| (visit.visit, visit.number.as_str())).collect();
    for TicketFate { ticket, leaving } in acknowledged.values() {
        match leaving {
            LeavingStage::Done => ensure!(!there.contains_key(&ticket.visit), "{} has left and is back", ticket.number),
            LeavingStage::Asked => {
                let number = there.get(&ticket.visit);
                ensure!(number.is_none_or(|number| *number == ticket.number), "{} is now {number:?}", ticket.number);
            }
        }
    }
    let distinct: std::collections::BTreeSet<&str> = there.values().copied().collect();
    ensure!(distinct.len() == floor.visits.len(), "a number stands twice on the floor");
    Ok(())
}

/// Compiles the file layer.
fn lost_writes() -> Result<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("shim/lost_writes.c");
    let library = std::env::temp_dir().join(format!("lost-writes-{}.so", std::process::id()));
    let status = Command::new("cc")
        .args(["-shared", "-fPIC", "-O2", "-o"])
        .arg(&library)
        .arg(source)
        .args(["-ldl", "-lpthread"])
        .status()
        .context("cannot start cc")?;
    ensure!(status.success(), "cc: {status}");
    Ok(library)
}
