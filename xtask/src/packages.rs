//! What the house needs from Debian's packages, and why.

use std::{collections::BTreeSet, env, path::Path, process::Command};

use anyhow::{Context, Result};

/// What a package is needed for. A command asks for the purposes that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To compile the programs and fetch the style sheets.
    Build,
    /// To open a window.
    Run,
    /// To play those who come into the demo's office.
    Demo,
    /// To show the windows on a machine without a screen.
    Screenless,
    /// To play the stories as a person and a device would.
    Test,
    /// To make packages, and to try them.
    Dist,
}

impl Purpose {
    /// Everything that is done here, but packages: who makes those asks for it.
    pub const ALL: &[Self] = &[Self::Build, Self::Run, Self::Demo, Self::Screenless, Self::Test];
}

/// One line of the list.
pub struct DebianPackage {
    /// Its name in Debian 12.
    pub name: &'static str,
    /// What it is needed for.
    pub purpose: Purpose,
    /// Why, for the person who is asked to install it.
    pub why: &'static str,
    /// A program that it brings: found on the path, the package is not asked for, whoever installed it.
    program: Option<&'static str>,
}

const fn package(name: &'static str, purpose: Purpose, why: &'static str) -> DebianPackage {
    DebianPackage { name, purpose, why, program: None }
}

const fn program(name: &'static str, purpose: Purpose, why: &'static str, program: &'static str) -> DebianPackage {
    DebianPackage { name, purpose, why, program: Some(program) }
}

/// Everything, in the order in which it is explained.
const PACKAGES: &[DebianPackage] = &[
    program("pkg-config", Purpose::Build, "finds the C libraries below", "pkg-config"),
    package("libasound2-dev", Purpose::Build, "sound: the display's chime"),
    package("libwayland-dev", Purpose::Build, "windows on Wayland"),
    program("nodejs", Purpose::Build, "runs npm", "node"),
    program("npm", Purpose::Build, "fetches the gov.gr style sheets and the font of the pages", "npm"),
    package("ca-certificates", Purpose::Build, "lets npm and cargo trust their registries"),
    program("espeak-ng", Purpose::Run, "speaks: pictures' letters, kiosks, calls", "espeak-ng"),
    package("libxkbcommon0", Purpose::Run, "keyboards"),
    package("libxkbcommon-x11-0", Purpose::Run, "keyboards on X11"),
    package("libx11-6", Purpose::Run, "windows on X11"),
    package("libx11-xcb1", Purpose::Run, "windows on X11"),
    package("libxcursor1", Purpose::Run, "the pointer on X11"),
    package("libxi6", Purpose::Run, "touch and pointer on X11"),
    package("libxrandr2", Purpose::Run, "the size of the screen on X11"),
    package("libvulkan1", Purpose::Run, "drawing"),
    package("mesa-vulkan-drivers", Purpose::Run, "drawing, also on machines without a graphics card"),
    package("python3", Purpose::Demo, "opens the hub's mails, as a mail reader that is not ours"),
    program("xvfb", Purpose::Screenless, "a screen on machines that have none", "Xvfb"),
    program("imagemagick", Purpose::Screenless, "pictures of the windows", "import"),
    program("tesseract-ocr", Purpose::Test, "reads what stands on a window and on a ticket", "tesseract"),
    package("tesseract-ocr-ell", Purpose::Test, "reads Greek off a picture"),
    program("xdotool", Purpose::Test, "presses on the windows with a real pointer", "xdotool"),
    program("zbar-tools", Purpose::Test, "reads QR codes off pictures", "zbarimg"),
    program("chromium", Purpose::Test, "a citizen's and a clerk's browser", "chromium"),
    program("chromium-driver", Purpose::Test, "presses in that browser", "chromedriver"),
    program("poppler-utils", Purpose::Test, "shows printed pages as pictures", "pdftoppm"),
    package("python3-venv", Purpose::Test, "places of their own for the programs that try the API and judge the TLS"),
    package("python3-jwt", Purpose::Test, "judges the tokens for a server of Jitsi"),
    package("python3-icalendar", Purpose::Test, "reads the hub's calendar files, as a library that is not ours"),
    package("python3-vobject", Purpose::Test, "reads them too, and has to agree"),
    package("gir1.2-ical-3.0", Purpose::Test, "reads them as Evolution does, and knows what each method wants"),
    package("python3-gi", Purpose::Test, "lets Python call that one"),
    package("python3-aiosmtpd", Purpose::Test, "a real mail server, to receive the hub's mails"),
    package("slapd", Purpose::Test, "a real directory, by which staff sign in"),
    package("kannel", Purpose::Test, "a real gateway for SMS, to take the hub's messages"),
    program("udev", Purpose::Test, "reads the rules by which devices have lasting names", "udevadm"),
    program("age", Purpose::Test, "encrypts backups to a key that the hub does not hold", "age"),
    program("sway", Purpose::Test, "reads its own session for a turned screen", "sway"),
    program("cage", Purpose::Test, "the session of an upright one", "cage"),
    package("xwayland", Purpose::Test, "without which that one does not start"),
    program("debhelper", Purpose::Dist, "packs the programs as Debian packs its own", "dh"),
    program("dpkg-dev", Purpose::Dist, "makes packages", "dpkg-buildpackage"),
    program("lintian", Purpose::Dist, "judges packages", "lintian"),
    program("xz-utils", Purpose::Dist, "packs the archive of the sources", "xz"),
    program("debootstrap", Purpose::Dist, "makes a fresh root to try packages in", "debootstrap"),
    program("systemd-container", Purpose::Dist, "runs and boots that root", "systemd-nspawn"),
    program("skopeo", Purpose::Dist, "reads the hub's image, as a program that is not ours", "skopeo"),
    package("kannel-extras", Purpose::Test, "and its stand-in for a mobile network"),
];

/// What of these purposes is not there yet. Nothing on a system that is not Debian's kind: there a person knows better.
pub fn missing(purposes: &[Purpose]) -> Result<Vec<&'static DebianPackage>> {
    if !on_path("dpkg-query") {
        eprintln!(
            "This system has no dpkg-query, so nothing is installed for you; CONTRIBUTING.md lists what is needed."
        );
        return Ok(Vec::new());
    }
    let installed = installed()?;
    let there = |package: &DebianPackage| installed.contains(package.name) || package.program.is_some_and(on_path);
    Ok(PACKAGES.iter().filter(|package| purposes.contains(&package.purpose) && !there(package)).collect())
}

fn installed() -> Result<BTreeSet<String>> {
    let names = PACKAGES.iter().map(|package| package.name);
    // It exits with 1 when it does not know one of the names, and still prints the others.
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${db:Status-Abbrev} ${Package}\n"])
        .args(names)
        .output()
        .context("cannot ask dpkg-query what is installed")?;
    let lines = String::from_utf8_lossy(&output.stdout);
    Ok(lines.lines().filter_map(|line| line.strip_prefix("ii")).map(|name| name.trim().to_owned()).collect())
}

/// Whether a program of this name can be started.
pub fn on_path(program: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| Path::new(&folder).join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_listed_once_and_says_why() {
        let names: BTreeSet<_> = PACKAGES.iter().map(|package| package.name).collect();
        assert_eq!(names.len(), PACKAGES.len());
        assert!(PACKAGES.iter().all(|package| !package.why.is_empty()));
    }

    #[test]
    fn a_program_is_found_on_the_path_by_its_whole_name() {
        assert!(on_path("sh"));
        assert!(!on_path("sh-that-nobody-wrote"));
    }
}
