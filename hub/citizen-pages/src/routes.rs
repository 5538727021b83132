//! Which handlers answer on which route of citizens and agents: every route has its row, or it does not compile.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{MethodRouter, get, post},
};
use paths::CitizenRoute;
use stationery::{challenge, file_form::FORM_BYTES_MAX, state::Pages};

use crate::{
    accessibility, agent, book, booking,
    conferences::{self, guest::GuestAction, meeting::MeetingAction, one::ManagerAction},
    coordination::{self, UnitsAction, requests::RoleRequestAction},
    front, member, open_figures, order, privacy, protection, published,
    requests::{self, one::ApplicantAction},
    visit,
};

/// Every page of citizens and agents.
pub fn router() -> Router<Pages> {
    CitizenRoute::ALL.iter().fold(Router::new(), |router, route| router.route(route.pattern(), handlers(*route)))
}

/// The pages whose forms are told apart by the last part of their address, with the names of all that can stand there.
#[must_use]
pub const fn page_actions() -> [(CitizenRoute, &'static [&'static str]); 6] {
    [
        (CitizenRoute::RequestAction, ApplicantAction::NAMES),
        (CitizenRoute::RoleRequestAction, RoleRequestAction::NAMES),
        (CitizenRoute::CoordinationUnitsAction, UnitsAction::NAMES),
        (CitizenRoute::ConferenceMeetingAction, MeetingAction::NAMES),
        (CitizenRoute::ConferenceAction, ManagerAction::NAMES),
        (CitizenRoute::ConferenceGuestAction, GuestAction::NAMES),
    ]
}

