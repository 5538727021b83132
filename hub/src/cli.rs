//! The command line.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use access::{AuditParty, AuditRecord, Password, PasswordContext};
use anyhow::Context;
use chrono::TimeDelta;
use clap::{CommandFactory as _, Parser, Subcommand};
use rustix::{fs::Mode, process::umask};
use secrets::{AccountErrand, AccountLink, BODY_HEAD, HeadLine, LinkOwner, SignedHead, account_link};
use store::{Head, IssuedLink, KeyRotation};
use wire::CivilInstant;
use writer::{Clock, VerifyReport};

use crate::{
    backup,
    backups::{self, BackupSchedule},
    bounce,
    config::HubConfig,
    console, export, first_start, house_ca, journal_key, log, panics, progress, rehearsal, restore, serve,
    setup::{self, SetupArgs},
    support,
};

/// The central server of public offices.
#[derive(Debug, Parser)]
#[command(name = "seira-hub", version)]
struct Cli {
    #[command(subcommand)]
    command: HubCommand,
}

#[derive(Debug, Subcommand)]
enum HubCommand {
    /// Run the hub until it is told to stop.
    Serve {
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Run with a clock that starts at a set time: for tests, training and demos.
    Rehearse {
        #[command(flatten)]
        config: ConfigArg,
        /// When the rehearsal begins, e.g. 2026-11-24T08:00:00+02:00.
        #[arg(long)]
        at: CivilInstant,
        /// Seconds of the hub's clock in one second.
        #[arg(long, default_value_t = 1.0)]
        speed: f64,
        /// "real people get these messages", to have mails and SMS sent as configured; else mails lie in the mail folder.
        #[arg(long, value_name = "WORD")]
        send: Option<String>,
    },
    /// Say that this machine's clock is right, where nothing else agrees with it; the hub must not run meanwhile. While it
    /// runs, an administrator says so on the page of its state.
    BelieveClock {
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Set a fresh hub up without a question: an office from the sample, certificate, configuration, an administrator.
    Setup {
        #[command(flatten)]
        setup: SetupArgs,
    },
    /// Check hub.toml and every office's file, and say what is wrong.
    CheckConfig {
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Fold every journal from its first event, and compare with what is stored.
    Verify {
        #[command(flatten)]
        config: ConfigArg,
        /// A signed head out of an older mail or log, or a whole mail of them: the journal must still have it. May be
        /// repeated.
        #[arg(long, value_name = "LINE")]
        head: Vec<String>,
    },
    /// Make the tables of figures anew from the journals; the hub must not run meanwhile.
    RenewFigures {
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Write a copy of the database while the hub runs.
    Backup {
        #[command(flatten)]
        config: ConfigArg,
        /// The new file.
        #[arg(long, required_unless_present = "into")]
        to: Option<PathBuf>,
        /// Instead of a file: a folder that gets one backup more, named by its time.
        #[arg(long, value_name = "FOLDER", conflicts_with = "to")]
        into: Option<PathBuf>,
        /// So many backups of that folder are kept.
        #[arg(long, default_value_t = 30, requires = "into")]
        keep: usize,
        /// A file of public keys (age), one a line: the backup is encrypted, and this machine cannot read it.
        #[arg(long, value_name = "FILE", requires = "into")]
        recipients_file: Option<PathBuf>,
    },
    /// Restore a backup into an empty place, as a second machine would, and say what was found; do so each month.
    Drill {
        #[command(flatten)]
        config: ConfigArg,
        /// The backup, or the folder of which the newest is taken. Without it, say when a drill was last done.
        #[arg(long)]
        from: Option<PathBuf>,
        /// The key of an encrypted backup (age).
        #[arg(long, value_name = "FILE", requires = "from")]
        identity_file: Option<PathBuf>,
    },
    /// Put a backup in the database's place; the hub must not run meanwhile.
    Restore {
        #[command(flatten)]
        config: ConfigArg,
        /// The backup, or the folder of which the newest is taken.
        #[arg(long)]
        from: PathBuf,
        /// The key of an encrypted backup (age).
        #[arg(long, value_name = "FILE")]
        identity_file: Option<PathBuf>,
    },
    /// Hand a mail that came back, on the input, to the running hub: for the mail server's file of aliases.
    Bounce {
        #[command(flatten)]
        bounce: bounce::BounceArgs,
    },
    /// Write every event as a line of JSON.
    Export {
        #[command(flatten)]
        config: ConfigArg,
    },
    /// Draw a new key for links, codes and cookies; the hub must not run meanwhile. What was made with those before stays good
    /// until it ends.
    RotateKey {
        #[command(flatten)]
        config: ConfigArg,
        /// End all of it at once, where a key may have got out: every link in a mail, every QR code.
        #[arg(long)]
        end_links: bool,
    },
    /// Make a private CA and a certificate for the hub, where it has no public name.
    MakeCa {
        #[command(flatten)]
        ca: house_ca::CaArgs,
    },
    /// Write what somebody needs who helps from afar: versions, health, log, configuration without texts; nothing of a person.
    SupportBundle {
        #[command(flatten)]
        config: ConfigArg,
        /// The new file (tar, gzip).
        #[arg(long)]
        to: PathBuf,
    },
    /// Make an administrator's account; the hub must not run meanwhile.
    CreateAdmin {
        #[command(flatten)]
        config: ConfigArg,
        /// The login name.
        #[arg(long)]
        name: String,
        /// A file with the password in its first line; without one, a link is printed behind which they set it themselves.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
}

impl HubCommand {
    /// The configuration that it is given, if it is given one.
    fn config(&self) -> Option<&Path> {
        match self {
            Self::Serve { config }
            | Self::Rehearse { config, .. }
            | Self::BelieveClock { config }
            | Self::CheckConfig { config }
            | Self::Verify { config, .. }
            | Self::RenewFigures { config }
            | Self::Backup { config, .. }
            | Self::Restore { config, .. }
            | Self::Drill { config, .. }
            | Self::SupportBundle { config, .. }
            | Self::RotateKey { config, .. }
            | Self::Export { config }
            | Self::CreateAdmin { config, .. } => Some(&config.config),
            Self::Bounce { .. } | Self::MakeCa { .. } | Self::Setup { .. } => None,
        }
    }
}

#[derive(Debug, clap::Args)]
struct ConfigArg {
    /// The hub's configuration.
    #[arg(long, default_value = "hub.toml")]
    config: PathBuf,
}

impl ConfigArg {
    fn read(&self) -> anyhow::Result<HubConfig> {
        HubConfig::read(&self.config)
    }

    /// The same, for a hub that speaks to people: with the languages that were added.
    fn read_to_speak(&self) -> anyhow::Result<HubConfig> {
        let config = self.read()?;
        text::added::take_in(&config.languages)?;
        Ok(config)
    }
}

/// What others on the machine have of no file that the hub makes.
const OTHERS: Mode = Mode::RWXG.union(Mode::RWXO);

/// The command line, for manual and completions.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program `hub`.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // Before any file is made. A house's own CA is the exception: its certificates are for everybody, and each of its files
    // says for whom it is.
    if !matches!(cli.command, HubCommand::MakeCa { .. }) {
        umask(OTHERS);
    }
    log::begin(cli.command.config());
    panics::tell();
    if let HubCommand::Bounce { bounce } = &cli.command {
        return bounce::run(bounce);
    }
    match carry_out(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Read by a person: the sentence, and where it came from.
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("cannot write to the output")
}

fn carry_out(command: HubCommand) -> anyhow::Result<()> {
    match command {
        HubCommand::Serve { config } => serve::run(config.read_to_speak()?, Clock::Machine),
        HubCommand::Rehearse { config, at, speed, send } => {
            anyhow::ensure!(speed > 0.0 && speed <= 100_000.0, "--speed should be above 0, at most 100000");
            let mut config = config.read_to_speak()?;
            rehearsal::keep_in_the_house(&mut config, send.as_deref())?;
            serve::run(config, Clock::rehearse(at.utc(), speed))
        }
        HubCommand::BelieveClock { config } => {
            let (config, now) = (config.read()?, Clock::Machine.now());
            let _lock = store::FileLock::take(&config.database)?;
            let store = store::Store::open(&config.database)?;
            store.note_believed_at(Some(now))?;
            console::note(&store, &config, AuditRecord::ClockBelieved(AuditParty::Console), now)?;
            say(&format!("the clock is believed: it is {now}"))
        }
        HubCommand::CheckConfig { config } => {
            let config = config.read_to_speak()?;
            config.check_listening()?;
            let offices = office_file::read_all(&config.offices)?;
            let body_file::BodySetup { config: body, outside, provider: _ } = config.read_body(&offices)?;
            outside::Outside::new(&outside)?;
            let requests = match body.categories.len() {
                0 => String::new(),
                categories => format!(", {} unit(s), {categories} categories of requests", body.units.len()),
            };
            say(&format!("{} office(s){requests}, nothing wrong", offices.len()))
        }
        HubCommand::Verify { config, head } => {
            let config = config.read()?;
            head.iter().try_for_each(|text| verify_heads(&config, text))?;
            let found = progress::verify("reading every journal", &config.database)?;
            let body = found.body;
            say(&format!(
                "content: {} office(s), {} events, {} reports, {} mails, {} days of figures; of the body: {} events, {} accounts, {} requests",
                found.offices,
                found.events,
                found.reports,
                found.mails,
                found.days,
                body.events,
                body.accounts,
                body.requests
            ))
        }
        HubCommand::RenewFigures { config } => {
            let config = config.read()?;
            let _lock = store::FileLock::take(&config.database)?;
            let days = writer::renew_figures(&store::Store::open(&config.database)?)?;
            say(&format!("made anew: {days} day(s) of figures"))
        }
        HubCommand::Backup { config, to, into, keep, recipients_file } => {
            let (config, now) = (config.read()?, Clock::Machine.now());
            let Some(into) = into else { return backup::backup(&config, &to.context("--to")?, now) };
            let schedule = BackupSchedule { into: &into, keep, recipients: recipients_file.as_deref() };
            say(&format!("written: {}", backups::make_next(&config, &schedule, now)?.display()))
        }
        HubCommand::Drill { config, from, identity_file } => {
            drill(&config.read()?, from.as_deref(), identity_file.as_deref())
        }
        HubCommand::Restore { config, from, identity_file } => {
            let config = config.read()?;
            let opened = backups::open(&config, &from, identity_file.as_deref())?;
            let done = restore::restore(&config, &opened.database, Clock::Machine.now())?;
            let before = done.before.map(|before| format!("; what was there before is {}", before.display()));
            let VerifyReport { offices, events, .. } = done.found;
            let gone = match (done.has_list, done.buried) {
                (false, 0) => "; no list was found of who was erased or shut out since".to_owned(),
                (_, buried) => format!("; {buried} were erased or shut out since, and stay so"),
            };
            say(&format!("restored: {offices} office(s), {events} events{gone}{}", before.unwrap_or_default()))
        }
        HubCommand::Setup { setup } if setup.page => {
            let setup = first_start::run(setup)?;
            setup::hand_over(&setup)?;
            say(&setup::steps_after_page(&setup))
        }
        HubCommand::Setup { setup } => {
            setup::prepare(&setup, Clock::Machine.now())?;
            let config = HubConfig::read(&setup.config())?;
            create_admin(&config, &setup.admin, None)?;
            setup::hand_over(&setup)?;
            say(&setup::next_steps(&setup))
        }
        HubCommand::Bounce { .. } => Ok(()),
        HubCommand::RotateKey { config, end_links } => rotate_key(&config.read()?, end_links),
        HubCommand::MakeCa { ca } => say(&house_ca::run(&ca, Clock::Machine.now())?),
        HubCommand::SupportBundle { config, to } => {
            support::write(&config.read()?, &config.config, &to, Clock::Machine.now())
        }
        HubCommand::Export { config } => export::export(&config.read()?.database, &mut std::io::stdout().lock()),
        HubCommand::CreateAdmin { config, name, password_file } => {
            create_admin(&config.read()?, &name, password_file.as_deref())
        }
    }
}

/// Holds the journals against heads that were signed before.
fn verify_heads(config: &HubConfig, text: &str) -> anyhow::Result<()> {
    let own = journal_key::read(&config.journal_key).ok().map(|key| key.public());
    for line in HeadLine::all_in(text)? {
        let SignedHead { office, day, seq, hash } = line.head.clone();
        let whose = if office == BODY_HEAD { "the body".to_owned() } else { format!("office {office}") };
        let which = format!("head of {day}, {whose}, event {seq}");
        anyhow::ensure!(line.is_signed(), "{which}: its signature is wrong, the line is another than was written");
        writer::verify_head(&config.database, &office, Head { seq, hash }).with_context(|| which.clone())?;
        let by = match own {
            Some(own) if own == line.key => "signed by this hub",
            Some(_) => "signed by another key than journal_key",
            None => "signed, by a key that is not here",
        };
        say(&format!("{which}: {by}, and the journal still has it"))?;
    }
    Ok(())
}

fn drill(config: &HubConfig, from: Option<&Path>, identity: Option<&Path>) -> anyhow::Result<()> {
    let now = Clock::Machine.now();
    let before = backups::last_drill(config)?.map_or_else(
        || "no drill was done before".to_owned(),
        |last| format!("the last drill was {} day(s) ago, on {}", (now - last).num_days(), last.date_naive()),
    );
    let Some(from) = from else { return say(&before) };
    let VerifyReport { offices, events, .. } = backups::drill(config, from, identity, now)?;
    say(&format!("the backup can be restored: {offices} office(s), {events} events; {before}"))
}

fn rotate_key(config: &HubConfig, end_links: bool) -> anyhow::Result<()> {
    let _lock = store::FileLock::take(&config.database)?;
    let store = store::Store::open(&config.database)?;
    let now = Clock::Machine.now();
    let KeyRotation { number, before, until } = store.rotate_server_key(now, end_links)?;
    console::note(&store, config, AuditRecord::KeyRotation, now)?;
    match before {
        0 => say(&format!("key {number} is in use; links, codes and cookies that were made before are good no longer")),
        _ => say(&format!(
            "key {number} is in use; what was made with the {before} before it stays good until it ends, at most until {}",
            until.date_naive()
        )),
    }
}

fn create_admin(config: &HubConfig, name: &str, password_file: Option<&Path>) -> anyhow::Result<()> {
    access::check_name(name)?;
    let hash = password_file.map(|file| hash_within(config, name, file)).transpose()?;
    let _lock = store::FileLock::take(&config.database)?;
    let store = store::Store::open(&config.database)?;
    let now = Clock::Machine.now();
    let Some(id) = console::add_admin(&store, config, (name, hash.as_deref(), None), now)? else {
        anyhow::bail!("the name {name} is taken");
    };
    if hash.is_some() {
        return Ok(());
    }
    let (owner, errand) = (LinkOwner::Account(id), AccountErrand::Invited);
    let (issued_at, expires_at) = (now.timestamp_millis(), now + TimeDelta::days(acts::invite_agent::INVITATION_DAYS));
    store.put_account_link(&IssuedLink { owner, errand, issued_at, expires_at, email: None })?;
    let key = store.server_keys()?.context("the file has no key")?;
    let language = office::Language::default();
    let path = account_link(&key, &AccountLink { owner, errand, issued_at, expires_at, language });
    let base = config.public_url.clone().unwrap_or_else(|| config.own_url());
    say(&format!("{name} sets the password at {base}{path}, once, until {expires_at}"))
}

/// The hash of the password in the first line of a file, if it is one that may be.
fn hash_within(config: &HubConfig, name: &str, file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let offices = office_file::read_all(&config.offices)?;
    let names = offices
        .iter()
        .flat_map(|office| [&office.config.name.el, &office.config.name.en, &office.config.key])
        .map(String::as_str);
    let context = PasswordContext::of(names.chain([name]));
    let password = Password::new(text.lines().next().unwrap_or_default().to_owned());
    access::hash_password(&password.checked(&context)?)
}
