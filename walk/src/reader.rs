//! Reading the screen aloud, and moving through it without seeing it: by six keys, or by a finger (NEW-05). Pure: faces,
//! keys and fingers go in; what is said and what is chosen comes out.

mod finger;

use std::time::Duration;

use voice::{Loudness, Mouth, Tempo, Utterance};
use wire::Language;

use self::finger::{FingerMeaning, FingerTrack};
pub use self::finger::{FingerRules, FingerTouch};
use crate::{
    face::{Choice, KioskFace, SpokenText},
    press::Press,
    station::KioskScreen,
};

/// The six keys of a keypad, which mean the same on every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeypadKey {
    /// The choice before.
    Up,
    /// The choice after.
    Down,
    /// Takes the choice that was read last.
    Choose,
    /// One step back, or to the first screen.
    Back,
    /// Say it again; where nothing is read yet, begin to read.
    Repeat,
    /// The next step of loudness.
    Volume,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq)]
pub enum ReaderOutcome {
    /// Say this, and nothing else any more.
    Say(Utterance),
    /// Say nothing any more.
    Hush,
    /// This was pressed, whatever stands on the screen: the way back, or the reading begun.
    Press(Press),
    /// This was heard on the screen that stands there, and chosen.
    Chosen(Press),
    /// Somebody is there.
    Stirred,
}

/// Who reads.
#[derive(Debug, Clone, Default)]
pub struct ScreenReader {
    listening: bool,
    headset: bool,
    guest: u64,
    loudness: Loudness,
    tempo: Tempo,
    place: Option<usize>,
    face: Option<KioskFace>,
    last: String,
    finger: FingerTrack,
}

impl ScreenReader {
    /// Whether the screen is read aloud now.
    #[must_use]
    pub const fn is_listening(&self) -> bool {
        self.listening
    }

    /// The name of the choice on which somebody stands, so that whoever sees a little sees it too.
    #[must_use]
    pub fn focus(&self) -> Option<&str> {
        let face = self.face.as_ref().filter(|_| self.listening)?;
        face.offered().get(self.place?).map(|choice| choice.name.as_str())
    }

    /// Takes what now stands on the screen: what is new is said. `listen` is whether somebody wants to hear it, `headset`
    /// whether one person alone does, `guest` which guest stands there.
    pub fn take(&mut self, face: &KioskFace, listen: bool, headset: bool, guest: u64) -> Vec<ReaderOutcome> {
        if self.guest != guest {
            // The next one finds everything as usual.
            (self.guest, self.loudness, self.tempo, self.place) = (guest, Loudness::default(), Tempo::default(), None);
        }
        let (before, began) = (self.face.replace(face.clone()), listen && !self.listening);
        let ended = !listen && self.listening;
        (self.listening, self.headset) = (listen, headset);
        if ended {
            self.place = None;
            let words = phrases::say(face.language, "kiosk-speech-off");
            return vec![self.utter(face.language, words)];
        }
        if !listen {
            return Vec::new();
        }
        if began {
            self.place = None;
            let language = face.language;
            let mut words = vec![phrases::say(language, "kiosk-speech-on")];
            if !headset {
                words.push(phrases::say(language, "kiosk-speech-open"));
            }
            words.push(self.announced(face));
            return vec![self.utter(language, words.join(" "))];
        }
        let Some(before) = before else { return Vec::new() };
        self.told_anew(&before, face)
    }

    /// What changed since: a new screen whole, on the same one what is typed or turned.
    fn told_anew(&mut self, before: &KioskFace, face: &KioskFace) -> Vec<ReaderOutcome> {
        let same_screen = before.screen == face.screen && before.language == face.language;
        let asked = (before.asks.is_some(), face.asks.is_some());
        if same_screen && asked.0 == asked.1 {
            let stood = self.place.and_then(|place| before.offered().get(place).map(|choice| choice.name.clone()));
            self.place = self.kept_place(before, face);
            if before.typed != face.typed {
                let words = self.typed(face);
                return vec![self.utter(face.language, words)];
            }
            // A toggle that was pressed says how it stands now; a count says its sum.
            if let Some(turned) = stood.and_then(|name| turned(&name, before, face)) {
                return vec![self.utter(face.language, turned)];
            }
            let (old, new) = (self.announced(before), self.announced(face));
            if old == new || is_only_estimated_anew(before, face) {
                return Vec::new();
            }
        }
        self.place = None;
        let words = self.announced(face);
        vec![self.utter(face.language, words)]
    }

