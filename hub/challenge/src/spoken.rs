//! The letters of a picture, spoken: by espeak-ng, which is a package of Debian.

use std::process::{Command, Stdio};

use tokio::sync::Semaphore;

use text::Voice;

/// So many speak at once.
static SPEAKERS: Semaphore = Semaphore::const_new(2);

/// Nothing was spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("espeak-ng did not speak; is the package installed?")]
pub struct SpokenError;

/// The letters as a sound file (WAV), slowly, each by its name.
///
/// # Errors
/// If espeak-ng is not there, or says nothing.
pub async fn wav(word: &str, voice: Voice) -> Result<Vec<u8>, SpokenError> {
    let names: Vec<String> =
        word.chars().map(|letter| voice.say(&format!("spoken-{}", letter.to_ascii_lowercase()))).collect();
    let text = format!("{} {}.", voice.say("spoken-letters"), names.join(". "));
    let _place = SPEAKERS.acquire().await.map_err(|_| SpokenError)?;
    let tag = voice.tag();
    let speaking = tokio::task::spawn_blocking(move || {
        let mut command = Command::new("espeak-ng");
        command.args(["-v", tag, "-s", "115", "-g", "12", "--stdout", "--", &text]);
        command.stdin(Stdio::null()).stderr(Stdio::null()).output()
    });
    let output = speaking.await.map_err(|_| SpokenError)?.map_err(|_| SpokenError)?;
    if output.status.success() && output.stdout.starts_with(b"RIFF") { Ok(output.stdout) } else { Err(SpokenError) }
}

#[cfg(test)]
mod tests {
    use wire::Language;

    use super::*;

    #[tokio::test]
    async fn omb_03_the_letters_are_spoken_in_both_languages() {
        for language in Language::ALL {
            let sound = wav("AEK34", Voice(language)).await.expect("espeak-ng, of the package espeak-ng, speaks");
            assert!(sound.len() > 50_000, "{} bytes", sound.len());
        }
    }
}
