//! A real mail server, and a mail reader that is not ours.

use std::{
    collections::BTreeMap,
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;

use crate::{line::free_port, picture::Picture, process::Process, wait::until};

/// Debian's own Python, which has the packages that Debian installed.
pub const PYTHON: &str = "/usr/bin/python3";

/// Reads a mail as Python's `email` package understands it, and prints its parts.
const READER: &str = r#"
import base64, email, email.policy, json, sys
mail = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
parts = [{
    "media_type": part.get_content_type(),
    "content_id": part.get("content-id", "").strip("<>"),
    "disposition": part.get_content_disposition() or "",
    "bytes": base64.b64encode(part.get_payload(decode=True) or b"").decode(),
} for part in mail.walk() if not part.is_multipart()]
print(json.dumps({"id": mail["message-id"] or "", "return_path": (mail["return-path"] or mail["x-mailfrom"] or "").strip("<>"), "to": mail["to"], "from": mail["from"], "subject": mail["subject"], "parts": parts}))
"#;

/// A mail server that puts what it gets into a folder.
pub struct MailServer {
    process: Process,
    port: u16,
    folder: PathBuf,
    /// What was read already: a file in a mailbox does not change, and a reader is a process of its own.
    read: Mutex<BTreeMap<PathBuf, ReceivedMail>>,
}

impl MailServer {
    /// Starts it.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(folder: &Path) -> Result<Self> {
        let port = free_port()?;
        let mailbox = folder.join("mailbox");
        let address = format!("127.0.0.1:{port}");
        let mut command = Command::new(PYTHON);
        command.args(["-m", "aiosmtpd", "-n", "-l", &address, "-c", "aiosmtpd.handlers.Mailbox"]).arg(&mailbox);
        let process = Process::start_unready("aiosmtpd", &mut command, &folder.join("aiosmtpd.log"))?;
        until("the mail server listens", || TcpStream::connect(&address).ok())?;
        Ok(Self { process, port, folder: mailbox, read: Mutex::default() })
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Switches it off.
    ///
    /// # Errors
    /// When it cannot be stopped.
    pub fn stop(&mut self) -> Result<()> {
        self.process.kill()
    }

    /// Waits for a mail to this address that is this far in the order of its coming, from 0.
    ///
    /// # Errors
    /// When it does not come in time.
    pub fn wait_for(&self, to: &str, nth: usize) -> Result<ReceivedMail> {
        until(&format!("mail {nth} to {to}"), || {
            let all = self.all().ok()?;
            all.into_iter().filter(|mail| mail.to.contains(to)).nth(nth)
        })
    }

    /// How many mails have come to an address so far.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn count(&self, to: &str) -> Result<usize> {
        // Before the first mail there is no folder.
        Ok(self.all().unwrap_or_default().iter().filter(|mail| mail.to.contains(to)).count())
    }

    /// Everything that came, oldest first.
    ///
    /// # Errors
    /// When a mail cannot be read.
    pub fn all(&self) -> Result<Vec<ReceivedMail>> {
        let folder = self.folder.join("new");
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|file| Some(file.ok()?.path())).collect();
        files.sort_by_key(|file| (file.metadata().and_then(|file| file.modified()).ok(), file.clone()));
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let mut mails = Vec::with_capacity(files.len());
        for file in files {
            let mail = match read.get(&file) {
                Some(mail) => mail.clone(),
                None => ReceivedMail::read(&file)?,
            };
            mails.push(mail.clone());
            read.insert(file, mail);
        }
        Ok(mails)
    }
}

/// A mail.
#[derive(Debug, Clone, Deserialize)]
pub struct ReceivedMail {
    /// Its `Message-ID`.
    pub id: String,
    /// Where it comes back if it is not delivered, where the server wrote that down.
    pub return_path: String,
    /// To whom.
    pub to: String,
    /// From whom.
    pub from: String,
    /// What about.
    pub subject: String,
    parts: Vec<MailPart>,
}

#[derive(Debug, Clone, Deserialize)]
struct MailPart {
    media_type: String,
    content_id: String,
    disposition: String,
    bytes: String,
}

impl ReceivedMail {
    /// Reads a mail from its file.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(path: &Path) -> Result<Self> {
        let output = Command::new(PYTHON).args(["-c", READER]).arg(path).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).context("the reader prints JSON")
    }

    /// The part of this media type, as text.
    ///
    /// # Errors
    /// When there is none.
    pub fn text(&self, media_type: &str) -> Result<String> {
        let part = self.parts.iter().find(|part| part.media_type == media_type);
        let part = part.with_context(|| format!("the mail «{}» has no {media_type}", self.subject))?;
        Ok(String::from_utf8(BASE64_STANDARD.decode(&part.bytes)?)?)
    }

    /// The picture that the HTML part shows inline.
    ///
    /// # Errors
    /// When there is none, or the HTML part does not name it.
    pub fn inline_picture(&self) -> Result<Picture> {
        let html = self.text("text/html")?;
        let part = self.parts.iter().find(|part| part.media_type == "image/png").context("no picture in the mail")?;
        ensure!(!part.content_id.is_empty() && html.contains(&format!("cid:{}", part.content_id)), "not shown inline");
        ensure!(part.disposition != "attachment", "the picture is attached, not inline");
        Picture::from_png(BASE64_STANDARD.decode(&part.bytes)?)
    }

    /// The first address in the text part that starts so.
    ///
    /// # Errors
    /// When there is none.
    pub fn link(&self, start: &str) -> Result<String> {
        let text = self.text("text/plain")?;
        let mut words = text.split_whitespace().map(|word| word.trim_matches(['<', '>', '(', ')', '.', ',']));
        let link = words.find(|word| word.starts_with(start));
        Ok(link.with_context(|| format!("no link {start}… in: {text}"))?.to_owned())
    }
}
