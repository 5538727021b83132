//! A watch over one connection: how long it may take over a head, sleep between two requests, and not read what it is sent.

use std::{
    io::IoSlice,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use access::LimitsConfig;
use tokio::{
    io::{self, AsyncRead, AsyncWrite, ReadBuf},
    sync::Notify,
    time::{Instant, sleep_until},
};

/// How long a connection may take.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionPatience {
    head: Duration,
    sleep: Duration,
    write: Duration,
}

impl ConnectionPatience {
    /// As the limits say.
    pub const fn new(limits: &LimitsConfig) -> Self {
        Self {
            head: Duration::from_secs(limits.head_seconds_max),
            sleep: Duration::from_secs(limits.idle_seconds_max),
            write: Duration::from_secs(limits.write_idle_seconds_max),
        }
    }
}

/// What the connection was last seen at.
#[derive(Debug)]
struct Sight {
    /// Requests that are on the way.
    at_work: u32,
    /// When the head that is coming began; bytes that follow one by one do not put it off.
    head_since: Option<Instant>,
    /// Since when it has waited for a request.
    waits_since: Instant,
    /// Since when it has read nothing of what is sent.
    blocked_since: Option<Instant>,
    /// When the watcher wakes, if a time is set.
    wakes_at: Option<Instant>,
}

/// A watch over one connection.
#[derive(Debug)]
pub struct Vigil {
    patience: ConnectionPatience,
    sight: Mutex<Sight>,
    sooner: Notify,
}

impl Vigil {
    /// Of a connection that has just come, and must begin to speak.
    pub fn begin(patience: ConnectionPatience) -> Self {
        let now = Instant::now();
        let sight = Sight { at_work: 0, head_since: Some(now), waits_since: now, blocked_since: None, wakes_at: None };
        Self { patience, sight: Mutex::new(sight), sooner: Notify::new() }
    }

    fn sight(&self) -> MutexGuard<'_, Sight> {
        self.sight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When it is too late, as things stand.
    fn deadline(&self, sight: &Sight) -> Option<Instant> {
        let waits = (sight.at_work == 0).then(|| match sight.head_since {
            Some(since) => since + self.patience.head,
            None => sight.waits_since + self.patience.sleep,
        });
        let blocked = sight.blocked_since.map(|since| since + self.patience.write);
        waits.into_iter().chain(blocked).min()
    }

    /// Tells the watcher, where it would wake too late.
    fn look_again(&self, sight: &Sight) {
        let deadline = self.deadline(sight);
        if deadline.is_some_and(|deadline| sight.wakes_at.is_none_or(|wakes| deadline < wakes)) {
            self.sooner.notify_one();
        }
    }

    /// A request's head is read.
    pub fn work_begins(&self) {
        let mut sight = self.sight();
        sight.at_work += 1;
        sight.head_since = None;
    }

    /// The answer is handed over.
    pub fn work_ends(&self) {
        let mut sight = self.sight();
        sight.at_work -= 1;
        sight.waits_since = Instant::now();
        self.look_again(&sight);
    }

    /// Whether a request is on the way.
    pub fn is_at_work(&self) -> bool {
        self.sight().at_work > 0
    }

    fn bytes_come(&self) {
        let mut sight = self.sight();
        if sight.at_work == 0 && sight.head_since.is_none() {
            sight.head_since = Some(Instant::now());
            self.look_again(&sight);
        }
    }

    fn writes(&self, is_blocked: bool) {
        let mut sight = self.sight();
        match (is_blocked, sight.blocked_since) {
            (true, None) => {
                sight.blocked_since = Some(Instant::now());
                self.look_again(&sight);
            }
            (false, Some(_)) => sight.blocked_since = None,
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// Waits until the connection has taken too long over something.
    pub async fn overdue(&self) {
        loop {
            let deadline = {
                let mut sight = self.sight();
                sight.wakes_at = self.deadline(&sight);
                sight.wakes_at
            };
            match deadline {
                Some(deadline) if deadline <= Instant::now() => return,
                Some(deadline) => tokio::select! {
                    () = sleep_until(deadline) => {}
                    () = self.sooner.notified() => {}
                },
                None => self.sooner.notified().await,
            }
        }
    }
}

/// The bytes of a connection that is watched over.
#[derive(Debug)]
pub struct WatchedStream<S> {
    inner: S,
    vigil: Arc<Vigil>,
}

impl<S> WatchedStream<S> {
    /// These bytes, under this watch.
    pub const fn new(inner: S, vigil: Arc<Vigil>) -> Self {
        Self { inner, vigil }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WatchedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.vigil.bytes_come();
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WatchedStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.vigil.writes(polled.is_pending());
        polled
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write_vectored(context, bytes);
        self.vigil.writes(polled.is_pending());
        polled
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.inner).poll_flush(context);
        if polled.is_pending() {
            self.vigil.writes(true);
        }
        polled
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.inner).poll_shutdown(context);
        self.vigil.writes(polled.is_pending());
        polled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vigil() -> Vigil {
        let [head, sleep, write] = [10, 60, 30].map(Duration::from_secs);
        Vigil::begin(ConnectionPatience { head, sleep, write })
    }

    /// How long it has from a moment on, by the second.
    fn left(vigil: &Vigil, from: impl Fn(&Sight) -> Option<Instant>) -> Option<u64> {
        let sight = vigil.sight();
        let deadline = vigil.deadline(&sight)?;
        Some((deadline - from(&sight).unwrap()).as_secs())
    }

    #[test]
    fn prom_13_a_head_of_one_byte_per_interval_is_not_waited_for_longer() {
        let vigil = vigil();
        let before = vigil.deadline(&vigil.sight());
        assert_eq!(left(&vigil, |sight| sight.head_since), Some(10));
        vigil.bytes_come();
        vigil.bytes_come();
        assert_eq!(vigil.deadline(&vigil.sight()), before);
    }

    #[test]
    fn prom_13_who_works_has_no_end_who_sleeps_has_longer_and_the_next_head_has_its_own_time() {
        let vigil = vigil();
        vigil.work_begins();
        vigil.bytes_come();
        assert_eq!(vigil.deadline(&vigil.sight()), None);
        vigil.work_ends();
        assert_eq!(left(&vigil, |sight| Some(sight.waits_since)), Some(60));
        vigil.bytes_come();
        assert_eq!(left(&vigil, |sight| sight.head_since), Some(10));
    }

    #[test]
    fn prom_13_an_answer_that_nobody_reads_is_given_up_and_one_that_is_read_is_not() {
        let vigil = vigil();
        vigil.work_begins();
        vigil.writes(true);
        vigil.writes(true);
        assert_eq!(left(&vigil, |sight| sight.blocked_since), Some(30));
        vigil.writes(false);
        assert_eq!(vigil.deadline(&vigil.sight()), None);
    }
}
