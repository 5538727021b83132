//! A page that shows the office at a glance: the windows, the newest tickets, the newest mails. It renews itself.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

/// How many of the newest tickets and mails are shown.
const NEWEST: usize = 8;

/// The page and the folder that it tells of.
pub struct DemoAlbum {
    /// The page's file.
    pub page: PathBuf,
    /// The demo's folder.
    pub folder: PathBuf,
}

impl DemoAlbum {
    /// Writes the page anew, as a whole.
    pub fn write(&self) -> Result<()> {
        let mut page = String::from(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"3\">\
             <title>Seira at a glance</title><style>body{font-family:sans-serif;margin:1em;background:#ebf1fa}\
             .row{display:flex;gap:1em;align-items:flex-start;flex-wrap:wrap}img{border:1px solid #b6c3d6;\
             background:#fff}.windows img{height:60vh}.tickets img{width:200px}</style>\n",
        );
        self.row(&mut page, "windows", &self.newest("screens", "png", 2))?;
        self.row(&mut page, "tickets", &self.newest("printer", "png", NEWEST))?;
        writeln!(page, "<ul>")?;
        for mail in self.newest("hub/mail", "eml", NEWEST) {
            writeln!(page, "<li><a href=\"{mail}\">{mail}</a></li>")?;
        }
        writeln!(page, "</ul></html>")?;
        let half = self.page.with_extension("half");
        fs::write(&half, page)?;
        Ok(fs::rename(half, &self.page)?)
    }

    fn row(&self, page: &mut String, class: &str, files: &[String]) -> Result<()> {
        writeln!(page, "<div class=\"row {class}\">")?;
        for file in files {
            // The time of the file in the address: a browser asks again when the picture is another one.
            let changed = fs::metadata(self.folder.join(file)).and_then(|file| file.modified())?;
            let changed = changed.duration_since(std::time::UNIX_EPOCH)?.as_millis();
            writeln!(page, "<img src=\"{file}?{changed}\" alt=\"{file}\">")?;
        }
        Ok(writeln!(page, "</div>")?)
    }

    /// The newest files of a folder by name, newest first, as addresses from the page.
    fn newest(&self, folder: &str, ending: &str, most: usize) -> Vec<String> {
        let files = fs::read_dir(self.folder.join(folder)).into_iter().flatten();
        let mut names: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
        names.retain(|path| path.extension().is_some_and(|own| own == ending));
        names.sort();
        let name = |path: &PathBuf| path.file_name().map(Path::new).map(|name| format!("{folder}/{}", name.display()));
        names.iter().rev().take(most).filter_map(name).collect()
    }
}
