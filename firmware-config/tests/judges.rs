//! What is rendered, before real judges: systemd's own reader and its table of exposure, udev's own reader, sway's own.
//!
//! A judge that is not on the machine fails the test, and each shows first that it finds a fault.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use firmware_config::{
    render::{MachineFile, MachineFolder, render, units},
    site::Site,
};

fn site(change: impl Fn(&str) -> String) -> Vec<MachineFolder> {
    render(&Site::read(&change(include_str!("../samples/site.toml"))).unwrap())
}

fn of<'a>(machines: &'a [MachineFolder], id: &str) -> &'a [MachineFile] {
    &machines.iter().find(|machine| machine.id == id).unwrap().files
}

/// Every way in which the sample may be told: as it is, under Debian 13, with the other session, with disks that are written.
fn sites() -> Vec<Vec<MachineFolder>> {
    let session = |shell: &str| {
        let add = format!("screen = \"touch-15-landscape\"\nsession = \"{shell}\"");
        site(|text| text.replace("screen = \"touch-15-landscape\"", &add))
    };
    vec![
        site(str::to_owned),
        site(|text| text.replace("hub_url", "debian = \"13\"\nhub_url")),
        session("cage"),
        session("sway"),
        site(|text| text.replace("output = \"eDP-1\"", "output = \"eDP-1\"\nread_only_root = false")),
        site(|text| {
            text.replace("hub_url", "updates = \"03:00\"\nhub_url")
                + "\n[desk.buttons]\ndesk = 3\nusb_socket = \"1.5\"\n"
        }),
        site(|text| text.to_owned() + "\n[desk.buttons]\ndesk = 3\nusb_socket = \"1.5\"\nkeyboard = true\n"),
    ]
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

/// A folder of units, whose programs lie there too and do nothing: a unit whose program is missing is a fault for systemd.
struct Units {
    folder: tempfile::TempDir,
}

impl Units {
    fn of(files: &[MachineFile]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bin = folder.path().join("bin");
        fs::create_dir(&bin).unwrap();
        for name in ["seira-hub", "seira-kiosk", "seira-display", "seira-desk", "cage", "sway"] {
            fs::write(bin.join(name), "#!/bin/sh\n").unwrap();
            fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let units = Self { folder };
        for file in units::packaged().iter().chain(files) {
            let place = ["/usr/lib/systemd/system/", "/etc/systemd/system/"]
                .into_iter()
                .find_map(|place| file.path.strip_prefix(place));
            if let Some(name) = place {
                let path = units.folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file.text.replace("/usr/bin/", &format!("{}/", bin.display()))).unwrap();
            }
        }
        units
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| [".service", ".mount", ".timer", ".socket"].iter().any(|end| name.ends_with(end)))
            .collect();
        names.sort();
        names
    }

    /// `systemd-analyze verify`, which exits with 0 for a misspelt key and says so on its error output alone.
    fn verify(&self, name: &str) -> Output {
        Command::new("systemd-analyze")
            .args(["verify", "--man=no", "--recursive-errors=no"])
            .arg(self.folder.path().join(name))
            .env("SYSTEMD_UNIT_PATH", format!("{}:", self.folder.path().display()))
            .output()
            .expect("systemd-analyze")
    }

    /// The figure of `systemd-analyze security`, from 0 (shut off) to 10.
    fn exposure(&self, name: &str) -> f64 {
        let output = Command::new("systemd-analyze")
            .args(["security", "--offline=yes", "--no-pager"])
            .arg(self.folder.path().join(name))
            .output()
            .expect("systemd-analyze");
        let said = said(&output);
        let line =
            said.lines().find(|line| line.contains("Overall exposure level")).unwrap_or_else(|| panic!("{said}"));
        let figure = line.rsplit(": ").next().unwrap().split(' ').next().unwrap();
        figure.parse().unwrap_or_else(|_| panic!("{line}"))
    }
}

#[test]
fn new_09_systemd_finds_nothing_in_any_unit_and_finds_a_misspelt_key() {
    for site in sites() {
        for machine in &site {
            let units = Units::of(&machine.files);
            for name in units.names() {
                let output = units.verify(&name);
                assert!(output.status.success(), "{}: {name}: {}", machine.id, said(&output));
                assert_eq!(said(&output), "", "{}: {name}", machine.id);
            }
        }
    }
    let units = Units::of(&[]);
    let path = units.folder.path().join("seira-hub.service");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("NoNewPrivileges", "NoNewPrivilege")).unwrap();
    assert!(said(&units.verify("seira-hub.service")).contains("NoNewPrivilege"));
}

#[test]
fn new_09_services_are_shut_off_from_what_they_need_not() {
    let units = Units::of(&[]);
    let (hub, kiosk, display) = (
        units.exposure("seira-hub.service"),
        units.exposure("seira-kiosk.service"),
        units.exposure("seira-display.service"),
    );
    eprintln!("hub {hub}, kiosk {kiosk}, display {display}");
    assert!(hub <= 2.0, "the hub: {hub}");
    // A session opens the graphics card and compiles what it draws; the unit names each reason.
    assert!(kiosk <= 2.5, "the kiosk, with its printer and scanner: {kiosk}");
    assert!(display <= 2.5, "the board's window: {display}");
    let desk = units.exposure("seira-desk.service");
    assert!(desk <= 2.5, "the buttons of a desk: {desk}");
}

