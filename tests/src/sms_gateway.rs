//! A provider's gateway that is asked with a form or with JSON, which Kannel does not take: Python's own web server, whose
//! answer a story sets.

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{line::free_port, mail::PYTHON, process::Process, wait::until};

const SERVER: &str = r#"
import http.server, json, pathlib, sys, threading
folder, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])
class Gateway(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"] or 0)).decode()
        status, _, says = (folder / "mood").read_text().partition(" ")
        asked = {"path": self.path, "kind": self.headers["content-type"], "authorization": self.headers["authorization"], "body": body}
        with open(folder / "asked", "a") as log:
            log.write(json.dumps(asked) + "\n")
        if status == "silent":
            threading.Event().wait()
        self.send_response(int(status))
        if status.startswith("3"):
            self.send_header("location", f"http://127.0.0.1:{port}/elsewhere")
        self.send_header("content-length", str(len(says.encode())))
        self.end_headers()
        self.wfile.write(says.encode())
    do_GET = do_POST
http.server.ThreadingHTTPServer(("127.0.0.1", port), Gateway).serve_forever()
"#;

/// What was asked.
#[derive(Debug, Clone, Deserialize)]
pub struct GatewayRequest {
    /// Where.
    pub path: String,
    /// The body's media type.
    pub kind: Option<String>,
    /// Who asked, as they said.
    pub authorization: Option<String>,
    /// The body.
    pub body: String,
}

/// The gateway.
pub struct SmsGateway {
    _process: Process,
    folder: PathBuf,
    port: u16,
}

impl SmsGateway {
    /// Starts it; it answers 200.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let port = free_port()?;
        fs::write(folder.join("mood"), "200 OK")?;
        let mut command = Command::new(PYTHON);
        command.args(["-c", SERVER]).arg(folder).arg(port.to_string());
        let process = Process::start_unready("sms gateway", &mut command, &folder.join("gateway.log"))?;
        until("the gateway listens", || TcpStream::connect(("127.0.0.1", port)).ok())?;
        Ok(Self { _process: process, folder: folder.to_owned(), port })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/send", self.port)
    }

    /// What it answers from now on: a status, and after a blank the body; `silent`: nothing.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn answers(&self, mood: &str) -> Result<()> {
        let next = self.folder.join("mood.next");
        fs::write(&next, mood)?;
        Ok(fs::rename(next, self.folder.join("mood"))?)
    }

    /// What it was asked so far.
    ///
    /// # Errors
    /// When its log cannot be read.
    pub fn asked(&self) -> Result<Vec<GatewayRequest>> {
        let log = fs::read_to_string(self.folder.join("asked")).unwrap_or_default();
        log.lines().map(|line| serde_json::from_str(line).context("a line of its log")).collect()
    }

    /// Waits until it was asked so often.
    ///
    /// # Errors
    /// When it was not in time.
    pub fn is_asked(&self, count: usize) -> Result<Vec<GatewayRequest>> {
        until(&format!("the gateway is asked {count} times"), || self.asked().ok().filter(|all| all.len() >= count))
    }
}
