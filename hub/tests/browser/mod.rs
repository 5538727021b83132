//! A browser without scripts: pages, forms, cookies, redirects; enough to walk through the pages as a person does.

#![expect(clippy::unwrap_used, reason = "what is not as expected ends the test")]

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A hub in a folder of its own, stopped when dropped.
pub struct BrowsedHub {
    child: Child,
    folder: tempfile::TempDir,
    address: String,
}

impl BrowsedHub {
    /// Starts the program on the sample office, at nine on a Tuesday.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in ["kep.toml", "emblem.svg"] {
            let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(file);
            std::fs::copy(sample, folder.path().join(file)).unwrap();
        }
        let config = folder.path().join("hub.toml");
        std::fs::write(
            &config,
            "listen = \"127.0.0.1:0\"\nuploads_leave_mib = 0\noffices = [\"kep.toml\"]\n[mail]\nfrom = \"KEP <kep@example.gr>\"\n",
        )
        .unwrap();
        std::fs::write(folder.path().join("password"), "three-quiet-trains\n").unwrap();
        let made = hub(&config, "create-admin")
            .args(["--name", "admin", "--password-file"])
            .arg(folder.path().join("password"))
            .status();
        assert!(made.unwrap().success());
        let mut child = hub(&config, "rehearse")
            .args(["--at", "2026-11-24T09:00:00+02:00"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit('/').next().unwrap().to_owned();
        Self { child, folder, address }
    }

    /// The newest mail of a kind, once it is there, with its soft line ends and base64 undone.
    pub fn mail(&self, kind: &str) -> String {
        let folder = self.folder.path().join("mail");
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let mut found: Vec<PathBuf> = std::fs::read_dir(&folder)
                .map(|files| files.map(|file| file.unwrap().path()).collect())
                .unwrap_or_default();
            found.retain(|path| path.to_string_lossy().ends_with(&format!("-{kind}.eml")));
            found.sort();
            if let Some(path) = found.pop() {
                return decoded(&std::fs::read_to_string(path).unwrap());
            }
            assert!(Instant::now() < deadline, "no mail of the kind {kind}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many files citizens sent that lie in the hub's folder.
    pub fn uploads(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("uploads")).map(Iterator::count).unwrap_or_default()
    }

    /// Waits until so many mails were sent.
    pub fn wait_for_mails(&self, count: usize) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.mails() < count {
            assert!(Instant::now() < deadline, "{} of {count} mails", self.mails());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many mails were sent.
    pub fn mails(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("mail")).map(Iterator::count).unwrap_or_default()
    }
}

impl Drop for BrowsedHub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn hub(config: &Path, verb: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hub"));
    command.arg(verb).arg("--config").arg(config);
    command
}

/// The text part of a mail, as a reader shows it.
fn decoded(mail: &str) -> String {
    use base64::Engine;
    let at = mail.find("text/plain").unwrap();
    let head_start = mail[..at].rfind("\r\n--").unwrap();
    let (head, rest) = mail[head_start..].split_once("\r\n\r\n").unwrap();
    let body = rest.split("\r\n--").next().unwrap();
    if head.contains("base64") {
        let packed: String = body.split_whitespace().collect();
        String::from_utf8(base64::engine::general_purpose::STANDARD.decode(packed).unwrap()).unwrap()
    } else {
        body.replace("=\r\n", "").replace("=3D", "=")
    }
}

/// A page as it came.
#[derive(Debug)]
pub struct GivenPage {
    /// The status.
    pub status: u16,
    /// Where it came from, after redirects.
    pub path: String,
    /// The HTML.
    pub html: String,
    /// The headers.
    pub headers: String,
}

impl GivenPage {
    /// The value of the hidden field that every form has.
    pub fn csrf(&self) -> &str {
        self.after("name=\"csrf\" value=\"", '"')
    }

    /// The proof of work that the page asks for, done.
    pub fn work(&self) -> String {
        let json = self.after("data-work=\"", '"').replace("&#34;", "\"");
        let challenge: altcha::Challenge = serde_json::from_str(&json).unwrap();
        let solution = altcha::solve_challenge(altcha::SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
        serde_json::to_string(&altcha::Payload { challenge, solution }).unwrap()
    }

    /// What follows a mark, up to an end.
    pub fn after(&self, mark: &str, end: char) -> &str {
        let (_, rest) =
            self.html.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {}: {}", self.path, self.html));
        rest.split(end).next().unwrap()
    }
}

/// How forms are sent.
const FORM: &str = "application/x-www-form-urlencoded";

/// Somebody's browser.
pub struct PlainBrowser<'a> {
    hub: &'a BrowsedHub,
    cookies: BTreeMap<String, String>,
}

impl<'a> PlainBrowser<'a> {
    /// A new one, without cookies.
    pub fn new(hub: &'a BrowsedHub) -> Self {
        Self { hub, cookies: BTreeMap::new() }
    }

    /// Opens a page, following redirects.
    pub fn get(&mut self, path: &str) -> GivenPage {
        self.follow("GET", path, "")
    }

    /// Sends a form of a page, with the page's own token, following redirects.
    pub fn post(&mut self, page: &GivenPage, path: &str, fields: &[(&str, &str)]) -> GivenPage {
        let csrf = page.csrf().to_owned();
        let fields = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body: Vec<String> = fields.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.follow("POST", path, &body.join("&"))
    }

    /// Sends a form whose token is not that of a page.
    pub fn post_foreign(&mut self, path: &str, body: &str) -> GivenPage {
        self.follow("POST", path, body)
    }

    fn follow(&mut self, method: &str, path: &str, body: &str) -> GivenPage {
        let mut page = self.ask(method, path, FORM, body.as_bytes());
        for _ in 0..5 {
            let Some((_, rest)) = page.headers.split_once("\r\nlocation: ") else { break };
            let next = rest.split("\r\n").next().unwrap().to_owned();
            page = self.ask("GET", &next, FORM, b"");
        }
        page
    }

    /// Sends a file with a page's own token, as a form of several parts.
    pub fn send_file(&mut self, page: &GivenPage, path: &str, name: &str, bytes: &[u8]) -> GivenPage {
        const EDGE: &str = "an-edge-that-no-file-has";
        let csrf = page.csrf();
        let head = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--{EDGE}\r\n\
             content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, format!("\r\n--{EDGE}--\r\n").as_bytes()].concat();
        let mut page = self.ask("POST", path, &format!("multipart/form-data; boundary={EDGE}"), &body);
        if let Some((_, rest)) = page.headers.split_once("\r\nlocation: ") {
            let next = rest.split("\r\n").next().unwrap().to_owned();
            page = self.ask("GET", &next, FORM, b"");
        }
        page
    }

    fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> GivenPage {
        let mut stream = TcpStream::connect(&self.hub.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: {}\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            self.hub.address,
            cookies.join("; "),
            body.len()
        )
        .unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (headers, html) = answer.split_once("\r\n\r\n").unwrap();
        for line in headers.split("\r\n").filter_map(|line| line.strip_prefix("set-cookie: ")) {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        GivenPage { status, path: path.to_owned(), html: html.to_owned(), headers: format!("{headers}\r\n") }
    }
}

fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
