//! A printed page: a PDF, its sheets, and what a person and a scanner see on the paper.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use crate::picture::Picture;

/// Points of a sheet of A4, to the nearest.
const A4_POINTS: (f64, f64) = (595.0, 842.0);

/// A printed page on disk.
pub struct PrintedPage {
    folder: tempfile::TempDir,
    /// How many sheets it takes.
    pub sheets: u32,
}

impl PrintedPage {
    /// Looks at a PDF; every sheet of it must be A4.
    ///
    /// # Errors
    /// When it is no PDF, or is meant for other paper.
    pub fn of(pdf: &[u8]) -> Result<Self> {
        let folder = tempfile::TempDir::with_prefix("seira-printed-")?;
        let file = folder.path().join("page.pdf");
        std::fs::write(&file, pdf)?;
        let said = said(Command::new("pdfinfo").arg(&file))?;
        let line = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let sheets = line("Pages:").and_then(|pages| pages.parse().ok()).context("pdfinfo counts the sheets")?;
        let size = line("Page size:").context("pdfinfo gives the size")?;
        let mut numbers = size.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
        let (width, height) = numbers.next().zip(numbers.next()).context("width and height")?;
        ensure!((width - A4_POINTS.0).abs() < 2.0 && (height - A4_POINTS.1).abs() < 2.0, "not A4: {size}");
        Ok(Self { folder, sheets })
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("page.pdf")
    }

    /// What can be read on it.
    ///
    /// # Errors
    /// When `pdftotext` fails.
    pub fn text(&self) -> Result<String> {
        said(Command::new("pdftotext").arg("-layout").arg(self.file()).arg("-"))
    }

    /// The first sheet as it lies on the table.
    ///
    /// # Errors
    /// When `pdftoppm` fails.
    pub fn picture(&self) -> Result<Picture> {
        let stem = self.folder.path().join("sheet");
        said(Command::new("pdftoppm").args(["-r", "150", "-png", "-singlefile"]).arg(self.file()).arg(&stem))?;
        Picture::from_png(std::fs::read(Path::new(&stem).with_extension("png"))?)
    }
}

fn said(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
