//! The office's side of bookings in a real browser: a day's list, documents, corrections, booking for a caller, closures;
//! telephone appointments and what is shown at the desk. Each page is judged by axe-core, wide and narrow, in both languages.

mod accounts;
mod announced;
mod bookings;
mod call;
mod closures;
mod details;
mod documents;
mod figures;
mod hostile;
mod hours;
mod house;
mod late;
mod links;
mod listening;
mod locked;
mod looks;
mod passkeys;
mod place;
mod reach;
mod reception;
mod remote;
mod sms;
mod standing;
