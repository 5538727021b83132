//! A hub in a folder of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tempfile::{NamedTempFile, TempDir};

use crate::{
    feeds::ReadFeed,
    http::{self, HttpAnswer},
    machine::ClockedMachine,
    pages::FormBrowser,
};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hub");
pub const KEP: &str = include_str!("../../samples/kep.toml");
const BODY: &str = include_str!("../../samples/body.toml");
const EMBLEM: &str = include_str!("../../samples/emblem.svg");
/// What whoever watches over the hub bears.
pub const WATCH: &str = "watching-over-the-hub-of-the-tests-alone";
pub const PASSWORD: &str = "σύνθημα και κλειδί";
static IDS: AtomicU32 = AtomicU32::new(1);

/// A fresh id for a command.
pub fn fresh_id() -> String {
    format!("00000000-0000-4000-8000-{:012x}", IDS.fetch_add(1, Ordering::Relaxed))
}

/// A folder with a hub's files, and the hub, while it runs.
pub struct ProgramHouse {
    pub folder: TempDir,
    child: Option<Child>,
    /// Beside the folder, in which nothing stands but what the hub makes.
    log: NamedTempFile,
    pub address: String,
    /// The listener of its own for whoever watches over it.
    pub watched: Option<String>,
}

impl ProgramHouse {
    /// A new house on a Tuesday at nine, with an administrator.
    pub fn new() -> Self {
        Self::with_config("", "")
    }

    /// The same with keys and limits of its own.
    pub fn with_config(keys: &str, limits: &str) -> Self {
        let mut house = Self::files_with_config(keys, limits);
        let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
        assert!(made.status.success(), "{made:?}");
        house.start();
        house
    }

    /// The files alone.
    pub fn files() -> Self {
        Self::files_with_config("", "")
    }

