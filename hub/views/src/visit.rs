//! What a citizen sees of their own visit.

use chrono::{DateTime, Utc};
use office::{Office, PublicId, VisitState};
use wire::{SuspensionNote, VisitStage, VisitView};

use crate::answers::desk_label;
use crate::outlook::Outlook;

/// One visit, if the office still knows it.
pub fn view(outlook: &Outlook, office: &Office, public: PublicId, now: DateTime<Utc>) -> Option<VisitView> {
    let config = office.config.as_ref()?;
    let visit = office.visits.get(office.visits_by_public.get(&public)?)?;
    let stage = match visit.state {
        VisitState::Waiting { .. } => {
            let expected = outlook.of_visit(office, visit.id, now);
            let suspension = office.service_suspension(visit.service, now);
            VisitStage::Waiting {
                people_ahead: expected.people_ahead,
                expected_wait: expected.wait,
                // Who is told so and is reached after all, since others left, is told their wait.
                out_of_reach: expected.wait.is_none() && office.is_out_of_reach(visit.id),
                suspended: suspension.map(|one| SuspensionNote { until: one.until, because: one.because }),
            }
        }
        VisitState::Called { desk, last, .. } => VisitStage::Called { desk: desk_label(config, desk), at: last },
        VisitState::Serving { desk, .. } => VisitStage::Serving { desk: desk_label(config, desk) },
        VisitState::Parked { .. } | VisitState::Interrupted { .. } => VisitStage::OnHold,
        VisitState::NoShow { .. } => VisitStage::NoShow,
        VisitState::Left { .. } => VisitStage::Left,
        VisitState::Finished { .. } => VisitStage::Finished,
        VisitState::Unserved { .. } => VisitStage::Unserved,
    };
    Some(VisitView {
        office: config.name.clone(),
        zone: config.zone.name().to_owned(),
        number: visit.number.to_string(),
        service: config.services.get(&visit.service).map(|service| service.name.clone()).unwrap_or_default(),
        booked_for: visit.booked_for(),
        stage,
    })
}
