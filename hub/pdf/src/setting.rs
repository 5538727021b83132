//! Setting a document: its words in lines, its lines on pages, each line with the element that it belongs to.

use crate::{
    document::{PaperBlock, PaperDocument},
    letters::{EmbeddedFont, FontWeight, NoLetters},
};

/// A4, in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);
/// Left and right of it stays free.
const MARGIN: f32 = 62.0;
/// Above and below.
const MARGIN_TOP: f32 = 62.0;
/// The foot with the page's number stands within.
pub const FOOT: f32 = 36.0;
/// Between two columns of a table.
const GUTTER: f32 = 10.0;

/// What an element of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    /// The document's title.
    Title,
    /// What the next paragraphs or the next table are about.
    Heading,
    /// Running text, without a blank line in it.
    Paragraph,
    /// A table, of rows.
    Table,
    /// A row of a table, of cells.
    Row,
    /// What a column is.
    HeadCell,
    /// What a row says in one column.
    Cell,
}

/// An element, and within which other it stands.
#[derive(Debug, Clone, Copy)]
pub struct Element {
    /// By which it gets its tag.
    pub kind: ElementKind,
    /// By its place in the list; in the document itself, if unset.
    pub within: Option<usize>,
}

/// A line of one element on a page.
#[derive(Debug, Clone)]
pub struct SetLine {
    /// By its place in the list of elements.
    pub element: usize,
    /// Its letters.
    pub weight: FontWeight,
    /// In points.
    pub size: f32,
    /// Where it begins, from the left and from the foot of the page.
    pub at: (f32, f32),
    /// What it says.
    pub text: String,
}

/// A document with its lines on pages.
pub struct SetDocument {
    /// In the order in which they are read.
    pub elements: Vec<Element>,
    /// The lines of each page, in the same order.
    pub pages: Vec<Vec<SetLine>>,
    /// The letters of each weight.
    pub letters: [EmbeddedFont; 2],
}

struct Setter {
    set: SetDocument,
    y: f32,
}

/// Sets a document.
pub fn set(document: &PaperDocument) -> Result<SetDocument, NoLetters> {
    let letters = [EmbeddedFont::of(FontWeight::Regular)?, EmbeddedFont::of(FontWeight::Bold)?];
    let set = SetDocument { elements: Vec::new(), pages: vec![Vec::new()], letters };
    let mut setter = Setter { set, y: PAGE.1 - MARGIN_TOP };
    for block in &document.blocks {
        match block {
            PaperBlock::Title(text) => {
                setter.paragraph(ElementKind::Title, text, (FontWeight::Bold, 18.0), (0.0, 10.0))
            }
            PaperBlock::Heading(text) => {
                setter.paragraph(ElementKind::Heading, text, (FontWeight::Bold, 13.0), (12.0, 4.0))
            }
            PaperBlock::Text(text) => {
                for paragraph in text.split("\n\n").map(str::trim).filter(|one| !one.is_empty()) {
                    setter.paragraph(ElementKind::Paragraph, paragraph, (FontWeight::Regular, 11.0), (0.0, 6.0));
                }
            }
            PaperBlock::Table { head, rows } => setter.table(head, rows),
        }
    }
    Ok(setter.set)
}

impl Setter {
    fn element(&mut self, kind: ElementKind, within: Option<usize>) -> usize {
        self.set.elements.push(Element { kind, within });
        self.set.elements.len() - 1
    }

    fn turn_page(&mut self) {
        self.set.pages.push(Vec::new());
        self.y = PAGE.1 - MARGIN_TOP;
    }

    /// Goes down by so much, to another page where this one has no room.
    fn down(&mut self, by: f32) {
        if self.y - by < MARGIN_TOP {
            self.turn_page();
        }
        self.y -= by;
    }

    fn put(&mut self, element: usize, (weight, size): (FontWeight, f32), x: f32, text: String) {
        let at = (x, self.y);
        if let Some(page) = self.set.pages.last_mut() {
            page.push(SetLine { element, weight, size, at, text });
        }
    }

    fn paragraph(
        &mut self,
        kind: ElementKind,
        text: &str,
        (weight, size): (FontWeight, f32),
        (above, below): (f32, f32),
    ) {
        let element = self.element(kind, None);
        self.y -= above;
        for line in self.lines(text, weight, size, PAGE.0 - 2.0 * MARGIN) {
            self.down(size * 1.4);
            self.put(element, (weight, size), MARGIN, line);
        }
        self.y -= below;
    }

    fn table(&mut self, head: &[String], rows: &[Vec<String>]) {
        let columns = head.len().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
        let width = (PAGE.0 - 2.0 * MARGIN + GUTTER) / columns as f32;
        let table = self.element(ElementKind::Table, None);
        self.row(table, head, (ElementKind::HeadCell, FontWeight::Bold), width);
        for row in rows {
            self.row(table, row, (ElementKind::Cell, FontWeight::Regular), width);
        }
        self.y -= 8.0;
    }

    /// A row stays on one page: its cells are read one after the other.
    fn row(&mut self, table: usize, cells: &[String], (kind, weight): (ElementKind, FontWeight), width: f32) {
        const SIZE: f32 = 10.0;
        let leading = SIZE * 1.35;
        let row = self.element(ElementKind::Row, Some(table));
        let lines: Vec<Vec<String>> = cells.iter().map(|cell| self.lines(cell, weight, SIZE, width - GUTTER)).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let height = leading * most as f32;
        if self.y - height < MARGIN_TOP {
            self.turn_page();
        }
        let top = self.y;
        let mut x = MARGIN;
        for cell in lines {
            let element = self.element(kind, Some(row));
            self.y = top;
            for line in cell {
                self.y -= leading;
                self.put(element, (weight, SIZE), x, line);
            }
            x += width;
        }
        self.y = top - height - 3.0;
    }

    /// A text in lines that are no wider than that; a word that is wider is parted.
    fn lines(&self, text: &str, weight: FontWeight, size: f32, width: f32) -> Vec<String> {
        let letters = &self.set.letters[usize::from(weight == FontWeight::Bold)];
        let mut lines = Vec::new();
        for hard in text.lines() {
            let mut line = String::new();
            for word in hard.split_whitespace() {
                let wider = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if letters.width(&wider, size) <= width {
                    line = wider;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                for one in word.chars() {
                    line.push(one);
                    if letters.width(&line, size) > width && line.chars().count() > 1 {
                        let last = line.pop();
                        lines.push(std::mem::take(&mut line));
                        line.extend(last);
                    }
                }
            }
            lines.push(line);
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
        lines
    }
}
