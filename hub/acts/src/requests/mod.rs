//! Requests of citizens to the body (PET-02): one file, one use case. Each is decided in the writer's turn on the request as it
//! is then, and kept with its events, its number and its words in one transaction.

pub mod add;
pub mod answer;
pub mod ask;
pub mod assign;
pub mod at_visit;
pub(crate) mod bound;
pub mod close;
pub mod decide;
pub mod download;
mod errand;
pub mod files;
pub mod forward;
pub mod hand_out;
pub(crate) mod join_applicant;
pub mod kept;
pub mod list;
mod news;
pub mod number;
pub mod post;
pub mod posting;
pub mod propose;
pub mod ready;
mod refusal;
pub mod reopen;
mod room;
mod said;
mod step;
pub mod submit;
pub mod take;
#[cfg(test)]
pub(crate) mod tests;
pub mod view;
pub mod withdraw;

pub use errand::RequestErrand;
pub use refusal::RequestRefusal;
pub use room::RequestRoom;
pub use said::{FILES_FIELD, SPOT, SPOT_FIELD, TEXT_CHARACTERS_MAX, TextFlaw, WrittenText, form_of, spot_of};
