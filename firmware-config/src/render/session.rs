//! The session of a machine that shows one window: cage for a screen as the factory meant it, sway for a turned one.

use crate::catalogue;
use crate::render::machine_file::MachineFile;
use crate::screen::ScreenTurn;
use crate::site::{BoardPlace, KioskPlace, SessionShell, Site};

/// The window of one machine.
pub struct SessionWindow<'a> {
    program: &'static str,
    output: &'a str,
    turn: ScreenTurn,
    is_touched: bool,
    shell: SessionShell,
}

impl<'a> SessionWindow<'a> {
    fn new(program: &'static str, screen: &str, output: &'a str, wish: Option<SessionShell>) -> Self {
        let profile = catalogue::screen(screen);
        let turn = profile.as_ref().map_or(ScreenTurn::None, |profile| profile.turned);
        let is_touched = profile.is_some_and(|profile| profile.touch);
        let for_turn = if turn == ScreenTurn::None { SessionShell::Cage } else { SessionShell::Sway };
        Self { program, output, turn, is_touched, shell: wish.unwrap_or(for_turn) }
    }

    /// A kiosk's.
    pub fn of_kiosk(_: &Site, kiosk: &'a KioskPlace) -> Self {
        Self::new("kiosk", &kiosk.screen, &kiosk.output, kiosk.session)
    }

    /// A board's. Cage of Debian 12 ends when the screen is switched off, as a television is at night, so that a board has
    /// sway unless the file says otherwise.
    pub fn of_board(_: &Site, board: &'a BoardPlace) -> Self {
        let wish = board.session.unwrap_or(SessionShell::Sway);
        Self::new("display", &board.screen, &board.output, Some(wish))
    }

    /// What makes the packaged unit show this window.
    pub fn files(&self) -> Vec<MachineFile> {
        let program = self.program;
        let mut files = Vec::new();
        let start = match self.shell {
            SessionShell::Cage => {
                // Once for each quarter; the check refuses a turn where cage knows none.
                let turns = match self.turn {
                    ScreenTurn::None => "",
                    ScreenTurn::Quarter => " -r",
                    ScreenTurn::Half => " -r -r",
                    ScreenTurn::ThreeQuarters => " -r -r -r",
                };
                format!("/usr/bin/cage -d{turns} -- /usr/bin/seira-{program} --config /etc/seira/{program}.toml")
            }
            SessionShell::Sway => {
                let path = format!("/etc/seira/{program}.sway");
                files.push(MachineFile::new(&path, self.sway()));
                format!("/usr/bin/sway --config {path}")
            }
        };
        let dropin = format!("[Service]\nExecStart=\nExecStart={start}\n");
        let path = format!("/etc/systemd/system/seira-{program}.service.d/session.conf");
        files.push(MachineFile::new(&path, dropin));
        // No other console answers to a keyboard that somebody plugs in.
        let logind = "[Login]\nNAutoVTs=0\nReserveVT=0\nHandlePowerKey=ignore\nHandleSuspendKey=ignore\nHandleLidSwitch=ignore\nIdleAction=ignore\n";
        files.push(MachineFile::new("/etc/systemd/logind.conf.d/seira.conf", logind.to_owned()));
        files
    }

    fn sway(&self) -> String {
        let Self { program, output, .. } = self;
        let degrees = match self.turn {
            ScreenTurn::None => "normal",
            ScreenTurn::Quarter => "90",
            ScreenTurn::Half => "180",
            ScreenTurn::ThreeQuarters => "270",
        };
        // Sway turns touches with the output that they are tied to; a calibration matrix would turn them twice.
        let touch = if self.is_touched { format!("input type:touch map_to_output {output}\n") } else { String::new() };
        format!(
            "\
# One window, no keys: whoever plugs in a keyboard can do nothing with it.
xwayland disable
default_border none
default_floating_border none
hide_edge_borders both
focus_follows_mouse no
seat * hide_cursor 1000
output {output} transform {degrees}
{touch}for_window [app_id=\".*\"] fullscreen enable
# The session ends with its program, and the unit starts both again.
exec \"/usr/bin/seira-{program} --config /etc/seira/{program}.toml; /usr/bin/swaymsg exit\"
"
        )
    }
}
