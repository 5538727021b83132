//! `hub setup`: from a fresh package to a hub that can be started, without a question: an office from the sample, a certificate
//! of the house's own CA, the configuration, and an administrator's account behind a link. With `--page` a browser names all that.

use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use paths::Page;
use rustix::fs::{Gid, Uid, chown};

use crate::{
    entrance::TlsConfig,
    house_ca::{self, CaArgs},
};

/// The office with which a house begins; its own words and hours go into this file.
pub const OFFICE: (&str, &str) = ("kep.toml", include_str!("../samples/kep.toml"));
pub const EMBLEM: (&str, &str) = ("emblem.svg", include_str!("../samples/emblem.svg"));
/// The folder of certificates, within that of the configuration.
const TLS: &str = "tls";
/// Where browsers look for a page unless an address says so.
const HTTPS: u16 = 443;

/// What is to be set up.
#[derive(Debug, Clone, clap::Args)]
pub struct SetupArgs {
    /// Serve one page, on which a browser of the house names body, office, mail server and administrator; the word that it asks for
    /// is printed here.
    #[arg(long)]
    pub page: bool,
    /// The name or address by which browsers and devices reach the hub, e.g. seira.lan or 192.168.1.10.
    #[arg(long)]
    host: String,
    /// Where the configuration goes.
    #[arg(long, default_value = "/etc/seira")]
    pub folder: PathBuf,
    /// Where the hub keeps what it keeps.
    #[arg(long, default_value = "/var/lib/seira/hub")]
    state: PathBuf,
    /// Where the hub listens.
    #[arg(long, default_value = "0.0.0.0:443")]
    pub listen: SocketAddr,
    /// The user under which the hub runs, who then owns its files; where there is no such user they stay as they are.
    #[arg(long, default_value = "seira-hub")]
    user: String,
    /// The administrator's login name.
    #[arg(long, default_value = "admin")]
    pub admin: String,
}

impl SetupArgs {
    /// The hub's configuration, once it is written.
    pub fn config(&self) -> PathBuf {
        self.folder.join("hub.toml")
    }

    /// Where browsers reach the hub.
    pub fn address(&self) -> String {
        match self.listen.port() {
            HTTPS => format!("https://{}", self.host),
            port => format!("https://{}:{port}", self.host),
        }
    }

    /// Where staff sign in.
    pub fn sign_in(&self) -> String {
        format!("{}{}", self.address(), Page::Login)
    }

    /// The certificate that is made.
    pub fn tls(&self) -> TlsConfig {
        let mut tls = TlsConfig { certificate: "certificate.pem".into(), key: "key.pem".into() };
        tls.resolve(&self.folder.join(TLS));
        tls
    }

    /// The configuration: of this office's file, with further keys, and how mails leave.
    pub fn hub_toml(&self, office: &str, more: &str, mail: &str) -> String {
        let state = self.state.display();
        format!(
            "# Written by `hub setup`. docs/listening.md and docs/keeping.md say what else can stand here.\n\
             listen = \"{}\"\npublic_url = \"{}\"\noffices = [\"{office}\"]\n{more}\
             database = \"{state}/seira.db\"\nuploads = \"{state}/uploads\"\njournal_key = \"{state}/journal-key.pem\"\n\n\
             [tls]\ncertificate = \"{TLS}/certificate.pem\"\nkey = \"{TLS}/key.pem\"\n\n{mail}",
            self.listen,
            self.address()
        )
    }

    /// Mails as they are until a server is named.
    pub fn mail_in_folder(&self) -> String {
        format!(
            "# Mails lie in this folder until a mail server is named (transport = \"smtp\", host).\n[mail]\nfolder = \"{}/mail\"\n",
            self.state.display()
        )
    }
}

/// Looks whether the house was set up already, and makes its folders and its certificate; one that is there stays.
///
/// # Errors
/// The house was set up already, or a file cannot be written.
pub fn begin(args: &SetupArgs, now: DateTime<Utc>) -> anyhow::Result<()> {
    let config = args.config();
    ensure!(!config.exists(), "{} is there already: this hub has been set up", config.display());
    for folder in [&args.folder, &args.state] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    if !args.tls().certificate.exists() {
        house_ca::run(&CaArgs::new(args.folder.join(TLS), vec![args.host.clone()]), now)?;
    }
    Ok(())
}

/// Writes the files.
///
/// # Errors
/// The house was set up already, or a file cannot be written.
pub fn prepare(args: &SetupArgs, now: DateTime<Utc>) -> anyhow::Result<()> {
    begin(args, now)?;
    for (name, text) in [OFFICE, EMBLEM] {
        let path = args.folder.join(name);
        if !path.exists() {
            fs::write(&path, text).with_context(|| path.display().to_string())?;
        }
    }
    let config = args.config();
    let text = args.hub_toml(OFFICE.0, "", &args.mail_in_folder());
    fs::write(&config, text).with_context(|| config.display().to_string())
}

/// Gives the hub's user what is the hub's: its own folder whole, and the configuration to be read.
///
/// # Errors
/// A file cannot be handed over.
pub fn hand_over(args: &SetupArgs) -> anyhow::Result<()> {
    let Some((uid, gid)) = user(&args.user)?.filter(|_| rustix::process::geteuid().is_root()) else { return Ok(()) };
    walk(&args.state, &mut |path, _| Ok(chown(path, Some(uid), Some(gid))?))?;
    walk(&args.folder, &mut |path, is_folder| {
        chown(path, None, Some(gid))?;
        let mode = if is_folder { 0o750 } else { 0o640 };
        Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
    })
}

fn user(name: &str) -> anyhow::Result<Option<(Uid, Gid)>> {
    let users = fs::read_to_string("/etc/passwd").context("/etc/passwd")?;
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name);
    let Some(fields) = fields else { return Ok(None) };
    let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u32>().ok());
    Ok(number(2).zip(number(3)).map(|(uid, gid)| (Uid::from_raw(uid), Gid::from_raw(gid))))
}

fn walk(path: &Path, hand: &mut dyn FnMut(&Path, bool) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let is_folder = path.symlink_metadata()?.is_dir();
    hand(path, is_folder).with_context(|| path.display().to_string())?;
    if is_folder {
        for entry in fs::read_dir(path)? {
            walk(&entry?.path(), hand)?;
        }
    }
    Ok(())
}

/// What comes next once a browser has set the hub up.
pub fn steps_after_page(args: &SetupArgs) -> String {
    let folder = args.folder.display();
    format!(
        "set up: {folder}/hub.toml\n\
         1. systemctl enable --now seira-hub\n\
         2. browsers and devices trust {folder}/tls/ca.pem; sign in at {}\n\
         3. services and hours stand in {folder}/office.toml; look after each change: seira-hub check-config --config {folder}/hub.toml",
        args.sign_in()
    )
}

/// What comes next, for whoever stands before the terminal.
pub fn next_steps(args: &SetupArgs) -> String {
    let folder = args.folder.display();
    format!(
        "set up: {folder}/hub.toml\n\
         1. put the office's own words and hours into {folder}/{}, and look: seira-hub check-config --config {folder}/hub.toml\n\
         2. systemctl enable --now seira-hub\n\
         3. browsers and devices trust {folder}/tls/ca.pem; open the link above, and set the password",
        OFFICE.0
    )
}
