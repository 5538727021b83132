//! The citizens' pages in a real browser: the whole flow, on a phone and on a desk, in both languages, by keyboard alone
//! and without scripts, judged by axe-core on every page.

mod by_keyboard;
mod journey;
mod kept;
mod pages;
mod walk;
