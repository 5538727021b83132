//! Which handlers answer on which route of staff: every route has its row, or it does not compile.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{MethodRouter, get, post},
};
use paths::StaffRoute;
use stationery::{file_form::FORM_BYTES_MAX, forgotten, state::Pages};

use crate::{
    account, address,
    bookings::{
        act,
        action::BookingAction,
        call::{self, CallAction},
        calls, change, day, details, new, one, slip,
    },
    card::{self, CardAction},
    certify,
    citizens::{self, CitizenAction},
    closures, desk,
    desk_form::DeskAction,
    desks, document, handover, hours,
    house::{self, HouseAction},
    lock, login, new_password, office_figures, passkeys,
    reception::{form::ReceptionAction, page, paper},
    requests::{self, one::RequestDeskAction},
    set_up, step, through,
};

/// Every page of staff.
pub fn router() -> Router<Pages> {
    StaffRoute::ALL.iter().fold(Router::new(), |router, route| router.route(route.pattern(), handlers(*route)))
}

fn handlers(route: StaffRoute) -> MethodRouter<Pages> {
    match route {
        StaffRoute::AnyDay => get(day::first),
        StaffRoute::Day => get(day::get).post(day::post),
        StaffRoute::NewBooking => get(new::get),
        StaffRoute::NewBookingDetails => get(new::back).post(new::details),
        StaffRoute::NewBookingBook => get(new::back).post(new::book),
        StaffRoute::Calls => get(calls::get).post(calls::post),
        StaffRoute::Closures => get(closures::get).post(closures::post),
        StaffRoute::ClosuresOpen => post(closures::open),
        StaffRoute::Hours => get(hours::get).post(hours::post),
        StaffRoute::StaffFigures => get(office_figures::get),
        StaffRoute::StaffFiguresCsv => get(office_figures::csv),
        StaffRoute::StaffFiguresXlsx => get(office_figures::xlsx),
        StaffRoute::FeedbackErase => get(office_figures::back).post(office_figures::erase),
        StaffRoute::AnyHouse => get(house::first),
        StaffRoute::House => get(house::get),
        StaffRoute::HouseAction => get(house::back).post(house::post),
        StaffRoute::AnyReception => get(page::first),
        StaffRoute::Reception => get(page::get).post(page::look),
        StaffRoute::ReceptionAction => get(page::back).post(page::post),
        StaffRoute::StaffTicket => get(paper::get),
        StaffRoute::StaffTicketQr => get(paper::qr),
        StaffRoute::StaffBooking => get(one::get),
        StaffRoute::StaffBookingMove => get(change::get).post(change::post),
        StaffRoute::StaffBookingDetails => get(details::get).post(details::post),
        StaffRoute::StaffBookingSlip => get(slip::get),
        StaffRoute::StaffBookingQr => get(slip::qr),
        StaffRoute::StaffCall => get(call::get),
        StaffRoute::StaffCallAction => get(call::back).post(call::post),
        StaffRoute::StaffBookingAction => get(act::back).post(act::post),
        StaffRoute::Login => get(login::get).post(login::post),
        StaffRoute::Lock => get(lock::get).post(lock::post),
        StaffRoute::LockNow => get(lock::back).post(lock::now),
        StaffRoute::LockWhen => get(lock::when),
        StaffRoute::LoginCode => get(step::get).post(step::post),
        StaffRoute::LoginSetUp => get(set_up::at_sign_in).post(set_up::set_at_sign_in),
        StaffRoute::LoginSetUpPasskey => get(passkeys::back_to_set_up).post(passkeys::add_at_sign_in),
        StaffRoute::LoginPasskey => get(passkeys::back_to_step).post(passkeys::sign_in),
        StaffRoute::LoginForgotten => get(forgotten::get).post(forgotten::post),
        StaffRoute::LoginPassword => get(new_password::get).post(new_password::post),
        StaffRoute::LoginAddress => get(address::get).post(address::post),
        StaffRoute::LoginUndo => get(address::ask_undo).post(address::undo),
        StaffRoute::LoginWithNobody => get(through::with::back),
        StaffRoute::LoginWith => get(through::with::get),
        StaffRoute::LoginFrom => get(through::from::get),
        StaffRoute::LoginOut => get(through::out::get),
        StaffRoute::LoginEmail => get(through::email::get).post(through::email::post),
        StaffRoute::LoginEmailSent => get(through::email::sent),
        StaffRoute::LoginConnect => get(through::connect::get).post(through::connect::post),
        StaffRoute::Logout => post(login::out),
        StaffRoute::Staff => get(desks::get),
        StaffRoute::Account => get(account::get),
        StaffRoute::AccountPassword => get(account::back).post(account::password),
        StaffRoute::AccountAddress => get(account::back).post(account::address),
        StaffRoute::AccountFactor => get(set_up::own).post(set_up::set_own),
        StaffRoute::AccountFactorDrop => get(account::back).post(account::drop_factor),
        StaffRoute::AccountCodes => get(account::back).post(account::codes),
        StaffRoute::AccountPasskeys => get(passkeys::new).post(passkeys::ask),
        StaffRoute::AccountPasskeyAdd => get(account::back).post(passkeys::add),
        StaffRoute::AccountPasskeyDrop => get(account::back).post(passkeys::drop),
        StaffRoute::AccountSessionEnd => get(account::back).post(account::end_session),
        StaffRoute::Desk => get(desk::get),
        StaffRoute::DeskHandover => get(handover::get).post(handover::post),
        StaffRoute::DeskAction => get(desk::back).post(desk::post),
        StaffRoute::Card => get(card::get),
        StaffRoute::CardAction => get(card::back).post(card::post),
        StaffRoute::Certify => get(certify::get).post(certify::look),
        StaffRoute::CertifyOne => get(certify::one).post(certify::post),
        StaffRoute::CertifyRevoke => get(certify::back).post(certify::revoke),
        StaffRoute::Citizens => get(citizens::get).post(citizens::look),
        StaffRoute::CitizenOne => get(citizens::one),
        StaffRoute::CitizenAction => get(citizens::back).post(citizens::post),
        StaffRoute::StaffRequests => get(requests::list::get),
        StaffRoute::StaffRequest => get(requests::one::get),
        StaffRoute::StaffPosting => get(requests::posting::get),
        StaffRoute::StaffLevels => get(requests::levels::get).post(requests::levels::post),
        StaffRoute::StaffRequestFiles => {
            get(requests::files::back).post(requests::files::post).layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        }
        StaffRoute::StaffRequestFile => get(requests::files::get),
        StaffRoute::StaffRequestAction => get(requests::one::back).post(requests::one::post),
        StaffRoute::StaffDocument => get(document::get),
    }
}

