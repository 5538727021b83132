//! Where every page lives: one table, from which the router, the links and the redirects are made.

use std::fmt;

use office::BookingId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

/// Before the names of style sheets, scripts and fonts.
pub const ASSETS: &str = "/assets/";
/// The route of one of them.
pub const ASSET: &str = "/assets/{*path}";
/// Before the names of the pictures of emblems.
pub const EMBLEMS: &str = "/emblems/";
/// The route of one of them.
pub const EMBLEM: &str = "/emblems/{file}";

/// Whether a path is that of a file of our own, and not of a page: what a page shows, and no more of an errand than that.
#[must_use]
pub fn is_file(path: &str) -> bool {
    path.starts_with(ASSETS) || path.starts_with(EMBLEMS)
}

/// What is no part of a path as it is: everything but what RFC 3986 (2.3) never reserves.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as one part of a path, whatever stands in it: it neither ends the part nor the line of a header. What browsers
/// take for the way itself is the name of nothing.
fn part(value: &impl ToString) -> String {
    match value.to_string().as_str() {
        "" | "." | ".." => "-".to_owned(),
        value => utf8_percent_encode(value, ENCODED).to_string(),
    }
}

/// Makes [`Page`], whose values know their own address, [`Route`], the list of all of them, and a list of each room's own.
macro_rules! pages {
    ($(
        $(#[$about:meta])*
        [$room:ident]
        $($name:ident $({ $($field:ident: $kind:ty),+ })? = $pattern:literal;)+
    )+) => {
        /// A page with everything that its address names. Displayed, it is its path.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each name is said by its path, in the table below")]
        pub enum Page<'a> {
            $($($name $({ $($field: $kind),+ })?,)+)+
        }

        /// A page whatever its address names: what the router knows of it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each name is said by its path, in the table below")]
        pub enum Route {
            $($($name,)+)+
        }

        impl Route {
            /// Every route.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            /// The route with this path.
            #[must_use]
            pub fn of_pattern(pattern: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|route| route.pattern() == pattern)
            }

            /// Its path as the router matches it, with names in braces.
            #[must_use]
            pub const fn pattern(self) -> &'static str {
                match self {
                    $($(Self::$name => $pattern,)+)+
                }
            }
        }

        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            #[expect(missing_docs, reason = "each name is said by its path, in the table below")]
            pub enum $room {
                $($name,)+
            }

            impl $room {
                /// Every route of the room.
                pub const ALL: &'static [Self] = &[$(Self::$name,)+];

                /// Its path as the router matches it, with names in braces.
                #[must_use]
                pub const fn pattern(self) -> &'static str {
                    match self {
                        $(Self::$name => Route::$name.pattern(),)+
                    }
                }
            }
        )+

        #[cfg(test)]
        impl<'a> Page<'a> {
            /// Every page, with the same text wherever one names something.
            fn every(text: &'a str) -> Vec<Self> {
                vec![$($(Self::$name $({ $($field: tests::Named::named(text)),+ })?,)+)+]
            }
        }

        impl fmt::Display for Page<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $($(Self::$name $({ $($field),+ })? => {
                        let path = $pattern.to_owned();
                        $($(let path = path.replace(concat!("{", stringify!($field), "}"), &part($field));)+)?
                        f.write_str(&path)
                    })+)+
                }
            }
        }
    };
}

