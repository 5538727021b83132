//! The citizens' pages in a real browser: the whole flow, on a phone and on a desk, in both languages, by keyboard alone
//! and without scripts, judged by axe-core on every page.

mod accounts;
mod agents;
mod bounds;
mod by_keyboard;
mod certificate;
mod conferences;
mod emblem;
mod fields;
mod front;
mod hostile;
mod journey;
mod kept;
mod languages;
mod levels;
mod looked_after;
mod members;
mod mobile;
mod moves;
mod notice;
mod offices;
mod older;
mod pages;
mod printed;
mod privacy;
mod remote;
mod requests;
mod served;
mod telephone;
mod texts;
mod through;
mod walk;
