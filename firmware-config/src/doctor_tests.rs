//! A machine that was set up as its sheet says is well; each thing that is missing is told with its command.

use super::*;
use crate::render::render;
use crate::site::Site;

/// A folder that stands for `/` of the sample's first kiosk, with all that the sheet asks for.
fn kiosk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let site = Site::read(include_str!("../samples/site.toml")).unwrap();
    let rendered = render(&site).into_iter().find(|machine| machine.id == "kiosk-entrance").unwrap();
    rendered.files.iter().for_each(|file| put(&file.path, &file.text));
    put("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\n");
    put("/run/systemd/timesync/synchronized", "");
    put("/dev/watchdog", "");
    put("/dev/seira/printer", "");
    put("/dev/seira/scanner", "");
    put(
        "/proc/self/mountinfo",
        "21 1 254:1 / / rw - ext4 /dev/x rw\n22 21 254:2 / /var/lib/seira rw - ext4 /dev/y rw\n23 21 0:5 / /var/lib/seira2 rw - tmpfs t rw\n",
    );
    put("/sys/dev/block/254:2/slaves/dm-0/dm/uuid", "CRYPT-LUKS2-abc\n");
    put("/sys/dev/block/254:1/size", "1\n");
    put("/var/lib/seira/x", "");
    put(
        "/var/lib/dpkg/status",
        "Package: seira-kiosk\nStatus: install ok installed\nVersion: 0.1.0-1\n\nPackage: brltty\nStatus: deinstall ok config-files\nVersion: 6\n",
    );
    let links = [
        ("/etc/systemd/system/default.target", "/lib/systemd/system/graphical.target"),
        ("/etc/systemd/system/graphical.target.wants/seira-kiosk.service", "/lib/systemd/system/seira-kiosk.service"),
    ];
    for (link, to) in links {
        let link = folder.path().join(link.trim_start_matches('/'));
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(to, link).unwrap();
    }
    folder
}

fn plenty(_: &Path) -> Option<u64> {
    Some(50 * 1024 * MIB)
}

fn look(root: &Path) -> Vec<MachineFinding> {
    Machine { root: root.to_owned(), free: plenty }.look(SheetLanguage::English).all
}

/// With this broken, exactly this is told.
#[track_caller]
fn check(break_it: impl Fn(&Path), says: &str, command: Option<&str>) {
    let folder = kiosk();
    break_it(folder.path());
    let found = look(folder.path());
    assert_eq!(found, [MachineFinding { says: says.to_owned(), command: command.map(str::to_owned) }]);
}

#[test]
fn fld_37_a_kiosk_that_was_set_up_as_its_sheet_says_is_well() {
    let folder = kiosk();
    assert_eq!(look(folder.path()), []);
    let greek = Machine { root: folder.path().to_owned(), free: plenty }.look(SheetLanguage::Greek);
    assert!(greek.checks >= 14, "{greek:?}");
}

#[test]
fn fld_37_each_thing_that_is_missing_is_told_with_its_command() {
    let remove = |path: &'static str| move |root: &Path| fs::remove_file(root.join(path)).unwrap();
    check(
        remove("run/systemd/timesync/synchronized"),
        "The clock has not been set by a time server.",
        Some("apt install systemd-timesyncd && timedatectl set-ntp true && timedatectl timesync-status"),
    );
    check(
        remove("dev/seira/printer"),
        "/dev/seira/printer is missing (printer). The cable is not in the socket that the sheet names, or the udev rules are missing.",
        Some("udevadm control --reload && udevadm trigger && udevadm settle && ls -l /dev/seira"),
    );
    check(
        remove("etc/systemd/system/graphical.target.wants/seira-kiosk.service"),
        "The service seira-kiosk.service does not start with the machine.",
        Some("systemctl enable --now seira-kiosk.service"),
    );
    check(
        remove("sys/dev/block/254:2/slaves/dm-0/dm/uuid"),
        "The disk with the data is not encrypted: whoever takes the disk reads everything. It takes a new installation with encryption.",
        None,
    );
    check(
        |root| {
            let more = "\nPackage: modemmanager\nStatus: install ok installed\nVersion: 1.20\n";
            let path = root.join("var/lib/dpkg/status");
            fs::write(&path, fs::read_to_string(&path).unwrap() + more).unwrap();
        },
        "The package modemmanager is installed, and talks to the serial lines of printer and scanner.",
        Some("apt purge modemmanager"),
    );
    check(
        |root| {
            let more = "\nPackage: seira-config\nStatus: install ok installed\nVersion: 0.2.0-1\n";
            let path = root.join("var/lib/dpkg/status");
            fs::write(&path, fs::read_to_string(&path).unwrap() + more).unwrap();
        },
        "Seira's packages have different versions: 0.1.0-1, 0.2.0-1.",
        Some("apt update && apt install --only-upgrade 'seira-*'"),
    );
    check(
        |root| {
            fs::create_dir_all(root.join("etc/seira/tls")).unwrap();
            fs::write(root.join("etc/seira/tls/key.pem"), "").unwrap();
            fs::set_permissions(root.join("etc/seira/tls/key.pem"), fs::Permissions::from_mode(0o644)).unwrap();
        },
        "/etc/seira/tls/key.pem can be read by others: it is a secret key.",
        Some("chmod o= /etc/seira/tls/key.pem"),
    );
}

