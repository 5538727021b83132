//! Running the hub: opening the store, loading the offices, listening, and stopping in order.

use std::{io::Write, net::SocketAddr, path::PathBuf, sync::Arc, thread::JoinHandle, time::Duration};

use access::{
    Access, Accounts, AuditTrail, Cookies, Devices, HouseAlarms, HubIdentity, Limits, LimitsConfig, Pairings, Presses,
    Proxies, SignInRules,
};
use acts::{Ledger, levels::BodyHouse, ruled_grant};
use anyhow::Context;
use api::{Api, ApiParts};
use appraisal::open_figures::OpenFigureShelf;
use body_file::BodySetup;
use chrono::{DateTime, TimeDelta, Utc};
use coordination::conferences::ConferenceHouse;
use emblem::Emblems;
use feed::{Budget, FeedParts, Feeds};
use heartbeat::Heartbeat;
use identity::Providers;
use keepers::{Alerts, FailureCounts, HeadSigner, NumberKeeper, ReportKeeper};
use office::{Command, DeskId, OfficeConfig};
use office_file::OfficeSetup;
use outside::Outside;
use pages::{Drafts, Pages, PagesParts, Soonest};
use paths::Page;
use post::{Bounces, Post, read_token};
use retention::Retention;
use secrets::token_hash;
use store::{Actor, FileLock, Readers, Store, own_folder};
use text::Edits;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::{Notify, mpsc::UnboundedSender, watch},
};
use uploads::{Arrivals, Judges};
use views::Outlooks;
use writer::{
    Belief, Clock, CommandRefusal, DueBoard, LoadedOffice, OUTAGE_SECONDS_MIN, OfficeBreakage, OfficeHandle, Offices,
    PulseFault, Snapshots, WriteError, WriterParts, WriterPulse,
};

use crate::{
    certificate_watch, clock_check,
    config::HubConfig,
    entrance::{Certificates, Entrance, EntranceParts},
    holiday_watch, journal_key, rehearsal,
    router::{self, RouterParts},
    tombstones,
    watch::Watch,
};
use teleconference::{CallExchange, CallHouse, ExchangeParts};

/// Threads that serve requests; the writer has one of its own.
const WORKERS: usize = 2;
/// Threads for what has no crew of its own: files, snapshots, the gateway for SMS.
const BLOCKING_MAX: usize = 16;
/// Connections of watchers: a few programs, and whoever looks by hand.
const WATCHERS_MAX: usize = 32;
/// Requests that are on the way at a stop have so long.
const GRACE: Duration = Duration::from_secs(10);
/// So many old answers are forgotten in one commit.
const ANSWERS_FORGOTTEN_AT_ONCE: u32 = 1_000;
/// The signal of a file that may not grow; without a handler it would end the process.
const SIGXFSZ: i32 = 25;

