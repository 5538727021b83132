//! The figures of an office (FLD-10), for who may see them: as a page with plots that prints on A4, as CSV and as XLSX.

mod feedback;
mod files;
mod page;

pub use feedback::{back, erase};
pub use files::{csv, xlsx};
pub use page::get;
