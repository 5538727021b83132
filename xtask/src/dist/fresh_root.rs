//! A root that was just made from Debian's packages, in which ours are installed, looked at, and purged.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use rustix::process::geteuid;

use crate::cargo::run;

/// What the base needs so that it can boot.
const INCLUDED: &str = "systemd,systemd-sysv,dbus,ca-certificates,tzdata";

/// Said aloud, so that nobody takes silence for a verdict.
const NOT_TRIED: &str = "THE PACKAGES WERE NOT TRIED: only root may make a fresh root. Run the same command as root to have them installed there.";

/// A copy of the base, gone when dropped.
pub struct FreshRoot {
    /// What stands for `/`.
    pub path: PathBuf,
}

impl FreshRoot {
    /// A copy of Debian's base, which is made once.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new(folder: &Path, name: &str) -> Result<Self> {
        let base = folder.join("roots/bookworm");
        if !base.join("usr/lib/os-release").exists() {
            if base.exists() {
                fs::remove_dir_all(&base)?;
            }
            let making = folder.join("roots/making");
            if making.exists() {
                fs::remove_dir_all(&making)?;
            }
            fs::create_dir_all(&making)?;
            let mut make = Command::new("debootstrap");
            make.args(["--variant=minbase", &format!("--include={INCLUDED}"), "bookworm"]).arg(&making);
            run(make.stdout(Stdio::null()))?;
            fs::rename(making, &base)?;
        }
        let path = folder.join("roots").join(name);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        run(Command::new("cp").args(["--archive", "--reflink=auto"]).arg(&base).arg(&path))?;
        Ok(Self { path })
    }

    /// Runs a command within, with the machine's network, and returns what it said.
    ///
    /// # Errors
    /// It fails.
    pub fn run(&self, line: &str) -> Result<String> {
        let mut command = Command::new("systemd-nspawn");
        command.args(["--quiet", "--register=no", "--keep-unit", "--as-pid2", "--pipe", "--resolv-conf=replace-host"]);
        command.arg("--directory").arg(&self.path).args(["--setenv=DEBIAN_FRONTEND=noninteractive", "sh", "-c", line]);
        let output = command.stdin(Stdio::null()).output().context("systemd-nspawn")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        // Of its own folder, which a machine without systemd at its head cannot take away.
        let is_of_command = |line: &&str| !line.starts_with("Attempted to remove disk file system");
        let said = said.lines().filter(is_of_command).collect::<Vec<_>>().join("\n");
        ensure!(output.status.success(), "{line}: {said}");
        Ok(said)
    }

    /// Copies packages in, and installs them as a person would.
    ///
    /// # Errors
    /// One of them cannot be installed.
    pub fn install(&self, packages: &[&PathBuf]) -> Result<()> {
        let within = self.path.join("packages");
        fs::create_dir_all(&within)?;
        let mut names = Vec::new();
        for package in packages {
            let name = package.file_name().context("a package has a name")?;
            fs::copy(package, within.join(name))?;
            names.push(format!("/packages/{}", name.to_string_lossy()));
        }
        eprintln!("\ninstalling {} in a fresh root", names.join(" "));
        self.run(&format!("apt-get -q update && apt-get -qy install --no-install-recommends {}", names.join(" ")))?;
        Ok(())
    }

    fn check(&self, line: &str, wanted: &str) -> Result<()> {
        let said = self.run(line)?;
        ensure!(said.trim() == wanted, "{line}: {said:?}, and not {wanted:?}");
        Ok(())
    }
}

