//! Running the hub: opening the store, loading the offices, listening, and stopping in order.

use std::{future::IntoFuture, io::Write, net::SocketAddr, sync::Arc, thread::JoinHandle, time::Duration};

use anyhow::Context;
use axum::serve::ListenerExt;
use chrono::{DateTime, TimeDelta, Utc};
use office::{Command, DeskId, OfficeConfig};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::{Notify, mpsc::UnboundedSender},
};

use crate::{
    actor::Actor,
    alive::OUTAGE_SECONDS_MIN,
    auth::Accounts,
    clock::Clock,
    config::{HubConfig, read_token},
    devices::Devices,
    due::DueBoard,
    feed::Budget,
    keys::{ServerKey, token_hash},
    limits::Limits,
    mail,
    metrics::Metrics,
    office_file,
    offices::{OfficeHandle, Offices},
    pages::{Drafts, Soonest},
    past, retention, router, snapshots,
    state::{AppState, Parts},
    store::{FileLock, Readers, Store},
    text::Edits,
    writer::{self, WriterParts},
};

/// Threads that serve requests; the writer has one of its own.
const WORKERS: usize = 2;
/// Requests that are on the way at a stop have so long.
const GRACE: Duration = Duration::from_secs(10);
/// Answers are kept for so many days (PROM-09).
const ANSWERS_KEPT_DAYS: i64 = 30;
/// So many old answers are forgotten in one commit.
const ANSWERS_FORGOTTEN_AT_ONCE: u32 = 1_000;
/// The signal of a file that may not grow; without a handler it would end the process.
const SIGXFSZ: i32 = 25;

/// Runs until told to stop.
///
/// # Errors
/// What keeps the hub from starting.
pub fn run(config: HubConfig, clock: Clock) -> anyhow::Result<()> {
    let files = office_file::read_all(&config.offices)?;
    let lock = FileLock::take(&config.database)?;
    let store = Store::open(&config.database)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(WORKERS).enable_all().build()?;
    runtime.block_on(serve(config, clock, store, files))?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    drop(lock);
    Ok(())
}

async fn serve(config: HubConfig, clock: Clock, store: Store, files: Vec<OfficeConfig>) -> anyhow::Result<()> {
    // Also for the writer's thread: a full file is an error to be answered, not a reason to die.
    let _xfsz = signal(SignalKind::from_raw(SIGXFSZ))?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let listener =
        TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    let due = DueBoard::default();
    let (snapshots, wanted) = tokio::sync::mpsc::unbounded_channel();
    let (state, thread) = assemble(config, clock, store, &files, address, (due.clone(), snapshots))?;
    import(&state, files).await?;
    let tasks = [
        tokio::spawn(due.keep(clock, state.writer.clone(), state.offices.clone())),
        tokio::spawn(snapshots::keep(state.clone(), wanted)),
        tokio::spawn(forget_answers(state.clone())),
        tokio::spawn(mail::keep(state.clone())),
        tokio::spawn(retention::keep(state.clone())),
    ];
    let mut stopping = state.stopping.subscribe();
    let app = router::router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let listener = listener.tap_io(|stream| {
        // A call must not wait for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
    });
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    });
    let server = tokio::spawn(server.into_future());
    writeln!(std::io::stdout(), "listening on http://{address}")?;
    std::io::stdout().flush()?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    state.stopping.send_replace(true);
    let _ = tokio::time::timeout(GRACE, server).await;
    for task in tasks {
        task.abort();
    }
    stop(&state, thread).await
}

/// Puts the parts together.
fn assemble(
    config: HubConfig,
    clock: Clock,
    store: Store,
    files: &[OfficeConfig],
    address: SocketAddr,
    (due, snapshots): (DueBoard, UnboundedSender<Arc<OfficeHandle>>),
) -> anyhow::Result<(AppState, JoinHandle<Store>)> {
    let key = ServerKey::new(store.server_key()?.context("the file has no key")?);
    let epoch = store.epoch()?;
    let devices = Devices::new(store.devices()?);
    let accounts = Accounts::new(store.accounts()?, store.logins(clock.now())?);
    let texts = Edits::new(texts(&store)?);
    let metrics = Metrics::new()?;
    past::fill(&store)?;
    store.begin()?;
    let rows = files.iter().map(|file| Ok((file.key.clone(), store.office_row(&file.key)?)));
    let rows = rows.collect::<anyhow::Result<Vec<_>>>()?;
    store.commit()?;
    let loaded = snapshots::load_all(&config.database, &rows)?;
    let offices = Offices::new(loaded.iter().map(|loaded| Arc::clone(&loaded.handle)));
    let readers = Readers::new(&config.database);
    let mail = Arc::new(Notify::new());
    let parts = WriterParts {
        store,
        offices: loaded,
        clock,
        due,
        mail: Arc::clone(&mail),
        snapshots,
        metrics: metrics.clone(),
    };
    let (writer, thread) = writer::start(parts)?;
    let bounces = bounces(&config)?;
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let limits = Arc::new(Limits::new(&config.limits));
    let stopping = tokio::sync::watch::Sender::new(false);
    let state = AppState::new(Parts {
        writer,
        offices,
        readers,
        config,
        clock,
        key,
        accounts,
        devices,
        limits,
        drafts: Drafts::default(),
        texts,
        soonest: Soonest::default(),
        metrics,
        views: Budget::default(),
        epoch,
        public_url,
        stopping,
        bounces,
        mail,
    });
    Ok((state, thread))
}

