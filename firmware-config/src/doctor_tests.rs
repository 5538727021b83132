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
