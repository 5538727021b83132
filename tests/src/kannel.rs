//! Kannel, a gateway for SMS as providers and large offices run it, with its own stand-in for a mobile network: what reaches
//! that has gone the whole way.

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{line::free_port, process::Process, wait::until};

/// Where Debian puts the stand-in for a mobile network.
const NETWORK: &str = "/usr/lib/kannel/test/fakesmsc";
/// The user that the gateway knows.
const USER: &str = "kep";
/// And the password.
pub const PASSWORD: &str = "βότσαλα και κύματα";

/// A message as the mobile network got it, its parts put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortMessage {
    /// From whom.
    pub from: String,
    /// To which number.
    pub to: String,
    /// What it says.
    pub text: String,
    /// How many parts of it have come.
    pub parts: usize,
    /// How many parts it has.
    pub of: usize,
}

/// The gateway.
pub struct Kannel {
    folder: PathBuf,
    ports: [u16; 4],
    processes: Vec<Process>,
}

impl Kannel {
    /// Sets it up, and does not switch it on.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn prepare(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let ports = [free_port()?, free_port()?, free_port()?, free_port()?];
        let [admin, boxes, network, http] = ports;
        let configuration = format!(
            "group = core\nadmin-port = {admin}\nadmin-password = story\nsmsbox-port = {boxes}\nbox-deny-ip = \
             \"*.*.*.*\"\nbox-allow-ip = \"127.0.0.1\"\n\ngroup = smsc\nsmsc = fake\nsmsc-id = story\nport = \
             {network}\nconnect-allow-ip = 127.0.0.1\n\ngroup = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = \
             {http}\nsendsms-chars = \"0123456789 +-\"\n\ngroup = sendsms-user\nusername = {USER}\npassword = \
             \"{PASSWORD}\"\nmax-messages = 2\nconcatenation = true\nwhite-list-regex = \"^\\\\+3069[0-9]+$\"\n"
        );
        fs::write(folder.join("kannel.conf"), configuration)?;
        Ok(Self { folder: folder.to_owned(), ports, processes: Vec::new() })
    }

    /// What stands in `hub.toml` for it, as its own manual has the fields.
    #[must_use]
    pub fn section(&self) -> String {
        format!(
            "\n[sms]\nurl = \"http://127.0.0.1:{}/cgi-bin/sendsms\"\nmethod = \"get\"\ncountries = [\"30\", \"44\"]\nfrom = \"KEP\"\nuser = \
             \"{USER}\"\npassword_file = \"sms-password\"\ntimeout_seconds = 5\nfields = {{ username = \"{{user}}\", \
             password = \"{{password}}\", from = \"{{from}}\", to = \"{{to}}\", text = \"{{text}}\", charset = \
             \"UTF-8\", coding = 2 }}\n",
            self.ports[3]
        )
    }

    /// Switches it on, and the mobile network.
    ///
    /// # Errors
    /// When it does not start.
    pub fn switch_on(&mut self) -> Result<()> {
        let configuration = self.folder.join("kannel.conf");
        for (program, port) in [("bearerbox", self.ports[1]), ("smsbox", self.ports[3])] {
            let mut command = Command::new(format!("/usr/sbin/{program}"));
            command.arg(&configuration).current_dir(&self.folder);
            let log = self.folder.join(format!("{program}.log"));
            self.processes.push(Process::start_unready(program, &mut command, &log)?);
            until(&format!("{program} listens"), || TcpStream::connect(("127.0.0.1", port)).ok())?;
        }
        let mut command = Command::new(NETWORK);
        let port = self.ports[2].to_string();
        command.args(["-H", "127.0.0.1", "-r", &port, "-m", "0", "-i", "3600", "1 2 text nothing"]);
        self.processes.push(Process::start_unready("fakesmsc", &mut command, &self.log())?);
        until("the mobile network is there", || {
            let status = fs::read_to_string(self.folder.join("bearerbox.log")).ok()?;
            status.contains("client connected").then_some(())
        })
        .with_context(|| fs::read_to_string(self.folder.join("bearerbox.log")).unwrap_or_default())
    }

    /// Switches everything off.
    ///
    /// # Errors
    /// When it does not end.
    pub fn switch_off(&mut self) -> Result<()> {
        self.processes.drain(..).rev().try_for_each(|mut process| process.kill())
    }

    fn log(&self) -> PathBuf {
        self.folder.join("network.log")
    }

    /// What the mobile network got, in its order.
    ///
    /// # Errors
    /// When its log is not as expected.
    pub fn received(&self) -> Result<Vec<ShortMessage>> {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let mut all: Vec<ShortMessage> = Vec::new();
        for line in log.lines() {
            let Some((_, rest)) = line.split_once("Got message ") else { continue };
            let body = rest.split_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).context("a message")?;
            let words: Vec<&str> = body.split(' ').collect();
            let (header, data) = match words[..] {
                [_, _, "udh", header, "data", data] => (bytes(header), bytes(data)),
                [_, _, "data", data] => (Vec::new(), bytes(data)),
                _ => bail!("no message of letters: {line}"),
            };
            let units: Vec<u16> = data.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            let text = String::from_utf16(&units)?;
            // The last two bytes of the header are how many parts there are, and which one this is.
            let (of, part) = match header[..] {
                [.., of, part] => (usize::from(of), part),
                _ => (1, 1),
            };
            match all.last_mut().filter(|_| part > 1) {
                Some(last) => {
                    last.text.push_str(&text);
                    last.parts += 1;
                }
                None => {
                    all.push(ShortMessage { from: words[0].to_owned(), to: words[1].to_owned(), text, parts: 1, of })
                }
            }
        }
        Ok(all)
    }

    /// Waits until it got so many, each whole.
    ///
    /// # Errors
    /// When it did not in time.
    pub fn receives(&self, count: usize) -> Result<Vec<ShortMessage>> {
        let whole = |all: &Vec<ShortMessage>| all.len() >= count && all.iter().all(|one| one.parts == one.of);
        until(&format!("the mobile network gets {count}"), || self.received().ok().filter(whole))
            .with_context(|| format!("{:?}", self.received()))
    }
}

/// Bytes as the log writes them: `%03%9A`, letters as they are, `+` for a blank.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.extend(u8::from_str_radix(&digits, 16));
            }
            b'+' => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    bytes
}