/// Runs until told to stop.
///
/// # Errors
/// What keeps the hub from starting.
pub fn run(config: HubConfig, clock: Clock) -> anyhow::Result<()> {
    config.check_listening()?;
    let files = office_file::read_all(&config.offices)?;
    let lock = FileLock::take(&config.database)?;
    own_folder(&config.uploads)?;
    config.mail.own_folder().map_or(Ok(()), own_folder)?;
    let store = Store::open(&config.database)?;
    if clock.is_rehearsal() {
        rehearsal::claim(&store, &config.database)?;
    } else {
        rehearsal::refuse(&store, &config.database)?;
    }
    let belief = Belief::new(clock);
    clock_check::at_start(&store, clock, &belief)?;
    if let Some(last) = store.last_event_at()?.filter(|last| clock.is_rehearsal() && *last > clock.now()) {
        tracing::warn!(%last, "the rehearsal has been further: its offices stand still until the clock is there again");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(BLOCKING_MAX)
        .enable_all()
        .build()?;
    runtime.block_on(serve(config, belief, store, files))?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    drop(lock);
    Ok(())
}

async fn serve(config: HubConfig, belief: Belief, store: Store, files: Vec<OfficeSetup>) -> anyhow::Result<()> {
    let (clock, mail) = (belief.clock(), config.mail.clone());
    // Also for the writer's thread: a full file is an error to be answered, not a reason to die.
    let _xfsz = signal(SignalKind::from_raw(SIGXFSZ))?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let listener =
        TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    let (limits, proxies) = (config.limits, config.proxy.clone());
    let watched = match config.watch.listen {
        Some(listen) => {
            Some(TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}, for [watch]"))?)
        }
        None => None,
    };
    let certificates = config.tls.clone().map(Certificates::open).transpose()?;
    let tls = certificates.as_ref().map(Certificates::acceptor).transpose()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let due = DueBoard::default();
    let (snapshots, wanted) = tokio::sync::mpsc::unbounded_channel();
    let (hub, thread) = assemble(config, belief.clone(), store, &files, address, (due.clone(), snapshots))?;
    import(&hub, files).await?;
    let tasks = [
        tokio::spawn(due.keep(clock, hub.ledger.writer.clone(), hub.offices.clone())),
        tokio::spawn(hub.snapshots.clone().keep(wanted)),
        tokio::spawn(forget_answers(hub.ledger.clone())),
        tokio::spawn(clock_check::keep(belief, hub.ledger.writer.clone(), mail)),
        tokio::spawn(post::keep(hub.post.clone())),
        tokio::spawn(hub.retention.clone().keep()),
        tokio::spawn(keep_audit(hub.ledger.clone(), hub.heads.alerts.clone())),
        tokio::spawn(hub.heads.clone().keep()),
        tokio::spawn(hub.reports.clone().keep()),
        tokio::spawn(certificate_watch::keep(
            certificates.clone(),
            clock,
            hub.heads.alarms.clone(),
            hub.heads.alerts.clone(),
        )),
        tokio::spawn(holiday_watch::keep(clock, hub.heads.alerts.clone())),
        tokio::spawn(tombstones::keep(hub.gone.0.clone(), hub.ledger.readers.clone(), Arc::clone(&hub.gone.1))),
        tokio::spawn(keep_numbers(hub.keeper.clone())),
    ];
    let entrance = |app, limits, proxies, tls| {
        let (access, stopping) = (hub.access.clone(), hub.stopping.subscribe());
        Entrance::new(EntranceParts { app, access, limits, proxies, tls, stopping })
    };
    if let Some(watched) = watched {
        let at = watched.local_addr()?;
        let tls = tls.clone().filter(|_| !at.ip().to_canonical().is_loopback());
        let scheme = if tls.is_some() { "https" } else { "http" };
        writeln!(std::io::stdout(), "watched on {scheme}://{at}")?;
        let alone = entrance(hub.around.watch.alone(), watchers(limits), Proxies::default(), tls);
        tokio::spawn(alone.keep(watched));
    }
    let app = router::router(hub.around.clone(), hub.api.clone(), hub.pages.clone());
    let server = tokio::spawn(entrance(app, limits, proxies, tls).keep(listener));
    let certificates = tokio::spawn(keep_certificates(certificates));
    writeln!(std::io::stdout(), "listening on {scheme}://{address}")?;
    std::io::stdout().flush()?;
    let heartbeat = Heartbeat::of_environment();
    heartbeat.ready();
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        () = keep_beating(heartbeat, hub.ledger.writer.pulse().clone()) => {}
    }
    heartbeat.stopping();
    tracing::info!("stopping");
    hub.stopping.send_replace(true);
    let _ = tokio::time::timeout(GRACE, server).await;
    for task in tasks.into_iter().chain([certificates]) {
        task.abort();
    }
    stop(&hub, thread).await
}

/// Tells whoever watches over the hub that its loop goes round and its writer does not hang. A full disk is no reason to be
/// started again: the next start would find it as full.
async fn keep_beating(heartbeat: Heartbeat, pulse: WriterPulse) {
    let Some(every) = heartbeat.every() else { return std::future::pending().await };
    let mut rounds = tokio::time::interval(every);
    loop {
        rounds.tick().await;
        match pulse.look() {
            Ok(()) | Err(PulseFault::Fails(_)) => heartbeat.beat(),
            Err(fault @ (PulseFault::Hangs | PulseFault::Ended)) => tracing::error!(%fault, "no sign of life"),
        }
    }
}

/// Asks for official numbers, where another system gives them.
async fn keep_numbers(keeper: Option<NumberKeeper>) {
    if let Some(keeper) = keeper {
        keeper.keep().await;
    }
}

/// Keeps the audit, and warns administrators of what is in it.
async fn keep_audit(ledger: Ledger, alerts: Alerts) {
    ledger.audit.clone().keep(ledger.writer.clone(), move |row| alerts.hear(row)).await;
}

/// The limits of a listener for watchers: a few connections, of which none is another's.
const fn watchers(limits: LimitsConfig) -> LimitsConfig {
    LimitsConfig {
        connections_max: WATCHERS_MAX,
        connections_reserved: 0,
        connections_per_network_max: WATCHERS_MAX,
        connections_per_network_reserved: 0,
        ..limits
    }
}

