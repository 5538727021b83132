//! The channels on which something can come, and how they are all waited for at once.

use std::time::Duration;

use crossbeam_channel::{Receiver, Select};
use link::{CommandReply, News};
use peripherals::{KeypadEvent, PrinterEvent, ScanEvent};
use wire::KioskView;

use crate::equipment::SoundMaker;

/// The channels on which hub, printer and scanner speak.
pub(crate) struct Sources {
    /// What the link tells.
    pub news: Receiver<News<KioskView>>,
    /// Answers of the hub.
    pub replies: Receiver<CommandReply>,
    /// What the printer tells.
    pub printer: Option<Receiver<PrinterEvent>>,
    /// What the scanner tells.
    pub scanner: Option<Receiver<ScanEvent>>,
    /// What the keypad tells.
    pub keypad: Option<Receiver<KeypadEvent>>,
    /// What the voice and the notes tell about themselves.
    pub sound: Receiver<(SoundMaker, bool)>,
}

impl Sources {
    /// Waits until something has come, and leaves it where it is; false when `at_most` has passed before.
    pub fn wait(&self, at_most: Option<Duration>) -> bool {
        let mut select = Select::new();
        select.recv(&self.news);
        select.recv(&self.replies);
        if let Some(printer) = &self.printer {
            select.recv(printer);
        }
        if let Some(scanner) = &self.scanner {
            select.recv(scanner);
        }
        if let Some(keypad) = &self.keypad {
            select.recv(keypad);
        }
        select.recv(&self.sound);
        match at_most {
            Some(at_most) => select.ready_timeout(at_most).is_ok(),
            None => {
                select.ready();
                true
            }
        }
    }
}
