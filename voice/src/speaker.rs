//! The door to a program that speaks: one sentence at a time, and silence at once when that is wanted.
//!
//! The program is a child of its own, so that a voice of any kind and licence can stand behind the door. The words go to its
//! standard input, where no list of processes shows them.

use std::{
    io,
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use crate::program::{Mouth, Utterance, silence, started};

/// How often a speaking program is looked after, while it speaks and only then.
const LOOK: Duration = Duration::from_millis(50);

enum SpeechOrder {
    Say(Utterance),
    Hush,
}

/// Whoever speaks.
#[derive(Debug, Clone)]
pub struct Speaker {
    orders: Option<Sender<SpeechOrder>>,
}

impl Speaker {
    /// One who says nothing: a device without a voice.
    #[must_use]
    pub const fn mute() -> Self {
        Self { orders: None }
    }

    /// Starts one who speaks through `loudspeaker` or `headset`: each is a program with its arguments, in which
    /// `{language}`, `{rate}` (words a minute) and `{amplitude}` (of 200) are filled in. A mouth without a program is silent.
    /// `failed` hears of a program that cannot be started or ends with an error, and of the first that speaks again.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        loudspeaker: Vec<String>,
        headset: Vec<String>,
        failed: impl Fn(bool) + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, wanted) = unbounded();
        let speak = move || speak_for_ever(&wanted, &loudspeaker, &headset, &failed);
        thread::Builder::new().name("voice".to_owned()).spawn(speak)?;
        Ok(Self { orders: Some(orders) })
    }

    /// Says something, and nothing else any more.
    pub fn say(&self, utterance: Utterance) {
        self.order(SpeechOrder::Say(utterance));
    }

    /// Says nothing any more.
    pub fn hush(&self) {
        self.order(SpeechOrder::Hush);
    }

    fn order(&self, order: SpeechOrder) {
        if let Some(orders) = &self.orders {
            // The thread lives as long as somebody orders.
            orders.send(order).ok();
        }
    }
}

fn speak_for_ever(wanted: &Receiver<SpeechOrder>, loudspeaker: &[String], headset: &[String], failed: &impl Fn(bool)) {
    let mut speaking: Option<Child> = None;
    loop {
        let order = match &speaking {
            None => wanted.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => wanted.recv_timeout(LOOK),
        };
        match order {
            Err(RecvTimeoutError::Disconnected) => {
                silence(&mut speaking);
                return;
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(Ok(Some(status))) = speaking.as_mut().map(Child::try_wait) {
                    speaking = None;
                    failed(!status.success());
                }
            }
            Ok(order) => {
                // Of several that came at once the last one counts.
                let order = wanted.try_iter().last().unwrap_or(order);
                silence(&mut speaking);
                if let SpeechOrder::Say(utterance) = order {
                    let program = match utterance.mouth {
                        Mouth::Loudspeaker => loudspeaker,
                        Mouth::Headset => headset,
                    };
                    match started(program, &utterance, Stdio::null()) {
                        Ok(child) => speaking = child,
                        Err(_) => failed(true),
                    }
                }
            }
        }
    }
}
