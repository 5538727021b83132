//! The service units that the packages bring: each restarted for ever, watched over, and shut off from what it needs not.

use crate::render::machine_file::MachineFile;

/// What every service of the house does without.
const SHUT_OFF: &str = "\
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictNamespaces=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
UMask=0077
";

/// What those do without that draw nothing: new code in memory, other people's processes, calls beyond a service's.
const WITHOUT_WINDOW: &str = "\
MemoryDenyWriteExecute=yes
RestrictRealtime=yes
ProtectProc=invisible
ProcSubset=pid
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
";

/// The kernel's names of what a kiosk talks to: serial lines, adapters of both kinds, printers of USB's printer class,
/// and what it is heard through.
const KIOSK_DEVICES: &[&str] = &["ttyS", "ttyUSB", "ttyACM", "usb", "alsa"];

/// Every program is started again, however it ended; one that starts a hundred times is still better than none.
const FOR_EVER: &str = "\
Restart=always
RestartSec=2
WatchdogSec=30
";

fn unit(path: &str, parts: &[&str]) -> MachineFile {
    MachineFile::new(&format!("/usr/lib/systemd/system/{path}"), parts.concat())
}

fn hub() -> MachineFile {
    let head = "\
[Unit]
Description=Seira hub, the central server of public offices
Documentation=man:seira-hub(1)
Wants=network-online.target
After=network-online.target time-sync.target
ConditionPathExists=/etc/seira/hub.toml
StartLimitIntervalSec=0

[Service]
Type=notify
User=seira-hub
Group=seira-hub
ExecStart=/usr/bin/seira-hub serve --config /etc/seira/hub.toml
ExecReload=/bin/kill -HUP $MAINPID
# A start after a power cut may read every journal again.
TimeoutStartSec=15min
TimeoutStopSec=30
LimitNOFILE=65536
StateDirectory=seira/hub
StateDirectoryMode=0700
WorkingDirectory=/var/lib/seira/hub
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
# It listens at 443 itself, which is all that it may do beyond others.
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
AmbientCapabilities=CAP_NET_BIND_SERVICE
";
    let tail = "
[Install]
WantedBy=multi-user.target
";
    unit("seira-hub.service", &[head, FOR_EVER, SHUT_OFF, WITHOUT_WINDOW, tail])
}

/// The nightly copy of the hub's database, which the timer begins.
fn backup() -> [MachineFile; 2] {
    let service = "\
[Unit]
Description=Seira hub, the copy of tonight
Documentation=man:seira-hub-backup(1)
ConditionPathExists=/etc/seira/hub.toml

[Service]
Type=oneshot
User=seira-hub
Group=seira-hub
EnvironmentFile=/etc/default/seira-hub-backup
ExecStart=/usr/bin/seira-hub backup --config /etc/seira/hub.toml --into ${SEIRA_BACKUP_TO} --keep ${SEIRA_BACKUP_KEEP} $SEIRA_BACKUP_OPTIONS
Nice=10
IOSchedulingClass=idle
StateDirectory=seira/hub
StateDirectoryMode=0700
ReadWritePaths=-/var/backups/seira
PrivateDevices=yes
PrivateNetwork=yes
RestrictAddressFamilies=AF_UNIX
CapabilityBoundingSet=
";
    let timer = "\
[Unit]
Description=Seira hub, a copy each night

[Timer]
OnCalendar=*-*-* 02:30
RandomizedDelaySec=15min
Persistent=true

[Install]
WantedBy=timers.target
";
    [unit("seira-hub-backup.service", &[service, SHUT_OFF, WITHOUT_WINDOW]), unit("seira-hub-backup.timer", &[timer])]
}