/// Reads the certificate's files again when they change.
async fn keep_certificates(certificates: Option<Arc<Certificates>>) {
    if let Some(certificates) = certificates
        && let Err(error) = certificates.keep().await
    {
        tracing::error!(error = format!("{error:#}"), "a new certificate is read at the next start alone");
    }
}

/// Every room of the house, as this program holds it.
struct Rooms {
    ledger: Ledger,
    offices: Offices,
    snapshots: Snapshots,
    post: Post,
    retention: Retention,
    heads: HeadSigner,
    reports: ReportKeeper,
    /// Who asks for official numbers, where another system gives them.
    keeper: Option<NumberKeeper>,
    /// The second list of what is gone, and when it is to be written.
    gone: (Option<PathBuf>, Arc<Notify>),
    around: RouterParts,
    access: Access,
    api: Api,
    pages: Pages,
    stopping: watch::Sender<bool>,
}

/// Opens every room, each with the parts that it needs.
fn assemble(
    config: HubConfig,
    belief: Belief,
    store: Store,
    files: &[OfficeSetup],
    address: SocketAddr,
    (due, wanted): (DueBoard, UnboundedSender<Arc<OfficeHandle>>),
) -> anyhow::Result<(Rooms, JoinHandle<Store>)> {
    let clock = belief.clock();
    let BodySetup { config: body, outside, provider } = config.read_body(files)?;
    let body = Arc::new(body);
    let outside = Outside::new(&outside)?;
    let key = store.server_keys()?.context("the file has no key")?;
    let seed = store.identity_seed()?.context("the file has no key for devices")?;
    let pairings = Arc::new(Pairings::new(HubIdentity::new(&seed, config.authorities()?)));
    let epoch = store.epoch()?;
    let devices = Arc::new(Devices::new(store.devices()?));
    let sign_in = if clock.is_rehearsal() { SignInRules::Rehearsal } else { SignInRules::Real(config.sign_in) };
    let people = (store.accounts()?, store.logins(clock.now())?);
    let accounts = Arc::new(Accounts::new(people, config.sessions, sign_in, clock.now()));
    let texts = Arc::new(Edits::new(texts(&store)?));
    let metrics = writer::Metrics::new()?;
    let (mail, buried, numbers) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let stopping = watch::Sender::new(false);
    let conferences = Arc::new(ConferenceHouse::default());
    let bounces = bounces(&config)?.map(Arc::new);
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("{scheme}://{address}"));
    let alarms = HouseAlarms::default();
    // One row that nobody can read closes level B, and stops neither the hub nor an office.
    let decided = store.level_switches();
    if let Err(error) = &decided {
        tracing::error!(%error, "what was decided about level B cannot be read; it is closed everywhere");
        alarms.levels_are_unreadable();
    }
    let levels = Arc::new(BodyHouse::new(Arc::clone(&body), decided.ok()));
    let loaded = load(&store, &config, files)?;
    let offices = Offices::new(loaded.iter().map(|loaded| Arc::clone(&loaded.handle)));
    let rows: Vec<u32> = offices.iter().map(|office| office.row).collect();
    let emblems = emblems(files, &offices);
    let others = config.providers();
    ruled_grant::check(others.rules(), &offices).map_err(anyhow::Error::msg)?;
    let providers = Arc::new(Providers::new(&others)?);
    let (writer, thread) = writer::start(WriterParts {
        store,
        offices: loaded,
        clock,
        belief,
        due,
        mail: Arc::clone(&mail),
        buried: Arc::clone(&buried),
        snapshots: wanted,
        metrics: metrics.clone(),
    })?;
    let readers = Readers::new(&config.database);
    let audit = AuditTrail::new(clock);
    let ledger = Ledger { writer: writer.clone(), readers: readers.clone(), clock, audit: audit.clone() };
    let limits = Arc::new(Limits::new(&config.limits));
    let cookies = Cookies::new(public_url.starts_with("https://"));
    let access = Access {
        accounts,
        devices,
        pairings,
        limits,
        audit,
        alarms: alarms.clone(),
        writer: writer.clone(),
        clock,
        key: key.clone(),
        cookies,
        sign_in,
        public_url: public_url.as_str().into(),
        presses: Presses::default(),
    };
    let calls = CallExchange::new(ExchangeParts {
        ledger: ledger.clone(),
        offices: offices.clone(),
        key: key.clone(),
        access: access.clone(),
        house: CallHouse::default(),
        provider,
        conferences: conferences.doors(),
        ice: config.rooms.clone(),
        turn_secret: config.turn_secret()?,
    });
    let outlooks = Outlooks::new(rows.iter().copied());
    let feed_parts = FeedParts {
        clock,
        epoch,
        outlooks: outlooks.clone(),
        budget: Budget::default(),
        access: access.clone(),
        metrics: metrics.clone(),
        stopping: stopping.clone(),
        booking_page: format!("{public_url}{}", Page::Book),
        public_url: public_url.to_string(),
        key: key.clone(),
        texts: Arc::clone(&texts),
        emblems: emblems.iter().map(|(row, emblem)| (row, emblem.told())).collect(),
    };
    let post = Post {
        writer: writer.clone(),
        readers: readers.clone(),
        offices: offices.clone(),
        clock,
        key: key.clone(),
        texts: Arc::clone(&texts),
        mail: Arc::new(config.mail.clone()),
        alerts_to: config.alert_addresses()?.into(),
        sms: config.sms.clone().map(Arc::new),
        bounces,
        public_url: public_url.as_str().into(),
        wake: Arc::clone(&mail),
    };
    let snapshots = Snapshots {
        database: config.database.clone(),
        writer: writer.clone(),
        readers: readers.clone(),
        offices: offices.clone(),
        clock,
    };
    let retention = Retention {
        access: access.clone(),
        body: Arc::clone(&body),
        ledger: ledger.clone(),
        offices: offices.clone(),
        uploads: config.uploads.clone(),
        database: config.database.clone(),
        mail: Arc::clone(&mail),
    };
    let alerts = Alerts {
        ledger: ledger.clone(),
        mail: Arc::clone(&mail),
        offices: offices.clone(),
        addresses: config.alerts_to.len(),
        failures: FailureCounts::default(),
    };
    let keeper = outside.protocol.clone().map(|system| NumberKeeper {
        ledger: ledger.clone(),
        body: Arc::clone(&body),
        mail: Arc::clone(&mail),
        wake: Arc::clone(&numbers),
        system,
        alerts: alerts.clone(),
    });
    let heads = HeadSigner {
        ledger: ledger.clone(),
        offices: offices.clone(),
        database: config.database.clone(),
        key: Arc::new(journal_key::open(&config.journal_key)?),
        alarms,
        alerts,
    };
    let reports = ReportKeeper { ledger: ledger.clone(), offices: offices.clone(), mail: Arc::clone(&mail) };
    let around = RouterParts {
        watch: Watch {
            pulse: writer.pulse().clone(),
            readers: readers.clone(),
            offices: offices.clone(),
            metrics,
            token: config.watch.token_hash()?,
        },
        packages: config.packages.clone(),
        limits: config.limits,
        access: access.clone(),
        is_secure: cookies.are_secure(),
    };
    let api = Api::new(ApiParts {
        ledger: ledger.clone(),
        writer: writer.clone(),
        offices: offices.clone(),
        body: Arc::clone(&body),
        readers: readers.clone(),
        clock,
        key: key.clone(),
        access: access.clone(),
        limits: config.limits,
        feeds: Feeds::new(feed_parts, rows),
        outlooks: outlooks.clone(),
        post: post.clone(),
        calls: calls.clone(),
        conferences: Arc::clone(&conferences),
        stopping: stopping.clone(),
    });
    let pages = Pages::new(PagesParts {
        ledger: ledger.clone(),
        body,
        writer,
        offices: offices.clone(),
        readers,
        clock,
        key,
        access: access.clone(),
        limits: config.limits,
        drafts: Drafts::default(),
        levels,
        conferences,
        texts,
        open_figures: OpenFigureShelf::default(),
        soonest: Soonest::default(),
        emblems,
        outlooks,
        public_url,
        uploads: config.uploads,
        arrivals: Arrivals::new(config.uploads_leave_mib.saturating_mul(1024 * 1024)),
        judges: Judges::default(),
        sms: config.sms.clone().map(Arc::new),
        providers,
        mail,
        numbers,
        outside,
        calls,
    });
    let gone = (config.tombstones, buried);
    Ok((
        Rooms {
            ledger,
            offices,
            snapshots,
            post,
            retention,
            heads,
            reports,
            keeper,
            gone,
            around,
            access,
            api,
            pages,
            stopping,
        },
        thread,
    ))
}