    /// The files alone, with keys and limits of their own.
    pub fn files_with_config(keys: &str, limits: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("kep.toml"), KEP).unwrap();
        fs::write(folder.path().join("emblem.svg"), EMBLEM).unwrap();
        fs::write(folder.path().join("password"), PASSWORD).unwrap();
        fs::write(folder.path().join("watch"), WATCH).unwrap();
        if keys.contains("body.toml") {
            fs::write(folder.path().join("body.toml"), BODY).unwrap();
        }
        let watch = if keys.contains("[watch]") { "" } else { "[watch]\ntoken_file = \"watch\"\n" };
        let listen = if keys.starts_with("listen =") || keys.contains("\nlisten =") && !keys.starts_with('[') {
            ""
        } else {
            "listen = \"127.0.0.1:0\"\n"
        };
        // What is told of a real hub here is not about signing in: `accounts` has the stories of second factors.
        // A story goes on upon a disk that is fuller than a house would let it become.
        let leave = "uploads_leave_mib = 64\n";
        let sign_in = if keys.contains("[sign_in]") { "" } else { "[sign_in]\nsecond_factor = \"optional\"\n" };
        let config = format!(
            "{listen}{leave}offices = [\"kep.toml\"]\n{keys}{sign_in}{watch}[limits]\naddress_requests_per_second = 100000\n\
             token_requests_per_second = 100000\n{limits}"
        );
        fs::write(folder.path().join("hub.toml"), config).unwrap();
        Self { folder, child: None, log: NamedTempFile::new().unwrap(), address: String::new(), watched: None }
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("seira.db")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).args(["--config", "hub.toml"]).current_dir(self.folder.path());
        command
    }

    /// Runs a command of the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that reads no configuration.
    pub fn run_plain(&self, arguments: &[&str]) -> Output {
        Command::new(PROGRAM).args(arguments).current_dir(self.folder.path()).output().unwrap()
    }

    /// Started as systemd starts it, which listens at a socket and believes it dead after so long a silence.
    pub fn start_watched(&mut self, socket: &Path, usec: u32) {
        let mut command = self.command(&["rehearse", "--at", "2026-11-24T09:00:00+02:00"]);
        // The number of another process, as within a session: it is no reason to be silent.
        command.env("NOTIFY_SOCKET", socket).env("WATCHDOG_USEC", usec.to_string()).env("WATCHDOG_PID", "1");
        self.spawn(command);
    }

    pub fn start(&mut self) {
        self.start_at("2026-11-24T09:00:00+02:00", "1");
    }

    /// Starts with the clock at an hour, running at a speed.
    pub fn start_at(&mut self, at: &str, speed: &str) {
        let command = self.command(&["rehearse", "--at", at, "--speed", speed]);
        self.spawn(command);
    }

    /// Starts with the clock at an hour, and sends mails as it is configured.
    pub fn start_sending_at(&mut self, at: &str, speed: &str) {
        let words = "real people get these messages";
        let command = self.command(&["rehearse", "--at", at, "--speed", speed, "--send", words]);
        self.spawn(command);
    }

    /// Serves for real, by the clock of a machine.
    pub fn serve_on(&mut self, machine: &ClockedMachine) {
        let mut command = self.command(&["serve"]);
        machine.put_on(&mut command);
        self.spawn(command);
    }

    /// Runs a command of the program to its end, by the clock of a machine.
    pub fn run_on(&self, machine: &ClockedMachine, arguments: &[&str]) -> Output {
        machine.put_on(&mut self.command(arguments)).output().unwrap()
    }

    /// What the hub's clock shows.
    pub fn clock(&self, token: &str) -> DateTime<Utc> {
        let mut feed = ReadFeed::open(self, token, "/api/v1/offices/kep/feeds/floor");
        let (_, clock) = feed.message().unwrap();
        clock["now"].as_str().unwrap().parse().unwrap()
    }

    /// Starts with a limit on the size of every file, in blocks of 512 bytes.
    pub fn start_with_file_limit(&mut self, blocks: u32) {
        self.start_limited(&format!("-f {blocks}"));
    }

    /// Starts with a limit as a shell sets it.
    pub fn start_limited(&mut self, limit: &str) {
        let mut command = Command::new("sh");
        let line = format!("ulimit {limit}; exec {PROGRAM} rehearse --config hub.toml --at 2026-11-24T09:00:00+02:00");
        command.args(["-c", &line]).current_dir(self.folder.path());
        self.spawn(command);
    }

    fn spawn(&mut self, mut command: Command) {
        let log = fs::OpenOptions::new().append(true).open(self.log.path()).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let (mut line, mut said) = (String::new(), BufReader::new(child.stdout.take().unwrap()));
        said.read_line(&mut line).unwrap();
        self.watched = line.trim().strip_prefix("watched on http://").map(str::to_owned);
        if self.watched.is_some() {
            line.clear();
            said.read_line(&mut line).unwrap();
        }
        self.child = Some(child);
        let listens = line.trim().strip_prefix("listening on http").unwrap_or_else(|| panic!("{line}"));
        self.address = listens.trim_start_matches('s').trim_start_matches("://").to_owned();
    }

    /// What the hub has logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log.path()).unwrap()
    }

    /// A page as whoever has this token sees it.
    pub fn page(&self, token: &str, path: &str) -> HttpAnswer {
        self.ask("GET", path, &[("cookie", &format!("seira-session={token}"))], "")
    }

    /// The process of the hub.
    pub fn process(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Stops it as an administrator does.
    pub fn stop(&mut self) {
        let mut child = self.child.take().unwrap();
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(child.wait().unwrap().success());
    }

    /// Kills it as nobody should.
    pub fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// What `hub verify` says.
    pub fn verify(&self) -> Result<String, String> {
        let output = self.run(&["verify"]);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> HttpAnswer {
        http::ask(&self.address, method, path, headers, body.as_bytes())
    }

    pub fn post(&self, token: &str, path: &str, body: &Value) -> HttpAnswer {
        let bearer = format!("Bearer {token}");
        self.ask("POST", path, &[("authorization", &bearer)], &body.to_string())
    }

    pub fn post_as(&self, token: &str, id: &str, path: &str, body: &Value) -> HttpAnswer {
        let bearer = format!("Bearer {token}");
        self.ask("POST", path, &[("authorization", &bearer), ("idempotency-key", id)], &body.to_string())
    }

    pub fn get(&self, token: &str, path: &str) -> HttpAnswer {
        let bearer = format!("Bearer {token}");
        self.ask("GET", path, &[("authorization", &bearer)], "")
    }

    /// Signs the administrator in.
    pub fn admin(&self) -> String {
        self.sign_in("admin", PASSWORD)
    }

    pub fn sign_in(&self, name: &str, password: &str) -> String {
        let answer = self.post("", "/api/v1/sessions", &json!({"name": name, "password": password}));
        answer.ok()["token"].as_str().unwrap().to_owned()
    }

    /// Makes an account, as an administrator; gives its number, and the path of the link by which a password is set.
    pub fn invite(&self, admin: &str, name: &str, role: &str, office: Option<&str>) -> (u64, String) {
        let wish = json!({"name": name, "role": role, "office": office, "own_password": PASSWORD});
        let made = self.post(admin, "/api/v1/accounts", &wish).ok();
        let link = made["invitation"].as_str().unwrap();
        let path = link.split_once("://").unwrap().1.split_once('/').unwrap().1;
        (made["id"].as_u64().unwrap(), format!("/{path}"))
    }

    /// Sets a password behind a link.
    pub fn set_password(&self, path: &str, password: &str) {
        let set = FormBrowser::new(self).post(path, path, &[("password", password), ("again", password)]);
        assert_eq!(set.status, 303, "{set:?}");
    }

    /// Makes an account with a password; gives its number.
    pub fn employ(&self, admin: &str, name: &str, role: &str, office: Option<&str>, password: &str) -> u64 {
        let (id, link) = self.invite(admin, name, role, office);
        self.set_password(&link, password);
        id
    }

    /// Pairs a device, and gives its token and id.
    pub fn pair(&self, admin: &str, kind: &str) -> (String, String) {
        self.pair_as(admin, &json!(kind))
    }

    /// A device that says of itself what it is.
    pub fn pair_as(&self, admin: &str, kind: &Value) -> (String, String) {
        let begun = self.ask("POST", "/api/v1/pairings", &[], &json!({"kind": kind, "name": "Είσοδος"}).to_string());
        let begun = begun.ok();
        let device = self.post(admin, "/api/v1/offices/kep/devices", &json!({"code": begun["code"]})).ok();
        let path = format!("/api/v1/pairings/{}", begun["pairing"].as_str().unwrap());
        let outcome = self.get(begun["secret"].as_str().unwrap(), &path).ok();
        assert_eq!(outcome["is"], "paired", "{outcome}");
        assert_eq!(outcome["office"], "kep");
        (outcome["token"].as_str().unwrap().to_owned(), device["id"].as_str().unwrap().to_owned())
    }

    /// A ticket for the shortest service.
    pub fn ticket(&self, token: &str) -> HttpAnswer {
        self.post_as(token, &fresh_id(), "/api/v1/offices/kep/tickets", &json!({"service": "signature"}))
    }

    pub fn desk(&self, token: &str, desk: u16, action: &str, body: &Value) -> HttpAnswer {
        self.post_as(token, &fresh_id(), &format!("/api/v1/offices/kep/desks/{desk}/{action}"), body)
    }
}

impl Drop for ProgramHouse {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if !std::thread::panicking() {
            self.look_at_mails();
        }
    }
}

impl ProgramHouse {
    /// Whatever mail a test's hub wrote: it says that a program wrote it, so that no out-of-office note answers it (RFC 3834).
    fn look_at_mails(&self) {
        let mails = std::fs::read_dir(self.folder.path().join("mail")).into_iter().flatten().flatten();
        for path in mails.map(|file| file.path()).filter(|path| path.extension().is_some_and(|kind| kind == "eml")) {
            let mail = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            let head = mail.split("\r\n\r\n").next().unwrap_or_default();
            assert!(head.contains("\r\nAuto-Submitted: auto-generated"), "{}: {head}", path.display());
        }
    }
}