fn window(program: &str, what: &str, (state, classes): (&str, &[&str])) -> MachineFile {
    let devices: String = classes.iter().map(|class| format!("DeviceAllow=char-{class} rw\n")).collect();
    let head = format!(
        "\
[Unit]
Description=Seira {program}, {what}
Documentation=man:seira-{program}(1)
After=systemd-user-sessions.service systemd-logind.service getty@tty1.service plymouth-quit.service
Wants=systemd-logind.service
Conflicts=getty@tty1.service
ConditionPathExists=/etc/seira/{program}.toml
StartLimitIntervalSec=0

[Service]
Type=notify
# The program itself speaks, and not the session around it.
NotifyAccess=all
User=seira-{program}
Group=seira-{program}
# A login gives the session its seat: screen, touch and the folder under /run/user.
PAMName=login
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier=tty1
UtmpMode=user
ExecStart=/usr/bin/cage -d -- /usr/bin/seira-{program} --config /etc/seira/{program}.toml
TimeoutStartSec=120
StateDirectory={state}
StateDirectoryMode=0700
WorkingDirectory=/var/lib/{state}
Environment=XCURSOR_PATH=/usr/share/seira/cursors
# The session's own folder, which the login makes.
ReadWritePaths=/run/user
CapabilityBoundingSet=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
DevicePolicy=closed
DeviceAllow=char-drm rw
DeviceAllow=char-input rw
DeviceAllow=char-tty rw
{devices}# Left open, each for a reason: new code in memory, since Mesa compiles what it draws; real time, which the sound asks for; and
# /proc, which logind reads to know the session.
SystemCallFilter=@system-service @resources
SystemCallErrorNumber=EPERM
"
    );
    let tail = "
[Install]
WantedBy=graphical.target
";
    unit(&format!("seira-{program}.service"), &[&head, FOR_EVER, SHUT_OFF, tail])
}

/// The buttons at a desk, which draw nothing.
fn desk() -> MachineFile {
    let head = "\
[Unit]
Description=Seira desk, the buttons of a clerk
Documentation=man:seira-desk(1)
Wants=network-online.target
After=network-online.target
ConditionPathExists=/etc/seira/desk.toml
StartLimitIntervalSec=0

[Service]
Type=notify
User=seira-desk
Group=seira-desk
ExecStart=/usr/bin/seira-desk --config /etc/seira/desk.toml
StateDirectory=seira/desk
StateDirectoryMode=0700
WorkingDirectory=/var/lib/seira/desk
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
CapabilityBoundingSet=
DevicePolicy=closed
DeviceAllow=char-ttyS rw
DeviceAllow=char-ttyUSB rw
DeviceAllow=char-ttyACM rw
DeviceAllow=char-input rw
";
    let tail = "
[Install]
WantedBy=multi-user.target
";
    unit("seira-desk.service", &[head, FOR_EVER, SHUT_OFF, WITHOUT_WINDOW, tail])
}

/// The users under which the services run; `systemd-sysusers` makes them.
fn users(program: &str, text: &str) -> MachineFile {
    MachineFile::new(&format!("/usr/lib/sysusers.d/seira-{program}.conf"), text.to_owned())
}

/// What the packages bring.
#[must_use]
pub fn packaged() -> Vec<MachineFile> {
    let [backup, timer] = backup();
    vec![
        hub(),
        backup,
        timer,
        MachineFile::new(
            "/usr/lib/tmpfiles.d/seira-hub.conf",
            "d /var/backups/seira 0700 seira-hub seira-hub -\n".to_owned(),
        ),
        users("hub", "u seira-hub - \"Seira hub\" /var/lib/seira/hub\n"),
        window("kiosk", "the window for citizens", ("seira/kiosk", KIOSK_DEVICES)),
        users(
            "kiosk",
            "g seira-io -\nu seira-kiosk - \"Seira kiosk\" /var/lib/seira/kiosk\nm seira-kiosk video\nm seira-kiosk render\nm seira-kiosk input\nm seira-kiosk audio\nm seira-kiosk seira-io\n",
        ),
        window("display", "the waiting room's board", ("seira/display", &["alsa"])),
        users(
            "display",
            "u seira-display - \"Seira board\" /var/lib/seira/display\nm seira-display video\nm seira-display render\nm seira-display audio\n",
        ),
        desk(),
        users(
            "desk",
            "g seira-io -\nu seira-desk - \"Seira buttons\" /var/lib/seira/desk\nm seira-desk input\nm seira-desk dialout\nm seira-desk seira-io\n",
        ),
    ]
}
