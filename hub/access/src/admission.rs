//! A device is let in by an administrator, and greeted whenever it comes again (PROM-11).

use std::sync::Arc;

use handshake::{Salutation, ThreeWords};
use store::Device;
use wire::{DeviceStanding, GreetingAnswer, PairingOutcome};
use writer::{OfficeHandle, WriteError};

use crate::{access::Access, pairings::PairingError};

impl Access {
    /// An administrator lets the device in that shows this code and these words.
    ///
    /// # Errors
    /// [`PairingError`].
    pub async fn let_in(
        &self,
        code: &str,
        words: Option<ThreeWords>,
        office: &OfficeHandle,
    ) -> Result<Arc<Device>, PairingError> {
        let now = self.clock.now();
        let (pairing, request) = self.pairings.decide(code, words, now)?;
        let (this, row, office) = (self.clone(), office.row, office.key.to_string());
        // To its end, also where the administrator's browser goes away meanwhile: the device waits for it.
        let let_in = tokio::spawn(async move {
            let added = this.devices.add(&this.writer, &request, row, now).await;
            let outcome = added.as_ref().ok().map(|(device, token)| PairingOutcome::Paired {
                token: token.clone(),
                office,
                device: Some(device.id),
            });
            this.pairings.settle(pairing, outcome);
            added.map(|(device, _)| device)
        });
        Ok(let_in.await.map_err(|_| WriteError::Broken)??)
    }

    /// Answers a device that has not given its token yet.
    pub fn greet(&self, salutation: &Salutation) -> GreetingAnswer {
        let device = self.devices.with_mark(&salutation.mark);
        let standing = match &device {
            None => DeviceStanding::Unknown,
            Some(device) if device.revoked_at.is_some() => DeviceStanding::Revoked,
            Some(_) => DeviceStanding::Known,
        };
        let known = device.as_ref().map(|device| (device.id, &device.token_hash));
        salutation.answer(self.pairings.identity(), standing, known)
    }
}
