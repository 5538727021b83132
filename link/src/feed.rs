//! Follows the hub's feed: makes sure of the hub, takes each newer view, says when the hub is lost and since when, and comes
//! back at once.

use std::{
    io::{self, BufReader},
    thread,
    time::Instant,
};

use crossbeam_channel::Sender;
use serde::de::DeserializeOwned;
use ureq::Agent;
use wire::{FeedClock, FeedId, HubEncounter, PairingOutcome};

use crate::{
    back_off::BackOff,
    clock::HubClock,
    config::LinkConfig,
    greeting::{Greeter, Welcome},
    lines::{self, HubTrust, SILENCE},
    news::{Estrangement, News},
    pairing::PairingTalk,
    sse::{StreamItem, StreamReader},
    token::{CommandLine, Credentials, SharedLine, TokenFile},
    wake::Wake,
};

/// The thread that follows the feed.
pub struct Follower<V> {
    config: LinkConfig,
    file: TokenFile,
    shared: SharedLine,
    news: Sender<News<V>>,
    wake: Wake,
    clock: HubClock,
    heard: Instant,
    trouble: Option<Trouble>,
    last: Option<FeedId>,
}

/// What keeps the device from following, as the screen was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// Nothing is heard.
    Lost,
    /// Whoever answers is not taken for the hub, or does not know the device.
    Estranged(Estrangement),
}

impl<V: DeserializeOwned> Follower<V> {
    pub fn new(config: LinkConfig, file: TokenFile, shared: SharedLine, news: Sender<News<V>>, wake: Wake) -> Self {
        let (clock, heard) = (HubClock::of_this_machine(), Instant::now());
        Self { config, file, shared, news, wake, clock, heard, trouble: None, last: None }
    }

    /// Follows the feed for ever.
    pub fn run(mut self) {
        let mut back_off = BackOff::new();
        loop {
            let credentials = match self.file.load() {
                Some(credentials) => credentials,
                None => self.pair(&mut back_off),
            };
            self.stay(credentials, &mut back_off);
            self.forget();
        }
    }

    /// Follows the hub of these credentials until it says, and shows that it is the one who says it, that they are no more.
    /// Whatever else anybody answers changes nothing in what the device keeps.
    fn stay(&mut self, mut credentials: Credentials, back_off: &mut BackOff) {
        let authorities = credentials.hub.clone().map(|hub| hub.authorities).unwrap_or_default();
        let trust = HubTrust::Pinned(&authorities);
        let (agent, commanding) = (lines::following(trust), lines::commanding(trust));
        loop {
            match Greeter::new(&self.config.hub, &credentials, agent.clone()).greet() {
                Welcome::Known(learned) => {
                    self.hear();
                    let before = credentials.clone();
                    credentials.device = learned.device.or(credentials.device);
                    credentials.hub = learned.pin.or(credentials.hub);
                    self.keep_if_new(&before, &credentials);
                    self.shared.set(Some(CommandLine { credentials: credentials.clone(), agent: commanding.clone() }));
                    self.tell_of_encounter(&mut credentials, &agent);
                    self.follow(&credentials, &agent, back_off);
                    self.close_open_line();
                }
                Welcome::Revoked => {
                    tracing::warn!("the hub has shut this device out");
                    return;
                }
                Welcome::Unknown => self.estrange(Estrangement::UnknownHere),
                Welcome::Stranger => {
                    self.meet(&mut credentials);
                    self.estrange(Estrangement::AnotherHub);
                }
                Welcome::Away => self.lose(),
            }
            thread::sleep(back_off.next());
        }
    }

    /// Where anybody can answer, commands wait from the moment at which the feed breaks until somebody has shown again that it
    /// is the hub: it is the first sign that another may be there. With TLS each line shows it by itself.
    fn close_open_line(&self) {
        if !self.config.hub.starts_with("https://") {
            self.shared.set(None);
        }
    }

    fn keep_if_new(&self, before: &Credentials, credentials: &Credentials) {
        if before != credentials
            && let Err(error) = self.file.keep(credentials)
        {
            tracing::error!("what is new about the hub cannot be kept: {error}");
        }
    }

