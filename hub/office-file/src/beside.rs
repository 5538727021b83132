//! Files that stand beside an office's file: its emblem.

use std::{
    fs::File,
    io::{self, Read},
    path::{Component, Path},
};

use emblem::{DrawingTable, Emblem, FILE_BYTES_MAX};
use toml::Spanned;

use crate::fault::Wrong;

/// Whether a name may be that of an emblem: of a file in the office's own folder, of a kind that is read.
///
/// # Errors
/// What would be right.
pub fn check_name(name: &Spanned<String>) -> Result<(), Wrong> {
    let path = Path::new(name.get_ref());
    let is_within = path.components().all(|part| matches!(part, Component::Normal(_)));
    if name.get_ref().is_empty() || !is_within {
        let what = "is no file beside the office's file; put it into the same folder, and write its name alone";
        return Err(wrong(name, what));
    }
    let kind = path.extension().and_then(|kind| kind.to_str()).map(str::to_ascii_lowercase);
    match kind.as_deref() {
        Some("svg" | "png") => Ok(()),
        Some(_) | None => Err(wrong(name, "should be the name of an SVG or PNG and end with .svg or .png")),
    }
}

/// The emblem with this name in an office's folder.
///
/// # Errors
/// Why it is not taken, and what would be right.
pub fn emblem(folder: &Path, name: &Spanned<String>, table: &DrawingTable) -> Result<Emblem, Wrong> {
    check_name(name)?;
    let bytes = read(folder, name.get_ref()).map_err(|error| wrong(name, &format!("cannot be read: {error}")))?;
    table.of_file(&bytes).map_err(|unfit| wrong(name, &format!("cannot be the emblem: {unfit}")))
}

/// At most a byte more than an emblem has; a link that leads out of the folder is not followed.
fn read(folder: &Path, name: &str) -> io::Result<Vec<u8>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = folder.join(name).canonicalize()?;
    if !path.starts_with(folder.canonicalize()?) {
        return Err(io::Error::other("it leads out of the office's folder"));
    }
    // A pipe would never end, and a device need not.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn wrong(name: &Spanned<String>, what: &str) -> Wrong {
    Wrong { key: "emblem", span: name.span(), what: format!("`{}` {what}", name.get_ref().escape_debug()) }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use crate::{OfficeSetup, read_all};

    const SAMPLE: &str = include_str!("../../samples/kep.toml");
    const EMBLEM: &str = include_str!("../../samples/emblem.svg");

    /// An office whose file names an emblem, in a folder with what `make` puts there.
    fn set_up(named: &str, make: impl FnOnce(&std::path::Path)) -> Result<OfficeSetup, String> {
        let around = tempfile::tempdir().unwrap();
        fs::write(around.path().join("secret.svg"), EMBLEM).unwrap();
        let folder = around.path().join("office");
        fs::create_dir(&folder).unwrap();
        make(&folder);
        let file = folder.join("kep.toml");
        fs::write(&file, SAMPLE.replace("emblem = \"emblem.svg\"", &format!("emblem = {named:?}"))).unwrap();
        read_all(&[file]).map(|mut all| all.remove(0)).map_err(|error| error.to_string())
    }

    #[test]
    fn new_14_an_emblem_stands_beside_its_offices_file() {
        let found = set_up("emblem.svg", |folder| fs::write(folder.join("emblem.svg"), EMBLEM).unwrap()).unwrap();
        assert_eq!(found.emblem.unwrap().dots.rows(), 96);
        let deeper = set_up("pictures/our emblem.SVG", |folder| {
            fs::create_dir(folder.join("pictures")).unwrap();
            fs::write(folder.join("pictures/our emblem.SVG"), EMBLEM).unwrap();
        });
        assert!(deeper.unwrap().emblem.is_some());
        let linked = set_up("emblem.svg", |folder| {
            fs::write(folder.join("of-2026.svg"), EMBLEM).unwrap();
            symlink("of-2026.svg", folder.join("emblem.svg")).unwrap();
        });
        assert!(linked.unwrap().emblem.is_some(), "a link within the folder is one");
    }

    #[test]
    fn new_14_nothing_outside_of_the_folder_is_an_emblem() {
        let check = |named: &str, make: &dyn Fn(&std::path::Path), told: &str| {
            let said = set_up(named, make).unwrap_err();
            assert!(said.contains(told) && said.contains(": line ") && said.contains("emblem: "), "{named:?}: {said}");
        };
        for named in ["../secret.svg", "/etc/secret.svg", "a/../../secret.svg", "", "./emblem.svg", ".."] {
            check(named, &|_| (), "beside the office's file");
        }
        for named in ["emblem", "emblem.svgz", "emblem.jpg", "emblem.svg.html"] {
            check(named, &|_| (), ".svg or .png");
        }
        check("emblem.svg", &|_| (), "cannot be read");
        check("emblem.svg", &|folder| symlink("../secret.svg", folder.join("emblem.svg")).unwrap(), "leads out");
        check("emblem.svg", &|folder| symlink("/dev/zero", folder.join("emblem.svg")).unwrap(), "leads out");
        check("emblem.svg", &|folder| fs::create_dir(folder.join("emblem.svg")).unwrap(), "no file");
        let text = EMBLEM.replace("</svg>", "<text>ΚΕΠ</text></svg>");
        check("emblem.svg", &|folder| fs::write(folder.join("emblem.svg"), &text).unwrap(), "turn text into paths");
        check("emblem.png", &|folder| fs::write(folder.join("emblem.png"), "GIF89a").unwrap(), "neither SVG nor PNG");
        check("emblem.png", &|folder| fs::write(folder.join("emblem.png"), vec![0; 2_000_000]).unwrap(), "longer than");
    }
}
