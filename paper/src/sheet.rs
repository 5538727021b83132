//! A length of paper and its dots.

use std::io;
use std::path::Path;

/// White at head and foot of a ticket, in dots: the way from the print head to the cutter.
const EDGE_ROWS: usize = 48;

/// Printed paper, up to the last cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    rows: Vec<Vec<bool>>,
}

impl Sheet {
    /// Rows so far.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether any dot is black.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.rows.iter().all(|row| row.iter().all(|dot| !dot))
    }

    /// Its rows, black dots as true; each is as long as what was printed in it.
    #[must_use]
    pub fn dots(&self) -> &[Vec<bool>] {
        &self.rows
    }

    /// Feeds white paper.
    pub fn feed(&mut self, rows: usize) {
        self.rows.extend(std::iter::repeat_n(Vec::new(), rows));
    }

    /// Adds rows of dots.
    pub fn print(&mut self, rows: Vec<Vec<bool>>) {
        self.rows.extend(rows);
    }

    /// Keeps only so many rows: the rest met no paper.
    pub fn tear_at(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Writes it as a picture of the whole paper's width.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path, printable: usize, paper: usize) -> io::Result<()> {
        const PAPER: u8 = 0xFC;
        const INK: u8 = 0x16;
        let left = (paper - printable) / 2;
        let height = self.rows.len() + 2 * EDGE_ROWS;
        let mut dots = vec![PAPER; paper * height];
        for (y, row) in self.rows.iter().enumerate() {
            for x in row.iter().take(printable).enumerate().filter_map(|(x, dot)| dot.then_some(x)) {
                dots[(y + EDGE_ROWS) * paper + left + x] = INK;
            }
        }
        let size = |number: usize| u32::try_from(number).map_err(io::Error::other);
        // Under another name first, so that who watches the folder never reads half a picture.
        let half = path.with_extension("png.part");
        image::save_buffer_with_format(
            &half,
            &dots,
            size(paper)?,
            size(height)?,
            image::ExtendedColorType::L8,
            image::ImageFormat::Png,
        )
        .map_err(io::Error::other)?;
        std::fs::rename(half, path)
    }
}
