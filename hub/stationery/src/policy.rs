//! What a page may do in a browser: nothing but our own files, and the few rights that a page asks for by type.

use axum::http::HeaderValue;
use paths::Route;

/// Nothing but our own files; no script or style within a page; no frame around it.
pub const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a page may ask a browser for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Moving pictures of who sits before it.
    Camera,
    /// What they say.
    Microphone,
    /// Where they are.
    Place,
    /// A script that goes on when the page is closed, for messages.
    ServiceWorker,
}

/// The routes that have rights, and which; no other has any.
const RIGHTS: &[(Route, &[Right])] = &[
    // Where something lies on a street is told by who asks for it, on a press of theirs.
    (Route::RequestNew, &[Right::Place]),
    // Rooms of teleconference: of the citizen, of who helps, of the clerk.
    (Route::BookingCall, &[Right::Camera, Right::Microphone]),
    (Route::HelperCall, &[Right::Camera, Right::Microphone]),
    (Route::StaffCall, &[Right::Camera, Right::Microphone]),
    // Those of conferences, and the room in which everybody tries theirs beforehand.
    (Route::ConferenceCall, &[Right::Camera, Right::Microphone]),
    (Route::ConferenceGuestCall, &[Right::Camera, Right::Microphone]),
    (Route::TestRoom, &[Right::Camera, Right::Microphone]),
];

/// The rights of a route.
#[must_use]
pub fn rights(route: Route) -> &'static [Right] {
    RIGHTS.iter().find(|(page, _)| *page == route).map_or(&[], |(_, rights)| *rights)
}

/// `Permissions-Policy` and `Content-Security-Policy` for these rights; `within` is the server whose rooms our pages of rooms
/// show, if there is one.
#[must_use]
pub fn headers(rights: &[Right], within: Option<&str>) -> [(&'static str, HeaderValue); 2] {
    let within = within.filter(|_| rights.contains(&Right::Camera));
    let allowed = |right| match (rights.contains(&right), within) {
        (false, _) => "()".to_owned(),
        (true, None) => "(self)".to_owned(),
        (true, Some(_)) if right == Right::Place => "(self)".to_owned(),
        (true, Some(origin)) => format!("(self \"{origin}\")"),
    };
    let permissions = format!(
        "camera={}, microphone={}, geolocation={}",
        allowed(Right::Camera),
        allowed(Right::Microphone),
        allowed(Right::Place)
    );
    let worker = if rights.contains(&Right::ServiceWorker) { "; worker-src 'self'" } else { "" };
    let frame = within.map(|origin| format!("; frame-src {origin}")).unwrap_or_default();
    let content = format!("{CONTENT_POLICY}{worker}{frame}");
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    [("permissions-policy", value(&permissions)), ("content-security-policy", value(&content))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_rights_may_do_nothing() {
        let [(_, permissions), (_, content)] = headers(&[], None);
        assert_eq!(permissions, "camera=(), microphone=(), geolocation=()");
        assert_eq!(content, CONTENT_POLICY);
    }

    #[test]
    fn a_right_opens_itself_and_nothing_else() {
        let [(_, permissions), (_, content)] = headers(&[Right::Camera], None);
        assert_eq!(permissions, "camera=(self), microphone=(), geolocation=()");
        assert_eq!(content, CONTENT_POLICY);
        let [(_, permissions), (_, content)] = headers(&[Right::ServiceWorker], None);
        assert_eq!(permissions, "camera=(), microphone=(), geolocation=()");
        assert!(content.to_str().unwrap().ends_with("; worker-src 'self'"));
    }

    #[test]
    fn only_a_page_of_rooms_shows_the_server_that_holds_them() {
        let origin = Some("https://meet.example.gr:8443");
        let [(_, permissions), (_, content)] = headers(&[Right::Camera], origin);
        assert!(
            permissions.to_str().unwrap().starts_with("camera=(self \"https://meet.example.gr:8443\"), microphone=()")
        );
        assert!(content.to_str().unwrap().ends_with("; frame-src https://meet.example.gr:8443"));
        assert_eq!(headers(&[Right::Place], origin), headers(&[Right::Place], None));
        assert_eq!(headers(&[], origin), headers(&[], None));
    }

    #[test]
    fn only_these_routes_have_rights() {
        let with: Vec<&str> =
            Route::ALL.iter().filter(|route| !rights(**route).is_empty()).map(|route| route.pattern()).collect();
        let rooms = ["/booking/{link}/call", "/call/{pass}"];
        let of_staff = "/staff/{office}/bookings/{reference}/call";
        assert_eq!(
            with,
            [
                rooms[0],
                rooms[1],
                "/requests/new/{category}",
                "/test-room",
                "/conferences/{conference}/room",
                "/conference/{link}/room",
                of_staff
            ],
            "a right is given on purpose: name the route here too"
        );
    }
}
