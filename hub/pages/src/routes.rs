//! Which handlers answer on which route: every route has its row, or it does not compile.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};
use paths::Route;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    admin, agent, assets, book, booking, date_field, dress, forgotten, front, once, privacy, problem,
    staff::{
        self,
        bookings::{act, calls, change, day, details, new, one, slip},
    },
    state::Pages,
    visit,
};

/// Every page.
pub fn router(state: Pages) -> Router {
    let pages = Route::ALL.iter().fold(Router::new(), |router, route| router.route(route.pattern(), handlers(*route)));
    pages
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::not_found)
        .layer(from_fn_with_state(state.clone(), once::once))
        .layer(from_fn_with_state(state.clone(), date_field::join_dates))
        .layer(CatchPanicLayer::custom(acts::broken))
        .layer(from_fn_with_state(state.clone(), dress::dress))
        .route("/assets/{*path}", get(assets::get))
        .with_state(state)
}

fn handlers(route: Route) -> MethodRouter<Pages> {
    match route {
        Route::Front => get(front::get),
        Route::Privacy => get(privacy::get),
        Route::Book => get(book::address::get).post(book::address::post),
        Route::BookSent => get(book::address::sent),
        Route::BookLetters => get(book::challenge::get),
        Route::BookStart => get(book::start::get).post(book::start::post),
        Route::BookService => get(book::service::get),
        Route::Times => get(book::times::get).post(book::times::post),
        Route::Hold => get(book::details::get).post(book::details::post),
        Route::HoldExtend => get(book::details::back).post(book::details::extend),
        Route::HoldReview => get(book::review::get),
        Route::HoldConfirm => get(book::details::back).post(book::confirm::post),
        Route::Booking => get(booking::manage::get),
        Route::BookingQr => get(booking::manage::qr),
        Route::BookingCalendar => get(booking::manage::calendar),
        Route::BookingChange => get(booking::change::get).post(booking::change::post),
        Route::BookingDocuments => get(booking::documents::get)
            .post(booking::documents::post)
            .layer(DefaultBodyLimit::max(booking::documents::BODY_BYTES_MAX)),
        Route::BookingCorrect => get(booking::correct::get).post(booking::correct::post),
        Route::BookingDocumentsRemove => post(booking::documents::remove),
        Route::BookingData => get(booking::data::get),
        Route::BookingDataJson => get(booking::data::json),
        Route::BookingCode => get(booking::code::get).post(booking::code::post),
        Route::BookingCodeSend => get(booking::code::back).post(booking::code::send),
        Route::BookingRenew => get(booking::renew::get).post(booking::renew::post),
        Route::BookingErase => get(booking::data::ask).post(booking::data::erase),
        Route::BookingCancel => get(booking::cancel::get).post(booking::cancel::post),
        Route::Served => get(booking::served::get).post(booking::served::post),
        Route::Visit => get(visit::get),
        Route::Entrusted => get(agent::entrusted::get).post(agent::entrusted::post),
        Route::Agent => get(agent::home::get),
        Route::AgentWithdraw => get(agent::home::back).post(agent::home::withdraw),
        Route::AgentCsv => get(agent::home::csv),
        Route::AgentLogin => get(agent::login::get).post(agent::login::post),
        Route::AgentLogout => post(agent::login::out),
        Route::AgentPassword => get(agent::password::get).post(agent::password::post),
        Route::AgentForgotten => get(forgotten::of_agent).post(forgotten::post_of_agent),
        Route::AgentAccount => get(agent::account::get).post(agent::account::post),
        Route::AdminTexts => get(admin::texts::get),
        Route::AdminText => get(admin::texts::edit).post(admin::texts::post),
        Route::AdminAgents => get(admin::agents::get).post(admin::agents::post),
        Route::AdminAgentInvite => get(admin::agents::back).post(admin::agents::again),
        Route::AdminAgentDisable => get(admin::agents::back).post(admin::agents::disable),
        Route::AnyDay => get(day::first),
        Route::Day => get(day::get).post(day::post),
        Route::NewBooking => get(new::get),
        Route::NewBookingDetails => get(new::back).post(new::details),
        Route::NewBookingBook => get(new::back).post(new::book),
        Route::Calls => get(calls::get).post(calls::post),
        Route::Closures => get(staff::closures::get).post(staff::closures::post),
        Route::ClosuresOpen => post(staff::closures::open),
        Route::Hours => get(staff::hours::get).post(staff::hours::post),
        Route::AnyHouse => get(staff::house::first),
        Route::House => get(staff::house::get),
        Route::HouseAction => get(staff::house::back).post(staff::house::post),
        Route::StaffBooking => get(one::get),
        Route::StaffBookingMove => get(change::get).post(change::post),
        Route::StaffBookingDetails => get(details::get).post(details::post),
        Route::StaffBookingSlip => get(slip::get),
        Route::StaffBookingQr => get(slip::qr),
        Route::StaffBookingAction => get(act::back).post(act::post),
        Route::Login => get(staff::login::get).post(staff::login::post),
        Route::Lock => get(staff::lock::get).post(staff::lock::post),
        Route::LockNow => get(staff::lock::back).post(staff::lock::now),
        Route::LockWhen => get(staff::lock::when),
        Route::LoginCode => get(staff::step::get).post(staff::step::post),
        Route::LoginSetUp => get(staff::set_up::at_sign_in).post(staff::set_up::set_at_sign_in),
        Route::LoginSetUpPasskey => get(staff::passkeys::back_to_set_up).post(staff::passkeys::add_at_sign_in),
        Route::LoginPasskey => get(staff::passkeys::back_to_step).post(staff::passkeys::sign_in),
        Route::LoginForgotten => get(forgotten::of_staff).post(forgotten::post_of_staff),
        Route::LoginPassword => get(staff::new_password::get).post(staff::new_password::post),
        Route::LoginAddress => get(staff::address::get).post(staff::address::post),
        Route::Logout => post(staff::login::out),
        Route::Staff => get(staff::desks::get),
        Route::Account => get(staff::account::get),
        Route::AccountPassword => get(staff::account::back).post(staff::account::password),
        Route::AccountAddress => get(staff::account::back).post(staff::account::address),
        Route::AccountFactor => get(staff::set_up::own).post(staff::set_up::set_own),
        Route::AccountFactorDrop => get(staff::account::back).post(staff::account::drop_factor),
        Route::AccountCodes => get(staff::account::back).post(staff::account::codes),
        Route::AccountPasskeys => get(staff::passkeys::new).post(staff::passkeys::ask),
        Route::AccountPasskeyAdd => get(staff::account::back).post(staff::passkeys::add),
        Route::AccountPasskeyDrop => get(staff::account::back).post(staff::passkeys::drop),
        Route::Desk => get(staff::desk::get),
        Route::DeskHandover => get(staff::handover::get).post(staff::handover::post),
        Route::DeskAction => get(staff::desk::back).post(staff::desk::post),
        Route::Card => get(staff::card::get),
        Route::CardAction => get(staff::card::back).post(staff::card::post),
        Route::StaffDocument => get(staff::document::get),
        Route::Admin => get(admin::health::get),
        Route::AdminClock => get(admin::health::back).post(admin::health::believe_clock),
        Route::AdminDevices => get(admin::devices::get),
        Route::AdminDevicesPair => get(admin::devices::back).post(admin::devices::pair),
        Route::AdminDeviceRevoke => get(admin::devices::back).post(admin::devices::revoke),
        Route::AdminDeviceNoted => get(admin::devices::back).post(admin::devices::noted),
        Route::AdminClerks => get(admin::clerks::get).post(admin::clerks::post),
        Route::AdminClerk => get(admin::clerk::get),
        Route::AdminClerkInvite => get(admin::clerk::back).post(admin::clerk::invite),
        Route::AdminClerkAddress => get(admin::clerk::back).post(admin::clerk::address),
        Route::AdminClerkFactorDrop => get(admin::clerk::back).post(admin::clerk::drop_factor),
        Route::AdminClerkDisable => get(admin::clerk::back).post(admin::clerk::disable),
        Route::AdminOffice => get(admin::office::get),
        Route::AdminJournal => get(admin::journal::get),
        Route::AdminAudit => get(admin::audit::get),
        Route::AdminLooks => get(admin::looks::get),
        Route::AdminPeople => get(admin::people::get).post(admin::people::post),
        Route::AdminPeopleExport => post(admin::people::export_person),
        Route::AdminPeopleErase => post(admin::people::erase_person),
        Route::AdminOutbox => get(admin::outbox::get),
        Route::AdminOutboxTry => get(admin::outbox::back).post(admin::outbox::try_now),
    }
}
