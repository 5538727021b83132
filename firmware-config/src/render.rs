//! Writes a machine's udev rules and service unit from its file.

use std::fmt::Write as _;

use crate::catalogue;
use crate::machine::{Attachment, Machine, MachineProgram};
use crate::scanner::Interface;

/// A file to be installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineFile {
    /// Where it belongs.
    pub path: String,
    /// What stands in it, to the last line.
    pub text: String,
}

/// All files of a machine.
#[must_use]
pub fn render(machine: &Machine) -> Vec<MachineFile> {
    let mut files = vec![
        MachineFile { path: "/etc/udev/rules.d/61-seira.rules".to_owned(), text: udev(machine) },
        MachineFile {
            path: format!("/etc/systemd/system/seira-{}.service", machine.program.name()),
            text: unit(machine),
        },
    ];
    let vendors = scanner_vendor(machine);
    if let Some(vendor) = vendors {
        // ModemManager talks AT commands to every new serial line for some seconds, which a scanner takes badly.
        let text = format!(
            "ACTION!=\"add|change|move\", GOTO=\"seira_mm_end\"\n\
             ATTRS{{idVendor}}==\"{vendor}\", ENV{{ID_MM_DEVICE_IGNORE}}=\"1\"\nLABEL=\"seira_mm_end\"\n"
        );
        files.push(MachineFile { path: "/etc/udev/rules.d/78-seira-modemmanager.rules".to_owned(), text });
    }
    files
}

fn scanner_vendor(machine: &Machine) -> Option<String> {
    let wanted = &machine.scanner.as_ref()?.profile;
    catalogue::scanners().into_iter().find(|profile| profile.id == *wanted)?.usb_vendor
}

fn udev(machine: &Machine) -> String {
    let mut rules = String::from("ACTION==\"remove\", GOTO=\"seira_end\"\n");
    if let Some(printer) = &machine.printer {
        rules += &by_socket(printer, "printer");
    }
    if let Some(scanner) = &machine.scanner {
        rules += &by_socket(scanner, "scanner");
        if let (Some(vendor), None) = (scanner_vendor(machine), &scanner.usb_socket) {
            let _ = writeln!(
                rules,
                "SUBSYSTEM==\"tty\", ENV{{ID_VENDOR_ID}}==\"{vendor}\", SYMLINK+=\"seira/scanner\", GROUP=\"dialout\", MODE=\"0660\""
            );
        }
        let profile = catalogue::scanners().into_iter().find(|profile| profile.id == scanner.profile);
        if let Some(vendor) = profile.filter(|p| p.interface != Interface::Keyboard).and_then(|p| p.usb_vendor) {
            // Some scanners lose the first code after the port has slept.
            let _ = writeln!(
                rules,
                "SUBSYSTEM==\"usb\", ATTR{{idVendor}}==\"{vendor}\", TEST==\"power/control\", ATTR{{power/control}}=\"on\""
            );
        }
    }
    let screen = catalogue::screens().into_iter().find(|profile| profile.id == machine.screen);
    if screen.is_some_and(|screen| screen.touch) {
        // The compositor turns touches along with the output they are tied to; a calibration matrix would turn them twice.
        let _ = writeln!(
            rules,
            "SUBSYSTEM==\"input\", KERNEL==\"event*\", ENV{{ID_INPUT_TOUCHSCREEN}}==\"1\", ENV{{WL_OUTPUT}}=\"{}\"",
            machine.output
        );
    }
    rules + "LABEL=\"seira_end\"\n"
}

fn by_socket(attachment: &Attachment, name: &str) -> String {
    attachment.usb_socket.as_ref().map_or_else(String::new, |socket| {
        format!(
            "SUBSYSTEM==\"tty\", ENV{{ID_BUS}}==\"usb\", ENV{{ID_PATH}}==\"*-usb-0:{socket}\", \
             SYMLINK+=\"seira/{name}\", GROUP=\"dialout\", MODE=\"0660\"\n"
        )
    })
}

fn unit(machine: &Machine) -> String {
    let program = machine.program.name();
    let groups = match machine.program {
        MachineProgram::Kiosk => "dialout video input",
        MachineProgram::Display => "video audio",
    };
    format!(
        "[Unit]\n\
         Description=Seira {program} {name}\n\
         After=systemd-user-sessions.service systemd-logind.service getty@tty1.service\n\
         Wants=systemd-logind.service\n\
         Conflicts=getty@tty1.service\n\
         StartLimitIntervalSec=0\n\
         \n\
         [Service]\n\
         User={user}\n\
         SupplementaryGroups={groups}\n\
         PAMName=login\n\
         TTYPath=/dev/tty1\n\
         TTYReset=yes\n\
         TTYVHangup=yes\n\
         StandardInput=tty-fail\n\
         UtmpIdentifier=tty1\n\
         UtmpMode=user\n\
         ExecStart=/usr/bin/cage -- /usr/bin/{program} --config {config}\n\
         Restart=always\n\
         RestartSec=2\n\
         \n\
         [Install]\n\
         WantedBy=graphical.target\n",
        name = machine.name,
        user = machine.user,
        config = machine.config,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ConfigFile;

    #[test]
    fn a_kiosk_gets_its_rules_and_its_unit() {
        let machine = ConfigFile::read(include_str!("../samples/kiosk.toml")).unwrap().machine.unwrap();
        let all: String = render(&machine).iter().map(|file| format!("# {}\n{}\n", file.path, file.text)).collect();
        insta::assert_snapshot!(all);
    }
}
