//! The pages for citizens, clerks and administrators: HTML made here, complete without scripts.

mod admin;
mod agent;
mod assets;
mod book;
mod booking;
mod csv;
mod detour;
mod form;
mod frame;
mod front;
mod houses;
mod notice;
mod privacy;
mod problem;
mod soonest;
mod staff;
mod state;
mod visit;
mod visitor;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{get, post},
};

pub use book::draft::Drafts;
pub use soonest::Soonest;
pub use state::{Pages, PagesParts};

/// Every page.
pub fn router(state: Pages) -> Router {
    Router::new()
        .route("/", get(front::get))
        .route("/privacy", get(privacy::get))
        .merge(citizen())
        .merge(agents())
        .merge(staff())
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::not_found)
        .layer(from_fn_with_state(state.clone(), visitor::dress))
        .route("/assets/{*path}", get(assets::get))
        .with_state(state)
}

fn citizen() -> Router<Pages> {
    Router::new()
        .route("/book", get(book::address::get).post(book::address::post))
        .route("/book/sent", get(book::address::sent))
        .route("/book/letters/{file}", get(book::challenge::get))
        .route("/book/start/{link}", get(book::start::get).post(book::start::post))
        .route("/book/service", get(book::service::get))
        .route("/book/{office}/{service}", get(book::times::get).post(book::times::post))
        .route("/book/{office}/hold/{booking}", get(book::details::get).post(book::details::post))
        .route("/book/{office}/hold/{booking}/extend", get(book::details::back).post(book::details::extend))
        .route("/book/{office}/hold/{booking}/review", get(book::review::get))
        .route("/book/{office}/hold/{booking}/confirm", get(book::details::back).post(book::confirm::post))
        .route("/booking/{link}", get(booking::manage::get))
        .route("/booking/{link}/qr.png", get(booking::manage::qr))
        .route("/booking/{link}/calendar.ics", get(booking::manage::calendar))
        .route("/booking/{link}/change", get(booking::change::get).post(booking::change::post))
        .route(
            "/booking/{link}/documents",
            get(booking::documents::get)
                .post(booking::documents::post)
                .layer(DefaultBodyLimit::max(booking::documents::BODY_BYTES_MAX)),
        )
        .route("/booking/{link}/correct", get(booking::correct::get).post(booking::correct::post))
        .route("/booking/{link}/documents/remove", post(booking::documents::remove))
        .route("/booking/{link}/data", get(booking::data::get))
        .route("/booking/{link}/data.json", get(booking::data::json))
        .route("/booking/{link}/erase", get(booking::data::ask).post(booking::data::erase))
        .route("/booking/{link}/cancel", get(booking::cancel::get).post(booking::cancel::post))
        .route("/served/{link}", get(booking::served::get).post(booking::served::post))
        .route("/v/{visit}", get(visit::get))
}

fn agents() -> Router<Pages> {
    Router::new()
        .route("/entrusted/{link}", get(agent::entrusted::get).post(agent::entrusted::post))
        .route("/agent", get(agent::home::get))
        .route("/agent/withdraw", get(agent::home::back).post(agent::home::withdraw))
        .route("/agent/bookings.csv", get(agent::home::csv))
        .route("/agent/login", get(agent::login::get).post(agent::login::post))
        .route("/agent/logout", post(agent::login::out))
        .route("/agent/password/{link}", get(agent::password::get).post(agent::password::post))
        .route("/admin/texts", get(admin::texts::get))
        .route("/admin/texts/{office}/{language}/{sentence}", get(admin::texts::edit).post(admin::texts::post))
        .route("/admin/agents", get(admin::agents::get).post(admin::agents::post))
        .route("/admin/agents/{agent}/invite", get(admin::agents::back).post(admin::agents::again))
        .route("/admin/agents/{agent}/disable", get(admin::agents::back).post(admin::agents::disable))
}

