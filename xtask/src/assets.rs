//! The style sheets and the font of the pages: fetched by npm with a lock file, the few served files copied to
//! `hub/pages/assets/dist/`, from where the hub takes them into itself.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::cargo::{root, run};

/// The weights that the pages use.
const WEIGHTS: [u16; 3] = [400, 600, 700];
/// The alphabets that the pages use, as the font's files are split.
const ALPHABETS: [&str; 4] = ["greek", "greek-ext", "latin", "latin-ext"];

/// Fetches and copies, unless what lies there was made from the same lock file.
pub fn fetch() -> Result<()> {
    let folder = root()?.join("hub/pages/assets");
    let lock = fs::read(folder.join("package-lock.json")).context("hub/pages/assets/package-lock.json")?;
    let stamp = folder.join("dist/.made-from");
    // This file says which files are copied, so a change here makes them anew too.
    let made_from = [lock.as_slice(), include_bytes!("assets.rs")].concat();
    if fs::read(&stamp).is_ok_and(|earlier| earlier == made_from) {
        return Ok(());
    }
    run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    copy(&folder.join("node_modules"), &folder.join("dist"))?;
    fs::write(stamp, made_from)?;
    Ok(())
}

fn copy(modules: &Path, dist: &Path) -> Result<()> {
    let files = dist.join("files");
    fs::create_dir_all(&files)?;
    place(modules.join("@digigov/css/dist/digigov.css"), dist.join("digigov.css"))?;
    place(modules.join("@digigov/theme-govgr/dist/index.css"), dist.join("theme-govgr.css"))?;
    place(modules.join("@digigov/theme-govgr/LICENSE"), dist.join("digigov-license.txt"))?;
    let font = modules.join("@fontsource/fira-sans");
    place(font.join("LICENSE"), dist.join("fira-sans-license.txt"))?;
    let mut sheet = String::new();
    for weight in WEIGHTS {
        let whole = fs::read_to_string(font.join(format!("{weight}.css")))?;
        for face in faces(&whole, weight) {
            place(font.join("files").join(&face.file), files.join(&face.file))?;
            sheet.push_str(&face.rule);
        }
    }
    fs::write(dist.join("fira-sans.css"), sheet)?;
    Ok(())
}

fn place(from: PathBuf, to: PathBuf) -> Result<()> {
    fs::copy(&from, &to).with_context(|| format!("{} is not in the package", from.display()))?;
    Ok(())
}

/// One alphabet of one weight: its rule in the style sheet, and its file.
struct Face {
    rule: String,
    file: String,
}

/// The faces of our alphabets in a sheet of the font, with the old `.woff` files left out.
fn faces(sheet: &str, weight: u16) -> Vec<Face> {
    let mut faces = Vec::new();
    for alphabet in ALPHABETS {
        let mark = format!("/* fira-sans-{alphabet}-{weight}-normal */");
        let Some((_, after)) = sheet.split_once(&mark) else { continue };
        let body = after.split_once('}').map_or(after, |(body, _)| body);
        let file = format!("fira-sans-{alphabet}-{weight}-normal.woff2");
        let lines: Vec<String> = body.lines().map(|line| without_old_source(line, &file)).collect();
        faces.push(Face { rule: format!("{mark}{}}}\n", lines.join("\n")), file });
    }
    faces
}

fn without_old_source(line: &str, file: &str) -> String {
    if line.trim_start().starts_with("src:") {
        format!("  src: url(files/{file}) format('woff2');")
    } else {
        line.to_owned()
    }
}

/// What only tests run by node: its folder, with a lock file of its own. Its libraries are of versions that the Node.js of Debian 12
/// runs; newer ones ask for a newer one.
const TEST_MODULES: &str = "tests/node";

/// Fetches what tests run by node, unless it was fetched by the same lock file.
pub fn fetch_for_tests() -> Result<()> {
    let folder = root()?.join(TEST_MODULES);
    let lock = fs::read(folder.join("package-lock.json")).context("tests/node/package-lock.json")?;
    let stamp = folder.join("node_modules/.made-from");
    if fs::read(&stamp).is_ok_and(|earlier| earlier == lock) {
        return Ok(());
    }
    run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// Fails if a lock file names an address: packages come from whatever registry the machine is set to.
pub fn check_lock() -> Result<()> {
    for folder in ["hub/pages/assets", TEST_MODULES] {
        let lock = fs::read_to_string(root()?.join(folder).join("package-lock.json"))?;
        ensure!(
            !lock.contains("\"resolved\": \"http"),
            "{folder}/package-lock.json names the registry it was made with"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_keeps_its_alphabet_and_loses_the_old_format() {
        let sheet = "/* fira-sans-greek-400-normal */\n@font-face {\n  src: url(./files/a.woff2) format('woff2'), \
                     url(./files/a.woff) format('woff');\n  unicode-range: U+0370-03FF;\n}\n\
                     /* fira-sans-cyrillic-400-normal */\n@font-face {\n  src: url(./files/b.woff2);\n}\n";
        let faces = faces(sheet, 400);
        assert_eq!(faces.len(), 1);
        assert_eq!(faces[0].file, "fira-sans-greek-400-normal.woff2");
        assert!(faces[0].rule.contains("url(files/fira-sans-greek-400-normal.woff2)"));
        assert!(faces[0].rule.contains("U+0370-03FF"));
        assert!(!faces[0].rule.contains("a.woff"));
    }
}
