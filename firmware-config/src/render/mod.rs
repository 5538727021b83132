//! Writes what a site's machines need besides their packages: one folder a machine, as seen from its `/`, and its sheet.

mod device_file;
mod machine_file;
mod markup;
mod session;
pub mod sheet;
mod system;
mod udev;
pub mod units;
pub mod updates;
mod wiring;

pub use machine_file::MachineFile;

use crate::site::Site;

/// Everything for one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineFolder {
    /// The machine's name in the network.
    pub id: String,
    /// What is to be installed.
    pub files: Vec<MachineFile>,
    /// The sheet to be printed (HTML).
    pub sheet: String,
}

/// Every machine of a site.
#[must_use]
pub fn render(site: &Site) -> Vec<MachineFolder> {
    let mut folders = Vec::new();
    if let Some(hub) = &site.hub {
        let mut files = vec![MachineFile::new("/etc/seira/hub.toml", device_file::hub(site, hub))];
        files.extend(system::of_hub(&site.premises, hub));
        folders.push(MachineFolder { id: hub.id.clone(), files, sheet: sheet::of_hub(site, hub) });
    }
    for (turn, kiosk) in site.kiosks.iter().enumerate() {
        let mut files = vec![MachineFile::new("/etc/seira/kiosk.toml", device_file::kiosk(site, kiosk))];
        files.extend(udev::of(kiosk.printer.as_ref(), kiosk.scanner.as_ref(), Some(&kiosk.output)));
        let window = session::SessionWindow::of_kiosk(site, kiosk);
        files.extend(window.files());
        files.extend(system::of_device(&site.premises, kiosk.read_only_root));
        files.extend(updates::of(&site.premises, "seira-kiosk", turn));
        folders.push(MachineFolder { id: kiosk.id.clone(), files, sheet: sheet::of_kiosk(site, kiosk) });
    }
    for (nth, board) in site.boards.iter().enumerate() {
        let mut files = vec![MachineFile::new("/etc/seira/display.toml", device_file::board(site, board))];
        files.extend(session::SessionWindow::of_board(site, board).files());
        files.extend(system::of_device(&site.premises, board.read_only_root));
        files.extend(updates::of(&site.premises, "seira-display", site.kiosks.len() + nth));
        folders.push(MachineFolder { id: board.id.clone(), files, sheet: sheet::of_board(site, board) });
    }
    for (nth, desk) in site.desks.iter().enumerate() {
        let mut files = udev::of(desk.printer.as_ref(), desk.scanner.as_ref(), None);
        if let Some(buttons) = &desk.buttons {
            files.push(MachineFile::new("/etc/seira/desk.toml", device_file::buttons(site, desk, buttons)));
            files.push(udev::of_buttons(buttons));
            let turn = site.kiosks.len() + site.boards.len() + nth;
            files.extend(updates::of(&site.premises, "seira-desk", turn));
        }
        files.push(system::time(&site.premises));
        folders.push(MachineFolder { id: desk.id.clone(), files, sheet: sheet::of_desk(site, desk) });
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_08_the_sample_site_is_rendered_like_this() {
        let site = Site::read(include_str!("../../samples/site.toml")).unwrap();
        for folder in render(&site) {
            let all: String = folder.files.iter().map(|file| format!("# {}\n{}\n", file.path, file.text)).collect();
            insta::assert_snapshot!(folder.id.clone(), all);
        }
        let packaged: String =
            units::packaged().iter().map(|file| format!("# {}\n{}\n", file.path, file.text)).collect();
        insta::assert_snapshot!("packaged", packaged);
    }
}