pages! {
    /// What the router knows of a page of citizens and agents.
    [CitizenRoute]
    Front = "/";
    Privacy = "/privacy";
    Accessibility = "/accessibility";
    Protection = "/protection";
    Order = "/order";
    PublishedOffice { office: &'a str } = "/office/{office}";
    OpenFigures { office: &'a str } = "/office/{office}/figures";
    OpenFiguresCsv { office: &'a str } = "/office/{office}/figures.csv";
    OpenFiguresJson { office: &'a str } = "/office/{office}/figures.json";
    PublishedService { office: &'a str, service: u32 } = "/office/{office}/{service}";
    PublishedChannel { office: &'a str, service: u32, channel: &'a str } = "/office/{office}/{service}/{channel}";
    Book = "/book";
    BookSent = "/book/sent";
    BookLetters { file: &'a str } = "/book/letters/{file}";
    BookStart { link: &'a str } = "/book/start/{link}";
    BookService = "/book/service";
    Times { office: &'a str, service: &'a str } = "/book/{office}/{service}";
    Hold { office: &'a str, booking: BookingId } = "/book/{office}/hold/{booking}";
    HoldExtend { office: &'a str, booking: BookingId } = "/book/{office}/hold/{booking}/extend";
    HoldReview { office: &'a str, booking: BookingId } = "/book/{office}/hold/{booking}/review";
    HoldConfirm { office: &'a str, booking: BookingId } = "/book/{office}/hold/{booking}/confirm";
    Booking { link: &'a str } = "/booking/{link}";
    BookingQr { link: &'a str } = "/booking/{link}/qr.png";
    BookingCalendar { link: &'a str } = "/booking/{link}/calendar.ics";
    BookingChange { link: &'a str } = "/booking/{link}/change";
    BookingDocuments { link: &'a str } = "/booking/{link}/documents";
    BookingCorrect { link: &'a str } = "/booking/{link}/correct";
    BookingDocumentsRemove { link: &'a str } = "/booking/{link}/documents/remove";
    BookingData { link: &'a str } = "/booking/{link}/data";
    BookingDataJson { link: &'a str } = "/booking/{link}/data.json";
    BookingErase { link: &'a str } = "/booking/{link}/erase";
    BookingCode { link: &'a str } = "/booking/{link}/code";
    BookingCodeSend { link: &'a str } = "/booking/{link}/code/send";
    BookingRenew { link: &'a str } = "/booking/{link}/renew";
    BookingCancel { link: &'a str } = "/booking/{link}/cancel";
    BookingCall { link: &'a str } = "/booking/{link}/call";
    HelperCall { pass: &'a str } = "/call/{pass}";
    Served { link: &'a str } = "/served/{link}";
    Visit { visit: Uuid } = "/v/{visit}";
    VisitFeedback { visit: Uuid } = "/v/{visit}/feedback";
    Entrusted { link: &'a str } = "/entrusted/{link}";
    Confirm = "/confirm";
    ConfirmCode = "/confirm/code";
    Agent = "/agent";
    AgentWithdraw = "/agent/withdraw";
    AgentCsv = "/agent/bookings.csv";
    AgentLogin = "/agent/login";
    AgentPassword { link: &'a str } = "/agent/password/{link}";
    Register = "/register";
    RegisterSent = "/register/sent";
    RegisterAgain = "/register/again";
    RegisterActivate { link: &'a str } = "/register/activate/{link}";
    Member = "/account";
    MemberDetails = "/account/details";
    MemberLevel = "/account/level";
    MemberData = "/account/data";
    MemberDataJson = "/account/data.json";
    MemberErase = "/account/erase";
    MemberJoin = "/account/join";
    MemberJoinConfirm = "/account/join/confirm";
    MemberRecords = "/account/records";
    Requests = "/requests";
    RequestNew { category: &'a str } = "/requests/new/{category}";
    RequestOne { request: Uuid } = "/requests/{request}";
    RequestReceipt { request: Uuid } = "/requests/{request}/receipt";
    RequestQr { request: Uuid } = "/requests/{request}/qr.png";
    RequestResult { request: Uuid, document: Uuid } = "/requests/{request}/results/{document}";
    RequestFiles { request: Uuid } = "/requests/{request}/files";
    RequestFile { request: Uuid, document: Uuid } = "/requests/{request}/files/{document}";
    RequestAction { request: Uuid, action: &'a str } = "/requests/{request}/{action}";
    MemberRole = "/account/role";
    RoleRequests = "/coordination/requests";
    RoleRequestAction { request: Uuid, action: &'a str } = "/coordination/requests/{request}/{action}";
    CoordinationUnits = "/coordination/units";
    CoordinationUnitsAction { action: &'a str } = "/coordination/units/{action}";
    CoordinatorInvitation { link: &'a str } = "/coordination/invitation/{link}";
    TestRoom = "/test-room";
    Conferences = "/conferences";
    ConferenceNew = "/conferences/new";
    ConferenceFigures = "/conferences/figures";
    ConferenceFiguresCsv = "/conferences/figures.csv";
    ConferenceOne { conference: Uuid } = "/conferences/{conference}";
    ConferenceChange { conference: Uuid } = "/conferences/{conference}/change";
    ConferenceMeeting { conference: Uuid } = "/conferences/{conference}/meeting";
    ConferenceMeetingAction { conference: Uuid, action: &'a str } = "/conferences/{conference}/meeting/{action}";
    ConferenceMinutesPdf { conference: Uuid } = "/conferences/{conference}/minutes.pdf";
    ConferenceCall { conference: Uuid } = "/conferences/{conference}/room";
    ConferenceAction { conference: Uuid, action: &'a str } = "/conferences/{conference}/{action}";
    ConferenceGuest { link: &'a str } = "/conference/{link}";
    ConferenceMinutes { link: &'a str } = "/conference/{link}/minutes";
    ConferenceMinutesFile { link: &'a str } = "/conference/{link}/minutes.pdf";
    ConferenceGuestCall { link: &'a str } = "/conference/{link}/room";
    ConferenceGuestAction { link: &'a str, action: &'a str } = "/conference/{link}/{action}";

    /// What the router knows of a page of staff.
    [StaffRoute]
    AnyDay = "/staff/bookings";
    Day { office: &'a str } = "/staff/{office}/bookings";
    NewBooking { office: &'a str } = "/staff/{office}/bookings/new";
    NewBookingDetails { office: &'a str } = "/staff/{office}/bookings/new/details";
    NewBookingBook { office: &'a str } = "/staff/{office}/bookings/new/book";
    Calls { office: &'a str } = "/staff/{office}/bookings/calls";
    Closures { office: &'a str } = "/staff/{office}/bookings/closures";
    ClosuresOpen { office: &'a str } = "/staff/{office}/bookings/closures/open";
    Hours { office: &'a str } = "/staff/{office}/bookings/hours";
    StaffFigures { office: &'a str } = "/staff/{office}/figures";
    StaffFiguresCsv { office: &'a str } = "/staff/{office}/figures.csv";
    StaffFiguresXlsx { office: &'a str } = "/staff/{office}/figures.xlsx";
    FeedbackErase { office: &'a str } = "/staff/{office}/figures/feedback";
    AnyHouse = "/staff/house";
    House { office: &'a str } = "/staff/{office}/house";
    HouseAction { office: &'a str, action: &'a str } = "/staff/{office}/house/{action}";
    StaffBooking { office: &'a str, reference: &'a str } = "/staff/{office}/bookings/{reference}";
    StaffBookingMove { office: &'a str, reference: &'a str } = "/staff/{office}/bookings/{reference}/move";
    StaffBookingDetails { office: &'a str, reference: &'a str } = "/staff/{office}/bookings/{reference}/details";
    StaffBookingSlip { office: &'a str, reference: &'a str } = "/staff/{office}/bookings/{reference}/slip";
    StaffBookingQr { office: &'a str, reference: &'a str } = "/staff/{office}/bookings/{reference}/qr.png";
    StaffCall { office: &'a str, reference: &'a str } = "/staff/{office}/bookings/{reference}/call";
    StaffCallAction { office: &'a str, reference: &'a str, action: &'a str } = "/staff/{office}/bookings/{reference}/call/{action}";
    StaffBookingAction { office: &'a str, reference: &'a str, action: &'a str } = "/staff/{office}/bookings/{reference}/{action}";
    Login = "/login";
    Lock = "/lock";
    LockNow = "/lock/now";
    LockWhen = "/lock/when";
    LoginCode = "/login/code";
    LoginSetUp = "/login/set-up";
    LoginSetUpPasskey = "/login/set-up/passkey";
    LoginPasskey = "/login/passkey";
    LoginForgotten = "/login/forgotten";
    LoginPassword { link: &'a str } = "/login/password/{link}";
    LoginAddress { link: &'a str } = "/login/address/{link}";
    LoginUndo { link: &'a str } = "/login/undo/{link}";
    LoginWithNobody = "/login/with";
    LoginWith { provider: &'a str } = "/login/with/{provider}";
    LoginFrom { provider: &'a str } = "/login/from/{provider}";
    LoginOut { provider: &'a str } = "/login/out/{provider}";
    LoginEmail = "/login/email";
    LoginEmailSent = "/login/email/sent";
    LoginConnect = "/login/connect";
    Logout = "/logout";
    Staff = "/staff";
    Account = "/staff/account";
    AccountPassword = "/staff/account/password";
    AccountAddress = "/staff/account/address";
    AccountFactor = "/staff/account/second-step";
    AccountFactorDrop = "/staff/account/second-step/remove";
    AccountCodes = "/staff/account/codes";
    AccountPasskeys = "/staff/account/passkeys";
    AccountPasskeyAdd = "/staff/account/passkeys/add";
    AccountPasskeyDrop = "/staff/account/passkeys/remove";
    AccountSessionEnd = "/staff/account/sessions/end";
    Desk { office: &'a str, desk: u16 } = "/staff/{office}/desks/{desk}";
    DeskHandover { office: &'a str, desk: u16 } = "/staff/{office}/desks/{desk}/handover";
    DeskAction { office: &'a str, desk: u16, action: &'a str } = "/staff/{office}/desks/{desk}/{action}";
    Card { office: &'a str, visit: Uuid } = "/staff/{office}/visits/{visit}";
    CardAction { office: &'a str, visit: Uuid, action: &'a str } = "/staff/{office}/visits/{visit}/{action}";
    Certify { office: &'a str } = "/staff/{office}/certify";
    CertifyOne { office: &'a str, account: u32 } = "/staff/{office}/certify/{account}";
    CertifyRevoke { office: &'a str, account: u32 } = "/staff/{office}/certify/{account}/revoke";
    Citizens { office: &'a str } = "/staff/{office}/citizens";
    CitizenOne { office: &'a str, account: u32 } = "/staff/{office}/citizens/{account}";
    CitizenAction { office: &'a str, account: u32, action: &'a str } = "/staff/{office}/citizens/{account}/{action}";
    StaffRequests = "/staff/requests";
    StaffPosting = "/staff/requests/posting";
    StaffLevels = "/staff/requests/levels";
    StaffRequest { request: Uuid } = "/staff/requests/{request}";
    StaffRequestFiles { request: Uuid } = "/staff/requests/{request}/files";
    StaffRequestFile { request: Uuid, document: Uuid } = "/staff/requests/{request}/files/{document}";
    StaffRequestAction { request: Uuid, action: &'a str } = "/staff/requests/{request}/{action}";
    StaffDocument { office: &'a str, document: Uuid } = "/staff/{office}/documents/{document}";

    /// What the router knows of a page of administrators.
    [AdminRoute]
    AdminTexts = "/admin/texts";
    AdminText { office: &'a str, language: &'a str, sentence: &'a str } = "/admin/texts/{office}/{language}/{sentence}";
    AdminAgents = "/admin/agents";
    AdminAgentInvite { agent: u32 } = "/admin/agents/{agent}/invite";
    AdminAgentDisable { agent: u32 } = "/admin/agents/{agent}/disable";
    Admin = "/admin";
    AdminClock = "/admin/clock";
    AdminDevices = "/admin/devices";
    AdminDevicesPair = "/admin/devices/pair";
    AdminDeviceRevoke { device: Uuid } = "/admin/devices/{device}/revoke";
    AdminDeviceNoted { device: Uuid } = "/admin/devices/{device}/noted";
    AdminClerks = "/admin/clerks";
    AdminClerk { account: u32 } = "/admin/clerks/{account}";
    AdminClerkInvite { account: u32 } = "/admin/clerks/{account}/invite";
    AdminClerkAddress { account: u32 } = "/admin/clerks/{account}/address";
    AdminClerkFactorDrop { account: u32 } = "/admin/clerks/{account}/second-step/remove";
    AdminClerkGrants { account: u32 } = "/admin/clerks/{account}/grants";
    AdminClerkDisable { account: u32 } = "/admin/clerks/{account}/disable";
    AdminLevels = "/admin/levels";
    AdminOffice = "/admin/office";
    AdminJournal = "/admin/journal";
    AdminAudit = "/admin/audit";
    AdminLooks = "/admin/looks";
    AdminPeople = "/admin/people";
    AdminPeopleExport = "/admin/people/export";
    AdminPeopleErase = "/admin/people/erase";
    AdminOutbox = "/admin/outbox";
    AdminOutboxTry = "/admin/outbox/try";
}

impl Page<'_> {
    /// Its path with a question behind it, e.g. `done=new`.
    #[must_use]
    pub fn asking(&self, query: impl fmt::Display) -> String {
        format!("{self}?{query}")
    }

    /// Its path with where it leads afterwards: somebody signs in before the page that was asked for.
    #[must_use]
    pub fn before(&self, next: impl fmt::Display) -> String {
        self.asking(format_args!("next={next}"))
    }
}

/// The parts of an address: what stands between its slashes, without a question and without a place on the page.
fn parts(address: &str) -> impl Iterator<Item = &str> {
    address.split(['?', '#']).next().unwrap_or_default().split('/')
}

/// Whether a part of a pattern is a name in braces, which stands for whatever is named.
fn is_name(part: &str) -> bool {
    part.starts_with('{')
}

impl Route {
    /// Whether an address is of this page or of one below it, whether or not there is one: `/staff/kep/house?done=1` is below
    /// `/staff`, and `/staffroom` is not.
    #[must_use]
    pub fn covers(self, address: &str) -> bool {
        let mut asked = parts(address);
        parts(self.pattern()).all(|known| match asked.next() {
            Some(part) if is_name(known) => !part.is_empty(),
            part => part == Some(known),
        })
    }

    /// Whether this route is another, or below it.
    #[must_use]
    pub fn is_within(self, other: Self) -> bool {
        other.covers(self.pattern())
    }

    /// What an address that this route covers has in the place of a name, as it stands there.
    #[must_use]
    pub fn named<'a>(self, name: &str, address: &'a str) -> Option<&'a str> {
        let is_it = |known: &str| is_name(known) && known[1..].strip_suffix('}') == Some(name);
        let at = parts(self.pattern()).position(is_it).filter(|_| self.covers(address))?;
        parts(address).nth(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_shown_as_its_path() {
        assert_eq!(Page::Front.to_string(), "/");
        assert_eq!(Page::Desk { office: "kep", desk: 3 }.to_string(), "/staff/kep/desks/3");
        let action = Page::StaffBookingAction { office: "kep", reference: "C2D3F4G5", action: "void" };
        assert_eq!(action.to_string(), "/staff/kep/bookings/C2D3F4G5/void");
        assert_eq!(Page::Day { office: "kep" }.asking("day=2026-11-24"), "/staff/kep/bookings?day=2026-11-24");
        assert_eq!(Page::Login.before(Page::Member), "/login?next=/account");
    }

    #[test]
    fn a_route_covers_its_own_addresses_and_those_below() {
        for below in ["/staff", "/staff/", "/staff?all=1", "/staff#main", "/staff/kep/house?done=1", "/staff/nowhere"] {
            assert!(Route::Staff.covers(below), "{below}");
        }
        for beside in ["", "/", "/staffroom", "/login?next=/staff", "staff", "//staff"] {
            assert!(!Route::Staff.covers(beside), "{beside}");
        }
        assert!(Route::LoginAddress.covers("/login/address/s3.x") && !Route::LoginAddress.covers("/login/address/"));
        assert!(Route::AccountFactorDrop.is_within(Route::Account) && Route::Staff.is_within(Route::Staff));
        assert!(!Route::Staff.is_within(Route::Account) && !Route::Booking.is_within(Route::Book));
        assert_eq!(Route::Times.named("office", "/book/kep/hold/3?late=1"), Some("kep"));
        assert_eq!(Route::Booking.named("link", "/booking/kep.12.mac/change"), Some("kep.12.mac"));
        assert_eq!(Route::Booking.named("office", "/booking/kep.12.mac"), None, "it names none");
        assert_eq!(Route::Times.named("office", "/office/kep/3"), None, "it is another's");
    }

    #[test]
    fn a_file_is_no_page() {
        assert!(is_file("/assets/seira.css") && is_file("/emblems/0a.png") && !is_file("/assets") && !is_file("/"));
        assert!(Route::ALL.iter().all(|route| !is_file(route.pattern())));
    }

    /// What a page may name.
    pub(super) trait Named<'a> {
        fn named(text: &'a str) -> Self;
    }

    impl<'a> Named<'a> for &'a str {
        fn named(text: &'a str) -> Self {
            text
        }
    }

    impl Named<'_> for Uuid {
        fn named(_: &str) -> Self {
            Self::nil()
        }
    }

    impl Named<'_> for BookingId {
        fn named(_: &str) -> Self {
            Self(u64::MAX)
        }
    }

    impl Named<'_> for u32 {
        fn named(_: &str) -> Self {
            Self::MAX
        }
    }

    impl Named<'_> for u16 {
        fn named(_: &str) -> Self {
            Self::MAX
        }
    }

    #[test]
    fn new_11_whatever_a_page_names_its_path_stays_its_path() {
        let hostile = [
            "",
            ".",
            "..",
            "/",
            "//example.org",
            "\\\\example.org",
            "\n",
            "a\r\nset-cookie: b=c",
            "\0",
            "?a=b",
            "#a",
            "a b",
            "{reference}",
            "{action}",
            "%0a",
            "%",
            "https://example.org",
            "javascript:alert(1)",
            "\"><script>",
            "κεπ",
            "\u{202e}",
            "\u{7f}",
        ];
        for text in hostile {
            for page in Page::every(text) {
                let path = page.to_string();
                assert!(path.starts_with('/') && !path.contains("//"), "{text:?}: {path}");
                assert!(path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte)), "{path}");
                let pattern = Route::ALL.iter().map(|route| route.pattern()).find(|pattern| {
                    let (one, other) = (pattern.split('/'), path.split('/'));
                    one.clone().count() == other.clone().count()
                        && one.zip(other).all(|(one, other)| one == other || one.contains('{') && !other.is_empty())
                });
                assert!(pattern.is_some(), "{text:?}: {path} is the path of no page");
            }
        }
        assert_eq!(Page::BookStart { link: "aZ09-._~" }.to_string(), "/book/start/aZ09-._~", "links stay as they are");
    }

    #[test]
    fn no_path_stands_twice() {
        let mut patterns: Vec<&str> = Route::ALL.iter().map(|route| route.pattern()).collect();
        patterns.sort_unstable();
        patterns.dedup();
        assert_eq!(patterns.len(), Route::ALL.len());
    }
}