/// Asks udev's own reader about the rules in a folder, in a place of its own where the machine has no others.
fn ask_udev(rules: &Path) -> String {
    let groups = rules.join("group");
    fs::write(&groups, fs::read_to_string("/etc/group").unwrap() + "seira-io:x:9999:\n").unwrap();
    let script = format!(
        "set -e; mount --bind {0} /etc/udev/rules.d; mount --bind {0}/group /etc/group; mkdir -p /run/udev; \
         mount -t tmpfs none /run/udev; udevadm test /sys/class/mem/null",
        rules.display()
    );
    let mut unshare = Command::new("unshare");
    unshare.arg("--mount");
    if !rustix::process::geteuid().is_root() {
        unshare.args(["--user", "--map-root-user"]);
    }
    let output = unshare.args(["sh", "-c", &script]).output().expect("unshare");
    let said = said(&output);
    assert!(output.status.success() && said.contains("DEVNAME=/dev/null"), "udevadm did not get that far: {said}");
    said.lines().filter(|line| line.starts_with("/etc/udev/rules.d/")).map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn card_08_udev_finds_nothing_in_any_rule_and_finds_a_wrong_one() {
    for site in sites() {
        for machine in &site {
            let folder = tempfile::tempdir().unwrap();
            for file in machine.files.iter().filter(|file| file.path.starts_with("/etc/udev/rules.d/")) {
                fs::write(folder.path().join(PathBuf::from(&file.path).file_name().unwrap()), &file.text).unwrap();
            }
            assert_eq!(ask_udev(folder.path()), "", "{}", machine.id);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("61-wrong.rules"), "SUBSYSTEM==\"tty\", SYMLNK+=\"seira/printer\"\n").unwrap();
    assert!(ask_udev(folder.path()).contains("61-wrong.rules:1"));
}

/// A compositor on no screen, as a user who is not root: it refuses to be.
fn compositor(program: &str, folder: &Path) -> Command {
    let mut command = if rustix::process::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
        command
    } else {
        Command::new(program)
    };
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    command.env("XDG_RUNTIME_DIR", folder).env("LIBSEAT_BACKEND", "noop");
    command.envs([("WLR_BACKENDS", "headless"), ("WLR_RENDERER", "pixman"), ("WLR_LIBINPUT_NO_DEVICES", "1")]);
    command
}

#[test]
fn card_08_sway_finds_nothing_in_any_session_and_finds_a_wrong_one() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |text: &str| {
        let path = folder.path().join("config");
        fs::write(&path, text).unwrap();
        let output = compositor("sway", folder.path()).arg("--validate").arg("--config").arg(&path).output();
        let output = output.expect("sway");
        (output.status.success(), said(&output))
    };
    let mut seen = 0;
    for machines in sites() {
        for file in machines.iter().flat_map(|machine| &machine.files).filter(|file| file.path.ends_with(".sway")) {
            let (is_good, said) = ask(&file.text);
            assert!(is_good && !said.contains("Error on line"), "{}: {said}", file.path);
            seen += 1;
        }
    }
    assert!(seen >= 5, "sessions of sway: {seen}");
    assert!(!ask("output HDMI-A-1 transform 95\nxwaylnd disable\n").0);
}

#[test]
fn new_09_in_both_sessions_the_program_can_tell_systemd_that_it_lives() {
    let folder = tempfile::tempdir().unwrap();
    let (program, heard) = (folder.path().join("program"), folder.path().join("heard"));
    fs::write(&program, format!("#!/bin/sh\necho \"$NOTIFY_SOCKET $WATCHDOG_USEC\" > {}\n", heard.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let machines = site(str::to_owned);
    let session = of(&machines, "kiosk-entrance").iter().find(|file| file.path.ends_with("kiosk.sway")).unwrap();
    let session = session.text.replace("/usr/bin/seira-kiosk", &program.display().to_string());
    fs::write(folder.path().join("config"), session).unwrap();
    for (compositor_name, arguments) in [
        ("sway", vec!["--config".to_owned(), folder.path().join("config").display().to_string()]),
        ("cage", vec!["-d".to_owned(), "--".to_owned(), program.display().to_string()]),
    ] {
        let _ = fs::remove_file(&heard);
        let mut session = compositor(compositor_name, folder.path());
        session.args(arguments).env("NOTIFY_SOCKET", "/run/some/socket").env("WATCHDOG_USEC", "30000000");
        // It ends when its program has ended.
        let output = session.output().expect(compositor_name);
        let told = fs::read_to_string(&heard).unwrap_or_else(|_| panic!("{compositor_name}: {}", said(&output)));
        assert_eq!(told, "/run/some/socket 30000000\n", "{compositor_name}");
    }
}

#[test]
fn card_08_a_turned_screen_turns_its_touches_and_an_upright_one_has_cage() {
    let machines = site(str::to_owned);
    let text = |id: &str, end: &str| {
        let file = of(&machines, id).iter().find(|file| file.path.ends_with(end));
        file.map(|file| file.text.clone()).unwrap_or_default()
    };
    let turned = text("kiosk-entrance", "kiosk.sway");
    assert!(turned.contains("output HDMI-A-1 transform 90\ninput type:touch map_to_output HDMI-A-1\n"), "{turned}");
    assert!(text("kiosk-first-floor", "session.conf").contains("/usr/bin/cage -d -- /usr/bin/seira-kiosk"));
    assert!(text("kiosk-first-floor", "61-seira.rules").contains("ENV{WL_OUTPUT}=\"eDP-1\""));
}
