//! Requests and complaints (PET-02, PET-04): what can be asked for, the form, and everything that happens to it afterwards.

pub mod categories;
mod chosen;
pub mod files;
pub mod new;
pub mod one;
pub mod result;
