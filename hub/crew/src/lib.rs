//! Crews: a few threads of their own for each kind of work that takes a thread's whole attention, and a queue that ends.
//!
//! The runtime's own pool for such work is one for all, with as many threads as are asked for at once: a burst of passwords
//! would take gigabytes, and keep every page waiting that looks something up.

use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Why work was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CrewError {
    /// As much waits as may; in a moment there will be less.
    #[error("as much waits as may")]
    Busy,
    /// The work broke off.
    #[error("the work broke off")]
    Broken,
}

/// A few threads and their queue.
#[derive(Debug)]
pub struct WorkCrew {
    pool: ThreadPool,
    places: Arc<Semaphore>,
}

impl WorkCrew {
    /// So many threads, for whom so much work may wait beside what they are at.
    ///
    /// # Panics
    /// If the machine gives no threads: nothing can be served then.
    pub fn new(name: &'static str, threads: usize, queue: usize) -> Self {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(move |nth| format!("{name}-{nth}"))
            // Whoever waits for the work is told, and the program's own hook has told the log, once a minute for each place.
            .panic_handler(|_| ())
            .build()
            .expect("the machine has a few more threads for the hub");
        Self { pool, places: Arc::new(Semaphore::new(threads + queue)) }
    }

    /// Has work done, unless too much waits already.
    ///
    /// # Errors
    /// [`CrewError`].
    pub async fn try_do<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, CrewError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| CrewError::Busy)?;
        self.hand_over(place, work).await
    }

    /// Has work done when its turn comes; for work of which each request has one piece, so that the queue is bounded already.
    ///
    /// # Errors
    /// [`CrewError::Broken`].
    pub async fn do_in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CrewError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| CrewError::Broken)?;
        self.hand_over(place, work).await
    }

    async fn hand_over<T: Send + 'static>(
        &self,
        place: OwnedSemaphorePermit,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CrewError> {
        let (done, waits) = oneshot::channel();
        self.pool.spawn(move || {
            // Nobody works for somebody who has gone.
            if !done.is_closed() {
                let _ = done.send(work());
            }
            drop(place);
        });
        waits.await.map_err(|_| CrewError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn prom_13_what_comes_when_the_queue_is_full_is_told_so() {
        let crew = Arc::new(WorkCrew::new("test", 1, 1));
        let (end, ends) = mpsc::channel::<()>();
        let (begun, begins) = oneshot::channel();
        let at_work = tokio::spawn({
            let crew = Arc::clone(&crew);
            async move {
                let work = move || {
                    let _ = begun.send(());
                    ends.recv()
                };
                crew.try_do(work).await
            }
        });
        begins.await.unwrap();
        let mut queued = Box::pin(crew.try_do(|| 2));
        assert!(futures_pending(queued.as_mut()).await);
        assert_eq!(crew.try_do(|| 3).await, Err(CrewError::Busy));
        end.send(()).unwrap();
        assert_eq!(queued.await, Ok(2));
        at_work.await.unwrap().unwrap().unwrap();
        assert_eq!(crew.do_in_turn(|| 4).await, Ok(4));
    }

    /// Whether a future waits, having been begun.
    async fn futures_pending<F: Future>(mut future: std::pin::Pin<&mut F>) -> bool {
        std::future::poll_fn(|context| std::task::Poll::Ready(future.as_mut().poll(context).is_pending())).await
    }

    #[tokio::test]
    async fn prom_13_what_panics_breaks_alone() {
        let crew = WorkCrew::new("test", 1, 1);
        let broken: Result<(), CrewError> = crew.try_do(|| panic!("as a test does")).await;
        assert_eq!(broken, Err(CrewError::Broken));
        assert_eq!(crew.try_do(|| 1).await, Ok(1));
    }
}
