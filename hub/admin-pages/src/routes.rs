//! Which handlers answer on which route of administrators: every route has its row, or it does not compile.

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use paths::AdminRoute;
use stationery::state::Pages;

use crate::{agents, audit, clerk, clerks, devices, health, journal, levels, looks, office, outbox, people, texts};

/// Every page of administrators.
pub fn router() -> Router<Pages> {
    AdminRoute::ALL.iter().fold(Router::new(), |router, route| router.route(route.pattern(), handlers(*route)))
}

fn handlers(route: AdminRoute) -> MethodRouter<Pages> {
    match route {
        AdminRoute::AdminTexts => get(texts::get),
        AdminRoute::AdminText => get(texts::edit).post(texts::post),
        AdminRoute::AdminAgents => get(agents::get).post(agents::post),
        AdminRoute::AdminAgentInvite => get(agents::back).post(agents::again),
        AdminRoute::AdminAgentDisable => get(agents::back).post(agents::disable),
        AdminRoute::Admin => get(health::get),
        AdminRoute::AdminClock => get(health::back).post(health::believe_clock),
        AdminRoute::AdminDevices => get(devices::get),
        AdminRoute::AdminDevicesPair => get(devices::back).post(devices::pair),
        AdminRoute::AdminDeviceRevoke => get(devices::back).post(devices::revoke),
        AdminRoute::AdminDeviceNoted => get(devices::back).post(devices::noted),
        AdminRoute::AdminClerks => get(clerks::get).post(clerks::post),
        AdminRoute::AdminClerk => get(clerk::get),
        AdminRoute::AdminClerkInvite => get(clerk::back).post(clerk::invite),
        AdminRoute::AdminClerkAddress => get(clerk::back).post(clerk::address),
        AdminRoute::AdminClerkFactorDrop => get(clerk::back).post(clerk::drop_factor),
        AdminRoute::AdminClerkDisable => get(clerk::back).post(clerk::disable),
        AdminRoute::AdminLevels => get(levels::get).post(levels::post),
        AdminRoute::AdminClerkGrants => get(clerk::back).post(clerk::grants),
        AdminRoute::AdminOffice => get(office::get),
        AdminRoute::AdminJournal => get(journal::get),
        AdminRoute::AdminAudit => get(audit::get),
        AdminRoute::AdminLooks => get(looks::get),
        AdminRoute::AdminPeople => get(people::get).post(people::post),
        AdminRoute::AdminPeopleExport => post(people::export_person),
        AdminRoute::AdminPeopleErase => post(people::erase_person),
        AdminRoute::AdminOutbox => get(outbox::get),
        AdminRoute::AdminOutboxTry => get(outbox::back).post(outbox::try_now),
    }
}
