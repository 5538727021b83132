//! A hub: its folder, its configuration, its life and its death.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};

pub use crate::line::{Tls, free_port};
use crate::{
    http::Client,
    moody_mail::USER,
    process::{Process, program},
    wait::until_ok,
};

/// Login name of the administrator that every hub is created with.
pub const ADMIN: &str = "admin";
/// Their password.
pub const ADMIN_PASSWORD: &str = "Σαράντα-δύο καλά βότσαλα";

/// What whoever watches over the hub bears.
pub const WATCH: &str = "watching-over-the-hub-of-the-stories-alone";

/// How a hub sends its mails.
#[derive(Debug, Clone)]
pub enum Mails {
    /// As files into `mail/` beside its configuration.
    Folder,
    /// To the server at this port.
    Smtp(u16),
    /// To the server at this port, encrypted and signed in.
    Secure {
        /// Its port.
        port: u16,
        /// The folder with `ca.pem` and `password`.
        secrets: PathBuf,
        /// Encrypted from its first byte, or after a word in the clear.
        tls: Tls,
    },
}

/// What differs from one hub to another.
pub struct Setting {
    /// The hub's time when it starts.
    pub at: DateTime<Utc>,
    /// Seconds of its clock in one second.
    pub speed: f64,
    /// How it sends mails.
    pub mails: Mails,
    /// Changes the sample office before the hub reads it.
    pub office: fn(String) -> String,
    /// Whether the office belongs to the sample body, which takes requests.
    pub body: bool,
}

impl Setting {
    /// A Tuesday morning, the office as the sample has it, mails into a folder.
    ///
    /// # Errors
    /// Never, as long as the constant is a time.
    pub fn tuesday(time: &str) -> Result<Self> {
        let at: DateTime<Utc> = format!("2026-11-24T{time}:00+02:00").parse().ok().context("a time, e.g. 10:00")?;
        Ok(Self { at, speed: 1.0, mails: Mails::Folder, office: std::convert::identity, body: false })
    }
}

/// A hub that runs, or is between two runs.
pub struct Hub {
    process: Option<Process>,
    folder: PathBuf,
    port: u16,
    setting: Setting,
    began: Instant,
    wrapper: Vec<String>,
}

impl Hub {
    /// Sets a hub up in a folder, makes its administrator, and starts it.
    ///
    /// # Errors
    /// When one of these fails.
    pub fn start(folder: &Path, setting: Setting) -> Result<Self> {
        let mut hub = Self::prepare(folder, setting)?;
        hub.run()?;
        Ok(hub)
    }