/// The pages whose forms are told apart by the last part of their address, each with the names of all that can stand there.
#[must_use]
pub const fn page_actions() -> [(StaffRoute, &'static [&'static str]); 8] {
    [
        (StaffRoute::CitizenAction, CitizenAction::NAMES),
        (StaffRoute::StaffRequestAction, RequestDeskAction::NAMES),
        (StaffRoute::DeskAction, DeskAction::NAMES),
        (StaffRoute::CardAction, CardAction::NAMES),
        (StaffRoute::HouseAction, HouseAction::NAMES),
        (StaffRoute::ReceptionAction, ReceptionAction::NAMES),
        (StaffRoute::StaffCallAction, CallAction::NAMES),
        (StaffRoute::StaffBookingAction, BookingAction::NAMES),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_of_actions_has_its_table() {
        let tables = page_actions().map(|(route, _)| route.pattern());
        let routes: Vec<&str> =
            StaffRoute::ALL.iter().map(|route| route.pattern()).filter(|path| path.ends_with("/{action}")).collect();
        assert!(routes.iter().all(|route| tables.contains(route)), "{routes:?}");
        assert_eq!(routes.len(), tables.len());
    }

    #[test]
    fn an_action_is_read_by_its_own_name_alone() {
        for name in DeskAction::NAMES {
            assert_eq!(name.parse::<DeskAction>().unwrap().name(), *name);
        }
        assert!("dance".parse::<DeskAction>().is_err());
    }
}
