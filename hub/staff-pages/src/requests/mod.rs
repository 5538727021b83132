//! Requests of citizens, for those who work on them (PET-02): the list, and one of them.

pub mod list;
pub mod one;
