//! What was answered to a press a moment ago, for answers that cannot be found again: a session that has begun, recovery
//! codes, a link that is used up. An unsteady hand presses twice, and the browser shows the second answer alone: it is the
//! first one's.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex as Lock, PoisonError},
    time::Duration,
};

use secrets::{draw_token, token_hash};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep},
};

use crate::audit::at_same_peer;

/// An answer is kept for so long: a second press comes within moments, and somebody who goes back in their browser within a
/// minute. Nothing that is shown once lies in memory for longer.
const PRESS_SECONDS: u64 = 60;
/// So many answers are kept at most, of which the oldest go first: each is a page of a few thousand letters, and there are not
/// as many people at work in a house who set passwords within one minute.
const PRESSES_MAX: usize = 200;

/// By what a press is known again: what was pressed, in whose browser, and everything that was sent with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PressName([u8; 32]);

/// An answer, once there is one. Whoever presses while the first press is on its way waits here.
type PressAnswer = Arc<Mutex<Option<Box<dyn Any + Send + Sync>>>>;

/// What was answered to presses a moment ago; cheap to clone.
#[derive(Clone)]
pub struct Presses(Arc<PressesParts>);

struct PressesParts {
    /// So long is an answer kept.
    life: Duration,
    /// Goes into every name, so that nothing can be told from a name.
    salt: String,
    kept: Lock<HashMap<PressName, KeptPress>>,
}

struct KeptPress {
    since: Instant,
    /// In whose browser.
    owner: PressName,
    answer: PressAnswer,
}

impl std::fmt::Debug for Presses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Presses(…)")
    }
}

impl Default for Presses {
    fn default() -> Self {
        Self::lasting(Duration::from_secs(PRESS_SECONDS))
    }
}

impl Presses {
    fn lasting(life: Duration) -> Self {
        Self(Arc::new(PressesParts { life, salt: draw_token(), kept: Lock::default() }))
    }

    /// The name of a press, of all its parts.
    pub fn name(&self, parts: &[&str]) -> PressName {
        let mut all = self.0.salt.clone();
        for part in parts {
            all.push_str(&format!("{}:{part}", part.len()));
        }
        PressName(token_hash(&all))
    }

