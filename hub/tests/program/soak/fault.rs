//! What breaks in the chaos, and how each fault is shown; the disk that is filled.

use std::{fmt, fs, path::PathBuf, process::Command};

use crate::house::ProgramHouse;

/// The disk of the database, where a test may make one; and more of it for each minute, since what is acknowledged is kept.
const DISK_MIB: [u64; 2] = [192, 48];

/// What breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SoakFault {
    PowerCut,
    DiskFull,
    DiskReadOnly,
    DiskBroken,
    DiskSlow,
    ClockAhead,
    ClockBehind,
    MailAway,
    DevicesAway,
    AllAtOnce,
}

impl SoakFault {
    pub const ALL: [Self; 10] = [
        Self::DiskFull,
        Self::MailAway,
        Self::PowerCut,
        Self::DiskBroken,
        Self::ClockAhead,
        Self::DevicesAway,
        Self::DiskReadOnly,
        Self::DiskSlow,
        Self::ClockBehind,
        Self::AllAtOnce,
    ];

    /// What staff read, or do not.
    pub const fn shown_as(self) -> &'static str {
        match self {
            Self::PowerCut => "no page answers",
            Self::DiskFull | Self::DiskReadOnly | Self::DiskBroken => "each page says that nothing new is recorded",
            Self::DiskSlow => "each page says that the disk is slow",
            Self::ClockAhead | Self::ClockBehind => "each page says that nobody knows if the time is right",
            Self::MailAway => "the mails that wait, and why",
            Self::DevicesAway => "no device is connected",
            Self::AllAtOnce => "all of that",
        }
    }

    /// Whether takers go on meanwhile as ever.
    pub const fn leaves_load(self) -> bool {
        match self {
            Self::ClockAhead | Self::ClockBehind | Self::MailAway | Self::DevicesAway => true,
            Self::PowerCut
            | Self::DiskFull
            | Self::DiskReadOnly
            | Self::DiskBroken
            | Self::DiskSlow
            | Self::AllAtOnce => false,
        }
    }
}

impl fmt::Display for SoakFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PowerCut => "kill -9",
            Self::DiskFull => "full disk",
            Self::DiskReadOnly => "read-only disk",
            Self::DiskBroken => "EIO at each write and sync",
            Self::DiskSlow => "a sync takes half a second",
            Self::ClockAhead => "clock 20 minutes ahead",
            Self::ClockBehind => "clock 20 minutes behind",
            Self::MailAway => "mail server away",
            Self::DevicesAway => "board and kiosk flapping, then away",
            Self::AllAtOnce => "all at once, and a kill -9 in the middle",
        })
    }
}

/// A disk of its own for the database, made full with a file; without the right to mount one, full by word.
pub struct SoakDisk {
    pub folder: PathBuf,
    pub is_mounted: bool,
}

impl SoakDisk {
    pub fn under(house: &ProgramHouse, minutes: u64) -> Self {
        let folder = house.folder.path().join("disk");
        fs::create_dir(&folder).unwrap();
        let size = format!("size={}m", DISK_MIB[0] + DISK_MIB[1] * minutes);
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).output();
        Self { folder, is_mounted: mounted.is_ok_and(|output| output.status.success()) }
    }

    pub fn fill(&self) {
        use std::io::Write;
        let mut filler = fs::File::create(self.folder.join("filler")).unwrap();
        for block in [1 << 20, 4096, 512] {
            while filler.write_all(&vec![0; block]).is_ok() {}
        }
    }

    pub fn empty(&self) {
        fs::remove_file(self.folder.join("filler")).unwrap();
    }
}

impl Drop for SoakDisk {
    fn drop(&mut self) {
        if self.is_mounted {
            let _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
        }
    }
}
