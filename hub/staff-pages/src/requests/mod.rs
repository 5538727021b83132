//! Requests of citizens, for those who work on them (PET-02): the list, and one of them.

pub mod files;
pub mod levels;
pub mod list;
pub mod one;
pub mod posting;
