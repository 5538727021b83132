//! What the windows of kiosk and display share: theme, letters, widgets, pictures, and a window that rests.
//!
//! Nothing here knows a rule of an office. A program adds [`window::open`] and, for tests without a window, only its
//! own `logic` plugin.

pub mod alarm;
pub mod clock;
pub mod config;
pub mod fonts;
pub mod kit;
pub mod measure;
pub mod notes;
pub mod pictogram;
pub mod picture;
pub mod sign_of_life;
pub mod theme;
pub mod widgets;
pub mod window;
