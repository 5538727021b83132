//! What a board tells its hub of a call, so that the clerk knows whether it was shown and said (FLD-31).

use link::{DeviceCommand, Urgency};
use wire::ShownCall;

/// Where calls that were shown are told.
const ECHO_PATH: &str = "devices/self/echoes";

/// That a call is shown, or that it has been said to its end.
#[must_use]
pub fn echo(call: u64, is_spoken: bool) -> DeviceCommand {
    let body = serde_json::to_value(ShownCall { call, is_spoken }).unwrap_or_default();
    let (key, path) = (DeviceCommand::new_key(), ECHO_PATH.to_owned());
    DeviceCommand { key, path, body, urgency: Urgency::Lasting }
}
