//! A real mail server whose mood a story sets: it takes mails, asks to come later, says no, is slow, or drops the line.

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{
    line::{Tls, free_port},
    mail::{PYTHON, ReceivedMail},
    process::Process,
    wait::until,
};

/// User name that the server asks for, where it asks for one.
pub const USER: &str = "kep";
/// And the password.
pub const PASSWORD: &str = "Τρία-πουλάκια κάθονταν";

/// aiosmtpd with a handler that reads its mood anew for every mail.
const SERVER: &str = r#"
import asyncio, pathlib, signal, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
folder, port, secure = pathlib.Path(sys.argv[1]), int(sys.argv[2]), len(sys.argv) > 3
def mood():
    return (folder / "mood").read_text().strip()
def note(what):
    with open(folder / "log", "a") as log:
        log.write(what + "\n")
class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        now = mood()
        note("asked " + now)
        if now[:1].isdigit():
            return now
        if now == "slow":
            await asyncio.Event().wait()
        if now == "drop":
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"
    async def handle_DATA(self, server, session, envelope):
        new = folder / "new"
        part = folder / "part"
        # As the last server on the way writes it down.
        part.write_bytes(f"Return-Path: <{envelope.mail_from}>\r\n".encode() + envelope.content)
        part.rename(new / f"{len(list(new.iterdir())):06}.eml")
        encrypted = server.transport.get_extra_info("sslcontext")
        note("taken" + (" encrypted" if encrypted else "") + (" signed-in" if session.authenticated else ""))
        if mood() == "drop-after":
            server.transport.close()
        return "250 taken"
def check(server, session, envelope, mechanism, data):
    right = data.login == sys.argv[4].encode() and data.password == sys.argv[5].encode()
    return AuthResult(success=right, handled=False)
extra = {}
if secure:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[3] + "/cert.pem", sys.argv[3] + "/key.pem")
    extra = {"auth_required": True, "authenticator": check}
    if sys.argv[6] == "starttls":
        extra |= {"tls_context": context, "require_starttls": True}
    else:
        # Its own flag for "only over TLS" means STARTTLS alone.
        extra |= {"ssl_context": context, "auth_require_tls": False}
Controller(Handler(), hostname="127.0.0.1", port=port, **extra).start()
signal.pause()
"#;

/// The server.
pub struct MoodyMailServer {
    process: Option<Process>,
    port: u16,
    folder: PathBuf,
    secrets: Option<(PathBuf, Tls)>,
}

impl MoodyMailServer {
    /// Sets one up that is not switched on yet.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn prepare(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder.join("new"))?;
        let server = Self { process: None, port: free_port()?, folder: folder.to_owned(), secrets: None };
        server.feels("well")?;
        Ok(server)
    }

    /// The same with a certificate, and a login that it asks for: see [`MoodyMailServer::secrets`].
    ///
    /// # Errors
    /// When no certificate can be made.
    pub fn prepare_secure(folder: &Path, tls: Tls) -> Result<Self> {
        let mut server = Self::prepare(folder)?;
        make_certificate(folder)?;
        fs::write(folder.join("password"), PASSWORD)?;
        server.secrets = Some((folder.to_owned(), tls));
        Ok(server)
    }

    /// The folder with `ca.pem` and `password`.
    #[must_use]
    pub fn secrets(&self) -> &Path {
        &self.folder
    }

    /// Where it listens, or will.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Switches it on.
    ///
    /// # Errors
    /// When it does not start.
    pub fn switch_on(&mut self) -> Result<()> {
        let mut command = Command::new(PYTHON);
        command.args(["-c", SERVER]).arg(&self.folder).arg(self.port.to_string());
        if let Some((secrets, tls)) = &self.secrets {
            command.arg(secrets).args([USER, PASSWORD]).arg(tls.to_string());
        }
        self.process = Some(Process::start_unready("mail server", &mut command, &self.folder.join("server.log"))?);
        until("the mail server listens", || TcpStream::connect(("127.0.0.1", self.port)).ok())?;
        Ok(())
    }

    /// `well`; an answer like `451 later`; `slow`; `drop`: the line, before the mail; `drop-after`: when it was taken,
    /// without an answer.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn feels(&self, mood: &str) -> Result<()> {
        let next = self.folder.join("mood.next");
        fs::write(&next, mood)?;
        Ok(fs::rename(next, self.folder.join("mood"))?)
    }

    /// What it did, line by line.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// What it took, in the order of its coming.
    ///
    /// # Errors
    /// When a mail cannot be read.
    pub fn taken(&self) -> Result<Vec<ReceivedMail>> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(self.folder.join("new"))?.filter_map(|file| Some(file.ok()?.path())).collect();
        files.sort();
        files.iter().map(|file| ReceivedMail::read(file)).collect()
    }

    /// Waits until it took so many.
    ///
    /// # Errors
    /// When it did not in time.
    pub fn takes(&self, count: usize) -> Result<Vec<ReceivedMail>> {
        until(&format!("the mail server takes {count}"), || self.taken().ok().filter(|mails| mails.len() >= count))
            .with_context(|| self.log())
    }
}

/// An authority of the story's own, and a certificate for this machine that it signs.
fn make_certificate(folder: &Path) -> Result<()> {
    let extension = "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n";
    fs::write(folder.join("extension"), extension)?;
    let lines = [
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Authority -keyout ca.key -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out request.pem",
        "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile extension -out cert.pem",
    ];
    for line in lines {
        let output = Command::new("openssl").args(line.split(' ')).current_dir(folder).output().context("openssl")?;
        ensure!(output.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
