//! A machine whose clock a test sets, and whose system says whether that clock is kept by others.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use chrono::{DateTime, Utc};

use crate::house::ProgramHouse;

const SOURCE: &str = include_str!("machine.c");
const FAULTS: &str = include_str!("faults.c");

#[derive(Clone)]
pub struct ClockedMachine {
    folder: PathBuf,
    /// What its programs load before their own libraries.
    layers: Vec<&'static str>,
}

impl ClockedMachine {
    /// Its clock shows the true time, and nobody keeps it.
    pub fn of(house: &ProgramHouse) -> Self {
        let folder = house.folder.path().join("machine");
        fs::create_dir(&folder).unwrap();
        let machine = Self { folder, layers: vec!["clock.so"] };
        machine.make("clock", SOURCE);
        machine.say_synchronised("no");
        machine
    }

    /// The same with a disk that fails as it is told.
    pub fn with_disk_of(house: &ProgramHouse) -> Self {
        let mut machine = Self::of(house);
        machine.make("faults", FAULTS);
        machine.layers.push("faults.so");
        machine.disk("well");
        machine
    }

    fn make(&self, name: &str, text: &str) {
        let (source, library) = (self.file(&format!("{name}.c")), self.file(&format!("{name}.so")));
        fs::write(&source, text).unwrap();
        let made = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(library).arg(source).status().unwrap();
        assert!(made.success());
    }

    /// How its disk feels from now on: see `faults.c`.
    pub fn disk(&self, word: &str) {
        fs::write(self.file("word.new"), word).unwrap();
        fs::rename(self.file("word.new"), self.file("word")).unwrap();
    }

    /// Sets its clock so many seconds on, or back.
    pub fn shift(&self, seconds: i64) {
        let now: i64 = fs::read_to_string(self.file("offset")).unwrap().trim().parse().unwrap();
        fs::write(self.file("new"), (now + seconds).to_string()).unwrap();
        fs::rename(self.file("new"), self.file("offset")).unwrap();
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
        let layers: Vec<String> = self.layers.iter().map(|layer| self.file(layer).display().to_string()).collect();
        command.env("LD_PRELOAD", layers.join(":")).env("TEST_CLOCK_FILE", self.file("offset")).env("PATH", path);
        command.env("TEST_DISK_FILE", self.file("word"))
    }
}