/// The office's side of bookings, and the house as a whole.
fn bookings() -> Router<Pages> {
    use staff::bookings::{act, calls, change, day, details, new, one, slip};
    Router::new()
        .route("/staff/bookings", get(day::first))
        .route("/staff/{office}/bookings", get(day::get).post(day::post))
        .route("/staff/{office}/bookings/new", get(new::get))
        .route("/staff/{office}/bookings/new/details", get(new::back).post(new::details))
        .route("/staff/{office}/bookings/new/book", get(new::back).post(new::book))
        .route("/staff/{office}/bookings/calls", get(calls::get).post(calls::post))
        .route("/staff/{office}/bookings/closures", get(staff::closures::get).post(staff::closures::post))
        .route("/staff/{office}/bookings/closures/open", post(staff::closures::open))
        .route("/staff/{office}/bookings/hours", get(staff::hours::get).post(staff::hours::post))
        .route("/staff/house", get(staff::house::first))
        .route("/staff/{office}/house", get(staff::house::get))
        .route("/staff/{office}/house/{action}", get(staff::house::back).post(staff::house::post))
        .route("/staff/{office}/bookings/{reference}", get(one::get))
        .route("/staff/{office}/bookings/{reference}/move", get(change::get).post(change::post))
        .route("/staff/{office}/bookings/{reference}/details", get(details::get).post(details::post))
        .route("/staff/{office}/bookings/{reference}/slip", get(slip::get))
        .route("/staff/{office}/bookings/{reference}/qr.png", get(slip::qr))
        .route("/staff/{office}/bookings/{reference}/{action}", get(act::back).post(act::post))
}

fn staff() -> Router<Pages> {
    Router::new()
        .route("/login", get(staff::login::get).post(staff::login::post))
        .route("/logout", post(staff::login::out))
        .route("/staff", get(staff::desks::get))
        .route("/staff/{office}/desks/{desk}", get(staff::desk::get))
        .route("/staff/{office}/desks/{desk}/{action}", get(staff::desk::back).post(staff::desk::post))
        .route("/staff/{office}/visits/{visit}", get(staff::card::get))
        .route("/staff/{office}/visits/{visit}/{action}", get(staff::card::back).post(staff::card::post))
        .route("/staff/{office}/documents/{document}", get(staff::document::get))
        .merge(bookings())
        .route("/admin", get(admin::health::get))
        .route("/admin/devices", get(admin::devices::get))
        .route("/admin/devices/pair", get(admin::devices::back).post(admin::devices::pair))
        .route("/admin/devices/{device}/revoke", get(admin::devices::back).post(admin::devices::revoke))
        .route("/admin/clerks", get(admin::clerks::get).post(admin::clerks::post))
        .route("/admin/clerks/{account}", get(admin::clerk::get))
        .route("/admin/clerks/{account}/password", get(admin::clerk::back).post(admin::clerk::password))
        .route("/admin/clerks/{account}/disable", get(admin::clerk::back).post(admin::clerk::disable))
        .route("/admin/office", get(admin::office::get))
        .route("/admin/looks", get(admin::looks::get))
        .route("/admin/people", get(admin::people::get).post(admin::people::post))
        .route("/admin/people/export", post(admin::people::export))
        .route("/admin/people/erase", post(admin::people::erase))
        .route("/admin/outbox", get(admin::outbox::get))
        .route("/admin/outbox/try", get(admin::outbox::back).post(admin::outbox::try_now))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn every_sentence_of_a_template_exists() {
        fn walk(folder: &Path, known: &BTreeSet<String>) -> usize {
            let mut found = 0;
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found += walk(&path, known);
                    continue;
                }
                let source = fs::read_to_string(&path).unwrap();
                for call in ["say(\"", "with(\"", "say_with(\"", "text(\"", "count(\""] {
                    for rest in source.split(call).skip(1) {
                        let id = rest.split('"').next().unwrap();
                        assert!(id.contains('$') || known.contains(id), "{id} in {}", path.display());
                        found += 1;
                    }
                }
            }
            found
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut known = BTreeSet::new();
        for file in fs::read_dir(root.join("../../text/el")).unwrap() {
            let source = fs::read_to_string(file.unwrap().path()).unwrap();
            let begins = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            known.extend(begins.filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()));
        }
        let mails = walk(&root.join("../post/templates"), &known);
        assert!(mails > 10 && walk(&root.join("templates"), &known) > 100);
    }
}
