//! Days of an office as scripts that read like a story; [`check`] plays one and compares every line.
//!
//! A script begins with the office (`service`, `desk`, `hours`, `rule`, `strict`), then tells a day, one line for each
//! thing that somebody does: a local time, what is done, and after `->` what follows. A line without `->` must not be
//! refused. Time passes by itself between the lines; `time passes -> …` tells what it brought.
//!
//! ```text
//! service certificates 20m
//! desk 1 serves certificates
//! on 2026-11-24
//! 08:00 A books certificates at 10:00
//! 09:00 open 1
//! 09:50 W1 walks in for certificates -> W1 is A001
//! 09:51 next at 1 -> nobody: W1 needs 20m, A is due in 9m
//! ```
#![allow(dead_code, clippy::allow_attributes, reason = "each test program uses its own part of the script's words")]

mod act;
mod setup;
mod story;
mod words;

#[allow(unused_imports, clippy::allow_attributes, reason = "for test programs that go beyond scripts")]
pub use setup::{SERVICE_MINUTES, plain_service, small_office};
#[allow(unused_imports, clippy::allow_attributes, reason = "for test programs that go beyond scripts")]
pub use story::Story;

/// Plays a script; every line must come out as it says.
///
/// # Panics
/// At the first line that comes out otherwise, with the line.
#[track_caller]
pub fn check(script: &str) -> Story {
    let mut story = Story::new();
    for (index, line) in script.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        if let Err(fault) = story.play(line) {
            panic!("line {}: {line}\n{fault}\n", index + 1);
        }
    }
    if let Err(fault) = story.close_the_book() {
        panic!("after the last line: {fault}");
    }
    story
}
