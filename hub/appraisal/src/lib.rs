//! How an office does: what its staff see counted, what everybody may read, and what visitors say of their visit.

pub mod feedback;
pub mod office_figures;
pub mod open_figures;