#[test]
fn fld_37_a_full_disk_is_told_with_what_is_left() {
    let folder = kiosk();
    let full = Machine { root: folder.path().to_owned(), free: |_| Some(100 * MIB) };
    let found = full.look(SheetLanguage::Greek).all;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].says, "Στον δίσκο με τα δεδομένα μένουν 100 MiB· χρειάζονται τουλάχιστον 1024 MiB.");
}

#[test]
fn fld_37_a_machine_without_a_part_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let found = look(folder.path());
    assert!(found[0].says.starts_with("There is no configuration in /etc/seira"), "{found:?}");
}

/// A folder that stands for `/` of the sample's hub, as far as its copies are asked for.
fn hub() -> tempfile::TempDir {
    let folder = kiosk();
    let root = folder.path();
    fs::rename(root.join("etc/seira/kiosk.toml"), root.join("etc/seira/hub.toml")).unwrap();
    let status = fs::read_to_string(root.join("var/lib/dpkg/status")).unwrap().replace("seira-kiosk", "seira-hub");
    fs::write(root.join("var/lib/dpkg/status"), status).unwrap();
    for path in [
        "etc/systemd/system/multi-user.target.wants",
        "etc/default",
        "mnt/backup/seira-20261124-023000",
        "var/lib/seira/hub",
    ] {
        fs::create_dir_all(root.join(path)).unwrap();
    }
    let unit = root.join("etc/systemd/system/multi-user.target.wants/seira-hub.service");
    std::os::unix::fs::symlink("/lib/systemd/system/seira-hub.service", unit).unwrap();
    fs::write(root.join("etc/default/seira-hub-backup"), "SEIRA_BACKUP_TO=/mnt/backup\nSEIRA_BACKUP_KEEP=30\n")
        .unwrap();
    fs::write(root.join("var/lib/seira/hub/seira.db.drills"), "2026-11-24T08:00:00Z\n").unwrap();
    folder
}

fn says(root: &Path) -> Vec<String> {
    look(root).into_iter().map(|found| found.says).collect()
}

#[test]
fn fld_39_a_hub_without_a_fresh_copy_or_a_drill_of_this_month_is_told_so() {
    let folder = hub();
    assert_eq!(says(folder.path()), Vec::<String>::new());
    let age = |path: &str, days: u64| {
        let at = SystemTime::now() - std::time::Duration::from_secs(days * DAY_SECONDS + 60);
        fs::File::open(folder.path().join(path)).unwrap().set_modified(at).unwrap();
    };
    age("mnt/backup/seira-20261124-023000", 2);
    age("var/lib/seira/hub/seira.db.drills", 31);
    assert_eq!(says(folder.path()), Vec::<String>::new());
    age("mnt/backup/seira-20261124-023000", 3);
    assert_eq!(says(folder.path()), ["There is no copy of the last two days in /mnt/backup."]);
    // What is no copy is none, however new.
    fs::write(folder.path().join("mnt/backup/lost+found"), "").unwrap();
    age("var/lib/seira/hub/seira.db.drills", 32);
    let found = look(folder.path());
    assert_eq!(found.len(), 2, "{found:?}");
    let drill = "seira-hub drill --config /etc/seira/hub.toml --from /mnt/backup";
    assert_eq!(found[1].command.as_deref(), Some(drill));
}

#[test]
fn new_09_a_machine_that_cannot_update_itself_or_went_back_is_told_so() {
    let folder = kiosk();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("etc/seira/update.sh", "");
    let key = "The key of the packages is missing, /etc/seira/packages.asc, so the machine does not update itself.";
    assert_eq!(says(folder.path()), [key, "The service seira-update.timer does not start with the machine."]);
    put("etc/seira/packages.asc", "");
    put("etc/systemd/system/timers.target.wants/seira-update.timer", "");
    assert_eq!(says(folder.path()), Vec::<String>::new());
    put("var/lib/seira/update/seira-kiosk.refused", "0.2.0-1\n");
    let back = "Version 0.2.0-1 of seira-kiosk did not work here, and the machine went back to the one before.";
    assert_eq!(says(folder.path()), [back]);
}

#[test]
fn fld_37_a_machine_with_buttons_alone_has_a_part() {
    let folder = kiosk();
    let root = folder.path();
    fs::rename(root.join("etc/seira/kiosk.toml"), root.join("etc/seira/desk.toml")).unwrap();
    let found = says(root);
    assert_eq!(
        found,
        ["The package seira-desk is missing.", "The service seira-desk.service does not start with the machine."]
    );
}
