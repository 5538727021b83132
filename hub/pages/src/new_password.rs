//! What is wrong with a new password, in words, for staff and for agents.

use access::{PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, PasswordFault};
use text::Voice;

/// What is wrong.
pub fn wrong(fault: PasswordFault, voice: Voice) -> String {
    match fault {
        PasswordFault::Short => voice.with("password-short", "n", PASSWORD_CHARACTERS_MIN),
        PasswordFault::Long => voice.with("text-long", "n", PASSWORD_CHARACTERS_MAX),
    }
}
