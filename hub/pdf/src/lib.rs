//! Documents as tagged PDF: headings, paragraphs and tables in the order in which they are read, each with its tag, in letters
//! that lie within the file, so that Greek is read aloud, searched and copied as it was written.

mod document;
mod letters;
mod setting;
mod writing;

pub use document::{PaperBlock, PaperDocument};
pub use letters::NoLetters;
pub use writing::write;