/// What is set up for mails that come back.
fn bounces(config: &HubConfig) -> anyhow::Result<Option<mail::Bounces>> {
    let (Some(address), Some(file)) = (&config.mail.bounces, &config.mail.bounces_token_file) else { return Ok(None) };
    let token_hash = token_hash(&read_token(file)?);
    Ok(Some(mail::Bounces { address: address.parse()?, token_hash }))
}

/// The sentences that offices have put in words of their own.
fn texts(store: &Store) -> anyhow::Result<Vec<(u32, wire::Language, String, String)>> {
    let edits = store.texts()?.into_iter().filter_map(|edit| {
        let language = crate::text::spoken(&edit.language)?;
        Some((edit.office, language, edit.sentence, edit.body?))
    });
    Ok(edits.collect())
}

/// Takes over each office's file where it differs (TRN-11), and notes that the hub was away (PROM-12).
async fn import(state: &AppState, files: Vec<OfficeConfig>) -> anyhow::Result<()> {
    let now = state.clock.now();
    let kept = state.readers.read(|store| store.alive_at()).await?;
    let written = state.offices.iter().filter_map(|office| office.read().last_at);
    let away_since = written.chain(kept).max();
    for mut file in files {
        let handle = Arc::clone(state.office(&file.key).context("an office was not loaded")?);
        keep_what_staff_decided(&mut file, &handle);
        let (is_new, has_day) = {
            let office = handle.read();
            (office.config.as_ref() != Some(&file), office.day.is_some())
        };
        let was_away = |from: &DateTime<Utc>| has_day && now - *from >= TimeDelta::seconds(OUTAGE_SECONDS_MIN);
        if let Some(from) = away_since.filter(was_away) {
            let noted = state.writer.submit(&handle.key, Actor::Hub, None, Command::NoteOutage { from }).await;
            noted.map(drop).unwrap_or_else(|error| tracing::warn!(%error, "the outage could not be noted"));
        }
        if is_new {
            let command = Command::Configure(Box::new(file));
            let decided = state.writer.submit(&handle.key, Actor::Hub, None, command).await;
            decided.with_context(|| format!("office {}", handle.key))?;
            tracing::info!(office = %handle.key, "the office's file was taken over");
        }
    }
    state.writer.change(move |store| store.note_alive(now)).await.context("the start could not be noted")?;
    Ok(())
}

/// What staff closed while the office ran, and other hours that they set, are in no file: a layer over it, which stays when
/// the file is read again (FLD-15).
fn keep_what_staff_decided(file: &mut OfficeConfig, handle: &OfficeHandle) {
    let by_staff = handle.config(|config| {
        // A desk that the file no longer has needs neither.
        let is_there = |desk: Option<DeskId>| desk.is_none_or(|desk| file.desks.contains_key(&desk));
        let closures = config.calendar.closures.iter().filter(|closure| closure.by_staff && is_there(closure.desk));
        let hours = config.calendar.hours_changes.iter().filter(|change| is_there(change.desk));
        (closures.cloned().collect::<Vec<_>>(), hours.cloned().collect::<Vec<_>>())
    });
    let (closures, hours) = by_staff.unwrap_or_default();
    file.calendar.closures.extend(closures);
    file.calendar.hours_changes.extend(hours);
}

/// Forgets old answers, once a day.
async fn forget_answers(state: AppState) {
    loop {
        let now = state.clock.now();
        let before = now - TimeDelta::days(ANSWERS_KEPT_DAYS);
        while let Ok(count) =
            state.writer.change(move |store| store.forget_answers(before, ANSWERS_FORGOTTEN_AT_ONCE)).await
            && count > 0
        {}
        state.clock.sleep_until(now + TimeDelta::days(1)).await;
    }
}

/// Ends the writer when everything that waits is done.
async fn stop(state: &AppState, thread: JoinHandle<Store>) -> anyhow::Result<()> {
    snapshots::take_if_worth_it(state).await;
    let now = state.clock.now();
    if let Err(error) = state.writer.change(move |store| store.note_alive(now)).await {
        tracing::warn!(%error, "the last sign of life could not be kept");
    }
    state.writer.stop();
    let store = tokio::task::spawn_blocking(move || thread.join()).await?;
    drop(store.map_err(|_| anyhow::anyhow!("the writer's thread broke"))?);
    tracing::info!("stopped");
    Ok(())
}