/// The offices of the configuration, as they were kept.
fn load(store: &Store, config: &HubConfig, files: &[OfficeSetup]) -> anyhow::Result<Vec<LoadedOffice>> {
    writer::fill_past(store)?;
    writer::fill_figures(store)?;
    let rows = store.office_rows(files.iter().map(|file| file.config.key.as_str()))?;
    let rows: Vec<_> = files.iter().map(|file| file.config.key.clone()).zip(rows).collect();
    writer::load_all(&config.database, &rows)
}

/// What the offices look like, by row.
fn emblems(files: &[OfficeSetup], offices: &Offices) -> Emblems {
    let of = |file: &OfficeSetup| Some((offices.get(&file.config.key)?.row, file.emblem.clone()?));
    files.iter().filter_map(of).collect()
}

/// What is set up for mails that come back.
fn bounces(config: &HubConfig) -> anyhow::Result<Option<Bounces>> {
    let (Some(address), Some(file)) = (&config.mail.bounces, &config.mail.bounces_token_file) else { return Ok(None) };
    let token_hash = token_hash(&read_token(file)?);
    Ok(Some(Bounces { address: address.parse()?, token_hash }))
}

/// The sentences that offices have put in words of their own.
fn texts(store: &Store) -> anyhow::Result<Vec<(u32, wire::Language, String, String)>> {
    let edits = store.texts()?.into_iter().filter_map(|edit| {
        let language = text::spoken(&edit.language)?;
        Some((edit.office, language, edit.sentence, edit.body?))
    });
    Ok(edits.collect())
}

