//! The central server of an office: journal, people, mail, pages, the feed, and the API of kiosks and displays.

pub mod text;
