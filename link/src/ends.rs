//! Both ends of the link: the device's, which threads serve, and a loose one, on which a test plays the hub.

use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use serde::de::DeserializeOwned;

use crate::{
    commands::{self, CommandReply, DeviceCommand},
    config::LinkConfig,
    feed::Follower,
    news::News,
    token::{SharedLine, TokenFile},
    wake::Wake,
};

/// Both ends of the link.
#[derive(Debug, Clone)]
pub struct HubLink<V> {
    /// What the hub says.
    pub news: Receiver<News<V>>,
    /// Answers to what was sent, in the order in which they came.
    pub replies: Receiver<CommandReply>,
    commands: Sender<DeviceCommand>,
}

impl<V: DeserializeOwned + Send + 'static> HubLink<V> {
    /// Starts the threads; they end with the program.
    ///
    /// # Errors
    /// The state folder cannot be made.
    pub fn start(config: LinkConfig, wake: &Wake) -> std::io::Result<Self> {
        let file = TokenFile::in_folder(&config.state)?;
        let shared = SharedLine::default();
        let ((to_news, news), (to_replies, replies), (commands, to_send)) = (unbounded(), unbounded(), unbounded());
        commands::start(config.hub.clone(), shared.clone(), to_send, to_replies, wake.clone());
        let follower = Follower::new(config, file, shared, to_news, wake.clone());
        thread::spawn(move || follower.run());
        Ok(Self { news, replies, commands })
    }
}

/// The other end of a link on which no hub hangs.
#[derive(Debug)]
pub struct FarEnd<V> {
    /// Says what a hub would.
    pub news: Sender<News<V>>,
    /// Says how the hub answered a command.
    pub replies: Sender<CommandReply>,
    /// The commands that were sent.
    pub commands: Receiver<DeviceCommand>,
}

impl<V> HubLink<V> {
    /// A link without threads, and its other end: for whoever plays the hub by hand.
    #[must_use]
    pub fn loose() -> (Self, FarEnd<V>) {
        let ((to_news, news), (to_replies, replies), (commands, sent)) = (unbounded(), unbounded(), unbounded());
        (Self { news, replies, commands }, FarEnd { news: to_news, replies: to_replies, commands: sent })
    }

    /// Sends a command; its reply comes through `replies`.
    pub fn send(&self, command: DeviceCommand) {
        // The thread ends with the program only.
        drop(self.commands.send(command));
    }
}
