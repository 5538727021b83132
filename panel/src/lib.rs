//! What kiosk and display share: theme, letters, words, widgets, the link to the hub, and a window that rests.
//!
//! Nothing here knows a rule of an office. A program adds [`window::open`] and, for tests without a window, only its
//! own `logic` plugin.

pub mod alarm;
pub mod clock;
pub mod config;
pub mod kit;
pub mod letters;
pub mod link;
pub mod measure;
pub mod picture;
pub mod theme;
pub mod widgets;
pub mod window;
pub mod words;
