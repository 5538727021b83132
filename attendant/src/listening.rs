//! Reading aloud, as the attendant has it done: the reader, who speaks, and the finger that was down last.

use std::time::Duration;

use voice::Speaker;
use walk::{FingerTouch, KeypadKey, KioskFace, KioskWalk, ReaderOutcome, ScreenReader, WalkInput};

/// What came of listening, for the walk.
#[derive(Debug, Default)]
pub(crate) struct ListenerNews {
    /// That somebody is there, and what they chose.
    pub inputs: Vec<WalkInput>,
    /// Whether something was chosen.
    pub chose: bool,
    /// Whether something is said.
    pub speaks: bool,
}

/// The reader and who speaks.
#[derive(Debug, Clone)]
pub struct Listener {
    reader: ScreenReader,
    speaker: Speaker,
    under: Option<String>,
}

impl Listener {
    /// A reader whose words `speaker` says.
    #[must_use]
    pub fn new(speaker: Speaker) -> Self {
        Self { reader: ScreenReader::default(), speaker, under: None }
    }

    /// Who reads.
    #[must_use]
    pub const fn reader(&self) -> &ScreenReader {
        &self.reader
    }

    /// A key was pressed.
    pub(crate) fn key(&mut self, key: KeypadKey) -> ListenerNews {
        let outcomes = self.reader.key(key);
        self.perform(outcomes)
    }

    /// What was chosen came to nothing.
    pub(crate) fn remind(&mut self) {
        let outcomes = self.reader.remind();
        self.perform(outcomes);
    }

    /// What a finger did, and which choice was under it.
    pub(crate) fn finger(&mut self, touch: FingerTouch, over: Option<String>, now: Duration) -> ListenerNews {
        self.under = over;
        let (outcomes, _) = self.reader.touch(touch, self.under.as_deref(), now);
        self.perform(outcomes)
    }

    /// Time passed.
    pub(crate) fn tick(&mut self, now: Duration) -> ListenerNews {
        let outcomes = self.reader.tick(self.under.as_deref(), now);
        self.perform(outcomes)
    }

    /// What stands on the screen now.
    pub(crate) fn see(&mut self, face: &KioskFace, walk: &KioskWalk) -> ListenerNews {
        let outcomes = self.reader.take(face, walk.comfort().listen, walk.has_headset(), walk.guest());
        self.perform(outcomes)
    }

    fn perform(&self, outcomes: Vec<ReaderOutcome>) -> ListenerNews {
        let mut news = ListenerNews::default();
        for outcome in outcomes {
            match outcome {
                ReaderOutcome::Say(utterance) => {
                    self.speaker.say(utterance);
                    news.speaks = true;
                }
                ReaderOutcome::Hush => self.speaker.hush(),
                ReaderOutcome::Press(press) => {
                    news.inputs.push(WalkInput::Press(press));
                    news.chose = true;
                }
                ReaderOutcome::Chosen(press) => {
                    news.inputs.push(WalkInput::Chosen(press));
                    news.chose = true;
                }
                ReaderOutcome::Stirred => news.inputs.push(WalkInput::Stirred),
            }
        }
        news
    }
}
