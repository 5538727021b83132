//! What is packed: the sources as they are in the repository, and beside them what cargo built and wrote.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::{
    handed_out::{Build, PROGRAMS, source_date},
    inside,
};
use crate::cargo::{root, run, target_folder};

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Copies the sources, writes their archive, and puts what was built beside `debian/`.
pub fn prepare(build: Build, folder: &Path) -> Result<PathBuf> {
    let source = folder.join(format!("seira-{}", version()));
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_old = path.extension().is_some_and(|end| ["deb", "changes", "buildinfo"].iter().any(|old| end == *old));
        if is_old {
            fs::remove_file(path)?;
        }
    }
    if source.exists() {
        fs::remove_dir_all(&source)?;
    }
    copy_sources(&source)?;
    archive(folder)?;
    let stage = source.join("debian/stage");
    programs(build, &stage)?;
    manuals(build, &stage)?;
    units(build, &source)?;
    inside::write(&source, &stage.join("inside"))?;
    copyright(&source)?;
    Ok(source)
}

/// Every file that git knows, as it is in the working tree.
fn copy_sources(to: &Path) -> Result<()> {
    let root = root()?;
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(&root).output().context("git")?;
    ensure!(output.status.success(), "git does not list the sources");
    for name in String::from_utf8(output.stdout)?.split('\0').filter(|name| !name.is_empty()) {
        // Pictures of screens are for readers of the repository.
        if name.starts_with("docs/screens/") || !root.join(name).is_file() {
            continue;
        }
        let path = to.join(name);
        fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        fs::copy(root.join(name), path).with_context(|| name.to_owned())?;
    }
    Ok(())
}

/// The sources as one file that is the same each time.
fn archive(folder: &Path) -> Result<()> {
    let name = format!("seira-{}", version());
    let mtime = format!("--mtime=@{}", source_date()?);
    let mut tar = Command::new("tar");
    tar.args(["--create", "--xz", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", &mtime]);
    run(tar.arg("--file").arg(format!("{name}.tar.xz")).arg(&name).current_dir(folder).env("XZ_OPT", "-1"))
}

fn programs(build: Build, stage: &Path) -> Result<()> {
    let (built, bin) = (target_folder()?.join(build.folder()), stage.join("bin"));
    fs::create_dir_all(&bin)?;
    for program in PROGRAMS {
        let to = bin.join(program.called);
        fs::copy(built.join(program.program), &to).with_context(|| program.program.to_owned())?;
    }
    let default = stage.join("default");
    fs::create_dir_all(&default)?;
    fs::copy(root()?.join("debian/seira-hub-backup.default"), default.join("seira-hub-backup"))?;
    Ok(())
}

/// Manual pages and completions, which each program's example `manual` writes.
fn manuals(build: Build, stage: &Path) -> Result<()> {
    let examples = target_folder()?.join(build.folder()).join("examples");
    let (man, completions) = (stage.join("man"), stage.join("completions"));
    fs::create_dir_all(&man)?;
    fs::create_dir_all(&completions)?;
    for program in PROGRAMS {
        run(Command::new(examples.join(format!("{}-manual", program.program))).arg(&man))?;
        let called = program.called;
        fs::rename(man.join(format!("{called}.bash")), completions.join(called))?;
        fs::rename(man.join(format!("_{called}")), completions.join(format!("_{called}")))?;
        fs::rename(man.join(format!("{called}.fish")), completions.join(format!("{called}.fish")))?;
    }
    Ok(())
}

/// Units and users, as `firmware-config` renders them, under the names that debhelper looks for.
fn units(build: Build, source: &Path) -> Result<()> {
    let folder = source.join("debian/stage/units");
    let program = target_folder()?.join(build.folder()).join("firmware-config");
    run(Command::new(program).arg("units").arg(&folder).stdout(Stdio::null()))?;
    let debian = source.join("debian");
    for entry in fs::read_dir(folder.join("usr/lib/systemd/system"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // A second unit of a package has the package's name before its own.
        let owner = if name.starts_with("seira-hub-") { format!("seira-hub.{name}") } else { name };
        fs::copy(entry.path(), debian.join(owner))?;
    }
    for kind in ["sysusers", "tmpfiles"] {
        for entry in fs::read_dir(folder.join(format!("usr/lib/{kind}.d")))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().replace(".conf", &format!(".{kind}"));
            fs::copy(entry.path(), debian.join(name))?;
        }
    }
    Ok(())
}

/// The licence of the house in the form that Debian's tools read.
fn copyright(source: &Path) -> Result<()> {
    let licence = fs::read_to_string(source.join("LICENSE"))?;
    let indented: String = licence
        .lines()
        .map(|line| if line.trim().is_empty() { " .\n".to_owned() } else { format!(" {}\n", line.trim_end()) })
        .collect();
    let text = format!(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Seira\n\
         Comment: What others have written and is inside a program stands in third-party-licences.txt.gz and in the list of\n \
         parts (CycloneDX) beside this file.\n\n\
         Files: *\nCopyright: 2026 Seira maintainers\nLicense: EUPL-1.2\n{indented}"
    );
    fs::write(source.join("debian/copyright"), text)?;
    Ok(())
}
