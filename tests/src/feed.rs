//! A reader of a feed of the hub: Server-Sent Events, as they come.

use std::{
    io::{BufRead as _, BufReader},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde::de::DeserializeOwned;
use ureq::Agent;
use wire::FeedId;

/// One message, with the instant at which it was whole.
#[derive(Debug, Clone)]
pub struct TimedMessage {
    /// Its `event:`; empty for a comment, which is a heartbeat.
    pub event: String,
    /// Its `id:`.
    pub id: Option<FeedId>,
    /// Its `data:`.
    pub data: String,
    /// When it was read.
    pub at: Instant,
}

/// An open feed.
pub struct Feed {
    messages: mpsc::Receiver<TimedMessage>,
}

impl Feed {
    /// Opens a feed, on a thread of its own.
    ///
    /// # Errors
    /// When the hub does not open it.
    pub fn open(address: &str, token: Option<&str>) -> Result<Self> {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .build()
            .new_agent();
        let mut request = agent.get(address).header("accept", "text/event-stream");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let response = request.call().with_context(|| format!("cannot open {address}"))?;
        ensure!(response.status() == 200, "{address} answers {}", response.status());
        let (sender, messages) = mpsc::channel();
        let mut lines = BufReader::new(response.into_body().into_reader()).lines();
        thread::spawn(move || {
            while let Some(message) = next_message(&mut lines) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Ok(Self { messages })
    }

    /// The next message or heartbeat.
    ///
    /// # Errors
    /// When none comes in time, or the hub has closed the feed.
    pub fn next(&self, patience: Duration) -> Result<TimedMessage> {
        self.messages.recv_timeout(patience).context("the feed is silent or closed")
    }

    /// Reads on until a view answers.
    ///
    /// # Errors
    /// When none does in time.
    pub fn until<V: DeserializeOwned, T>(
        &self,
        what: &str,
        patience: Duration,
        mut ask: impl FnMut(&V) -> Option<T>,
    ) -> Result<(T, TimedMessage)> {
        let deadline = Instant::now() + patience;
        let mut last = String::new();
        while let Some(left) = deadline.checked_duration_since(Instant::now()) {
            let Ok(message) = self.messages.recv_timeout(left) else { break };
            if message.event == "view" {
                let view = serde_json::from_str(&message.data).context("the view has another shape")?;
                if let Some(answer) = ask(&view) {
                    return Ok((answer, message));
                }
                last.clone_from(&message.data);
            }
        }
        bail!("waited {} s at the feed in vain: {what}; last view: {last}", patience.as_secs())
    }
}

fn next_message(lines: &mut impl Iterator<Item = std::io::Result<String>>) -> Option<TimedMessage> {
    let (mut event, mut id, mut data) = (String::new(), None, String::new());
    for line in lines.by_ref().map_while(Result::ok) {
        match line.split_once(':') {
            None if line.is_empty() => return Some(TimedMessage { event, id, data, at: Instant::now() }),
            Some(("event", value)) => value.trim().clone_into(&mut event),
            Some(("id", value)) => id = value.trim().parse().ok(),
            Some(("data", value)) => data.push_str(value.trim_start()),
            _ => {}
        }
    }
    None
}
