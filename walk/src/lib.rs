//! A citizen's walk through the kiosk: the pure machine, what it tells of a place in the line, and how it says no.
//!
//! It has no clock: time comes with each input, counted from the start of the program. What the screen shows follows
//! from [`KioskWalk::screen`] and [`KioskWalk::station`] alone.

pub mod comfort;
pub mod face;
mod help;
mod input;
mod machine;
pub mod place;
mod press;
mod question;
pub mod reader;
pub mod refusal;
mod rules;
mod station;
mod steps;
pub mod wishes;

pub use comfort::{Comfort, Ease};
pub use face::{DevicePlace, FaceSetting, KioskFace, RemoteDoor};
pub use help::{HelpStage, HelpWait};
pub use input::{WalkAction, WalkInput};
pub use machine::KioskWalk;
pub use place::PlaceInLine;
pub use press::Press;
pub use question::{Question, QuestionRow};
pub use reader::{FingerTouch, KeypadKey, ReaderOutcome, ScreenReader};
pub use rules::WalkRules;
pub use station::{KioskScreen, PrintState, Retry, Station};
pub use wishes::{PartyCount, PersonalNeed};
