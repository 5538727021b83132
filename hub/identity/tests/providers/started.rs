//! Programs that a test starts, and that end with it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

/// A program that runs until it is dropped.
pub struct Started(Child);

impl Started {
    /// Starts it; its first line says that it is ready.
    pub fn ready(mut command: Command) -> (Self, String) {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let started = Self(child);
        assert!(!line.is_empty(), "it ended before it was ready");
        (started, line.trim().to_owned())
    }

    /// Starts it, and says nothing of whether it is ready.
    pub fn unready(mut command: Command) -> Self {
        Self(command.stdin(Stdio::null()).spawn().expect("it starts"))
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
