//! The keypad's thread: reads the letters of a serial keypad of six keys and its jack, and opens the line again when it was
//! unplugged.

use std::{io, thread, time::Duration};

use crossbeam_channel::{Receiver, Sender, unbounded};
use firmware_config::printer::{Flow, Parity, Serial};

use crate::line::{Bell, DeviceLine, LineTransfer, wait};

/// What a keypad tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeypadEvent {
    /// The choice before.
    Up,
    /// The choice after.
    Down,
    /// Takes the choice on which somebody stands.
    Choose,
    /// One step back.
    Back,
    /// Say it again.
    Repeat,
    /// One step louder; after the loudest, the softest.
    Volume,
    /// A headset was plugged in.
    HeadsetIn,
    /// It was pulled out.
    HeadsetOut,
    /// The keypad is there.
    Plugged,
    /// It is not.
    Unplugged,
}

impl KeypadEvent {
    /// What a letter of the line means; what is no letter of a keypad means nothing.
    #[must_use]
    pub const fn of(letter: u8) -> Option<Self> {
        Some(match letter {
            b'U' => Self::Up,
            b'D' => Self::Down,
            b'C' => Self::Choose,
            b'B' => Self::Back,
            b'R' => Self::Repeat,
            b'V' => Self::Volume,
            b'H' => Self::HeadsetIn,
            b'h' => Self::HeadsetOut,
            _ => return None,
        })
    }
}

/// The line of a keypad; a virtual line on USB ignores it.
const LINE: Serial = Serial { baud: 9600, parity: Parity::None, flow: Flow::None };

/// First and longest pause between attempts to open the line.
const PAUSE_MIN: Duration = Duration::from_millis(250);
const PAUSE_MAX: Duration = Duration::from_secs(4);

/// Starts the thread of the keypad on `port`; it ends when the receiver is dropped and the keypad next speaks. `wake` is called
/// after each event.
///
/// # Errors
/// The system gives no thread or descriptor. A port that is not there is no error but an event.
pub fn start(port: &str, wake: impl Fn() + Send + 'static) -> io::Result<Receiver<KeypadEvent>> {
    let (tell, events) = unbounded();
    let (bell, port) = (Bell::new()?, port.to_owned());
    thread::Builder::new().name("keypad".to_owned()).spawn(move || {
        let tell = |event| tell_and_wake(&tell, &wake, event);
        let (mut pause, mut missed) = (PAUSE_MIN, false);
        loop {
            if let Ok(line) = DeviceLine::open(&port, &LINE) {
                (pause, missed) = (PAUSE_MIN, true);
                if !tell(KeypadEvent::Plugged) || !read_until_gone(line, &bell, &tell) || !tell(KeypadEvent::Unplugged)
                {
                    return;
                }
            } else if !missed {
                missed = true;
                if !tell(KeypadEvent::Unplugged) {
                    return;
                }
            }
            wait(None, false, &bell, Some(pause));
            pause = (pause * 2).min(PAUSE_MAX);
        }
    })?;
    Ok(events)
}

/// Reads until the device is gone; false when nobody listens any more.
fn read_until_gone(mut line: DeviceLine, bell: &Bell, tell: &impl Fn(KeypadEvent) -> bool) -> bool {
    let mut bytes = [0; 64];
    loop {
        if !wait(Some(line.descriptor()), false, bell, None).readable {
            continue;
        }
        match line.read(&mut bytes) {
            LineTransfer::Bytes(count) => {
                if !bytes[..count].iter().filter_map(|letter| KeypadEvent::of(*letter)).all(tell) {
                    return false;
                }
            }
            LineTransfer::NoneNow => {}
            LineTransfer::Gone => return true,
        }
    }
}

fn tell_and_wake(tell: &Sender<KeypadEvent>, wake: &impl Fn(), event: KeypadEvent) -> bool {
    let heard = tell.send(event).is_ok();
    wake();
    heard
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_has_one_meaning_and_noise_has_none() {
        let meant: Vec<KeypadEvent> = (0..=u8::MAX).filter_map(KeypadEvent::of).collect();
        assert_eq!(meant.len(), 8);
        assert_eq!(KeypadEvent::of(b'C'), Some(KeypadEvent::Choose));
        assert_eq!(KeypadEvent::of(b'\r'), None);
    }
}
