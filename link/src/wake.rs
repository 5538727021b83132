//! How a thread says that there is news: a call that asks for a frame, whoever draws it.

use std::sync::Arc;

/// Wakes whoever draws, from any thread.
#[derive(Clone)]
pub struct Wake(Arc<dyn Fn() + Send + Sync>);

impl Wake {
    /// A wake that calls `wake`.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(wake))
    }

    /// Asks for a frame, soon.
    pub fn now(&self) {
        (self.0)();
    }
}
