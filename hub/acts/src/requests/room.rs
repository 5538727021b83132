//! What every use case of requests stands on.

use std::sync::Arc;

use body::BodyConfig;
use store::RequestRow;
use tokio::sync::Notify;

use super::{refusal::RequestRefusal, step::StepOrder};
use crate::{fault::Fault, ledger::Ledger};

/// What every use case of requests stands on.
#[derive(Debug, Clone, Copy)]
pub struct RequestRoom<'a> {
    /// The way to write, the way to read, and the time.
    pub ledger: &'a Ledger,
    /// The body's configuration as it is now.
    pub body: &'a Arc<BodyConfig>,
    /// Told when mails were put in.
    pub mail: &'a Notify,
    /// Told when a request was submitted: it may wait for a number of another system.
    pub numbers: &'a Notify,
}

impl RequestRoom<'_> {
    /// Takes a step in the writer's turn.
    ///
    /// # Errors
    /// That the hub cannot write.
    pub(super) async fn step(self, order: StepOrder) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
        let (body, now) = (Arc::clone(self.body), self.ledger.sober_now());
        let taken = self.ledger.writer.change(move |store| order.take(store, &body, now)).await?;
        self.mail.notify_one();
        Ok(taken)
    }
}
