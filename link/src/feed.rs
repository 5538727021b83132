//! Follows the hub's feed: takes each newer view, says when the hub is lost and since when, and comes back at once.

use std::{
    io::{self, BufReader},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::Sender;
use serde::de::DeserializeOwned;
use ureq::Agent;
use wire::{FeedClock, FeedId, PairingOutcome, STALE_AFTER_SECONDS};

use crate::{
    back_off::BackOff,
    clock::HubClock,
    config::LinkConfig,
    news::News,
    pairing,
    sse::{StreamItem, StreamReader},
    token::{Credentials, SharedCredentials, TokenFile},
    wake::Wake,
};

/// A feed that says nothing for so long is lost. What is left of the promise is for waking up and drawing, on a slow
/// machine too; two heartbeats of the hub still fit in.
const SILENCE: Duration = Duration::from_millis(STALE_AFTER_SECONDS * 1000 - 900);

/// A hub that does not take a connection within this time is away.
const CONNECT: Duration = Duration::from_secs(2);

/// The thread that follows the feed.
pub struct Follower<V> {
    config: LinkConfig,
    file: TokenFile,
    shared: SharedCredentials,
    news: Sender<News<V>>,
    wake: Wake,
    agent: Agent,
    clock: HubClock,
    heard: Instant,
    lost: bool,
    last: Option<FeedId>,
}

/// Why a stream ended.
enum StreamEnd {
    /// The connection broke, or fell silent, or was refused.
    Broken,
    /// The hub no longer knows the token.
    Revoked,
}

impl<V: DeserializeOwned> Follower<V> {
    pub fn new(
        config: LinkConfig,
        file: TokenFile,
        shared: SharedCredentials,
        news: Sender<News<V>>,
        wake: Wake,
    ) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .build()
            .new_agent();
        let (clock, heard) = (HubClock::of_this_machine(), Instant::now());
        Self { config, file, shared, news, wake, agent, clock, heard, lost: false, last: None }
    }

    /// Follows the feed for ever.
    pub fn run(mut self) {
        let mut back_off = BackOff::new();
        loop {
            let credentials = match self.file.load() {
                Some(credentials) => credentials,
                None => self.pair(&mut back_off),
            };
            self.shared.set(Some(credentials.clone()));
            match self.follow(&credentials, &mut back_off) {
                StreamEnd::Broken => thread::sleep(back_off.next()),
                StreamEnd::Revoked => self.forget(),
            }
        }
    }

    fn forget(&mut self) {
        self.shared.set(None);
        self.last = None;
        if let Err(error) = self.file.forget() {
            tracing::error!("cannot forget the revoked token: {error}");
            thread::sleep(BackOff::LONGEST);
        }
    }

    fn pair(&mut self, back_off: &mut BackOff) -> Credentials {
        loop {
            let asked = pairing::ask(&self.agent, &self.config);
            let Ok(asked) = asked.inspect_err(|error| tracing::warn!("cannot ask to be paired: {error}")) else {
                self.lose();
                thread::sleep(back_off.next());
                continue;
            };
            self.hear();
            back_off.reset();
            // In the log too, for whoever sets a device up from afar; the code is good for minutes, and for one device.
            tracing::info!("pairing code {}", asked.code);
            self.tell(News::Pairing { code: asked.code.clone() });
            loop {
                match pairing::outcome(&self.agent, &self.config, &asked) {
                    Ok(PairingOutcome::Waiting) => {}
                    Ok(PairingOutcome::Paired { token, office }) => {
                        let credentials = Credentials { token, office };
                        if let Err(error) = self.file.keep(&credentials) {
                            tracing::error!("cannot keep the token; after a restart this device pairs anew: {error}");
                        }
                        self.tell(News::Paired);
                        return credentials;
                    }
                    Ok(PairingOutcome::Expired) => break,
                    Err(error) => {
                        tracing::warn!("pairing was interrupted: {error}");
                        self.lose();
                        thread::sleep(back_off.next());
                        break;
                    }
                }
            }
        }
    }

    fn follow(&mut self, credentials: &Credentials, back_off: &mut BackOff) -> StreamEnd {
        let address = format!("{}/api/v1/offices/{}/feeds/{}", self.config.hub, credentials.office, self.config.feed);
        let mut request = self
            .agent
            .get(address)
            .header("authorization", format!("Bearer {}", credentials.token))
            .header("accept", "text/event-stream")
            // By which the hub knows whether another machine takes the same for the time.
            .header("date", HubClock::http_date());
        if let Some(last) = self.last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = match request.call() {
            Ok(response) if response.status().is_success() => response,
            Ok(response) if response.status().as_u16() == 401 => return StreamEnd::Revoked,
            Ok(response) => {
                tracing::warn!("the feed was refused: {}", response.status());
                self.lose();
                return StreamEnd::Broken;
            }
            Err(error) => {
                tracing::debug!("no connection to the hub: {error}");
                self.lose();
                return StreamEnd::Broken;
            }
        };
        let mut reader = StreamReader::new(BufReader::new(response.into_body().into_reader()));
        loop {
            match reader.hear() {
                Ok(Some(heard)) => {
                    self.hear();
                    back_off.reset();
                    self.take(heard);
                }
                Ok(None) => return StreamEnd::Broken,
                Err(error) => {
                    if is_silence(&error) || self.heard.elapsed() >= SILENCE {
                        self.lose();
                    }
                    return StreamEnd::Broken;
                }
            }
        }
    }

    fn take(&mut self, heard: StreamItem) {
        let StreamItem::Message { event, id, data } = heard else { return };
        match event.as_str() {
            "clock" => match serde_json::from_str::<FeedClock>(&data) {
                Ok(told) => {
                    self.clock = HubClock::told(told);
                    self.tell(News::Clock(told));
                }
                Err(error) => tracing::error!("the hub's clock could not be read: {error}"),
            },
            "view" => self.take_view(id.as_deref(), &data),
            _ => {}
        }
    }

    fn take_view(&mut self, id: Option<&str>, data: &str) {
        let Some(id) = id.and_then(|id| id.parse::<FeedId>().ok()) else {
            tracing::error!("a view came without an id of three numbers");
            return;
        };
        // After a loss the same view is news: it says that what is shown is current again.
        if !self.lost && self.last.is_some_and(|last| !id.is_news_after(last)) {
            return;
        }
        match serde_json::from_str::<V>(data) {
            Ok(view) => {
                self.last = Some(id);
                self.lost = false;
                self.tell(News::View { epoch: id.epoch, view: Box::new(view) });
            }
            Err(error) => tracing::error!("a view could not be read: {error}"),
        }
    }

    fn hear(&mut self) {
        self.heard = Instant::now();
    }

    fn lose(&mut self) {
        if !self.lost {
            self.lost = true;
            self.tell(News::Lost { since: self.clock.at(self.heard) });
        }
    }

    fn tell(&self, news: News<V>) {
        // The receiver lives as long as the program.
        drop(self.news.send(news));
        self.wake.now();
    }
}

fn is_silence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}
