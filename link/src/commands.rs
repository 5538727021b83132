//! Commands to the hub: each with a key of its own, sent again with the same key until there is an answer.

use std::{
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use crossbeam_channel::{Receiver, Sender};
use serde_json::Value;
use uuid::Uuid;
use wire::{IDEMPOTENCY_KEY, Problem, ProblemCode};

use crate::{
    back_off::BackOff,
    token::{CommandLine, SharedLine},
    wake::Wake,
};

/// How long somebody at the screen is kept waiting for an answer.
const PATIENCE: Duration = Duration::from_secs(8);

/// Whether somebody waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Somebody stands at the screen: say so when there is no answer.
    Waited,
    /// Goes on until the hub has taken it, unless a newer command to the same path replaces it.
    Lasting,
}

/// What a device asks the hub to do.
#[derive(Debug, Clone)]
pub struct DeviceCommand {
    /// Its key; the same key again does nothing twice.
    pub key: Uuid,
    /// The path behind `/api/v1/`; `{office}` stands for the office's key.
    pub path: String,
    /// What is sent with it, as JSON.
    pub body: Value,
    /// Whether somebody waits.
    pub urgency: Urgency,
}

impl DeviceCommand {
    /// A key that was never used. It begins with the time (RFC 9562, version 7): keys that are drawn one after the other
    /// then lie together at the hub.
    #[must_use]
    pub fn new_key() -> Uuid {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = u64::try_from(since.as_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid()
    }
}

/// What came of a command.
#[derive(Debug, Clone)]
pub struct CommandReply {
    /// The command's key.
    pub key: Uuid,
    /// The answer's body, or why there is none.
    pub answer: Result<Value, NoAnswer>,
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub enum NoAnswer {
    /// The hub said no.
    Refused(Box<Problem>),
    /// The hub did not answer in time. It may have taken the command: ask again with the same key.
    Away,
}

/// What one try came to.
enum Attempt {
    Answered(Value),
    Refused(Box<Problem>),
    TryAgain,
}

pub fn start(
    hub: String,
    shared: SharedLine,
    commands: Receiver<DeviceCommand>,
    replies: Sender<CommandReply>,
    wake: Wake,
) {
    let lasting = crossbeam_channel::unbounded();
    let urgent = Courier { hub, shared };
    let patient = urgent.clone();
    thread::spawn(move || patient.deliver(&lasting.1));
    thread::spawn(move || {
        while let Ok(command) = commands.recv() {
            if command.urgency == Urgency::Lasting {
                // The other thread lives as long as this one.
                drop(lasting.0.send(command));
                continue;
            }
            let answer = urgent.answer(&command);
            drop(replies.send(CommandReply { key: command.key, answer }));
            wake.now();
        }
    });
}

#[derive(Clone)]
struct Courier {
    hub: String,
    shared: SharedLine,
}

impl Courier {
    fn answer(&self, command: &DeviceCommand) -> Result<Value, NoAnswer> {
        let start = Instant::now();
        let mut back_off = BackOff::new();
        loop {
            match self.once(command) {
                Attempt::Answered(answer) => return Ok(answer),
                Attempt::Refused(problem) => return Err(NoAnswer::Refused(problem)),
                Attempt::TryAgain => {}
            }
            let rest = back_off.next();
            if start.elapsed() + rest >= PATIENCE {
                return Err(NoAnswer::Away);
            }
            thread::sleep(rest);
        }
    }

    /// Delivers what must arrive some day; the newest command to a path stands for those before it.
    fn deliver(&self, commands: &Receiver<DeviceCommand>) {
        let mut waiting: Vec<DeviceCommand> = Vec::new();
        let mut back_off = BackOff::new();
        loop {
            let Ok(first) = (if waiting.is_empty() { commands.recv().map(Some) } else { Ok(commands.try_recv().ok()) })
            else {
                return;
            };
            for command in first.into_iter().chain(commands.try_iter()) {
                waiting.retain(|other| other.path != command.path);
                waiting.push(command);
            }
            waiting.retain(|command| match self.once(command) {
                Attempt::Answered(_) => false,
                Attempt::Refused(problem) => {
                    tracing::warn!("the hub refused {}: {}", command.path, problem.title);
                    false
                }
                Attempt::TryAgain => true,
            });
            if waiting.is_empty() {
                back_off.reset();
            } else {
                thread::sleep(back_off.next());
            }
        }
    }

    fn once(&self, command: &DeviceCommand) -> Attempt {
        // The token goes to a hub that has shown who it is, and to nobody else.
        let Some(CommandLine { credentials, agent }) = self.shared.get() else { return Attempt::TryAgain };
        let address = format!("{}/api/v1/{}", self.hub, command.path.replace("{office}", &credentials.office));
        let sent = agent
            .post(address)
            .header("authorization", format!("Bearer {}", credentials.token))
            .header(IDEMPOTENCY_KEY, command.key.to_string())
            .send_json(&command.body);
        let Ok(mut response) = sent.inspect_err(|error| tracing::debug!("{} was not answered: {error}", command.path))
        else {
            return Attempt::TryAgain;
        };
        let status = response.status();
        let body = response.body_mut().read_to_string().unwrap_or_default();
        if status.is_success() {
            return serde_json::from_str(if body.is_empty() { "null" } else { &body })
                .map_or(Attempt::TryAgain, Attempt::Answered);
        }
        match serde_json::from_str::<Problem>(&body) {
            // That the token is not taken is for the hub's signed word alone, which the other thread asks for.
            Ok(problem) if matches!(problem.code, ProblemCode::Unavailable | ProblemCode::NotSignedIn) => {
                Attempt::TryAgain
            }
            Ok(problem) => Attempt::Refused(Box::new(problem)),
            Err(_) if status.as_u16() == 404 && command.urgency == Urgency::Lasting => Attempt::Answered(Value::Null),
            Err(_) => Attempt::TryAgain,
        }
    }
}