    /// Notes that another hub answered, on disk too: the first thing that people do is to switch the device off and on.
    fn meet(&self, credentials: &mut Credentials) {
        let (before, now) = (credentials.clone(), self.clock.now());
        let since = before.met.map_or(now, |met| met.since);
        credentials.met = Some(HubEncounter { since, until: now.max(since) });
        if self.trouble != Some(Trouble::Estranged(Estrangement::AnotherHub)) {
            self.keep_if_new(&before, credentials);
        }
    }

    /// Tells the hub of it, once that is back.
    fn tell_of_encounter(&self, credentials: &mut Credentials, agent: &Agent) {
        let Some(met) = credentials.met else { return };
        let sent = agent
            .post(format!("{}/api/v1/devices/self/encounters", self.config.hub))
            .header("authorization", format!("Bearer {}", credentials.token))
            .send_json(met);
        if sent.is_ok_and(|response| response.status().is_success()) {
            let before = credentials.clone();
            credentials.met = None;
            self.keep_if_new(&before, credentials);
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
            let begun = PairingTalk::begin(&self.config);
            let Ok(talk) = begun.inspect_err(|error| tracing::warn!("cannot ask to be paired: {error}")) else {
                self.lose();
                thread::sleep(back_off.next());
                continue;
            };
            self.hear();
            back_off.reset();
            // In the log too, for whoever sets a device up from afar; the code is good for minutes, and for one device.
            tracing::info!("pairing code {} words {}", talk.code, talk.words);
            self.trouble = None;
            self.tell(News::Pairing { code: talk.code.clone(), words: talk.words });
            loop {
                match talk.outcome() {
                    Ok(PairingOutcome::Waiting) => {}
                    Ok(PairingOutcome::Paired { token, office, device }) => {
                        let credentials = Credentials { token, office, device, hub: Some(talk.pin), met: None };
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

    /// Follows the feed until it breaks, falls silent, or is refused; what a refusal means, the next greeting says.
    fn follow(&mut self, credentials: &Credentials, agent: &Agent, back_off: &mut BackOff) {
        let address = format!("{}/api/v1/offices/{}/feeds/{}", self.config.hub, credentials.office, self.config.feed);
        let mut request = agent
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
            Ok(response) => {
                tracing::warn!("the feed was refused: {}", response.status());
                return self.lose();
            }
            Err(error) => {
                tracing::debug!("no connection to the hub: {error}");
                return self.lose();
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
                Ok(None) => return,
                Err(error) => {
                    if is_silence(&error) || self.heard.elapsed() >= SILENCE {
                        self.lose();
                    }
                    return;
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
            "emblem" => match serde_json::from_str(&data) {
                Ok(emblem) => self.tell(News::Emblem(emblem)),
                Err(error) => tracing::error!("the office's emblem could not be read: {error}"),
            },
            "provisions" => match serde_json::from_str(&data) {
                Ok(provisions) => self.tell(News::Provisions(provisions)),
                Err(error) => tracing::error!("what the hub provides could not be read: {error}"),
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
        if self.trouble.is_none() && self.last.is_some_and(|last| !id.is_news_after(last)) {
            return;
        }
        match serde_json::from_str::<V>(data) {
            Ok(view) => {
                self.last = Some(id);
                self.trouble = None;
                self.tell(News::View { epoch: id.epoch, view: Box::new(view) });
            }
            Err(error) => tracing::error!("a view could not be read: {error}"),
        }
    }

    fn hear(&mut self) {
        self.heard = Instant::now();
    }

    fn lose(&mut self) {
        if self.trouble.replace(Trouble::Lost) != Some(Trouble::Lost) {
            self.tell(News::Lost { since: self.clock.at(self.heard) });
        }
    }

    fn estrange(&mut self, why: Estrangement) {
        self.shared.set(None);
        if self.trouble.replace(Trouble::Estranged(why)) != Some(Trouble::Estranged(why)) {
            self.tell(News::Estranged(why));
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