    /// Sets a hub up and does not start it.
    ///
    /// # Errors
    /// When it cannot be set up.
    pub fn prepare(folder: &Path, setting: Setting) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let port = free_port()?;
        write_files(folder, port, &setting)?;
        fs::write(folder.join("watch"), WATCH)?;
        let hub = Self {
            process: None,
            folder: folder.to_owned(),
            port,
            setting,
            began: Instant::now(),
            wrapper: Vec::new(),
        };
        hub.create_admin()?;
        Ok(hub)
    }

    /// Sets a hub up on a database that is there already, with its own accounts, and does not start it.
    ///
    /// # Errors
    /// When it cannot be set up.
    pub fn prepare_as_it_is(folder: &Path, setting: Setting) -> Result<Self> {
        let port = free_port()?;
        write_files(folder, port, &setting)?;
        fs::write(folder.join("watch"), WATCH)?;
        let (folder, began) = (folder.to_owned(), Instant::now());
        Ok(Self { process: None, folder, port, setting, began, wrapper: Vec::new() })
    }

    fn create_admin(&self) -> Result<()> {
        let password = self.folder.join("admin-password");
        fs::write(&password, ADMIN_PASSWORD)?;
        let mut command = self.command("create-admin")?;
        command.args(["--name", ADMIN, "--password-file"]).arg(&password);
        let output = command.output()?;
        ensure!(output.status.success(), "create-admin: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// A command of the hub's program on this hub's configuration, e.g. `verify`.
    ///
    /// # Errors
    /// When the program was not built.
    pub fn command(&self, name: &str) -> Result<Command> {
        let hub = program("hub")?;
        let mut command = match self.wrapper.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(hub.get_program());
                command
            }
            None => hub,
        };
        command.arg(name).arg("--config").arg(self.folder.join("hub.toml"));
        Ok(command)
    }

    /// Puts a program before the hub's at its next start, e.g. one that limits its files.
    pub fn wrap(&mut self, words: &[&str]) {
        self.wrapper = words.iter().map(|&word| word.to_owned()).collect();
    }

    /// Starts it, at the hour at which its clock would be by now.
    ///
    /// # Errors
    /// When it does not start; the error ends with its log.
    pub fn run(&mut self) -> Result<()> {
        let passed = self.began.elapsed().mul_f64(self.setting.speed);
        let at = self.setting.at + TimeDelta::from_std(passed).ok().context("too long")?;
        let mut command = self.command("rehearse")?;
        command.args(["--at", &at.to_rfc3339(), "--speed", &self.setting.speed.to_string()]);
        // The stories' people and servers are their own.
        command.args(["--send", "real people get these messages"]);
        let (process, ready) = Process::start("hub", &mut command, &self.log())?;
        ensure!(ready.trim() == format!("listening on {}", self.base()), "the hub says: {ready}");
        self.process = Some(process);
        Ok(())
    }

    /// Serves for real, by the machine's own clock and with everything that no rehearsal asks for.
    ///
    /// # Errors
    /// When it does not start; the error ends with its log.
    pub fn serve(&mut self) -> Result<()> {
        let (process, ready) = Process::start("hub", &mut self.command("serve")?, &self.log())?;
        ensure!(ready.trim() == format!("listening on {}", self.base()), "the hub says: {ready}");
        self.process = Some(process);
        Ok(())
    }

    /// Its log, of all its runs.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.folder.join("hub.log")
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its address.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Somebody who knows its address and nothing else.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(&self.base())
    }

    /// Its running program.
    ///
    /// # Errors
    /// When it does not run.
    pub fn process(&mut self) -> Result<&mut Process> {
        self.process.as_mut().context("the hub does not run")
    }

    /// What its clock shows, about now.
    ///
    /// # Errors
    /// Never, in a human lifetime.
    pub fn now(&self) -> Result<DateTime<Utc>> {
        let passed = TimeDelta::from_std(self.began.elapsed().mul_f64(self.setting.speed));
        Ok(self.setting.at + passed.ok().context("too long")?)
    }

    /// Lets its next run begin at another hour.
    pub fn set_clock(&mut self, at: DateTime<Utc>) {
        self.setting.at = at;
        self.began = Instant::now();
    }

    /// Lets its clock run faster or slower from its next run on.
    pub fn set_speed(&mut self, speed: f64) {
        let now = self.now().unwrap_or(self.setting.at);
        self.set_clock(now);
        self.setting.speed = speed;
    }

    /// Changes its configuration; it holds from the next run on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn configure(&self, change: impl FnOnce(String) -> String) -> Result<()> {
        let path = self.folder.join("hub.toml");
        Ok(fs::write(&path, change(fs::read_to_string(&path)?))?)
    }

    /// A power cut.
    ///
    /// # Errors
    /// When it does not run.
    pub fn kill(&mut self) -> Result<()> {
        self.process()?.kill()?;
        self.process = None;
        Ok(())
    }

    /// Stops it in good order.
    ///
    /// # Errors
    /// When it does not stop, or not with success.
    pub fn stop(&mut self) -> Result<()> {
        let status = self.process()?.stop()?;
        self.process = None;
        ensure!(status.success(), "the hub stopped with {status}");
        Ok(())
    }

    /// Has its journal checked by its own `verify`, which it does not need to run for.
    ///
    /// # Errors
    /// When `verify` is not content.
    pub fn verify(&self) -> Result<String> {
        let output = self.command("verify")?.output()?;
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        ensure!(output.status.success(), "hub verify is not content: {said}");
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        for worry in ["is not the fold", "does not read back"] {
            ensure!(!log.contains(worry), "the hub says that something {worry}: {log}");
        }
        Ok(said)
    }

    /// What it counts of itself.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn figures(&self) -> Result<String> {
        let figures = self.client().with_token(WATCH).get("/metrics")?;
        ensure!(figures.status == 200, "{}", figures.status);
        Ok(figures.body)
    }

    /// Waits until it answers.
    ///
    /// # Errors
    /// When it does not in time.
    pub fn answers(&self) -> Result<()> {
        let client = self.client().with_token(WATCH);
        until_ok("the hub answers", || {
            let health = client.get("/healthz")?;
            ensure!(health.status == 200, "{}", health.status);
            Ok(())
        })
    }
}

/// A file of the repository's sample office, as text.
fn sample(file: &str) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hub/samples").join(file);
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}

/// The files that a hub reads: itself, its office, its municipality.
fn write_files(folder: &Path, port: u16, setting: &Setting) -> Result<()> {
    let office = (setting.office)(sample("kep.toml")?);
    fs::write(folder.join("kep.toml"), office)?;
    fs::write(folder.join("emblem.svg"), sample("emblem.svg")?)?;
    fs::write(folder.join("body.toml"), sample("body.toml")?)?;
    fs::write(folder.join("hub.toml"), configuration(port, &setting.mails, setting.body))?;
    Ok(())
}

/// Its limits are those of a story, in which one address plays everybody.
fn configuration(port: u16, mails: &Mails, body: bool) -> String {
    let mail = match mails {
        Mails::Folder => "transport = \"folder\"\nfolder = \"mail\"".to_owned(),
        Mails::Smtp(port) => {
            format!("transport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\ntimeout_seconds = 3")
        }
        Mails::Secure { port, secrets, tls } => format!(
            "transport = \"smtp\"\nhost = \"localhost\"\nport = {port}\ntls = \"{tls}\"\nuser = \"{USER}\"\n\
             password_file = \"{0}/password\"\nca_file = \"{0}/ca.pem\"",
            secrets.display()
        ),
    };
    let body = if body { "body = \"body.toml\"\n" } else { "" };
    format!(
        "listen = \"127.0.0.1:{port}\"\ndatabase = \"seira.db\"\nuploads_leave_mib = 0\noffices = [\"kep.toml\"]\n{body}\n\
         [watch]\ntoken_file = \"watch\"\n\n\
         [mail]\n{mail}\nfrom = \"ΚΕΠ <kep@example.gr>\"\n\n\
         [limits]\nwork_prefix = 1\naddress_requests_per_second = 100000.0\ntoken_requests_per_second = 100000.0\n\
         failed_logins_per_minute = 1000.0\npairings_per_minute = 1000.0\nfeeds_per_address_max = 1000\n\
         links_per_domain_per_hour = 100000.0\nlinks_per_domain_burst = 100000.0\n"
    )
}
