//! The folder of the pictures: each is kept under its name, as it was taken. `cargo xtask screens` makes them small.

use std::path::{Path, PathBuf};

use anyhow::Result;
use tests::picture::Picture;

/// Where the pictures go.
#[derive(Debug, Clone)]
pub struct PictureFolder {
    folder: PathBuf,
}

impl PictureFolder {
    /// An empty folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Keeps a picture.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, name: &str, picture: &Picture) -> Result<()> {
        eprintln!("{name}");
        picture.save(&self.folder.join(format!("{name}.png")))
    }
}