    /// Where the choice on which somebody stood is now; what comes or goes before it moves them to no other.
    fn kept_place(&self, before: &KioskFace, face: &KioskFace) -> Option<usize> {
        let (place, offered) = (self.place?, before.offered());
        match offered.get(place) {
            Some(choice) => face.offered().iter().position(|other| other.name == choice.name),
            None => Some(face.offered().len() + place - offered.len()),
        }
    }

    /// Says where somebody stands: what they chose came to nothing, and silence would not tell them so.
    pub fn remind(&mut self) -> Vec<ReaderOutcome> {
        let Some(face) = self.face.clone().filter(|_| self.listening) else { return Vec::new() };
        let words = match self.place {
            Some(place) => self.described(&face, place),
            None => self.announced(&face),
        };
        vec![self.utter(face.language, words)]
    }

    /// A key was pressed. Any key stops what is being said.
    pub fn key(&mut self, key: KeypadKey) -> Vec<ReaderOutcome> {
        let Some(face) = self.face.clone() else { return Vec::new() };
        if !self.listening {
            // The marked key begins it; nobody who cannot see presses anything else by mistake.
            return vec![ReaderOutcome::Press(Press::Ease(crate::comfort::Ease::Listen))];
        }
        let mut outcomes = vec![ReaderOutcome::Stirred];
        match key {
            KeypadKey::Up => outcomes.extend(self.step(&face, false)),
            KeypadKey::Down => outcomes.extend(self.step(&face, true)),
            KeypadKey::Choose => outcomes.extend(self.choose(&face)),
            KeypadKey::Back => outcomes.extend(back(&face)),
            KeypadKey::Repeat => outcomes.push(self.repeat(&face)),
            KeypadKey::Volume => {
                self.loudness = self.loudness.next();
                let steps = [("step", self.loudness.step().into()), ("steps", Loudness::ALL.len().into())];
                let words = phrases::say_with(face.language, "kiosk-speech-volume", &steps);
                outcomes.push(self.utter(face.language, voice::read_aloud(face.language, &words)));
            }
        }
        outcomes
    }

    /// A finger touched, moved or left. `over` names the choice under it. Without reading it only begins the reading, when
    /// it rests long enough; true in the second part says that its release means nothing else.
    pub fn touch(&mut self, touch: FingerTouch, over: Option<&str>, now: Duration) -> (Vec<ReaderOutcome>, bool) {
        let meaning = self.finger.take(touch, now, self.listening);
        let Some(face) = self.face.clone() else { return (Vec::new(), false) };
        self.mean(&face, meaning, over)
    }

    /// Time passed while a finger rests.
    pub fn tick(&mut self, over: Option<&str>, now: Duration) -> Vec<ReaderOutcome> {
        let meaning = self.finger.tick(now, self.listening);
        let Some(face) = self.face.clone() else { return Vec::new() };
        self.mean(&face, meaning, over).0
    }

    /// When a resting finger means something next.
    #[must_use]
    pub fn next_due(&self) -> Option<Duration> {
        self.finger.next_due(self.listening)
    }

    /// Whether the touch that ends now belongs to the reading, and presses nothing by itself.
    #[must_use]
    pub const fn keeps_touches(&self) -> bool {
        self.listening || self.finger.has_begun_reading()
    }

