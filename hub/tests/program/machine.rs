//! A machine whose clock a test sets, and whose system says whether that clock is kept by others.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use chrono::{DateTime, Utc};

use crate::house::ProgramHouse;

const SOURCE: &str = include_str!("machine.c");

pub struct ClockedMachine {
    folder: PathBuf,
}

impl ClockedMachine {
    /// Its clock shows the true time, and nobody keeps it.
    pub fn of(house: &ProgramHouse) -> Self {
        let folder = house.folder.path().join("machine");
        fs::create_dir(&folder).unwrap();
        let machine = Self { folder };
        fs::write(machine.file("clock.c"), SOURCE).unwrap();
        let (source, library) = (machine.file("clock.c"), machine.file("clock.so"));
        let made = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(library).arg(source).status().unwrap();
        assert!(made.success());
        machine.say_synchronised("no");
        machine
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Sets its clock, also under a hub that runs.
    pub fn set(&self, at: &str) {
        let at: DateTime<chrono::FixedOffset> = at.parse().unwrap();
        let offset = (at.to_utc() - Utc::now()).num_seconds();
        fs::write(self.file("new"), offset.to_string()).unwrap();
        fs::rename(self.file("new"), self.file("offset")).unwrap();
    }

    /// What its system says when it is asked whether the clock is kept by others.
    pub fn say_synchronised(&self, word: &str) {
        let program = self.file("timedatectl");
        fs::write(&program, format!("#!/bin/sh\necho {word}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// A program on this machine.
    pub fn put_on<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let path = format!("{}:{}", self.folder.display(), std::env::var("PATH").unwrap_or_default());
        command.env("LD_PRELOAD", self.file("clock.so")).env("TEST_CLOCK_FILE", self.file("offset")).env("PATH", path)
    }
}
