//! The waiting room's board without its window: which call stands large, what is shown, and what is kept on disk.
//!
//! Time is an argument. A program takes the link's news into [`BoardState`], does what its [`Cue`]s say, and draws
//! [`BoardPicture`].

mod announce;
mod echo;
mod faults;
mod hours;
mod keeper;
mod languages;
mod picture;
mod room;
pub mod scene;
mod state;

pub use announce::{Announcer, Cue, FLASH, LargeCall, PULSES};
pub use echo::echo;
pub use faults::BoardFaults;
pub use hours::{BoardHours, QuietHours};
pub use keeper::SeenKeeper;
pub use languages::BoardLanguages;
pub use picture::{BoardPicture, CallRow, LargeArea, SoonRow};
pub use room::BoardRoom;
pub use scene::ScenePose;
pub use state::BoardState;
