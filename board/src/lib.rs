//! The waiting room's board without its window: which call stands large, what is shown, and what is kept on disk.
//!
//! Time is an argument. A program takes the link's news into [`BoardState`], does what its [`Cue`]s say, and draws
//! [`BoardPicture`].

mod announce;
mod keeper;
mod picture;
mod room;
mod state;

pub use announce::{Announcer, Cue, FLASH, LargeCall};
pub use keeper::SeenKeeper;
pub use picture::{BoardPicture, CallRow, LargeArea, NextRow};
pub use room::BoardRoom;
pub use state::BoardState;
