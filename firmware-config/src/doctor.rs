//! Looks at the machine on which it runs, and says what is missing or wrong, in words, with the command that mends it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Deserialize;

use crate::words::SheetLanguage;

/// So much has to be free where the data lies: a day of a busy office with its backup is a tenth of it.
const FREE_MIB_MIN: u64 = 1024;
const MIB: u64 = 1024 * 1024;
const DAY_SECONDS: u64 = 24 * 60 * 60;
/// A copy is written each night; one night may be missed.
const COPY_DAYS_MAX: u64 = 2;
/// Each month somebody shows that a copy can be restored.
const DRILL_DAYS_MAX: u64 = 31;
/// Packages that talk to every new serial line.
const DISTURBERS: [&str; 2] = ["modemmanager", "brltty"];

/// A machine as it is seen from its root folder.
pub struct Machine {
    root: PathBuf,
    /// How many bytes are free at a place.
    free: fn(&Path) -> Option<u64>,
}

/// Something to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineFinding {
    /// What is wrong, in the reader's language.
    pub says: String,
    /// The command that mends it, where one does.
    pub command: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineFindings {
    /// What is to be mended.
    pub all: Vec<MachineFinding>,
    /// How many things were looked at.
    pub checks: usize,
}

/// Which parts a machine plays: it has their configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MachineRole {
    Hub,
    Kiosk,
    Display,
    Desk,
}

impl MachineRole {
    const ALL: [Self; 4] = [Self::Hub, Self::Kiosk, Self::Display, Self::Desk];

    const fn name(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::Kiosk => "kiosk",
            Self::Display => "display",
            Self::Desk => "desk",
        }
    }

    const fn target(self) -> &'static str {
        match self {
            Self::Hub | Self::Desk => "multi-user.target",
            Self::Kiosk | Self::Display => "graphical.target",
        }
    }
}

/// Where a device hangs, as `kiosk.toml` says it; its other keys are the kiosk's affair.
#[derive(Debug, Default, Deserialize)]
struct PortOfDevice {
    port: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct DevicesOfKiosk {
    printer: Option<PortOfDevice>,
    scanner: Option<PortOfDevice>,
}

impl Machine {
    /// The machine whose root folder this is.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        let free = |path: &Path| {
            let stat = rustix::fs::statvfs(path).ok()?;
            Some(stat.f_bavail.saturating_mul(stat.f_frsize))
        };
        Self { root: root.to_owned(), free }
    }

    /// Looks at everything.
    #[must_use]
    pub fn look(&self, language: SheetLanguage) -> MachineFindings {
        let mut round = Round { machine: self, language, all: Vec::new(), checks: 0 };
        let parts: Vec<MachineRole> = MachineRole::ALL
            .into_iter()
            .filter(|part| self.path(&format!("/etc/seira/{}.toml", part.name())).is_file())
            .collect();
        round.check(!parts.is_empty(), "doctor-no-machine", &[], None);
        round.system();
        round.data();
        round.packages(&parts);
        for part in &parts {
            round.service(*part);
        }
        if parts.contains(&MachineRole::Hub) {
            round.copies();
        }
        if parts.contains(&MachineRole::Kiosk) {
            round.devices();
        }
        if self.path("/etc/seira/update.sh").is_file() {
            round.updates(&parts);
        }
        if parts.iter().any(|part| matches!(part, MachineRole::Kiosk | MachineRole::Display)) {
            let target = fs::read_link(self.path("/etc/systemd/system/default.target"))
                .or_else(|_| fs::read_link(self.path("/usr/lib/systemd/system/default.target")))
                .or_else(|_| fs::read_link(self.path("/lib/systemd/system/default.target")));
            let is_graphical = target.is_ok_and(|target| target.ends_with("graphical.target"));
            round.check(is_graphical, "doctor-no-graphical", &[], Some("systemctl set-default graphical.target"));
        }
        MachineFindings { all: round.all, checks: round.checks }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    /// Whether the file system that holds a place lies on an encrypted device, or on one that lies on such a one.
    fn is_encrypted(&self, place: &str) -> bool {
        let mounts = self.read("/proc/self/mountinfo").unwrap_or_default();
        let holds = |point: &str| point == "/" || place == point || place.starts_with(&format!("{point}/"));
        let device = mounts
            .lines()
            .filter_map(|line| {
                let fields: Vec<&str> = line.split(' ').collect();
                Some((*fields.get(4)?, *fields.get(2)?)).filter(|(point, _)| holds(point))
            })
            // Of those that hold it the deepest does, and of two at one place the later.
            .enumerate()
            .max_by_key(|(at, (point, _))| (point.len(), *at))
            .map(|(_, (_, device))| device.to_owned());
        device.is_some_and(|device| self.device_is_encrypted(&format!("/sys/dev/block/{device}"), 0))
    }

    fn device_is_encrypted(&self, device: &str, depth: u8) -> bool {
        /// Devices lie on others only so deep: a volume on a group on a container on a disk.
        const DEPTH_MAX: u8 = 8;
        if self.read(&format!("{device}/dm/uuid")).is_some_and(|uuid| uuid.starts_with("CRYPT-")) {
            return true;
        }
        let Ok(below) = fs::read_dir(self.path(&format!("{device}/slaves"))) else { return false };
        depth < DEPTH_MAX
            && below.flatten().any(|entry| {
                let name = entry.file_name();
                self.device_is_encrypted(&format!("{device}/slaves/{}", name.to_string_lossy()), depth + 1)
            })
    }

    /// The installed packages that are of interest, with their versions.
    fn installed(&self) -> BTreeMap<String, String> {
        let status = self.read("/var/lib/dpkg/status").unwrap_or_default();
        let field = |paragraph: &str, name: &str| {
            paragraph.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
        };
        status
            .split("\n\n")
            .filter(|paragraph| field(paragraph, "Status:").is_some_and(|status| status.ends_with(" installed")))
            .filter_map(|paragraph| Some((field(paragraph, "Package:")?, field(paragraph, "Version:")?)))
            .collect()
    }
}

