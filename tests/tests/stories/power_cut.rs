//! kill -9 at random moments under load: everything acknowledged is there, no number twice, `hub verify` is content.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
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
    staff::Staff,
    wait,
};
use uuid::Uuid;
use wire::{FloorView, TicketAnswer};

/// How often the power is cut, with each kind of disk.
const CUTS: usize = 100;
const CLIENTS: usize = 4;
const LIFE_MS_MAX: u64 = 400;

/// What was acknowledged: each command's name, with its answer.
type Acknowledged = Arc<Mutex<BTreeMap<Uuid, TicketAnswer>>>;

#[test]
fn prom_10_what_was_acknowledged_survives_power_cuts() -> Result<()> {
    survive(&[])
}

#[test]
fn prom_10_what_was_acknowledged_survives_on_a_disk_that_keeps_only_what_was_synced() -> Result<()> {
    let layer = lost_writes()?;
    survive(&["env", &format!("LD_PRELOAD={}", layer.display()), "LOST_WRITES_FOLDER=."])
}

fn survive(wrapper: &[&str]) -> Result<()> {
    let mut house = House::open(setting()?)?;
    let kiosk = house.plain_kiosk()?;
    let service = kiosk.open_service()?.key;
    house.hub.stop()?;
    let folder = format!("LOST_WRITES_FOLDER={}", house.hub.folder().display());
    let words: Vec<&str> = wrapper
        .iter()
        .map(|word| if word.starts_with("LOST_WRITES_FOLDER") { folder.as_str() } else { word })
        .collect();
    house.hub.wrap(&words);

    let acknowledged = Acknowledged::default();
    let seed: u64 = rand::random();
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    for cut in 0..CUTS {
        house.hub.run().with_context(|| format!("seed {seed}, after {cut} cuts"))?;
        let life = Duration::from_millis(dice.random_range(0..LIFE_MS_MAX));
        load_until_the_cut(&mut house, kiosk.client(), &service, &acknowledged, life)?;
    }

    house.hub.wrap(&[]);
    house.hub.verify().with_context(|| format!("seed {seed}"))?;
    house.hub.run()?;
    let acknowledged = acknowledged.lock().map_err(|_| anyhow::anyhow!("a client fell over"))?.clone();
    ensure!(acknowledged.len() > CUTS, "hardly any load: {} tickets", acknowledged.len());
    all_there(&house, kiosk.client(), &service, &acknowledged).with_context(|| format!("seed {seed}"))
}

/// Each client asks for tickets until the hub is dead. A number counts as given when its answer arrived whole.
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
                    let name = Uuid::from_u128(rand::random());
                    let answer = client.post_named(&tickets_path(), &ticket_request(service), name);
                    let Ok(ticket) = answer.and_then(|answer| answer.json::<TicketAnswer>()) else { continue };
                    if let Ok(mut acknowledged) = acknowledged.lock() {
                        acknowledged.insert(name, ticket);
                    }
                }
            });
        }
        wait::pass(life);
        let killed = house.hub.kill();
        over.store(true, Ordering::Relaxed);
        killed
    })
}

fn all_there(house: &House, client: &Client, service: &str, acknowledged: &BTreeMap<Uuid, TicketAnswer>) -> Result<()> {
    let mut numbers = BTreeMap::new();
    for (name, ticket) in acknowledged {
        if let Some(other) = numbers.insert(&ticket.number, ticket.visit) {
            ensure!(other == ticket.visit, "{} was given to {other} and to {}", ticket.number, ticket.visit);
        }
        let again: TicketAnswer = client.post_named(&tickets_path(), &ticket_request(service), *name)?.json()?;
        ensure!(again == *ticket, "{name} was answered with {ticket:?}, and now with {again:?}");
    }
    let floor: FloorView = Staff::admin(&house.hub)?.floor()?;
    let there: BTreeMap<Uuid, &str> = floor.visits.iter().map(|visit| (visit.visit, visit.number.as_str())).collect();
    for ticket in acknowledged.values() {
        ensure!(there.get(&ticket.visit) == Some(&ticket.number.as_str()), "{} is lost", ticket.number);
    }
    let mut all: Vec<&str> = floor.visits.iter().map(|visit| visit.number.as_str()).collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    ensure!(all.len() == count, "a number stands twice on the floor");
    Ok(())
}

/// An office that has time for everybody: the story is about the disk.
fn setting() -> Result<Setting> {
    Ok(Setting { office: without_limits, ..Setting::tuesday("10:00")? })
}

fn without_limits(office: String) -> String {
    office
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
