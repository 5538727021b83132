//! What a board tells its hub about itself, so that staff call aloud while nobody hears it.

use std::collections::BTreeSet;

use link::{DeviceCommand, Urgency};
use wire::{DeviceFault, FaultReport};

/// Where faults are reported.
const REPORT_PATH: &str = "devices/self/faults";

/// What is wrong with a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BoardFaults {
    /// No sound comes out of the sound card.
    pub is_silent: bool,
    /// Calls are not spoken; the chime sounds.
    pub is_speechless: bool,
}

impl BoardFaults {
    /// The report for the hub: all that is wrong now, and nothing else.
    #[must_use]
    pub fn report(self) -> DeviceCommand {
        let silent = self.is_silent.then_some(DeviceFault::SoundFailed);
        let speechless = self.is_speechless.then_some(DeviceFault::VoiceFailed);
        let faults: BTreeSet<DeviceFault> = silent.into_iter().chain(speechless).collect();
        let body = serde_json::to_value(FaultReport { faults }).unwrap_or_default();
        let (key, path) = (DeviceCommand::new_key(), REPORT_PATH.to_owned());
        DeviceCommand { key, path, body, urgency: Urgency::Lasting }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_11_a_board_reports_what_cannot_be_heard_and_that_all_is_well_again() {
        let check = |is_silent, is_speechless, expect: &str| {
            let command = BoardFaults { is_silent, is_speechless }.report();
            assert_eq!((command.path.as_str(), command.urgency), (REPORT_PATH, Urgency::Lasting));
            assert_eq!(command.body.to_string(), expect);
        };
        check(true, false, r#"{"faults":["sound-failed"]}"#);
        check(false, true, r#"{"faults":["voice-failed"]}"#);
        check(false, false, r#"{"faults":[]}"#);
    }
}