    fn mean(
        &mut self,
        face: &KioskFace,
        meaning: Option<FingerMeaning>,
        over: Option<&str>,
    ) -> (Vec<ReaderOutcome>, bool) {
        let outcomes = match meaning {
            None => return (Vec::new(), false),
            Some(FingerMeaning::BeginReading) => {
                return (vec![ReaderOutcome::Press(Press::Ease(crate::comfort::Ease::Listen))], true);
            }
            Some(FingerMeaning::Down) => vec![ReaderOutcome::Stirred, ReaderOutcome::Hush],
            Some(FingerMeaning::Explore) => self.explore(face, over),
            Some(FingerMeaning::DoubleTap) => self.choose(face),
            Some(FingerMeaning::StrokeRight) => self.step(face, true),
            Some(FingerMeaning::StrokeLeft) => back(face),
            Some(FingerMeaning::StrokeUp) => vec![self.repeat(face)],
            Some(FingerMeaning::StrokeDown) => self.step(face, true),
        };
        (outcomes, self.listening)
    }

    /// What is under the finger is said once; over nothing, nothing.
    fn explore(&mut self, face: &KioskFace, over: Option<&str>) -> Vec<ReaderOutcome> {
        let offered = face.offered();
        let found = over.and_then(|name| offered.iter().position(|choice| choice.name == name));
        if let Some(place) = found {
            if self.place == Some(place) {
                return Vec::new();
            }
            self.place = Some(place);
            return vec![self.utter(face.language, self.described(face, place))];
        }
        // Something that cannot be chosen yet says so.
        let all = face.choices.iter().chain(&face.ways).chain(&face.bar);
        let resting = over.and_then(|name| all.into_iter().find(|choice| choice.name == name));
        match resting {
            Some(choice) => {
                let label = [("label", choice.label.spoken.clone().into())];
                vec![self.utter(face.language, phrases::say_with(face.language, "kiosk-speech-not-now", &label))]
            }
            None => Vec::new(),
        }
    }

    fn step(&mut self, face: &KioskFace, ahead: bool) -> Vec<ReaderOutcome> {
        let count = self.stops(face);
        if count == 0 {
            return Vec::new();
        }
        self.place = Some(match (self.place, ahead) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(place), true) => (place + 1) % count,
            (Some(place), false) => (place + count - 1) % count,
        });
        let place = self.place.unwrap_or_default();
        vec![self.utter(face.language, self.described(face, place))]
    }

    /// The choices of the screen, and behind them slower and faster.
    fn stops(&self, face: &KioskFace) -> usize {
        face.offered().len() + if face.asks.is_some() { 0 } else { TEMPO_STOPS.len() }
    }

    /// A choice as it is said: its words, what is said below it, and which of how many it is.
    fn described(&self, face: &KioskFace, place: usize) -> String {
        let (offered, language) = (face.offered(), face.language);
        let places = [("place", (place + 1).into()), ("count", self.stops(face).into())];
        let of = voice::read_aloud(language, &phrases::say_with(language, "kiosk-speech-place", &places));
        match offered.get(place) {
            Some(choice) => {
                let below = choice.below.as_ref().map(|below| format!(". {}", below.spoken)).unwrap_or_default();
                format!("{}{below}. {of}.", choice.label.spoken)
            }
            None => {
                let id = TEMPO_STOPS.get(place - offered.len()).copied().unwrap_or(TEMPO_STOPS[0]);
                format!("{}. {of}.", phrases::say(language, id))
            }
        }
    }

    fn choose(&mut self, face: &KioskFace) -> Vec<ReaderOutcome> {
        let offered: Vec<Choice> = face.offered().into_iter().cloned().collect();
        let Some(place) = self.place else { return vec![self.repeat(face)] };
        match offered.get(place) {
            Some(choice) => vec![ReaderOutcome::Hush, ReaderOutcome::Chosen(choice.press.clone())],
            None => {
                let slower = place == offered.len();
                self.tempo = if slower { self.tempo.slower() } else { self.tempo.faster() };
                let id = if slower { TEMPO_STOPS[0] } else { TEMPO_STOPS[1] };
                vec![self.utter(face.language, phrases::say(face.language, id))]
            }
        }
    }

    /// Where somebody stands on a choice, that choice once more, and then the screen.
    fn repeat(&mut self, face: &KioskFace) -> ReaderOutcome {
        let words = self.announced(face);
        self.utter(face.language, words)
    }

    /// The whole screen: what is read, in its order, and how many choices there are.
    fn announced(&self, face: &KioskFace) -> String {
        let language = face.language;
        let mut sentences: Vec<String> = face.read().into_iter().map(|text| self.aloud(text, language)).collect();
        if let Some((shown, pages)) = face.pages.filter(|_| face.asks.is_none()) {
            let places = [("page", (shown + 1).into()), ("pages", pages.into())];
            sentences.push(voice::read_aloud(language, &phrases::say_with(language, "kiosk-page", &places)));
        }
        let count = face.choices.iter().filter(|choice| choice.enabled).count();
        if face.asks.is_none() && count > 0 && face.screen != KioskScreen::Code {
            let words = phrases::say_with(language, "kiosk-speech-choices", &[("count", count.into())]);
            sentences.push(voice::read_aloud(language, &words));
        }
        sentences.into_iter().map(ended).collect::<Vec<_>>().join(" ")
    }

    /// What is somebody's own affair goes to one ear alone (K6).
    fn aloud(&self, text: &SpokenText, language: Language) -> String {
        if text.personal && !self.headset { phrases::say(language, "kiosk-speech-secret") } else { text.spoken.clone() }
    }

    fn typed(&self, face: &KioskFace) -> String {
        let Some(typed) = &face.typed else { return String::new() };
        let count = typed.letters.shown.chars().count();
        let counted = phrases::say_with(face.language, "kiosk-speech-typed", &[("count", count.into())]);
        let counted = voice::read_aloud(face.language, &counted);
        let last = typed.letters.shown.chars().last().filter(|_| self.headset);
        match last {
            Some(last) => format!("{}. {counted}.", voice::in_letters(face.language, &last.to_string())),
            None => format!("{counted}."),
        }
    }

    fn utter(&mut self, language: Language, words: String) -> ReaderOutcome {
        self.last.clone_from(&words);
        let mouth = if self.headset { Mouth::Headset } else { Mouth::Loudspeaker };
        ReaderOutcome::Say(Utterance { words, language, mouth, loudness: self.loudness, tempo: self.tempo })
    }
}

