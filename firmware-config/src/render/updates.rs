//! How kiosks and boards bring themselves up to date: from the repository that the hub serves to the house, at night, one after the
//! other, and back where the newer version does not work.

use crate::render::machine_file::MachineFile;
use crate::site::Premises;

/// From one machine to the next: as long as an update takes that is taken back.
const MINUTES_APART: u32 = 15;
const DAY_MINUTES: u32 = 24 * 60;

/// The minute of the day that an hour names, such as `03:00`.
#[must_use]
pub fn minute_of(hour: &str) -> Option<u32> {
    let (hours, minutes) = hour.split_once(':')?;
    let number = |text: &str, below: u32| {
        let is_number = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|number| is_number && *number < below)
    };
    Some(number(hours, 24)? * 60 + number(minutes, 60)?)
}

/// For the machine that is so many turns after the first, and its package; nothing, where a house updates by hand.
pub fn of(premises: &Premises, package: &str, turn: usize) -> Vec<MachineFile> {
    let Some(first) = premises.updates.as_deref().and_then(minute_of) else { return Vec::new() };
    let turn = u32::try_from(turn).unwrap_or_default();
    let at = (first + turn * MINUTES_APART) % DAY_MINUTES;
    let mut files = vec![
        MachineFile::new(
            "/etc/apt/sources.list.d/seira.sources",
            format!(
                "Types: deb\nURIs: {}/packages/\nSuites: ./\nSigned-By: /etc/seira/packages.asc\n",
                premises.hub_url
            ),
        ),
        MachineFile::new("/etc/seira/update.sh", include_str!("update.sh").to_owned()),
        MachineFile::new("/etc/systemd/system/seira-update.service", service(package)),
        MachineFile::new("/etc/systemd/system/seira-update.timer", timer(at)),
    ];
    if let Some(host) = premises.hub_url.strip_prefix("https://") {
        let host = host.split(':').next().unwrap_or(host);
        files.push(MachineFile::new(
            "/etc/apt/apt.conf.d/60seira",
            format!(
                "// What comes from the hub is believed by its signature (Signed-By), and the certificate may be the house's own.\n\
                 Acquire::https::{host}::Verify-Peer \"false\";\nAcquire::https::{host}::Verify-Host \"false\";\n"
            ),
        ));
    }
    files
}

fn service(package: &str) -> String {
    format!(
        "\
[Unit]
Description=Seira, this machine's package from the house's repository
Wants=network-online.target
After=network-online.target
ConditionPathExists=/etc/seira/packages.asc

[Service]
Type=oneshot
ExecStart=/bin/sh /etc/seira/update.sh {package}
TimeoutStartSec=30min
Nice=10
IOSchedulingClass=idle
"
    )
}

fn timer(minute: u32) -> String {
    format!(
        "\
[Unit]
Description=Seira, up to date while nobody waits

[Timer]
OnCalendar=*-*-* {:02}:{:02}
Persistent=false

[Install]
WantedBy=timers.target
",
        minute / 60,
        minute % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::render;
    use crate::site::Site;

    #[test]
    fn new_09_an_hour_is_two_digits_and_two_digits() {
        assert_eq!(["00:00", "03:05", "23:59"].map(minute_of), [Some(0), Some(185), Some(1439)]);
        for wrong in ["3:00", "24:00", "03:60", "03", "03:00:00", "+3:00", "at 03:00", ""] {
            assert_eq!(minute_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn new_09_each_machine_has_an_hour_of_its_own_and_its_own_package() {
        let sample = include_str!("../../samples/site.toml");
        let site = |hour: &str| Site::read(&sample.replace("hub_url", &format!("updates = \"{hour}\"\nhub_url")));
        let machines = render(&site("23:45").unwrap());
        let told: Vec<(&str, String, String)> = machines
            .iter()
            .filter_map(|machine| {
                let text =
                    |end: &str| machine.files.iter().find(|file| file.path.ends_with(end)).map(|file| &file.text);
                let part = |text: &str, key: &str| {
                    text.split_once(key).unwrap().1.lines().next().unwrap_or_default().to_owned()
                };
                let (timer, service) = (text("seira-update.timer")?, text("seira-update.service")?);
                Some((machine.id.as_str(), part(timer, "OnCalendar=*-*-* "), part(service, "update.sh ")))
            })
            .collect();
        let expect = [
            ("kiosk-entrance", "23:45", "seira-kiosk"),
            ("kiosk-first-floor", "00:00", "seira-kiosk"),
            ("board-hall", "00:15", "seira-display"),
        ];
        assert_eq!(told, expect.map(|(id, at, package)| (id, at.to_owned(), package.to_owned())));
        let said = site("3 o'clock").unwrap_err();
        assert!(said[0].to_string().contains("site.updates: \"3 o'clock\" should be an hour"), "{}", said[0]);
    }
}