/// Takes over each office's file where it differs (TRN-11), and notes that the hub was away (PROM-12).
async fn import(hub: &Rooms, files: Vec<OfficeSetup>) -> anyhow::Result<()> {
    let now = hub.ledger.clock.now();
    let kept = hub.ledger.readers.read(|store| store.alive_at()).await?;
    let written = hub.offices.iter().filter_map(|office| office.read().last_at);
    let away_since = written.chain(kept).max();
    for OfficeSetup { config: mut file, .. } in files {
        let handle = Arc::clone(hub.offices.get(&file.key).context("an office was not loaded")?);
        if handle.aside().is_some() {
            continue;
        }
        keep_what_staff_decided(&mut file, &handle);
        let (is_new, has_day) = {
            let office = handle.read();
            (office.config.as_ref() != Some(&file), office.day.is_some())
        };
        let was_away = |from: &DateTime<Utc>| has_day && now - *from >= TimeDelta::seconds(OUTAGE_SECONDS_MIN);
        if let Some(from) = away_since.filter(was_away) {
            let noted = hub.ledger.writer.submit(&handle.key, Actor::Hub, None, Command::NoteOutage { from }).await;
            noted.map(drop).unwrap_or_else(|error| tracing::warn!(%error, "the outage could not be noted"));
        }
        if is_new {
            let command = Command::Configure(Box::new(file));
            let decided = hub.ledger.writer.submit(&handle.key, Actor::Hub, None, command).await;
            if let Err(CommandRefusal::ByHub(WriteError::Broken | WriteError::SetAside)) = decided {
                handle.set_aside(OfficeBreakage::Fold);
                continue;
            }
            decided.with_context(|| format!("office {}", handle.key))?;
            tracing::info!(office = %handle.key, "the office's file was taken over");
        }
    }
    hub.ledger.writer.change(move |store| store.note_alive(now)).await.context("the start could not be noted")?;
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
async fn forget_answers(ledger: Ledger) {
    loop {
        ledger.writer.belief().believed().await;
        let now = ledger.clock.now();
        let before = now - TimeDelta::days(retention::ANSWERS_KEPT_DAYS);
        while let Ok(count) =
            ledger.writer.change(move |store| store.forget_answers(before, ANSWERS_FORGOTTEN_AT_ONCE)).await
            && count > 0
        {}
        ledger.clock.sleep_until(now + TimeDelta::days(1)).await;
    }
}

/// Ends the writer when everything that waits is done.
async fn stop(hub: &Rooms, thread: JoinHandle<Store>) -> anyhow::Result<()> {
    hub.snapshots.take_if_worth_it().await;
    let now = hub.ledger.clock.now();
    if let Err(error) = hub.ledger.writer.change(move |store| store.note_alive(now)).await {
        tracing::warn!(%error, "the last sign of life could not be kept");
    }
    hub.heads.sign().await;
    if let Err(error) = hub.ledger.audit.finish(&hub.ledger.writer).await {
        tracing::warn!(%error, "the end of the audit could not be kept");
    }
    hub.ledger.writer.stop();
    let store = tokio::task::spawn_blocking(move || thread.join()).await?;
    drop(store.map_err(|_| anyhow::anyhow!("the writer's thread broke"))?);
    tracing::info!("stopped");
    Ok(())
}
