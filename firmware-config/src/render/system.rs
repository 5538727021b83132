//! What a machine's system is told besides: the time, how much it logs, when it starts itself again, what it writes on.

use crate::render::machine_file::MachineFile;
use crate::site::{HubPlace, Premises};

/// Where the machine asks for the time.
pub fn time(premises: &Premises) -> MachineFile {
    let text = format!("[Time]\nNTP={}\nFallbackNTP=\n", premises.time_servers.join(" "));
    MachineFile::new("/etc/systemd/timesyncd.conf.d/seira.conf", text)
}

/// A machine whose system hangs is started again by its own watchdog, and one whose kernel has stopped by the kernel.
fn starts_again() -> [MachineFile; 2] {
    [
        MachineFile::new(
            "/etc/systemd/system.conf.d/seira.conf",
            "[Manager]\nRuntimeWatchdogSec=20s\nRebootWatchdogSec=2min\n".to_owned(),
        ),
        MachineFile::new("/etc/sysctl.d/60-seira.conf", "kernel.panic = 10\nkernel.panic_on_oops = 1\n".to_owned()),
    ]
}

fn journal(text: &str) -> MachineFile {
    MachineFile::new("/etc/systemd/journald.conf.d/seira.conf", format!("[Journal]\n{text}"))
}

/// For the hub's machine.
pub fn of_hub(premises: &Premises, hub: &HubPlace) -> Vec<MachineFile> {
    let mut files = vec![
        time(premises),
        journal("Storage=persistent\nSystemMaxUse=1G\nSystemKeepFree=2G\nMaxRetentionSec=90day\n"),
    ];
    files.extend(starts_again());
    if let Some(folder) = &hub.backup_to {
        let text = format!("[Service]\nReadWritePaths={folder}\n[Unit]\nRequiresMountsFor={folder}\n");
        files.push(MachineFile::new("/etc/systemd/system/seira-hub-backup.service.d/site.conf", text));
        files.push(MachineFile::new(
            "/etc/default/seira-hub-backup",
            format!("SEIRA_BACKUP_TO={folder}\nSEIRA_BACKUP_KEEP=30\nSEIRA_BACKUP_OPTIONS=\n"),
        ));
    }
    files
}

/// For a kiosk's or a board's machine. Where the system's disk is only read, the devices' own folder is a partition of its
/// own, by its label, and the log is in memory.
pub fn of_device(premises: &Premises, read_only_root: bool) -> Vec<MachineFile> {
    let mut files = vec![time(premises)];
    files.extend(starts_again());
    if read_only_root {
        files.push(journal("Storage=volatile\nRuntimeMaxUse=64M\n"));
        files.push(MachineFile::new(
            "/etc/overlayroot.local.conf",
            "overlayroot=\"tmpfs:swap=0,recurse=0\"\n".to_owned(),
        ));
        let mount = "\
[Unit]
Description=What Seira keeps on this machine

[Mount]
What=/dev/disk/by-label/seira-state
Where=/var/lib/seira
Type=ext4
Options=noatime,nodev,nosuid,noexec,errors=remount-ro

[Install]
WantedBy=local-fs.target
";
        files.push(MachineFile::new("/etc/systemd/system/var-lib-seira.mount", mount.to_owned()));
    } else {
        files.push(journal("Storage=persistent\nSystemMaxUse=200M\nMaxRetentionSec=30day\n"));
    }
    files
}