/// The choice on which somebody stands, where it turned from on to off or says another count.
fn turned(name: &str, before: &KioskFace, face: &KioskFace) -> Option<String> {
    let old = before.find(name)?;
    // The least of a count cannot be chosen any more, and is said all the same.
    let new = face.choices.iter().chain(&face.ways).chain(&face.bar).find(|choice| choice.name == name)?;
    if old.on != new.on {
        return Some(new.label.spoken.clone());
    }
    // Only what was pressed is said: a wait that is estimated anew interrupts nobody.
    let counts = matches!(new.press, Press::Count(..)) && old.below != new.below;
    counts.then(|| new.below.as_ref().map(|below| below.spoken.clone()).unwrap_or_default())
}

/// Whether nothing is new but what belongs to a service, as its wait is. On a busy day that moves with each call: whoever
/// listens would be thrown back each time, and never hear the end.
fn is_only_estimated_anew(before: &KioskFace, face: &KioskFace) -> bool {
    face.screen == KioskScreen::Service
        && KioskFace { facts: before.facts.clone(), time: before.time.clone(), ..face.clone() } == *before
}

/// What stands behind the choices of every screen.
const TEMPO_STOPS: [&str; 2] = ["kiosk-speech-slower", "kiosk-speech-faster"];

/// The way back: a step, or to the first screen; where somebody is asked whether they are there, that they are.
fn back(face: &KioskFace) -> Vec<ReaderOutcome> {
    let press = match &face.asks {
        Some(asks) => Some(asks.choice.press.clone()),
        None => ["back", "home"].iter().find_map(|name| face.find(name)).map(|choice| choice.press.clone()),
    };
    let pressed = press.map(ReaderOutcome::Press);
    std::iter::once(ReaderOutcome::Hush).chain(pressed).collect()
}

/// Whatever is said ends like a sentence.
fn ended(words: String) -> String {
    let ends = words.ends_with(['.', ';', '?', '!', ':', ',']);
    if ends || words.is_empty() { words } else { format!("{words}.") }
}
