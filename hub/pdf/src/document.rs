//! What a document says, before it is set.

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperDocument {
    /// What a reader's window is called.
    pub title: String,
    /// The language that it is read aloud in: `el`, `en`.
    pub language: String,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What it is, once.
    Title(String),
    /// What the next part is about.
    Heading(String),
    /// Running text; a blank line begins another paragraph.
    Text(String),
    /// A table: what each column is, and its rows.
    Table {
        /// One name a column.
        head: Vec<String>,
        /// As many cells each.
        rows: Vec<Vec<String>>,
    },
}