/// One look at a machine.
struct Round<'a> {
    machine: &'a Machine,
    language: SheetLanguage,
    all: Vec<MachineFinding>,
    checks: usize,
}

impl Round<'_> {
    fn check(&mut self, is_well: bool, id: &str, places: &[(&'static str, String)], command: Option<&str>) {
        self.checks += 1;
        if !is_well {
            let says = self.language.say_with(id, places);
            self.all.push(MachineFinding { says, command: command.map(str::to_owned) });
        }
    }

    fn system(&mut self) {
        let release = self.machine.read("/etc/os-release").unwrap_or_default();
        let value = |name: &str| {
            let line = release.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_matches('"').to_owned()).unwrap_or_default()
        };
        let is_known = value("ID=") == "debian" && ["12", "13"].contains(&value("VERSION_ID=").as_str());
        self.check(is_known, "doctor-debian", &[("system", value("PRETTY_NAME="))], None);
        let is_set = self.machine.path("/run/systemd/timesync/synchronized").exists();
        let set = "apt install systemd-timesyncd && timedatectl set-ntp true && timedatectl timesync-status";
        self.check(is_set, "doctor-clock", &[], Some(set));
        let barks = self.machine.path("/dev/watchdog").exists();
        let load = "echo softdog > /etc/modules-load.d/softdog.conf && modprobe softdog";
        self.check(barks, "doctor-watchdog", &[], Some(load));
    }

    fn data(&mut self) {
        let place = "/var/lib/seira";
        self.check(self.machine.is_encrypted(place), "doctor-not-encrypted", &[], None);
        let path = self.machine.path(place);
        let left =
            (self.machine.free)(&path).or_else(|| (self.machine.free)(&self.machine.root)).map(|free| free / MIB);
        let places = [("left", left.unwrap_or(0).to_string()), ("wanted", FREE_MIB_MIN.to_string())];
        let shrink = "journalctl --vacuum-size=200M && apt-get clean";
        self.check(left.is_some_and(|left| left >= FREE_MIB_MIN), "doctor-disk-full", &places, Some(shrink));
        for key in ["/etc/seira/tls/key.pem", "/etc/seira/tls/ca-key.pem", "/var/lib/seira/hub/journal-key.pem"] {
            if let Ok(metadata) = fs::metadata(self.machine.path(key)) {
                let is_closed = metadata.permissions().mode() & 0o007 == 0;
                let command = format!("chmod o= {key}");
                self.check(is_closed, "doctor-key-open", &[("file", key.to_owned())], Some(&command));
            }
        }
    }

    fn packages(&mut self, parts: &[MachineRole]) {
        let installed = self.machine.installed();
        let ours: BTreeSet<&String> =
            installed.iter().filter(|(name, _)| name.starts_with("seira-")).map(|(_, version)| version).collect();
        let versions = ours.iter().map(|version| version.as_str()).collect::<Vec<_>>().join(", ");
        let upgrade = "apt update && apt install --only-upgrade 'seira-*'";
        self.check(ours.len() < 2, "doctor-versions", &[("versions", versions)], Some(upgrade));
        for part in parts {
            let package = format!("seira-{}", part.name());
            let command = format!("apt install ./{package}.deb");
            let is_there = installed.contains_key(&package);
            self.check(is_there, "doctor-package-missing", &[("package", package)], Some(&command));
        }
        if parts.contains(&MachineRole::Kiosk) {
            for package in DISTURBERS {
                let command = format!("apt purge {package}");
                let is_away = !installed.contains_key(package);
                self.check(is_away, "doctor-disturbs", &[("package", package.to_owned())], Some(&command));
            }
        }
    }

    fn service(&mut self, part: MachineRole) {
        let unit = format!("seira-{}.service", part.name());
        let wanted = format!("/etc/systemd/system/{}.wants/{unit}", part.target());
        let is_enabled = self.machine.path(&wanted).symlink_metadata().is_ok();
        let command = format!("systemctl enable --now {unit}");
        self.check(is_enabled, "doctor-not-enabled", &[("unit", unit)], Some(&command));
    }

    /// The hub's nightly copy, and when it was last shown that one can be restored.
    fn copies(&mut self) {
        let settings = self.machine.read("/etc/default/seira-hub-backup").unwrap_or_default();
        let folder = settings.lines().find_map(|line| line.strip_prefix("SEIRA_BACKUP_TO="));
        let folder = folder.unwrap_or("/var/backups/seira");
        let all = fs::read_dir(self.machine.path(folder)).into_iter().flatten().flatten();
        let copies = all.filter(|entry| entry.file_name().to_string_lossy().starts_with("seira-"));
        let days = copies.filter_map(|entry| days_old(&entry.path())).min();
        let write = "systemctl start seira-hub-backup.service && journalctl -u seira-hub-backup -n 20";
        let is_fresh = days.is_some_and(|days| days <= COPY_DAYS_MAX);
        self.check(is_fresh, "doctor-no-copy", &[("folder", folder.to_owned())], Some(write));
        let days = days_old(&self.machine.path("/var/lib/seira/hub/seira.db.drills"));
        let drill = format!("seira-hub drill --config /etc/seira/hub.toml --from {folder}");
        self.check(days.is_some_and(|days| days <= DRILL_DAYS_MAX), "doctor-no-drill", &[], Some(&drill));
    }

    /// Whether a machine that is to update itself can, and did.
    fn updates(&mut self, parts: &[MachineRole]) {
        let key = "/etc/seira/packages.asc";
        let is_there = self.machine.path(key).is_file();
        self.check(is_there, "doctor-no-packages-key", &[("file", key.to_owned())], None);
        let unit = "seira-update.timer";
        let wanted = format!("/etc/systemd/system/timers.target.wants/{unit}");
        let is_enabled = self.machine.path(&wanted).symlink_metadata().is_ok();
        let enable = format!("systemctl enable --now {unit}");
        self.check(is_enabled, "doctor-not-enabled", &[("unit", unit.to_owned())], Some(&enable));
        for part in parts {
            let package = format!("seira-{}", part.name());
            let refused = self.machine.read(&format!("/var/lib/seira/update/{package}.refused"));
            let version = refused.as_deref().unwrap_or_default().trim().to_owned();
            let places = [("package", package), ("version", version)];
            self.check(refused.is_none(), "doctor-update-refused", &places, Some("journalctl -u seira-update -n 50"));
        }
    }

    fn devices(&mut self) {
        let file = "/etc/seira/kiosk.toml";
        let text = self.machine.read(file).unwrap_or_default();
        let devices = toml::from_str::<DevicesOfKiosk>(&text);
        let why = devices.as_ref().err().map(ToString::to_string).unwrap_or_default();
        self.check(devices.is_ok(), "doctor-config", &[("file", file.to_owned()), ("why", why)], None);
        let devices = devices.unwrap_or_default();
        let mut is_named = false;
        for (device, what) in [(devices.printer, "doctor-what-printer"), (devices.scanner, "doctor-what-scanner")] {
            let Some(port) = device.and_then(|device| device.port).filter(|port| port.starts_with("/dev/")) else {
                continue;
            };
            is_named |= port.starts_with("/dev/seira/");
            let is_there = self.machine.path(&port).exists();
            let places = [("port", port), ("what", self.language.say(what))];
            let again = "udevadm control --reload && udevadm trigger && udevadm settle && ls -l /dev/seira";
            self.check(is_there, "doctor-port-missing", &places, Some(again));
        }
        if is_named {
            let rules = "/etc/udev/rules.d/61-seira.rules";
            let is_there = self.machine.path(rules).is_file();
            self.check(
                is_there,
                "doctor-rules-missing",
                &[],
                Some("cp -r KIOSK/files/. / && udevadm control --reload"),
            );
        }
    }
}

/// How old a file is, in whole days; one from the future is new.
fn days_old(path: &Path) -> Option<u64> {
    let at = fs::metadata(path).ok()?.modified().ok()?;
    Some(SystemTime::now().duration_since(at).map_or(0, |age| age.as_secs() / DAY_SECONDS))
}

#[cfg(test)]
#[path = "doctor_tests.rs"]
mod tests;
