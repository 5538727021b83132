//! A program that speaks, as it is started: what it is to say goes to its standard input.

use std::{
    io::{self, Write},
    process::{Child, Command, Stdio},
};

use vocabulary::Language;

use crate::loudness::{Loudness, Tempo};

/// Through which of two a sentence goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mouth {
    /// The one that everybody around hears.
    Loudspeaker,
    /// The one that one person hears.
    Headset,
}

/// Something to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    /// The words, as they are said.
    pub words: String,
    /// The language that they are in.
    pub language: Language,
    /// Where they are heard.
    pub mouth: Mouth,
    /// How loud.
    pub loudness: Loudness,
    /// How fast.
    pub tempo: Tempo,
}

/// Starts a program that says this, its standard output going there; nothing where there is no program.
pub(crate) fn started(program: &[String], utterance: &Utterance, output: Stdio) -> io::Result<Option<Child>> {
    let Some((name, arguments)) = program.split_first() else { return Ok(None) };
    let fill = |argument: &String| {
        argument
            .replace("{language}", utterance.language.tag())
            .replace("{rate}", &utterance.tempo.words_a_minute().to_string())
            .replace("{amplitude}", &utterance.loudness.amplitude().to_string())
    };
    let mut command = Command::new(name);
    command.args(arguments.iter().map(fill)).stdin(Stdio::piped()).stdout(output).stderr(Stdio::null());
    let mut child = command.spawn()?;
    if let Some(mut words) = child.stdin.take() {
        // A program that has ended before it read everything is looked at when it is waited for.
        words.write_all(utterance.words.as_bytes()).and_then(|()| words.write_all(b"\n")).ok();
    }
    Ok(Some(child))
}

/// Ends a program that speaks, if one does.
pub(crate) fn silence(speaking: &mut Option<Child>) {
    if let Some(mut child) = speaking.take() {
        // One that has ended already cannot be ended.
        child.kill().ok();
        child.wait().ok();
    }
}
