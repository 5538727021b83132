//! What is missing for each service of a list, for whoever looks at it (PLA-06).

use body::Asker;

use crate::{
    houses::{OfficeEntry, service_of},
    next_step::NextStep,
    visitor::Visitor,
};

/// Says of every service what is missing for whoever looks.
pub fn bar(visitor: &Visitor, asker: Asker, offices: &mut [OfficeEntry]) {
    for entry in offices {
        let Some(handle) = visitor.state.offices.get(&entry.key) else { continue };
        for service in entry.groups.iter_mut().flat_map(|group| &mut group.services) {
            let id = handle.config(|config| service_of(config, &service.key)).flatten();
            service.barred = id.and_then(|id| NextStep::of_service(visitor, asker, handle, id));
        }
    }
}