    /// Does what was pressed, or gives the answer of the same press a moment ago. What is begun is done to its end, also where
    /// nobody waits for the answer any more: a browser that sends a form twice hangs up on the first. A refusal is not kept.
    ///
    /// # Errors
    /// What the work says.
    pub async fn once<T, E, F>(&self, (owner, name): (PressName, PressName), work: F) -> Result<T, E>
    where
        T: Clone + Send + Sync + 'static,
        E: Send + 'static,
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let answer = self.place(owner, name, PressAnswer::default());
        let mut kept = Arc::clone(&answer).lock_owned().await;
        if let Some(known) = kept.as_ref().and_then(|known| known.downcast_ref::<T>()) {
            return Ok(known.clone());
        }
        let presses = self.clone();
        let begun = at_same_peer(async move {
            let done = work.await;
            match &done {
                Ok(said) => *kept = Some(Box::new(said.clone())),
                Err(_) => presses.forget(name, &answer),
            }
            drop(kept);
            (done, answer)
        });
        let begun = tokio::spawn(begun);
        match begun.await {
            Ok((done, answer)) => {
                if done.is_ok() {
                    let presses = self.clone();
                    tokio::spawn(async move {
                        sleep(presses.0.life).await;
                        presses.forget(name, &answer);
                    });
                }
                done
            }
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The hub stops: nobody is answered any more.
                Err(_) => std::future::pending().await,
            },
        }
    }

    /// Lets a press be known under another name too: the browser asks otherwise once it has taken what the answer set.
    pub fn also(&self, owner: PressName, name: PressName, other: PressName) {
        let known = self
            .0
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&name)
            .map(|press| Arc::clone(&press.answer));
        let Some(answer) = known.filter(|_| name != other) else { return };
        let there = self.place(owner, other, Arc::clone(&answer));
        if Arc::ptr_eq(&there, &answer) {
            let presses = self.clone();
            tokio::spawn(async move {
                sleep(presses.0.life).await;
                presses.forget(other, &answer);
            });
        }
    }

    /// The place of an answer, this one where there is none yet; the oldest gives way where there are too many.
    fn place(&self, owner: PressName, name: PressName, answer: PressAnswer) -> PressAnswer {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.contains_key(&name) && kept.len() >= PRESSES_MAX {
            let oldest = kept.iter().min_by_key(|(_, press)| press.since).map(|(name, _)| *name);
            oldest.and_then(|oldest| kept.remove(&oldest));
        }
        let begun = || KeptPress { since: Instant::now(), owner, answer };
        Arc::clone(&kept.entry(name).or_insert_with(begun).answer)
    }

    /// Forgets what was answered in a browser, but for one press: whoever sits down there next has pressed none of it.
    pub fn forget_all_of(&self, owner: PressName, but: Option<PressName>) {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|name, press| press.owner != owner || Some(*name) == but);
    }

    fn forget(&self, name: PressName, answer: &PressAnswer) {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.get(&name).is_some_and(|known| Arc::ptr_eq(&known.answer, answer)) {
            kept.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn prom_09_the_same_press_is_done_once_and_a_refusal_is_not_kept() {
        let (presses, times) = (Presses::default(), Arc::new(AtomicU32::new(0)));
        let press = |presses: &Presses, parts: &[&str], is_right: bool| {
            let (name, times) = (presses.name(parts), Arc::clone(&times));
            let presses = presses.clone();
            async move {
                let work = async move {
                    let nth = times.fetch_add(1, Ordering::SeqCst);
                    if is_right { Ok(nth) } else { Err("no") }
                };
                presses.once((presses.name(&["browser"]), name), work).await
            }
        };
        let both = tokio::join!(press(&presses, &["a", "bc"], true), press(&presses, &["a", "bc"], true));
        assert_eq!(both, (Ok(0), Ok(0)));
        assert_eq!(press(&presses, &["ab", "c"], true).await, Ok(1), "another press");
        assert_eq!(press(&presses, &["x"], false).await, Err("no"));
        assert_eq!(press(&presses, &["x"], true).await, Ok(3));
        assert_eq!(press(&Presses::default(), &["a", "bc"], true).await, Ok(4), "another house");
    }

    #[tokio::test]
    async fn prom_09_what_was_begun_is_answered_to_the_second_press_after_the_first_hung_up() {
        let (presses, goes_on, begun) = (Presses::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
        let name = presses.name(&["a"]);
        let (first, went, began) = (presses.clone(), Arc::clone(&goes_on), Arc::clone(&begun));
        let first = tokio::spawn(async move {
            let work = async move {
                began.notify_one();
                went.notified().await;
                Ok::<_, ()>(7)
            };
            first.once((name, name), work).await
        });
        begun.notified().await;
        first.abort();
        goes_on.notify_one();
        assert_eq!(presses.once((name, name), async { Ok::<_, ()>(8) }).await, Ok(7));
    }

    #[tokio::test]
    async fn prom_09_an_answer_is_known_under_the_name_that_it_left_and_under_no_other() {
        let presses = Presses::default();
        let names = ["browser", "before", "after"].map(|name| presses.name(&[name]));
        let [owner, before, after] = names;
        assert_eq!(presses.once((owner, before), async { Ok::<_, ()>(1) }).await, Ok(1));
        presses.also(owner, before, after);
        assert_eq!(presses.once((owner, after), async { Ok::<_, ()>(2) }).await, Ok(1));
        assert_eq!(presses.once((owner, presses.name(&["other"])), async { Ok::<_, ()>(3) }).await, Ok(3));
        presses.forget_all_of(owner, None);
        assert_eq!(presses.once((owner, after), async { Ok::<_, ()>(4) }).await, Ok(4));
    }

    #[tokio::test]
    async fn prom_09_an_answer_is_kept_for_a_while_and_no_more_of_them_than_a_few() {
        let count = |presses: &Presses| presses.0.kept.lock().unwrap().len();
        let presses = Presses::default();
        let owner = presses.name(&["browser"]);
        for nth in 0..PRESSES_MAX + 10 {
            let name = presses.name(&[&nth.to_string()]);
            assert_eq!(presses.once((owner, name), async move { Ok::<_, ()>(nth) }).await, Ok(nth));
        }
        assert_eq!(count(&presses), PRESSES_MAX);
        let last = presses.name(&[&(PRESSES_MAX + 9).to_string()]);
        presses.forget_all_of(presses.name(&["another"]), None);
        assert_eq!(count(&presses), PRESSES_MAX);
        presses.forget_all_of(owner, Some(last));
        assert_eq!(count(&presses), 1);
        let hasty = Presses::lasting(Duration::ZERO);
        assert_eq!(hasty.once((hasty.name(&["a"]), hasty.name(&["a"])), async { Ok::<_, ()>(1) }).await, Ok(1));
        while count(&hasty) > 0 {
            tokio::task::yield_now().await;
        }
    }
}