impl Drop for FreshRoot {
    fn drop(&mut self) {
        // What is left lies in cargo's folder, and is taken away before the next.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Installs the packages in a fresh root, looks at what is there then, and purges them.
///
/// # Errors
/// Something is otherwise than it should be.
pub fn try_packages(folder: &Path, packages: &[PathBuf]) -> Result<()> {
    if !geteuid().is_root() {
        eprintln!("\n{NOT_TRIED}");
        return Ok(());
    }
    let root = FreshRoot::new(folder, "trial")?;
    root.install(&packages.iter().collect::<Vec<_>>())?;
    for (program, home) in [("hub", "hub"), ("kiosk", "kiosk"), ("display", "display"), ("desk", "desk")] {
        let user = format!("seira-{program}");
        root.check(
            &format!("getent passwd {user} | cut -d: -f6,7"),
            &format!("/var/lib/seira/{home}:/usr/sbin/nologin"),
        )?;
        root.check(&format!("systemctl is-enabled {user}.service"), "enabled")?;
        root.check(&format!("stat -c '%U:%G %a' /usr/bin/{user}"), "root:root 755")?;
        // Systemd's own judgement of the unit as it is installed, with its program in its place.
        root.check(&format!("systemd-analyze verify --man=no /lib/systemd/system/{user}.service"), "")?;
        root.check(&format!("ls /usr/share/man/man1/{user}.1.gz"), &format!("/usr/share/man/man1/{user}.1.gz"))?;
        let inside = format!("ls /usr/share/doc/{user}/ | grep -c -e cdx.json -e third-party -e copyright");
        root.check(&inside, "3")?;
        root.check(&format!("/usr/bin/{user} --version"), &format!("{user} {}", env!("CARGO_PKG_VERSION")))?;
    }
    root.check("id -nG seira-kiosk | tr ' ' '\\n' | sort | xargs", "audio input render seira-io seira-kiosk video")?;
    root.check("dpkg --verify seira-hub seira-kiosk seira-display seira-desk seira-config", "")?;
    root.check(
        "dpkg-query --show --showformat='${Conffiles}' seira-hub | cut -d' ' -f2 | xargs",
        "/etc/default/seira-hub-backup",
    )?;
    try_hub(&root)?;
    try_upgrade(&root)?;
    try_purge(&root)
}

/// The sample of an office, as the package brings it, is what the hub starts on.
fn try_hub(root: &FreshRoot) -> Result<()> {
    let examples = "/usr/share/doc/seira-hub/examples";
    root.run(&format!(
        "mkdir -p /etc/seira && cd {examples} && cp kep.toml* emblem.svg* /etc/seira && (gunzip -f /etc/seira/*.gz || true) && \
         printf 'listen = \"127.0.0.1:8080\"\\noffices = [\"kep.toml\"]\\ndatabase = \"/var/lib/seira/hub/seira.db\"\\n\
         [mail]\\nfolder = \"/var/lib/seira/hub/mail\"\\n' > /etc/seira/hub.toml"
    ))?;
    root.check("seira-hub check-config --config /etc/seira/hub.toml", "1 office(s), nothing wrong")
}

/// A newer package keeps what an administrator has changed, without a question.
fn try_upgrade(root: &FreshRoot) -> Result<()> {
    root.run("echo '# by the administrator' >> /etc/default/seira-hub-backup")?;
    root.run("apt-get -qy install --reinstall --no-install-recommends /packages/seira-hub_*.deb")?;
    root.check("tail -1 /etc/default/seira-hub-backup", "# by the administrator")
}

/// What the packages brought goes, and what the programs kept stays.
fn try_purge(root: &FreshRoot) -> Result<()> {
    root.run("mkdir -p /var/lib/seira/hub && echo kept > /var/lib/seira/hub/seira.db && chown -R seira-hub: /var/lib/seira/hub")?;
    let said = root.run("apt-get -qy purge seira-hub seira-kiosk seira-display seira-desk seira-config")?;
    ensure!(said.contains("/var/lib/seira/hub"), "a purge says where the data stays: {said}");
    root.check("cat /var/lib/seira/hub/seira.db", "kept")?;
    root.check("ls /usr/bin/seira-* /etc/default/seira-* /lib/systemd/system/seira-* 2>/dev/null | wc -l", "0")?;
    let owner = fs::metadata(root.path.join("var/lib/seira/hub"))?.uid();
    ensure!(owner != 0, "the data still belongs to its own user");
    Ok(())
}