fn handlers(route: CitizenRoute) -> MethodRouter<Pages> {
    match route {
        CitizenRoute::Front => get(front::get),
        CitizenRoute::Privacy => get(privacy::get),
        CitizenRoute::Accessibility => get(accessibility::get),
        CitizenRoute::Protection => get(protection::get),
        CitizenRoute::Order => get(order::get),
        CitizenRoute::PublishedOffice => get(published::office),
        CitizenRoute::OpenFigures => get(open_figures::get),
        CitizenRoute::OpenFiguresCsv => get(open_figures::csv),
        CitizenRoute::OpenFiguresJson => get(open_figures::json),
        CitizenRoute::PublishedService => get(published::service),
        CitizenRoute::PublishedChannel => get(published::in_channel),
        CitizenRoute::Book => get(book::address::get).post(book::address::post),
        CitizenRoute::BookSent => get(book::address::sent),
        CitizenRoute::BookLetters => get(challenge::get),
        CitizenRoute::BookStart => get(book::start::get).post(book::start::post),
        CitizenRoute::BookService => get(book::service::get),
        CitizenRoute::Times => get(book::times::get).post(book::times::post),
        CitizenRoute::Hold => get(book::details::get).post(book::details::post),
        CitizenRoute::HoldExtend => get(book::details::back).post(book::details::extend),
        CitizenRoute::HoldReview => get(book::review::get),
        CitizenRoute::HoldConfirm => get(book::details::back).post(book::confirm::post),
        CitizenRoute::Booking => get(booking::manage::get),
        CitizenRoute::BookingQr => get(booking::manage::qr),
        CitizenRoute::BookingCalendar => get(booking::manage::calendar),
        CitizenRoute::BookingChange => get(booking::change::get).post(booking::change::post),
        CitizenRoute::BookingDocuments => get(booking::documents::get)
            .post(booking::documents::post)
            .layer(DefaultBodyLimit::max(booking::documents::BODY_BYTES_MAX)),
        CitizenRoute::BookingCorrect => get(booking::correct::get).post(booking::correct::post),
        CitizenRoute::BookingDocumentsRemove => post(booking::documents::remove),
        CitizenRoute::BookingData => get(booking::data::get),
        CitizenRoute::BookingDataJson => get(booking::data::json),
        CitizenRoute::BookingCode => get(booking::code::get).post(booking::code::post),
        CitizenRoute::BookingCodeSend => get(booking::code::back).post(booking::code::send),
        CitizenRoute::BookingRenew => get(booking::renew::get).post(booking::renew::post),
        CitizenRoute::BookingErase => get(booking::data::ask).post(booking::data::erase),
        CitizenRoute::BookingCancel => get(booking::cancel::get).post(booking::cancel::post),
        CitizenRoute::BookingCall => get(booking::call::get),
        CitizenRoute::HelperCall => get(booking::call::helper),
        CitizenRoute::Served => get(booking::served::get).post(booking::served::post),
        CitizenRoute::Visit => get(visit::get).post(visit::post),
        CitizenRoute::VisitFeedback => get(visit::back).post(visit::say),
        CitizenRoute::Entrusted => get(agent::entrusted::get).post(agent::entrusted::post),
        CitizenRoute::Confirm => get(agent::mobile::get).post(agent::mobile::post),
        CitizenRoute::ConfirmCode => get(agent::mobile::back).post(agent::mobile::send),
        CitizenRoute::Agent => get(agent::home::get),
        CitizenRoute::AgentWithdraw => get(agent::home::back).post(agent::home::withdraw),
        CitizenRoute::AgentCsv => get(agent::home::csv),
        CitizenRoute::AgentLogin => get(agent::login::back),
        CitizenRoute::AgentPassword => get(agent::password::get).post(agent::password::post),
        CitizenRoute::Register => get(member::register::get).post(member::register::post),
        CitizenRoute::RegisterSent => get(member::register::sent),
        CitizenRoute::RegisterAgain => get(member::register::again).post(member::register::send_again),
        CitizenRoute::RegisterActivate => get(member::activate::get).post(member::activate::post),
        CitizenRoute::Member => get(member::home::get),
        CitizenRoute::MemberLevel => get(member::level::get).post(member::level::post),
        CitizenRoute::MemberData => get(member::data::get),
        CitizenRoute::MemberDataJson => get(member::data::json),
        CitizenRoute::MemberErase => get(member::data::ask).post(member::data::erase),
        CitizenRoute::MemberJoin => get(member::join::get).post(member::join::post),
        CitizenRoute::MemberJoinConfirm => get(member::join::back).post(member::join::confirm),
        CitizenRoute::MemberRecords => get(member::records::get).post(member::records::post),
        CitizenRoute::MemberDetails => get(member::details::get).post(member::details::post),
        CitizenRoute::Requests => get(requests::categories::get),
        CitizenRoute::RequestNew => {
            get(requests::new::get).post(requests::new::post).layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        }
        CitizenRoute::RequestOne => get(requests::one::get),
        CitizenRoute::RequestReceipt => get(requests::one::receipt),
        CitizenRoute::RequestQr => get(requests::result::qr),
        CitizenRoute::RequestResult => get(requests::result::get),
        CitizenRoute::RequestFiles => {
            get(requests::files::back).post(requests::files::post).layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        }
        CitizenRoute::RequestFile => get(requests::files::get),
        CitizenRoute::RequestAction => get(requests::one::back).post(requests::one::post),
        CitizenRoute::MemberRole => get(member::role::get).post(member::role::post),
        CitizenRoute::RoleRequests => get(coordination::requests::get),
        CitizenRoute::RoleRequestAction => get(coordination::requests::back).post(coordination::requests::post),
        CitizenRoute::CoordinationUnits => get(coordination::units::get),
        CitizenRoute::CoordinationUnitsAction => get(coordination::units::back).post(coordination::units::post),
        CitizenRoute::CoordinatorInvitation => get(coordination::invitation::get).post(coordination::invitation::post),
        CitizenRoute::Conferences => get(conferences::list::get),
        CitizenRoute::ConferenceNew => get(conferences::new::get).post(conferences::new::post),
        CitizenRoute::ConferenceFigures => get(conferences::figures::get),
        CitizenRoute::ConferenceFiguresCsv => get(conferences::figures::csv),
        CitizenRoute::ConferenceOne => get(conferences::one::get),
        CitizenRoute::ConferenceChange => get(conferences::change::get).post(conferences::change::post),
        CitizenRoute::ConferenceMeeting => get(conferences::meeting::get),
        CitizenRoute::ConferenceMeetingAction => get(conferences::meeting::back).post(conferences::meeting::post),
        CitizenRoute::ConferenceMinutesPdf => get(conferences::minutes::file),
        CitizenRoute::ConferenceMinutes => get(conferences::minutes::get).post(conferences::minutes::post),
        CitizenRoute::ConferenceMinutesFile => get(conferences::minutes::own_file),
        CitizenRoute::ConferenceCall => get(conferences::room::coordinator),
        CitizenRoute::TestRoom => get(conferences::test_room::get),
        CitizenRoute::ConferenceAction => get(conferences::one::back).post(conferences::one::post),
        CitizenRoute::ConferenceGuest => get(conferences::guest::get),
        CitizenRoute::ConferenceGuestCall => get(conferences::room::guest),
        CitizenRoute::ConferenceGuestAction => get(conferences::guest::back).post(conferences::guest::post),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_of_actions_has_its_table() {
        let tables = page_actions().map(|(route, _)| route.pattern());
        let routes = CitizenRoute::ALL.iter().map(|route| route.pattern()).filter(|path| path.ends_with("/{action}"));
        assert_eq!(routes.collect::<Vec<_>>(), tables);
    }
}
