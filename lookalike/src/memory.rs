//! What the look-alike knows: how it is, who is signed in there, what it was asked.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use crate::{mood::Mood, people::SamplePerson};

/// The name by which it knows the hub.
pub const CLIENT: &str = "seira-lookalike";
/// The secret that belongs to that name.
pub const SECRET: &str = "μυστικό-του-ομοιώματος";
/// The token that the register wants.
pub const REGISTER_TOKEN: &str = "register-of-the-lookalike";
/// The token that the protocol system wants.
pub const PROTOCOL_TOKEN: &str = "protocol-of-the-lookalike";
/// The token that the register of records wants.
pub const RECORDS_TOKEN: &str = "records-of-the-lookalike";
/// So many of the things that it was asked are remembered, and so many people and codes: it runs through a whole demo.
const REMEMBERED_MAX: usize = 1000;

/// Something that it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenQuestion {
    /// The path that was asked for.
    pub path: String,
    /// What was said with it.
    pub body: String,
}

/// Somebody who is signed in there.
#[derive(Debug, Clone, Copy)]
pub struct BrowserVisit {
    /// The made-up person who signed in.
    pub person: &'static SamplePerson,
    /// Whether they have let the hub know who they are.
    pub lets_know: bool,
}

/// A code that was given out.
#[derive(Debug, Clone)]
pub struct Code {
    /// Whom it speaks of.
    pub person: &'static SamplePerson,
    /// Where it was sent to.
    pub redirect: String,
}

/// What it knows.
#[derive(Debug, Default)]
pub struct PlayMemory {
    /// How it is.
    pub mood: Mood,
    /// Who is signed in, by their cookies.
    pub browsers: HashMap<String, BrowserVisit>,
    /// Codes that were given out and not used yet.
    pub codes: HashMap<String, Code>,
    /// Whom a token speaks of.
    pub tokens: HashMap<String, &'static SamplePerson>,
    /// Requests to which numbers were given, in the order of the numbers.
    numbered: Vec<String>,
    asked: VecDeque<TokenQuestion>,
}

impl PlayMemory {
    /// Which number a request has among those that were given: always the same, whenever it is asked about.
    pub fn numbered(&mut self, request: &str) -> usize {
        self.numbered.iter().position(|one| one == request).unwrap_or_else(|| {
            self.numbered.push(request.to_owned());
            self.numbered.len() - 1
        })
    }

    /// Remembers that it was asked something.
    pub fn note(&mut self, path: &str, body: &str) {
        if self.asked.len() == REMEMBERED_MAX {
            self.asked.pop_front();
        }
        self.asked.push_back(TokenQuestion { path: path.to_owned(), body: body.to_owned() });
        if self.browsers.len() + self.codes.len() + self.tokens.len() > REMEMBERED_MAX {
            self.browsers.clear();
            self.codes.clear();
            self.tokens.clear();
        }
    }
}

/// The look-alike's memory, as its pages share it.
#[derive(Debug, Clone, Default)]
pub struct Lookalike(Arc<Mutex<PlayMemory>>);

impl Lookalike {
    /// What it knows, for a moment.
    pub fn memory(&self) -> MutexGuard<'_, PlayMemory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it is from now on.
    pub fn feels(&self, mood: Mood) {
        self.memory().mood = mood;
    }

    /// What it was asked so far.
    #[must_use]
    pub fn asked(&self) -> Vec<TokenQuestion> {
        self.memory().asked.iter().cloned().collect()
    }
}

/// A word that nobody guesses.
pub fn draw() -> String {
    data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>())
}
